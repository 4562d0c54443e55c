"""One indicator, two values: what the summary of a report says otherwise than its body, in prose or in a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.extract.view import View
from pipeline.model import Count, DateMention, Item, Problem, ReportFields
from pipeline.text.citations import Slips, is_misprint, is_swap, slips_among
from pipeline.text.fold import fold

_LEAST_WORDS, _LEAST_WORDS_OF_ROW = 3, 5
_VERB = re.compile(r"([^\W\d_]+)[ ]([^\W\d_]+)[ ]$")
_VALUES = {"số lượng", "kết quả", "thực hiện", "tổng số", "số liệu", "kết quả thực hiện", "tổng cộng"}


class _Stated(Struct, frozen=True):
    """A count with its unit and object as one phrase, the words before it and the periods of its sentence.

    `text` are the words from the unit on. A row of a table has no words before it and no periods.
    """

    count: Count
    phrase: str
    text: str
    lead: str = ""
    periods: tuple[str, ...] = ()


def check_stated(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `indicator.differs` for each two counts of one thing that differ by a misprint alone.

    One thing is: the same unit, the same words for what is counted, the same two words before the number, and no
    period that the other sentence doesn't name; a row of a table is named by more words, and its column by none.
    Parts of totals, shares and plans are left out. Any two values but a misprint's may be of two fields, places or
    months that only their headings tell apart: digits that swapped places («125», «152»), or one other digit where
    one of the two stands in a summary.
    """
    dates = [i for i in items if isinstance(i, DateMention) and i.role != "document"]
    alike: defaultdict[tuple[str, ...], list[_Stated]] = defaultdict(list)
    for item in items:
        if isinstance(item, Count) and _is_plain(item):
            stated = _in_row(item) if item.column else _in_sentence(item, dates, view)
            if stated is not None:
                alike[tuple(stated.text.split()[:_LEAST_WORDS])].append(stated)
    return [problem for all_of in alike.values() if len(all_of) > 1 for problem in _differing(all_of, view)]


def _is_plain(count: Count) -> bool:
    pure = (count.total, count.previous, count.value_max, count.part_of) == (None,) * 4
    return pure and count.status == "done" and count.qualifier == "exact" and not (count.change or count.per)


def _phrase(count: Count) -> str:
    thing = " ".join(fold(count.object).split())
    return thing if not thing or thing.startswith(f"{count.unit} ") else f"{count.unit} {thing}"


def _in_row(count: Count) -> _Stated | None:
    phrase = _phrase(count)
    told = fold(count.column) in _VALUES and len(phrase.split()) >= _LEAST_WORDS_OF_ROW
    return _Stated(count, phrase, phrase) if told else None


def _in_sentence(count: Count, dates: list[DateMention], view: View) -> _Stated | None:
    phrase = _phrase(count)
    if len(phrase.split()) < _LEAST_WORDS:
        return None
    lead = _VERB.search(view.folded, _two_words_before(count, view), count.start)
    if not lead:
        return None
    low = bisect_left(dates, count.sentence[0], key=lambda d: d.start)
    high = bisect_left(dates, count.sentence[1], key=lambda d: d.start)
    text = f"{count.unit} {' '.join(view.folded[count.end : count.sentence[1]].split())}"
    return _Stated(count, phrase, text, lead[0], tuple(sorted({date.value for date in dates[low:high]})))


def _two_words_before(count: Count, view: View) -> int:
    """Return where the two words before a count begin, with the spaces behind them, or its sentence does."""
    start, at = count.sentence[0], count.start
    for _ in range(3):
        at = view.folded.rfind(" ", start, max(start, at))
    return max(start, at + 1)


def _differing(all_of: list[_Stated], view: View) -> Iterator[Problem]:
    values: dict[tuple[str, str, str], _Stated] = {}
    for stated in all_of:
        values.setdefault((f"{stated.count.value.normalize():f}", stated.phrase, stated.lead), stated)
    told = [(key[0], stated) for key, stated in values.items()]
    for at, beyond in _pairs(told):
        (one, first), (other, second) = told[at], told[beyond]
        slip = is_misprint if _sums_up(first, view) != _sums_up(second, view) else is_swap
        if slip(one, other) and _is_of_one(first, second):
            a, b = first.count, second.count
            detail = (
                ("text", view.text[b.start : b.end]),
                ("other_text", view.text[a.start : a.end]),
                ("object", first.phrase),
            )
            yield Problem("indicator.differs", detail, b.start, b.end, (a.start, a.end))


def _pairs(told: list[tuple[str, _Stated]]) -> list[tuple[int, int]]:
    """Return the places of each two values that may be one thing's and a slip apart, sorted."""
    prose: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    rows: defaultdict[str, Slips] = defaultdict(Slips)
    for at, (value, stated) in enumerate(told):
        if stated.count.column:
            rows[stated.phrase].add(value, at)
        else:
            prose[(stated.count.unit, stated.phrase, stated.lead, *stated.periods)].append(at)
    found: set[tuple[int, int]] = set()
    for group in prose.values():
        slips = slips_among([told[at][0] for at in group]) if len(group) > 1 else ()
        found.update((group[one], group[other]) for one, other in slips)
    lengths = {len(phrase) for phrase in rows}
    for at, (value, stated) in enumerate(told):
        if not stated.count.column and not stated.periods:
            named = (rows[name] for length in lengths if (name := stated.text[:length]) in rows)
            found.update((min(at, row), max(at, row)) for of in named for row in of.near(value))
    return sorted(found)


def _sums_up(stated: _Stated, view: View) -> bool:
    """Tell whether a count stands in the opening or the appraisal, which sum up what the body tells."""
    opening = view.structure.opening_span
    begun = opening is not None and opening[0] <= stated.count.start < opening[1]
    return begun or view.role_at(stated.count.start) == "assessment"


def _is_of_one(one: _Stated, other: _Stated) -> bool:
    if one.count.sentence == other.count.sentence or one.count.unit != other.count.unit:
        return False
    if bool(one.count.column) != bool(other.count.column):
        row, prose = (one, other) if one.count.column else (other, one)
        return not prose.periods and f"{prose.text} ".startswith((f"{row.phrase} ", f"{row.phrase}.", f"{row.phrase};"))
    return not one.count.column and (one.phrase, one.lead, one.periods) == (other.phrase, other.lead, other.periods)
