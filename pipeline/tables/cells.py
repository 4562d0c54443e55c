"""One value as the cell of a CSV file: on one line, in NFC, and never read as a formula."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from pipeline.text.numerals import canonical

# Spreadsheets run a cell that begins so; East Asian ones take the wide forms too. A quote that already stands
# there is doubled, so that taking one off always gives the text back.
_STARTS = "=+@-\t\r\n＝＋＠－"
_FORMULA = re.compile(f"'*[{re.escape(_STARTS)}]")
RISKY = frozenset(f"'{_STARTS}")
"""What a text that `guarded` changes begins with."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@lru_cache(maxsize=4096)
def text_cell(text: str) -> str:
    """Return `text` for a cell: NFC, on one line with single spaces, and no formula."""
    return guarded(" ".join(written(text).split()))


def path_cell(path: str) -> str:
    """Return a file's `path` for a cell: as `text_cell`, but with its spaces as they are."""
    return guarded(written(path))


def number_cell(number: Decimal | int | None) -> str:
    """Return `number` for a cell, with a decimal point and no grouping; empty for None."""
    if number is None:
        return ""
    return str(number) if isinstance(number, int) else canonical(number)


def guarded(text: str) -> str:
    """Return `text` with `'` before it where a spreadsheet would run it; a number stays as it is."""
    if text[:1] not in RISKY:  # nearly all
        return text
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made `cell` from."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def written(text: str) -> str:
    """Return `text` in NFC, with what UTF-8 or CSV can't hold replaced by U+FFFD."""
    told = text if text.isprintable() else _UNWRITABLE.sub("\ufffd", text)  # of all those none can be printed
    return unicodedata.normalize("NFC", told)
