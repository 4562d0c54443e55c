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
_NAMES = {"pdf": "PDF", "docx": "DOCX"}
Found = Mapping[tuple[str, int], Sequence[float]]


def draw_pages(path: Path, found: Found) -> None:
    """Write the plot of what a page costs, reading and finding, as reports of either format grow."""
    with settings():
        figure, axes = _sheet(
            "What a page costs as a report grows", "pages of the report (log scale)", "CPU time a page, ms"
        )
        for kind, colour in (("pdf", DEEP), ("docx", AMBER)):
            sizes = sorted(size for name, size in found if name == kind)
            each = [1000 * sum(found[kind, size][:2]) / size for size in sizes]
            axes.plot(sizes, each, marker="o", markersize=4, color=colour, linewidth=1.8, label=_NAMES[kind])
            level = each[_nearest(sizes, 50)]
            label = "linear: each page as in a report of 50" if kind == "pdf" else None
            axes.plot(
                [sizes[0], sizes[-1]], [level, level], color=colour, linewidth=1, linestyle=(0, (4, 3)), label=label
            )
        axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        _finish(figure, axes, path, "upper right")


def draw_rules(path: Path, found: Found, shipped: int) -> None:
    """Write the plot of what a report costs as rules are added; `shipped` is how many there are."""
    with settings():
        figure, axes = _sheet(
            "What a report costs as the rules grow", "rules (log scale)", "CPU time a report, ms (log scale)"
        )
        sizes = sorted(size for _, size in found)
        each = [1000 * found["rules", size][2] for size in sizes]
        at = _nearest(sizes, shipped)
        line = [each[at] * size / sizes[at] for size in sizes]
        axes.plot(sizes, each, marker="o", markersize=4, color=DEEP, linewidth=1.8, label="measured")
        axes.plot(
            sizes,
            line,
            color=AMBER,
            linewidth=1.4,
            linestyle=(0, (4, 3)),
            label="linear: twice the rules, twice the time",
        )
        axes.axvline(shipped, color=FAINT, linewidth=0.9, linestyle=(0, (1, 2)))
        axes.set(xscale="log", yscale="log")
        axes.text(
            shipped * 1.06, axes.get_ylim()[0] * 1.15, f"{shipped} shipped, variants beyond", color=FAINT, fontsize=8.5
        )
        _finish(figure, axes, path, "upper left")


def _nearest(sizes: Sequence[int], size: int) -> int:
    return min(range(len(sizes)), key=lambda at: abs(sizes[at] - size))


def _sheet(title: str, x: str, y: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=_SIZE, facecolor=PAPER, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=11.5, fontweight=600, color=INK, pad=10)
    axes.set_xlabel(x, color=FAINT, fontsize=9.5)
    axes.set_ylabel(y, color=FAINT, fontsize=9.5)
    return figure, axes


def _finish(figure: Figure, axes: Any, path: Path, legend: str) -> None:
    plain = FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:g}")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(plain)
        axis.set_minor_formatter(NullFormatter())
    axes.tick_params(colors=FAINT, labelsize=9, length=3)
    axes.grid(color=RULE, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.legend(loc=legend, frameon=False, fontsize=9, labelcolor=INK)
    mpl.rcParams["svg.fonttype"] = "path"  # shown the same where our font is not installed
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None, "Creator": None} if path.suffix == ".svg" else None)
