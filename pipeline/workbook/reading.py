"""Reading a workbook back: rows by the names of their columns, wherever those stand by now."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree
from msgspec import Struct
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pipeline.parsers.archives import ZIP_ERRORS, check_archive
from pipeline.parsers.xlsx.appearance import Place, place_of, sheet_parts
from pipeline.parsers.xlsx.opendocument import read_content
from pipeline.problems import BaocaoError, ParseError
from pipeline.workbook.cells import Found, text_of, typed_of
from pipeline.workbook.columns import DECIDED
from pipeline.workbook.labels import SHEETS, column_of, said
from pipeline.workbook.stamp import NAME, Stamp, stamp_from

_HEAD_ROWS = 20  # among which the headings are looked for
_MOST_CELLS = 50_000_000  # of a sheet, empty ones too: a million rows of 50 columns
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,9})(\d{1,40})["']""")
_ZIP = b"PK\x03\x04"
_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # an OLE file: an old workbook, or a new one with a password


class ReadRow(Struct, frozen=True):
    """One row of a sheet: its number as spreadsheets count, and texts by column as the tables write them."""

    sheet: str
    number: int
    cells: dict[str, str]


class ReadWorkbook(Struct, frozen=True):
    """What a workbook tells: the stamp of its export, and the rows of the sheets that decisions are typed into."""

    stamp: Stamp
    rows: tuple[ReadRow, ...]


def read_workbook(path: Path) -> ReadWorkbook:
    """Return what stands in the workbook at `path`.

    BaocaoError `workbook.unreadable` where it is none or has a password, `workbook.foreign` where no export made it.
    """
    stamp: Stamp | None = None
    rows: dict[str, list[ReadRow]] = {}
    for title, table in _tables(path):
        if title == NAME:
            stamp = stamp_from([[text_of(cell) for cell in row] for row in table])
            continue
        name, found = _rows_of(table)
        if name:
            rows.setdefault(name, found)
    if stamp is None:
        raise BaocaoError("workbook.foreign", file=str(path), missing=f"sheet «{NAME}»")
    if not rows:
        missing = ", ".join(said(SHEETS[name], stamp.lang) for name in DECIDED)
        raise BaocaoError("workbook.foreign", file=str(path), missing=missing)
    return ReadWorkbook(stamp, tuple(row for name in DECIDED for row in rows.get(name, ())))


def _tables(path: Path) -> Iterator[tuple[str, list[list[Found]]]]:
    """Yield the name of every sheet and its cells, the empty ones before the first among them."""
    start = b""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == _ZIP:
            _check_size(path)
        with CalamineWorkbook.from_path(str(path)) as book:
            for name in book.sheet_names:
                yield name, [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    except PasswordError as error:
        raise _unreadable(path, "mật khẩu (password)") from error
    except FileNotFoundError as error:
        raise BaocaoError("run.no_file", file=str(path)) from error
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    except ParseError as error:
        raise _unreadable(path, str(error)) from error
    except (CalamineError, etree.LxmlError, *ZIP_ERRORS, ValueError, KeyError) as error:
        told = "mật khẩu hoặc định dạng cũ (password or old format)" if start == _ENCRYPTED else _first_line(error)
        raise _unreadable(path, told) from error


def _check_size(path: Path) -> None:
    """Raise ValueError for a workbook of which a sheet reaches further than any export: calamine would unfold it."""
    with zipfile.ZipFile(path) as archive:
        check_archive(archive, path.read_bytes(), "XLSX")
        if "content.xml" in archive.namelist():
            reaches = [look.last for look in read_content(archive).values()]
        else:
            reaches = [_reach(archive.read(part)) for part in sheet_parts(archive).values()]
    if any((row + 1) * (column + 1) > _MOST_CELLS for row, column in reaches):
        raise ValueError(f"more than {_MOST_CELLS} cells")


def _reach(sheet: bytes) -> Place:
    """Return the last row and the last column that cells of a sheet are said to be in, from 0."""
    rows, columns = {1}, {b"A"}
    for letters, row in _REFERENCE.findall(sheet):
        rows.add(int(row))
        columns.add(letters or b"A")
    last = max(columns, key=lambda letters: (len(letters), letters))
    place = place_of(f"{last.decode('ascii')}1")
    return max(rows) - 1, place[1] if place else 0


def _unreadable(path: Path, reason: str) -> BaocaoError:
    return BaocaoError("workbook.unreadable", file=str(path), reason=reason)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _rows_of(table: Sequence[Sequence[Found]]) -> tuple[str, list[ReadRow]]:
    """Return which of our sheets a table is, "" for none, and its rows under the headings."""
    for at, row in enumerate(table[:_HEAD_ROWS]):
        columns = [column_of(cell) if isinstance(cell, str) else None for cell in row]
        name = _sheet_of(columns)
        if name:
            below = enumerate(table[at + 1 :], at + 2)
            return name, [
                ReadRow(name, number, _cells(columns, cells)) for number, cells in below if any(map(_full, cells))
            ]
    return "", []


_TYPED = frozenset({"correction"})  # columns that are read as people write numbers


def _sheet_of(columns: Sequence[str | None]) -> str:
    """Return the sheet that has such columns; the ids in them tell."""
    if "item_id" in columns:
        return "items"
    if "problem_id" in columns:
        return "problems"
    return "reports" if "report_id" in columns else ""


def _cells(columns: Sequence[str | None], cells: Sequence[Found]) -> dict[str, str]:
    """Return the cells of a row by column; of two columns of one name the first counts."""
    told: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None and column not in told:
            told[column] = typed_of(cell) if column in _TYPED else text_of(cell)
    return told


def _full(cell: Found) -> bool:
    return cell is not None and cell != ""
