"""Room on a terminal: whether a table fits, so that what matters less is left out and no id is cut."""

from __future__ import annotations

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

_ENDLESS = 10_000  # columns of a screen on which nothing has to be folded


def room(screen: Console, table: Table) -> int:
    """Return how many columns of `screen` a table with all its cells on one line leaves free; less than 0: too wide.

    A cell of a column with `max_width` is as long as that.
    """
    return screen.width - Measurement.get(screen, screen.options.update(max_width=_ENDLESS), table).maximum
