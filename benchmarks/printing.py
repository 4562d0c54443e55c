"""A flow printed as PDF: A4 pages of justified lines and ruled tables, with the letters of one font in it.

It is made by hand, since a report has to come in some milliseconds: what takes time in making a PDF, cutting a font
down to some letters, is done once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.flow import Box, Element, Grid, Line, Sides, beside
from benchmarks.fonts import Word, faces, font_objects, stream

_WIDTH, _HEIGHT = 595.28, 841.89
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 538.0, 57.0, 57.0
_INDENT, _SIZE, _PITCH = 36.0, 13.0, 18.0
_CELL, _CELL_PITCH = 11.0, 13.5


def flow_to_pdf(flow: Sequence[Element]) -> bytes:
    """Return the flow as PDF, the same bytes every time."""
    sheets = _Sheets()
    for element in flow:
        if isinstance(element, Line):
            sheets.paragraph(element)
        elif isinstance(element, Sides):
            sheets.sides(element)
        else:
            sheets.table(element)
    return _file(sheets.pages)


def _file(pages: Sequence[Sequence[str]]) -> bytes:
    fonts = font_objects()
    first = 3 + len(fonts)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        *fonts,
    ]
    for n, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Resources<</Font<</F1 3 0 R/F2 8 0 R>>>>"
            f"/Contents {first + 2 * n + 1} 0 R>>".encode()
        )
        objects.append(stream("\n".join(page).encode()))
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


@dataclass(frozen=True, slots=True)
class _Set:
    """A line of words, set: their glyphs and their width without the blanks between them, at size 1."""

    words: tuple[Word, ...]
    width: float


class _Sheets:
    """Pages as they fill; `y` is where the next line's top is, in points from the top of the page."""

    def __init__(self) -> None:
        self.faces = faces()
        self.pages: list[list[str]] = []
        self.y = 0.0
        self._turn()

    def paragraph(self, line: Line) -> None:
        """Print a paragraph, line by line, a page after the other."""
        middle = line.place == "middle"
        width = _RIGHT - _LEFT
        first = 0.0 if middle else _INDENT
        rows = list(self._broken(line.text, line.bold, _SIZE, width, first))
        self.y += 3
        for n, row in enumerate(rows):
            self._room(_PITCH)
            indent = first if n == 0 else 0.0
            if middle:
                self._centred(row, line.bold, _SIZE, (_LEFT + _RIGHT) / 2)
            else:
                last = n == len(rows) - 1
                self._put(row, line.bold, _SIZE, _LEFT + indent, 0.0 if last else width - indent)
            self.y += _PITCH

    def sides(self, sides: Sides) -> None:
        """Print lines side by side, each in the middle of its half."""
        pairs = beside(sides)
        self.y += 6
        self._room(min(len(pairs), 12) * (_PITCH - 2))
        for pair in pairs:
            self._room(_PITCH - 2)
            for (text, bold), centre in zip(pair, (_LEFT + 95, _RIGHT - 135), strict=True):
                size = _SIZE if len(text) < 30 else 11.0
                for row in self._broken(text, bold, size, 400.0, 0.0):
                    self._centred(row, bold, size, centre)
            self.y += _PITCH - 2
        self.y += 8

    def table(self, grid: Grid) -> None:
        """Print a table with its rules; it goes on overleaf where no cell is cut."""
        edges = _edges(grid)
        cells = [(box, self._cell(box, edges)) for box in grid.boxes]
        heights = [0.0] * grid.rows
        for box, rows in sorted(cells, key=lambda cell: cell[0].rows):
            lacking = len(rows) * _CELL_PITCH + 5 - sum(heights[box.row : box.row + box.rows])
            heights[box.row + box.rows - 1] += max(0.0, lacking)
        self.y += 6
        for start, end in _strips(grid):
            self._room(sum(heights[start:end]))
            tops = {r: self.y + sum(heights[start:r]) for r in range(start, end + 1)}
            for box, rows in cells:
                if start <= box.row < end:
                    self._draw(box, rows, edges, tops)
            self.y = tops[end]
        self.y += 6

    def _cell(self, box: Box, edges: Sequence[float]) -> list[_Set]:
        width = edges[box.column + box.columns] - edges[box.column] - 8
        return list(self._broken(box.text, box.row == 0, _CELL, width, 0.0))

    def _draw(self, box: Box, rows: Sequence[_Set], edges: Sequence[float], tops: dict[int, float]) -> None:
        left, right = edges[box.column], edges[box.column + box.columns]
        top, bottom = tops[box.row], tops[box.row + box.rows]
        self.pages[-1].append(f"{left:.1f} {_HEIGHT - bottom:.1f} {right - left:.1f} {bottom - top:.1f} re S")
        kept, self.y = self.y, top + 1
        for row in rows:
            self._put(row, box.row == 0, _CELL, left + 4, 0.0)
            self.y += _CELL_PITCH
        self.y = kept

    def _turn(self) -> None:
        self.pages.append(["0.5 w"])
        self.y = _TOP
        if len(self.pages) > 1:
            self.y = _TOP - 20
            self._centred(_Set((self.faces[0].word(str(len(self.pages))),), 0.5), False, _SIZE, _WIDTH / 2)
            self.y = _TOP

    def _room(self, height: float) -> None:
        """Turn the page where there is no room for `height` points."""
        if self.y + height > _HEIGHT - _BOTTOM and self.y > _TOP:
            self._turn()

    def _broken(self, text: str, bold: bool, size: float, width: float, first: float) -> Iterator[_Set]:
        """Yield `text` broken into lines of `width` points, the first one `first` points shorter."""
        face = self.faces[bold]
        blank, room = face.widths[" "], (width - first) / size
        row: list[Word] = []
        taken = 0.0
        for word in map(face.word, text.split()):
            if row and taken + len(row) * blank + word[1] > room:
                yield _Set(tuple(row), taken)
                row, taken, room = [], 0.0, width / size
            row.append(word)
            taken += word[1]
        if row:
            yield _Set(tuple(row), taken)

    def _centred(self, row: _Set, bold: bool, size: float, centre: float) -> None:
        width = size * (row.width + (len(row.words) - 1) * self.faces[bold].widths[" "])
        self._put(row, bold, size, centre - width / 2, 0.0)

    def _put(self, row: _Set, bold: bool, size: float, x: float, width: float) -> None:
        """Print one line at `x`, stretched to `width` points where that is not 0."""
        face = self.faces[bold]
        blank, gaps = face.glyphs[" "], len(row.words) - 1
        extra = (width / size - row.width) / gaps - face.widths[" "] if width and gaps else 0.0
        between = f"{blank:04X}>{-1000 * extra:.0f}<" if extra else f"{blank:04X}"
        glyphs = between.join(word for word, _ in row.words)
        y = _HEIGHT - self.y - size
        self.pages[-1].append(f"BT /F{2 if bold else 1} {size:g} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm [<{glyphs}>]TJ ET")


