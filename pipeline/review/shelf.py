"""Where the rows of a review are kept while it lasts: a database of SQLite of its own.

What doesn't fit in memory is in a temporary file that has no name and is gone with the process, however it ends.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.decisions import ReportTables
from pipeline.review.rows import Row
from pipeline.text.fold import fold

Numbers = NDArray[np.int64]
Holds = Callable[[str], bool]

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE reports (number INTEGER PRIMARY KEY, report_id TEXT NOT NULL, tables BLOB NOT NULL);
CREATE TABLE rows (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, key TEXT NOT NULL, rule TEXT NOT NULL, number REAL, value TEXT NOT NULL,
  told BLOB NOT NULL
);
CREATE TABLE plain (n INTEGER PRIMARY KEY, words TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX reports_id ON reports (report_id);
CREATE INDEX rows_id ON rows (id);
CREATE INDEX rows_key ON rows (key);
"""
_ORDERS = {
    "value": "number IS NULL, number, value = '', value, n",
    "rule": "rule = '', rule, n",
}
_LEVEL = 1  # of zlib
_AT_ONCE = 500  # numbers in one question
_ROW = msgspec.msgpack.Decoder(Row)
_ENCODER = msgspec.msgpack.Encoder()
_MARKS = re.compile("[\u0300-\u036f]+")
_I_FOR_Y = re.compile(r"\b(qu|[hklmst])i\b")  # as `fold` has it for syllables with marks
_QUOTES = ('"', "“", "”", "«", "»")


class Shelf:
    """Rows by their number, reports by theirs; used by one thread at a time."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.executescript(_SCHEMA)
        self._base.execute("BEGIN")

    def close(self) -> None:
        """Let go of all."""
        self._base.close()

    def complete(self) -> None:
        """Take what was put in so far for all; from here on it can be looked up."""
        self._base.execute("COMMIT")
        self._base.executescript(_INDEXES)

    def put_report(self, number: int, tables: ReportTables) -> None:
        """Keep the tables of a report."""
        told = [tables.report, tables.items, tables.indicators, tables.problems]
        packed = zlib.compress(_ENCODER.encode(told), _LEVEL)
        self._base.execute("INSERT INTO reports VALUES (?, ?, ?)", (number, tables.report["report_id"], packed))

    def report(self, number: int) -> ReportTables | None:
        """Return the tables of a report, None where there is none of this number."""
        found = self._base.execute("SELECT tables FROM reports WHERE number = ?", (number,)).fetchone()
        return None if found is None else ReportTables(*msgspec.msgpack.decode(zlib.decompress(found[0])))

    def reports_with(self, report_id: str) -> list[int]:
        """Return the numbers of the reports of one content."""
        found = self._base.execute("SELECT number FROM reports WHERE report_id = ? ORDER BY number", (report_id,))
        return [number for (number,) in found]

    def put(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Keep rows, in place of those that have their numbers."""
        told, plain = [], []
        for n, row in rows:
            told.append((n, row.id, row.key, row.rule, row.number, row.value, _ENCODER.encode(row)))
            plain.append((n, unaccented(row.words)))
        self._base.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)", told)
        self._base.executemany("INSERT OR REPLACE INTO plain VALUES (?, ?)", plain)

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """Return the rows of `numbers`, in their order."""
        found: dict[int, Row] = {}
        for at in range(0, len(numbers), _AT_ONCE):
            asked = ", ".join(str(int(n)) for n in numbers[at : at + _AT_ONCE])
            for n, told in self._base.execute(f"SELECT n, told FROM rows WHERE n IN ({asked})"):
                found[n] = _ROW.decode(told)
        return [found[int(n)] for n in numbers]

    def with_id(self, subject: str) -> list[int]:
        """Return the numbers of the rows that an id stands for: one in each file of the content."""
        return [n for (n,) in self._base.execute("SELECT n FROM rows WHERE id = ? ORDER BY n", (subject,))]

    def with_key(self, key: str) -> int | None:
        """Return the number of the row with a key."""
        found = self._base.execute("SELECT n FROM rows WHERE key = ?", (key,)).fetchone()
        return None if found is None else int(found[0])

    def holding(self, q: str) -> Numbers:
        """Return the numbers of the rows that hold the words `q`.

        Words without marks find those with them («hoi nghi»: «hội nghị»); with marks they find themselves, in either
        spelling; in quotes they are taken to the letter.
        """
        exact = len(q) > 2 and q[0] in _QUOTES and q[-1] in _QUOTES
        wanted = q[1:-1] if exact else q
        plain, folded = unaccented(wanted), fold(wanted)
        asked = self._base.execute("SELECT n FROM plain WHERE instr(words, ?) > 0", (plain,))
        found = np.fromiter((n for (n,) in asked), np.int64)
        if exact:
            return self._where(found, lambda words: wanted in words)
        return found if plain == folded else self._where(found, lambda words: folded in fold(words))

    def ordered(self, by: str) -> Numbers:
        """Return the numbers of all rows in the order of their `value` or `rule`."""
        return np.fromiter((n for (n,) in self._base.execute(f"SELECT n FROM rows ORDER BY {_ORDERS[by]}")), np.int64)

    def _where(self, numbers: Numbers, holds: Holds) -> Numbers:
        rows = self.rows(numbers.tolist())
        return np.array([n for n, row in zip(numbers, rows, strict=True) if holds(row.words)], np.int64)


def unaccented(text: str) -> str:
    """Return `text` folded and without any marks: «Hội nghị» is `hoi nghi`."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", fold(unicodedata.normalize("NFC", text)))).replace("đ", "d")
    return _I_FOR_Y.sub(r"\1y", bare)
