"""Which mentions, in one report or in many, are of one document: the folder's citations put together.

A code and the year of its date name a document, and its office where many have the symbol. A mention without a date
belongs to the one document that it can be of, first of all among those that its own report cites in full (Nghị định
30/2020/NĐ-CP: only the first mention gives all particulars); where several are left it stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from pipeline.tables.references import Cited, Digest, Reference
from pipeline.text.citations import Code, code_of, is_day, is_one_document, same_office, seat


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
