"""What readers of XML share: the type of an element, and whole numbers in attributes."""

from __future__ import annotations

from lxml import etree

Element = etree._Element


def whole(text: str | None, default: int) -> int:
    """Return `text` as a whole number, or `default` where it is none; nine digits are enough for any."""
    try:
        return int(text[:9]) if text else default
    except ValueError:
        return default
