"""Cells that are parts of another cell: as sums of the table prove it, or as «Trong đó» over a row or column says."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.extract.grids.ledger import Entry, Ledger
from pipeline.extract.grids.sums import Proof

Span = tuple[int, int]

_NO_UNIT = "/"
"""What an entry's unit is where neither a unit nor a denominator is known: the total's head may name it alone."""


def cell_parts(ledger: Ledger, proof: Proof) -> dict[Span, Span]:
    """Return the span of the total for the span of each cell that is a part, the nearest total of each.

    What the words «Trong đó» say wins over sums, and of several sums the one of the fewest rows.
    """
    ties: dict[Span, Span] = {}
    for column, parts in ledger.parts.items():
        for part in parts:
            for row, entry in ledger.entries.get(part, {}).items():
                _tie(ties, entry, ledger.entries.get(column, {}).get(row))
    for entries in ledger.entries.values():
        _tie_rows(ledger, entries, ties)
    for found in sorted(proof.sums, key=lambda total: len(total.parts)):
        entries = ledger.entries[found.column]
        for row in found.parts:
            if row in entries:
                _tie(ties, entries[row], entries[found.row])
    return ties


def _tie_rows(ledger: Ledger, entries: Mapping[int, Entry], ties: dict[Span, Span]) -> None:
    """Tie rows that begin with «Trong đó» to the row above that does not."""
    above: Entry | None = None
    for line in ledger.lines:
        entry = entries.get(line.row)
        if line.is_part and entry is not None:
            _tie(ties, entry, above)
        elif not line.is_part:
            above = entry


def _tie(ties: dict[Span, Span], part: Entry, whole: Entry | None) -> None:
    """Tie a cell to its total, if it is none already and nothing says that they count different things."""
    if whole is None or whole.block is part.block or part.value > whole.value:
        return
    if part.unit in (whole.unit, _NO_UNIT):
        ties.setdefault((part.block.start, part.block.end), (whole.block.start, whole.block.end))
