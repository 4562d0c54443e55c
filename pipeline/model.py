"""The nouns that every stage shares: a document and its places, and what is found in it.

All offsets are character offsets into `Document.text`; a span is `[start, end)`. Pages and table
rows and columns count from 1. Lengths on a page are PDF points (1/72 inch) from the page's top left.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import force_setattr


class BlockKind(StrEnum):
    """What a block of text is in the layout of its report."""

    LETTERHEAD = "letterhead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CELL = "cell"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"
    SIGNATURE = "signature"


class Block(Struct, frozen=True):
    """One paragraph, list item, heading or table-cell paragraph: a span of the text and what it is.

    `content` is the offset where the words start after a list label, bullet or footnote mark; it equals
    `start` where there is none. `level` is the depth of a heading or list item from 1, or 0.
    `table`, `row`, `column` place a cell: the table's ordinal in the document, and its grid position,
    all from 1 (0 outside tables); a merged cell names its first row and column and its spans. A cell of
    several paragraphs is several blocks of one place. `anchor` is, for a footnote, the offset in the
    body that its mark stood at. `bold` and `centred` tell how the whole block is set, where known.
    """

    kind: BlockKind
    start: int
    end: int
    content: int = -1
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    anchor: int | None = None
    bold: bool = False
    centred: bool = False

    def __post_init__(self) -> None:
        if self.content < 0:
            force_setattr(self, "content", self.start)


class Page(Struct, frozen=True):
    """One page: its number from 1, its size in points, and whether its words come from `text` or from `ocr`."""

    number: int
    width: float
    height: float
    text_source: str = "text"


class Line(Struct, frozen=True):
    """One printed line: its span of the text, its page, and where it is printed.

    `edges` holds a left and a right edge for each character (`2 * (end - start)` numbers); a character
    that is not printed, such as a space put in by us, has an empty extent. It is empty where only the
    page is known. `confidence` holds, for each character of a line read by OCR, how sure its reading
    is, from 0 to 1; it is empty for a line that was not.
    """

    start: int
    end: int
    page: int
    top: float = 0.0
    bottom: float = 0.0
    edges: array[float] = field(default_factory=lambda: array("f"))
    confidence: array[float] = field(default_factory=lambda: array("f"))


class Box(Struct, frozen=True):
    """A rectangle on a page, in points from its top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class DigitalSignature(Struct, frozen=True):
    """What a digital signature says of itself, unverified: its certificate's holder and its signing time.

    `time` is ISO 8601 with its zone, or empty. Neither is a signer or a date of the report.
    """

    holder: str = ""
    time: str = ""


class Document(Struct, frozen=True):
    """One report as immutable NFC text, with its blocks in reading order and the way back to each place.

    Blocks do not overlap; between them stand only line ends and tabs. Footnotes stand after the body.
    `lines` are sorted by `start` and are empty for formats without pages. `text_source` is `text`, `ocr` or
    `mixed`. `problems` are what the parser met and could read past; `signatures` are in the order of signing.
    """

    text: str
    format: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    text_source: str = "text"
    problems: tuple[Problem, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds `offset`, or None between blocks."""
        at = bisect_right(self.blocks, offset, key=lambda b: b.start) - 1
        if at >= 0 and offset < max(self.blocks[at].end, self.blocks[at].start + 1):
            return self.blocks[at]
        return None

    def page_at(self, offset: int) -> int | None:
        """Return the page that `offset` is printed on, or None where the format has no pages."""
        if not self.lines:
            return None
        at = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[max(at, 0)].page

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """Yield the rectangles that `text[start:end]` is printed in, one a line."""
        at = bisect_left(self.lines, start, key=lambda line: line.end)
        for line in self.lines[at:]:
            if line.start >= end:
                return
            a, b = max(start, line.start) - line.start, min(end, line.end) - line.start
            edges = line.edges[2 * a : 2 * b]
            drawn = [(x0, x1) for x0, x1 in zip(edges[::2], edges[1::2], strict=True) if x1 > x0]
            if drawn:
                yield Box(line.page, min(d[0] for d in drawn), line.top, max(d[1] for d in drawn), line.bottom)

    def confidence(self, start: int, end: int) -> float | None:
        """Return how sure the least sure character of `text[start:end]` was read, from 0 to 1, None without OCR."""
        at = bisect_left(self.lines, start, key=lambda line: line.end)
        least: float | None = None
        for line in self.lines[at:]:
            if line.start >= end:
                break
            sure = line.confidence[max(start, line.start) - line.start : min(end, line.end) - line.start]
            least = min((*sure, 1.0 if least is None else least)) if sure else least
        return least


class Problem(Struct, frozen=True):
    """Something met in a file or a value that a reader should know: a code, its words, and its place.

    The code is one of `pipeline.problems.CATALOGUE`, which holds severity and message; `detail` fills the
    message's placeholders, in order of writing. `other` is the span of the second place where two contradict.
    """

    code: str
    detail: tuple[tuple[str, str], ...] = ()
    start: int | None = None
    end: int | None = None
    other: tuple[int, int] | None = None


class Mention(Struct, frozen=True):
    """A span of a report that says something, with the sentence it stands in and the rule that read it."""

    start: int
    end: int
    sentence: tuple[int, int]
    rule: str


class DocumentNumber(Mention, frozen=True):
    """A number and symbol of a document: `4287/UBND-KGVX` (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    value: str
    role: str = "cited"
    document_type: str = ""
    issued_date: str = ""
    issuer: str = ""


class DateMention(Mention, frozen=True):
    """A date or period in EDTF (ISO 8601-2), with its first and last day where they are known."""

    value: str
    role: str = "text"
    first_day: str = ""
    last_day: str = ""


class Count(Mention, frozen=True):
    """A number that says how many or how much, with its unit and what is counted.

    `column` is the head of the table column that it stands in, stacked heads joined with ` > `; the period that
    this head names («Quý III năm 2023») is `first_day` to `last_day`. `part_of` is the span of the count whose
    breakdown it belongs to («215 vụ, trong đó 12 vụ …»).
    """

    value: Decimal
    value_max: Decimal | None = None
    total: Decimal | None = None
    previous: Decimal | None = None
    unit: str = ""
    per: str = ""
    object: str = ""
    qualifier: str = "exact"
    change: str = ""
    activity_type: str = ""
    status: str = ""
    column: str = ""
    first_day: str = ""
    last_day: str = ""
    part_of: tuple[int, int] | None = None


class Activity(Mention, frozen=True):
    """What a body did, will do or did not do, as a code of the rule pack's taxonomy."""

    value: str
    status: str = "done"


Item = DocumentNumber | DateMention | Count | Activity


class ReportFields(Struct, frozen=True):
    """The letterhead, opening and signature of a report, as printed (Nghị định 30/2020/NĐ-CP, Phụ lục I).

    `period_source` says where the period was read: `window` (a printed span of the figures), `subject`, `opening`,
    or `regulation` (a reporting window of Nghị định 09/2019/NĐ-CP for the kind of report that the subject names).
    """

    number: str = ""
    symbol: str = ""
    document_type: str = ""
    subject: str = ""
    parent_issuer: str = ""
    issuer: str = ""
    place: str = ""
    date: str = ""
    period_start: str = ""
    period_end: str = ""
    basis: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: str = ""
    signer_title: str = ""
    signer_authority: str = ""
    period_source: str = ""


class IndicatorValue(Struct, frozen=True):
    """One indicator of a rule pack in one report; `value` is None where the report does not state it."""

    code: str
    label: str
    unit: str
    value: Decimal | None = None
    qualifier: str = ""
    status: str = ""
    items: tuple[int, ...] = ()
