"""Characters put into rows: everything that stands on one baseline of a page, from left to right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, groupby, pairwise
from operator import attrgetter, sub
from statistics import median
from typing import Any, Generic, NamedTuple, TypeVar

from pipeline.parsers.pdf.characters import STRUCK, Character, Run, Runs, text_of

Span = tuple[float, float]
Letters = tuple[Sequence[str], Sequence[float], Sequence[float]]
"""Texts of characters, their left edges, their right edges."""

_Band = list[Character] | Runs
_Set = TypeVar("_Set", Character, Run)
_Told = TypeVar("_Told")

# Shares of the font size.
_GAP = 0.15
_SPACE = 0.25
_SAME_BASELINE = 0.15
_RAISED_AT_MOST = 0.6
_LOWERED_AT_MOST = 0.35
_TOUCHES = 0.4
_LEADS = 1.5
_MARK_SIZE = 0.82
_SIDE_BY_SIDE = 0.8
_ASCENT, _DESCENT = 0.89, 0.22
GUTTER = 8.0  # the least space between two columns, in points

# Where no combining mark is: Latin, punctuation, Latin with the marks of Vietnamese. Searched fast for what is not.
_MAY_COMBINE = re.compile("[^\0-\u02ff\u1e00-\u20cf]")
_LEFT, _BASE, _STYLE = attrgetter("left"), attrgetter("base"), attrgetter("base", "size")


class kept(Generic[_Told]):
    """A property that is worked out once: `functools.cached_property` of Python 3.11 takes longer for its lock."""

    def __init__(self, work: Callable[[Any], _Told]) -> None:
        self._work = work

    def __get__(self, owner: Any, kind: type) -> _Told:
        found = owner.__dict__[self._work.__name__] = self._work(owner)
        return found


class Columns(NamedTuple):
    """The printed characters of a row by what is told of them: all texts, all left edges, and so on."""

    text: Sequence[str]
    left: Sequence[float]
    right: Sequence[float]
    base: Sequence[float]
    size: Sequence[float]
    bold: Sequence[bool]
    confidence: Sequence[float]

    @classmethod
    def of(cls, runs: Sequence[Run], letters: Letters) -> Columns:
        """Return the printed characters of runs, which have these letters."""
        texts, lefts, rights = letters
        text = "".join(texts)
        if " " in text:
            printed = [letter != " " for letter in text]
            text, lefts, rights = text.replace(" ", ""), list(compress(lefts, printed)), list(compress(rights, printed))
        base: list[float] = []
        size: list[float] = []
        bold: list[bool] = []
        for run in runs:
            count = len(run.text) - run.text.count(" ")
            base += (run.base,) * count
            size += (run.size,) * count
            bold += (run.bold,) * count
        return cls(text, lefts, rights, base, size, bold, (1.0,) * len(text))


@dataclass(frozen=True)
class Row:
    """The characters on one baseline, sorted from left to right, with their usual baseline and size.

    What is asked of it often is worked out once.
    """

    characters: Sequence[Character]
    base: float
    size: float

    @property
    def top(self) -> float:
        """Where the letters reach up to."""
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Where the letters reach down to."""
        return self.base + _DESCENT * self.size

    @kept
    def letters(self) -> Letters:
        """The texts of the characters, white space among them, and their edges."""
        if isinstance(self.characters, Runs):
            return _joined(self.characters.runs)
        texts, lefts, rights, *_ = zip(*self.characters, strict=True)
        return texts, lefts, rights

    @kept
    def printed(self) -> Sequence[Character]:
        """The characters without white space."""
        return [c for c in self.characters if c.text != " "]

    @kept
    def columns(self) -> Columns:
        """The same by what is told of them."""
        if isinstance(self.characters, Runs):
            return Columns.of(self.characters.runs, self.letters)
        return Columns(*zip(*self.printed, strict=True))

    @property
    def left(self) -> float:
        """The left edge of the ink."""
        return self.columns.left[0]

    @kept
    def right(self) -> float:
        """The right edge of the ink."""
        return max(self.columns.right)

    @kept
    def text(self) -> str:
        """The characters without white space: enough to compare rows by."""
        return "".join(self.columns.text)

    @kept
    def is_even(self) -> bool:
        """Whether all of it is set in one size on one baseline."""
        count = len(self.columns.text)
        return self.columns.base.count(self.base) == count == self.columns.size.count(self.size)

    @kept
    def breaks(self) -> Sequence[int]:
        """Which of the printed characters have room for a space before them."""
        least, gaps = _GAP * self.size, map(sub, self.columns.left[1:], self.columns.right)
        return [at for at, gap in enumerate(gaps, 1) if gap > least]

    @kept
    def widest_gap(self) -> float:
        """How wide the widest empty stretch before one of them is."""
        lefts, rights = self.columns.left, self.columns.right
        return max([lefts[at] - rights[at - 1] for at in self.breaks], default=0.0)

    @kept
    def gaps(self) -> Sequence[Span]:
        """The empty stretches before them."""
        lefts, rights = self.columns.left, self.columns.right
        return [(rights[at - 1], lefts[at]) for at in self.breaks]


