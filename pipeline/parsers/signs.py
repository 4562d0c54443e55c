"""Symbol fonts: the signs that letters of Symbol and Wingdings print."""

from __future__ import annotations

import re

from pipeline.parsers.fonts import is_legacy

# Symbol fonts keep their signs at U+F020–U+F0FF. What their letters mean is the font's secret; these are
# the signs that reports use. `_LIKE_ASCII` are those that Symbol has where ASCII has them.
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_LIKE_ASCII = set("0123456789!#%&()+,./:;<=>?[]_{|} ")
_SYMBOL_FONT = {
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xAE: "→",
}
_SYMBOL_FONT |= {
    0x2D: "−",
    0x44: "Δ",
    0x53: "Σ",
    0x61: "α",
    0x62: "β",
    0x67: "γ",
    0x6D: "μ",
    0xC6: "∅",
    0xBB: "≈",
}
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x73: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
}
_WINGDINGS |= {
    0xA7: "▪",
    0xA8: "□",
    0xB7: "•",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
}
_WINGDINGS |= {0xFD: "☒", 0xFE: "☑", 0x2A: "✉", 0x28: "☎", 0x46: "☞"}


def printed(text: str, font: str) -> str:
    """Return the characters that `text` prints in `font`: every run passes here, with its font's name."""
    if _PRIVATE.search(text) is None or is_legacy(font):
        return text
    return _PRIVATE.sub(lambda found: sign(ord(found[0]) & 0xFF, font), text)


def sign(code: int, font: str) -> str:
    """Return the sign that a symbol font has at `code`, or nothing where it is not a known one."""
    if is_legacy(font):
        return chr(code)
    if font.startswith("Wingdings"):
        return _WINGDINGS.get(code, "")
    if chr(code) in _LIKE_ASCII:
        return chr(code)
    return _SYMBOL_FONT.get(code, "")
