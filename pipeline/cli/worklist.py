"""The gaps of a folder on the terminal: by kind, the widest first, each with a place in its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.batch import WHERE, Example, GapGroup, Gaps
from pipeline.cli.console import console
from pipeline.cli.excerpts import excerpt
from pipeline.cli.messages import Words
from pipeline.cli.remedies import remedies
from pipeline.rulebook import Pack

_MOST = 12  # groups of a kind


def print_gaps(gaps: Gaps, out: str | None, packs: Sequence[Pack], words: Words) -> None:
    """Print `gaps` to standard output, each kind with what to add to `packs`, those that the reader writes.

    `out` is the file that has all of them, if one was asked for.
    """
    screen = console()
    screen.print(Text(words("gaps.head", files=gaps.files, groups=len(gaps.groups)), "bold"))
    for kind in WHERE:
        groups = [group for group in gaps.groups if group.kind == kind]
        if groups:
            _print_kind(screen, kind, groups, packs, words)
    if gaps.unread:
        screen.print()
        screen.print(Text(words("run.unread"), "bold"))
        for file, error in gaps.unread:
            screen.print(Text(f"  {file}: ", "red").append(error, ""))
    screen.print()
    if gaps.groups and not packs:
        screen.print(words("gaps.own"), soft_wrap=True)
    screen.print(words("gaps.written" if out else "gaps.unwritten", file=out), soft_wrap=True)


def _print_kind(screen: Console, kind: str, groups: Sequence[GapGroup], packs: Sequence[Pack], words: Words) -> None:
    places = sum(group.count for group in groups)
    screen.print()
    screen.print(Text(words(f"gap.{kind}"), "bold"), end=" ")
    screen.print(Text(words("gaps.places", places=places, groups=len(groups)), "dim"))
    for told in remedies(WHERE[kind], packs, words):
        screen.print(Text(told, "dim"), soft_wrap=True)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, expand=True)
    table.add_column(words("gaps.count"), justify="right", no_wrap=True)
    table.add_column(words("gaps.reports"), justify="right", no_wrap=True)
    table.add_column(words("gaps.pattern"), ratio=2, style="bold")
    table.add_column(words("gaps.example"), ratio=5)
    for group in groups[:_MOST]:
        table.add_row(str(group.count), str(group.reports), group.pattern, _shown(group.examples[0], words))
    screen.print(table)
    if len(groups) > _MOST:
        screen.print(Text(words("gaps.more", count=len(groups) - _MOST), "dim"))


def _shown(example: Example, words: Words) -> Text:
    """Return what stands around a gap, the gap itself in colour, and its file and page."""
    around = excerpt(example.sentence, example.at, example.end - example.start)
    page = f", {words('explain.page', page=example.page)}".replace(" ", "\u00a0") if example.page else ""
    return around.append(f"  {example.file}{page}", "dim")
