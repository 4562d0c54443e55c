"""`ư` of TCVN3 that became a hyphen: it is stored as the soft hyphen, which PDF files and converters print as one."""

from __future__ import annotations

import re

from pipeline.text.syllables import is_syllable

_LETTERS = r"[^\W\d_]"
_ROUND_HYPHEN = re.compile(
    rf"(?<![\w-])({_LETTERS}?(?:(?![A-ZĂÂÊÔƠƯĐ]){_LETTERS})*)-((?:(?![A-ZĂÂÊÔƠƯĐ]){_LETTERS})*)(?![\w-])"
)


def may_hold_letter(text: str) -> bool:
    """Tell whether a hyphen in `text` may be a letter, by what stands beside it alone."""
    return "-" in text and any(_is_letter(*found.groups()) for found in _ROUND_HYPHEN.finditer(text))


def hyphens_to_letters(text: str) -> str:
    """Return `text`, decoded from TCVN3, with `ư` for the hyphens that make one syllable of no syllables."""
    return _ROUND_HYPHEN.sub(lambda found: f"{found[1]}ư{found[2]}" if _is_letter(*found.groups()) else found[0], text)


def _is_letter(before: str, after: str) -> bool:
    if not before and not after:
        return False
    return not (is_syllable(before) and is_syllable(after)) and is_syllable(f"{before}ư{after}")
