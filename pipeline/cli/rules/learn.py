"""`baocao rules learn`: which examples and rejects the review of a run suggests for the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option
from pipeline.cli.saying import echo


def learn_command(words: Words) -> click.Command:
    """Return the command `rules learn OUT`."""
    params: list[click.Parameter] = [
        click.Argument(["out"], type=click.Path(), metavar=words("metavar.results")),
        click.Option(["--rules"], multiple=True, metavar=words("metavar.rules"), help=words("rules.learn.rules")),
        click.Option(["--accepted"], is_flag=True, help=words("rules.learn.accepted")),
        click.Option(
            ["-o", "--out", "file"], type=click.Path(), metavar=words("metavar.file"), help=words("rules.learn.out")
        ),
        lang_option(words),
    ]
    command = Command(words, "learn", params, key="rules.learn")
    command.callback = lambda out, rules, accepted, file: show_lessons(out, rules, accepted, file, words)
    return command


def show_lessons(out: str, rules: Sequence[str], accepted: bool, file: str | None, words: Words) -> int:
    """Print what the review of the tables in `out` suggests, or write it to `file` and print how much; return 0."""
    from pipeline.cli.rules.learned import remarks_of, summary_of, text_of
    from pipeline.evaluation.lessons import learn

    if file is not None:
        _refuse_pack(Path(file))
    lessons = learn(Path(out), rules, accepted)
    if not lessons.all and not lessons.disputed:
        key = "rules.learn.nothing" if lessons.verdicts else "rules.learn.none"
        _print(words(key, verdicts=lessons.verdicts, folder=out), *remarks_of(lessons, words))
    elif file is None:
        echo(text_of(lessons, out, words), nl=False)
    else:
        _write(Path(file), text_of(lessons, out, words))
        _print(*summary_of(lessons, out, words), words("rules.learn.written", file=file))
    return 0


def _refuse_pack(file: Path) -> None:
    """Refuse a place inside a rule pack, which reads every YAML file in it as rules."""
    from pipeline.problems import BaocaoError
    from pipeline.rulebook.manifest import MANIFEST

    for folder in file.absolute().parents:
        if (folder / MANIFEST).is_file():
            raise BaocaoError("review.in_pack", file=str(file), folder=str(folder))


def _write(file: Path, text: str) -> None:
    from pipeline.tables.lasting import writing_to

    with writing_to(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _print(*lines: str) -> None:
    from pipeline.cli.console import console

    for line in lines:
        console().print(line, soft_wrap=True)
