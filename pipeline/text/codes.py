"""Codes of documents in their one written form (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 3)."""

from __future__ import annotations

import re

_DASHES = str.maketrans("–—−", "---")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?")
_YEAR = re.compile(r"^[/-](?:(?:19|20)\d\d/)?")


def tight(code: str) -> str:
    """Return `code` without white space, with plain hyphens and a plain ampersand."""
    return re.sub(r"\s+", "", code).translate(_DASHES).replace("&amp;", "&")


def canonical_number(code: str) -> str:
    """Return a document's code as the decree writes it: tight, its number of two digits at least."""
    code = tight(code)
    digits = re.match(r"\d+", code)
    return code if not digits or len(digits[0]) > 1 else "0" + code


def symbol_of(code: str) -> str:
    """Return the part of a canonical code after number and year: `BC-STTTT` of `12/BC-STTTT`."""
    return _YEAR.sub("", _NUMBER.sub("", code))
