"""Pages of help where `baocao` finds them: `python -m pipeline.cli.publish` writes `pipeline/cli/help`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.calling import commands
from pipeline.cli.language import LANGUAGES
from pipeline.cli.messages import Words
from pipeline.cli.pages import COLUMNS, FOLDER, file_of

_MARGIN = 2  # columns that Click leaves free


def pages() -> dict[Path, str]:
    """Return the text of each page by its file."""
    made: dict[Path, str] = {}
    for lang in LANGUAGES:
        group = commands(Words(lang))
        top = click.Context(group, None, "baocao", terminal_width=COLUMNS - _MARGIN, **group.context_settings)
        made |= {Path(file_of(words, lang)): f"{ctx.get_help()}\n" for words, ctx in _contexts(top)}
    return made


def _contexts(ctx: click.Context) -> Iterator[tuple[tuple[str, ...], click.Context]]:
    """Yield a context for each command from `ctx` on, with the words that it is called by."""
    yield (), ctx
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            command = ctx.command.get_command(ctx, name)
            assert command is not None
            for words, below in _contexts(click.Context(command, ctx, name, **command.context_settings)):
                yield (name, *words), below


def write_pages() -> None:
    """Write the page of each command, and leave none of a command that is no more."""
    made = pages()
    for path in Path(FOLDER).glob("*/*.txt"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages()
