"""Page numbers that were copied along with the words of a report, told from numbers that mean something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parsers.plain.lines import PAGE_BREAK, TextLine, ends_sentence, ends_with_full_stop, starts_lower

_SHORTEST_PAGE = 600
_MOST_SKIPPED = 3

_MARKED = re.compile(
    r"\s*(?:[-–—]\s*\d{1,3}\s*[-–—]|(?:trang|page)\s+\d{1,3}(?:\s*(?:/|of|trên)\s*\d{1,3})?)\s*",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*([1-9]\d{0,2})\s*")


def drop_page_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return `lines` with each page number that stands alone on its line turned into a page break.

    A bare number is one only if it goes on counting and stands where a page can end; a figure that was
    copied out of a table cell stays.
    """
    kept: list[TextLine] = []
    last_page, since = 0, 0
    for at, line in enumerate(lines):
        bare = _BARE.fullmatch(line.text)
        if bare and _goes_on_counting(last_page, int(bare[1])) and _ends_page(lines, at, since):
            last_page, since = int(bare[1]), 0
            kept.append(TextLine(PAGE_BREAK))
        elif not line.cells and _MARKED.fullmatch(line.text):
            since = 0
            kept.append(TextLine(PAGE_BREAK))
        else:
            since += len(line.text)
            kept.append(line)
    return kept


def _goes_on_counting(last_page: int, number: int) -> bool:
    return last_page < number <= last_page + _MOST_SKIPPED


def _ends_page(lines: Sequence[TextLine], at: int, since: int) -> bool:
    """Tell whether a page can end at line `at`: at a page break, in or after a sentence, or far down."""
    if any(line.is_page_break for line in lines[max(at - 1, 0) : at + 2]):
        return True
    above, below = (map(lines.__getitem__, places) for places in (range(at - 1, -1, -1), range(at + 1, len(lines))))
    before, after = (next((line.text for line in beside if not line.is_blank), "") for beside in (above, below))
    if not before or not after:
        return since > _SHORTEST_PAGE
    in_sentence = not ends_sentence(before) and starts_lower(after)
    return in_sentence or ends_with_full_stop(before) or since > _SHORTEST_PAGE
