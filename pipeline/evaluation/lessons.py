"""What review teaches the rules: examples and rejects that a person may add to them, and which of them fail today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch import load_rules
from pipeline.decisions import EDITABLE, State
from pipeline.evaluation.lesson import Lesson, form_of
from pipeline.evaluation.lessontrial import Today
from pipeline.evaluation.verdicts import Verdict, plain_line, read_verdicts
from pipeline.extract.claims import BUILT_IN
from pipeline.rulebook import Example
from pipeline.tables.publishing import SEAL, head_of_seal

_SECTION = "role"
"""A key of examples that names the section's role, so that they can't tell that of an item."""
_TOLD = {
    "document_number": ("value",),
    "date": ("value",),
    "count": ("value", "value_max", "total", "previous", "unit"),
    "activity": ("value", "status"),
}
"""The columns that an example tells though nobody corrected them: the reviewer left them as they are."""
_USUAL = {"qualifier": "exact", "status": "done"}


class Lessons(Struct, frozen=True):
    """All that the review of one run teaches: what is to be written in which rule, by file and line of the rules.

    `unplaced` belong to no rule, `disputed` are verdicts on which reviewers differ. `verdicts` counts the judged items,
    `optional` the forms of accepted ones that could be examples, where they were not asked for. `changed`, `gone` and
    `others` are as `Verdicts` has them.
    """

    placed: tuple[Lesson, ...]
    unplaced: tuple[Lesson, ...]
    disputed: tuple[Verdict, ...]
    verdicts: int
    optional: int
    changed: int
    gone: int
    others: int

    @property
    def all(self) -> tuple[Lesson, ...]:
        """All lessons, those that belong to no rule last."""
        return (*self.placed, *self.unplaced)

    @property
    def failing(self) -> int:
        """How many are work, since today's rules don't pass them."""
        return sum(not lesson.passes for lesson in self.all)


def learn(out: Path, rules: str | Sequence[str] = (), accepted: bool = False) -> Lessons:
    """Return what the review of the tables in `out` teaches today's `rules`, those of the run where none are named.

    With `accepted` what reviewers found right gives examples too, one for each form of sentence that is new to a rule.
    Nothing is written. BaocaoError `review.no_tables` or `review.log`, or RulesError, where it can't be done.
    """
    read = read_verdicts(out)
    today = Today(load_rules(rules or _rules_of_run(out)))
    drafts = _joined(draft for verdict in read.all for draft in _drafts(verdict, today))
    right = Counter(_place_in_form(verdict) for verdict in read.all if verdict.state is State.ACCEPTED)
    lessons = [_weighed(today.judged(draft), right) for draft in drafts if not draft.is_optional]
    optional = [draft for draft in drafts if draft.is_optional and not today.knows_form(draft)]
    if accepted:
        lessons += [lesson for lesson in map(today.judged, optional) if lesson.passes and not lesson.trouble]
    lessons = [lesson for lesson in lessons if not today.has(lesson)]
    return Lessons(
        tuple(sorted((lesson for lesson in lessons if lesson.rule), key=_place)),
        tuple(lesson for lesson in lessons if not lesson.rule),
        tuple(verdict for verdict in read.all if verdict.state is State.DISPUTED),
        len(read.all),
        0 if accepted else len(optional),
        read.changed,
        read.gone,
        read.others,
    )


def _rules_of_run(out: Path) -> tuple[str, ...]:
    """Return the packs that the run was told to use, none where each report chose or that can't be known."""
    try:
        return tuple(map(str, head_of_seal(out / SEAL)["arguments"]["rules"]))
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _drafts(verdict: Verdict, today: Today) -> Iterator[Lesson]:
    """Yield what one verdict teaches, before anything is tried."""
    row, state = verdict.row, verdict.state
    kind = row.get("kind", "")
    if not verdict.sentence or kind not in _TOLD or (state is State.ADDED) == bool(row["rule"]):
        return
    if state is State.REJECTED:
        yield _reject(verdict, today)
    elif state is State.ADDED:
        yield _example(verdict, today, claimed=False)
    elif state is State.CORRECTED and kind == "activity" and "value" in verdict.said:  # the deed of another rule
        yield _reject(verdict, today)
        yield _example(verdict, today, claimed=False)
    elif state in (State.CORRECTED, State.ACCEPTED):
        yield _example(verdict, today, claimed=True)


