"""The vocabularies of a rule pack: CSV tables of document types, agencies, units and activity types."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.rulebook.faults import Faults
from pipeline.rulebook.source import RulesError, maybe, read_text
from pipeline.text.fold import fold


class DocumentType(Struct, frozen=True):
    """A type of document: its name, its code in symbols (empty for công văn), and whose form it is."""

    name: str
    code: str
    system: str


class Unit(Struct, frozen=True):
    """A unit or classifier: how the table writes it (empty: as printed), and the kind of thing it counts."""

    name: str
    kind: str


class ActivityType(Struct, frozen=True):
    """One code of the activity taxonomy with its names."""

    code: str
    name_vi: str
    name_en: str


class Vocabulary(Struct, frozen=True):
    """All tables of a pack, those of the packs it extends included; keys are folded."""

    document_types: tuple[DocumentType, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    activity_types: Mapping[str, ActivityType] = field(default_factory=dict)

    def agency(self, code: str) -> str | None:
        """Return the body that a folded code stands for, empty where it may be several, None where it is unknown.

        Signs inside it are looked past (`snn&mt`, `stp.đkt`), and a row `BV*` holds for every code that it begins.
        """
        for form in (code, re.sub(r"[&.]", "", code), re.split(r"[&.]", code)[0]):
            if form in self.agencies:
                return self.agencies[form]
        begun = (f"{code[:length]}*" for length in range(len(code), 1, -1))
        return next((self.agencies[key] for key in begun if key in self.agencies), None)

    def knows_unit(self, unit: str) -> bool:
        """Tell whether `unit` can be one of a count: it has a row, or begins with the words of one.

        «lượt người» and «cuộc họp» are what «lượt» and «cuộc» count.
        """
        words = fold(unit).split()
        return any(" ".join(words[:length]) in self.units for length in range(len(words), 0, -1))

    def near_unit(self, unit: str) -> str:
        """Return the unit that is written most like `unit`, or an empty string."""
        near = difflib.get_close_matches(fold(unit), list(self.units), 1, 0.6)
        return near[0] if near else ""

    def without_units(self, units: Iterable[str]) -> Vocabulary:
        """Return this vocabulary without the rows of `units`."""
        left = {fold(unit) for unit in units}
        return replace(self, units={name: unit for name, unit in self.units.items() if name not in left})

    def extended(self, other: Vocabulary) -> Vocabulary:
        """Return this vocabulary with the entries of `other` added; `other` wins where both have one."""
        return Vocabulary(
            self.document_types + other.document_types,
            {**self.agencies, **other.agencies},
            {**self.units, **other.units},
            {**self.activity_types, **other.activity_types},
        )


KINDS = (
    "thing", "people", "org", "household", "delegation", "document", "media", "event", "training", "project", "case",
    "classifier", "money", "area", "length", "mass", "volume", "power", "ratio", "time",
)  # fmt: skip
"""The kinds of units: what is counted, then measures; `classifier` leaves it to the noun behind."""
SYSTEMS = ("state", "law", "party", "court", "army", "old", "variant", "")
"""Whose form a type of document is: empty for what has no number of its own, `variant` for another spelling."""
HEADS = {
    "document_types.csv": ("name", "code", "system", "note"),
    "agencies.csv": ("code", "name", "level", "note"),
    "units.csv": ("unit", "kind", "written"),
    "activity_types.csv": ("code", "name_vi", "name_en", "counts_when"),
}
_ALLOWED = {"kind": KINDS, "system": SYSTEMS}
_Row = Mapping[str, str]


def load_vocabulary(folder: Path, faults: Faults | None = None) -> Vocabulary:
    """Return the tables that stand in `folder`; a missing table is empty.

    What is wrong goes to `faults`, by default raised as RulesError with file and line; rows that are wrong are left
    out, but a row whose kind is unknown is kept: its name is right.
    """
    faults = faults or Faults()
    types, agencies, units, activities = (_table(folder / name, head, faults) for name, head in HEADS.items())
    return Vocabulary(
        tuple(DocumentType(row["name"], row["code"], row["system"]) for row in types),
        {fold(row["code"]): row["name"] for row in agencies},
        {fold(row["unit"]): Unit(row["written"].lower(), row["kind"]) for row in units},
        {row["code"]: ActivityType(row["code"], row["name_vi"], row["name_en"]) for row in activities},
    )


def _table(path: Path, head: tuple[str, ...], faults: Faults) -> list[_Row]:
    rows: list[_Row] = []
    if path.is_file():
        with faults.caught():
            for row, line in _read(path, head, faults):
                for key, allowed in _ALLOWED.items():
                    _check(row, key, allowed, path, line, faults)
                rows.append(row)
    return rows


def _read(path: Path, head: tuple[str, ...], faults: Faults) -> Iterator[tuple[_Row, int]]:
    with io.StringIO(read_text(path, "rules.bad_table", "utf-8-sig"), newline="") as file:
        reader = csv.DictReader(file, restkey="?")
        if tuple(reader.fieldnames or ()) != head:
            raise RulesError("rules.bad_table", path, 1, reason="head", columns=",".join(head))
        for row in reader:
            if "?" in row or None in row.values():
                faults.add(RulesError("rules.bad_table", path, reader.line_num, reason="cells", count=str(len(head))))
            else:
                yield {key: value.strip() for key, value in row.items()}, reader.line_num


def _check(row: _Row, key: str, allowed: Sequence[str], path: Path, line: int, faults: Faults) -> None:
    """Tell of a cell that is none of the `allowed` values, naming the nearest."""
    value = row.get(key)
    if value is None or value in allowed:
        return
    near = next(iter(difflib.get_close_matches(value, allowed, 1, 0.6)), "")
    told = {"value": value, "near": maybe(near), "known": ", ".join(filter(None, allowed))}
    faults.add(RulesError("rules.unknown_cell", path, line, key=key, **told))
