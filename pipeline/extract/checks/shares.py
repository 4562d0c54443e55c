"""Percentages beside the pair of figures they are worked out from: «158/309 người (51,13%)», «96,2% (1.250/1.300)»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.extract.checks.figures import Pair, exact_percent, pair_of, share_agrees
from pipeline.extract.view import View
from pipeline.model import Count, Item, Problem, ReportFields

_AFTER_PAIR = re.compile(
    r"(?:[^.;:()\d%\n\t]{0,60}?)"
    r"(?P<sign>[ ]?=[ ]?|[ ]?\([ ]?(?:(?:đạt|chiếm|bằng|tương đương|tỷ lệ)[ ](?:tỷ lệ[ ])?)?"
    r"|,?[ ](?:đạt|chiếm|bằng|tương đương)[ ](?:tỷ lệ[ ])?(?:là[ ])?)"
)
_ENDS = re.compile(r"[ ]?(?:[.;,)\n\t]|$)")
_BEFORE_PAIR = re.compile(r"[^%.;:()\d\n\t]{0,60}?[ ]?\([ ]?(?:tương ứng |tức |đạt |là )?")
_COMPARED = re.compile(r"(?<!\w)(?:so với|so cùng|cùng kỳ|năm trước|năm ngoái|tăng|giảm|còn lại|trong đó)(?!\w)")


def check_shares(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `percentage.contradicts` for each percentage that the pair right beside it can't give.

    It is silent where another pair of the sentence, or several together, give it: then it is theirs.
    """
    counts = [item for item in items if isinstance(item, Count)]
    return [problem for at in range(1, len(counts)) for problem in _check(view, counts, at)]


def _check(view: View, counts: list[Count], at: int) -> Iterator[Problem]:
    before, count = counts[at - 1], counts[at]
    if before.sentence != count.sentence:
        return
    gap = view.folded[before.end : count.start]
    if exact_percent(count) and _AFTER_PAIR.fullmatch(gap) and not _COMPARED.search(gap):
        percent, beside = count, before
        closed = gap.rstrip().endswith("=") or _ENDS.match(view.folded, count.end)
    elif exact_percent(before) and _BEFORE_PAIR.fullmatch(gap) and not _COMPARED.search(gap):
        percent, beside = before, count
        closed = view.folded[count.end : count.end + 2].lstrip().startswith(")")
    else:
        return
    pair = pair_of(beside, view)
    if pair is None or not closed or _follows_change(counts, at - 1):
        return
    if not any(share_agrees(percent.value, other) for other in _readings(pair, percent, counts, view)):
        detail = (
            ("percent", view.text[percent.start : percent.end]),
            ("pair", view.text[beside.start : beside.end]),
            ("right", _printed(pair, percent.value)),
        )
        yield Problem("percentage.contradicts", detail, percent.start, percent.end, (beside.start, beside.end))


def _follows_change(counts: list[Count], at: int) -> bool:
    """Tell whether the first of the two is, or follows, a change: then the percentage may be one of growth."""
    return any(c.change and c.sentence == counts[at].sentence for c in counts[max(0, at - 2) : at + 1])


def _readings(pair: Pair, percent: Count, counts: list[Count], view: View) -> Iterator[Pair]:
    """Yield the pairs that `percent` may be of: the one beside it, others of its sentence, and all together."""
    yield pair
    same = [c for c in counts if c.sentence == percent.sentence and c is not percent]
    others = [other for other in (pair_of(c, view) for c in same) if other is not None]
    yield from others
    total = Pair(sum((o.value for o in others), Decimal(0)), sum((o.whole for o in others), Decimal(0)), pair.step)
    yield total
    for count in same:
        if count.total is None and count.value_max is None and count.unit not in ("%", "‰"):
            yield Pair(pair.value, count.value, pair.step)


def _printed(pair: Pair, like: Decimal) -> str:
    places = max(1, -int(like.as_tuple().exponent))
    return f"{100 * pair.value / pair.whole:.{places}f}%".replace(".", ",")
