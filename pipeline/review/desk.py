"""What reviewers do: decide, accept many at once, take back, add. A decision is in the log when it returns."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from pipeline.decisions import ADDED, Action, Decision, Overtaken, State
from pipeline.review.additions import found_again, place_of
from pipeline.review.deciding import Word, accepting, adding, decisions_on, placing
from pipeline.review.journal import MANY, slices
from pipeline.review.looking import Looking, Told
from pipeline.review.query import Query
from pipeline.review.refusals import Refused
from pipeline.review.rows import ITEM, Reporting, Row
from pipeline.review.telling import shown_of
from pipeline.review.verdicts import added_cells, subjects_of

Place = dict[str, str]

_AT_ONCE = 500  # rows that are made into decisions while others wait
_PAUSE = 0.001  # seconds


class Desk(Looking):
    """The review of one folder of tables; safe to be used by several threads."""

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
                if decisions[0].subject.id != row.id:
                    self._refuse_second(self._loaded.report_of(row), decisions[0])
            self._refuse_unseen(row, seen, shown, reviewer)
            batch = self._journal.append(decisions, self._known(decisions))
            former: Told = {}
            if place is not None and decisions[0].subject.id != row.id:
                n, _ = self._row(self._loaded.report_of(row).key(ITEM, decisions[0].subject.id))
                former = {"former": key}
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
        reviewer: str,
        seen: int = 0,
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
            self._refuse_second(report, decision, seen)
            self._journal.append([decision], self._known([decision]))
            n = self._loaded.index.shelf.with_key(report.key(ITEM, decision.subject.id))
            return {"row": None if n is None else self._told([n], reviewer)[0], **self._progress()}

    # Within

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the log and the rows, which are in step with it."""
        with self._journal.writing(), self._lock:
            yield

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

    def _refuse_second(self, report: Reporting, decision: Decision, seen: int | None = None) -> None:
        """Raise Refused where an item that is added is in the list already, Overtaken where it is newer than `seen`."""
        said, subject = decision.said, decision.subject.id
        place = ("kind", "start", "end")
        twin = next((one for one in report.tables.items if all(one[name] == said[name] for name in place)), None)
        if twin is not None:
            raise Refused("machine", key=report.key(ITEM, twin["item_id"]))
        if added_cells(report.tables, subject, self._loaded.ledger) is None:
            return
        key = report.key(ITEM, subject)
        _, row = self._row(key)
        if self._loaded.verdict(row).state is State.CHANGED:  # it was added to another text
            return
        for entry in self._loaded.ledger.of(subject):
            if entry.reviewer == decision.reviewer and seen is not None and entry.number > seen:
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
