"""One report's share of a run's tables, ready to be written: what a worker sends and what a cache keeps."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pipeline.tables.cells import path_cell, written
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, PROBLEMS, REPORTS, Table
from pipeline.tables.identity import item_ids, kind_of, problem_ids
from pipeline.tables.references import Cited, Digest, digest_of
from pipeline.tables.result import FoundProblem, Place, ReportResult
from pipeline.tables.rows import Row, indicator_rows, item_rows, problem_rows, report_row

TABLES_OF_REPORTS = (CONSOLIDATED, REPORTS, INDICATORS, PROBLEMS)
"""The tables whose rows belong to one report each."""

Cells = list[list[str]]
"""Rows of one table, each with a cell for every column, in order."""

_LEVEL = 1  # of zlib: a sixth of the size for half a millisecond
_FILE = {table.name: table.names.index("file") for table in TABLES_OF_REPORTS}
_OTHER_FILE, _OTHER_START = PROBLEMS.names.index("other_file"), PROBLEMS.names.index("other_start")

_PLACE = [PROBLEMS.names.index(name) for name in ("start", "end", "page")]
_PROBLEM_ID = PROBLEMS.names.index("problem_id")
_CODE, _MESSAGE = PROBLEMS.names.index("code"), PROBLEMS.names.index("message")


class Portion(Struct, frozen=True):
    """What one input file gives to the tables; all but `file` depends on its content alone.

    `items` and `problems` count kinds and codes. `content` is the SHA-256 of the file's `size` bytes, empty where
    they can't be read. `lasting` is what would be read the same another time. `rows` and `digest` are packed:
    `cells_of` and `digest_from` have them.
    """

    file: str
    report_id: str
    status: str
    error: str
    rule_pack: str
    pages: int | None
    items: dict[str, int]
    problems: dict[str, int]
    proven_tables: int
    content: str
    size: int
    lasting: bool
    rows: bytes
    digest: bytes

    def named(self, file: str) -> Portion:
        """Return the portion of a file of the same content that the tables name `file`."""
        return replace(self, file=file)


_ENCODER = msgspec.msgpack.Encoder()
_PORTION = msgspec.msgpack.Decoder(Portion)
_ROWS = msgspec.msgpack.Decoder(list[Cells])
_Mention = tuple[str, int, int, int | None, str, str, str, str, str, bool]
_DIGEST = msgspec.msgpack.Decoder(tuple[str, list[_Mention]])


def portion_of(result: ReportResult, content: str = "", size: int = 0, lasting: bool = False) -> Portion:
    """Return the portion of `result`; what can't be written in UTF-8 has been replaced in its cells."""
    nameless = replace(result, file="")
    ids = item_ids(result.report_id, result.items)
    made: dict[str, Iterable[Row]] = {
        CONSOLIDATED.name: item_rows(nameless, ids),
        REPORTS.name: [report_row(nameless)],
        INDICATORS.name: indicator_rows(nameless, ids),
        PROBLEMS.name: problem_rows(nameless),
    }
    rows = [cells(table, made[table.name]) for table in TABLES_OF_REPORTS]
    return Portion(
        result.file,
        result.report_id,
        result.status,
        written(result.error),
        result.rule_pack,
        result.pages,
        dict(Counter(kind_of(found.item) for found in result.items)),
        dict(Counter(problem.code for problem in result.problems)),
        result.proven_tables,
        content,
        size,
        lasting,
        zlib.compress(_ENCODER.encode(rows), _LEVEL),
        _packed_digest(digest_of(result)),
    )


def encode(portion: Portion) -> bytes:
    """Return `portion` as bytes."""
    return _ENCODER.encode(portion)


def decode(data: bytes) -> Portion | None:
    """Return the Portion that `encode` made `data` of, or None if it didn't."""
    try:
        return _PORTION.decode(data)
    except msgspec.MsgspecError:
        return None


def cells_of(portion: Portion) -> dict[str, Cells]:
    """Return the rows of `portion` by table, `file` filled in."""
    rows = _ROWS.decode(zlib.decompress(portion.rows))
    tables = dict(zip((table.name for table in TABLES_OF_REPORTS), rows, strict=True))
    file = path_cell(portion.file)
    for name, cells in tables.items():
        at = _FILE[name]
        for row in cells:
            row[at] = file
    for row in tables[PROBLEMS.name]:
        if row[_OTHER_START]:  # a second place that a report's own problem names is in the report
            row[_OTHER_FILE] = file
    return tables


def digest_from(portion: Portion) -> Digest:
    """Return the citations of the report of `portion`."""
    subject, mentions = _DIGEST.decode(portion.digest)
    file = portion.file
    cited = tuple(
        Cited(Place(file, text, start, end, page), number, document_type, issuer, date, locality, own)
        for text, start, end, page, number, document_type, issuer, date, locality, own in mentions
    )
    return Digest(file, portion.report_id, subject, cited)


def numbered(rows: Cells) -> None:
    """Fill in the ids of a report's problems, which stand in their order."""
    names = PROBLEMS.names
    ids = problem_ids([dict(zip(names, row, strict=True)) for row in rows])
    for row, problem_id in zip(rows, ids, strict=True):
        row[_PROBLEM_ID] = problem_id


def with_problems(rows: Cells, portion: Portion, told: Sequence[FoundProblem]) -> Cells:
    """Return the `rows` of a report's problems with those `told` of it beside other reports, in their order."""
    result = ReportResult(portion.file, portion.report_id, problems=tuple(told))
    return sorted([*rows, *cells(PROBLEMS, problem_rows(result))], key=_problem_order)


def cells(table: Table, rows: Iterable[Row]) -> Cells:
    """Return `rows` with a cell for every column of `table`."""
    names = table.names
    empty, in_order = dict.fromkeys(names, ""), itemgetter(*names)
    return [list(in_order({**empty, **row})) for row in rows]


def _packed_digest(digest: Digest) -> bytes:
    mentions = [
        (place.text, place.start, place.end, place.page, m.number, m.document_type, m.issuer, m.date, m.locality, m.own)
        for m in digest.cited
        for place in (m.place,)
    ]
    said = [tuple(written(part) if isinstance(part, str) else part for part in mention) for mention in mentions]
    return _ENCODER.encode((written(digest.subject), said))


def _problem_order(row: Sequence[str]) -> tuple[int, int, int, str, str]:
    """Return what problems of one report are sorted by, as `problem_rows` has it."""
    start, end, page = (int(row[at]) if row[at] else -1 for at in _PLACE)
    return start, end, page, row[_CODE], row[_MESSAGE]
