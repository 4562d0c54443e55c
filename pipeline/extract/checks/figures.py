"""Arithmetic of printed figures: what a pair gives as a percentage, as exactly as its figures are printed."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from pipeline.extract.view import View
from pipeline.model import Count
from pipeline.text.numerals import FIGURE, read_figure

_FIGURES = re.compile(FIGURE)
_HUNDRED = Decimal(100)


class Pair(Struct, frozen=True):
    """Two figures of one count, as printed, and the step they are rounded to: 0 where each thing was counted."""

    value: Decimal
    whole: Decimal
    step: Decimal = Decimal(0)


def pair_of(count: Count, view: View) -> Pair | None:
    """Return the pair of part and whole, or of this period and the one before, that a count gives; None without one."""
    whole = count.total if count.total is not None else count.previous
    if not whole or whole < 0 or count.qualifier != "exact" or count.value_max is not None:
        return None
    printed = [read_figure(found) for found in _FIGURES.findall(view.text[count.start : count.end])]
    figures = [figure for figure in printed if figure]
    scales = [whole / figure for figure in figures[1:2]]
    steps = [_step(figure) for figure in figures[:2]]
    rounded = any(step < 1 for step in steps) or scales != [Decimal(1)]
    step = max(steps, default=Decimal(1)) * max(scales, default=Decimal(1)) if rounded else Decimal(0)
    return Pair(count.value, whole, step)


def _step(figure: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(figure.as_tuple().exponent))


def exact_percent(count: Count) -> bool:
    """Tell whether a count is one percentage, neither rounded in words nor a change."""
    return count.unit == "%" and count.qualifier == "exact" and not count.change and count.value_max is None


def share_agrees(percent: Decimal, pair: Pair) -> bool:
    """Tell whether a pair gives `percent`, rounded or cut off at the places that are printed."""
    return pair.whole > 0 and _near(percent, _HUNDRED * pair.value / pair.whole, _slack(pair, pair.whole))


def growth_agrees(percent: Decimal, pair: Pair, grew: bool) -> bool:
    """Tell whether a pair gives a growth of `percent`, or a fall, whichever of its figures is the earlier one."""
    base = min(pair.value, pair.whole) if grew else max(pair.value, pair.whole)
    return base > 0 and _near(percent, _HUNDRED * abs(pair.value - pair.whole) / base, _slack(pair, base))


def _slack(pair: Pair, base: Decimal) -> Decimal:
    return _HUNDRED * pair.step / base


def _near(printed: Decimal, true: Decimal, slack: Decimal) -> bool:
    return abs(printed - true) < _step(printed) + slack if printed != true else True
