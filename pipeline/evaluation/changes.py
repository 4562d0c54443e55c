"""Two runs over the same reports: what the second gained, lost and reads otherwise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.batch import owner_of
from pipeline.evaluation.counterparts import Counterparts, counterparts
from pipeline.evaluation.gold import KINDS
from pipeline.evaluation.outputs import Output, read_output, span_of, start_of
from pipeline.evaluation.pairing import Row
from pipeline.problems import BaocaoError
from pipeline.tables.columns import CONSOLIDATED, INDICATORS, REPORTS

STATES = ("gained", "lost", "altered")
CHANGED = (*KINDS, "indicator", "field", "problem", "report")
"""What a change may be of: the kinds of item, an indicator, a field of a report, a problem, or a whole report."""

_PLACE = ("item_id", "report_id", "file", "kind", "page", "start", "end")
_REVIEW = ("review", "machine_value", "machine_cells", "machine_fields", "reviewer", "reviewed_at", "note")
_ITEM = tuple(name for name in CONSOLIDATED.names if name not in (*_PLACE, *_REVIEW))
_TOLD = tuple(name for name in _ITEM if name not in ("text", "section", "sentence", "rule"))
_FIELDS = tuple(name for name in REPORTS.names if name not in ("report_id", "file", "error", "items", *_REVIEW))
_OF_REPORT = ("report_id", "file", "issuer", "period_start", "period_end", "indicator")
_INDICATOR = tuple(name for name in INDICATORS.names if name not in (*_OF_REPORT, *_REVIEW))
_PROBLEM = ("code", "start", "end", "page", "text", "other_file", "other_start", "other_end")
"""What tells problems apart; not their words, which are in the language of the run."""


class Move(Struct, frozen=True):
    """A column whose value is another one; of what was gained or lost, a column that is filled."""

    column: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """One thing that the second run has, has no more, or reads otherwise.

    `name` is the indicator's code, the field's column or the problem's code, and empty for an item. The rules are
    those of the item in each run, or of the item that stands where a problem is; `at` is where `text` begins in
    `sentence`, -1 where that isn't known.
    """

    state: str
    kind: str
    file: str
    name: str = ""
    text: str = ""
    page: str = ""
    start: str = ""
    end: str = ""
    moves: tuple[Move, ...] = ()
    rule_before: str = ""
    rule_after: str = ""
    sentence: str = ""
    at: int = -1

    @property
    def group(self) -> str:
        """Return what the change is listed under: the new rule of an item, else the old one; the name of all else."""
        return (self.rule_after or self.rule_before) if self.kind in KINDS else self.name

    @property
    def by_rule_alone(self) -> bool:
        """Tell whether nothing moved but the rule that made the item."""
        return [move.column for move in self.moves] == ["rule"]


class Comparison(Struct, frozen=True):
    """All changes between two runs, by file and place, and how many reports both read; empty where nothing moved."""

    compared: int
    changes: tuple[Change, ...]


def compare(before: Path, after: Path) -> Comparison:
    """Return what the run in `after` changed of that in `before`; what people decided in either plays no part.

    Reports are known by their file; one that only one of the runs has, or whose content is another, is one change and
    its rows are not compared. BaocaoError `evaluate.*` where a folder is no output or no report is in both.
    """
    old, new = read_output(before).as_machine_read(), read_output(after).as_machine_read()
    both = sorted(file for file in old.reports if file in new.reports)
    if not both:
        raise BaocaoError("evaluate.no_common", before=str(before), after=str(after))
    alike = [file for file in both if old.reports[file]["report_id"] == new.reports[file]["report_id"]]
    changes = [*_report_changes(old, new), *(change for file in alike for change in _changes_of(file, old, new))]
    return Comparison(len(alike), tuple(sorted(changes, key=_order)))


def _order(change: Change) -> tuple[str, int, int, int, int, str, str]:
    state, kind = STATES.index(change.state), CHANGED.index(change.kind)
    return change.file, int(change.start or -1), int(change.end or -1), kind, state, change.name, str(change.moves)


def _report_changes(old: Output, new: Output) -> Iterator[Change]:
    for file in old.reports.keys() | new.reports.keys():
        before, after = old.reports.get(file), new.reports.get(file)
        if before is None or after is None:
            yield Change("gained" if before is None else "lost", "report", file)
        elif before["report_id"] != after["report_id"]:
            yield Change("altered", "report", file, moves=_moves(before, after, ["report_id"]))


def _changes_of(file: str, old: Output, new: Output) -> Iterator[Change]:
    """Yield what changed of one report that both runs read."""
    before, after = old.items.get(file, []), new.items.get(file, [])
    twins = counterparts(before, after)
    known = _Identities(twins, before, after)
    sentences = _Sentences([*before, *after])
    yield from _item_changes(twins, known, sentences)
    yield from _indicator_changes(old.indicators.get(file, []), new.indicators.get(file, []), known)
    for move in _moves(old.reports[file], new.reports[file], _FIELDS):
        yield Change(_state(move.before, move.after), "field", file, move.column, moves=(move,))
    yield from _problem_changes(old, new, file, sentences)


class _Identities:
    """Which ids of two runs mean one item, since a wider mention has another id, and the words an id stands for."""

    def __init__(self, twins: Counterparts, before: Sequence[Row], after: Sequence[Row]) -> None:
        self._now = {mine["item_id"]: theirs["item_id"] for mine, theirs in twins.pairs}
        self._texts = {row["item_id"]: row["text"] for row in (*before, *after)}

    def moves(self, before: Row, after: Row, columns: Iterable[str]) -> tuple[Move, ...]:
        """Return the columns that moved; one of ids moves where it names another item, and shows the items' words."""
        told = []
        for move in _moves(before, after, columns):
            if move.column not in ("part_of", "item_ids"):
                told.append(move)
            elif [self._now.get(one, one) for one in move.before.split("; ")] != move.after.split("; "):
                told.append(Move(move.column, self._words(move.before), self._words(move.after)))
        return tuple(told)

    def _words(self, ids: str) -> str:
        return "; ".join(self._texts.get(one, one) for one in ids.split("; "))


