"""Gold files: what readers say a report holds, read and checked, each fault with its file and key.

A file holds one report, or several by their ids. `<key>_alt` lists other right values of `key`; `optional` items are
neither required nor wrong. Keys that scoring does not use (`note`, `column`, `date_start` …) are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from pipeline.evaluation.letters import number
from pipeline.problems import BaocaoError

KINDS = ("document_number", "date", "count", "activity")
ATTRIBUTES = ("issued_date", "document_type")
"""What a document number is asked for besides its value."""
FIELDS = (
    "number", "symbol", "document_type", "subject", "parent_issuer", "issuer", "place", "date",
    "period_start", "period_end", "basis", "signer", "signer_title", "signer_authority",
)  # fmt: skip
"""The fields of `reports.csv` that gold may state."""


class GoldItem(Struct, frozen=True):
    """One item that a report holds; of each column, every value that is right.

    `totals` and the columns missing from `attributes` are not asked for; empty `units` fit any unit.
    """

    kind: str
    text: str
    values: tuple[str, ...]
    totals: tuple[str, ...] | None = None
    units: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ("exact",)
    anchor: str = ""
    statuses: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: bool = False


class GoldSegment(Struct, frozen=True):
    """A stretch of a report that was annotated for `kinds`: from the words `first` to the words `last`.

    Both are empty where it is the whole report.
    """

    first: str
    last: str
    kinds: tuple[str, ...]
    items: tuple[GoldItem, ...]

    @property
    def whole(self) -> bool:
        """Whether the segment is the whole report."""
        return not self.first


class GoldReport(Struct, frozen=True):
    """What is known of one report: `id` is the stem of its file, `fields` are those of `reports.csv`.

    `indicators` holds, by code, every value that is right, an empty one where the report does not state it;
    `rule_pack` is the pack that has them.
    """

    id: str
    format: str
    fields: Mapping[str, tuple[str, ...]]
    segments: tuple[GoldSegment, ...]
    indicators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule_pack: str = ""


def gold_files(paths: Iterable[Path]) -> list[Path]:
    """Return the gold files that `paths` name, folders for all their JSON files, each file once.

    BaocaoError `gold.none` for a folder without any.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        inside = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not inside:
            raise BaocaoError("gold.none", folder=str(path))
        found.update({one.resolve(): one for one in inside})
    return list(found.values())


def read_gold(path: Path) -> list[GoldReport]:
    """Return the reports of a gold file; BaocaoError `gold.*` with file and key for its first fault."""
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BaocaoError("gold.unreadable", file=str(path), reason=error.strerror or type(error).__name__) from error
    except ValueError as error:  # no JSON, or no UTF-8
        raise BaocaoError("gold.unreadable", file=str(path), reason=str(error)) from error
    root = _Node(told, path, "")
    if "id" in root.keys() or "segments" in root.keys():  # noqa: SIM118
        return [_report(root, root.text("id"))]
    return [_report(one, one.text("id", key)) for key, one in root.entries()]


def _report(node: _Node, name: str) -> GoldReport:
    fields = node.child("report") or node
    said = {key: fields.texts(key) for key in FIELDS if key in fields.keys()}  # noqa: SIM118
    kinds = node.choices("kinds", KINDS)
    segments = tuple(_segment(one, kinds) for one in node.children("segments"))
    return GoldReport(name, node.text("format", ""), said, segments, _indicators(node), node.text("rule_pack", ""))


def _indicators(node: _Node) -> dict[str, tuple[str, ...]]:
    """Return the values at `indicators` by code, with the other right ones of `indicators_alt`; null is none."""
    told, others = node.child("indicators"), node.child("indicators_alt")
    if told is None:
        return {}
    return {
        code: (*told.values(code), *(others.values(code) if others else ()))
        for code in told.keys()  # noqa: SIM118
    }


def _segment(node: _Node, kinds: tuple[str, ...]) -> GoldSegment:
    items = tuple(_item(one) for one in node.children("items", required=True))
    annotated = KINDS if any(item.kind == "activity" for item in items) else KINDS[:3]
    first, last = node.text("from"), node.text("to")
    if bool(first) != bool(last):
        raise node.fault("gold.one_end", "to" if first else "from")
    return GoldSegment(first, last, kinds or annotated, items)


