"""The documents that reports cite: how many, which are cited by most reports, and by whom."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pipeline.tables.cells import unguarded
from pipeline.tables.citations import Citations
from pipeline.tables.references import Reference, reference_row

MOST = 15
"""How many documents are named."""


class CitedDocument(Struct, frozen=True):
    """One document: its name, its issuer, and how often each file cites it."""

    name: str
    issuer: str
    by_file: Counter[str]

    @property
    def reports(self) -> int:
        """Return how many reports cite it."""
        return len(self.by_file)

    @property
    def mentions(self) -> int:
        """Return how often it is cited."""
        return self.by_file.total()


class CitedDocuments(Struct, frozen=True):
    """How many documents and mentions there are, how many documents two reports share, and the most cited ones."""

    documents: int
    mentions: int
    shared: int
    most_cited: list[CitedDocument]


def cited_documents(citations: Citations) -> CitedDocuments:
    """Return what the reports cite, as `references.csv` counts it."""
    counted: Counter[str] = Counter()

    def ranked() -> Iterator[tuple[tuple[int, ...], tuple[str, ...], CitedDocument]]:
        for references in citations.references():
            for reference in references:
                document = _document(reference)
                if document is not None:
                    counted.update(documents=1, mentions=document.mentions, shared=document.reports > 1)
                    order = (-document.reports, -document.mentions)
                    yield order, (document.name, reference.year, *map(str, reference.first)), document

    most_cited = [document for *_, document in heapq.nsmallest(MOST, ranked(), key=lambda one: one[:2])]
    return CitedDocuments(counted["documents"], counted["mentions"], counted["shared"], most_cited)


def _document(reference: Reference) -> CitedDocument | None:
    found = reference_row(reference)
    if found is None:
        return None
    _, row = found
    by_file = Counter(reference.of.named(one) for one in reference.mentions if not reference.of.says(one).own)
    name = " ".join(filter(None, (unguarded(row["document_type"]), reference.number)))
    return CitedDocument(name, unguarded(row["issuer"]), by_file)
