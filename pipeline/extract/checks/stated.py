"""One indicator, two values: what the summary of a report says otherwise than its body, in prose or in a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.extract.view import View
from pipeline.model import Count, DateMention, Item, Problem, ReportFields
from pipeline.text.citations import is_misprint
from pipeline.text.fold import fold

_LEAST_WORDS = 3
_VERB = re.compile(r"([^\W\d_]+)[ ]([^\W\d_]+)[ ]$")
_VALUES = {"số lượng", "kết quả", "thực hiện", "tổng số", "số liệu", "kết quả thực hiện", "tổng cộng"}


def check_stated(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `indicator.differs` for each two counts of one thing that differ by a misprint alone.

    One thing is: the same unit, the same words for what is counted, the same two words before the number, and no
    period that the other sentence doesn't name. Parts of totals, shares and plans are left out. Any two values but a
    misprint's («125» and «152») may be of two fields, places or months that only their headings tell apart.
    """
    dates = [i for i in items if isinstance(i, DateMention) and i.role != "document"]
    same: defaultdict[tuple[str, ...], list[Count]] = defaultdict(list)
    for item in items:
        if isinstance(item, Count) and _is_plain(item, view) and (key := _key(item, dates, view)):
            same[key].append(item)
    return [problem for counts in same.values() for problem in _differing(counts, view)]


def _is_plain(count: Count, view: View) -> bool:
    pure = (count.total, count.previous, count.value_max, count.part_of) == (None,) * 4
    return pure and count.status == "done" and count.qualifier == "exact" and not (count.change or count.per)


def _key(count: Count, dates: list[DateMention], view: View) -> tuple[str, ...] | None:
    """Return what two counts of one indicator share, or None where the words are too few to tell."""
    words = f"{count.unit} {fold(count.object)}".split()
    if not count.object or len(words) < _LEAST_WORDS:
        return None
    if count.column:
        return (" ".join(words),) if fold(count.column) in _VALUES else None
    lead = _VERB.search(view.folded, count.sentence[0], count.start)
    low = bisect_left(dates, count.sentence[0], key=lambda d: d.start)
    high = bisect_left(dates, count.sentence[1], key=lambda d: d.start)
    periods = sorted({date.value for date in dates[low:high]})
    return (" ".join(words), lead[0], *periods) if lead else None


def _differing(counts: list[Count], view: View) -> Iterator[Problem]:
    values: dict[str, Count] = {}
    for count in counts:
        values.setdefault(f"{count.value.normalize():f}", count)
    for one, other in combinations(values, 2):
        first, second = values[one], values[other]
        if is_misprint(one, other) and first.sentence != second.sentence:
            detail = (
                ("text", view.text[second.start : second.end]),
                ("other_text", view.text[first.start : first.end]),
                ("object", second.object),
            )
            yield Problem("indicator.differs", detail, second.start, second.end, (first.start, first.end))
