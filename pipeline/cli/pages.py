"""Pages of help, and the version, without Click: its import alone takes three times as long as Python to begin.

The pages are what Click makes of the commands, kept in the folder `help` by `python -m pipeline.cli.publish`.
"""

from __future__ import annotations

import os
import sys

from pipeline import __version__
from pipeline.cli.language import LANGUAGES

TYPE_CHECKING = False  # as of `typing`, whose import takes longer than a page of help
if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = 80
"""The width that pages are made for: Click makes them no wider, and narrower only for a narrower terminal."""
FOLDER = os.path.join(os.path.dirname(__file__), "help")  # noqa: PTH118, PTH120  # pathlib takes as long as all else
"""Where the pages are: a folder for each language, in it a file for each command."""
ASKED = ("--help", "-h")
_GROUPS: tuple[list[str], ...] = ([], ["rules"], ["cache"])
"""Groups of commands: called alone they show their help, and that nothing was done."""


class Page:
    """What is printed in place of a command, and the exit status after it."""

    def __init__(self, text: str, status: int) -> None:
        self.text, self.status = text, status


def page_for(arguments: Sequence[str], lang: str) -> Page | None:
    """Return the page that a call asks for with all that it says; None where the call is for Click to look at."""
    if "_BAOCAO_COMPLETE" in os.environ:  # a shell asks what may follow
        return None
    asked = _without_language(arguments)
    if asked == ["--version"]:
        return Page(f"baocao {__version__}\n", 0)
    if asked in _GROUPS and len(asked) == len(arguments):
        return _page(asked, lang, 2)
    return _page(asked[:-1], lang, 0) if asked and asked[-1] in ASKED else None


def file_of(command: Sequence[str], lang: str) -> str:
    """Return the path of the page of a command, which is given by its words."""
    return f"{FOLDER}/{lang}/{'.'.join(command) or 'baocao'}.txt"


def show(page: Page) -> int:
    """Print a page and return its exit status, 1 where nobody reads it any more."""
    try:
        sys.stdout.write(page.text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
        return 1
    return page.status


def _without_language(arguments: Sequence[str]) -> list[str]:
    """Return `arguments` without `--lang` and the language behind it."""
    left: list[str] = []
    for argument in arguments:
        if left[-1:] == ["--lang"] and argument in LANGUAGES:
            left.pop()
        elif argument not in [f"--lang={lang}" for lang in LANGUAGES]:
            left.append(argument)
    return left


def _page(command: list[str], lang: str, status: int) -> Page | None:
    if not all(word.isalpha() for word in command) or _columns() < COLUMNS:
        return None
    try:
        with open(file_of(command, lang), encoding="utf-8") as file:  # noqa: PTH123
            return Page(file.read(), status)
    except OSError:  # no command, or an installation without the pages
        return None


def _columns() -> int:
    """Return how wide the terminal is, as `shutil.get_terminal_size` does, which takes longer to import."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or COLUMNS  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # no terminal
        return COLUMNS
