"""One report against its gold: its items segment by segment, and its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.evaluation.figures import INDICATORS, RULE_PACK, Fault, Score, report_field
from pipeline.evaluation.gold import GoldItem, GoldReport, GoldSegment
from pipeline.evaluation.letters import letters, letters_at, number, plain
from pipeline.evaluation.pairing import Pairing, Row, attribute_right, nearest, pair

_HEAD = 40  # letters of a segment's ends that are looked for


def score_items(gold: GoldReport, rows: Sequence[Row], text: Callable[[], str], file: str = "") -> Score:
    """Return the score of the items of one report, in faults called `file`, else by its id.

    `text` gives the report's text; it is asked for only where segments have to be found in it.
    """
    score, keys, name = Score(), None, file or gold.id
    for segment in gold.segments:
        inside: Sequence[Row] = rows
        if not segment.whole:
            keys = keys or letters_at(text())
            bounds = segment_bounds(segment, *keys)
            inside = [row for row in rows if row["start"] and bounds and bounds[0] <= int(row["start"]) < bounds[1]]
            if bounds is None:
                score.faults.append(Fault("segment", "", name, segment.first, f"{segment.first} … {segment.last}"))
        for kind in segment.kinds:
            golds = [item for item in segment.items if item.kind == kind]
            _score_kind(name, kind, golds, [row for row in inside if row["kind"] == kind], score)
    return score


def segment_bounds(segment: GoldSegment, keys: str, at: Sequence[int]) -> tuple[int, int] | None:
    """Return the span of a segment in the text whose letters are `keys`, at the offsets `at`, or None."""
    first, last = letters(segment.first)[:_HEAD], letters(segment.last)[-_HEAD:]
    start = keys.find(first)
    end = keys.find(last, max(start, 0))
    return None if start < 0 or end < 0 or not last else (at[start], at[end + len(last) - 1] + 1)


def _score_kind(name: str, kind: str, golds: list[GoldItem], rows: list[Row], score: Score) -> None:
    strict, loose = pair(golds, rows), pair(golds, rows, loose=True)
    for tally, pairing in ((score.strict[kind], strict), (score.loose[kind], loose)):
        tally.hit += len(pairing.pairs)
        tally.missed += len(pairing.missed)
        tally.wrong += len(pairing.wrong)
    for item, row in strict.pairs:
        _score_attributes(name, item, row, score)
    score.faults += _faults(name, strict)


def _score_attributes(name: str, item: GoldItem, row: Row, score: Score) -> None:
    if item.kind != "document_number":
        return
    for column, wanted in item.attributes.items():
        right = attribute_right(item, column, row)
        score.asked[column] += 1
        score.right[column] += right
        if not right:
            score.faults.append(_fault("attribute", column, name, row, " | ".join(wanted), row.get(column, "")))


def _faults(name: str, pairing: Pairing) -> list[Fault]:
    """Return the faults of items missed, each with what was found near, and of rows that are wrong."""
    faults = []
    for item in pairing.missed:
        row = nearest(item, pairing.wrong)
        said = item.text or item.anchor
        faults.append(
            _fault("missed", item.kind, name, row, wanted(item), found(row), said)
            if row
            else Fault("missed", item.kind, name, said, wanted(item))
        )
    return faults + [_fault("wrong", row["kind"], name, row, "", found(row)) for row in pairing.wrong]


def _fault(state: str, kind: str, name: str, row: Row, want: str, got: str, text: str = "") -> Fault:
    place = {key: row.get(key, "") for key in ("sentence", "rule", "page", "start", "end")}
    return Fault(state, kind, row.get("file") or name, text or row["text"], want, got, **place)


def wanted(item: GoldItem) -> str:
    """Return what an item has to be read as, other right readings after `|`."""
    total = f"/{item.totals[0]}" if item.totals else ""
    parts = [" | ".join(item.values) + total, " | ".join(unit or "–" for unit in item.units)]
    if item.qualifiers != ("exact",):
        parts.append(" | ".join(item.qualifiers))
    return " · ".join(part for part in (*parts, " | ".join(item.statuses)) if part)


def found(row: Row) -> str:
    """Return what a row was read as."""
    total = f"/{row['total']}" if row.get("total") else ""
    qualifier = row.get("qualifier", "")
    status = row.get("status", "") if row["kind"] == "activity" else ""
    parts = (row["value"] + total, row.get("unit", ""), qualifier if qualifier != "exact" else "", status)
    return " · ".join(part for part in parts if part)


def score_fields(gold: GoldReport, row: Mapping[str, str] | None) -> Score:
    """Return the score of the fields of a report; without a row of `reports.csv` none of them is right."""
    score = Score()
    for name, want in gold.fields.items():
        got = row.get(name, "") if row else ""
        right = row is not None and _same_field(name, want, got)
        score.asked[report_field(name)] += 1
        score.right[report_field(name)] += right
        if not right:
            file = row["file"] if row else gold.id
            score.faults.append(Fault("field", name, file, "", "; ".join(want), got))
    return score


def score_indicators(gold: GoldReport, rows: Mapping[str, Row], pack: str, file: str = "") -> Score:
    """Return the score of a report's rule `pack` and of its indicators, whose rows of `indicators.csv` are `rows`.

    A code that the report's pack does not have is wrong like any other value.
    """
    score = Score()
    if gold.rule_pack:
        score.asked[RULE_PACK] += 1
        score.right[RULE_PACK] += pack == gold.rule_pack
        if pack != gold.rule_pack:
            score.faults.append(Fault("field", RULE_PACK, file or gold.id, "", gold.rule_pack, pack))
    for code, want in gold.indicators.items():
        got = rows[code]["value"] if code in rows else None
        right = got is not None and number(got) in map(number, want)
        score.asked[INDICATORS] += 1
        score.right[INDICATORS] += right
        if not right:
            told = " | ".join(value or "–" for value in want)
            score.faults.append(Fault("indicator", code, file or gold.id, "", told, got or "–"))
    return score


def _same_field(name: str, want: Sequence[str], got: str) -> bool:
    if name == "basis":
        return {plain(one) for one in want} == {plain(one.strip()) for one in got.split(";") if one.strip()}
    return letters("".join(want)) == letters(got)
