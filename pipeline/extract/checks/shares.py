"""Percentages beside the pair of figures they are worked out from: «158/309 người (51,13%)», «96,2% (1.250/1.300)»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
_DEEPEST, _FARTHEST = 4, 30
_LEAST_WHOLE = 5  # «2/3 số đại biểu (70%)»: a fraction

Wholes = Mapping[tuple[int, int], Count]


def check_shares(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `percentage.contradicts` for each percentage that the pair right beside it can't give.

    It is silent where another pair of the sentence, or several together, give it: then it is theirs.
    """
    counts = [item for item in items if isinstance(item, Count)]
    wholes = {(count.start, count.end): count for count in counts}
    return [problem for at in range(1, len(counts)) for problem in _check(view, counts, wholes, at)]


def _check(view: View, counts: list[Count], wholes: Wholes, at: int) -> Iterator[Problem]:
    before, count = counts[at - 1], counts[at]
    if before.sentence != count.sentence:
        return
    gap = view.folded[before.end : count.start]
    if exact_percent(count) and _AFTER_PAIR.fullmatch(gap) and not _COMPARED.search(gap):
        percent, beside = count, before
        closed = gap.rstrip().endswith("=") or _ENDS.match(view.folded, count.end) is not None
    elif exact_percent(before) and _BEFORE_PAIR.fullmatch(gap) and not _COMPARED.search(gap):
        percent, beside = before, count
        closed = view.folded[count.end : count.end + 2].lstrip().startswith(")")
    else:
        return
    own = pair_of(beside, view)
    pairs = [own] if own else _of_its_wholes(beside, wholes)
    if not pairs or pairs[0].whole < _LEAST_WHOLE or not closed or _follows_change(counts, at - 1):
        return
    near = counts[max(0, at - _FARTHEST) : at + _FARTHEST]
    if not any(share_agrees(percent.value, other) for other in _readings(pairs, percent, near, view)):
        yield _told(percent, beside, wholes[beside.part_of] if beside.part_of and not own else None, pairs[0], view)


def _told(percent: Count, beside: Count, whole: Count | None, pair: Pair, view: View) -> Problem:
    words = [view.text[count.start : count.end] for count in (beside, whole) if count]
    places = max(1, -int(percent.value.as_tuple().exponent))
    right = f"{100 * pair.value / pair.whole:.{places}f}%".replace(".", ",")
    detail = (("percent", view.text[percent.start : percent.end]), ("pair", " / ".join(words)), ("right", right))
    return Problem("percentage.contradicts", detail, percent.start, percent.end, (beside.start, beside.end))


def _of_its_wholes(part: Count, wholes: Wholes) -> list[Pair]:
    """Return a part of a breakdown with its total, and with the total of that: «trong đó 158 người (51,13%)»."""
    pairs: list[Pair] = []
    whole = wholes.get(part.part_of) if part.part_of else None
    while whole is not None and len(pairs) < _DEEPEST:
        plain = all(c.qualifier == "exact" and c.value_max is None and c.total is None for c in (part, whole))
        if not plain or whole.unit != part.unit or whole.value <= 0:
            return []
        pairs.append(Pair(part.value, whole.value))
        whole = wholes.get(whole.part_of) if whole.part_of else None
    return pairs


def _follows_change(counts: list[Count], at: int) -> bool:
    """Tell whether the first of the two is, or follows, a change: then the percentage may be one of growth."""
    return any(c.change and c.sentence == counts[at].sentence for c in counts[max(0, at - 2) : at + 1])


def _readings(pairs: list[Pair], percent: Count, counts: list[Count], view: View) -> Iterator[Pair]:
    """Yield the pairs that `percent` may be of: the one beside it, others of its sentence, and all together."""
    yield from pairs
    same = [c for c in counts if c.sentence == percent.sentence and c is not percent]
    others = [other for other in (pair_of(c, view) for c in same) if other is not None]
    yield from others
    yield Pair(sum((o.value for o in others), Decimal(0)), sum((o.whole for o in others), Decimal(0)), pairs[0].step)
    for count in same:
        if count.total is None and count.value_max is None and count.unit not in ("%", "‰"):
            yield Pair(pairs[0].value, count.value, pairs[0].step)
