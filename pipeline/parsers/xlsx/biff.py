"""What calamine leaves out of an XLS: formats of cells, and how far its sheets reach ([MS-XLS], [MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct, field

from pipeline.parsers.xlsx.appearance import Appearance, Place, Style
from pipeline.parsers.xlsx.compound import LAST, LEAST, numbers_in
from pipeline.parsers.xlsx.values import format_of

_STREAM = "Workbook".encode("utf-16-le")
_BIFF8 = 0x0600
_BOF, _EOF, _SHEET, _FORMAT, _FONT, _XF, _ROW, _COLUMN = 0x809, 0x0A, 0x85, 0x41E, 0x31, 0xE0, 0x208, 0x7D
_CELLS = frozenset({0x06, 0x203, 0x204, 0x205, 0x27E, 0xFD})  # formula, number, label, Boolean, RK, shared string
_MANY = 0xBD  # several RK numbers in a row

Record = tuple[int, int, bytes]


class _Looks(Struct):
    """Fonts, formats and cell styles in the order of their records; a font is bold or not, struck or not."""

    fonts: list[tuple[bool, bool]] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[Style] = field(default_factory=list)


def read_appearances(data: bytes) -> dict[str, Appearance]:
    """Return how the sheets of an XLS look, by name; none for the versions before Excel 97 and broken files."""
    try:
        return _appearances(_stream(data))
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _appearances(stream: bytes) -> dict[str, Appearance]:
    if not stream or struct.unpack_from("<HHH", stream)[2] != _BIFF8:
        return {}
    looks, sheets = _Looks(), {}
    for kind, _, body in _records(stream, 0):
        if kind == _SHEET:
            sheets[_text(body, 6, 1)] = struct.unpack_from("<I", body)[0]
        elif kind == _FORMAT:
            looks.codes[struct.unpack_from("<H", body)[0]] = _text(body, 2, 2)
        elif kind == _FONT:
            flags, _, weight = struct.unpack_from("<HHH", body, 2)
            looks.fonts.append((weight >= 600, bool(flags & 0x08)))
        elif kind == _XF:
            looks.styles.append(_style(body, looks))
    return {name: _sheet(stream, at, looks.styles) for name, at in sheets.items()}


def _style(body: bytes, looks: _Looks) -> Style:
    font, number = struct.unpack_from("<HH", body)
    edges = struct.unpack_from("<H", body, 10)[0]
    font -= font > 4  # there is no font 4
    bold, struck = looks.fonts[font] if font < len(looks.fonts) else (False, False)
    ruled = sum(bool(edges >> shift & 0xF) for shift in (0, 4, 8, 12)) > 1
    return Style(format_of(number, looks.codes.get(number)), bold, body[6] & 7 == 2, struck, ruled)


def _sheet(stream: bytes, at: int, styles: list[Style]) -> Appearance:
    """Return how the sheet looks whose records begin at `at`."""
    seen, default = Appearance(first=(1 << 30, 1 << 30)), Style()
    for kind, _, body in _records(stream, at):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            seen.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMN and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            seen.hidden_columns.update(range(first, min(last, 255) + 1))
        for place, number in _cells(kind, body):
            style = styles[number] if number < len(styles) else default
            seen.filled += 1
            seen.first = min(seen.first[0], place[0]), min(seen.first[1], place[1])
            seen.last = max(seen.last[0], place[0]), max(seen.last[1], place[1])
            if style.ruled:
                seen.ruled.add(place[0])
            if style != default:
                seen.styles[place] = style
    return seen


def _cells(kind: int, body: bytes) -> Iterator[tuple[Place, int]]:
    """Yield the places of the cells in a record, each with the number of its style."""
    if kind in _CELLS:
        row, column, style = struct.unpack_from("<HHH", body)
        yield (row, column), style
    elif kind == _MANY:
        row, column = struct.unpack_from("<HH", body)
        for at in range((len(body) - 6) // 6):
            yield (row, column + at), struct.unpack_from("<H", body, 4 + 6 * at)[0]


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield kind, place and body of the records from a BOF up to its EOF."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, at, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(body: bytes, at: int, width: int) -> str:
    """Return the string at `at`, whose length is told in `width` bytes."""
    length = int.from_bytes(body[at : at + width], "little")
    wide = body[at + width] & 1
    raw = body[at + width + 1 : at + width + 1 + (length << wide)]
    return raw.decode("utf-16-le" if wide else "latin-1")


def _stream(data: bytes) -> bytes:
    """Return the workbook's stream of an OLE file, or nothing where there is none."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift > shift:
        return b""
    size = 1 << shift
    sectors = _Sectors(data, size)
    directory = sectors.chain(struct.unpack_from("<I", data, 48)[0])
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    found = next((e for e in entries if e[: len(_STREAM) + 2] == _STREAM + b"\0\0"), None)
    if found is None:
        return b""
    start, length = struct.unpack_from("<II", found, 116)
    if length >= LEAST:
        return sectors.chain(start)[:length]
    root = sectors.chain(struct.unpack_from("<I", entries[0], 116)[0])
    small = _Sectors(root, 1 << small_shift, first=0, table=sectors.chain(struct.unpack_from("<I", data, 60)[0]))
    return small.chain(start)[:length]


class _Sectors:
    """The sectors of an OLE file, or the small ones inside its root, and which follows which."""

    def __init__(self, data: bytes, size: int, first: int = 1, table: bytes | None = None) -> None:
        self._data, self._size, self._first = data, size, first
        self._next = numbers_in(self._table() if table is None else table)

    def _table(self) -> bytes:
        """Return the table of sectors, whose own sectors stand in the header and then in a chain of lists."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        more, seen = struct.unpack_from("<I", self._data, 68)[0], 0
        while more < LAST and seen * self._size < len(self._data):
            *numbers, more = numbers_in(self._sector(more)) or (LAST,)
            listed += numbers
            seen += 1
        return b"".join(self._sector(number) for number in listed if number < LAST)

    def _sector(self, number: int) -> bytes:
        at = (number + self._first) * self._size
        return self._data[at : at + self._size]

    def chain(self, number: int) -> bytes:
        """Return the bytes of the sectors that follow each other from `number`; a ring ends where it began."""
        pieces: list[bytes] = []
        while number < len(self._next) and len(pieces) <= len(self._next):
            pieces.append(self._sector(number))
            number = self._next[number]
        return b"".join(pieces)
