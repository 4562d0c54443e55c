"""How the rules do on the terminal: a table of those that fired, then those that never did."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import console
from pipeline.cli.messages import Words
from pipeline.cli.room import room
from pipeline.evaluation.usage import VERDICTS, RuleUse, Usage
from pipeline.rulebook.rules import KINDS

_FOLDED = 24  # columns that a rule's id is folded to where there is no room
_TITLE = 20  # columns of a terminal that a title needs, beside all figures
_SPARED = ("ratio", "files", "share", "judged")  # figures left out first where there is no room
_MANY = 10  # per cent rejected
_SLOW = 5  # times the median pattern
_MOST_SLOW = 5


def print_usage(usage: Usage, listed: str | None, words: Words) -> None:
    """Print `usage` to standard output; `listed` is the file that has all of it, if one was asked for."""
    screen = console()
    fired = [rule for rule in usage.rules if rule.hits]
    head = words(
        "rules.stats.head",
        fired=len(fired), rules=len(usage.rules), files=usage.files, packs=", ".join(usage.packs) or "–",
    )  # fmt: skip
    screen.print(Text(head, "bold"))
    for key, packs in (("unknown", usage.unknown), ("other", usage.other)):
        if packs:
            screen.print(Text(words(f"rules.stats.{key}", packs=", ".join(packs)), "yellow"))
    _print_fired(screen, usage, fired, words)
    _print_silent(screen, usage, words)
    if usage.unread:
        screen.print()
        screen.print(Text(words("run.unread"), "bold"))
        for file, error in usage.unread:
            screen.print(Text(f"  {file}: ", "red").append(error, ""))
    if listed:
        screen.print()
        screen.print(words("rules.stats.written", file=listed), soft_wrap=True)


def _print_fired(screen: Console, usage: Usage, fired: list[RuleUse], words: Words) -> None:
    timed = usage.phrase_share is not None
    judged = any(rule.reviewed for rule in fired)
    heads = ["hits", "files", *(("verdicts", "judged") if judged else ()), "problems"]
    heads += ["share", "ratio"] if timed else []
    for spared in _SPARED:
        narrow = _table(usage, fired, heads, 0, words)
        narrow.columns[0].max_width = _FOLDED
        if spared in heads and room(screen, narrow) < 0:
            heads.remove(spared)
    free = room(screen, _table(usage, fired, heads, 0, words)) - 2  # between the columns
    screen.print(_table(usage, fired, heads, free if free >= _TITLE else 0, words))
    for key, told in (("counted", "judged" in heads), ("reviewed", judged), ("timed", "share" in heads)):
        if told:
            screen.print(Text(words(f"rules.stats.{key}"), "dim"))
    if usage.missed:
        missed = ", ".join(f"{words(f'label.{kind}')} {count}" for kind, count in usage.missed)
        screen.print(Text.assemble((f"{words('rules.stats.missed')}: ", "bold red"), missed))
    _print_slowest(screen, usage, words)


def _table(usage: Usage, fired: list[RuleUse], heads: list[str], title: int, words: Words) -> Table:
    """Return the table of the rules that fired, with titles in `title` columns, none for 0."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(words("rules.stats.rule"), overflow="fold", min_width=_FOLDED)
    table.add_column(words("rules.stats.kind"), no_wrap=True)
    for head in heads:
        table.add_column(words(f"rules.stats.{head}"), justify="right", no_wrap=True)
    if title:
        table.add_column(words("rules.stats.title"), max_width=title, no_wrap=True, overflow="ellipsis", style="dim")
    for rule in fired:
        cells = {"hits": Text(str(rule.hits), "bold"), "files": Text(str(rule.files)), "verdicts": _verdicts(rule)}
        cells["judged"] = _judged(rule)
        cells |= {"problems": Text(str(rule.problems or "–")), "share": _share(rule.share), "ratio": _ratio(rule)}
        told = [rule.title] if title else []
        table.add_row(rule.rule, words(f"label.{rule.kind}"), *(cells[head] for head in heads), *told)
    if "share" in heads:
        blank = [""] * (1 + heads.index("share"))
        table.add_row(words("rules.stats.phrases"), *blank, _share(usage.phrase_share))
    return table


def _judged(rule: RuleUse) -> Text:
    """Return how many items of a rule readers accepted, corrected and rejected."""
    return Text("/".join(str(getattr(rule, verdict)) for verdict in VERDICTS) if rule.reviewed else "–")


def _verdicts(rule: RuleUse) -> Text:
    """Return the shares of a rule's verdicts, in per cent; a rule that readers often reject stands out."""
    if not rule.reviewed:
        return Text("–", "dim")
    accepted, corrected, rejected = (round(100 * (rule.part(verdict) or 0)) for verdict in VERDICTS)
    return Text(f"{accepted}/{corrected}/").append(str(rejected), "bold red" if rejected > _MANY else "")


def _share(share: float | None) -> Text:
    return Text("–", "dim") if share is None else Text(f"{share:.1%}")


def _ratio(rule: RuleUse) -> Text:
    if rule.ratio is None:
        return Text("–", "dim")
    return Text(f"{rule.ratio:.1f}", "bold yellow" if rule.ratio >= _SLOW else "")


def _print_slowest(screen: Console, usage: Usage, words: Words) -> None:
    """Print which patterns cost most, whether they fired or not."""
    ranked = sorted((rule for rule in usage.rules if rule.share), key=lambda rule: (-(rule.share or 0), rule.rule))
    if ranked:
        named = (f"{rule.rule} {rule.share:.1%}" for rule in ranked[:_MOST_SLOW])
        screen.print(Text.assemble((f"{words('rules.stats.slowest')}: ", "bold"), ", ".join(named)))


def _print_silent(screen: Console, usage: Usage, words: Words) -> None:
    """Print the rules that never fired, by what they would find; of inherited ones, how many."""
    silent = sorted((rule for rule in usage.rules if rule.hits == 0), key=lambda r: (KINDS.index(r.kind), r.rule))
    own = [rule for rule in silent if _pack(rule) in usage.packs]
    if own:
        screen.print()
        screen.print(Text(words("rules.stats.silent", count=len(own)), "bold"))
    for kind, rules in groupby(own, key=lambda rule: rule.kind):
        named = Text(", ").join(Text(rule.rule) for rule in rules)
        screen.print(Padding(Text.assemble((f"{words(f'label.{kind}')}: ", "cyan"), named), (0, 0, 0, 2), expand=False))
    inherited = Counter(_pack(rule) for rule in silent if rule not in own)
    if inherited:
        told = ", ".join(f"{pack} {count}" for pack, count in sorted(inherited.items()))
        screen.print()
        screen.print(Text(words("rules.stats.inherited", packs=told), "dim"))
    hidden = sum(rule.hits is None for rule in usage.rules)
    if hidden:
        screen.print(Text(words("rules.stats.hidden", count=hidden), "dim"))


def _pack(rule: RuleUse) -> str:
    return rule.rule.partition("/")[0]
