"""The tables as they are with all that was decided by now, also since the run that wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.decisions.amend import Amendments, added_item
from pipeline.decisions.evidence import said_of_addition
from pipeline.decisions.log import Ledger, ledger_of
from pipeline.decisions.tables import ReportTables, Row, machine_tables, reports_in


def current_tables(out: Path, lang: str = "vi", ledger: Ledger | None = None) -> Iterator[ReportTables]:
    """Yield the rows of each report in the tables of `out`, by file, with the decisions of its log, or of `ledger`.

    BaocaoError as `machine_tables`. To be read within `whole`.
    """
    present = reports_in(out)
    amendments = Amendments(ledger if ledger is not None else ledger_of(out), lang, present)
    for tables in machine_tables(out):
        amendments.apply(tables)
        yield tables


def added_row(
    report: Mapping[str, str],
    place: Mapping[str, str],
    said: Mapping[str, str],
) -> Row:
    """Return the cells that an item is added with: where it stands and what it says.

    `place` has kind, text, sentence, section, page, start and end; `said` is what `corrected` made of what was typed.
    """
    return said_of_addition(added_item(report, {**said, **place}))
