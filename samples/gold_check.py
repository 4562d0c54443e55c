"""Whether a gold file is in the scorer's shape and says only what stands in its source.

python samples/gold_check.py [NAME …] prints what is wrong, with exit status 1.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import Any

from blocks import SourceError
from source import Source, read_source
from text_writer import source_to_reading

FOLDER = Path(__file__).parent
_TOP = {
    "id",
    "file",
    "format",
    "report",
    "segments",
    "kinds",
    "rule_pack",
    "indicators",
    "indicators_alt",
    "indicators_note",
}
_REPORT = {
    "number",
    "symbol",
    "document_type",
    "subject",
    "parent_issuer",
    "issuer",
    "place",
    "date",
    "period_start",
    "period_end",
    "basis",
    "signer",
    "signer_title",
    "signer_authority",
}
_EVERY = {"kind", "text", "value", "value_alt", "optional", "note", "stamped"}
_KEYS = {
    "document_number": {
        "role",
        "document_type",
        "document_type_alt",
        "issued_date",
        "issued_date_alt",
        "issuer",
    },
    "date": {"role"},
    "count": {
        "unit",
        "per",
        "object",
        "qualifier",
        "qualifier_alt",
        "status",
        "value_max",
        "total",
        "total_alt",
        "total_optional",
        "previous",
        "change",
        "activity_type",
        "column",
        "date_start",
        "date_end",
    },
    "activity": {"status", "status_alt", "anchor"},
}
_CHOICES = {
    ("document_number", "role"): {"own", "cited"},
    ("date", "role"): {"report", "document", "text"},
    ("count", "qualifier"): {"exact", "more_than", "less_than", "about", "at_least", "at_most"},
    ("count", "change"): {"increase", "decrease"},
    ("count", "status"): {"done", "planned", "none"},
    ("activity", "status"): {"done", "planned", "none"},
    ("activity", "value"): {
        "advise",
        "issue_document",
        "direct",
        "coordinate",
        "organise",
        "meeting",
        "event",
        "exhibition",
        "communicate",
        "visual_publicity",
        "media",
        "online_post",
        "publish",
        "press_briefing",
        "sign_agreement",
        "cooperate",
        "training",
        "inspection",
        "monitor",
        "handle_case",
        "commend",
        "support",
        "review",
        "digital",
        "invest",
        "delegation_out",
        "delegation_in",
    },
}


def gold_problems(path: Path, sources: Path) -> list[str]:
    """Return all that is wrong with the gold file at `path`, whose source stands in `sources`."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = read_source(sources / f"{path.stem}.txt")
    except (ValueError, OSError) as error:
        return [f"{path.name}: {error}"]
    except SourceError as error:
        return [str(error)]
    found = _shape(gold, path.stem)
    items = [item for segment in gold.get("segments", []) for item in segment.get("items", [])]
    for item in items:
        found += _item_shape(item)
    found += _letterhead(gold.get("report", {}), source) + _places(items, source)
    return [f"{path.name}: {problem}" for problem in found]


def _shape(gold: dict[str, Any], stem: str) -> list[str]:
    found = [f"unknown key {key}" for key in gold if key not in _TOP]
    found += [f"unknown report key {key}" for key in gold.get("report", {}) if key not in _REPORT]
    if gold.get("id") != stem:
        found.append(f"id {gold.get('id')!r} is not the file's name")
    for key in ("report", "segments"):
        if not gold.get(key):
            found.append(f"{key} is missing")
    for segment in gold.get("segments", []):
        if set(segment) != {"from", "to", "items"}:
            found.append("a segment has from, to and items")
    return found


def _item_shape(item: dict[str, Any]) -> list[str]:
    kind = item.get("kind", "")
    if kind not in _KEYS:
        return [f"unknown kind in {item}"]
    found = [f"unknown {kind} key {key} in {item}" for key in item if key not in _EVERY | _KEYS[kind]]
    required = ("anchor", "value", "status") if kind == "activity" else ("text", "value")
    found += [f"{key} is missing in {item}" for key in required if item.get(key, "") == ""]
    for key, value in item.items():
        allowed = _CHOICES.get((kind, key))
        if allowed and value not in allowed:
            found.append(f"{key} {value!r} is not known, in {item}")
    if kind == "count":
        found += [f"{key} is no number in {item}" for key in ("value", "total", "value_max") if not _number(item, key)]
        if not isinstance(item.get("unit", []), list):
            found.append(f"unit is no list in {item}")
    elif not isinstance(item.get("value"), str):
        found.append(f"value is no text in {item}")
    return found


