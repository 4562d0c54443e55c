"""Labels that a writer types in front of a list item or heading: bullets, numbers, letters."""

from __future__ import annotations

import re

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
