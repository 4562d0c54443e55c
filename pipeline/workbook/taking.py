"""Taking a reviewed workbook back: what was changed in it since its export becomes decisions, or is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from pipeline.decisions import Decision, Entry, Overtaken, State, is_as_seen, open_log, standing
from pipeline.decisions.log import NAME as LOG
from pipeline.problems import BaocaoError
from pipeline.workbook.cells import digest
from pipeline.workbook.changes import Proposal, Refusal, edited_evidence, proposals
from pipeline.workbook.columns import DECIDED
from pipeline.workbook.labels import action_of
from pipeline.workbook.lines import Asked, Line, lines_of
from pipeline.workbook.reading import ReadRow, ReadWorkbook, read_workbook
from pipeline.workbook.source import Source, opened
from pipeline.workbook.stamp import Shown, row_mark

_TRIES = 3  # where another window of the reviewer decides at the same moment


class Place(Struct, frozen=True):
    """Where a row stands in the workbook, and which report and words it is about."""

    sheet: str
    row: int
    file: str
    text: str


class Taken(Struct, frozen=True):
    """A decision that was taken from a row; `before` is the state until now, `disputed` who says something else."""

    place: Place
    decision: Decision
    before: State
    disputed: tuple[str, ...] = ()


class Refused(Struct, frozen=True):
    """What could not be taken from a row, and why: a reason by name with details, for who tells it."""

    place: Place
    refusal: Refusal


class _Found(Struct, frozen=True):
    place: Place
    line: Line
    proposal: Proposal


class Result(Struct):
    """What came of a workbook: decisions taken, refused rows, cells that were changed in vain, rows as they were."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    ignored: list[Refused] = field(default_factory=list)
    unchanged: int = 0


def take_workbook(out: Path, path: Path, reviewer: str, dry: bool = False, overrule: bool = False) -> Result:
    """Write the decisions of the workbook at `path` into the log of `out`, all in one batch, and tell what came of it.

    With `dry` nothing is written. With `overrule` the workbook counts also where the reviewer decided on the same since
    the export. BaocaoError as `read_workbook`, `opened` and `open_log`.
    """
    book = read_workbook(path)
    for tries in range(_TRIES):
        with opened(out, book.stamp.lang) as source:
            result = _Taking(source, book, reviewer, overrule).result()
            subjects = [one.decision.subject.id for one in result.taken]
            seen = {subject: source.ledger.seen(subject, reviewer) for subject in subjects}
        if dry or not result.taken:
            break
        try:
            with open_log(out) as log:
                log.append([one.decision for one in result.taken], seen)
            break
        except Overtaken as error:
            if tries == _TRIES - 1:
                raise BaocaoError("review.log", file=str(out / LOG), reason=f"{reviewer}: {error.entry.at}") from error
    return result


