"""Tables as a run would write them, made from a gold file with faults planted by position: every kind of fault."""

from __future__ import annotations

import csv
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
GOLD = sorted([*(ROOT / "samples" / "gold").glob("*.json"), *(ROOT / "tests" / "passages").rglob("*.json")])
COLUMNS = (
    "file", "kind", "text", "value", "total", "unit", "qualifier", "document_type", "issued_date", "status",
    "sentence", "page", "start", "end", "rule",
)  # fmt: skip


def rows_of(gold):
    """Yield a row for most items, some of them wrong, and some rows that no item is."""
    items = [item for segment in gold["segments"] for item in segment["items"]]
    for at, item in enumerate(items):
        row = _row(gold["id"], item, at)
        if at % 13 == 0:
            continue
        if at % 11 == 1:
            row["value"] = {"activity": "meeting", "count": "77.5"}.get(item["kind"], f"{row['value']}x")
        if at % 7 == 2:
            row |= {"qualifier": "about", "status": "none"}
        if at % 6 == 5:
            row |= {"issued_date": "", "document_type": row["document_type"].upper()}
        if at % 19 == 4:
            row["unit"] = "thúng"
        if at % 17 == 3:
            yield row | {"rule": "core/lap"}
        yield row


def _row(name, item, at):
    units = item.get("unit", [""]) or [""]
    text = item.get("text") or item.get("anchor", "")
    return {
        "file": f"{name}.txt",
        "kind": item["kind"],
        "text": text if at % 3 else text.upper(),
        "value": str(item["value"]),
        "total": str(item.get("total", "")),
        "unit": units[at % len(units)].upper() if at % 5 == 0 else units[at % len(units)],
        "qualifier": item.get("qualifier", "exact" if item["kind"] == "count" else ""),
        "document_type": item.get("document_type", ""),
        "issued_date": item.get("issued_date", ""),
        "status": item.get("status", ""),
        "sentence": f"Trong kỳ,  {item.get('anchor', text)} ;",
        "page": "",
        "start": str(at),
        "end": str(at + 1),
        "rule": "core/thu",
    }


def write_tables(out, gold_path):
    """Write the tables that scoring reads into `out`: without indicators, so that all of those are wrong."""
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    report = {key: "; ".join(v) if isinstance(v, list) else v for key, v in gold.get("report", {}).items()}
    for at, key in enumerate(report):
        if at % 4 == 3:
            report[key] = f"{report[key]} sai"
    out.mkdir(exist_ok=True)
    _write(out / "consolidated.csv", COLUMNS, rows_of(gold))
    head = {"file": f"{gold['id']}.txt", "format": "txt", "rule_pack": "core"} | report
    _write(out / "reports.csv", list(head), [head])
    _write(out / "indicators.csv", ["file", "indicator", "value"], [])


def _write(path, columns, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
