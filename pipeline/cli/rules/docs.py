"""`baocao rules docs`: a page of a rule pack for people, written from its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option

_FOLDER = "docs/rules"


def docs_command(words: Words) -> click.Command:
    """Return the command `rules docs [PACK…]`."""
    params: list[click.Parameter] = [
        click.Argument(["packs"], nargs=-1, type=click.Path(), metavar=f"[{words('metavar.packs')}]"),
        click.Option(
            ["-o", "--out"],
            type=click.Path(file_okay=False),
            default=_FOLDER,
            metavar=words("metavar.out"),
            help=words("rules.docs.out", folder=_FOLDER),
        ),
        click.Option(["--check"], is_flag=True, help=words("rules.docs.check")),
        lang_option(words),
    ]
    command = Command(words, "docs", params, key="rules.docs")
    command.callback = lambda packs, out, check: write_pages(packs, out, check, words)
    return command


def write_pages(names: Sequence[str], out: str, check: bool, words: Words) -> int:
    """Write a page of each pack into `out`, or `check` them; return the exit status: 1 where one is stale."""
    from pipeline.cli.console import console
    from pipeline.extract.pages import page
    from pipeline.rulebook import load_pack, shipped_packs

    screen, folder = console(), Path(out)
    packs = [load_pack(name) for name in names or shipped_packs()]
    stale = 0
    for pack in packs:
        path, text = folder / f"{pack.id}.md", page(pack)
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            screen.print(words("rules.docs.written", file=path), soft_wrap=True)
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale += 1
            screen.print(words("rules.docs.stale", file=path), style="red", soft_wrap=True)
    if check and not stale:
        screen.print(words("rules.docs.current", count=len(packs)), style="green")
    return 1 if stale else 0