def _reject(verdict: Verdict, today: Today) -> Lesson:
    name = verdict.row["rule"]
    rule = today.rule(name)
    role = today.role_of(verdict)
    text = today.stretch(rule, verdict, role) if rule else verdict.sentence
    example = Example(text or verdict.sentence, (), role, 0)
    trouble = _unplaced(name) if rule is None else "" if text else "narrow"
    return Lesson(rule, name, verdict.row["kind"], True, example, (verdict,), trouble=trouble)


def _example(verdict: Verdict, today: Today, claimed: bool) -> Lesson:
    """Return an example of what a verdict wants: of the rule that claimed the item, or else of one to be found."""
    row, said, kind = verdict.row, verdict.said, verdict.row["kind"]
    names = [name for name in EDITABLE[kind] if name != _SECTION]
    untold = tuple(name for name in said if name in EDITABLE[kind] and (name not in names or not said[name]))
    cells = {**row, **said}
    told = {*_TOLD[kind], *said} if row["rule"] else {name for name in names if cells.get(name) != _USUAL.get(name)}
    wanted = {name: plain_line(cells[name]) for name in names if name in told and cells.get(name)}
    example = Example(verdict.sentence, tuple(wanted.items()), today.role_of(verdict), 0)
    rule = today.rule(row["rule"]) if claimed else None
    trouble = "" if rule or not claimed else _unplaced(row["rule"])
    if untold and not any(said.get(name) for name in names):
        trouble = trouble or "columns"
    name = row["rule"] if claimed else ""
    return Lesson(rule, name, kind, False, example, (verdict,), untold=untold, trouble=trouble)


def _unplaced(rule: str) -> str:
    return "built_in" if rule.startswith(f"{BUILT_IN}/") else "unknown"


def _joined(drafts: Iterable[Lesson]) -> list[Lesson]:
    """Return the drafts with those of one form made one, the first of each."""
    groups: defaultdict[tuple[object, ...], list[Lesson]] = defaultdict(list)
    for draft in drafts:
        names = tuple(name for name, _ in draft.example.expected)
        rank = 0 if draft.is_reject else draft.verdicts[0].rank
        form = form_of(draft.example.text), draft.example.role, names, draft.untold, rank, draft.trouble
        groups[draft.rule_id, draft.kind, draft.is_reject, draft.is_optional, form, _cell(draft)].append(draft)
    return [
        replace(group[0], verdicts=tuple(verdict for draft in group for verdict in draft.verdicts))
        for group in groups.values()
    ]


def _cell(draft: Lesson) -> tuple[str, ...]:
    """Return what names the cell of a table in which a figure stands that no rule has read; else nothing."""
    row = draft.verdicts[0].row
    return () if draft.rule else (row.get("object", ""), row.get("column", ""))


def _place_in_form(verdict: Verdict) -> tuple[str, str, int]:
    return verdict.row["rule"], form_of(verdict.sentence), verdict.rank


def _weighed(lesson: Lesson, right: Counter[tuple[str, str, int]]) -> Lesson:
    """Return a reject with the number of those who accept its like."""
    against = right[_place_in_form(lesson.verdicts[0])] if lesson.is_reject and lesson.rule else 0
    return replace(lesson, against=against) if against else lesson


def _place(lesson: Lesson) -> tuple[str, int, bool, bool, int]:
    rule = lesson.rule
    path, line = (str(rule.path), rule.line) if rule else ("", 0)
    return path, line, lesson.is_reject, lesson.passes, -len(lesson.verdicts)
