"""The words that say what a count is of: before its number, its unit and object, behind it, the heads of its table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extract.view import View
from pipeline.model import Count
from pipeline.text.fold import fold

_MARK = re.compile(r"[.;:,()\n\t](?![^\W_])")
_ENDS = re.compile(r"[.;:,()\n\t](?![^\W_])|(?<!\w)(?:và|thì|nhưng|còn|đồng thời|trong khi|trong đó|gồm|bao gồm)(?!\w)")
_LABELLED = re.compile(r"[ ]?:[ ]?$|[ ]?\([ ]?$")
_REACH = 160


class Naming:
    """The counts of one report with the words around each of them, folded."""

    def __init__(self, counts: Sequence[Count], view: View) -> None:
        self.view = view
        self.starts = sorted(count.start for count in counts)
        self.ends = sorted(count.end for count in counts)

    def words(self, count: Count) -> str:
        """Return what names `count`: of a table cell its row and column, else the words of its clause around it.

        These begin at the mark or number before it and end at the mark, number or conjunction behind it; a label
        before a colon is among them («Hồ sơ quá hạn: 02»).
        """
        if count.column:
            return fold(f"{count.object} {count.column} {count.unit}")
        return f"{self.before(count)} {fold(count.unit)} {fold(count.object)} {self._behind(count)}"

    def before(self, count: Count) -> str:
        """Return the words of the clause that stand before the number, folded."""
        folded, low = self.view.folded, max(count.sentence[0], count.start - _REACH)
        at = bisect_left(self.ends, count.start + 1) - 1
        if at >= 0 and self.ends[at] > low:
            low = self.ends[at]
        end = count.start
        labelled = _LABELLED.search(folded, low, end)
        if labelled:
            end = labelled.start()
        marks = [found.end() for found in _MARK.finditer(folded, low, end)]
        return folded[marks[-1] if marks else low : end].strip()

    def _behind(self, count: Count) -> str:
        folded, high = self.view.folded, min(count.sentence[1], count.end + _REACH)
        at = bisect_left(self.starts, count.end)
        if at < len(self.starts):
            high = min(high, self.starts[at])
        found = _ENDS.search(folded, count.end, max(high, count.end))
        return folded[count.end : found.start() if found else max(high, count.end)].strip()
