"""DOC through antiword: its words, where LibreOffice isn't there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pipeline.model import Document
from pipeline.parsers.office.process import deadline, run
from pipeline.parsers.office.programs import ANTIWORD
from pipeline.parsers.plain import read_text
from pipeline.problems import ParseError

_OPTIONS = ("-m", "UTF-8.txt", "-w", "0")  # each paragraph on one line, however long
_SECONDS = 60.0


def read_doc(data: bytes) -> Document | None:
    """Return the text of a DOC and what can be seen of its blocks, or None where there is no antiword.

    Lost: numbers that Word writes by itself (in part), the grid of tables with merged or long cells. Deleted
    words are there as if they weren't deleted. ParseError if antiword can't read it.
    """
    program = ANTIWORD.find()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        file, printed = Path(folder, "1.doc"), Path(folder, "1.txt")
        file.write_bytes(data)
        status = run([program, *_OPTIONS, file], deadline(_SECONDS, lambda: False), dict(os.environ), printed)
        text = printed.read_bytes()
    if status != 0:
        reason = "antiword took too long" if status is None else "antiword can't read it"
        raise ParseError("file.damaged", format="DOC", reason=reason)
    return read_text(text, markdown=False)
