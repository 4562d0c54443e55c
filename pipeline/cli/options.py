"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pipeline.cli.language import LANGUAGES
from pipeline.cli.messages import Words
from pipeline.cli.saying import echo

if TYPE_CHECKING:
    from pipeline.batch.limits import Limits
    from pipeline.cache import DocumentCache


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


def no_cache_option(words: Words) -> click.Option:
    """Return `--no-cache`, which `asked_cache` is for."""
    return click.Option(["--no-cache"], is_flag=True, help=words("option.no_cache"))


@contextmanager
def asked_cache(no_cache: bool, words: Words) -> Iterator[DocumentCache | None]:
    """Yield the user's cache unless none is asked for, and tell at the end what was wrong with it.

    BaocaoError where its settings make no sense.
    """
    from pipeline.cache import user_cache

    cache = None if no_cache else user_cache(os.environ)
    try:
        yield cache
    finally:
        if cache is not None:
            tell_remarks(cache, words)


def tell_remarks(cache: DocumentCache, words: Words) -> None:
    """Say on standard error what was wrong with the cache, if anything, and let go of it."""
    from pipeline.problems import CATALOGUE

    for problem in cache.remarks():
        echo(f"baocao: {CATALOGUE[problem.code].message(problem, words.lang)}", err=True)
    cache.close()


def workers_option(words: Words) -> click.Option:
    """Return `--workers N`, from 1."""
    return click.Option(
        ["--workers"],
        type=click.IntRange(min=1),
        default=1,
        metavar=words("metavar.workers"),
        help=words("run.workers"),
    )


def limits_options(words: Words) -> list[click.Parameter]:
    """Return `--timeout SECONDS`, `--memory SIZE` and `--limit NAME=VALUE`, which `asked_limits` takes."""
    return [
        click.Option(
            ["--timeout"],
            type=click.FloatRange(min=1),
            metavar=words("metavar.seconds"),
            help=words("option.timeout"),
        ),
        click.Option(["--memory"], metavar=words("metavar.size"), help=words("option.memory")),
        click.Option(["--limit"], multiple=True, metavar=words("metavar.limit"), help=words("option.limit")),
    ]


def asked_limits(timeout: float | None, memory: str | None, limit: Sequence[str] = ()) -> Limits:
    """Return what reading one file may take and what it may hold; BaocaoError where any of that makes no sense."""
    from pipeline.batch.limits import LEAST_MEMORY, LIMITS, Limits
    from pipeline.parsers.limits import changed, limits
    from pipeline.problems import BaocaoError

    size = LIMITS.memory if memory is None else _bytes_of(memory)
    if size is None or 0 < size < LEAST_MEMORY:
        raise BaocaoError("run.memory", text=memory or "", least=f"{LEAST_MEMORY // 10**6}MB")
    content = changed(limits(), limit)
    return Limits(LIMITS.seconds if timeout is None else timeout, size, LIMITS.files, content if limit else None)


def _bytes_of(size: str) -> int | None:
    from pipeline.cache.places import bytes_of  # what comes with it is to be imported while others prepare to read

    return bytes_of(size)


def passwords_option(words: Words) -> click.Option:
    """Return `--passwords FILE`, which `BAOCAO_PASSWORDS` names as well, and which `asked_passwords` reads."""
    return click.Option(
        ["--passwords"],
        type=click.Path(),
        envvar="BAOCAO_PASSWORDS",
        metavar=words("metavar.file"),
        help=words("option.passwords"),
    )


def asked_passwords(file: str | None) -> tuple[str, ...]:
    """Return the passwords in a file, one on each line, blank lines left out; BaocaoError where it can't be read."""
    from pathlib import Path

    from pipeline.problems import BaocaoError

    if not file:
        return ()
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise BaocaoError("run.passwords", file=file, reason=reason) from error
    return tuple(dict.fromkeys(line for line in lines if line.strip()))
