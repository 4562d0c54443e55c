"""What calamine leaves out of an XLSX: how its cells look, and how far a sheet reaches before it is unfolded."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from lxml import etree
from msgspec import Struct, field

from pipeline.parsers.xlsx.values import format_of
from pipeline.parsers.xml import Element, parse_xml, whole

Place = tuple[int, int]

_REFERENCE = re.compile(r"([A-Z]{1,9})(\d{1,40})")  # also beyond what a sheet can have: calamine goes there
_EDGES = ("left", "right", "top", "bottom")
_LAST_COLUMN = 16_384


class Style(Struct, frozen=True):
    """How a cell looks: the code of its number format, its type and place, and whether lines are drawn round it."""

    form: str = ""
    bold: bool = False
    centred: bool = False
    struck: bool = False
    ruled: bool = False


class Appearance(Struct):
    """How one sheet looks. Rows and columns count from 0.

    `styles` are those of cells with a value that differ from the default; `ruled` are the rows with a drawn cell;
    `spans` are rows and columns of merged cells, where calamine does not tell them.
    `first` and `last` are the corners of what is filled.
    """

    styles: dict[Place, Style] = field(default_factory=dict)
    spans: dict[Place, Place] = field(default_factory=dict)
    ruled: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    first: Place = (0, 0)
    last: Place = (-1, -1)
    filled: int = 0

    @property
    def size(self) -> Place:
        """The rows and columns between the corners."""
        return (self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1) if self.filled else (0, 0)


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name; a part that the archive lacks is left out."""
    names = set(archive.namelist())
    book = next((name for name in sorted(names) if re.fullmatch(r"xl/workbook\d*\.xml", name)), "")
    relations = posixpath.join(posixpath.dirname(book), "_rels", f"{posixpath.basename(book)}.rels")
    if not book or relations not in names:
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in _root(archive, relations)}
    parts: dict[str, str] = {}
    for sheet in _root(archive, book).iterfind("{*}sheets/{*}sheet"):
        link = next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))[1:]
        if part in names:
            parts[sheet.get("name", "")] = part
    return parts


def read_styles(archive: ZipFile) -> list[Style]:
    """Return the cell styles of a workbook in their order; none where its styles are missing."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _root(archive, "xl/styles.xml")
    codes = {whole(f.get("numFmtId"), -1): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
    fonts = list(root.iterfind("{*}fonts/{*}font"))
    borders = [_is_drawn(border) for border in root.iterfind("{*}borders/{*}border")]
    styles: list[Style] = []
    for look in root.iterfind("{*}cellXfs/{*}xf"):
        number, font = whole(look.get("numFmtId"), 0), whole(look.get("fontId"), -1)
        border, alignment = whole(look.get("borderId"), -1), look.find("{*}alignment")
        styles.append(
            Style(
                format_of(number, codes.get(number)),
                bold=0 <= font < len(fonts) and _is_on(fonts[font], "b"),
                centred=alignment is not None and alignment.get("horizontal", "").startswith("center"),
                struck=0 <= font < len(fonts) and _is_on(fonts[font], "strike"),
                ruled=0 <= border < len(borders) and borders[border],
            )
        )
    return styles


def _is_on(font: Element, name: str) -> bool:
    found = font.find(f"{{*}}{name}")
    return found is not None and found.get("val", "1") not in ("0", "false")


def _is_drawn(border: Element) -> bool:
    """Tell whether lines are drawn on at least two sides: a single one underlines words."""
    sides = (border.find(f"{{*}}{edge}") for edge in _EDGES)
    return sum(side is not None and side.get("style", "none") != "none" for side in sides) > 1


def read_appearance(archive: ZipFile, part: str, styles: list[Style]) -> Appearance:
    """Return how a sheet looks; raise XMLSyntaxError where its XML is broken."""
    seen = Appearance(first=(1 << 30, 1 << 30))
    default = Style()
    with archive.open(part) as stream:
        for place, element in cells(stream, seen):
            number = whole(element.get("s"), 0)
            style = styles[number] if 0 <= number < len(styles) else default
            if style.ruled:
                seen.ruled.add(place[0])
            if any(child.tag.endswith(("}v", "}is")) for child in element):
                seen.filled += 1
                seen.first = (min(seen.first[0], place[0]), min(seen.first[1], place[1]))
                seen.last = (max(seen.last[0], place[0]), max(seen.last[1], place[1]))
                if style != default:
                    seen.styles[place] = style
    return seen


def cells(stream: IO[bytes], seen: Appearance) -> Iterator[tuple[Place, Element]]:
    """Yield the cells of a sheet's XML with their places; hidden rows and columns are noted in `seen`.

    An element is emptied once the next one is asked for.
    """
    row, column = -1, -1
    tags = ("{*}row", "{*}c", "{*}col")
    for event, element in etree.iterparse(stream, events=("start", "end"), tag=tags, resolve_entities=False):
        kind = element.tag.rpartition("}")[2]
        if event == "start":
            if kind == "row":
                row, column = whole(element.get("r"), row + 2) - 1, -1
                if element.get("hidden") in ("1", "true"):
                    seen.hidden_rows.add(row)
            continue
        if kind == "col" and element.get("hidden") in ("1", "true"):
            last = min(whole(element.get("max"), 0), _LAST_COLUMN)
            seen.hidden_columns.update(range(whole(element.get("min"), 1) - 1, last))
        elif kind == "c":
            row, column = place_of(element.get("r", "")) or (row, column + 1)
            yield (row, column), element
        if kind != "col":
            element.clear()


def place_of(reference: str) -> Place | None:
    """Return row and column, from 0, of a reference such as `B12`, or None."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def without_far_cells(data: bytes, part: str, first: Place, last: Place) -> bytes:
    """Return the workbook with one sheet cut to the cells from `first` to `last`, rows and columns from 0."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with old.open(part) as stream, new.open(part, "w") as target:
            target.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            at = -1
            for place, element in cells(stream, Appearance()):
                if not (first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]):
                    continue
                if place[0] != at:
                    target.write((b"</row>" if at >= 0 else b"") + f'<row r="{place[0] + 1}">'.encode())
                    at = place[0]
                target.write(etree.tostring(element, with_tail=False))
            target.write((b"</row>" if at >= 0 else b"") + b"</sheetData></worksheet>")
    return out.getvalue()


def _root(archive: ZipFile, part: str) -> Element:
    return parse_xml(archive.read(part))
