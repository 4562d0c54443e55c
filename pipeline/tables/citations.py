"""The citations of a run on the disk: what its reports cite, put together in memory that doesn't grow with them."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Self

import msgspec
from msgspec import Struct

from pipeline.tables.documents import documents
from pipeline.tables.references import Digest, Mentions, Reference, Wording, reference_row
from pipeline.tables.result import FoundProblem, Place
from pipeline.tables.rows import Row
from pipeline.text.citations import code_of

_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16384")
_WAITING = 4096  # mentions that are sorted before they are written: neighbours of one page of the store go together

# File names, and messages with them, are bytes here, as they needn't be UTF-8; the order of bytes is that of the names.
# Every order that is asked for is that of a key: nothing is sorted in a file outside the folder.
_SCHEMA = """
CREATE TABLE report (file BLOB PRIMARY KEY, report_id TEXT, subject TEXT) WITHOUT ROWID;
CREATE INDEX report_by_id ON report (report_id, file);
CREATE TABLE mention (
    key TEXT, file BLOB, at INTEGER, number TEXT, document_type TEXT, issuer TEXT, date TEXT, locality TEXT,
    own INTEGER, start INTEGER, text TEXT, "end" INTEGER, page INTEGER, PRIMARY KEY (key, file, at)
) WITHOUT ROWID;
CREATE TABLE document (
    files INTEGER, cited INTEGER, number TEXT, year TEXT, file BLOB, start INTEGER, nth INTEGER, cells BLOB,
    PRIMARY KEY (files, cited, number, year, file, start, nth)
) WITHOUT ROWID;
CREATE TABLE told (
    file BLOB, step INTEGER, nth INTEGER, code TEXT, severity TEXT, message BLOB, key TEXT, at INTEGER,
    other_key TEXT, other_file BLOB, other_at INTEGER, PRIMARY KEY (file, step, nth)
) WITHOUT ROWID;
"""
_TOLD = """
SELECT told.file, told.code, told.severity, told.message, here.text, here.start, here."end", here.page,
    told.other_file, there.text, there.start, there."end", there.page
