"""Options that several commands share."""

from __future__ import annotations

import click

from pipeline.cli.language import LANGUAGES
from pipeline.cli.messages import Words


def rules_option(words: Words) -> click.Option:
    """Return `--rules PACK`, which may be given several times; without any each report chooses for itself."""
    return click.Option(["--rules"], multiple=True, metavar=words("metavar.rules"), help=words("option.rules"))


def lang_option(words: Words) -> click.Option:
    """Return `--lang`; `main` has read it already, so that help and complaints follow it as well."""
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=words("option.lang"))


def file_argument(words: Words) -> click.Argument:
    """Return the argument `FILE`; that it can't be read is for the parser to say."""
    return click.Argument(["file"], type=click.Path(), metavar=words("metavar.file"))


def folder_argument(words: Words) -> click.Argument:
    """Return the argument `FOLDER`; that it can't be opened is for the run to say."""
    return click.Argument(["folder"], type=click.Path(), metavar=words("metavar.folder"))


def workers_option(words: Words) -> click.Option:
    """Return `--workers N`, from 1."""
    return click.Option(
        ["--workers"],
        type=click.IntRange(min=1),
        default=1,
        metavar=words("metavar.workers"),
        help=words("run.workers"),
    )
