"""What came of a reviewed workbook, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import console
from pipeline.cli.import_ import reason
from pipeline.cli.messages import Words
from pipeline.decisions import Action, SubjectKind, shown
from pipeline.workbook.labels import HEADS, SHEETS, said

if TYPE_CHECKING:
    from pipeline.workbook import Refused, Result, Taken
    from pipeline.workbook.taking import Place

_MOST_TAKEN = 200
_STYLES = {"accepted": "green", "corrected": "yellow", "rejected": "red", "added": "blue"}
_LONGEST = 48


def print_result(result: Result, reviewer: str, dry: bool, words: Words) -> None:
    """Print what was taken, what was refused and why, and what was changed in vain."""
    screen = console()
    if result.taken:
        key = "import.would" if dry else "import.taken"
        screen.print(Text(words(key, count=len(result.taken), reviewer=reviewer), "bold"))
        screen.print(_taken(result.taken, words))
    for listed, key in ((result.refused, "import.refused"), (result.ignored, "import.ignored")):
        if listed:
            screen.print(Text(words(key, count=len(listed)), "bold red" if key == "import.refused" else "bold"))
            _print_refused(screen, listed, words)
    if not (result.taken or result.refused or result.ignored):
        screen.print(words("import.nothing"))
    screen.print(words("import.unchanged", count=result.unchanged), style="dim")
    if result.taken and not dry:
        screen.print(words("import.next"), soft_wrap=True)


def _taken(taken: list[Taken], words: Words) -> Table:
    """Return the decisions, those on fields of one letterhead that were only accepted as one line."""
    table = _table(("sheet", "row", "file", "text", "decision"), words)
    told = list(_lines(taken, words))
    for place, text, action, decision in told[:_MOST_TAKEN]:
        table.add_row(*_place(place, words), _short(text), Text(decision, _STYLES[action]))
    if len(told) > _MOST_TAKEN:
        table.add_row("…", "", "", "", f"+ {len(told) - _MOST_TAKEN}")
    return table


def _lines(taken: list[Taken], words: Words) -> Iterable[tuple[Place, str, str, str]]:
    for _, group in groupby(taken, lambda one: (one.place.sheet, one.place.row)):
        row = list(group)
        whole = [one for one in row if one.place.sheet == "reports" and one.decision.action is Action.ACCEPT]
        if len(whole) > 1:
            said_of = words("import.whole", count=len(whole))
            yield whole[0].place, said_of, Action.ACCEPT.value, _decision(whole[0], words)
        for one in row:
            if len(whole) < 2 or one not in whole:
                yield one.place, one.place.text or _column(one, words), one.decision.action.value, _decision(one, words)


def _column(one: Taken, words: Words) -> str:
    """Return the heading of the field that a decision is on."""
    name = next(iter({**one.decision.seen, **one.decision.said}), "")
    return said(HEADS[name], words.lang) if name in HEADS else name


def _decision(one: Taken, words: Words) -> str:
    decision = one.decision
    is_problem = decision.subject.kind is SubjectKind.PROBLEM
    key = f"import.action.{'problem.' if is_problem else ''}{decision.action.value}"
    told = words(key, said=_said(one, words))
    if decision.note:
        told += f" ({decision.note})"
    return f"{told} · {words('import.disputed', names=', '.join(one.disputed))}" if one.disputed else told


def _said(one: Taken, words: Words) -> str:
    """Return the cells of a correction as people write them; what follows from a value is left out."""
    kind = one.decision.seen.get("kind") or one.decision.said.get("kind", "")
    cells = {name: cell for name, cell in one.decision.said.items() if name in ("value", "unit")}
    told = [shown(kind, name, cell) for name, cell in (cells or one.decision.said).items()]
    return " ".join(filter(None, told)) or words("import.empty")


def _print_refused(screen: Console, refused: list[Refused], words: Words) -> None:
    table = _table(("sheet", "row", "file", "text", "reason"), words)
    for one in refused:
        table.add_row(*_place(one.place, words), _short(one.place.text), reason(one, words))
    screen.print(table)


def _table(heads: Iterable[str], words: Words) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        table.add_column(words(f"import.head.{head}"), justify="right" if head == "row" else "left", overflow="fold")
    return table


def _place(place: Place, words: Words) -> tuple[str, str, str]:
    return said(SHEETS[place.sheet], words.lang), str(place.row), place.file


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