FROM told
LEFT JOIN mention AS here ON here.key = told.key AND here.file = told.file AND here.at = told.at
LEFT JOIN mention AS there ON there.key = told.other_key AND there.file = told.other_file AND there.at = told.other_at
ORDER BY told.file, told.step, told.nth
"""
_EQUAL = """
SELECT report.file, first.file FROM report
JOIN (SELECT report_id, MIN(file) AS file FROM report GROUP BY report_id HAVING COUNT(*) > 1) AS first
ON report.report_id = first.report_id AND report.file > first.file
"""
_PACK, _UNPACK = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(dict[str, str]).decode


class At(Struct, frozen=True):
    """Where a mention is kept: its number among the mentions of its code."""

    of: Mentions
    mention: int

    @property
    def file(self) -> str:
        """Return the file that the mention is in."""
        return self.of.named(self.mention)

    @property
    def says(self) -> Wording:
        """Return what the mention says."""
        return self.of.says(self.mention)

    @property
    def key(self) -> tuple[str, int]:
        """Return what finds the mention among those of its file."""
        return self.of.key, self.of.at[self.mention]


class Citations:
    """The digests of a run in a scratch file of `folder`, in memory without one; it goes with its folder.

    All are added first; then `references` and `rows` have what they cite, and `problems` what was told of them.
    Words are as `digest_from` gives them: UTF-8 can hold them. OSError where the disk is full.
    """

    def __init__(self, folder: Path | None = None) -> None:
        with _as_os_error():
            self._store = sqlite3.connect(folder / "citations" if folder else ":memory:", isolation_level=None)
            for pragma in _PRAGMAS:
                self._store.execute(f"PRAGMA {pragma}").fetchall()
            self._store.executescript(_SCHEMA)
            self._store.execute("BEGIN")  # never ended: what is written may wait in memory until there is no room
        self._waiting: list[tuple[object, ...]] = []
        self._told = 0
        self._complete = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._store.close()

    def add(self, digest: Digest) -> None:
        """Take the citations of a report, each file once."""
        file = _name(digest.file)
        for at, cited in enumerate(digest.cited):
            place = cited.place
            self._waiting.append((
                code_of(cited.number).key, file, at, cited.number, cited.document_type, cited.issuer, cited.date,
                cited.locality, cited.own, place.start, place.text, place.end, place.page,
            ))  # fmt: skip
        with _as_os_error():
            self._store.execute("INSERT INTO report VALUES (?, ?, ?)", (file, digest.report_id, digest.subject))
            if len(self._waiting) >= _WAITING:
                self._write_waiting()

    def references(self) -> Iterator[list[Reference]]:
        """Yield the documents that the reports cite or are, those of one number together; their rows are kept.

        Documents come in the order of their codes. No more than those of one number are in memory.
        """
        with _as_os_error():
            self._write_waiting()
            self._store.execute("DELETE FROM document")
            nth = 0
            for _, codes in groupby(self._mentions(), key=lambda mentions: mentions.key.partition("/")[0]):
                found = [reference for mentions in codes for reference in documents(mentions)]
                self._store.executemany(
                    "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _document_rows(found, nth)
                )
                nth += len(found)
                yield found
            self._complete = True

    def rows(self) -> Iterator[Row]:
        """Yield a row of `references.csv` for each document that is cited, the most cited first."""
        if not self._complete:
            for _ in self.references():
                pass
        order = "files, cited, number, year, file, start, nth"
        with _as_os_error():
            for (cells,) in self._store.execute(f"SELECT cells FROM document ORDER BY {order}"):
                yield _UNPACK(cells)

    def report(self, file: str) -> tuple[str, str]:
        """Return id and subject of the report in `file`."""
        with _as_os_error():
            found = self._store.execute("SELECT report_id, subject FROM report WHERE file = ?", (_name(file),))
            report_id, subject = found.fetchone()
        return report_id, subject

    def equal(self) -> Iterator[tuple[str, str]]:
        """Yield each file whose bytes another one has, with the first of those by name, which is not yielded."""
        with _as_os_error():
            for file, first in self._store.execute(_EQUAL):
                yield _unnamed(file), _unnamed(first)

    def tell(
        self, step: int, file: str, problem: FoundProblem, here: At | None = None, there: At | None = None
    ) -> None:
        """Keep a problem of `file` with the places it is about; a file has its problems by `step`, then as told."""
        self._told += 1
        other = there.file if there else problem.other.file if problem.other else None
        told = (_name(file), step, self._told, problem.code, problem.severity, _name(problem.message))
        key, at = here.key if here else (None, None)
        other_key, other_at = there.key if there else (None, None)
        row = (*told, key, at, other_key, None if other is None else _name(other), other_at)
        with _as_os_error():
            self._store.execute("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def problems(self) -> Iterator[tuple[str, list[FoundProblem]]]:
        """Yield the problems that were told of each file, by file."""
        with _as_os_error():
            for file, of_file in groupby(self._store.execute(_TOLD), key=lambda row: row[0]):
                yield _unnamed(file), [_problem(row) for row in of_file]

    def _write_waiting(self) -> None:
        self._waiting.sort(key=lambda row: row[:3])
        self._store.executemany(f"INSERT INTO mention VALUES ({', '.join('?' * 13)})", self._waiting)
        self._waiting.clear()

    def _mentions(self) -> Iterator[Mentions]:
        """Yield the mentions of each code, by code."""
        columns = "key, file, at, start, number, document_type, issuer, date, locality, own"
        rows = self._store.execute(f"SELECT {columns} FROM mention ORDER BY key, file, at")
        for key, of_code in groupby(rows, key=lambda row: row[0]):
            yield _gathered(key, of_code)


def _gathered(key: str, rows: Iterable[tuple[Any, ...]]) -> Mentions:
    mentions = Mentions(key)
    numbers: dict[tuple[Any, ...], int] = {}
    last = None
    for _, file, at, start, *words in rows:
        if file != last:
            last = file
            mentions.files.append(_unnamed(file))
        said = tuple(words)
        number = numbers.setdefault(said, len(numbers))
        if number == len(mentions.wordings):
            mentions.wordings.append(Wording._make((*words[:-1], bool(words[-1]))))
        mentions.file.append(len(mentions.files) - 1)
        mentions.at.append(at)
        mentions.start.append(start)
        mentions.wording.append(number)
    return mentions


def _document_rows(references: Iterable[Reference], nth: int) -> Iterator[tuple[object, ...]]:
    for at, reference in enumerate(references, nth):
        found = reference_row(reference)
        if found:
            (files, cited, number, year, file, start), row = found
            yield files, cited, number, year, _name(file), start, at, _PACK(row)


def _problem(row: tuple[Any, ...]) -> FoundProblem:
    _, code, severity, message, text, start, end, page, other, other_text, *other_span = row
    there = None if other is None else Place(_unnamed(other), other_text or "", *other_span)
    return FoundProblem(code, severity, _unnamed(message), text or "", start, end, page, other=there)


def _name(file: str) -> bytes:
    """Return what `file`, or words that name one, is in the store."""
    return file.encode("utf-8", "surrogatepass")


def _unnamed(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Turn what SQLite says of the disk into an OSError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
