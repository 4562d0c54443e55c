"""Parts larger than their whole: «20 trên tổng số 15 xã», «215 vụ, trong đó 251 vụ …», and parts that together are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.extract.view import View
from pipeline.model import Count, Item, Problem, ReportFields
from pipeline.text.fold import fold

_OUT_OF = re.compile(r"(?:(?<!\w)(?:trên|trong)[ ]|/[ ]?)tổng(?: số| cộng)?(?!\w)")
_LEAST_PARTS = 2


def check_parts(view: View, items: Sequence[Item], fields: ReportFields) -> list[Problem]:
    """Return `part.exceeds` for each part larger than its total, and `parts.exceed` for each breakdown that is.

    Parts may overlap («trong đó 12 nữ, 15 đảng viên»), so they are summed only where they divide the total by one
    thing: the names of all begin with the same word («cấp tỉnh», «cấp huyện»), or are «nam» and «nữ».
    """
    counts = [item for item in items if isinstance(item, Count)]
    by_span = {(count.start, count.end): count for count in counts}
    parts: defaultdict[tuple[int, int], list[Count]] = defaultdict(list)
    problems: list[Problem] = []
    for count in counts:
        problems += _out_of(count, view)
        whole = by_span.get(count.part_of) if count.part_of else None
        if whole is not None and _comparable(count, whole):
            if count.value > whole.value:
                problems.append(_told("part.exceeds", count, whole, view, view.text[count.start : count.end]))
            else:
                parts[whole.start, whole.end].append(count)
    for span, listed in parts.items():
        problems += _together(listed, by_span[span], view)
    return problems


def _out_of(count: Count, view: View) -> Iterator[Problem]:
    """Yield a problem for a pair whose words say part and whole, and whose part is larger."""
    if count.total is not None and count.value > count.total and _OUT_OF.search(view.folded, count.start, count.end):
        words = view.text[count.start : count.end]
        yield Problem("part.exceeds", (("part", words), ("whole", words)), count.start, count.end)


def _comparable(part: Count, whole: Count) -> bool:
    plain = all(c.value_max is None and c.total is None and not c.change and not c.per for c in (part, whole))
    exact = part.qualifier in ("exact", "more_than", "at_least") and whole.qualifier in (
        "exact",
        "less_than",
        "at_most",
    )
    return plain and exact and part.unit == whole.unit and part.unit not in ("%", "‰") and part.status == whole.status


def _together(parts: list[Count], whole: Count, view: View) -> Iterator[Problem]:
    total = sum((part.value for part in parts), Decimal(0))
    if len(parts) < _LEAST_PARTS or total <= whole.value or whole.qualifier != "exact" or not _divide(parts):
        return
    if any(part.qualifier != "exact" or part.sentence != whole.sentence for part in parts):
        return
    words = ", ".join(view.text[part.start : part.end] for part in parts)
    yield _told("parts.exceed", parts[0], whole, view, words, parts[-1].end)


def _divide(parts: list[Count]) -> bool:
    """Tell whether parts divide their total by one thing, each only once: their names begin alike and differ."""
    names = [tuple(fold(part.object).split()) for part in parts]
    if len(set(names)) < len(names) or not all(names):
        return False
    firsts = {name[0] for name in names}
    return firsts == {"nam", "nữ"} or (len(firsts) == 1 and all(len(name) > 1 for name in names))


def _told(code: str, part: Count, whole: Count, view: View, words: str, end: int = 0) -> Problem:
    detail = (("part", words), ("whole", view.text[whole.start : whole.end]))
    return Problem(code, detail, part.start, end or part.end, (whole.start, whole.end))
