"""Codes of documents in their one written form (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 3)."""

from __future__ import annotations

import re

_DASHES = str.maketrans("–—−", "---")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?[A-Za-zđĐ]?(?=[/-])|^\d+(?:\.\d+)?")
_YEAR = re.compile(r"^[/-](?:(?:19|20)\d\d/|\d\d/)?-?")
_GROUPED = re.compile(r"^(\d{1,2})\.(\d{3})(?=[/-])")
_TERM = re.compile(r"^(qh|ubtvqh|hđnd)\d+$")


def tight(code: str) -> str:
    """Return `code` without white space, with plain hyphens and a plain ampersand."""
    return re.sub(r"\s+", "", code).translate(_DASHES).replace("&amp;", "&")


def canonical_number(code: str) -> str:
    """Return a document's code as the decree writes it: tight, its number ungrouped and of two digits at least."""
    code = _GROUPED.sub(r"\1\2", tight(code))
    digits = re.match(r"\d+", code)
    return code if not digits or len(digits[0]) > 1 else "0" + code


def symbol_of(code: str) -> str:
    """Return the part of a canonical code after number and year: `BC-STTTT` of `12/BC-STTTT`."""
    return _YEAR.sub("", _NUMBER.sub("", code))


def without_term(part: str) -> str:
    """Return a folded part of a symbol without the term of its assembly: `qh` of `qh14`, `hđnd` of `hđnd8`."""
    return _TERM.sub(r"\1", part)


def crossed(code: str) -> str:
    """Return a folded code with `d` for `đ` and `đ` for `d`: the one stroke that tells HĐ from HD."""
    return code.translate(str.maketrans("dđ", "đd"))
