"""The two consoles: results go to standard output, progress and complaints to standard error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from pipeline.text.printable import printable

if TYPE_CHECKING:
    from pipeline.problems import BaocaoError

_WIDE = 160


class _Plain(Console):
    """A console on which no text of a file is obeyed by the terminal: see `printable`."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Yield the pieces of `renderable`, as they may be shown."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=printable(segment.text))


def console(stderr: bool = False) -> Console:
    """Return a console that shows texts as they are: `[red]`, `:smile:` or an escape sequence means itself.

    What is not a terminal gets wide lines and no colours.
    """
    shown = _Plain(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not shown.is_terminal:
        shown.width = _WIDE
    return shown


def shown_path(path: Path, line: int = 0) -> str:
    """Return `path` from the current folder where it is below it, else whole; with its `line`, unless that is 0."""
    whole, here = path.absolute(), Path.cwd()
    shown = whole.relative_to(here) if whole.is_relative_to(here) else whole
    return f"{shown}:{line}" if line else str(shown)


def said(error: BaocaoError, lang: str) -> str:
    """Return the words of an error in `lang`; a fault of a rule pack names its file from the current folder."""
    from msgspec.structs import replace

    from pipeline.problems import CATALOGUE
    from pipeline.rulebook import RulesError

    problem = error.problem
    if isinstance(error, RulesError):
        detail = {**dict(problem.detail), "place": shown_path(error.path, error.line)}
        problem = replace(problem, detail=tuple(detail.items()))
    return CATALOGUE[problem.code].message(problem, lang)
