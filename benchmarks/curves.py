"""The plots of `growth`, in the colours and the font of the summary page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from pipeline.summary.drawing import AMBER, DEEP, FAINT, INK, PAPER, RULE, settings

_SIZE = (7.6, 4.4)  # inches
_DASHED = (0, (4, 3))
_DASHED = (0, (4, 3))
_NAMES = {"pdf": "PDF", "docx": "DOCX"}
Found = Mapping[tuple[str, int], Sequence[float]]


def draw_pages(path: Path, found: Found) -> None:
    """Write the plot of what a page costs, reading and finding, as reports of either format grow."""
    with settings():
        title = "What a page costs as a report grows"
        figure, axes = _sheet(title, "pages of the report (log scale)", "CPU time a page, ms")
        highest = 0.0
        for kind, colour in (("pdf", DEEP), ("docx", AMBER)):
            sizes = sorted(size for name, size in found if name == kind)
            each = [1000 * sum(found[kind, size][:2]) / size for size in sizes]
            at = _nearest(sizes, 50)
            label = f"linear: {each[at]:,.0f} ms a page, as in a report of {sizes[at]}"
            axes.plot(sizes, each, marker="o", markersize=4, color=colour, linewidth=1.8, label=_NAMES[kind])
            axes.plot([sizes[0], sizes[-1]], [each[at]] * 2, color=colour, linewidth=1, linestyle=_DASHED, label=label)
            highest = max(highest, *each)
        axes.set_xscale("log")
        axes.set_ylim(0, 1.4 * highest)  # room for the legend
        _finish(figure, axes, path, sizes)


def draw_rules(path: Path, found: Found, shipped: int) -> None:
    """Write the plot of what a report costs as rules are added; `shipped` is how many there are."""
    with settings():
        title = "What a report costs as the rules grow"
        figure, axes = _sheet(title, "rules (log scale)", "CPU time a report, ms (log scale)")
        sizes = sorted(size for _, size in found)
        each = [1000 * found["rules", size][2] for size in sizes]
        at = _nearest(sizes, shipped)
        line = [each[at] * size / sizes[at] for size in sizes]
        axes.plot(sizes, each, marker="o", markersize=4, color=DEEP, linewidth=1.8, label="measured")
        label = "linear: twice the rules, twice the time"
        axes.plot(sizes, line, color=AMBER, linewidth=1.4, linestyle=_DASHED, label=label)
        axes.set(xscale="log", yscale="log")
        lowest, highest = axes.get_ylim()
        axes.set_ylim(lowest, 2 * highest)
        axes.axvline(shipped, color=FAINT, linewidth=0.9, linestyle=(0, (1, 2)))
        words = f"{shipped} shipped; variants beyond "
        axes.text(shipped * 0.97, lowest * 1.2, words, color=FAINT, fontsize=8.5, ha="right")
        _finish(figure, axes, path, sizes)


def _nearest(sizes: Sequence[int], size: int) -> int:
    return min(range(len(sizes)), key=lambda at: abs(sizes[at] - size))


def _sheet(title: str, x: str, y: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=_SIZE, facecolor=PAPER, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=11.5, fontweight=600, color=INK, pad=10)
    axes.set_xlabel(x, color=FAINT, fontsize=9.5)
    axes.set_ylabel(y, color=FAINT, fontsize=9.5)
    return figure, axes


def _finish(figure: Figure, axes: Any, path: Path, sizes: Sequence[int]) -> None:
    """Put ticks at the `sizes` that were measured, a grid and the legend, and write the plot."""
    plain = FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:g}")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(plain)
        axis.set_minor_formatter(NullFormatter())
    axes.set_xticks(sizes)
    axes.tick_params(colors=FAINT, labelsize=9, length=3)
    axes.grid(color=RULE, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.legend(loc="upper left", frameon=False, fontsize=9, labelcolor=INK)
    mpl.rcParams["svg.fonttype"] = "path"  # shown the same where our font is not installed
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None, "Creator": None} if path.suffix == ".svg" else None)
