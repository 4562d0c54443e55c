"""Which mentions, in one report or in many, are of one document: the folder's citations put together.

A code and the year of its date name a document, and its office where many have the symbol. A mention without a date
belongs to the one document that it can be of, first of all among those that its own report cites in full (Nghị định
30/2020/NĐ-CP: only the first mention gives all particulars); where several are left it stays apart.
What is decided depends on what mentions say, and many say the same: so wordings are compared, not mentions.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.tables.joining import joined
from pipeline.tables.references import Mentions, Reference, Wording
from pipeline.tables.sheaves import Sheaf
from pipeline.text.citations import is_day, same_office, seat

_LEFT = -1


def documents(mentions: Mentions) -> list[Reference]:
    """Return the documents that the mentions of one code are of, those with a date first."""
    wordings = mentions.wordings
    if len(wordings) == 1:
        return [Reference(mentions, array("i", range(len(mentions))))]
    counts = [0] * len(wordings)
    firsts = [_LEFT] * len(wordings)
    for mention, wording in enumerate(mentions.wording):
        counts[wording] += 1
        if counts[wording] == 1:
            firsts[wording] = mention
    dated = [wording for wording, says in enumerate(wordings) if is_day(says.date)]
    apart = _sheaves(mentions, ((wording, firsts[wording], counts[wording]) for wording in dated))
    if len(apart) > 1:
        _link(mentions, apart)
        apart = joined(wordings, apart)
    return list(_references(mentions, apart))


def _sheaves(mentions: Mentions, wordings: Iterable[tuple[int, int, int]]) -> list[Sheaf]:
    """Return wordings, each with its first mention and their number, by date, and by office where two name others.

    A wording without the name of a place belongs to the first sheaf of its day that is of no other level.
    """
    by_date: defaultdict[str, _Day] = defaultdict(_Day)
    says = mentions.wordings
    for wording, first, count in sorted(wordings, key=lambda one: not seat(says[one[0]].issuer)[1]):
        day = by_date[says[wording].date if is_day(says[wording].date) else ""]
        sheaf = day.of(seat(says[wording].issuer))
        if sheaf is None:
            sheaf = Sheaf(says[wording], mentions.file[first])
            day.sheaves.append(sheaf)
        sheaf.add(wording, says[wording], count)
        day.note(sheaf)
    return [sheaf for day in by_date.values() for sheaf in day.sheaves]


class _Day:
    """The sheaves of one day, those with the name of a place first, and the first one for each level and place."""

    def __init__(self) -> None:
        self.sheaves: list[Sheaf] = []
        self._levels: dict[str, Sheaf] = {}
        self._seats: dict[tuple[str, str], Sheaf] = {}

    def of(self, place: tuple[str, str]) -> Sheaf | None:
        """Return the first sheaf that may be of an office whose `seat` is `place`."""
        level, name = place
        if name:  # until here all have names
            return self._seats.get(place)
        first = self.sheaves[0] if self.sheaves else None
        if first is None or not level or not seat(first.issuer)[0]:
            return first
        return self._levels.get(level)

    def note(self, sheaf: Sheaf) -> None:
        place = seat(sheaf.issuer)
        self._levels.setdefault(place[0], sheaf)
        self._seats.setdefault(place, sheaf)


def _link(mentions: Mentions, sheaves: list[Sheaf]) -> None:
    """Tell sheaves which files they share with others."""
    of = {wording: sheaf for sheaf in sheaves for wording in sheaf.wordings}
    for file, said in groupby(zip(mentions.file, mentions.wording, strict=True), key=lambda pair: pair[0]):
        found = {id(of[wording]): of[wording] for _, wording in said if wording in of}
        if len(found) > 1:
            for sheaf in found.values():
                sheaf.share({file})


def _references(mentions: Mentions, dated: list[Sheaf]) -> Iterator[Reference]:
    where = _with_undated(mentions, dated)
    left: dict[int, tuple[int, int, int]] = {}
    for mention, sheaf in enumerate(where):
        if sheaf == _LEFT:
            wording = mentions.wording[mention]
            left.setdefault(wording, (wording, mention, 1))
    undated = _sheaves(mentions, left.values())
    of = {wording: len(dated) + at for at, sheaf in enumerate(undated) for wording in sheaf.wordings}
    members = [array("i") for _ in range(len(dated) + len(undated))]
    for mention, at in enumerate(where):
        members[of[mentions.wording[mention]] if at == _LEFT else at].append(mention)
    for found in members:
        yield Reference(mentions, found)


def _with_undated(mentions: Mentions, dated: list[Sheaf]) -> array[int]:
    """Return for each mention which of the `dated` sheaves it is of, or -1 for undated ones that may be of several."""
    of = {wording: at for at, sheaf in enumerate(dated) for wording in sheaf.wordings}
    where = array("i", (of.get(wording, _LEFT) for wording in mentions.wording))
    if not dated or _LEFT not in where:
        return where
    register = _Register(dated)
    for _, inside in groupby(range(len(mentions)), key=mentions.file.__getitem__):
        in_file = list(inside)
        own = dict.fromkeys(where[mention] for mention in in_file)
        own.pop(_LEFT, None)
        for mention in in_file:
            if where[mention] == _LEFT:
                wording = mentions.says(mention)
                at = register.only_one(wording, own)
                if at != _LEFT:
                    where[mention] = at
                    own[at] = None
                    register.add(at, wording)
    return where


_Key = tuple[str, ...]


class _Register:
    """Dated sheaves by what an undated mention can know of them: a part of the date, level and name of the place."""

    def __init__(self, sheaves: list[Sheaf]) -> None:
        self._sheaves = sheaves
        self._tables: dict[str, defaultdict[_Key, set[int]]] = {}

    def only_one(self, wording: Wording, own: Iterable[int]) -> int:
        """Return the one sheaf that an undated mention can be of, one of `own` at best; -1 for several, or none."""
        found = [at for at in own if self._fits(wording, self._sheaves[at])]
        if len(found) == 1:
            return found[0]
        table = self._table(wording.date.split("/")[0])
        fitting = [table[key] for key in _asked(*seat(wording.issuer)) if key in table]
        return next(at for some in fitting for at in some) if sum(map(len, fitting)) == 1 else _LEFT

    def add(self, at: int, wording: Wording) -> None:
        """Take an undated mention into a sheaf; it may say more of the office."""
        sheaf = self._sheaves[at]
        before = seat(sheaf.issuer)
        sheaf.take(wording.issuer)
        after = seat(sheaf.issuer)
        if before == after:
            return
        for known, table in self._tables.items():
            if _may_be(known, sheaf.date):
                for key in _filed(*before):
                    table[key].discard(at)
                for key in _filed(*after):
                    table[key].add(at)

    def _fits(self, wording: Wording, sheaf: Sheaf) -> bool:
        known = wording.date.split("/")[0]
        return same_office(sheaf.issuer, wording.issuer) is not False and _may_be(known, sheaf.date)

    def _table(self, known: str) -> defaultdict[_Key, set[int]]:
        """Return the sheaves whose date may be the one of which `known` is known."""
        if known not in self._tables:
            table = self._tables[known] = defaultdict(set)
            for at, sheaf in enumerate(self._sheaves):
                if _may_be(known, sheaf.date):
                    for key in _filed(*seat(sheaf.issuer)):
                        table[key].add(at)
        return self._tables[known]


def _filed(level: str, name: str) -> Iterator[_Key]:
    """Yield the keys that a sheaf of a place stands under: it, its level, and all places."""
    yield ()
    yield level, name
    if level:
        yield (level,)


def _asked(level: str, name: str) -> list[_Key]:
    """Return the keys under which the sheaves stand that may be of an office of this place: no two hold the same."""
    if name:
        return [(level, name), (level, ""), ("", "")]
    return [(level,), ("", "")] if level else [()]


def _may_be(known: str, date: str) -> bool:
    """Tell whether what is known of a date («2023-10», «XXXX-04-21») fits a day."""
    return date.endswith(known[4:]) if known.startswith("XXXX") else date.startswith(known)
