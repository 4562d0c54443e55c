"""Documents that the reports of a run cite: what is kept of each report for it, and the rows of `references.csv`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import DateMention, DocumentNumber
from pipeline.tables.cells import number_cell, path_cell, text_cell
from pipeline.tables.identity import content_id, reading_order
from pipeline.tables.result import FoundItem, Place, ReportResult
from pipeline.tables.rows import Row

_NEAR = 160


@dataclass(frozen=True, slots=True)
class Cited:
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


@dataclass(frozen=True, slots=True)
class Digest:
    """What is kept of a report to tell which documents it cites, and whether another file holds it too."""

    file: str
    report_id: str
    subject: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """One document with all its mentions, by file and place; `year` is that of its date, where it is known."""

    year: str
    mentions: tuple[Cited, ...]

    @property
    def number(self) -> str:
        """Return the number in the spelling that is used most, the first of several."""
        return _most(mention.number for mention in self.mentions)

    @property
    def dates(self) -> list[tuple[str, int]]:
        """Return the dates that are given, each with how often, the most frequent first."""
        often = Counter(mention.date for mention in self.mentions if mention.date)
        return sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def files(self) -> list[str]:
        """Return the files that cite the document, each once."""
        return list(dict.fromkeys(mention.place.file for mention in self.mentions if not mention.own))

    @property
    def in_folder(self) -> list[str]:
        """Return the files that are the document."""
        return list(dict.fromkeys(mention.place.file for mention in self.mentions if mention.own))


def digest_of(report: ReportResult) -> Digest:
    """Return the citations of one report, its own number among them: a small part of what was read of it."""
    return Digest(report.file, report.report_id, " ".join(report.fields.subject.split()), tuple(_cited(report)))


def _cited(report: ReportResult) -> Iterator[Cited]:
    fields = report.fields
    items = sorted(report.items, key=reading_order)
    days = [found for found in items if isinstance(found.item, DateMention) and found.item.role == "document"]
    for found in items:
        item = found.item
        if not isinstance(item, DocumentNumber):
            continue
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


def reference_rows(references: Iterable[Reference]) -> Iterator[Row]:
    """Yield a row of `references.csv` for each document that is cited, the most cited first."""
    for reference in sorted(filter(lambda r: r.files, references), key=_order):
        cited = [mention for mention in reference.mentions if not mention.own]
        yield {
            "reference_id": reference_id(reference),
            "number": text_cell(reference.number),
            "document_type": text_cell(_most(m.document_type for m in (*cited, *reference.mentions))),
            "issuer": text_cell(_most(m.issuer for m in cited)),
            "dates": text_cell("; ".join(f"{day} ({often})" for day, often in reference.dates)),
            "reports": number_cell(len(reference.files)),
            "mentions": number_cell(len(cited)),
            "files": "; ".join(map(path_cell, reference.files)),
            "in_folder": "; ".join(map(path_cell, reference.in_folder)),
        }


def reference_id(reference: Reference) -> str:
    """Return the id of a document: the same in every run over the same folder."""
    first = reference.mentions[0].place
    return content_id("reference", reference.number, reference.year, first.file, str(first.start))


def _order(reference: Reference) -> tuple[int, int, str, str, str, int]:
    first = reference.mentions[0].place
    cited = sum(not mention.own for mention in reference.mentions)
    return -len(reference.files), -cited, reference.number, reference.year, first.file, first.start


def _most(words: Iterable[str]) -> str:
    often = Counter(filter(None, words))
    return max(often, key=lambda word: often[word], default="")
