"""Documents of tests that draw a table: `|` between cells, `<` goes on from the left, `^` from above, `**` is bold."""

from __future__ import annotations

from pipeline.extract.drawing import Drawing
from pipeline.model import Block, BlockKind, Document


def drawn(grid: str, *above: str) -> Document:
    """Return the Document of the paragraphs `above` and the table below them, without headings."""
    drawing = Drawing()
    for line in above:
        drawing.add(Block(BlockKind.PARAGRAPH, 0, 0), line)
    if grid:
        drawing.add_table(grid)
    return drawing.document()
