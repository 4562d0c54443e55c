"""The changes between two runs on the terminal: how many of each kind and rule, then each rule's with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import console
from pipeline.cli.excerpts import excerpt
from pipeline.cli.messages import Words
from pipeline.evaluation import CHANGED, KINDS, STATES, Change, Comparison

_SIGNS = {"gained": ("+", "green"), "lost": ("−", "red"), "altered": ("~", "yellow")}
_MOST_FILES = 10


def print_changes(comparison: Comparison, limit: int, listed: str | None, words: Words) -> None:
    """Print `comparison` to standard output, of each rule at most `limit` changes, 0 for all of them.

    `listed` is the file that has all, if one was asked for.
    """
    screen = console()
    if not comparison.changes:
        screen.print(Text(words("rules.diff.none", reports=comparison.compared), "green"))
        return
    changes = [change for change in comparison.changes if change.kind != "report"]
    screen.print(Text(words("rules.diff.head", changes=len(changes), reports=comparison.compared), "bold"))
    _print_reports(screen, comparison.changes, words)
    if changes:
        _print_totals(screen, changes, words)
    items = [change for change in changes if change.kind in KINDS]
    _print_groups(screen, items, limit, words)
    for kind in CHANGED[len(KINDS) :]:
        of_kind = [change for change in changes if change.kind == kind]
        if of_kind:
            screen.print()
            screen.print(Text(words(f"rules.diff.{kind}"), "bold reverse"))
            _print_groups(screen, of_kind, limit, words)
    if listed:
        screen.print()
        screen.print(words("rules.diff.written", file=listed), soft_wrap=True)


def _print_reports(screen: Console, changes: Iterable[Change], words: Words) -> None:
    """Print the reports that could not be compared, by why."""
    for state in STATES:
        files = [change.file for change in changes if change.kind == "report" and change.state == state]
        if files:
            shown = ", ".join(files[:_MOST_FILES]) + (
                f" … (+{len(files) - _MOST_FILES})" if files[_MOST_FILES:] else ""
            )
            title = f"{words(f'rules.diff.report.{state}')} ({len(files)}): "
            screen.print(Text(title, _SIGNS[state][1]).append(shown, ""))


def _print_totals(screen: Console, changes: Sequence[Change], words: Words) -> None:
    kinds: dict[str, list[Change]] = {kind: [] for kind in CHANGED}
    rules: dict[str, list[Change]] = {}
    for change in changes:
        kinds[change.kind].append(change)
        if change.kind in KINDS:
            rules.setdefault(change.group, []).append(change)
    named = {words(f"kind.{k}" if k in KINDS else f"rules.diff.{k}"): told for k, told in kinds.items() if told}
    screen.print(_totals("", named, words))
    if rules:
        screen.print(_totals(words("rules.diff.rule"), dict(sorted(rules.items(), key=_widest)), words))


def _widest(group: tuple[str, Sequence[Change]]) -> tuple[int, str]:
    return -len(group[1]), group[0]


def _totals(first: str, groups: Mapping[str, Sequence[Change]], words: Words) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(first, overflow="fold")
    for state in (*STATES, "renamed"):
        table.add_column(words(f"rules.diff.{state}"), justify="right", no_wrap=True)
    for name, changes in groups.items():
        count = Counter("renamed" if change.by_rule_alone else change.state for change in changes)
        table.add_row(name, *(_figure(count[state], state) for state in (*STATES, "renamed")))
    return table


def _figure(count: int, state: str) -> Text:
    return Text(str(count) if count else "–", _SIGNS[state][1] if count and state in _SIGNS else "dim")


def _print_groups(screen: Console, changes: Sequence[Change], limit: int, words: Words) -> None:
    """Print the changes under what each is listed under, the longest list first."""
    ordered = sorted(changes, key=lambda change: change.group)
    groups = [(name, list(group)) for name, group in groupby(ordered, key=lambda change: change.group)]
    for name, group in sorted(groups, key=_widest):
        screen.print()
        screen.print(Text(name, "bold cyan"))
        shown = group[:limit] if limit else group
        for change in shown:
            _print_change(screen, change, words)
        if len(group) > len(shown):
            screen.print(Text(f"  {words('rules.diff.more', count=len(group) - len(shown))}", "dim"))


def _print_change(screen: Console, change: Change, words: Words) -> None:
    sign, style = _SIGNS[change.state]
    place = f"{change.file}:{change.page}" if change.page else change.file
    line = Text.assemble((f"{sign} ", style), (place, "dim"), "  ")
    if change.kind == "field":
        screen.print(_indented(line.append(_moves(change, words)), 2))
        return
    screen.print(_indented(line.append(_mention(change, style)), 2))
    told = _moves(change, words)
    if told:
        screen.print(_indented(told, 6))


def _mention(change: Change, style: str) -> Text:
    """Return the sentence with the item marked, or what else the change is about."""
    if change.at < 0:
        return Text(change.text, style if change.kind in KINDS else "")
    return excerpt(change.sentence, change.at, len(change.text), f"bold {style}")


def _moves(change: Change, words: Words) -> Text:
    """Return what the item was read as before and after; of what only one run has, as what it was read there."""
    if change.kind == "problem":
        return _problem(change, words)
    if change.state == "altered":
        told = [
            Text.assemble((f"{move.column} ", "dim"), (move.before or "∅", "red"), " → ", (move.after or "∅", "green"))
            for move in change.moves
        ]
    else:
        filled = [move for move in change.moves if move.column not in ("label", "item_ids")]
        told = [Text.assemble((f"{move.column} ", "dim"), move.after or move.before) for move in filled]
    return Text(" · ", "dim").join(told)


def _problem(change: Change, words: Words) -> Text:
    """Return a problem's words, and which rule's item stands there now that it is gone, or stood before it came."""
    said = Text("".join(move.before or move.after for move in change.moves))
    owner, key = (change.rule_after, "explained") if change.state == "lost" else (change.rule_before, "unexplained")
    told = words(f"rules.diff.{key}", rule=owner) if owner else words("rules.diff.unowned")
    return said.append(f"  ({told})", "cyan" if owner else "dim")


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)
