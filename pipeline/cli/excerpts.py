"""A stretch of a sentence with what it is about in colour, cut where the sentence is long."""

from __future__ import annotations

from rich.text import Text

_BEFORE, _AFTER = 40, 70  # characters shown around it


def excerpt(text: str, at: int, length: int, style: str = "yellow") -> Text:
    """Return what stands around `text[at : at + length]`, and that itself in `style`; no word is cut before it."""
    low, high = _word_start(text, at - _BEFORE), min(len(text), at + length + _AFTER)
    around = Text("…" if low else "").append(text[low:at]).append(text[at : at + length], style)
    return around.append(text[at + length : high]).append("…" if high < len(text) else "")


def _word_start(text: str, at: int) -> int:
    """Return where the word that holds `at` begins, so that no word is cut."""
    return 0 if at <= 0 else text.rfind(" ", 0, at) + 1
