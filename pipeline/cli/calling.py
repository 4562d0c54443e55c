"""A call of `baocao` carried out: its command is found, imported and run, and what is wrong is told."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Sequence

import click

from pipeline import COLLECTED_EVERY, __version__
from pipeline.cli.localised import Commands, usage_error
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option
from pipeline.cli.saying import echo
from pipeline.problems import BaocaoError, ParseError

_COMMANDS = {
    "run": "pipeline.cli.run:run_command",
    "watch": "pipeline.cli.watch:watch_command",
    "review": "pipeline.cli.review:review_command",
    "export": "pipeline.cli.export:export_command",
    "import": "pipeline.cli.import_:import_command",
    "summary": "pipeline.cli.summary_page:summary_command",
    "text": "pipeline.cli.text:text_command",
    "explain": "pipeline.cli.explain:explain_command",
    "gaps": "pipeline.cli.gaps:gaps_command",
    "evaluate": "pipeline.cli.evaluate:evaluate_command",
    "rules": "pipeline.cli.rules:rules_commands",
    "cache": "pipeline.cli.cache:cache_commands",
    "doctor": "pipeline.cli.doctor:doctor_command",
}
USAGE, INTERRUPTED = 2, 130


def carry_out(arguments: Sequence[str], lang: str) -> int:
    """Run the command that `arguments` name, in the language `lang`, and return its exit status, as `main` has it."""
    gc.set_threshold(COLLECTED_EVERY)
    atexit.register(gc.freeze)  # nothing of a process that ends is looked for: it would take 0.1 s
    words = Words(lang)
    try:
        return int(commands(words).main(list(arguments), prog_name="baocao", standalone_mode=False) or 0)
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
    return Commands(words, "baocao", [_version_option(words), lang_option(words)], _COMMANDS)


def _version_option(words: Words) -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"baocao {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=words("help.version"),
    )


def _complain(message: str) -> None:
    echo(f"baocao: {message}", err=True)
