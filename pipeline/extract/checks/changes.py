"""Changes beside the two figures they lie between: «tăng 54 vụ (209/155)», «giảm 12% (88/100)»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.extract.checks.figures import Pair, growth_agrees, pair_of
from pipeline.extract.view import View
from pipeline.model import Count, Item, Problem, ReportFields

_COMPARED = re.compile(r"(?<!\w)(?:so(?: với)? cùng kỳ|cùng kỳ|so với|năm trước)(?!\w)")
_BEFORE_PAIR = re.compile(r"[^%.;:()\d\n\t]{0,60}?[ ]?\([ ]?")
_BETWEEN = re.compile(
    r"[ ]?(?:,|\(|hay|bằng|tương đương|tương ứng|=)*[ ]?(?:bằng |tương đương |tương ứng |với |hay |hoặc |và )*"
)
_LEAST = 3


def check_changes(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `pair.difference` for each change that the pair in brackets right behind it doesn't give.

    Which of the two figures is the earlier one plays no part: offices write the pair both ways round.
    """
    counts = [item for item in items if isinstance(item, Count)]
    return [problem for at in range(1, len(counts)) for problem in _check(view, counts, at)]


def _check(view: View, counts: list[Count], at: int) -> Iterator[Problem]:
    beside, pair = counts[at], pair_of(counts[at], view)
    gap = view.folded[counts[at - 1].end : beside.start]
    if pair is None or not _BEFORE_PAIR.fullmatch(gap) or beside.unit in ("%", "‰"):
        return
    if not view.folded[beside.end : beside.end + 2].lstrip().startswith(")"):
        return
    certain = _COMPARED.search(gap) is not None
    for change in _changes_before(counts, at, view):
        if not _agrees(change, pair, certain):
            detail = (
                ("change", view.text[change.start : change.end]),
                ("pair", view.text[beside.start : beside.end]),
            )
            yield Problem("pair.difference", detail, change.start, change.end, (beside.start, beside.end))


def _changes_before(counts: list[Count], at: int, view: View) -> list[Count]:
    """Return the changes told right before a pair, the same in number and in percent: «tăng 54 vụ, bằng 34,8%»."""
    last = counts[at - 1]
    if last.sentence != counts[at].sentence:
        return []
    first = counts[at - 2] if at >= 2 and last.unit in ("%", "‰") else last
    listed = first.sentence == last.sentence and _BETWEEN.fullmatch(view.folded, first.end, last.start)
    if first is last or not listed or first.unit in ("%", "‰"):
        return [last] if last.change else []
    change = last.change or first.change
    return [replace(one, change=change) for one in (first, last)] if first.change and change == first.change else []


def _agrees(change: Count, pair: Pair, certain: bool) -> bool:
    """Tell whether a change is that of the pair, or may be one of something else."""
    if change.qualifier != "exact" or change.value_max is not None or change.total is not None or change.unit == "lần":
        return True
    grew = change.change == "increase"
    if not certain and (pair.value < pair.whole or max(pair.value, pair.whole) < _LEAST):
        return True  # «tăng 02 xã (12/15 xã)»: the pair may be part and whole
    if change.unit in ("%", "‰"):
        return growth_agrees(change.value, pair, grew)
    return abs(abs(pair.value - pair.whole) - change.value) <= 2 * pair.step
