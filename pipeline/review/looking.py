"""What reviewers see: rows, their evidence, reports and pages, and what changes, of the tables as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

import msgspec

from pipeline.decisions import ADDED, State
from pipeline.model import Document
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.review import evidence
from pipeline.review.additions import found_again, kind_of, suggestion
from pipeline.review.forms import Forms
from pipeline.review.inputs import Inputs
from pipeline.review.journal import Journal
from pipeline.review.loaded import Loaded, Numbering
from pipeline.review.opening import Asked, Opened, opened, rules_of, stamp_of
from pipeline.review.parsing import Parsing
from pipeline.review.query import Query
from pipeline.review.refusals import Refused
from pipeline.review.rows import Reporting, Row
from pipeline.review.rulebooks import Rulebooks
from pipeline.review.telling import marks_of, told_rows, told_verdicts
from pipeline.review.verdicts import cells_of

Told = dict[str, object]


class Looking:
    """The review of one folder of tables; safe to be used by several threads."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._loading = Lock()
        self._numbers: Numbering = {}
        self.rulebooks = Rulebooks(rules_of(asked.out), asked.lang)
        self.forms = Forms(asked.lang, self.rulebooks.activities)
        self._parsing = Parsing(asked.cache)
        self._journal = Journal(asked.out)
        self._lock = self._journal.rows
        try:
            self._take_up(self._open())
        except BaseException:
            self._journal.close()
            raise

    def close(self) -> None:
        """Let go of the log and the rows."""
        self._journal.close()

    # Looking

    def rows(self, query: Query, reviewer: str) -> Told:
        """Return a part of the rows that a query asks for, and how many there are."""
        with self._lock:
            numbers = self._loaded.index.numbers(query)
            first = self._loaded.index.first(query, numbers)
            part = numbers[first : first + query.limit].tolist()
            return {"total": len(numbers), "from": first, "rows": self._told(part, reviewer)}

    def facets(self, query: Query) -> dict[str, list[tuple[str, int]]]:
        """Return the values of each facet with how many rows each would leave."""
        with self._lock:
            return self._loaded.index.facets(query)

    def account(self) -> Told:
        """Return how many reports, items and problems there are, and how many rows are decided."""
        with self._lock:
            loaded = self._loaded
            counts = {"reports": len(loaded.files), "items": loaded.items, "problems": loaded.problems}
            return {**counts, **self._progress()}

    def row(self, key: str, reviewer: str) -> Told:
        """Return a row as it stands."""
        with self._lock:
            return self._told([self._row(key)[0]], reviewer)[0]

    def evidence(self, key: str, reviewer: str) -> Told:
        """Return what a row was read from and what was said of it."""
        with self._lock:
            n, row = self._row(key)
            report = self._loaded.report_of(row)
            told = {"row": self._told([n], reviewer)[0], **told_verdicts(self._loaded, self.forms, row)}
            marks = marks_of(self._loaded, report)
            machine = cells_of(report, row, self._loaded.ledger)
            is_moved = row.rule == ADDED and self._loaded.verdict(row).state is State.CHANGED
        try:
            document = self._document(report)
        except (BaocaoError, Refused) as error:
            alone = evidence.sentence_alone(row, machine.get("sentence", "") or machine.get("text", ""))
            note = report.tables.report["error"] if report.is_failed else _words(error, self.asked.lang)
            return {**told, "text": alone, "pages": [], "boxes": [], "note": note}
        if is_moved:
            found = found_again(document.text, machine)
            first, last = found or (-1, -1)
            row = msgspec.structs.replace(row, start=first, end=last)
            if found is None:
                told["messages"] = [Refused("unplaced").message(self.asked.lang)]
        around = evidence.around(document, row, marks)
        pages, boxes = evidence.pages(document, report.number), evidence.boxes(document, row, machine)
        return {**told, "text": around, "pages": pages, "boxes": boxes, "note": ""}

    def text(self, number: int, first: int, last: int) -> Told:
        """Return some of the words of a report."""
        with self._lock:
            report = self._report(number)
            marks = marks_of(self._loaded, report)
        return evidence.window(self._document(report), first, last, marks)

    def picture(self, number: int, page: int) -> bytes:
        """Return the picture of a page as PNG; Refused `not_found` where there is none."""
        with self._lock:
            report = self._report(number)
        found = None if report.is_failed else self._opened.papers.picture(report.file, page)
        if found is None:
            raise Refused("not_found")
        return found

    def changes(self, after: int, reviewer: str) -> Told:
        """Return the rows that were decided on since entry `after`; `many` tells that there are too many to tell."""
        self._reload_if_idle()
        self._journal.follow()
        with self._lock:
            numbers = self._journal.since(after)
            rows = [] if numbers is None else self._told(numbers, reviewer)
            tables = self._opened.stamp
            return {"rows": rows, "many": numbers is None, "tables": tables, **self._progress()}

    def suggest(self, number: int, start: int, end: int) -> Told:
        """Return what the machine would read in marked words."""
        with self._lock:
            report = self._report(number)
        document = self._document(report)
        words = document.text[max(start, 0) : max(end, 0)][: evidence.MOST]
        if self.rulebooks.rules is None:
            return {"text": " ".join(words.split()), "kind": kind_of(words), "said": {}}
        kind, said = suggestion(words, self.rulebooks.pack(report.tables.report["rule_pack"]))
        return {"text": " ".join(words.split()), "kind": kind, "said": said}

    def warm(self) -> None:
        """Have ready what the first suggestion would otherwise wait for."""
        suggestion("1 lớp", self.rulebooks.pack(""))

    # Renewing

    def inputs(self) -> Inputs:
        """Return the inputs of the run."""
        return self._opened.inputs

    def reload(self) -> None:
        """Take up the tables that a run has put in place of those that are shown; none does so twice."""
        with self._loading:
            self._reload()

    def _reload_if_idle(self) -> None:
        """Take up new tables, unless another thread is at it, or they are just being exchanged: then the next time."""
        if self._loading.acquire(blocking=False):
            try:
                with suppress(BaocaoError):
                    self._reload()
            finally:
                self._loading.release()

    def _reload(self) -> None:
        if stamp_of(self.asked.out) in ("", self._opened.stamp):
            return
        self._take_up(self._open())

    def _open(self) -> Opened:
        entries, activities = self._journal.entries, self.rulebooks.activities
        return opened(self.asked, entries, self._numbers, activities, self._parsing)

    def _take_up(self, found: Opened) -> None:
        def done() -> None:
            self._opened = found

        self._journal.exchange(found.loaded, done)

    # Within

    @property
    def _loaded(self) -> Loaded:
        return self._journal.loaded

    def _document(self, report: Reporting) -> Document:
        if report.is_failed:
            raise Refused("unread")
        return self._opened.papers.document(report.file, report.tables.report["text_id"])

    def _row(self, key: str) -> tuple[int, Row]:
        n = self._loaded.index.shelf.with_key(key)
        if n is None:
            raise Refused("not_found")
        return n, self._loaded.index.shelf.rows([n])[0]

    def _report(self, number: int) -> Reporting:
        report = self._loaded.report(number)
        if report is None:
            raise Refused("not_found")
        return report

    def _progress(self) -> Told:
        decided, total = self._loaded.index.progress()
        return {"last": self._loaded.ledger.last, "decided": decided, "total": total}

    def _told(self, numbers: Sequence[int], reviewer: str) -> list[Told]:
        return told_rows(self._loaded, numbers, reviewer)


def _words(error: BaocaoError | Refused, lang: str) -> str:
    if isinstance(error, Refused):
        return error.message(lang)
    return CATALOGUE[error.problem.code].message(error.problem, lang)