def _letterhead(report: dict[str, Any], source: Source) -> list[str]:
    reading = Reading(source_to_reading(source, inline=False))
    printed = ("subject", "parent_issuer", "issuer", "place", "signer", "signer_title", "signer_authority")
    return [
        f"report {field} «{report[field]}» is not there"
        for field in printed
        if report.get(field) and not reading.paragraphs(str(report[field]))
    ]


def _number(item: dict[str, Any], key: str) -> bool:
    try:
        float(item.get(key, 0))
    except (TypeError, ValueError):
        return False
    return True


class Reading:
    """A text in which words are looked for by letters and digits alone."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text).lower()
        self.at = [n for n, character in enumerate(self.text) if character.isalnum()]
        self.letters = "".join(self.text[n] for n in self.at)

    def paragraphs(self, words: str) -> list[int]:
        """Return, for each place where `words` stand, the number of its paragraph."""
        wanted = "".join(c for c in unicodedata.normalize("NFC", words).lower() if c.isalnum())
        found, start = [], self.letters.find(wanted) if wanted else -1
        while start >= 0:
            if not self._cuts_number(self.at[start], self.at[start + len(wanted) - 1]):
                found.append(self.text.count("\n", 0, self.at[start]))
            start = self.letters.find(wanted, start + 1)
        return found

    def _cuts_number(self, first: int, last: int) -> bool:
        """Tell whether a figure goes on before or after these offsets, as 5 in 15 or 200 in 1.200."""
        before, after = self.text[max(first - 2, 0) : first], self.text[last + 1 : last + 3]
        begins = self.text[first].isdigit() and (before[-1:].isdigit() or _grouped(before))
        return begins or (self.text[last].isdigit() and (after[:1].isdigit() or _grouped(after[::-1])))


def _grouped(two: str) -> bool:
    """Tell whether two characters before a figure (or, turned round, after it) belong to it."""
    return len(two) == 2 and two[0].isdigit() and two[1] in ".,"


def _places(items: list[dict[str, Any]], source: Source) -> list[str]:
    """Hold each required item against the text, with the notes at its end or where they are referred to.

    What a stamp fills in (`stamped`) stands in the report alone, not in its source.
    """
    readings = [Reading(source_to_reading(source, inline)) for inline in (True, False)]
    return min((_out_of_place(items, reading) for reading in readings), key=len)


def _out_of_place(items: list[dict[str, Any]], reading: Reading) -> list[str]:
    required = [item for item in items if not (item.get("optional") or item.get("stamped"))]
    words = [str(item.get("anchor", item.get("text"))) for item in required]
    places = [reading.paragraphs(one) for one in words]
    in_order = _longest_chain(places)
    alike = Counter(
        (item.get("kind"), item.get("anchor") and item.get("value"), one)
        for item, one in zip(required, words, strict=True)
    )
    found = []
    for n, item in enumerate(required):
        say = f"{item.get('kind')} «{words[n]}» = {item.get('value')}"
        if not places[n]:
            found.append(f"{say} is not there")
        elif n not in in_order:
            found.append(f"{say} is not at its place in the order")
    found += [
        f"{key[0]} «{key[2]}» is listed {n} times, and stands there less often"
        for key, n in alike.items()
        if n > len(reading.paragraphs(key[2])) > 0
    ]
    return found


def _longest_chain(places: list[list[int]]) -> set[int]:
    """Return the most items that can each have one of their places in the order of the items."""
    ends: list[int] = []  # of the best chain of each length: its last place,
    chains: list[tuple[int, Any]] = []  # and its items, last first, as (item, chain before)
    for item, choices in enumerate(places):
        for place in sorted(set(choices), reverse=True):
            length = bisect_right(ends, place)
            chain = (item, chains[length - 1] if length else None)
            ends[length : length + 1], chains[length : length + 1] = [place], [chain]
    kept, chain = set(), chains[-1] if chains else None
    while chain:
        kept.add(chain[0])
        chain = chain[1]
    return kept


def main(names: list[str]) -> int:
    """Print the problems of the gold files of `names`, or of all."""
    paths = [p for p in sorted((FOLDER / "gold").glob("*.json")) if not names or p.stem in names]
    problems = [problem for path in paths for problem in gold_problems(path, FOLDER / "sources")]
    print("\n".join(problems) or f"{len(paths)} gold files are right")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
