"""What the tables are made from: one report as it was read, with every place resolved to its words."""

from __future__ import annotations

from msgspec import Struct, field

from pipeline.model import DigitalSignature, IndicatorValue, Item, ReportFields


class FoundItem(Struct, frozen=True):
    """An item with the words it stands for: its text, its sentence, the headings above it, and its page."""

    item: Item
    text: str
    sentence: str
    section: tuple[str, ...] = ()
    page: int | None = None


class Place(Struct, frozen=True):
    """Where something stands: its file as the tables name it, its words, offsets and page; or a whole file."""

    file: str
    text: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None


class FoundProblem(Struct, frozen=True):
    """A problem in words of the run's language, with the text it is about and where that stands.

    `box` is the left, top, right and bottom of the first line of that text, in points from the page's top left.
    `other` is the second place where two contradict each other, in the same file or another, or a whole file.
    """

    code: str
    severity: str
    message: str
    text: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    box: tuple[float, ...] = ()
    other: Place | None = None


class ReportResult(Struct, frozen=True):
    """All that a run learned of one input file; `indicators` count `items` from 0, as `IndicatorValue` does.

    `file` is relative to the input folder, with `/`. `status` is `ok`, `partial` or `failed`, and `error`
    says in plain words what could not be read. A failed report has problems and nothing else.
    `proven_tables` counts the tables whose totals are the sums of their parts, `numerals` all numerals of the text,
    and `text_id` stands for that text.
    """

    file: str
    report_id: str
    status: str = "ok"
    error: str = ""
    format: str = ""
    pages: int | None = None
    text_source: str = ""
    rule_pack: str = ""
    fields: ReportFields = field(default_factory=ReportFields)
    items: tuple[FoundItem, ...] = ()
    indicators: tuple[IndicatorValue, ...] = ()
    problems: tuple[FoundProblem, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    proven_tables: int = 0
    numerals: int | None = None
    text_id: str = ""