def _item(node: _Node) -> GoldItem:
    kind = node.choice("kind", KINDS)
    said = GoldItem(kind, node.text("text", ""), node.either("value"), optional=node.flag("optional"))
    if kind == "count":
        return _count(node, said)
    if kind == "activity":
        statuses, anchor = node.either("status"), node.text("anchor")
        return GoldItem(kind, said.text, said.values, anchor=anchor, statuses=statuses, optional=said.optional)
    attributes = {key: node.either(key) for key in ATTRIBUTES if key in node.keys()}  # noqa: SIM118
    return GoldItem(kind, said.text, said.values, attributes=attributes, optional=said.optional)


def _count(node: _Node, said: GoldItem) -> GoldItem:
    totals = node.either("total") if "total" in node.keys() else None  # noqa: SIM118
    for key, values in (("value", said.values), ("total", totals or ())):
        for value in values:
            if number(value) is None:
                raise node.fault("gold.no_number", key, value=value)
    return GoldItem(
        said.kind,
        said.text,
        said.values,
        None if node.flag("total_optional") else totals,
        node.texts("unit"),
        node.either("qualifier", "exact"),
        optional=said.optional,
    )


class _Node:
    """An object of a gold file that knows its place, for faults: `segments[0].items[3]`."""

    __slots__ = ("_at", "_path", "_told")

    def __init__(self, told: object, path: Path, at: str) -> None:
        self._path, self._at = path, at
        if not isinstance(told, dict):
            raise self.fault("gold.no_object", "", value=_shown(told))
        self._told = told

    def fault(self, code: str, key: str, **detail: str) -> BaocaoError:
        """Return the error that the value at `key` is."""
        place = ".".join(part for part in (self._at, key) if part)
        return BaocaoError(code, file=str(self._path), key=place or "{}", **detail)

    def keys(self) -> set[str]:
        """Return the keys that are given."""
        return set(self._told)

    def entries(self) -> Iterator[tuple[str, _Node]]:
        """Yield each key with the object under it."""
        for key, value in self._told.items():
            yield key, _Node(value, self._path, key)

    def child(self, key: str) -> _Node | None:
        """Return the object at `key`, or None where it is missing or empty."""
        return _Node(self._told[key], self._path, self._place(key)) if self._told.get(key) else None

    def children(self, key: str, required: bool = False) -> list[_Node]:
        """Return the objects in the list at `key`."""
        told = self._given(key, None if required else [])
        if not isinstance(told, list):
            raise self.fault("gold.no_list", key, value=_shown(told))
        return [_Node(one, self._path, f"{self._place(key)}[{at}]") for at, one in enumerate(told)]

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at `key`."""
        told = self._given(key, default)
        if not isinstance(told, str):
            raise self.fault("gold.no_text", key, value=_shown(told))
        return told

    def flag(self, key: str) -> bool:
        """Return whether `key` is set."""
        return bool(self._told.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the text or the list of texts at `key`, nothing where it is missing."""
        return tuple(self._said(key, one) for one in _listed(self._told.get(key, [])))

    def values(self, key: str) -> tuple[str, ...]:
        """Return the number or the numbers at `key` as they are written, an empty one for each null."""
        return tuple("" if one is None else self._said(key, one) for one in _listed(self._told.get(key, [])))

    def either(self, key: str, default: str | None = None) -> tuple[str, ...]:
        """Return the value at `key` and the other right ones at `<key>_alt`, numbers as they are written."""
        other = f"{key}_alt"
        first = self._said(key, self._given(key, default))
        return (first, *(self._said(other, one) for one in _listed(self._told.get(other, []))))

    def choice(self, key: str, known: tuple[str, ...]) -> str:
        """Return the text at `key`, one of `known`."""
        return self._known(key, self.text(key), known)

    def choices(self, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Return the texts at `key`, each one of `known`."""
        return tuple(self._known(key, one, known) for one in self.texts(key))

    def _known(self, key: str, said: str, known: tuple[str, ...]) -> str:
        if said not in known:
            raise self.fault("gold.unknown", key, value=said, known=", ".join(known))
        return said

    def _place(self, key: str) -> str:
        return f"{self._at}.{key}" if self._at else key

    def _given(self, key: str, default: object) -> object:
        if key not in self._told and default is None:
            raise self.fault("gold.missing", key)
        return self._told.get(key, default)

    def _said(self, key: str, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.fault("gold.no_text", key, value=_shown(value))
        return str(value)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]
