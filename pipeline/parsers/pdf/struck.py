"""Words that a rule is drawn through: they are no longer part of the report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from pipeline.parsers.pdf.characters import STRUCK, Character, Drawing, Rule, Run, Runs

_LOWEST, _HIGHEST = 0.15, 0.42  # where a strike runs above the baseline, as a share of the size
_COVERED = 0.8  # share of a strike's length that its words take up; a rule of a table runs past them


def without_struck(drawing: Drawing) -> Sequence[Character]:
    """Return the characters of `drawing`; of those that are struck through only the place is left, no letter."""
    strikes = [rule for rule in drawing.rules if rule.is_level]
    if isinstance(drawing.characters, Runs):
        strikes = _near_words(strikes, drawing.characters.runs)
    if not strikes or not drawing.characters:
        return drawing.characters
    order = sorted(range(len(drawing.characters)), key=lambda at: drawing.characters[at].base)
    bases = [drawing.characters[at].base for at in order]
    largest = max(character.size for character in drawing.characters)
    struck: set[int] = set()
    for strike in strikes:
        near = order[bisect_left(bases, strike.top) : bisect_right(bases, strike.bottom + _HIGHEST * largest)]
        hit = [at for at in near if _runs_through(strike, drawing.characters[at])]
        if _length(drawing.characters[at] for at in hit) >= _COVERED * (strike.right - strike.left):
            struck.update(hit)
    if not struck:
        return drawing.characters
    return [c._replace(text=STRUCK) if at in struck else c for at, c in enumerate(drawing.characters)]


def _near_words(strikes: Sequence[Rule], runs: Sequence[Run]) -> list[Rule]:
    """Return those of `strikes` that may run through characters of `runs`."""
    ordered = sorted(runs, key=lambda run: run.base)
    bases, largest = [run.base for run in ordered], max((run.size for run in runs), default=0.0)
    found: list[Rule] = []
    for strike in strikes:
        middle = (strike.top + strike.bottom) / 2
        near = ordered[bisect_left(bases, middle) : bisect_right(bases, middle + _HIGHEST * largest)]
        if any(_LOWEST * run.size < run.base - middle < _HIGHEST * run.size and _overlaps(strike, run) for run in near):
            found.append(strike)
    return found


def _overlaps(strike: Rule, run: Run) -> bool:
    return min(run.lefts) - 0.5 <= strike.right + 0.5 and max(run.rights) + 0.5 >= strike.left - 0.5


def _runs_through(strike: Rule, character: Character) -> bool:
    middle, height = (strike.top + strike.bottom) / 2, character.base
    inside = strike.left - 0.5 <= (character.left + character.right) / 2 <= strike.right + 0.5
    return inside and _LOWEST * character.size < height - middle < _HIGHEST * character.size


def _length(characters: Iterable[Character]) -> float:
    return sum(character.right - character.left for character in characters)