def _edges(grid: Grid) -> list[float]:
    """Return the edges of the columns, which are as wide as their words want, within reason."""
    wanted = [6.0] * grid.columns
    for box in grid.boxes:
        if box.columns == 1:
            wanted[box.column] = max(wanted[box.column], min(6.0 + len(box.text), 36.0))
    scale, edges = (_RIGHT - _LEFT) / sum(wanted), [_LEFT]
    for each in wanted:
        edges.append(edges[-1] + each * scale)
    return edges


def _strips(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the first row, and the one after the last, of what must stay on one page."""
    bound = {r for box in grid.boxes for r in range(box.row + 1, box.row + box.rows)}
    start = 0
    for end in range(1, grid.rows + 1):
        if end not in bound:
            yield start, end
            start = end


def texts(flow: Sequence[Element]) -> list[str]:
    """Return all words of a flow, element by element."""
    found: list[str] = []
    for element in flow:
        if isinstance(element, Line):
            found.append(element.text)
        elif isinstance(element, Sides):
            found += [text for text, _ in (*element.left, *element.right)]
        else:
            found += [box.text for box in element.boxes]
    return found


def with_texts(flow: Sequence[Element], given: Sequence[str]) -> list[Element]:
    """Return a flow with other words, given as `texts` has them."""
    words, made = iter(given), list[Element]()
    for element in flow:
        if isinstance(element, Line):
            made.append(replace(element, text=next(words)))
        elif isinstance(element, Sides):
            left, right = (tuple((next(words), bold) for _, bold in side) for side in (element.left, element.right))
            made.append(Sides(left, right))
        else:
            made.append(replace(element, boxes=tuple(replace(box, text=next(words)) for box in element.boxes)))
    return made
