"""Command line: `baocao run`, `explain`, `gaps`, `evaluate` … What a call doesn't need is not imported for it."""

from __future__ import annotations

import os
import sys

from pipeline.cli.language import language
from pipeline.cli.pages import page_for, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (those of the process by default) name and return its exit status.

    0: all was read; 1: some file was not; 2: the call is wrong or there is nothing to do; 130: interrupted.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    lang = language(arguments, os.environ)
    _write_utf8()
    page = page_for(arguments, lang)
    if page is not None:
        return show(page)
    from pipeline.cli.calling import carry_out

    return carry_out(arguments, lang)


def _write_utf8() -> None:
    """Make the standard streams UTF-8, also where Windows has cp1252, which lacks most of Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