class _Sentences:
    """Where in its sentence an item stands: the tables tell its place in the report alone."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._fellows: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in rows:
            self._fellows[row["sentence"]].append((start_of(row), row["text"]))

    def place(self, row: Row) -> int:
        """Return where the item's words begin in its sentence, or -1.

        Where they stand there more than once, the place is taken that fits most other items of the sentence.
        """
        sentence, start = row["sentence"], start_of(row)
        words, fellows = re.escape(row["text"]), self._fellows[sentence]
        alone = re.compile(rf"(?<!\w){words}(?!\w)")

        def fit(at: int) -> tuple[int, bool]:
            base = start - at
            fits = sum(place >= base and sentence.startswith(text, place - base) for place, text in fellows)
            return fits, alone.match(sentence, at) is not None

        return max((found.start() for found in re.finditer(words, sentence)), key=fit, default=-1)

    def around(self, start: int, text: str) -> tuple[str, int]:
        """Return the sentence of an item that holds `text` at `start`, and where; empty and -1 where none does."""
        for row in self._rows:
            sentence, off = row["sentence"], start - start_of(row)
            if abs(off) < len(sentence) and (place := self.place(row)) >= 0:
                at = place + off
                if text and at >= 0 and sentence.startswith(text, at):
                    return sentence, at
        return "", -1


def _item_changes(twins: Counterparts, known: _Identities, sentences: _Sentences) -> Iterator[Change]:
    for before, after in twins.pairs:
        moves = known.moves(before, after, _ITEM)
        if moves:
            yield _change("altered", after, sentences, moves, before["rule"], after["rule"])
    for row in twins.lost:
        yield _change("lost", row, sentences, known.moves(row, _blank(row), _TOLD), before=row["rule"])
    for row in twins.gained:
        yield _change("gained", row, sentences, known.moves(_blank(row), row, _TOLD), after=row["rule"])


def _change(
    state: str, row: Row, sentences: _Sentences, moves: tuple[Move, ...], before: str = "", after: str = ""
) -> Change:
    place = (row["text"], row["page"], row["start"], row["end"])
    return Change(
        state, row["kind"], row["file"], "", *place, moves, before, after, row["sentence"], sentences.place(row)
    )


def _indicator_changes(old: Iterable[Row], new: Iterable[Row], known: _Identities) -> Iterator[Change]:
    """Yield the indicators that moved; one without a value is as good as none."""
    before, after = ({row["indicator"]: row for row in rows if row["value"]} for rows in (old, new))
    for code in before.keys() | after.keys():
        row = after.get(code) or before[code]
        moves = known.moves(before.get(code) or _blank(row), after.get(code) or _blank(row), _INDICATOR)
        if moves:
            state = "altered" if code in before and code in after else "gained" if code in after else "lost"
            yield Change(state, "indicator", row["file"], code, row.get("label", ""), moves=moves)


def _problem_changes(old: Output, new: Output, file: str, sentences: _Sentences) -> Iterator[Change]:
    """Yield the problems that only one run has, with the rules whose items stand there."""
    before, after = ([*output.problems.get(file, [])] for output in (old, new))
    gone = Counter(map(_told, before))
    gone.subtract(map(_told, after))
    spans = [[(span, row["rule"]) for row in o.items.get(file, []) if (span := span_of(row))] for o in (old, new)]
    for rows, sign, state in ((before, 1, "lost"), (after, -1, "gained")):
        for row in rows:
            if gone[_told(row)] * sign > 0:
                gone[_told(row)] -= sign
                place = span_of(row)
                was, now = (owner_of(place, of_run) if place else "" for of_run in spans)
                where = (row["text"], row["page"], row["start"], row["end"])
                said = row.get("message", "")
                moves = (Move("message", said, "") if state == "lost" else Move("message", "", said),)
                sentence, at = sentences.around(start_of(row), row["text"])
                yield Change(state, "problem", file, row["code"], *where, moves, was, now, sentence, at)


def _told(row: Row) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in _PROBLEM)


def _moves(before: Mapping[str, str], after: Mapping[str, str], columns: Iterable[str]) -> tuple[Move, ...]:
    """Return those of `columns` that both rows have and that differ."""
    both = [name for name in columns if name in before and name in after]
    return tuple(Move(name, before[name], after[name]) for name in both if before[name] != after[name])


def _blank(row: Row) -> Row:
    return dict.fromkeys(row, "")


def _state(before: str, after: str) -> str:
    return "altered" if before and after else "gained" if after else "lost"
