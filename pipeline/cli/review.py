"""`baocao review`: the tables of a run in the browser, each row beside its place in the report, to be decided on."""

from __future__ import annotations

import getpass
import webbrowser
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import asked_cache, lang_option
from pipeline.cli.progress import terminable
from pipeline.cli.saying import echo
from pipeline.problems import BaocaoError

_HERE = ("127.0.0.1", "localhost", "::1")


def review_command(words: Words) -> click.Command:
    """Return the command `review OUT`."""
    out = click.Argument(["out"], metavar=words("metavar.results"))
    options = [
        click.Option(
            ["--input", "folder"], type=click.Path(), metavar=words("metavar.folder"), help=words("review.input")
        ),
        click.Option(["--reviewer"], metavar=words("metavar.reviewer"), help=words("review.reviewer")),
        click.Option(
            ["--port"], type=click.IntRange(1, 65_535), metavar=words("metavar.port"), help=words("review.port")
        ),
        click.Option(["--host"], default=_HERE[0], metavar=words("metavar.host"), help=words("review.host")),
        click.Option(["--no-browser"], is_flag=True, help=words("review.no_browser")),
        lang_option(words),
    ]
    command = Command(words, "review", [out, *options])
    command.callback = lambda out, folder, reviewer, port, host, no_browser: review_tables(
        out, folder, _name(reviewer), port, host, no_browser, words
    )
    return command


def review_tables(
    out: str, folder: str | None, reviewer: str, port: int | None, host: str, no_browser: bool, words: Words
) -> int:
    """Serve the review of the tables in `out` until it is told to end; return the exit status."""
    from pipeline.review import Order, review

    with terminable(), asked_cache(False, words) as cache:
        echo(words("review.preparing"), err=True)
        told: list[bool] = []
        order = Order(out, words.lang, Path(folder) if folder else None, cache, reviewer, host, port)
        try:
            review(order, _ready(host, no_browser, words, told))
        except KeyboardInterrupt:
            if not told:
                raise
    if told and not told[0]:
        echo(words("review.over"), err=True)
    return 0


def _ready(host: str, no_browser: bool, words: Words, told: list[bool]) -> Callable[[str, bool], None]:
    """Return what tells the address, and whether the review was there already, which is noted in `told`."""

    def ready(url: str, is_there: bool) -> None:
        told.append(is_there)
        echo(words("review.there" if is_there else "review.ready", url=url))
        if not is_there and host not in _HERE:
            echo(words("review.open", host=host), err=True)
        if is_there and not no_browser:
            webbrowser.open(url)
        elif not no_browser:  # a browser of the terminal would keep the server from answering it
            Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    return ready


def _name(reviewer: str | None) -> str:
    """Return the reviewer's name as the log has it, that of the user of this machine where none is given.

    BaocaoError `review.name` for one that can't be printed.
    """
    from pipeline.decisions import reviewer_name

    if reviewer and reviewer.strip():
        return reviewer_name(reviewer)
    try:
        return reviewer_name(getpass.getuser())
    except (OSError, KeyError, ImportError, BaocaoError):  # a user without a name
        return ""
