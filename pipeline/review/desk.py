"""What reviewers do: look, decide, accept many at once, take back, add. A decision is in the log when it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock, RLock

from pipeline.decisions import Action, Decision, Entry, Overtaken, open_log
from pipeline.model import Document
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.review import evidence
from pipeline.review.additions import place_of, suggestion
from pipeline.review.deciding import accepting, adding, decisions_on
from pipeline.review.forms import Forms
from pipeline.review.inputs import Inputs
from pipeline.review.loaded import Loaded, Numbering
from pipeline.review.opening import Asked, Opened, opened, rules_of, stamp_of
from pipeline.review.query import Query
from pipeline.review.refusals import Refused
from pipeline.review.rows import ITEM, Reporting, Row
from pipeline.review.rulebooks import Rulebooks
from pipeline.review.telling import marks_of, shown_of, told_rows, told_verdicts
from pipeline.review.verdicts import cells_of

Told = dict[str, object]

_MANY = 500  # rows that changed and are told one by one


class Desk:
    """The review of one folder of tables; safe to be used by several threads."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._lock = RLock()
        self._loading = Lock()
        self._numbers: Numbering = {}
        self.rulebooks = Rulebooks(rules_of(asked.out), asked.lang)
        self.forms = Forms(asked.lang, self.rulebooks.activities)
        self._log = open_log(asked.out)
        try:
            self._opened = self._open()
        except BaseException:
            self._log.close()
            raise

    def close(self) -> None:
        """Let go of the log and the rows."""
        with self._lock:
            self._log.close()
            self._loaded.close()

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
        try:
            document = self._document(report)
        except BaocaoError as error:
            alone = evidence.sentence_alone(row, machine.get("sentence", "") or machine.get("text", ""))
            note = report.tables.report["error"] if report.is_failed else _words(error, self.asked.lang)
            return {**told, "text": alone, "pages": [], "boxes": [], "note": note}
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
            file = self._report(number).file
        found = self._opened.papers.picture(file, page)
        if found is None:
            raise Refused("not_found")
        return found

    def changes(self, after: int, reviewer: str) -> Told:
        """Return the rows that were decided on since entry `after`; `many` tells that there are too many to tell."""
        self._reload_if_idle()
        with self._lock:
            self._follow()
            numbers = self._touched(after)
            many = len(numbers) > _MANY
            rows = [] if many else self._told(numbers, reviewer)
            return {"rows": rows, "many": many, "tables": self._opened.stamp, **self._progress()}

    # Deciding

    def decide(
        self, key: str, action: str, said: Mapping[str, str], note: str, seen: int, shown: str, reviewer: str
    ) -> Told:
        """Write a decision on a row; Overtaken where another window of the reviewer has decided on it since `seen`.

        Refused `changed` where the machine reads something else in it now than what was `shown`.
        """
        with self._lock:
            self._follow()
            n, row = self._row(key)
            if shown != shown_of(self._loaded, row):
                raise Refused("changed")
            decisions = decisions_on(self._loaded, row, Action(action), said, note, reviewer, self.rulebooks.activities)
            entries = self._append(decisions, seen)
            return {"row": self._told([n], reviewer)[0], "batch": entries[0].batch, **self._progress()}

    def undecided(self, query: Query) -> int:
        """Return how many rows of a query are still to be decided."""
        with self._lock:
            self._follow()
            return len(self._loaded.index.undecided(query))

    def accept_all(self, query: Query, count: int, reviewer: str) -> Told:
        """Accept every row of a query that is still to be decided; Refused `count` if they aren't so many."""
        with self._lock:
            self._follow()
            numbers = self._loaded.index.undecided(query).tolist()
            if len(numbers) != count or not numbers:
                raise Refused("count", count=len(numbers))
            rows = self._loaded.index.shelf.rows(numbers)
            decisions = [one for row in rows for one in accepting(self._loaded, row, reviewer)]
            ledger = self._loaded.ledger
            known = {one.subject.id: ledger.seen(one.subject.id, reviewer) for one in decisions}
            try:
                entries = self._log.append(decisions, known)
            except Overtaken as error:
                self._follow()
                raise Refused("count", count=len(self._loaded.index.undecided(query))) from error
            self._follow()
            return {"batch": entries[0].batch, "count": len(numbers), **self._progress()}

    def undo(self, reviewer: str) -> Told:
        """Take back the last batch of a reviewer."""
        with self._lock:
            taken = self._log.undo(reviewer)
            self._follow()
            numbers = self._loaded.touched(taken)
            rows = self._loaded.index.shelf.rows(numbers[:_MANY])
            row = self._told(numbers[:1], reviewer)[0] if len(numbers) == 1 else None
            keys = [row.key for row in rows]
            return {"keys": keys, "count": len(numbers), "row": row, **self._progress()}

    def add(
        self, number: int, kind: str, start: int, end: int, said: Mapping[str, str], note: str, reviewer: str
    ) -> Told:
        """Add an item that the machine missed; Refused `place` where there are no such words."""
        with self._lock:
            report = self._report(number)
        document = self._document(report)
        place = place_of(document, self.rulebooks.pack(report.tables.report["rule_pack"]), start, end)
        if place is None:
            raise Refused("place")
        decision = adding(report, {**place, "kind": kind}, said, note, reviewer, self.rulebooks.activities)
        with self._lock:
            self._follow()
            self._append([decision], self._loaded.ledger.last)
            n = self._loaded.index.shelf.with_key(report.key(ITEM, decision.subject.id))
            return {"row": None if n is None else self._told([n], reviewer)[0], **self._progress()}

    def suggest(self, number: int, start: int, end: int) -> Told:
        """Return what the machine would read in marked words."""
        with self._lock:
            report = self._report(number)
        document = self._document(report)
        words = document.text[max(start, 0) : max(end, 0)][: evidence.MOST]
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
        found = self._open()
        with self._lock:
            former, self._opened = self._opened, found
            self._follow()
            former.loaded.close()

    def _open(self) -> Opened:
        return opened(self.asked, self._entries, self._numbers, self.rulebooks.activities)

    def _entries(self) -> list[Entry]:
        with self._lock:
            return list(self._log.entries())

    # Within

    @property
    def _loaded(self) -> Loaded:
        return self._opened.loaded

    def _document(self, report: Reporting) -> Document:
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

    def _append(self, decisions: Sequence[Decision], seen: int) -> list[Entry]:
        """Write decisions of a reviewer who saw the own last entry `seen` on their subjects; Overtaken if another came.

        An own entry that was taken back since is none that could be overruled.
        """
        ledger = self._loaded.ledger
        known = {}
        for one in decisions:
            for entry in ledger.of(one.subject.id):
                if entry.reviewer == one.reviewer and entry.number > seen:
                    raise Overtaken(entry)
            known[one.subject.id] = ledger.seen(one.subject.id, one.reviewer)
        try:
            return self._log.append(decisions, known)
        finally:
            self._follow()

    def _follow(self) -> None:
        self._loaded.follow(self._log.entries(self._loaded.ledger.last))

    def _touched(self, after: int) -> list[int]:
        entries = list(self._log.entries(after))
        for batch in {entry.undoes for entry in entries if entry.undoes}:
            entries += self._log.entries(0, batch)
        return self._loaded.touched(entries)

    def _progress(self) -> Told:
        decided, total = self._loaded.index.progress()
        return {"last": self._loaded.ledger.last, "decided": decided, "total": total}

    def _told(self, numbers: Sequence[int], reviewer: str) -> list[Told]:
        return told_rows(self._loaded, numbers, reviewer)


def _words(error: BaocaoError, lang: str) -> str:
    return CATALOGUE[error.problem.code].message(error.problem, lang)
