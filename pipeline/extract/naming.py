"""The words that say what a count is of: before its number, its unit and object, behind it, the heads of its table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extract.contexts import folded_all, holds_any
from pipeline.extract.view import View
from pipeline.model import Count
from pipeline.text.fold import fold

_UP_TO_MARK = re.compile(r".*(?:[;()\n\t]|[.:,](?![^\W_]))", re.DOTALL)
_UP_TO_MARK_OF_LABEL = re.compile(r".*(?:[;()\n\t]|[.:](?![^\W_]))", re.DOTALL)
_ASIDE = re.compile(r"\([^()\n\t]*\)")
_ENDS = re.compile(
    r"[;()\n\t]|[.:,](?![^\W_])|(?<!\w)và(?!\w)(?![ ][^\W\d_]+(?:[ ][^\W\d_]+){0,2}[ ]?[.;:,()\n\t])"
    r"|(?<!\w)(?:thì|nhưng|còn|đồng thời|trong khi|trong đó|gồm|bao gồm)(?!\w)"
    r"|[ ][-–][ ](?:[^\W\d_]+[ ]){1,4}$"  # «chết 12 người - bị thương 19 người»
)
_LABELLED = re.compile(r"[ ]?:[ ]?$|[ ]?\([ ]?$")
_LABEL_ENDS = 4
"""Characters that `_LABELLED` needs, a line end behind them included."""
_AND = re.compile(r"(?:và|hoặc|cùng)[ ]")
_LED = re.compile(r"(?:tại|đối với|với|cho|ở|tới|đến)")
_LISTED = re.compile(r"(?:[ ][^\W\d_]+){0,6}(?:[ ]?\([^()\n\t]*\))?(?:,(?: và)?| và| hoặc| cùng)[ ]")
_SHARED = re.compile(
    r"(?:[ ][^\W\d_]+){0,6}(?:,[ ]?|[ ]?\([ ]?|[ ])(?:và )?"
    r"(?:đạt |chiếm |bằng |tương ứng |tương đương |với |tỷ lệ |là )*"
)
_EACH = re.compile(r"(?<!\w)mỗi (\w+(?: \w+)?)$")
_ALSO = re.compile(r"(?:[ ][^\W\d_]+){0,8}[ ]?\([ ]?")
_CLOSES = re.compile(r"[^\d()\n\t;]{0,40}\)")
_EXPLAINED = re.compile(r"[ ]?\([ ]?(?:tương ứng |tương đương |với |là |đạt )*")
SHARES = ("%", "‰")
"""The units of shares of a whole."""
_COMPARED = re.compile(r"(?:[ ][^\W\d_]+){0,6}[ ]?[,(;]?[ ]?(?:(?:đã )?(?:tăng|giảm)(?: thêm)?[ ]|[+–−-][ ]?)?")
_BEFORE_NOW = re.compile(r"(?:[ ][^\W\d_]+){0,6}[ ]?\((?:[^()\d]|20\d\d){0,40}")
_FROM_START = re.compile(r"[^.;()]{0,25}(?:đầu năm|\d tháng|0?1/0?1)(?!\w)")
_REACH = 160


class Naming:
    """The counts of one report with the words around each of them, folded."""

    def __init__(self, counts: Sequence[Count], view: View) -> None:
        self.view = view
        self.counts = sorted(counts, key=lambda count: count.start)
        self.starts = [count.start for count in self.counts]
        self._before: dict[int, str] = {}  # by start: no two counts overlap

    def words(self, count: Count) -> str:
        """Return what names `count`: of a table cell its row and column, else the words of its clause around it.

        These begin at the mark or number before it and end at the mark, number or conjunction behind it; a label
        before a colon is among them («Hồ sơ quá hạn: 02»). A share, a change or a pair that names nothing itself has
        the words of the count before it: «đúng hạn 480/500 hồ sơ, đạt 96%», «chết 12 người (tăng 02 người)»; so has
        the figure of a time before in brackets, «chết 12 người (cùng kỳ 10 người)», and a number in brackets that
        explains a share or what is counted in another unit, «06 số tạp chí (9.000 bản)».
        """
        if count.column:
            return self.own(count)
        namesake = self._namesake(count) or self.counted_by(count)
        if namesake is not None:
            return f"{self.words(namesake)} {self.own(count)}"
        return f"{self.before(count)} {self.own(count)}"

    def own(self, count: Count) -> str:
        """Return what names `count` itself, folded: text, unit, object, words behind; of a cell its row and heads."""
        if count.column:
            return fold(f"{count.object} {count.column} {count.unit}")
        within = self.view.folded[count.start : count.end]
        return f"{within} {fold(count.unit)} {fold(count.object)} {self._behind(count)}"

    def before(self, count: Count) -> str:
        """Return the words of the clause that stand before the number, folded.

        What the count before it is of is not among them, unless a bare preposition leads on from there: «03 cuộc kiểm
        tra tại 09 đơn vị». One of a list has the words before the first: «kiểm tra tại 08 sở và 04 huyện».
        """
        if count.start not in self._before:
            self._before[count.start] = self._read_before(count)
        return self._before[count.start]

    def _read_before(self, count: Count) -> str:
        last = self._last(count)
        if last is not None and _LISTED.fullmatch(self.view.folded, last.end, count.start):
            return self.before(last)
        after = self._end(last) if last is not None else -1
        low, high = self._clause(count, after)
        words = self.view.folded[low:high].strip()
        if last is None or low != after:
            return words
        if _LED.fullmatch(words):
            return f"{self.before(last)} {fold(last.object)} {words}"
        joined = _AND.match(words)
        return words[joined.end() :] if joined else words

    def told_so_far(self, count: Count) -> str:
        """Return the words of the sentence before the number back to a semicolon, folded."""
        low = max(self.view.folded.rfind(";", count.sentence[0], count.start) + 1, count.sentence[0])
        return self.view.folded[low : count.start].strip(" -+•*\t\n")

    def is_each(self, count: Count) -> bool:
        """Tell whether `count` is of each of several, or a mean: «mỗi lớp 40 học viên», «bình quân 12 hồ sơ»."""
        return bool(count.per) or holds_any(f" {self.before(count)} ", self.view.pack.words.get("each", ()))

    def counted_by(self, count: Count) -> Count | None:
        """Return how many there are of what `count` is of each: «04 số, 2.000 bản/số», «02 lớp, mỗi lớp 40 người»."""
        name = fold(count.per) or self._named_each(count)
        at = bisect_left(self.starts, count.start) - 1 if name else -1
        while at >= 0 and self.counts[at].start >= count.sentence[0]:
            last = self.counts[at]
            if fold(last.unit) == name and not (last.per or last.column or last.change or last.total or last.value_max):
                return last
            at -= 1
        return None

    def _named_each(self, count: Count) -> str:
        """Return what stands behind «mỗi» right before the number, or an empty string."""
        before = self.before(count)
        each = _EACH.search(before) if "mỗi " in before else None
        return each[1] if each else ""

    def is_of_other_time(self, count: Count, to_date: bool) -> bool:
        """Tell whether words before `count` in its sentence make it a figure of another time than the report's.

        «lũy kế», «từ đầu năm» do, over commas, where they open the sentence over all of it, up to words of the own
        period. Where the report is `to_date`, of more than a quarter, a sum «từ đầu năm» is its own and «trong tháng»,
        «trong quý» are of other times.
        """
        lists, low = self.view.pack.words, count.sentence[0]
        said = self.view.folded[low : count.start]
        at, own = _last(said, lists.get("accumulated", ())), _last(said, lists.get("own_period", ()))
        if to_date:
            part = _last(said, lists.get("part_period", ()))
            at, own = (part, max(own, at)) if at >= 0 and _FROM_START.match(said, at) else (max(at, part), own)
        if at < 0 or own > at:
            return False
        opens = bisect_left(self.starts, low) == bisect_left(self.starts, low + at)
        return opens or not re.search(r"[;()]", said[at:])

    def _last(self, count: Count) -> Count | None:
        """Return the count of running text before `count` in its sentence, past those in brackets closed before it."""
        folded, at = self.view.folded, bisect_left(self.starts, count.start) - 1
        while at >= 0 and not self.counts[at].column and self.counts[at].end > count.sentence[0]:
            last = self.counts[at]
            closed = folded.count(")", last.end, count.start)
            if not closed or closed <= folded.count("(", last.end, count.start):
                return last
            opened = folded.rfind("(", count.sentence[0], last.start)
            if opened < 0:
                return last
            at = bisect_left(self.starts, opened) - 1
        return None

    def _clause(self, count: Count, after: int) -> tuple[int, int]:
        """Return the clause of `count` before its number, from `after` the count before it on."""
        folded, low, end = self.view.folded, max(count.sentence[0], count.start - _REACH, after), count.start
        labelled = _LABELLED.search(folded, max(low, end - _LABEL_ENDS), end)
        if labelled:
            end = labelled.start()
        plain = folded[low:end]
        if "(" in plain:
            plain = _ASIDE.sub(lambda aside: " " * len(aside[0]), plain)
        is_label = labelled is not None and ":" in labelled[0]
        marked = (_UP_TO_MARK_OF_LABEL if is_label else _UP_TO_MARK).match(plain)
        return low + (marked.end() if marked else 0), end

    def _end(self, count: Count) -> int:
        """Return where `count` ends with what it is of: its object, where that stands right behind it."""
        named, at = fold(count.object), count.end
        while at < len(self.view.folded) and self.view.folded[at] == " ":
            at += 1
        return at + len(named) if named and self.view.folded.startswith(named, at) else count.end

    def _namesake(self, count: Count) -> Count | None:
        """Return the count whose words name `count` too: what a share, a change or a bracket is of."""
        last = self._last(count)
        if last is None:
            return None
        told = self.view.folded[last.end : count.start]
        if not count.object and self._is_compared(count, last, told):
            return last
        if count.change:
            return None
        if last.unit not in SHARES and count.unit not in SHARES:
            alone = _CLOSES.match(self.view.folded, count.end) and _ALSO.fullmatch(told)
            return last if alone and last.unit != count.unit else None
        if last.unit in SHARES and count.unit in SHARES:
            return None
        if count.unit in SHARES and fold(count.object) not in ("", "tỷ lệ"):
            return None
        between = _SHARED if count.unit in SHARES else _EXPLAINED
        return last if between.fullmatch(told) else None

    def _is_compared(self, count: Count, last: Count, told: str) -> bool:
        """Tell whether `count` compares `last`: a change or pair behind it or its rate, a figure before in brackets."""
        if count.change or count.previous is not None:
            changed = last.unit in SHARES and bool(last.change)
            return (changed or count.unit in (last.unit, *SHARES)) and _COMPARED.fullmatch(told) is not None
        words = self.view.pack.words.get("compared_with", ())
        return last.unit == count.unit and _BEFORE_NOW.fullmatch(told) is not None and holds_any(told, words)

    def _behind(self, count: Count) -> str:
        folded, high = self.view.folded, min(count.sentence[1] + 1, count.end + _REACH)  # with the line's end
        at = bisect_left(self.starts, count.end)
        if at < len(self.starts):
            high = min(high, self.starts[at])
        found = _ENDS.search(folded, count.end, max(high, count.end))
        return folded[count.end : found.start() if found else max(high, count.end)].strip()


def _last(folded: str, phrases: tuple[str, ...]) -> int:
    return max(map(folded.rfind, folded_all(phrases)), default=-1)