def row_of(characters: Iterable[Character]) -> Row | None:
    """Return `characters` as one row, or None if nothing is printed."""
    runs = _runs_in_order(characters.runs) if isinstance(characters, Runs) else None
    if runs is not None:
        styles: dict[tuple[float, float], int] = {}
        for run in runs:
            count = len(run.text) - run.text.count(" ") - run.text.count(STRUCK)
            if count:
                styles[run.base, run.size] = styles.get((run.base, run.size), 0) + count
        return Row(Runs(runs), *max(styles, key=styles.__getitem__)) if styles else None
    ordered = _left_to_right(characters)
    printed = [c for c in ordered if c.text not in (" ", STRUCK)]
    if not printed:
        return None
    (base, size), _ = Counter(map(_STYLE, printed)).most_common(1)[0]
    return Row(ordered, base, size)


def characters_to_rows(characters: Iterable[Character]) -> list[Row]:
    """Return the rows of `characters` from top to bottom, with raised and lowered marks in their row."""
    if isinstance(characters, Runs):
        if len({run.base for run in characters.runs}) == 1:  # as in most cells
            return [*filter(None, [row_of(characters)])]
        bands: list[_Band] = [*map(Runs, _bands(characters.runs))]
    else:
        bands = [*_bands(characters)]
    rows = [row for row in map(row_of, _join_marks(bands)) if row]
    return _join_side_by_side(sorted(rows, key=lambda row: row.base))


def is_raised(character: Character, base: float, size: float) -> bool:
    """Tell a superscript in a line of this baseline and size."""
    return character.base < base - 0.12 * size and character.size < _MARK_SIZE * size


