"""`baocao rules new`: a rule pack to start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option


def new_command(words: Words) -> click.Command:
    """Return the command `rules new PACK`."""
    params: list[click.Parameter] = [
        click.Argument(["pack"], type=click.Path(), metavar=words("metavar.rules")),
        click.Option(["--title"], metavar=words("metavar.text"), help=words("rules.new.title")),
        click.Option(
            ["--extends"],
            multiple=True,
            default=("core",),
            metavar=words("metavar.rules"),
            help=words("rules.new.extends"),
        ),
        lang_option(words),
    ]
    command = Command(words, "new", params, key="rules.new")
    command.callback = lambda pack, title, extends: start_pack(pack, title, extends, words)
    return command


def start_pack(pack: str, title: str | None, extends: Sequence[str], words: Words) -> int:
    """Write a new pack, and print its files and the commands that come next; return the exit status."""
    from pipeline.cli.console import console
    from pipeline.rulebook.skeleton import SAMPLE, STARTER, create_pack

    folder = Path(pack)
    files = create_pack(folder, title or words("rules.new.untitled", id=folder.resolve().name), extends)
    screen = console()
    screen.print(words("rules.new.made", folder=pack), style="bold", soft_wrap=True)
    for file in files:
        screen.print(f"  {file.relative_to(folder.resolve()).as_posix()}")
    screen.print()
    screen.print(words("rules.new.next"), style="bold")
    out = f"ket_qua_{folder.resolve().name}"
    for command in (
        f"rules check {pack}",
        f"rules try {STARTER} {folder / SAMPLE} --rules {pack}",
        f"run {folder / SAMPLE.parent} -o {out} --rules {pack}",
    ):
        screen.print(f"  baocao {command}", soft_wrap=True)
    return 0
