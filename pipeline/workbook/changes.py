"""What the changed cells of a row say: decisions that are proposed, or why they can't be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from pipeline.decisions import (
    EDITABLE,
    FIELDS,
    Action,
    State,
    SubjectKind,
    corrected,
    corrected_field,
    said_of_addition,
)
from pipeline.model import Problem
from pipeline.problems import BaocaoError
from pipeline.workbook.cells import cut, digest, told
from pipeline.workbook.columns import DECIDED
from pipeline.workbook.display import display
from pipeline.workbook.labels import action_of
from pipeline.workbook.lines import Line, Names, typed
from pipeline.workbook.reading import ReadRow
from pipeline.workbook.stamp import Shown

_EVIDENCE = {
    "items": (
        *("kind", "sentence", "text", "value", "unit", "object", "value_max", "total", "previous", "per", "qualifier"),
        *(
            "change",
            "status",
            "activity_type",
            "document_type",
            "issued_date",
            "issuer",
            "role",
            "date_start",
            "date_end",
        ),
    ),
    "problems": ("message", "text"),
}
_FOLLOWS = {"date": {"date_start", "date_end"}, "activity": {"activity_type"}}


class Refusal(Struct, frozen=True):
    """Why something can't be taken: the name of a reason, what it is about, and the problem that was found in it."""

    reason: str
    detail: str = ""
    problem: Problem | None = None


class Proposal(Struct, frozen=True):
    """What a row says of one of the subjects that are asked about in it, by `name`."""

    name: str
    action: Action
    said: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def edited_evidence(row: ReadRow, line: Line, lang: str) -> tuple[str, ...]:
    """Return the columns of evidence in which a row says something else than was shown."""
    columns = (column for column in DECIDED[row.sheet].columns if column.name in _EVIDENCE.get(row.sheet, ()))
    return tuple(
        column.name
        for column in columns
        if column.name in row.cells and row.cells[column.name] != told(display(line, column, lang))
    )


def proposals(
    row: ReadRow, line: Line, shown: Shown, changed: Iterable[str], edited: Iterable[str], names: Names
) -> Iterator[Proposal | Refusal]:
    """Yield what a row says whose cells `changed` since the export, but for what was shown so, if in another form.

    `edited` are columns of evidence that somebody wrote into.
    """
    if {"sentence", "text"} <= set(edited):
        yield Refusal("mixed_up")
        return
    if line.sheet == "reports":
        found = _of_report(row, line, shown, tuple(changed))
    else:
        found = iter([_of_row(row, line, shown, tuple(edited), names)])
    yield from (one for one in found if isinstance(one, Refusal) or not _was_shown(line, one, shown, names))


def _of_row(row: ReadRow, line: Line, shown: Shown, edited: tuple[str, ...], names: Names) -> Proposal | Refusal:
    action = action_of(row.sheet, _cell(row, line, "decision"))
    given = {
        name: text
        for name, column in (("value", "correction"), ("unit", "unit_correction"))
        if (text := _cell(row, line, column))
    }
    note = _cell(row, line, "remark")
    if action is None:
        return Refusal("no_choice", row.cells["decision"])
    if not action and not given:
        return Refusal("emptied") if "decision" in shown.entries else Refusal("note_alone", note)
    if action in (Action.ACCEPT, Action.REJECT):
        if given:
            return Refusal("contradiction", "; ".join(given.values()))
        if action == Action.ACCEPT and edited:
            return Refusal("accepts_edited", edited[0])
        return _proposal(line, Action(action), {}, note)
    return _correction(line, given, note, names)


def _correction(line: Line, given: Mapping[str, str], note: str, names: Names) -> Proposal | Refusal:
    stands = line.asked[""].stands
    others = dict(stands.said) if stands.state is State.CORRECTED else {}
    for name in ("value", "unit", *_FOLLOWS.get(line.kind, ())):
        others.pop(name, None)
    if not given and not others:
        return Refusal("no_correction")
    if "unit" in given and "unit" not in EDITABLE[line.kind]:
        return Refusal("no_unit", given["unit"])
    try:
        cells = corrected(line.kind, given, line.row, names)
    except BaocaoError as error:
        return Refusal("value", "; ".join(given.values()), error.problem)
    said = {**others, **cells}
    return _proposal(line, Action.CORRECT, said, note) if said else Refusal("same_value", "; ".join(given.values()))


def _proposal(line: Line, action: Action, said: Mapping[str, str], note: str) -> Proposal:
    """Return a proposal; what is right or corrected of an item that people added is added so."""
    if line.asked[""].subject.kind is SubjectKind.ADDITION and action is not Action.REJECT:
        return Proposal("", Action.ADD, {**said_of_addition(line.row), **said}, note)
    return Proposal("", action, said, note)


def _of_report(row: ReadRow, line: Line, shown: Shown, changed: tuple[str, ...]) -> Iterator[Proposal | Refusal]:
    note, decided = _cell(row, line, "remark"), False
    fields = [name for name in FIELDS if name in changed]
    for name in fields:
        decided = True
        try:
            cell = corrected_field(name, row.cells[name])
        except BaocaoError as error:
            yield Refusal("value", row.cells[name], error.problem)
            continue
        if _as_shown(cell, name, shown):
            continue  # a day as a text
        if cell == line.row[name]:
            yield Proposal(name, Action.ACCEPT, {}, note)
        else:
            yield Proposal(name, Action.CORRECT, {name: cell}, note)
    if "decision" in changed:
        decided = True
        action = action_of(row.sheet, row.cells["decision"])
        if action is None:
            yield Refusal("no_choice", row.cells["decision"])
        elif not action:
            yield Refusal("emptied")
        else:
            yield from (_agreed(line, name, shown, note) for name in FIELDS if name not in fields)
    if not decided:
        yield Refusal("note_alone", note)


def _agreed(line: Line, name: str, shown: Shown, note: str) -> Proposal | Refusal:
    """Return the acceptance of a field as it was shown: the machine's reading, or a correction that stands."""
    stands = line.asked[name].stands
    if _as_shown(line.row[name], name, shown):
        return Proposal(name, Action.ACCEPT, {}, note)
    if stands.state is State.CORRECTED and _as_shown(stands.said.get(name, ""), name, shown):
        return Proposal(name, Action.CORRECT, dict(stands.said), note)
    return Refusal("evidence", name)


def _as_shown(cell: str, name: str, shown: Shown) -> bool:
    return shown.entries.get(name, "") == (digest(cut(cell)) if cut(cell) else "")


def _cell(row: ReadRow, line: Line, name: str) -> str:
    """Return a cell for the reviewer; where its column was deleted, what stands by now."""
    return row.cells[name] if name in row.cells else line.entries.get(name, "")


def _was_shown(line: Line, one: Proposal, shown: Shown, names: Names) -> bool:
    """Tell whether the export had this already, as with `1234.5` in place of «1.234,5»."""
    if one.name:
        return False
    entries = {"decision": one.action.value, "remark": one.note}
    if line.sheet == "items":
        entries["correction"] = typed(line.kind, "value", one.said.get("value", ""), names)
        entries["unit_correction"] = one.said.get("unit", "")
    return {name: digest(cut(text)) for name, text in entries.items() if text} == dict(shown.entries)
