"""Sheaves of one code whose dates contradict, put together where they can only be of one document.

Of each two sheaves that question would have to be asked, and ten thousand offices have one number each. But only those
of one year, or of one day of the year, contradict, and of those only the ones of one office, or that stand in one
report or in reports of one place: so they are looked up by year or day, and by place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.tables.references import Wording
from pipeline.tables.sheaves import Sheaf
from pipeline.text.citations import code_of, is_local, is_national, is_one_document, seat

_Key = tuple[object, ...]
_NO_REPORT = ""  # where the name of a place may stand


def joined(says: Sequence[Wording], sheaves: list[Sheaf]) -> list[Sheaf]:
    """Return the sheaves, those put together whose dates contradict: they are one document, misdated somewhere.

    `says` has the wordings of the code by their numbers.
    """
    ordered = sorted(sheaves, key=lambda sheaf: (-sheaf.size, sheaf.date, sheaf.first))
    joining = _Joining(says, ordered)
    for at in range(len(ordered)):
        joining.join(at)
    return [sheaf for at, sheaf in enumerate(ordered) if joining.into[at] == at]


class _Joining:
    """Sheaves in their order, and which one each was put into: in `into`, by number, itself at first."""

    def __init__(self, says: Sequence[Wording], sheaves: list[Sheaf]) -> None:
        self._says = says
        self._code = code = code_of(says[0].number)
        self._sheaves = sheaves
        self.into = list(range(len(sheaves)))
        self._members = [[at] for at in self.into]
        self._anywhere = is_national(code, "") or (bool(code.year) and not is_local(code))
        self._often = Counter(seat(sheaf.issuer) for sheaf in sheaves)
        self._index: defaultdict[_Key, list[int]] = defaultdict(list)
        for at, sheaf in enumerate(sheaves):
            for key in self._filed(sheaf):
                self._index[key].append(at)

    def join(self, at: int) -> None:
        """Put the later sheaves that can only be of the same document as the one with number `at` together with it."""
        one, last = self._sheaves[at], at
        while last is not None:
            first = self._sheaves[self.into[at]]
            for other in self._later(one, first.is_report, last):
                if self._is_joined(at, other) and self._put(self.into[other], self.into[at]):
                    last = other  # what it can be compared by is another now
                    break
            else:
                return

    def _is_joined(self, at: int, other: int) -> bool:
        first, second = self._sheaves[self.into[at]], self._sheaves[self.into[other]]
        if first is second or (first.is_report and second.is_report):
            return False
        here, there = self._sheaves[at], self._sheaves[other]
        dates, issuers = (here.date, there.date), (here.issuer, there.issuer)
        return is_one_document(self._code, dates, issuers, here.near(there))

    def _put(self, second: int, first: int) -> bool:
        """Put a sheaf into another; tell whether that changed what the other can be compared by."""
        for member in self._members[second]:
            self.into[member] = first
        self._members[first] += self._members[second]
        self._members[second] = []
        return self._sheaves[first].absorb(self._sheaves[second], self._says)

    def _later(self, one: Sheaf, is_report: bool, after: int) -> list[int]:
        """Return the sheaves after one that may be of its document; a report is only looked for where none is."""
        found: set[int] = set()
        for key in self._asked(one, is_report):
            if key in self._index:
                numbers = self._index[key]
                found.update(numbers[bisect_right(numbers, after) :])
        return sorted(found)

    def _filed(self, sheaf: Sheaf) -> Iterator[_Key]:
        """Yield the keys that a sheaf stands under; an office's place is one of it, of its level, and of all."""
        level, name = seat(sheaf.issuer)
        for day in (sheaf.date[:4], sheaf.date[4:]):
            yield (day,)
            if not sheaf.is_report:
                yield day, _NO_REPORT
            if self._anywhere:
                continue
            if name and self._often[level, name] > 1:
                yield day, level, name
            for near in (*sheaf.localities, *sheaf.files):
                yield day, near
                if level:
                    yield day, near, level
                if not name:
                    yield day, near, level, ""

    def _asked(self, one: Sheaf, is_report: bool) -> Iterator[_Key]:
        """Yield the keys under which the sheaves stand that may be of one document with `one`."""
        level, name = seat(one.issuer)
        for day in (one.date[:4], one.date[4:]):
            if self._anywhere or is_national(self._code, one.issuer):
                yield (day, _NO_REPORT) if is_report else (day,)
                continue
            if name:
                yield day, level, name
            for near in (*one.localities, *one.files):
                if not level:
                    yield day, near
                    continue
                yield day, near, "", ""
                if name:
                    yield day, near, level, ""
                else:
                    yield day, near, level
