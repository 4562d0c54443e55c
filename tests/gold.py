"""Gold files against what a run found: pair each wanted item with one found, and count.

A gold item's `key_alt` lists other right values of `key`; `optional` items are neither required nor wrong.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipeline.text.fold import fold

KINDS = ("document_number", "date", "count", "activity")
Row = dict[str, str]


@dataclass
class Score:
    """What was found right, missed and found wrong, by kind, with the words to show for it."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def f1(self, kind: str) -> float:
        missed = sum(k == kind for k, _ in self.missed)
        wrong = sum(k == kind for k, _ in self.wrong)
        return 2 * self.hit[kind] / max(2 * self.hit[kind] + missed + wrong, 1)

    def f1_of_all(self) -> float:
        hit = sum(self.hit[kind] for kind in KINDS)
        missed = sum(k in KINDS for k, _ in self.missed)
        return 2 * hit / max(2 * hit + missed + len(self.wrong), 1)


def load_gold(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def letters(text: str) -> str:
    return "".join(c for c in fold(unicodedata.normalize("NFC", text or "")) if c.isalnum())


def _wanted(gold: dict[str, Any], key: str, default: Any = "") -> list[str]:
    other = gold.get(f"{key}_alt", [])
    return [str(v) for v in (gold.get(key, default), *(other if isinstance(other, list) else [other]))]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _same_count(gold: dict[str, Any], row: Row) -> bool:
    if _number(row["value"]) not in [_number(v) for v in _wanted(gold, "value")]:
        return False
    checked = "total" in gold and not gold.get("total_optional")
    if checked and _number(row["total"]) not in [_number(v) for v in _wanted(gold, "total")]:
        return False
    units = gold.get("unit", [])
    units = [units] if isinstance(units, str) else units
    return (not units or fold(row["unit"]) in [fold(u) for u in units]) and row["qualifier"] in _wanted(
        gold, "qualifier", "exact"
    )


def same(gold: dict[str, Any], row: Row) -> bool:
    if gold["kind"] == "count":
        return _same_count(gold, row)
    if gold["kind"] == "activity":
        anchored = letters(gold["anchor"]) in letters(row["sentence"])
        return gold["value"] == row["value"] and anchored and row["status"] in _wanted(gold, "status")
    return row["value"] in _wanted(gold, "value")


def _off(gold: dict[str, Any], row: Row) -> tuple[int, bool]:
    """Return how badly a row that has the value fits: attributes that differ, and words that do not overlap."""
    keys = ("issued_date", "document_type")
    differ = sum(key in gold and letters(row[key]) not in map(letters, _wanted(gold, key)) for key in keys)
    mine, theirs = letters(gold.get("text", "")), letters(row["text"])
    return differ, mine not in theirs and theirs not in mine


def score_items(gold: dict[str, Any], rows: list[Row], score: Score) -> None:
    """Add to `score` the rows of one report against its gold; issued dates and types count as items of their own."""
    left = list(rows)
    items = [item for segment in gold["segments"] for item in segment["items"]]
    for optional in (False, True):
        for item in items:
            if bool(item.get("optional")) != optional:
                continue
            near = sorted((r for r in left if r["kind"] == item["kind"] and same(item, r)), key=lambda r: _off(item, r))
            if near:
                left.remove(near[0])
                if not optional:
                    score.hit[item["kind"]] += 1
                    _score_attributes(gold["id"], item, near[0], score)
            elif not optional:
                score.missed.append((item["kind"], f"{gold['id']}: {item.get('text') or item.get('anchor')}"))
    score.wrong += [(r["kind"], f"{gold['id']}: {r['text']} = {r['value']} ({r['rule']})") for r in left]


def _score_attributes(name: str, item: dict[str, Any], row: Row, score: Score) -> None:
    for key in ("issued_date", "document_type"):
        if item["kind"] == "document_number" and key in item:
            if letters(row[key]) in map(letters, _wanted(item, key)):
                score.hit[key] += 1
            else:
                score.missed.append((key, f"{name} {row['value']}: {item[key]!r}, found {row[key]!r}"))


def wrong_fields(gold: dict[str, Any], row: Row) -> list[str]:
    """Return the report fields of `row` that are not as the gold wants them."""
    faults = []
    for key, want in gold["report"].items():
        got = row.get(key, "")
        if key == "basis":
            if set(want) != {part.strip() for part in got.split(";") if part.strip()}:
                faults.append(f"{key}: wanted {want}, found {got!r}")
        elif letters(want) != letters(got):
            faults.append(f"{key}: wanted {want!r}, found {got!r}")
    return faults
