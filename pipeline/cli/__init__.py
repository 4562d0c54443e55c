"""Command line: `baocao run`, `explain`, `gaps`, `evaluate` … Heavy libraries are imported when a command runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from pipeline.cli.cache import cache_commands
from pipeline.cli.doctor import doctor_command
from pipeline.cli.evaluate import evaluate_command
from pipeline.cli.explain import explain_command
from pipeline.cli.export import export_command
from pipeline.cli.gaps import gaps_command
from pipeline.cli.import_ import import_command
from pipeline.cli.language import language
from pipeline.cli.localised import Commands, usage_error
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option
from pipeline.cli.review import review_command
from pipeline.cli.rules import rules_commands
from pipeline.cli.run import run_command
from pipeline.cli.saying import echo
from pipeline.cli.summary_page import summary_command
from pipeline.cli.text import text_command
from pipeline.cli.watch import watch_command
from pipeline.problems import BaocaoError, ParseError

_COMMANDS = (
    run_command, watch_command, review_command, export_command, import_command, summary_command, text_command,
    explain_command, gaps_command, evaluate_command, rules_commands, cache_commands, doctor_command,
)  # fmt: skip
USAGE, INTERRUPTED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (those of the process by default) name and return its exit status.

    0: all was read; 1: some file was not; 2: the call is wrong or there is nothing to do; 130: interrupted.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    words = Words(language(arguments, os.environ))
    _write_utf8()
    try:
        return int(commands(words).main(arguments, prog_name="baocao", standalone_mode=False) or 0)
    except click.UsageError as error:
        _complain(usage_error(error, words))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        _complain(words("interrupted"))
        return INTERRUPTED
    except BaocaoError as error:
        from pipeline.cli.console import said

        _complain(said(error, words.lang))
        return 1 if isinstance(error, ParseError) else USAGE


def commands(words: Words) -> click.Group:
    """Return `baocao` with all its commands, described in the language of `words`."""
    group = Commands(words, "baocao", [_version_option(words), lang_option(words)])
    for make in _COMMANDS:
        group.add_command(make(words))
    return group


def _version_option(words: Words) -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version

            click.echo(f"baocao {version('baocao')}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=words("help.version"),
    )


def _write_utf8() -> None:
    """Make the standard streams UTF-8, also where Windows has cp1252, which lacks most of Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _complain(message: str) -> None:
    echo(f"baocao: {message}", err=True)
