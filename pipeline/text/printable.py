"""What a terminal or a page would obey, not show: control characters, and marks that turn the direction of writing."""

from __future__ import annotations

import re

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text`, as long as it is, with U+FFFD for each of them; line ends and tabs stay."""
    return _OBEYED.sub("\ufffd", text)


def printable_json(text: str) -> str:
    """Return JSON that means the same and has its escape for each of them."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
