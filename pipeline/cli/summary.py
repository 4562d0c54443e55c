"""The words at the end of a run: what was read, what was found, and what a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.batch import Summary
from pipeline.batch.remote import is_url, local_path, shown
from pipeline.cli.console import console
from pipeline.cli.messages import Words
from pipeline.problems import CATALOGUE

_STYLES = {"ok": "green", "partial": "yellow", "failed": "red"}
_MOST_UNREAD = 20


def print_summary(summary: Summary, words: Words) -> None:
    """Print what came of a run to standard output."""
    screen = console()
    screen.print(_files(summary, words))
    kinds = {words(f"kind.{kind}"): count for kind, count in summary.items.items()}
    _print_counts(screen, words("run.items"), kinds)
    if summary.proven_tables:
        screen.print()
        form = "run.proven.one" if summary.proven_tables == 1 else "run.proven.many"
        screen.print(words(form, count=summary.proven_tables))
    if summary.review:
        states = {words(f"review.state.{state}"): count for state, count in summary.review.items()}
        _print_counts(screen, words("run.review"), states)
    if summary.problems:
        told = {_told(code, words): count for code, count in summary.problems.items()}
        _print_counts(screen, words("run.problems"), told)
    _print_unread(screen, summary, words)
    screen.print()
    if summary.unchanged:
        screen.print(words("run.unchanged"), soft_wrap=True)
    screen.print(words("run.tables", folder=_place(summary.out)), soft_wrap=True)
    screen.print(words("run.record"), style="dim", soft_wrap=True)


def _files(summary: Summary, words: Words) -> Text:
    line = Text(words("run.files", files=sum(summary.files.values())))
    parts = [
        Text(f"{count} {words(f'status.{status}')}", _STYLES[status])
        for status, count in summary.files.items()
        if count
    ]
    return line.append(" ").append(Text(", ").join(parts))


def _print_counts(screen: Console, title: str, counts: Mapping[str, int]) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for name, count in counts.items():
        table.add_row(Text(str(count), "bold"), Text(name))
    screen.print()
    screen.print(Text(title, "bold"))
    screen.print(Padding(table, (0, 0, 0, 2), expand=False))


def _print_unread(screen: Console, summary: Summary, words: Words) -> None:
    if not summary.unread:
        return
    screen.print()
    screen.print(Text(words("run.unread"), "bold"))
    for file, status, error in summary.unread[:_MOST_UNREAD]:
        screen.print(_indented(file, 2, _STYLES[status]))
        screen.print(_indented(error, 6))
    more = len(summary.unread) - _MOST_UNREAD
    if more > 0:
        screen.print(_indented(words("run.more", count=more), 2))


def _place(out: Path | str) -> Path | str:
    return shown(str(out)) if is_url(out) else local_path(out).resolve()


def _indented(text: str, by: int, style: str = "") -> Padding:
    return Padding(Text(text, style), (0, 0, 0, by), expand=False)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _told(code: str, words: Words) -> str:
    """Return what a code means: its message, with `…` for what differs from place to place."""
    kind = CATALOGUE[code]
    return f"{(kind.vi if words.lang == 'vi' else kind.en).format_map(_Blank())} [{code}]"
