"""Citations put together by comparing each two: the plain form of what `pipeline.tables.citations` does for many.

Slow, and all in memory: tests compare what comes out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.model import Problem
from pipeline.problems import CATALOGUE
from pipeline.tables import FoundProblem, Place
from pipeline.tables.cells import number_cell, path_cell, text_cell
from pipeline.tables.identity import content_id
from pipeline.tables.references import Cited, Digest
from pipeline.tables.rows import Row
from pipeline.text.citations import Code, code_of, is_day, is_national, is_one_document, is_variant, same_office, seat
from pipeline.text.fold import fold

Told = tuple[str, Problem, Cited, Cited]


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


def combine(digests: Iterable[Digest]) -> list[Reference]:
    """Return the documents that the reports of `digests` cite or are, whatever order the reports come in."""
    by_code: defaultdict[str, list[Cited]] = defaultdict(list)
    for digest in sorted(digests, key=lambda digest: digest.file):
        for mention in digest.cited:
            by_code[code_of(mention.number).key].append(mention)
    return [reference for key in sorted(by_code) for reference in _documents(by_code[key])]


class _Sheaf:
    """Mentions that agree in date and office, as far as they name them."""

    def __init__(self, code: Code, mention: Cited) -> None:
        self.code = code
        self.date = mention.date
        self.issuer = mention.issuer
        self.mentions: list[Cited] = []
        self.files: set[str] = set()
        self.localities: set[str] = set()
        self.is_report = False  # of the folder: two of two days are two documents
        self.add(mention)

    def add(self, mention: Cited) -> None:
        """Take `mention` in; an office named with its place says more than one without."""
        self.mentions.append(mention)
        self.files.add(mention.place.file)
        self.localities.add(mention.locality)
        self.is_report |= mention.own
        if not seat(self.issuer)[1] and (seat(mention.issuer) > seat(self.issuer) or not self.issuer):
            self.issuer = mention.issuer

    def near(self, other: _Sheaf) -> bool:
        """Tell whether one report, or reports of one place, mention both."""
        return not self.files.isdisjoint(other.files) or bool((self.localities & other.localities) - {""})


def _documents(mentions: Sequence[Cited]) -> Iterator[Reference]:
    code = code_of(mentions[0].number)
    dated = _sheaves(code, [m for m in mentions if is_day(m.date)])
    documents = _joined(dated)
    rest = [m for m in mentions if not is_day(m.date)]
    undated: list[Cited] = []
    for mention in rest:
        document = _only_one(mention, documents)
        if document is None:
            undated.append(mention)
        else:
            document.add(mention)
    for sheaf in (*documents, *_sheaves(code, undated)):
        ordered = sorted(sheaf.mentions, key=lambda m: (m.place.file, m.place.start))
        yield Reference(code.year or next((m.date[:4] for m in ordered if is_day(m.date)), ""), tuple(ordered))


def _sheaves(code: Code, mentions: Sequence[Cited]) -> list[_Sheaf]:
    """Return `mentions` by date, and by office where two name different ones."""
    by_date: defaultdict[str, list[_Sheaf]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (not seat(m.issuer)[1], m.place.file, m.place.start)):
        day = mention.date if is_day(mention.date) else ""
        fitting = (s for s in by_date[day] if same_office(s.issuer, mention.issuer) is not False)
        sheaf = next(fitting, None)
        if sheaf is None:
            by_date[day].append(_Sheaf(code, mention))
        else:
            sheaf.add(mention)
    return [sheaf for sheaves in by_date.values() for sheaf in sheaves]


def _joined(sheaves: list[_Sheaf]) -> list[_Sheaf]:
    """Return the sheaves, those put together whose dates contradict: they are one document, misdated somewhere."""
    ordered = sorted(sheaves, key=lambda s: (-len(s.mentions), s.date, s.mentions[0].place.file))
    into = {id(sheaf): sheaf for sheaf in ordered}
    for one, other in combinations(ordered, 2):
        first, second = into[id(one)], into[id(other)]
        dates, issuers = (one.date, other.date), (one.issuer, other.issuer)
        if first is second or (first.is_report and second.is_report):
            continue
        if is_one_document(one.code, dates, issuers, one.near(other)):
            for mention in second.mentions:
                first.add(mention)
            for sheaf in ordered:
                if into[id(sheaf)] is second:
                    into[id(sheaf)] = first
    return [sheaf for sheaf in ordered if into[id(sheaf)] is sheaf]


def _only_one(mention: Cited, documents: list[_Sheaf]) -> _Sheaf | None:
    """Return the one document that an undated mention can be of, or None where there are several, or none."""
    fitting = [d for d in documents if same_office(d.issuer, mention.issuer) is not False and _may_be(mention, d)]
    own = [document for document in fitting if mention.place.file in document.files]
    found = own if len(own) == 1 else fitting
    return found[0] if len(found) == 1 else None


def _may_be(mention: Cited, document: _Sheaf) -> bool:
    """Tell whether what is known of a mention's date («2023-10», «XXXX-04-21») fits the document's."""
    known = mention.date.split("/")[0].removeprefix("XXXX")
    return document.date.endswith(known) if mention.date.startswith("XXXX") else document.date.startswith(known)


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


def problems(digests: Sequence[Digest], agencies: Container[str], lang: str) -> dict[str, list[FoundProblem]]:
    """Return what the reports contradict in each other by file, those told last whose bytes another one has."""
    by_file: defaultdict[str, list[FoundProblem]] = defaultdict(list)
    for file, problem, here, there in contradictions(digests, agencies):
        kind, place = CATALOGUE[problem.code], here.place
        message = kind.message(problem, lang)
        by_file[file].append(
            FoundProblem(
                problem.code, kind.severity, message, place.text, place.start, place.end, place.page, other=there.place
            )
        )
    kind = CATALOGUE["file.duplicate"]
    for digest in digests:
        first = min(other.file for other in digests if other.report_id == digest.report_id)
        if first != digest.file:
            message = kind.message(Problem("file.duplicate", (("other_file", first),)), lang)
            by_file[digest.file].append(FoundProblem("file.duplicate", kind.severity, message, other=Place(first)))
    return dict(sorted(by_file.items()))


def contradictions(digests: Sequence[Digest], agencies: Container[str]) -> Iterator[Told]:
    """Yield what the reports of `digests` contradict in each other, in an order that only they decide."""
    references = combine(digests)
    for reference in references:
        yield from _dates(reference)
    yield from _variants(references, agencies)
    yield from _repeated(digests, references)


def _dates(reference: Reference) -> Iterator[Told]:
    """Yield `reference.dates` for each file whose date of a document isn't its own, or the one most mentions give.

    A file that gives the right date too contradicts itself, and has its problem already.
    """
    days = [day for day, _ in reference.dates if is_day(day)]
    days.sort(key=lambda day: not any(mention.own and mention.date == day for mention in reference.mentions))
    if len(days) < 2:
        return
    right = [mention for mention in reference.mentions if mention.date == days[0]]
    there = min(right, key=lambda mention: not mention.own)
    done = {(mention.place.file, day) for mention in right for day in days}
    for mention in reference.mentions:
        key = mention.place.file, mention.date
        if mention.date in days[1:] and key not in done:
            done.add(key)
            detail = (("number", mention.number), ("date", _day(mention.date)), ("other_date", _day(days[0])))
            yield mention.place.file, Problem("reference.dates", detail), mention, there


def _variants(references: Sequence[Reference], agencies: Container[str]) -> Iterator[Told]:
    """Yield `reference.variant` for each file with a code that another file gives otherwise, both of one day."""
    by_day: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in references:
        day = next((day for day, _ in reference.dates if is_day(day)), "")
        if day:
            by_day[code_of(reference.number).number, day].append(reference)
    for same in by_day.values():
        for one, other in combinations(sorted(same, key=_weight), 2):
            if is_variant(code_of(one.number), code_of(other.number), agencies):
                yield from _of_variant(one, other)


def _weight(reference: Reference) -> tuple[int, str, int]:
    """Return what decides which of two codes is taken to be right: the one used more, else the first."""
    first = reference.mentions[0].place
    return -len(reference.mentions), first.file, first.start


def _of_variant(right: Reference, wrong: Reference) -> Iterator[Told]:
    files = {mention.place.file for mention in right.mentions}
    told: set[str] = set()
    for mention in wrong.mentions:
        file = mention.place.file
        there = next((other for other in right.mentions if _one_office(mention, other)), None)
        if file not in files and file not in told and there is not None:
            told.add(file)
            detail = (("number", mention.number), ("other_number", there.number))
            yield file, Problem("reference.variant", detail), mention, there


def _one_office(one: Cited, other: Cited) -> bool:
    """Tell whether two mentions in two reports can be of one office: of the country's, or of one place."""
    code = code_of(one.number)
    if is_national(code, one.issuer) or is_national(code_of(other.number), other.issuer):
        return True
    office = same_office(one.issuer, other.issuer)
    near = bool(one.locality) and one.locality == other.locality
    return bool(office) or (office is None and near)


