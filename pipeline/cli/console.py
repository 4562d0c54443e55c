"""The two consoles: results go to standard output, progress and complaints to standard error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from pipeline.problems import BaocaoError

_WIDE = 160


def console(stderr: bool = False) -> Console:
    """Return a console that shows texts as they are: `[red]` or `:smile:` in a file's name means itself.

    What is not a terminal gets wide lines and no colours.
    """
    shown = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not shown.is_terminal:
        shown.width = _WIDE
    return shown


def shown_path(path: Path) -> str:
    """Return `path` from the current folder where it is below it, else as it is."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def said(error: BaocaoError, lang: str) -> str:
    """Return the words of an error in `lang`; a fault of a rule pack names its file from the current folder."""
    from dataclasses import replace

    from pipeline.problems import CATALOGUE

    problem, path = error.problem, getattr(error, "path", None)
    if path is not None:
        detail = dict(problem.detail)
        line = detail["place"].removeprefix(str(path))
        problem = replace(problem, detail=tuple({**detail, "place": f"{shown_path(path)}{line}"}.items()))
    return CATALOGUE[problem.code].message(problem, lang)
