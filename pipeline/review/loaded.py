"""The tables of one run as a review has them: its rows looked through by an index, kept in step with the log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from pipeline.decisions import ADDED, Entry, Ledger, State, Subject, SubjectKind, machine_tables
from pipeline.decisions import Row as Cells
from pipeline.review.index import Index
from pipeline.review.rows import Reporting, Row, item_row, letterhead_row, rows_of
from pipeline.review.shelf import Shelf
from pipeline.review.strings import Strings
from pipeline.review.verdicts import Verdict, added_cells, subjects_of, verdict_of
from pipeline.tables.publishing import whole

_REPORTS = 32  # whose rows are held unpacked
_AT_ONCE = 500  # rows that are told together

Numbering = dict[str, int]
"""The number of each file, which it keeps while the review lasts, whatever runs there are meanwhile."""


class Loaded:
    """The rows of a run and all that was decided of them; used by one thread at a time."""

    def __init__(self, activities: Mapping[str, str]) -> None:
        self.ledger = Ledger()
        self.index = Index(Shelf())
        self.files: dict[int, str] = {}
        self.items = self.problems = 0
        self._activities = activities
        self._subjects: dict[str, Subject] = {}
        self._strings = Strings()
        self._reports: OrderedDict[int, Reporting] = OrderedDict()
        self._places: dict[int, int] = {}
        self._altered: set[int] = set()

    def close(self) -> None:
        """Let go of the rows."""
        self.index.shelf.close()

    def fill(self, out: Path, entries: Iterable[Entry], numbers: Numbering) -> None:
        """Take in the tables in `out` and all `entries` of their log; BaocaoError as `machine_tables` and `whole`."""
        for entry in entries:
            self._take(entry)
        with whole(out):
            for place, tables in enumerate(machine_tables(out)):
                report = Reporting(numbers.setdefault(tables.report["file"], len(numbers)), tables, self._activities)
                self.index.shelf.put_report(report.number, tables)
                self.files[report.number] = report.file
                self._places[report.number] = place
                self.items += len(tables.items)
                self.problems += len(tables.problems)
                self._add(report, rows_of(report))
        self.index.shelf.complete()
        for subject in list(self._subjects.values()):
            if subject.kind is SubjectKind.ADDITION:
                self._renew(subject)

    def follow(self, entries: Iterable[Entry]) -> None:
        """Take in `entries`, the next of the log, and all that they change."""
        self.renew(self.take(entries))

    def take(self, entries: Iterable[Entry]) -> list[str]:
        """Take in `entries`, the next of the log, and return the ids of the subjects that are to be renewed."""
        changed: dict[str, None] = {}
        for entry in entries:
            changed.update(dict.fromkeys(self._take(entry)))
        return list(changed)

    def renew(self, subjects: Iterable[str]) -> list[int]:
        """Have the rows of subjects stand as the entries say, and return the numbers of these rows."""
        found: dict[int, None] = {}
        for subject in subjects:
            found.update(dict.fromkeys(self._renew(self._subjects[subject])))
        self._tell(list(found))
        return list(found)

    def touched(self, entries: Iterable[Entry]) -> list[int]:
        """Return the numbers of the rows that decisions bear on, which were followed already."""
        found: dict[int, None] = {}
        for entry in entries:
            if entry.decision is not None:
                found.update(dict.fromkeys(self.rows_of(entry.decision.subject)))
        return list(found)

    def rows_of(self, subject: Subject) -> list[int]:
        """Return the numbers of the rows that a subject belongs to, in each file of its content."""
        if subject.kind is SubjectKind.FIELD:
            keys = (f"letterhead/{number}" for number in self.index.shelf.reports_with(subject.report_id))
            return [n for key in keys if (n := self.index.shelf.with_key(key)) is not None]
        return self.index.shelf.with_id(subject.id)

    def report(self, number: int) -> Reporting | None:
        """Return a report by its number."""
        known = self._reports.get(number)
        if known is None:
            tables = self.index.shelf.report(number) if number in self.files else None
            if tables is None:
                return None
            known = self._reports[number] = Reporting(number, tables, self._activities)
            if len(self._reports) > _REPORTS:
                self._reports.popitem(last=False)
        self._reports.move_to_end(number)
        return known

    def report_of(self, row: Row) -> Reporting:
        """Return the report of a row."""
        report = self.report(int(row.key.split("/")[1]))
        assert report is not None
        return report

    def verdict(self, row: Row) -> Verdict:
        """Return where a row stands."""
        if not any(subject.id in self._subjects for subject in subjects_of(row)):
            return Verdict()
        return verdict_of(self.report_of(row), row, self.ledger)

    def said(self, row: Row) -> Mapping[str, str]:
        """Return what stands in place of the machine's cells in a row, all cells of one that was added."""
        if row.rule == ADDED:
            return added_cells(self.report_of(row).tables, row.id, self.ledger) or {}
        return self.verdict(row).said

    def additions(self, report: Reporting) -> Iterator[Cells]:
        """Yield the rows that were added to a report."""
        for subject in self.ledger.additions(report.report_id):
            cells = added_cells(report.tables, subject, self.ledger)
            if cells is not None and not _is_found(report, cells):
                yield cells

    def _take(self, entry: Entry) -> list[str]:
        if entry.decision is not None:
            entry = replace(entry, decision=self._strings.decision(entry.decision))
            assert entry.decision is not None
            self._subjects[entry.decision.subject.id] = entry.decision.subject
        return self.ledger.take(entry)

    def _add(self, report: Reporting, rows: Iterable[Row]) -> list[int]:
        """Put rows of a report into the index, as they stand."""
        decided = self.ledger.has(report.report_id)
        verdicts = {}
        shown = []
        for row in rows:
            if decided:
                verdicts[row.key] = verdict = verdict_of(report, row, self.ledger)
                row = _as_said(report, row, verdict) if verdict.said else row
            shown.append(row)
        stands = partial(_stands, verdicts)
        numbers = self.index.add(shown, stands, self._places[report.number])
        altered = {key for key, verdict in verdicts.items() if verdict.said}
        self._altered.update(n for n, row in zip(numbers, shown, strict=True) if row.key in altered)
        return numbers

    def _renew(self, subject: Subject) -> list[int]:
        """Put an addition that has no row into the index, and return the numbers of the rows of a subject."""
        if subject.kind is not SubjectKind.ADDITION:
            return self.rows_of(subject)
        known = {row.file for row in self.index.shelf.rows(self.rows_of(subject))}
        for number in self.index.shelf.reports_with(subject.report_id):
            report = self.report(number)
            assert report is not None
            cells = added_cells(report.tables, subject.id, self.ledger)
            if cells is not None and report.file not in known and not _is_found(report, cells):
                self._add(report, [item_row(report, cells)])
        return self.rows_of(subject)

    def _tell(self, numbers: Sequence[int]) -> None:
        """Write into the index where rows stand now."""
        for at in range(0, len(numbers), _AT_ONCE):
            part = numbers[at : at + _AT_ONCE]
            for n, row in zip(part, self.index.shelf.rows(part), strict=True):
                self._tell_one(n, row, self.report_of(row))

    def _tell_one(self, n: int, row: Row, report: Reporting) -> None:
        cells = added_cells(report.tables, row.id, self.ledger) if row.rule == ADDED else None
        verdict = verdict_of(report, row, self.ledger)
        now = row
        if cells is not None:
            now = item_row(report, cells)
        elif verdict.said or n in self._altered:
            now = _as_said(report, row, verdict)
            self._altered.add(n)
        if now != row:
            self.index.replace(n, now)
        self.index.change(n, now, verdict.state, verdict.last, gone=row.rule == ADDED and cells is None)


def _as_said(report: Reporting, row: Row, verdict: Verdict) -> Row:
    """Return a row with what is said of it in place of the machine's cells."""
    if row.type == "letterhead":
        return letterhead_row(report, verdict.said)
    cells = report.items.get(row.id)
    return row if cells is None else item_row(report, {**cells, **verdict.said})


def _stands(verdicts: Mapping[str, Verdict], row: Row) -> tuple[State, int]:
    verdict = verdicts.get(row.key)
    return (State.OPEN, 0) if verdict is None else (verdict.state, verdict.last)


def _is_found(report: Reporting, cells: Mapping[str, str]) -> bool:
    """Tell whether the machine finds an added item by itself now."""
    return any(all(cells[name] == one[name] for name in ("kind", "start", "end")) for one in report.tables.items)