def _repeated(digests: Sequence[Digest], references: Sequence[Reference]) -> Iterator[Told]:
    """Yield `number.repeated` for each report whose number another one of its office and year has.

    Where date and subject are the same too, the report is there twice: `report.repeated`.
    """
    known = {digest.file: digest for digest in digests}
    by_number: defaultdict[tuple[str, ...], list[Cited]] = defaultdict(list)
    for mention in (mention for reference in references for mention in reference.mentions if mention.own):
        code = code_of(mention.number)
        if code.number:
            by_number[code.key, mention.date[:4], fold(mention.issuer), fold(mention.locality)].append(mention)
    for key in sorted(by_number):
        first, *rest = sorted(by_number[key], key=lambda mention: mention.place.file)
        for mention in rest:
            told = _repetition(mention, first, known)
            detail = (("number", mention.number), ("other_file", first.place.file))
            if told and mention.place.file != first.place.file:
                yield mention.place.file, Problem(told, detail), mention, first


def _repetition(mention: Cited, first: Cited, known: Mapping[str, Digest]) -> str:
    """Return the code of what two reports of one number are, or nothing where their office may be another one."""
    here, there = known[mention.place.file], known[first.place.file]
    same = fold(here.subject) == fold(there.subject) and mention.date == first.date
    if here.report_id == there.report_id:
        return ""
    if same and mention.date:
        return "report.repeated"
    placed = mention.locality or seat(mention.issuer)[1]
    return "number.repeated" if placed and mention.issuer and mention.date else ""


def _day(edtf: str) -> str:
    return "/".join(reversed(edtf.split("-")))