def word_gap(gaps: Iterable[float], size: float) -> float:
    """Return how wide a line of this size sets its word gaps: those of a justified line are all the same.

    The lower third is asked, as the wider gaps may be blanks or columns.
    """
    widths = sorted(gaps)
    return widths[len(widths) // 3] if len(widths) > 2 else _SPACE * size


def _joined(runs: Sequence[Run]) -> tuple[str, Sequence[float], Sequence[float]]:
    """Return the letters of runs, and all their left and right edges."""
    if len(runs) == 1:
        return runs[0][:3]
    lefts = [left for run in runs for left in run.lefts]
    return "".join([run.text for run in runs]), lefts, [right for run in runs for right in run.rights]


def beside(characters: Sequence[Character], middle: float, sign: int) -> Sequence[Character]:
    """Return the characters that stand left (`sign` -1) or right (1) of `middle`."""
    if not isinstance(characters, Runs):
        return [c for c in characters if ((c.left + c.right) / 2 - middle) * sign > 0]
    found: list[Run] = []
    for run in characters.runs:
        inside = [((a + b) / 2 - middle) * sign > 0 for a, b in zip(run.lefts, run.rights, strict=True)]
        if any(inside):
            found.append(run if all(inside) else run.those(inside))
    return Runs(found)


def _runs_in_order(runs: Sequence[Run]) -> list[Run] | None:
    """Return `runs` from left to right, or None where their characters are to be sorted one by one."""
    ordered = sorted(runs, key=lambda run: run.lefts[0])
    if any(one.lefts[-1] >= other.lefts[0] for one, other in pairwise(ordered)):
        return None
    text, lefts, _ = _joined(ordered)
    return None if _MAY_COMBINE.search(text) or lefts != sorted(lefts) else ordered


def _left_to_right(characters: Iterable[Character]) -> list[Character]:
    """Sort by place; a combining mark, wherever the file draws it, comes after the letter it stands over."""
    given = list(characters)
    if not _MAY_COMBINE.search(text_of(given)) or not any(unicodedata.combining(c.text) for c in given):
        return sorted(given, key=_LEFT)
    clusters: list[list[Character]] = []
    for character in given:
        if clusters and unicodedata.combining(character.text) and _stands_over(character, clusters[-1][0]):
            clusters[-1].append(character)
        else:
            clusters.append([character])
    return [c for cluster in sorted(clusters, key=lambda cluster: _place(cluster[0])) for c in cluster]


def _stands_over(mark: Character, letter: Character) -> bool:
    """Tell whether a mark was drawn right after its letter: over it, or backwards from its end."""
    return letter.left < (mark.left + mark.right) / 2 <= letter.right + 0.05 * letter.size


def _place(character: Character) -> float:
    """Return where a character sorts: a mark by its middle, so that it comes after its letter's start."""
    if not unicodedata.combining(character.text):
        return character.left
    return (character.left + character.right) / 2 - 0.05 * character.size


def _bands(characters: Iterable[_Set]) -> list[list[_Set]]:
    """Return characters, or runs of them, in groups that stand on one baseline."""
    bands: list[list[_Set]] = []
    for base, group in groupby(sorted(characters, key=_BASE), key=_BASE):
        level = list(group)
        near = 0
        if bands:
            drop = base - bands[-1][0].base
            near = next((at for at, c in enumerate(level) if drop > _SAME_BASELINE * c.size), len(level))
            bands[-1] += level[:near]
        if near < len(level):
            bands.append(level[near:])
    return bands


def _join_marks(bands: list[_Band]) -> list[_Band]:
    """Move superscripts and subscripts into the row that they touch."""
    sizes = [_usual_size(band) for band in bands]
    for at, given in enumerate(bands):
        hosts = [other for other in _hosts(at, bands, sizes) if bands[other]]
        if not hosts:
            continue
        band = bands[at] = list(given)
        for host in hosts:
            held = bands[host] = list(bands[host])
            for run in _runs(band):
                if _touch(run, held, sizes[host]):
                    held += run
                    for character in run:
                        band.remove(character)
    return [band for band in bands if band]


def _usual_size(band: _Band) -> float:
    sizes = sizes_of(band)
    return sizes[0] if sizes.count(sizes[0]) == len(sizes) else median(sizes)


def sizes_of(characters: Sequence[Character]) -> list[float]:
    """Return the size of each character."""
    if isinstance(characters, Runs):
        return [size for run in characters.runs for size in (run.size,) * len(run.text)]
    return [character.size for character in characters]


def _first_base(band: _Band) -> float:
    return band.runs[0].base if isinstance(band, Runs) else band[0].base


def _hosts(at: int, bands: list[_Band], sizes: list[float]) -> Iterator[int]:
    """Yield the bands near enough to the band at `at` for it to hold their superscripts or subscripts."""
    for other in range(max(at - 2, 0), min(at + 3, len(bands))):
        size = sizes[other]
        if other != at and sizes[at] < _MARK_SIZE * size:
            drop = _first_base(bands[other]) - _first_base(bands[at]) if bands[other] else 0.0
            if -_LOWERED_AT_MOST * size < drop < _RAISED_AT_MOST * size:
                yield other


def _runs(band: list[Character]) -> list[list[Character]]:
    """Return the groups of neighbouring printed characters of a band."""
    runs: list[list[Character]] = []
    for character in sorted((c for c in band if c.text != " "), key=lambda c: c.left):
        if runs and character.left - runs[-1][-1].right < _TOUCHES * character.size:
            runs[-1].append(character)
        else:
            runs.append([character])
    return runs


def _touch(run: list[Character], host: list[Character], size: float) -> bool:
    reach = _TOUCHES * size
    left, right = run[0].left, run[-1].right
    opens = min(c.left for c in host if c.text != " ") if any(c.text != " " for c in host) else left
    if 0.0 <= opens - right < _LEADS * size:  # a footnote's mark before a justified line stands off from it
        return True
    return any(abs(left - c.right) < reach or abs(c.left - right) < reach for c in host)


def _join_side_by_side(rows: list[Row]) -> list[Row]:
    """Join neighbours whose baselines differ a little because two columns are set in two sizes."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before and _are_side_by_side(before, row):
            both = _left_to_right([*before.characters, *row.characters])
            joined[-1] = Row(both, before.base, before.size)
        else:
            joined.append(row)
    return joined


def _are_side_by_side(one: Row, other: Row) -> bool:
    if other.base - one.base >= _SIDE_BY_SIDE * min(one.size, other.size):
        return False
    return one.right + GUTTER < other.left or other.right + GUTTER < one.left
