"""What reviewers do: look, decide, accept many at once, take back, add. A decision is in the log when it returns."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Lock

import msgspec

from pipeline.decisions import ADDED, Action, Decision, Overtaken, State
from pipeline.model import Document
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.review import evidence
from pipeline.review.additions import found_again, place_of, suggestion
from pipeline.review.deciding import Word, accepting, adding, decisions_on, placing
from pipeline.review.forms import Forms
from pipeline.review.inputs import Inputs
from pipeline.review.journal import MANY, Journal, slices
from pipeline.review.loaded import Loaded, Numbering
from pipeline.review.opening import Asked, Opened, opened, rules_of, stamp_of
from pipeline.review.query import Query
from pipeline.review.refusals import Refused
from pipeline.review.rows import ITEM, Reporting, Row
from pipeline.review.rulebooks import Rulebooks
from pipeline.review.telling import marks_of, shown_of, told_rows, told_verdicts
from pipeline.review.verdicts import added_cells, cells_of, subjects_of

Told = dict[str, object]
Place = dict[str, str]

_AT_ONCE = 500  # rows that are made into decisions while others wait
_PAUSE = 0.001  # seconds


class Desk:
    """The review of one folder of tables; safe to be used by several threads."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._loading = Lock()
        self._numbers: Numbering = {}
        self.rulebooks = Rulebooks(rules_of(asked.out), asked.lang)
        self.forms = Forms(asked.lang, self.rulebooks.activities)
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
        except BaocaoError as error:
            alone = evidence.sentence_alone(row, machine.get("sentence", "") or machine.get("text", ""))
            note = report.tables.report["error"] if report.is_failed else _words(error, self.asked.lang)
            return {**told, "text": alone, "pages": [], "boxes": [], "note": note}
        if is_moved:
            found = found_again(document.text, machine)
            if found is None:
                alone = evidence.sentence_alone(row, machine.get("sentence", ""))
                note = Refused("unplaced").message(self.asked.lang)
                return {**told, "text": alone, "pages": [], "boxes": [], "note": note}
            row = msgspec.structs.replace(row, start=found[0], end=found[1])
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
        self._journal.follow()
        with self._lock:
            numbers = self._journal.since(after)
            rows = [] if numbers is None else self._told(numbers, reviewer)
            tables = self._opened.stamp
            return {"rows": rows, "many": numbers is None, "tables": tables, **self._progress()}

    # Deciding

    def decide(
        self,
        key: str,
        action: str,
        said: Mapping[str, str],
        note: str,
        seen: int,
        shown: str,
        reviewer: str,
        like: int = 0,
    ) -> Told:
        """Write a decision on a row, or that a reviewer agrees with the entry number `like`.

        Overtaken where another window of the reviewer has decided on it since `seen`. Refused `changed` where the row
        is not what was `shown` any more.
        """
        word = Word(Action(action), reviewer, said, note, like)
        place = self._new_place(key, word)
        with self._writing():
            n, row = self._row(key)
            if (place is not None) != self._is_to_be_placed(row, word):
                raise Refused("changed")
            if place is None:
                decisions = decisions_on(self._loaded, row, word, self.rulebooks.activities)
            else:
                decisions = placing(self._loaded, row, place, word, self.rulebooks.activities)
                self._refuse_second(self._loaded.report_of(row), decisions[0], row)
            self._refuse_unseen(row, seen, shown, reviewer)
            batch = self._journal.append(decisions, self._known(decisions))
            moved = decisions[0].subject.id if len(decisions) > 1 and place is not None else row.id
            if moved != row.id:
                n, _ = self._row(self._loaded.report_of(row).key(ITEM, moved))
            former = {"former": key} if moved != row.id else {}
            return {"row": self._told([n], reviewer)[0], "batch": batch, **former, **self._progress()}

    def untouched(self, query: Query) -> int:
        """Return how many rows of a query nobody has decided on."""
        self._journal.follow()
        with self._lock:
            return len(self._loaded.index.untouched(query))

    def accept_all(self, query: Query, count: int, reviewer: str) -> Told:
        """Accept every row of a query that nobody has decided on; Refused `count` if they aren't so many."""
        with self._journal.writing():
            with self._lock:
                numbers = self._loaded.index.untouched(query).tolist()
            if len(numbers) != count or not numbers:
                raise Refused("count", count=len(numbers))
            decisions = self._accepting(numbers, reviewer)
            known: dict[str, int] = {}
            for part in slices(decisions, _AT_ONCE):
                with self._lock:
                    known |= self._known(part)
            try:
                batch = self._journal.append(decisions, known)
            except Overtaken as error:
                raise Refused("count", count=self.untouched(query)) from error
            with self._lock:
                return {"batch": batch, "count": len(numbers), **self._progress()}

    def _accepting(self, numbers: Sequence[int], reviewer: str) -> list[Decision]:
        decisions: list[Decision] = []
        for part in slices(numbers, _AT_ONCE):
            with self._lock:
                rows = self._loaded.index.shelf.rows(part)
                decisions += (one for row in rows for one in accepting(self._loaded, row, reviewer))
            time.sleep(_PAUSE)
        return decisions

    def undo(self, reviewer: str) -> Told:
        """Take back the last batch of a reviewer."""
        numbers = self._journal.undo(reviewer)
        with self._lock:
            rows = self._loaded.index.shelf.rows(numbers[:MANY])
            row = self._told(numbers[:1], reviewer)[0] if len(numbers) == 1 else None
            keys = [row.key for row in rows]
            return {"keys": keys, "count": len(numbers), "row": row, **self._progress()}

    def add(
        self,
        number: int,
        kind: str,
        start: int,
        end: int,
        said: Mapping[str, str],
        note: str,
        seen: int,
        reviewer: str,
    ) -> Told:
        """Add an item that the machine missed; Refused `place` where there are no such words.

        Refused `machine` or `there` where that item is in the list already, Overtaken where the reviewer put it there
        in another window, after the own entry `seen`.
        """
        with self._lock:
            report = self._report(number)
        document = self._document(report)
        place = place_of(document, self.rulebooks.pack(report.tables.report["rule_pack"]), start, end)
        if place is None:
            raise Refused("place")
        decision = adding(report, {**place, "kind": kind}, said, note, reviewer, self.rulebooks.activities)
        with self._writing():
            report = self._report(number)
            self._refuse_second(report, decision, seen=seen)
            self._journal.append([decision], self._known([decision]))
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
        self._take_up(self._open())

    def _open(self) -> Opened:
        return opened(self.asked, self._journal.entries, self._numbers, self.rulebooks.activities)

    def _take_up(self, found: Opened) -> None:
        def done() -> None:
            self._opened = found

        self._journal.exchange(found.loaded, done)

    # Within

    @property
    def _loaded(self) -> Loaded:
        return self._journal.loaded

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the log and the rows, which are in step with it."""
        with self._journal.writing(), self._lock:
            yield

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

    def _refuse_unseen(self, row: Row, seen: int, shown: str, reviewer: str) -> None:
        """Raise Overtaken or Refused `changed` where a row is not what a reviewer saw of it.

        An own entry that was taken back since is none that could be overruled.
        """
        for subject in subjects_of(row):
            for entry in self._loaded.ledger.of(subject.id):
                if entry.reviewer == reviewer and entry.number > seen:
                    raise Overtaken(entry)
        if shown != shown_of(self._loaded, row):
            raise Refused("changed")

    def _refuse_second(self, report: Reporting, decision: Decision, former: Row | None = None, seen: int = 0) -> None:
        """Raise Refused or Overtaken where an item that is added is in the list already, other than as `former`."""
        said, subject = decision.said, decision.subject.id
        place = ("kind", "start", "end")
        twin = next((one for one in report.tables.items if all(one[name] == said[name] for name in place)), None)
        if twin is not None:
            raise Refused("machine", key=report.key(ITEM, twin["item_id"]))
        if (former is not None and subject == former.id) or added_cells(
            report.tables, subject, self._loaded.ledger
        ) is None:
            return
        key = report.key(ITEM, subject)
        _, row = self._row(key)
        if self._loaded.verdict(row).state is State.CHANGED:  # it was added to another text
            return
        for entry in self._loaded.ledger.of(subject):
            if entry.reviewer == decision.reviewer and entry.number > seen:
                raise Overtaken(entry)
        raise Refused("there", key=key)

    def _new_place(self, key: str, word: Word) -> Place | None:
        """Return where an addition stands in the text as it is now, if that is another than it was added to."""
        with self._lock:
            _, row = self._row(key)
            if not self._is_to_be_placed(row, word):
                return None
            report, cells = self._loaded.report_of(row), self._loaded.said(row)
        document = self._document(report)
        found = found_again(document.text, cells)
        pack = self.rulebooks.pack(report.tables.report["rule_pack"])
        place = None if found is None else place_of(document, pack, *found)
        if place is None:
            raise Refused("unplaced")
        return place

    def _is_to_be_placed(self, row: Row, word: Word) -> bool:
        is_kept = row.rule == ADDED and word.action is not Action.REJECT
        return is_kept and self._loaded.verdict(row).state is State.CHANGED

    def _known(self, decisions: Sequence[Decision]) -> dict[str, int]:
        """Return the number of the last entry of whoever decides on each subject, of which it is known here."""
        ledger = self._loaded.ledger
        return {one.subject.id: ledger.seen(one.subject.id, one.reviewer) for one in decisions}

    def _progress(self) -> Told:
        decided, total = self._loaded.index.progress()
        return {"last": self._loaded.ledger.last, "decided": decided, "total": total}

    def _told(self, numbers: Sequence[int], reviewer: str) -> list[Told]:
        return told_rows(self._loaded, numbers, reviewer)


def _words(error: BaocaoError, lang: str) -> str:
    return CATALOGUE[error.problem.code].message(error.problem, lang)
