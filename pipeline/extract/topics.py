"""What a count is about where its own words do not say it: the nearest topic before it, or the one of its heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from pipeline.extract.contexts import folded_all
from pipeline.extract.naming import Naming
from pipeline.extract.view import View
from pipeline.model import Count
from pipeline.rulebook import Pack
from pipeline.text.fold import fold

_JOINED = re.compile(r"[ ]?(?:[,/–-]|\(|\)|và|hoặc|cũng như|bệnh|do)?[ ]?(?:và |hoặc |bệnh |do |ca |ca mắc |ca bệnh )*")


class Topics:
    """The topics of one report: phrases of its pack's indicators (`topic`) and of the word list `other_topics`."""

    def __init__(self, view: View, naming: Naming, subject: str) -> None:
        self.view, self.naming, self.subject = view, naming, fold(subject)
        self._of: dict[tuple[int, int], frozenset[str]] = {}
        self.pattern = _pattern(view.pack)
        self.stood = [found.span() for found in self.pattern.finditer(view.folded)] if self.pattern else []

    def hold(self, count: Count, phrases: tuple[str, ...]) -> bool:
        """Tell whether `count` is about any of `phrases`."""
        place = count.start, count.end
        if place not in self._of:
            self._of[place] = self.of(count)
        return not self._of[place].isdisjoint(folded_all(phrases))

    def of(self, count: Count) -> frozenset[str]:
        """Return the topics that `count` is about, folded; several where one place names them side by side.

        They are looked for in its unit, object and the words behind it, then backwards in its paragraph, then in the
        headings from the innermost out, then in the report's subject. Of a table cell the row, the column, then these.
        """
        if self.pattern is None:
            return frozenset()
        told = self._in(self.naming.own(count)) or (frozenset() if count.column else self._before(count))
        return told or self._above(count)

    def _in(self, folded: str) -> frozenset[str]:
        assert self.pattern is not None
        return frozenset(found.group() for found in self.pattern.finditer(folded))

    def _before(self, count: Count) -> frozenset[str]:
        """Return the topic that stands nearest before `count` in its paragraph; of a stated zero all of its list."""
        low = self.view.folded.rfind("\n", 0, count.start) + 1
        at = bisect_right(self.stood, count.start, key=lambda span: span[0]) - 1
        told: set[str] = set()
        while at >= 0 and self.stood[at][0] >= low:
            start, end = self.stood[at]
            told.add(self.view.folded[start:end])
            at -= 1
            between = self.view.folded[self.stood[at][1] : start] if at >= 0 else ""
            if count.status != "none" or not _JOINED.fullmatch(between):
                break
        return frozenset(told)

    def _above(self, count: Count) -> frozenset[str]:
        sentence = self.view.sentence_at(count.start)
        path = self.view.structure.sections[sentence.section].path if sentence and sentence.section >= 0 else ()
        for heading in (*reversed(path), self.subject):
            if told := self._in(fold(heading)):
                return told
        return frozenset()


@lru_cache(maxsize=64)
def _pattern(pack: Pack) -> re.Pattern[str] | None:
    """Return the pattern of all topics of `pack`, the longer first, or None where it has none."""
    told = {fold(phrase) for indicator in pack.indicators for phrase in indicator.topic}
    if not told:
        return None
    told |= set(map(fold, pack.words.get("other_topics", ())))
    longest = sorted(told, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
