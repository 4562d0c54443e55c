"""The figures of an evaluation on the terminal: by kind, by rule pack and format, and what is missed and wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import console
from pipeline.cli.messages import Words
from pipeline.evaluation import ATTRIBUTES, FIELDS, INDICATORS, KINDS, RULE_PACK, Evaluation, Fault, Score

_MOST_FAULTS = 60
_STYLES = {"missed": "yellow", "misread": "blue", "wrong": "red", "attribute": "magenta", "field": "cyan"}


def print_evaluation(evaluation: Evaluation, listed: str | None, words: Words) -> None:
    """Print `evaluation` to standard output; `listed` is the file that has all faults, if one was asked for."""
    screen = console()
    screen.print(Text(words("evaluate.head", reports=evaluation.reports), "bold"))
    screen.print(_kinds(evaluation.total, words))
    _print_shares(screen, evaluation.total, words)
    for key, groups in (("evaluate.packs", evaluation.packs), ("evaluate.formats", evaluation.formats)):
        if len(groups) > 1:
            screen.print(_groups(words(key), groups, words))
    _print_faults(screen, evaluation.total.faults, listed, words)


def _table(first: str, others: Iterable[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(first, no_wrap=True)
    for head in others:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _kinds(score: Score, words: Words) -> Table:
    heads = ("precision", "recall", "f1", "loose", "gold", "missed", "wrong")
    table = _table(words("evaluate.kind"), (words(f"evaluate.{head}") for head in heads))
    for kind in KINDS:
        strict = score.strict[kind]
        if strict:
            shares = (strict.precision, strict.recall, strict.f1, score.loose[kind].f1)
            counts = (strict.hit + strict.missed, strict.missed, strict.wrong)
            table.add_row(words(f"kind.{kind}"), *map(_share, shares), *map(str, counts))
    return table


def _share(figure: float) -> Text:
    """Return a figure to three places; only what is all right is shown as 1."""
    told = f"{figure:.3f}" if figure == 1 else f"{min(figure, 0.999):.3f}"
    return Text(told, "green" if figure == 1 else "bold" if figure < 0.9 else "")


def _print_shares(screen: Console, score: Score, words: Words) -> None:
    """Print how many columns of found document numbers, and fields of reports, are right."""
    shares_of = (
        ("evaluate.attributes", ATTRIBUTES, ""),
        ("evaluate.fields", FIELDS, "report."),
        ("evaluate.indicators", (INDICATORS, RULE_PACK), ""),
    )
    for key, names, prefix in shares_of:
        told = {name: (score.right[prefix + name], score.asked[prefix + name]) for name in names}
        told = {name: shares for name, shares in told.items() if shares[1]}
        if told:
            line = Text(f"{words(key)}: ", "bold")
            parts = [
                Text(f"{name} {right}/{asked}", "" if right == asked else "bold yellow")
                for name, (right, asked) in told.items()
            ]
            screen.print(line.append(Text(", ").join(parts)))


def _groups(title: str, groups: Mapping[str, Score], words: Words) -> Table:
    kinds = [kind for kind in KINDS if any(score.strict[kind] for score in groups.values())]
    heads = [*(words(f"label.{kind}") for kind in kinds), words("evaluate.all"), words("evaluate.report_fields")]
    table = _table(f"{title} (F1)", heads)
    for name, score in sorted(groups.items()):
        figures = [score.figure(kind) for kind in (*kinds, "all", "report_fields")]
        table.add_row(name or "–", *("–" if figure is None else _share(figure) for figure in figures))
    return table


def _print_faults(screen: Console, faults: Sequence[Fault], listed: str | None, words: Words) -> None:
    screen.print()
    if not faults:
        screen.print(words("evaluate.no_faults"), style="green")
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, title_justify="left")
    table.add_column("", no_wrap=True)
    table.add_column(words("evaluate.where"), ratio=3, overflow="fold")
    table.add_column(words("evaluate.text"), ratio=5)
    table.add_column(words("evaluate.wanted"), ratio=4)
    table.add_column(words("evaluate.found"), ratio=4)
    shown = _without_doubles(faults)
    for fault in shown[:_MOST_FAULTS]:
        state = "misread" if fault.state == "missed" and fault.found else fault.state
        table.add_row(
            Text(words(f"fault.{state}"), _STYLES.get(state, "bold red")),
            _where(fault, words),
            Text.assemble(_named(fault, words), fault.text),
            fault.wanted,
            Text.assemble(fault.found, (f"  {fault.rule}" if fault.rule else "", "dim")),
        )
    screen.print(table)
    more = len(shown) - _MOST_FAULTS
    if listed:
        screen.print(words("evaluate.listed", file=listed), soft_wrap=True)
    elif more > 0:
        screen.print(words("evaluate.more", count=more))


def _without_doubles(faults: Sequence[Fault]) -> list[Fault]:
    """Return `faults` without the wrong items that a missed one names as what was found in its place."""
    read = {(f.file, f.kind, f.start, f.end) for f in faults if f.state == "missed" and f.found}
    return [f for f in faults if f.state != "wrong" or (f.file, f.kind, f.start, f.end) not in read]


def _named(fault: Fault, words: Words) -> tuple[str, str]:
    """Return what a fault is about, to stand before its words: a kind of item, or a column."""
    named = words(f"label.{fault.kind}") if fault.kind in KINDS else fault.kind
    return (f"{named} " if fault.text else named), "dim"


def _where(fault: Fault, words: Words) -> Text:
    place = words("explain.page", page=fault.page) if fault.page else fault.start
    return Text.assemble(fault.file, (f" · {place}" if place else "", "dim"))
