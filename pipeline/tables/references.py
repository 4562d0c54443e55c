"""Documents that the reports of a run cite: what is kept of each report for it, and the rows of `references.csv`."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from pipeline.model import DateMention, DocumentNumber
from pipeline.tables.cells import number_cell, path_cell, text_cell
from pipeline.tables.identity import content_id, reading_order
from pipeline.tables.result import FoundItem, Place, ReportResult
from pipeline.tables.rows import Row
from pipeline.text.citations import code_of, is_day

_NEAR = 160


class Cited(Struct, frozen=True):
    """One mention of a document in a report, which is dated from `locality`; `own` marks the report's own number.

    `number` is canonical, `date` EDTF or empty, and `place` where code and date stand.
    """

    place: Place
    number: str
    document_type: str = ""
    issuer: str = ""
    date: str = ""
    locality: str = ""
    own: bool = False


class Digest(Struct, frozen=True):
    """What is kept of a report to tell which documents it cites, and whether another file holds it too."""

    file: str
    report_id: str
    subject: str
    cited: tuple[Cited, ...]


class Wording(NamedTuple):
    """What a mention says of its document, as `Cited` has it; many mentions say the same."""

    number: str
    document_type: str
    issuer: str
    date: str
    locality: str
    own: bool


class Mentions(Struct):
    """All mentions of one code, by file and place: 20 bytes each, however long their words are.

    `files` are sorted, and `wordings` come in the order of their first mentions. Mention number `m` is the one that
    `at[m]` counts in the digest of `files[file[m]]`; it starts at `start[m]` and says `wordings[wording[m]]`.
    """

    key: str
    files: list[str] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    file: array[int] = field(default_factory=lambda: array("i"))
    at: array[int] = field(default_factory=lambda: array("i"))
    start: array[int] = field(default_factory=lambda: array("q"))
    wording: array[int] = field(default_factory=lambda: array("i"))

    def __len__(self) -> int:
        return len(self.file)

    def says(self, mention: int) -> Wording:
        """Return what `mention` says."""
        return self.wordings[self.wording[mention]]

    def named(self, mention: int) -> str:
        """Return the file of `mention`."""
        return self.files[self.file[mention]]


class Reference:
    """One document: `mentions` are those `of` its code that mean it, by file and place.

    `said` counts the mentions by what they say, in the order of the first ones. `number` is in the spelling that is
    used most, the first of several. `dates` come with how often each is given, the most frequent first. `year` is that
    of the number or, where it has none, of the first day that is given.
    """

    __slots__ = ("dates", "mentions", "number", "of", "said", "year")

    def __init__(self, of: Mentions, mentions: array[int]) -> None:
        self.of, self.mentions = of, mentions
        often: dict[int, int] = {}
        for mention in mentions:
            wording = of.wording[mention]
            often[wording] = often.get(wording, 0) + 1
        self.said: dict[Wording, int] = {of.wordings[wording]: count for wording, count in often.items()}
        self.number = _most((wording.number, count) for wording, count in self.said.items())
        days = _counted((wording.date, count) for wording, count in self.said.items())
        self.dates: list[tuple[str, int]] = sorted(days.items(), key=lambda pair: (-pair[1], pair[0]))
        self.year = code_of(self.number).year or next((day[:4] for day in days if is_day(day)), "")

    @property
    def cited(self) -> int:
        """Return how many mentions are not the document's own number."""
        return sum(often for wording, often in self.said.items() if not wording.own)

    @property
    def first(self) -> tuple[str, int]:
        """Return file and start of the first mention."""
        return self.of.named(self.mentions[0]), self.of.start[self.mentions[0]]

    def files(self, own: bool = False) -> list[str]:
        """Return the files that cite the document, or that are it, each once."""
        of = self.of
        if all(wording.own is not own for wording in self.said):
            return []
        places = dict.fromkeys(of.file[mention] for mention in self.mentions if of.says(mention).own is own)
        return [of.files[place] for place in places]


def digest_of(report: ReportResult) -> Digest:
    """Return the citations of one report, its own number among them: a small part of what was read of it."""
    return Digest(report.file, report.report_id, " ".join(report.fields.subject.split()), tuple(_cited(report)))


def _cited(report: ReportResult) -> Iterator[Cited]:
    fields = report.fields
    told = [found for found in report.items if isinstance(found.item, DateMention) and found.item.role == "document"]
    days = sorted(told, key=reading_order)
    for found in sorted((f for f in report.items if isinstance(f.item, DocumentNumber)), key=reading_order):
        item = found.item
        assert isinstance(item, DocumentNumber)
        if item.role == "own":
            office = " ".join(filter(None, (fields.issuer, fields.parent_issuer)))
            place = Place(report.file, found.text, item.start, item.end, found.page)
            yield Cited(
                place, fields.number or item.value, fields.document_type, office, fields.date, fields.place, True
            )
        else:
            place = _with_date(found, days, report.file, item.issued_date)
            yield Cited(place, item.value, item.document_type, item.issuer, item.issued_date, fields.place)


def _with_date(found: FoundItem, days: list[FoundItem], file: str, issued: str) -> Place:
    """Return the place of a code together with its date where that is the next one in the same sentence."""
    item, low = found.item, found.item.sentence[0]
    at = bisect_left(days, item.end, key=lambda day: day.item.start)
    day = days[at].item if at < len(days) else None
    dated = day is not None and day.value == issued and day.sentence == item.sentence and day.start - item.end < _NEAR
    end = day.end if day is not None and dated else item.end
    text = found.sentence[item.start - low : end - low] if dated else found.text
    return Place(file, text, item.start, end, found.page)


RowOrder = tuple[int, int, str, str, str, int]
"""What rows of documents are sorted by: the most cited first."""


def reference_row(reference: Reference) -> tuple[RowOrder, Row] | None:
    """Return the row of `references.csv` of a document with its place among the others, or None if none cites it."""
    files = reference.files()
    if not files:
        return None
    said = list(reference.said.items())
    cited = [pair for pair in said if not pair[0].own]
    row = {
        "reference_id": reference_id(reference),
        "number": text_cell(reference.number),
        "document_type": _cell(_most((wording.document_type, often) for wording, often in (*cited, *said))),
        "issuer": _cell(_most((wording.issuer, often) for wording, often in cited)),
        "dates": _cell("; ".join(f"{day} ({often})" for day, often in reference.dates)),
        "reports": number_cell(len(files)),
        "mentions": number_cell(reference.cited),
        "files": "; ".join(map(path_cell, files)),
        "in_folder": "; ".join(map(path_cell, reference.files(own=True))),
    }
    return (-len(files), -reference.cited, reference.number, reference.year, *reference.first), row


_cell = lru_cache(maxsize=4096)(text_cell)  # types, offices and dates of many documents are the same


def reference_id(reference: Reference) -> str:
    """Return the id of a document: the same in every run over the same folder."""
    file, start = reference.first
    return content_id("reference", reference.number, reference.year, file, str(start))


def _most(words: Iterable[tuple[str, int]]) -> str:
    """Return the word that comes most often, the first of several; `words` come with how often."""
    often = _counted(words)
    return max(often, key=often.__getitem__) if len(often) > 1 else next(iter(often), "")


def _counted(words: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return how often each of the words that aren't empty comes."""
    often: dict[str, int] = {}
    for word, count in words:
        if word:
            often[word] = often.get(word, 0) + count
    return often
