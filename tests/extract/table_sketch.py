"""A table drawn in text as a Document: `|` between cells, `<` goes on from the left, `^` from above, `**` is bold."""

from __future__ import annotations

from pipeline.model import Block, BlockKind, Document


def drawn(grid: str, *above: str) -> Document:
    """Return the Document of the paragraphs `above` and the table below them."""
    parts: list[str] = []
    blocks: list[Block] = []
    for line in above:
        _add(parts, blocks, line, "\n")
    rows = [
        [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        for line in grid.strip().splitlines()
    ]
    for r, row in enumerate(rows):
        separator = "\n"
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            width = next((n for n, t in enumerate(row[c + 1 :], 1) if t != "<"), len(row) - c)
            height = next((n for n, below in enumerate(rows[r + 1 :], 1) if below[c] != "^"), len(rows) - r)
            place = {"table": 1, "row": r + 1, "column": c + 1, "row_span": height, "column_span": width}
            _add(parts, blocks, text, separator, **place)
            separator = "\t"
    return Document("".join(parts), "docx", tuple(blocks))


def _add(parts: list[str], blocks: list[Block], text: str, separator: str, **place: int) -> None:
    if blocks:
        parts.append(separator)
    start = blocks[-1].end + len(separator) if blocks else 0
    words = text.removeprefix("**").removesuffix("**")
    parts.append(words)
    kind = BlockKind.CELL if place else BlockKind.PARAGRAPH
    blocks.append(Block(kind, start, start + len(words), bold=words != text, **place))
