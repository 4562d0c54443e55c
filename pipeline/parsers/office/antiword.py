"""DOC through antiword: its words, where LibreOffice isn't there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from msgspec.structs import replace

from pipeline.model import Document, Problem
from pipeline.parsers.office.forms import word_length
from pipeline.parsers.office.process import deadline, run
from pipeline.parsers.plain import read_text
from pipeline.parsers.programs import ANTIWORD
from pipeline.problems import ParseError

_OPTIONS = ("-m", "UTF-8.txt", "-w", "0")  # each paragraph on one line, however long
_SECONDS = 60.0
_LEAST_READ, _PRINTED_SHARE = 0.65, 0.78  # measured: 0.57 to 0.99 of a body's length is printed, where all is read


def read_doc(data: bytes) -> Document | None:
    """Return the text of a DOC and what can be seen of its blocks, or None where there is no antiword.

    Lost: numbers that Word writes by itself (in part), the grid of tables with merged or long cells. Deleted
    words are there as if they weren't deleted. At a table that it doesn't understand antiword may stop, without a
    word: a text much shorter than the file says is told in a problem. ParseError if antiword can't read it.
    """
    program = ANTIWORD.find()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="baocao-") as folder:
        file, printed = Path(folder, "1.doc"), Path(folder, "1.txt")
        file.write_bytes(data)
        status = run([program, *_OPTIONS, file], deadline(_SECONDS), dict(os.environ), printed)
        text = printed.read_bytes()
    if status != 0:
        reason = "antiword took too long" if status is None else "antiword can't read it"
        raise ParseError("file.damaged", format="DOC", reason=reason)
    document = read_text(text, markdown=False)
    share = _share_read(document.text, data)
    if share >= _LEAST_READ:
        return document
    return replace(document, problems=(*document.problems, Problem("file.incomplete", (("share", f"{share:.0%}"),))))


def _share_read(text: str, data: bytes) -> float:
    """Return how much of the body `text` holds, by what the file says of its length; 1 where it doesn't.

    About a fifth of a text is spaces, which are counted there but not here.
    """
    length = word_length(data)
    printed = sum(not character.isspace() for character in text)
    return min(printed / (_PRINTED_SHARE * length), 1) if length else 1
