"""What a reviewer may correct, as fields of a form: each column with its label, its type and its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.decisions import DATES, EDITABLE, FIELDS, NUMBERS, shown
from pipeline.review.rows import LETTERHEAD, PROBLEM, Row
from pipeline.tables.columns import CONSOLIDATED
from pipeline.tables.labels import column_labels, field_labels, value_labels

Told = dict[str, object]

_ENUMS = {column.name: column.enum for column in CONSOLIDATED.columns if column.enum}
_ROLES = {"document_number": ("own", "cited"), "date": ("report", "document", "text")}


class Forms:
    """The forms of a review, in the language `lang`; `activities` are the labels of activities by code."""

    def __init__(self, lang: str, activities: Mapping[str, str]) -> None:
        self._lang = lang
        self._activities = activities
        self._columns, self._fields = column_labels(lang), field_labels(lang)

    def editable(self) -> dict[str, list[Told]]:
        """Return the fields of the form of each kind of item."""
        return {kind: [self._column(kind, name) for name in names] for kind, names in EDITABLE.items()}

    def fields(self) -> list[Told]:
        """Return the fields of a letterhead."""
        return [{"name": name, "label": self._fields.get(name, name)} for name in FIELDS]

    def filled(self, row: Row, machine: Mapping[str, str], cells: Mapping[str, str]) -> list[Told]:
        """Return the form of a row with its values: as they stand, and as the `machine` read them."""
        if row.type == PROBLEM:
            return []
        if row.type == LETTERHEAD:
            asked: Iterable[Told] = (
                {**one, "type": "date" if one["name"] in DATES else "text", "choices": []} for one in self.fields()
            )
        else:
            asked = (self._column(row.kind, name) for name in EDITABLE[row.kind])
        kind = "" if row.type == LETTERHEAD else row.kind
        return [
            {
                **one,
                "value": shown(kind, str(one["name"]), cells.get(str(one["name"]), "")),
                "machine": shown(kind, str(one["name"]), machine.get(str(one["name"]), "")),
            }
            for one in asked
        ]

    def _column(self, kind: str, name: str) -> Told:
        type_, choices = self._type(kind, name)
        return {"name": name, "label": self._columns.get(name, name), "type": type_, "choices": choices}

    def _type(self, kind: str, name: str) -> tuple[str, list[tuple[str, str]]]:
        if name == "activity_type" or (kind == "activity" and name == "value"):
            return "activity", list(self._activities.items())
        if name in NUMBERS or (kind == "count" and name == "value"):
            return "number", []
        if name in DATES or (kind == "date" and name == "value"):
            return "date", []
        if name in _ENUMS:
            known = value_labels(name, self._lang)
            codes = _ROLES.get(kind, ()) if name == "role" else _ENUMS[name]
            return "choice", [(code, known.get(code, code)) for code in codes]
        return "text", []
