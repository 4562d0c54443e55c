"""What makes two spellings the same for scoring; wider spelling rules (`text.fold`) would hide faults of ours."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip


def composed(text: str) -> str:
    """Return `text` in NFC."""
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """Return `text` in NFC and lower case, with one tone placement, and `Ƣ`, a font's fault, as `ư`."""
    text = composed(text).lower().replace("ƣ", "ư")
    for old, new in _TONES.items():
        text = text.replace(old, new)
    return text


@lru_cache(maxsize=16384)
def letters(text: str) -> str:
    """Return the letters and digits of `text` alone: layout and punctuation do not count."""
    return "".join(c for c in plain(text) if c.isalnum())


def letters_at(text: str) -> tuple[str, list[int]]:
    """Return `letters(text)` and the offset in `text` of each; `text` is NFC, as a document's is."""
    kept = [(c, at) for at, c in enumerate(plain(text)) if c.isalnum()]
    return "".join(c for c, _ in kept), [at for _, at in kept]


def number(text: str) -> float | None:
    """Return the number that `text` is, to six places, or None where it is none."""
    try:
        return round(float(text), 6)
    except ValueError:
        return None