class _Taking:
    """The rows of one workbook against the tables as they are now."""

    def __init__(self, source: Source, book: ReadWorkbook, reviewer: str, overrule: bool) -> None:
        self._source, self._stamp, self._reviewer, self._overrule = source, book.stamp, reviewer, overrule
        self._same_log = _log_id(book.stamp.mark) in ("", _log_id(source.mark))
        self._result = Result()
        self._found: defaultdict[str, list[_Found]] = defaultdict(list)
        self._rows: defaultdict[str, list[ReadRow]] = defaultdict(list)
        for row in book.rows:
            self._sort_out(row)

    def result(self) -> Result:
        """Return what comes of all rows."""
        source, seen = self._source, set[str]()
        for report in source.reports():
            report_id = report.machine.report["report_id"]
            rows = self._rows[report_id] if report_id not in seen else ()
            seen.add(report_id)
            if rows:
                lines = {(line.sheet, line.id): line for line in lines_of(report, source.ledger, source.names)}
                for row in rows:
                    self._weigh(row, lines.get((row.sheet, _id(row))))
        for row in (row for report_id, rows in self._rows.items() if report_id not in seen for row in rows):
            if self._changed(row):
                self._refuse(row, Refusal("other_run"))
        for found in self._found.values():
            self._settle(found)
        for listed in (self._result.taken, self._result.refused, self._result.ignored):
            listed.sort(key=lambda one: (list(DECIDED).index(one.place.sheet), one.place.row))
        return self._result

    def _sort_out(self, row: ReadRow) -> None:
        """Put a row to its report, or refuse it where its ids tell nothing."""
        subject, report_id = _id(row), row.cells.get("report_id", "")
        fitting = row_mark(row.sheet, subject, report_id)
        if (row.sheet, subject) not in self._stamp.shown:
            if any(row.cells.get(name) for name in DECIDED[row.sheet].entries):
                self._refuse(row, Refusal("unknown_id" if subject else "no_id", subject))
        elif row.cells.get("row_mark", fitting) != fitting:
            if self._changed(row):
                self._refuse(row, Refusal("edited_id", subject))
        else:
            self._rows[report_id].append(row)

    def _weigh(self, row: ReadRow, line: Line | None) -> None:
        """Find what is decided in a row whose report there is."""
        changed = self._changed(row)
        if line is None:
            if changed:
                self._refuse(row, Refusal("gone"))
            return
        shown = self._shown(row)
        as_shown = all(shown.seen.get(name) == one.digest() for name, one in line.asked.items())
        edited = edited_evidence(row, line, self._stamp.lang) if as_shown else ()
        place = Place(row.sheet, row.number, line.file, line.cells.get("text", ""))
        found = list(proposals(row, line, shown, changed, edited, self._source.names)) if changed else []
        if not found:
            self._result.unchanged += 1
        if not any(isinstance(one, Refusal) for one in found):
            self._result.ignored += [Refused(place, Refusal("evidence_edited", column)) for column in edited]
        for one in found:
            refusal = one if isinstance(one, Refusal) else self._overtaken(line, one, shown)
            if refusal is not None:
                self._result.refused.append(Refused(place, refusal))
            elif isinstance(one, Proposal):
                self._found[line.asked[one.name].subject.id].append(_Found(place, line, one))

    def _overtaken(self, line: Line, one: Proposal, shown: Shown) -> Refusal | None:
        """Return a refusal where what was decided on is no longer what was shown, or the reviewer decided since."""
        asked = line.asked[one.name]
        if shown.seen.get(one.name) != asked.digest():
            return Refusal("evidence", one.name)
        number = self._source.ledger.seen(asked.subject.id, self._reviewer)
        is_later = self._same_log and number > self._stamp.last and not self._overrule
        return Refusal("own_since", one.name) if is_later and not self._is_own_word(asked, one) else None

    def _is_own_word(self, asked: Asked, one: Proposal) -> bool:
        """Tell whether the reviewer has said just that of what is there now."""
        entries = self._source.ledger.of(asked.subject.id)
        own = (entry.decision for entry in entries if entry.reviewer == self._reviewer)
        return any(
            (d.action, dict(d.said), d.note) == (one.action, dict(one.said), one.note)
            and is_as_seen(asked.subject.kind, d.seen, asked.seen)
            for d in own
            if d is not None
        )

    def _settle(self, found: Sequence[_Found]) -> None:
        """Take what rows say of one subject; rows that say different things are refused."""
        first, one = found[0], found[0].proposal
        asked = first.line.asked[one.name]
        if any(other.proposal != one for other in found):
            rows = ", ".join(str(other.place.row) for other in found)
            self._result.refused += [Refused(other.place, Refusal("duplicate", rows)) for other in found]
        elif self._is_own_word(asked, one):
            self._result.unchanged += 1
        else:
            decision = Decision(asked.subject, one.action, self._reviewer, asked.seen, one.said, one.note)
            others = _disputed(decision, asked.stands.entries)
            self._result.taken.append(Taken(first.place, decision, asked.stands.state, others))

    def _changed(self, row: ReadRow) -> tuple[str, ...]:
        """Return the columns for the reviewer in which a row is not as the export left it."""
        shown = self._shown(row).entries
        return tuple(
            name
            for name in DECIDED[row.sheet].entries
            if name in row.cells and _entry_digest(row, name) != shown.get(name, "")
        )

    def _shown(self, row: ReadRow) -> Shown:
        return self._stamp.shown[row.sheet, _id(row)]

    def _refuse(self, row: ReadRow, refusal: Refusal) -> None:
        place = Place(row.sheet, row.number, row.cells.get("file", ""), row.cells.get("text", ""))
        self._result.refused.append(Refused(place, refusal))


def _id(row: ReadRow) -> str:
    return row.cells.get(DECIDED[row.sheet].key, "")


def _entry_digest(row: ReadRow, name: str) -> str:
    text = row.cells[name]
    if name == "decision":
        text = action_of(row.sheet, text) or text
    return digest(text) if text else ""


def _log_id(mark: str) -> str:
    return mark.rpartition("/")[0]


def _disputed(decision: Decision, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the other reviewers of a subject where a new decision is not what they say."""
    others = [entry for entry in entries if entry.reviewer != decision.reviewer]
    number = max((entry.number for entry in entries), default=0) + 1
    stands = standing([*others, Entry(number, "", "", decision.reviewer, decision)], decision.seen)
    return tuple(sorted({entry.reviewer for entry in others})) if stands.state is State.DISPUTED else ()
