"""Word's automatic numbering: the label that Word prints before a paragraph but doesn't store in it.

ISO/IEC 29500-1, 17.9. Counters belong to the abstract definition, which several numberings may share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from pipeline.parsers.docx.xml import W, number, switch, value
from pipeline.parsers.fonts import is_legacy
from pipeline.parsers.labels import format_number
from pipeline.parsers.xml import Element, whole
from pipeline.text.clean import clean
from pipeline.text.gate import decode_legacy
from pipeline.text.readings import is_suspect

_LEVELS = 9
_TCVN3 = ".VnTime"
_PLACE = re.compile(r"%([1-9])")


class Level(Struct, frozen=True):
    """How one level of a list is numbered; `restart` is the level (from 1) after which it begins anew."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


class List(Struct, frozen=True):
    """A `w:num`: the abstract definition with its counters, and its own levels and first numbers."""

    abstract: str
    levels: dict[int, Level]
    first: dict[int, int]


class Numbering:
    """The lists of one document, and how far each has been counted in one story of it."""

    def __init__(self, lists: Mapping[str, List]) -> None:
        self._lists = lists
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def anew(self) -> Numbering:
        """Return the same lists, not yet counted: Word counts text boxes and notes apart from the body."""
        return Numbering(self._lists)

    def level_of(self, list_id: str, style: str) -> int:
        """Return the level (from 0) that `style` is tied to in a list, or 0."""
        found = self._lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((n for n, level in levels if style and level.style == style), 0)

    def next_label(self, list_id: str, level: int) -> str:
        """Count one paragraph of a list at `level` (from 0) and return its label; "-" for any bullet."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        self._count(list_id, found, level, counters)
        return _label(found, level, counters)

    def _count(self, list_id: str, found: List, level: int, counters: list[int | None]) -> None:
        """Advance `level`, begin the levels above it that were skipped, and reset those below it."""
        anew = level in found.first and (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        count = counters[level]
        counters[level] = _first(found, level) if anew or count is None else count + 1
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = _first(found, upper)
        for lower in range(level + 1, _LEVELS):
            if _restarts(found.levels.get(lower, Level()), lower, level):
                counters[lower] = None


def _first(found: List, level: int) -> int:
    return found.first.get(level, found.levels.get(level, Level()).start)


def _restarts(lower: Level, at: int, after: int) -> bool:
    """Return whether level `at` begins anew after a paragraph of the higher level `after` (17.9.10)."""
    if lower.restart is None or lower.restart > at:
        return True
    return after < lower.restart


def _label(found: List, level: int, counters: list[int | None]) -> str:
    this = found.levels[level]
    if this.format == "bullet":
        return "-" if this.text.strip() else ""

    def digits(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        other = found.levels.get(at, Level())
        count = counters[at]
        legal = this.legal and not (at == level and other.format == "decimalZero")  # Word prints «1.01»
        return format_number(_first(found, at) if count is None else count, "decimal" if legal else other.format)

    return clean(_PLACE.sub(digits, this.text)).strip()


def read_numbering(root: Element | None) -> Numbering:
    """Return the lists of a numbering part, of which a document may have none."""
    if root is None:
        return Numbering({})
    abstracts = _read_abstracts(root)
    return Numbering({num.get(W + "numId", ""): _read_list(num, abstracts) for num in root.findall(W + "num")})


def _read_abstracts(root: Element) -> dict[str, dict[int, Level]]:
    """Return the levels of each abstract definition; one that links to a list style has that style's."""
    read = {found.get(W + "abstractNumId", ""): found for found in root.findall(W + "abstractNum")}
    styled = {value(found, "styleLink"): found for found in read.values()}
    return {name: _read_levels(styled.get(value(found, "numStyleLink") or "", found)) for name, found in read.items()}


def _read_levels(parent: Element) -> dict[int, Level]:
    levels = ((whole(lvl.get(W + "ilvl"), -1), lvl) for lvl in parent.findall(W + "lvl"))
    return {at: _read_level(lvl) for at, lvl in levels if 0 <= at < _LEVELS}


def _read_level(lvl: Element) -> Level:
    legal = lvl.find(W + "isLgl")
    restart = value(lvl, "lvlRestart")
    picture = lvl.find(W + "lvlPicBulletId") is not None
    return Level(
        start=number(lvl, "start", 0),
        format="bullet" if picture else value(lvl, "numFmt") or "decimal",
        text="-" if picture else _level_text(lvl),
        restart=None if restart is None else whole(restart, 0),
        legal=legal is not None and switch(legal),
        style=value(lvl, "pStyle") or "",
    )


def _level_text(lvl: Element) -> str:
    """Return the text of a level's labels: «Chương %1»; where its font isn't named, the letters tell."""
    text = value(lvl, "lvlText") or ""
    fonts = lvl.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(W + "hAnsi", "")
    return decode_legacy(text, font if is_legacy(font) else _TCVN3 if is_suspect(text) else "")


def _read_list(num: Element, abstracts: dict[str, dict[int, Level]]) -> List:
    abstract = value(num, "abstractNumId") or ""
    levels = dict(abstracts.get(abstract, {}))
    first: dict[int, int] = {}
    for override in num.findall(W + "lvlOverride"):
        at = whole(override.get(W + "ilvl"), -1)
        if not 0 <= at < _LEVELS:
            continue
        lvl = override.find(W + "lvl")
        if lvl is not None:
            levels[at] = _read_level(lvl)
        if value(override, "startOverride") is not None:
            first[at] = number(override, "startOverride", 1)
    return List(abstract, levels, first)
