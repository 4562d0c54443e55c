"""Labels of list items and headings: those that a writer types, and numbers in the forms that labels have."""

from __future__ import annotations

import re

_NUMERALS = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")]
_NUMERALS += [(40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
_ROMAN = "(?:X{1,3}|X{0,2}(?:IX|IV|V?I{1,3}|V))"
_PATH = r"(?:\.\d{1,2})"  # the rest of 1.1, 1.1.2, II.3
_BULLET = "[-–—−+*•●▪■□◦○·‣➢►✓o]"
_LABEL = re.compile(
    rf"""
    \s*
    (?!\d{{1,2}}\s*[./-]\s*\d{{1,2}}\s*[./-]\s*\d{{4}}\b)                      # 30. 6. 2019 is a date
    (?: {_BULLET} \s+
      | \( (?: \d{{1,2}} | [a-zA-ZđĐ] | (?i:{_ROMAN}) ) \) \s+
      | (?: \d{{1,2}} | {_ROMAN} | [A-ZĐ] ) {_PATH}* (?: [.)] | /\. ) \s+     # 1.  1)  1/.  1.1.  II.  II.3.
      | (?: [a-zđ] | {_ROMAN.lower()} ) {_PATH}* (?: [.)] | /\. ) \s+         # a)  đ.  iv)  a.1)
      | (?: \d{{1,2}} | {_ROMAN} | [A-Za-zĐđ] ) {_PATH}* [-–/] \s+ (?!\d)     # 1/  1.1- a-  but 12/ 15 xã
      | (?P<bare> (?: \d{{1,2}} | {_ROMAN} | [A-ZĐ] ) {_PATH}+ \s+            # 2.2 Nguyên nhân  but 2.5 ha
                | {_ROMAN} \s+ [-–—] \s+ )                                    # I - TÌNH HÌNH
    )
    (?=[^\W_] | ["'“”‘’«(\[{{<])
    """,
    re.VERBOSE,
)


def typed_label(text: str) -> int:
    """Return the offset of the words after the label that `text` begins with, or 0 if it has none.

    White space and then a letter, digit, quote or bracket follow a label, and a capital letter one without
    a closing mark. Dates, decimals and the starts of ranges (`18/4 – 21/4`, `2.5 ha`, `1.250 lượt`) are none.
    """
    found = _LABEL.match(text)
    if found is None or (found["bare"] and not text[found.end()].isupper()):
        return 0
    return found.end()


def format_number(count: int, form: str) -> str:
    """Return `count` in a number format of Word; in decimal where the format is unknown or can't show it."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    if form in ("upperLetter", "lowerLetter") and 0 < count <= 780:
        turns, letter = divmod(count - 1, 26)
        return chr(ord("A" if form == "upperLetter" else "a") + letter) * (turns + 1)
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for size, numeral in _NUMERALS:
        times, count = divmod(count, size)
        written += numeral * times
    return written
