"""`baocao cache`: what is kept between runs, where and how much, and how to be rid of it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from pipeline.cli.localised import Command, Commands, Wrong
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option, tell_remarks
from pipeline.cli.saying import echo, echo_json

if TYPE_CHECKING:
    from pipeline.cache import DocumentCache, Info, Share

_COMMANDS = {name: f"pipeline.cli.cache:{name}_command" for name in ("info", "clear", "prune")}
_UNITS = ("B", "kB", "MB", "GB", "TB")


def cache_commands(words: Words) -> click.Group:
    """Return the group `cache` with `info`, `clear` and `prune`."""
    return Commands(words, "cache", [lang_option(words)], _COMMANDS, key="cache")


def info_command(words: Words) -> click.Command:
    """Return the command `cache info`."""
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=words("cache.json"))
    info = Command(words, "info", [as_json, lang_option(words)], key="cache.info")
    info.callback = lambda as_json: show_info(as_json, words)
    return info


def clear_command(words: Words) -> click.Command:
    """Return the command `cache clear`."""
    clear = Command(words, "clear", [lang_option(words)], key="cache.clear")
    clear.callback = lambda: clear_cache(words)
    return clear


def prune_command(words: Words) -> click.Command:
    """Return the command `cache prune`."""
    limit = click.Option(["--limit"], metavar=words("metavar.size"), help=words("cache.limit"))
    prune = Command(words, "prune", [limit, lang_option(words)], key="cache.prune")
    prune.callback = lambda limit: prune_cache(limit, words)
    return prune


def show_info(as_json: bool, words: Words) -> int:
    """Print where the cache is and what it keeps; return the exit status."""
    cache = _cache()
    info = cache.info()
    if as_json:
        echo_json(json.dumps(_facts(info, cache.limit), ensure_ascii=False, indent=2))
    else:
        _print_info(info, cache.limit, words)
    tell_remarks(cache, words)
    return 0


def clear_cache(words: Words) -> int:
    """Remove everything that is kept; return the exit status."""
    from pipeline.problems import BaocaoError

    cache = _cache()
    info = cache.info()
    try:
        cache.clear()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BaocaoError("cache.held", folder=str(cache.folder), reason=reason) from error
    echo(words("cache.cleared", folder=cache.folder, size=said_size(_held(info), words)))
    return 0


def prune_cache(limit: str | None, words: Words) -> int:
    """Drop what was used longest ago beyond `limit`; return the exit status."""
    from pipeline.cache.places import bytes_of

    allowed = None if limit is None else bytes_of(limit)
    if limit is not None and allowed is None:
        raise Wrong(words("cache.bad_limit", text=limit))
    cache = _cache()
    before = _held(cache.info())
    entries = cache.prune(allowed) if before else 0
    left = _held(cache.info())
    told = {"entries": entries, "size": said_size(before - left, words), "left": said_size(left, words)}
    echo(words("cache.pruned" if entries else "cache.kept", **told))
    tell_remarks(cache, words)
    return 0


def said_size(size: int, words: Words) -> str:
    """Return a number of bytes as people say it, in units of powers of 1000 as disks have them."""
    amount, unit = float(size), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    said = f"{amount:.1f}" if unit and amount < 99.95 else f"{amount:.0f}"
    return f"{said.replace('.', ',') if words.lang == 'vi' else said} {_UNITS[unit]}"


def _cache() -> DocumentCache:
    """Return the user's cache; BaocaoError where there is no place for one."""
    from pipeline.cache import user_cache
    from pipeline.problems import BaocaoError

    cache = user_cache(os.environ)
    if cache is None:
        raise BaocaoError("cache.no_folder")
    return cache


def _held(info: Info) -> int:
    return info.documents.size + info.results.size


def _facts(info: Info, limit: int) -> dict[str, object]:
    def share(one: Share) -> dict[str, int]:
        return {"entries": one.entries, "bytes": one.size}

    last = {"asked": info.asked, "found": info.found} if info.asked else None
    shares = {"documents": share(info.documents), "results": share(info.results)}
    return {"folder": str(info.folder), "limit": limit, **shares, "last_run": last}


def _print_info(info: Info, limit: int, words: Words) -> None:
    from rich.table import Table
    from rich.text import Text

    from pipeline.cli.console import console

    table = Table.grid(padding=(0, 3))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for key, share in (("documents", info.documents), ("results", info.results)):
        count = words("cache.entries", count=share.entries)
        table.add_row(Text(words(f"cache.{key}")), Text(count), Text(said_size(share.size, words), "bold"))
    table.add_row(Text(words("cache.total")), Text(""), Text(said_size(limit, words)))
    screen = console()
    screen.print(Text(f"{words('cache.folder')}: {info.folder}"), soft_wrap=True)
    screen.print(table)
    if info.asked:
        screen.print(Text(f"{words('cache.last')}: {words('cache.used', found=info.found, asked=info.asked)}"))
