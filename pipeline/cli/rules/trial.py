"""`baocao rules try`: what one rule finds in a text or a report, and where it finds nothing, how near it came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from pipeline.cli.given import names_file, read_given
from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option, rules_option

if TYPE_CHECKING:
    from pipeline.extract import Extraction
    from pipeline.extract.trial import Told, Trial
    from pipeline.model import Document
    from pipeline.rulebook import Pack
    from pipeline.rulebook.lookup import Entry

_ROLES = ("result", "assessment", "limitation", "plan", "proposal")
_STYLES = {
    "found": "green", "lost": "magenta", "refused": "yellow", "unmet": "yellow", "no_unit": "yellow", "near": "cyan",
    "unfit": "yellow",
}  # fmt: skip
_SHOWN = 40
_TABLE_ROW = re.compile(r"(?m)^\s*\|.*\|\s*$")
_WHY = {
    "takes": "rules.try.other_figure",
    "combine": "rules.try.told_already",
    "status": "rules.try.other_status",
    "period": "rules.try.other_period",
}


def try_command(words: Words) -> click.Command:
    """Return the command `rules try RULE TEXT_OR_FILE`."""
    params: list[click.Parameter] = [
        click.Argument(["name"], metavar=words("metavar.name")),
        click.Argument(["text"], metavar=words("metavar.text_or_file")),
        rules_option(words),
        click.Option(["--role"], type=click.Choice(_ROLES), default="result", help=words("rules.try.role")),
        lang_option(words),
    ]
    command = Command(words, "try", params, key="rules.try")
    command.callback = lambda name, text, rules, role: try_on(name, text, rules, role, words)
    return command


def try_on(name: str, text: str, rules: tuple[str, ...], role: str, words: Words) -> int:
    """Print what came of the rules and indicators called `name` in `text`, or in the file of that path.

    Each is read with the first of `rules` that has it, without any with the pack that it is written in. The exit
    status is 1 if none of them found anything.
    """
    from pipeline.cli.console import console
    from pipeline.extract import extract
    from pipeline.extract.trial import try_indicator, try_rule
    from pipeline.rulebook import Indicator, default_packs, load_pack
    from pipeline.rulebook.lookup import find_entries

    named = tuple(load_pack(one) for one in rules)
    entries = find_entries(name, named or tuple(load_pack(one) for one in default_packs()))
    document, since = _given(text, role)
    extractions: dict[Pack, Extraction] = {}
    has_found = False
    for at, entry in enumerate(entries):
        told = entry.told
        pack = next((one for one in named if told in (*one.rules(), *one.indicators)), entry.pack)
        extraction = extractions.get(pack) or extractions.setdefault(pack, extract(document, pack))
        trial = try_indicator(told, extraction) if isinstance(told, Indicator) else try_rule(told, extraction, since)
        if at:
            console().print()
        _print_head(entry, trial, words)
        _print_trial(trial, extraction, words)
        has_found |= trial.has_found
    return 0 if has_found else 1


def _given(text: str, role: str) -> tuple[Document, int]:
    """Return the file, or the text under a heading of `role`, and where what was given begins in it.

    A text with a table is read as an example is, or where its table is not drawn so, as a text file is.
    """
    from pipeline.extract.prove import passage

    if names_file(text):
        return read_given(text), 0
    document = _tabled(text, role) if _TABLE_ROW.search(text) else passage(text, role)
    return document, document.blocks[1].start


def _tabled(text: str, role: str) -> Document:
    from pipeline.extract.prove import passage
    from pipeline.parsers.plain import read_text
    from pipeline.rulebook.sketch import SketchError

    lines = text.splitlines()
    rows = [line for line in lines if _TABLE_ROW.search(line)]
    words = [line for line in lines if not _TABLE_ROW.search(line)]
    try:
        return passage(" ".join(words), role, "\n".join(rows))
    except SketchError:
        return read_text(f"{passage('', role).text}\n{text}".encode(), markdown=False)


def _print_head(entry: Entry, trial: Trial, words: Words) -> None:
    from rich.text import Text

    from pipeline.cli.console import console
    from pipeline.rulebook import Indicator

    told = entry.told
    title = told.label if isinstance(told, Indicator) else told.title
    kind = words("rules.show.indicator" if isinstance(told, Indicator) else f"label.{told.kind}")
    head = Text.assemble((entry.id, "bold"), f" · {kind} · {title} · ", (entry.place, "dim"))
    console().print(head, soft_wrap=True)
    if isinstance(told, Indicator):
        key = "rules.try.value" if trial.value else "rules.try.no_value"
        said = words(key, value=trial.value, unit=told.unit)
        console().print(Text(said, "bold green" if trial.value else "yellow"), soft_wrap=True)


def _print_trial(trial: Trial, extraction: Extraction, words: Words) -> None:
    from pipeline.cli.console import console

    screen = console()
    if not trial.told:
        screen.print(words("rules.try.nothing"), style="yellow", soft_wrap=True)
    elif not trial.has_found:
        screen.print(words("rules.try.not_found"), style="yellow", soft_wrap=True)
    told = sorted((one for one in trial.told if one.key != "units"), key=lambda one: (one.start, one.end))
    for one in told[:_SHOWN]:
        _print_told(one, extraction, words)
    if len(told) > _SHOWN:
        screen.print(words("rules.try.more", count=len(told) - _SHOWN), style="dim")
    if len(told) < len(trial.told):
        screen.print(words("rules.try.other_units", count=len(trial.told) - len(told)), style="dim", soft_wrap=True)


def _print_told(one: Told, extraction: Extraction, words: Words) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.cli.console import console

    text = extraction.structure.document.text
    start, end = _around(one, extraction)
    parts = (text[start : one.start], text[one.start : one.end], text[one.end : end])
    before, mention, after = (part.replace("\n", " ").replace("\t", " | ") for part in parts)
    screen = console()
    screen.print()
    screen.print(
        Text.assemble(before, (mention, f"bold {_STYLES[one.kind]} underline"), after),
        soft_wrap=not screen.is_terminal,
    )
    mention = " ".join(mention.split())
    label = words(f"rules.try.{one.kind}")
    told = Text.assemble((label, _STYLES[one.kind]), "  ", (mention, "bold"), " → ", _detail(one, words))
    screen.print(Padding(told, (0, 0, 0, 4), expand=False), soft_wrap=not screen.is_terminal)


def _detail(one: Told, words: Words) -> str:
    if one.kind == "unfit":
        why = words(_WHY.get(one.key, "rules.try.key"), condition=one.key)
        return f"{why} · {words('rules.try.named', said=one.detail)}"
    if one.kind == "unmet":
        return words("rules.try.key", condition=one.detail)
    if one.kind == "near" and one.key:
        key = "rules.try.missing_words" if one.detail else "rules.try.all_words"
        return words(key, part=one.detail, phrase=one.key)
    if one.kind == "near":
        return words("rules.try.missing", part=one.detail)
    return words("rules.try.unit", unit=one.detail) if one.kind == "no_unit" else one.detail


def _around(one: Told, extraction: Extraction) -> tuple[int, int]:
    """Return the sentence that holds what is told, of a table the row."""
    document = extraction.structure.document
    held = document.block_at(one.start)
    if held is not None and held.table:
        row = [block for block in document.blocks if (block.table, block.row) == (held.table, held.row)]
        return min(row[0].start, one.start), max(row[-1].end, one.end)
    for sentence in extraction.structure.sentences:
        if sentence.start < one.end and one.start < sentence.end:
            return min(sentence.start, one.start), max(sentence.end, one.end)
    return one.start, one.end
