"""From the counts that an indicator takes to its figure: the whole and not its parts, and what is told twice once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model import Count

Span = tuple[int, int]

PART, LEVEL, PLAIN, WHOLE = 0, 1, 2, 3
"""How much of the matter a count is of, by its words: a part of what was told, one level or field, all, a total."""

_TOTAL = re.compile(
    r"(?<!\w)(?:tổng(?! (?:hợp|kết|thể|cục|công ty|giám đốc|đài|duyệt|điều tra|rà soát|kiểm|vệ sinh|lực))|cộng"
    r"|toàn (?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|ngành|quốc)|cả (?:tỉnh|nước|thành phố))(?!\w)"
)
_TOTAL_WORDS = ("tổng", "cộng", "toàn ", "cả ")
_ALONE = re.compile(r"(?:^|[.:,(][ ]?)riêng(?!\w| lẻ)")
_OF_THESE = re.compile(r"(?<!\w)trong (?:(?:tổng )?số )?(?:đó|này)(?!\w)")
TOLD_AGAIN, _SUMMED = Decimal(9), Decimal(50)
"""Small figures are alike, or the sum of others, by chance; larger ones are not."""


class Taken(Struct, frozen=True):
    """A count that an indicator takes: its index among the items, the figure taken, and the words that name it.

    `group` is the sentence or the table row that it stands in, `column` the table and head of a cell, `extent` one of
    PART, LEVEL, PLAIN and WHOLE.
    """

    index: int
    count: Count
    figure: Decimal
    words: str
    group: Span
    column: tuple[int, str]
    extent: int = PLAIN


def says_total(words: str) -> bool:
    """Tell whether folded words say that a count is of all: «tổng số», «toàn tỉnh»."""
    return any(word in words for word in _TOTAL_WORDS) and _TOTAL.search(words) is not None


def says_alone(so_far: str) -> bool:
    """Tell whether the folded words of a sentence before a number say that it is of one of many: «Riêng Sở …»."""
    return "riêng" in so_far and _ALONE.search(so_far) is not None


def says_part(so_far: str) -> bool:
    """Tell whether the folded words of a sentence before a number say that it is a part of what was told."""
    return says_alone(so_far) or ("trong " in so_far and _OF_THESE.search(so_far) is not None)


def whole_of(taken: Sequence[Taken], parts: Mapping[Span, Span]) -> list[Taken]:
    """Return `taken` without parts of what is taken: by `part_of`, by a table's total row, by arithmetic; each once.

    `parts` gives the total of every part of the report. What words tell as a part («riêng», «trong đó») is one of what
    stands before it.
    """
    return _without_addends(_without_told_parts(_once(_without_parts(_of_total_rows(taken), parts))))


def stated(taken: list[Taken], *, is_share: bool) -> list[Taken]:
    """Return those of `taken` that tell the whole: of a total that is stated, else of the matter, else of its parts.

    Several totals tell of larger and smaller wholes, and the largest is meant. Of statements without such words those
    that follow one that could hold them all are details of it. Shares are never added, and of several levels none is
    that of all.
    """
    taken = _ranked(taken)
    extent = max(one.extent for one in taken)
    groups: dict[Span, list[Taken]] = {}
    for one in taken:
        if one.extent == extent:
            groups.setdefault(one.group, []).append(one)
    told = list(groups.values())
    if is_share:
        return told[0][:1] if extent != LEVEL or len(told) == 1 else []
    sums = [sum((one.figure for one in group), Decimal(0)) for group in told]
    if extent == WHOLE:
        return told[sums.index(max(sums))]
    if extent == PLAIN and sums[0] > _SUMMED and sums[0] >= sum(sums[1:]):
        return told[0]
    return [one for group in told for one in group]


def fuller_telling(taken: list[Taken]) -> list[Taken]:
    """Return those of `taken` in tables, or those in running text where these make more: a table tells again."""
    cells, prose = [one for one in taken if one.count.column], [one for one in taken if not one.count.column]
    if not (cells and prose):
        return taken
    return cells if sum(one.figure for one in cells) >= sum(one.figure for one in prose) else prose


def of_one_time(taken: list[Taken], start: str, end: str) -> list[Taken]:
    """Return `taken` without table cells of another time than others, for a report from `start` to `end`, ISO dates.

    Of cells with periods those are left that lie within the report's, which may be added up; else those of the shortest
    period that holds the report's; else, as where the report's is not known, those of the latest year.
    """
    periods = {days for one in taken if one.count.column and all(days := (one.count.first_day, one.count.last_day))}
    inside = {days for days in periods if start and start <= days[0] and days[1] <= end}
    around = sorted((days for days in periods if start and days[0] <= start and end <= days[1]), key=_length)
    year = max((days[1][:4] for days in periods), default="")
    kept = inside or set(around[:1]) or {days for days in periods if days[1][:4] == year}
    return [one for one in taken if (one.count.first_day, one.count.last_day) not in periods - kept]


def _length(days: tuple[str, str]) -> timedelta:
    return date.fromisoformat(days[1]) - date.fromisoformat(days[0])


def without_products(taken: list[Taken]) -> list[Taken]:
    """Return `taken` without what is worked out of a figure of each, where the sentence tells how many there are."""
    told = {(one.group, one.count.unit) for one in taken if one.figure == one.count.value}
    return [one for one in taken if one.figure == one.count.value or (one.group, one.count.unit) not in told]


def _ranked(taken: list[Taken]) -> list[Taken]:
    """Return `taken` with several rows of a table as its levels."""
    rows = Counter(one.column for one in taken if one.count.column and one.extent == PLAIN)
    return [
        replace(one, extent=LEVEL) if one.extent == PLAIN and rows[one.column] > 1 else one for one in taken
    ]  # fmt: skip


def _of_total_rows(taken: Sequence[Taken]) -> list[Taken]:
    """Return `taken` without the rows of a table that a total row sums up."""
    totals = {one.column for one in taken if one.count.column and one.extent == WHOLE}
    return [one for one in taken if one.extent == WHOLE or not one.count.column or one.column not in totals]


def _without_parts(taken: list[Taken], parts: Mapping[Span, Span]) -> list[Taken]:
    spans = {(one.count.start, one.count.end) for one in taken}
    return [one for one in taken if not _is_inside((one.count.start, one.count.end), spans, parts)]


def _is_inside(span: Span, spans: set[Span], parts: Mapping[Span, Span]) -> bool:
    """Tell whether a total of `span`, or a total of that, is among `spans`."""
    seen = {span}
    while (span := parts.get(span, span)) not in seen:
        if span in spans:
            return True
        seen.add(span)
    return False


def _without_told_parts(taken: list[Taken]) -> list[Taken]:
    kept: list[Taken] = []
    largest: Decimal | None = None
    for one in taken:
        if one.extent == PART and largest is not None and largest > one.figure:
            continue
        kept.append(one)
        if one.extent != PART:
            largest = one.figure if largest is None else max(largest, one.figure)
    return kept


def _once(taken: list[Taken]) -> list[Taken]:
    """Return `taken` with what is told in two places once."""
    kept: list[Taken] = []
    groups: dict[Decimal, Span] = {}  # of each figure, where it is told first
    plain: set[tuple[Decimal, Span]] = set()  # told without the figure of an earlier period
    for one in taken:
        beside = one.count.previous is not None and (one.figure, one.group) in plain  # «02 vụ, tăng 01 vụ (02/01)»
        again = one.figure > TOLD_AGAIN and groups.get(one.figure, one.group) != one.group
        if beside or again:
            continue
        kept.append(one)
        groups.setdefault(one.figure, one.group)
        if one.count.previous is None:
            plain.add((one.figure, one.group))
    return kept


def _without_addends(taken: list[Taken]) -> list[Taken]:
    """Return `taken` without two or more counts that one of them is the sum of, all the others or all of a table."""
    rows = [one for one in taken if one.count.column]
    all_of, all_rows = (sum((one.figure for one in each), Decimal(0)) for each in (taken, rows))
    for one in taken:
        in_row = bool(one.count.column)
        if len(taken) > 2 and one.figure > _SUMMED and all_of - one.figure == one.figure:
            return [one]
        beside = all_rows - one.figure if in_row else all_rows
        if len(rows) - in_row > 1 and one.figure > TOLD_AGAIN and beside == one.figure:
            return [other for other in taken if other is one or not other.count.column]
    return taken
