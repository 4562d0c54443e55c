"""Automatic list labels: what Word's numbering prints for `@I`, `@1`, `@1.1`, `@a` and `@-`."""

from __future__ import annotations

import re
from dataclasses import dataclass

# First label of each level of the one multilevel list, and its form; `@1.1` counts under the current `@1`.
LEVELS = ("I", "1", "1.1", "a", "-")
_FORMS = (r"[IVX]+", r"\d+", r"\d+\.\d+", r"[a-z]", r"-")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Label:
    """One printed label: its level, its words, and the run of the list that it belongs to.

    A new run (Word's `w:num`) begins where levels from `restart` on must count from 1 again though
    nothing in the list says so: after a heading with a typed label, or in the appendix.
    """

    level: int
    text: str
    run: int
    restart: int


class Labeller:
    """Counts the labels of one report in order."""

    def __init__(self) -> None:
        self.counts = [0] * len(LEVELS)
        self.run = 1
        self.restart = len(LEVELS)

    def next(self, name: str) -> Label:
        """Return the next label of the form of `name`; ValueError where it has none or is not the one named.

        The first label of a level («I», «1», «a») names any of its labels.
        """
        level = next((n for n, form in enumerate(_FORMS) if re.fullmatch(form, name)), -1)
        if level < 0:
            raise ValueError(f"unknown label @{name}")
        if level == 2 and not self.counts[1]:
            raise ValueError(f"@{name} stands under no @1")
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (len(LEVELS) - level - 1)
        text = self._text(level)
        if name not in (LEVELS[level], text.rstrip(".)")):
            raise ValueError(f"@{name} is «{text}» here, as the labels before it count")
        return Label(level, text, self.run, self.restart)

    def typed_heading(self, depth: int) -> None:
        """Begin a new run below a heading of `depth` # signs, whose label was typed: `##` stands for `@I`."""
        self._restart(min(depth - 1, 3))

    def start_over(self) -> None:
        """Begin a new run of all levels."""
        self._restart(0)

    def _restart(self, level: int) -> None:
        if any(self.counts[level:]):
            self.run += 1
            self.restart = level
        self.counts[level:] = [0] * (len(LEVELS) - level)

    def _text(self, level: int) -> str:
        count = self.counts[level]
        if level == 0:
            return _roman(count) + "."
        if level == 2:
            return f"{self.counts[1]}.{count}."
        if level == 3:
            return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) + ")"
        return f"{count}." if level == 1 else "-"


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
