"""Where two columns stand side by side (letterhead, signature), the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import inf

from msgspec import Struct

from pipeline.parsers.pdf.lines import LABEL_ALONE, PrintedLine, row_to_line
from pipeline.parsers.pdf.rows import GUTTER, Row, Span, beside, row_of, word_gap

_WIDER_THAN_WORD_GAPS = 2.2
_SURE_GUTTER = 24.0  # a single row with such a gap is two columns if the right one goes on
_FARTHEST = 7.0  # rows of one region, in sizes: a signature leaves room for the hand
_NEXT_ROW = 1.7


class _Region(Struct, frozen=True):
    """Rows up to `end` that have an empty strip in common.

    They are two columns, or else the rows of a table without rules, which are read one by one.
    """

    end: int
    strip: Span
    is_table: bool


def rows_to_lines(rows: Sequence[Row], page: int, labels: Collection[str]) -> list[PrintedLine]:
    """Return the lines of `rows` in reading order; the left column of a region comes before the right."""
    lines: list[PrintedLine] = []
    at = 0
    while at < len(rows):
        region = _region(rows, at)
        if region and region.is_table:
            lines += [row_to_line(row, page, labels, column=1) for row in rows[at : region.end]]
            at = region.end
        elif region:
            lines += _column_lines(rows[at : region.end], region.strip, page, labels)
            at = region.end
        else:
            lines.append(row_to_line(rows[at], page, labels))
            at += 1
    return lines


def _column_lines(rows: Sequence[Row], strip: Span, page: int, labels: Collection[str]) -> Iterator[PrintedLine]:
    middle = (strip[0] + strip[1]) / 2
    for column, sign in ((1, -1), (2, 1)):
        for row in rows:
            part = row_of(beside(row.characters, middle, sign))
            if part:
                yield row_to_line(part, page, labels, column)


def _region(rows: Sequence[Row], start: int) -> _Region | None:
    """Return the region that begins with row `start`, if there is one."""
    seed = _seed(rows, start)
    strips = _column_gaps(rows[seed]) if seed is not None else []
    if seed is None or not strips:
        return None
    end = seed + 1
    while end < len(rows) and _near(rows[end - 1], rows[end]):
        narrowed = _common(strips, _free(rows[end]))
        if not narrowed:
            break
        strips, end = narrowed, end + 1
    strip = max(strips, key=lambda s: s[1] - s[0])
    if not _is_region(rows[seed:end], strip):
        return None
    last = _trimmed(rows, seed, end, strip)
    is_table = len(strips) > 1 or _is_list_of_values(rows[seed:last], strip)
    return _Region(last, strip, is_table)


def _seed(rows: Sequence[Row], start: int) -> int | None:
    """Return the first row with a column gap, past rows that stand wholly right of that gap."""
    for at in range(start, min(start + 3, len(rows))):
        strips = _column_gaps(rows[at])
        if strips:
            strip = max(strips, key=lambda s: s[1] - s[0])
            one_sided = all(row.left >= strip[0] for row in rows[start:at])
            return at if one_sided else None
        if at + 1 < len(rows) and not _adjacent(rows[at], rows[at + 1]):
            return None
    return None


def _column_gaps(row: Row) -> list[Span]:
    """Return the gaps of a row that are wider than its word gaps and not those after a list label."""
    if row.widest_gap < GUTTER:
        return []
    gaps = row.gaps
    least = max(GUTTER, _WIDER_THAN_WORD_GAPS * word_gap((b - a for a, b in gaps), row.size))
    return [gap for gap in gaps if gap[1] - gap[0] >= least and not _follows_label(row, gap)]


def _follows_label(row: Row, gap: Span) -> bool:
    texts, _, rights = row.letters
    words = "".join([text for text, right in zip(texts, rights, strict=True) if right <= gap[0] + 1.0])
    return bool(LABEL_ALONE.fullmatch(words.strip()))


def _free(row: Row) -> list[Span]:
    return [(-inf, row.left), *_column_gaps(row), (row.right, inf)]


def _common(strips: Sequence[Span], free: Sequence[Span]) -> list[Span]:
    """Return what is left of `strips` in the `free` stretches of one more row."""
    crossed = [(max(a, c), min(b, d)) for a, b in strips for c, d in free]
    return [(a, b) for a, b in crossed if b - a >= GUTTER]


def _near(one: Row, other: Row) -> bool:
    return other.base - one.base < _FARTHEST * max(one.size, other.size)


def _adjacent(one: Row, other: Row) -> bool:
    return other.base - one.base < _NEXT_ROW * max(one.size, other.size)


def _trimmed(rows: Sequence[Row], seed: int, end: int, strip: Span) -> int:
    """Return where the region ends: after the last row of both sides and the left rows that follow close.

    A right-hand row at the end may as well be a title that stands below the letterhead.
    """
    last = max(at for at in range(seed, end) if _has_left(rows[at], strip) and _has_right(rows[at], strip))
    left = rows[last]
    for at in range(last + 1, end):
        if _has_left(rows[at], strip):
            if not _adjacent(left, rows[at]):
                break
            last, left = at, rows[at]
    return last + 1


def _has_left(row: Row, strip: Span) -> bool:
    return row.left < strip[0] + 1.0


def _has_right(row: Row, strip: Span) -> bool:
    return row.right > strip[1] - 1.0


def _is_region(rows: Sequence[Row], strip: Span) -> bool:
    """Tell columns from the blank in a single line."""
    both = sum(_has_left(row, strip) and _has_right(row, strip) for row in rows)
    right_alone = any(not _has_left(row, strip) for row in rows)
    return both > 1 or (right_alone and strip[1] - strip[0] >= _SURE_GUTTER)


def _is_list_of_values(rows: Sequence[Row], strip: Span) -> bool:
    """Tell labels with numbers beside them from two texts side by side."""
    beyond = strip[1] - 1.0
    rights = [next((text for text, left, _ in zip(*row.letters, strict=True) if left >= beyond), "") for row in rows]
    return sum(right.isdigit() for right in rights) > len(rows) / 2
