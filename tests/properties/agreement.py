"""What the tables of a run must say of each other and of the texts they were read from, told where they don't."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pipeline.model import Document
from pipeline.problems import CATALOGUE
from pipeline.tables.cells import text_cell
from pipeline.tables.identity import content_id
from tests.properties.oracle import amounts, code_letters, code_numbers, denies, moments, ordinals, plain

Row = dict[str, str]
NUMBER_KINDS = ("document_number", "date", "count")
_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_ID = re.compile("[0-9a-f]{12}")
_MONTHS = re.compile(r"(\d+|\w+) tháng (?P<end>đầu |cuối )?(?:của )?năm|(\d+)t(?=/?\d{4})")  # «9T/2024»
_IN_CELL, _SHARED = "baocao/o_bang", ("core/chung_ky_hieu", "core/khoang_chung_ky_hieu")
_ONE_SCALE = "core/tu_den_doi_muc"  # «tăng từ 12 lên 15 tỷ đồng»
_OF_REPORT = ("report_id", "file", "issuer", "period_start", "period_end", "rule_pack")
_SCALES = {10**3: "nghìn|ngàn|1\\.?000", 10**6: "triệu", 10**9: "tỷ|tỉ"}
_ABOVE = 400  # characters before a table in which its unit may be told


@dataclass(frozen=True)
class Tables:
    """The tables in an output folder, as CSV readers have them."""

    folder: Path

    def rows(self, table: str) -> list[Row]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def items(self) -> list[Row]:
        return self.rows("consolidated")

    @cached_property
    def reports(self) -> dict[str, Row]:
        return {row["file"]: row for row in self.rows("reports")}

    @cached_property
    def by_file(self) -> dict[str, list[Row]]:
        found = defaultdict(list)
        for row in self.items:
            found[row["file"]].append(row)
        return found


def disagreements(tables: Tables, documents: Mapping[str, Document], inputs: Path) -> Iterator[str]:
    """Yield what the tables of a run over the folder `inputs` say that isn't so by `documents` or another table.

    `documents` are those of the files that could be read, as `baocao text` prints them.
    """
    yield from _of_reports(tables, documents, inputs)
    yield from _of_items(tables, documents)
    yield from _of_problems(tables, documents)
    yield from _of_indicators(tables)
    yield from _of_references(tables)


def _of_reports(tables: Tables, documents: Mapping[str, Document], inputs: Path) -> Iterator[str]:
    if len(tables.rows("reports")) != len(tables.reports):
        yield "reports: a file twice"
    for file, row in tables.reports.items():
        document = documents.get(file)
        if (row["status"] == "failed") != (document is None) or (row["status"] == "ok") == bool(row["error"]):
            yield f"reports: {file} is {row['status']}: {row['error']}"
        if int(row["items"]) != len(tables.by_file[file]):
            yield f"reports: {file} has {row['items']} items, and {len(tables.by_file[file])} rows"
        if row["report_id"] != hashlib.sha256((inputs / file).read_bytes()).hexdigest()[:12]:
            yield f"reports: the id of {file} isn't that of its bytes"
        if document is not None and (
            row["text_id"] != content_id(document.text)
            or int(row["numerals"]) != len(_NUMERAL.findall(document.text))
            or row["pages"] != str(len(document.pages) or "")
        ):
            yield f"reports: {file} is another text"


def _of_items(tables: Tables, documents: Mapping[str, Document]) -> Iterator[str]:
    yield from _owned("consolidated", "item_id", tables.items, tables)
    for file, rows in tables.by_file.items():
        if file not in documents:
            continue
        text = documents[file].text
        by_id = {row["item_id"]: row for row in rows}
        for row in rows:
            start, end = int(row["start"]), int(row["end"])
            told = f"{file} {row['text']!r}"
            if text_cell(text[start:end]) != row["text"] or text[start:end].strip() != text[start:end]:
                yield f"consolidated: {told} is {text[start:end]!r} at its place"
            if row["text"].lstrip("'") not in row["sentence"] and len(text[start:end].split("\n")) == 1:
                yield f"consolidated: {told} isn't in its sentence {row['sentence']!r}"
            if row["page"] != str(documents[file].page_at(start) or ""):
                yield f"consolidated: {told} isn't on page {row['page']}"
            whole = by_id.get(row["part_of"])
            if row["part_of"] and (whole is None or whole["kind"] != "count" or whole is row):
                yield f"consolidated: {told} is part of {row['part_of']}"
            if row["date_start"] and row["date_end"] and row["date_start"] > row["date_end"]:
                yield f"consolidated: {told} ends before it begins"
        if [*map(_place, rows)] != sorted(map(_place, rows)):
            yield f"consolidated: {file} isn't in reading order"
        spans = sorted((*_place(row), row["text"]) for row in rows if row["kind"] in NUMBER_KINDS)
        for one, other in pairwise(spans):
            if one[1] > other[0]:
                yield f"consolidated: {file} {one} and {other} overlap"


def _of_problems(tables: Tables, documents: Mapping[str, Document]) -> Iterator[str]:
    rows = tables.rows("problems")
    yield from _owned("problems", "problem_id", rows, tables)
    for row in rows:
        if row["severity"] != CATALOGUE[row["code"]].severity or not row["message"]:
            yield f"problems: {row['file']} {row['code']} is {row['severity']}"
        for before in ("", "other_"):
            start, end = row[f"{before}start"], row[f"{before}end"]
            file = row[f"{before}file"]
            if start and text_cell(documents[file].text[int(start) : int(end)]) != row[f"{before}text"]:
                yield f"problems: {file} has no {row[f'{before}text']!r} at {start}"
        if row["other_file"] and row["other_file"] not in tables.reports:
            yield f"problems: {row['other_file']} is no report"
    named = {row["file"] for row in rows if row["severity"] == "error"}
    failed = {file for file, row in tables.reports.items() if row["status"] == "failed"}
    if failed - named:
        yield f"problems: {failed - named} failed for no reason"


def _of_indicators(tables: Tables) -> Iterator[str]:
    long = tables.rows("indicators")
    wide = {row["file"]: row for row in tables.rows("indicators_wide")}
    yield from _owned("indicators", "indicator", long, tables)
    by_id = {(row["file"], row["item_id"]): row for row in tables.items}
    stated = Counter[str]()
    for row in long:
        told = f"indicators: {row['file']} {row['indicator']}"
        items = [by_id.get((row["file"], one)) for one in row["item_ids"].split("; ") if one]
        if bool(row["value"]) != bool(items) or any(item is None or item["kind"] != "count" for item in items):
            yield f"{told} is {row['value']!r} out of {row['item_ids']!r}"
        elif row["value"] and not _made_of(Decimal(row["value"]), [item for item in items if item], tables):
            yield f"{told} is {row['value']}, which isn't made of {[item['text'] for item in items if item]}"
        across = _across(row, wide[row["file"]])
        stated[row["file"]] += bool(across)
        if across not in (row["value"], None):  # a pack shows those that it chooses
            yield f"{told} is {row['value']!r} here and {across!r} in the wide table"
        report = tables.reports[row["file"]]
        if any(row[column] != report[column] for column in ("issuer", "period_start", "period_end")):
            yield f"{told} is of another office or period"
    for file, row in wide.items():
        across = sum(bool(value) for name, value in row.items() if name not in _OF_REPORT)
        if across != stated[file]:
            yield f"indicators_wide: {file} has {across} figures of {stated[file]}"
    if set(wide) != set(tables.reports):
        yield "indicators_wide: other files than the reports"


def _across(row: Row, wide: Row) -> str | None:
    """Return what the wide table has under the name of an indicator, which its unit and code may be added to."""
    label, unit, code = row["label"], row["unit"], row["indicator"]
    heads = (f"{head}{tail}" for head in (label, f"{label} ({unit})") for tail in ("", f" [{code}]"))
    return next((wide[head] for head in heads if head in wide), None)


def _made_of(value: Decimal, items: list[Row], tables: Tables) -> bool:
    """Tell whether an indicator's value is the sum or the largest of what its items hold, or how many they are.

    What is told for each of several («02 số, mỗi số 1.200 bản») counts as often as the sentence says.
    """
    held = [_held(item, tables) for item in items]
    sums = {Decimal(0)}
    for figures in held:
        sums = {total + figure for total in sums for figure in figures}
    return value in sums or value == len(items) or any(value in figures for figures in held)


def _held(item: Row, tables: Tables) -> set[Decimal]:
    figures = {Decimal(item[column]) for column in ("value", "value_max", "total", "previous") if item[column]}
    beside = (row for row in tables.by_file[item["file"]] if row["kind"] == "count" and row is not item)
    times = {Decimal(row["value"]) for row in beside if row["sentence"] == item["sentence"]}
    differences = {Decimal(item["value"]) - Decimal(item["previous"])} if item["previous"] else set()
    return figures | {-figure for figure in figures} | differences | {f * n for f in figures for n in times}


def _of_references(tables: Tables) -> Iterator[str]:
    rows = tables.rows("references")
    if len({row["reference_id"] for row in rows}) != len(rows):
        yield "references: an id twice"
    cited = [row for row in tables.items if row["kind"] == "document_number" and row["role"] == "cited"]
    if sum(int(row["mentions"]) for row in rows) != len(cited):
        yield f"references: not the {len(cited)} mentions of the items"
    citing = defaultdict(set)
    for row in cited:
        citing[row["value"]].add(row["file"])
    for row in rows:
        files = set(row["files"].split("; "))
        if len(files) != int(row["reports"]) or not files <= set(tables.reports):
            yield f"references: {row['number']} isn't cited by {row['reports']} of {row['files']}"
        if not citing[row["number"]] & files and not row["in_folder"]:
            yield f"references: {row['number']} is cited by none of {row['files']}"
        if not set(filter(None, row["in_folder"].split("; "))) <= set(tables.reports):
            yield f"references: {row['in_folder']} is no report"


def _owned(name: str, key: str, rows: list[Row], tables: Tables) -> Iterator[str]:
    """Yield the rows whose id is there twice or no id, or whose report isn't there under that id."""
    for (file, one), times in Counter((row["file"], row[key]) for row in rows).items():
        if times > 1 or (key.endswith("_id") and not _ID.fullmatch(one)):
            yield f"{name}: {one} {times} times in {file}"
    for row in rows:
        report = tables.reports.get(row["file"])
        if report is None or report["report_id"] != row["report_id"]:
            yield f"{name}: {row['file']} is no report"


def _place(row: Row) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])


def unsaid(tables: Tables, documents: Mapping[str, Document]) -> Iterator[str]:
    """Yield the values that the words of their items don't say, nor what the contract names beside them."""
    for row in tables.items:
        document = documents.get(row["file"])
        if document is None:
            continue
        told = f"{row['file']}: {row['text']!r} = {row['value']!r} by {row['rule']}"
        if row["kind"] == "count":
            for column in ("value", "value_max", "total", "previous"):
                if row[column] and not _says_amount(Decimal(row[column]), row, document):
                    yield f"{told}: {column} {row[column]!r}"
        elif row["kind"] == "date":
            if not _says_date(row, tables.reports[row["file"]]):
                yield told
        elif row["kind"] == "document_number":
            if not _says_code(row, tables.reports[row["file"]]):
                yield told
        elif row["value"] != row["activity_type"]:
            yield told


def _says_amount(amount: Decimal, row: Row, document: Document) -> bool:
    """Tell whether a count's words say `amount`.

    Beside them may stand: of a cell the scale, in its head, its unit column or above the table; of the first of two
    amounts the scale, behind the second.
    """
    said = amounts(row["text"])
    if abs(amount) in said or (amount == 0 and denies(row["text"])):
        return True
    if row["rule"] == _ONE_SCALE:
        return abs(amount) in amounts(row["sentence"])
    if row["rule"] != _IN_CELL:
        return False
    block = document.block_at(int(row["start"]))
    cells = [other for other in document.blocks if block is not None and other.table == block.table]
    near = plain(document.text[max(cells[0].start - _ABOVE, 0) : cells[-1].end])
    return any(
        abs(amount) == value * scale and re.search(rf"(?<!\w)(?:{words})(?!\w)", near)
        for value in said
        for scale, words in _SCALES.items()
    )


def _says_date(row: Row, report: Row) -> bool:
    """Tell whether a date's words say its finest part, and these or those beside them the rest.

    Year and month may be given once for several dates, or be those of the report. «9 tháng đầu năm» says its months by
    their number, a feast its day by its name.
    """
    text = plain(row["text"])
    said = ordinals(text)
    beside = [report[column] for column in ("date", "subject", "period_start", "period_end")]
    context = said | ordinals(" ".join((row["sentence"], row["section"], *beside)))
    if months := _MONTHS.search(text):
        return _is_months(row["value"], max(ordinals(months[1] or months[3])), months["end"] == "cuối ", context)
    ends = list(moments(row["value"]))
    return bool(ends) and all(_is_said(end, said, context, text) for end in ends)


def _is_said(end: tuple[str, str, str], said: set[int], context: set[int], text: str) -> bool:
    year, *others = (part for part in end if part)
    numbers = [_ordinal(part) for part in others]
    if others and not (numbers[-1] in said or _names_half(others[-1], text)):
        return False
    within = (number in context or _names_half(part, text) for part, number in zip(others, numbers, strict=True))
    return all(within) and (year == "XXXX" or int(year) in (context if others else said))


def _is_months(edtf: str, count: int, last: bool, context: set[int]) -> bool:
    year = edtf[:4]
    first, end = (13 - count, 12) if last else (1, count)
    wanted = {f"{year}-{first:02d}/{year}-{end:02d}"}
    wanted |= {f"{year}-{41 if last else 40}"} if count == 6 else set()
    wanted |= {f"{year}-{36 if last else 33}"} if count == 3 else set()
    return edtf in wanted and (year == "XXXX" or int(year) in context)


def _ordinal(part: str) -> int:
    number = int(part)
    return number - 32 if 32 < number <= 36 else number - 39 if number > 39 else number


def _names_half(part: str, text: str) -> bool:
    return part in ("40", "41") and ("đầu" if part == "40" else "cuối") in text


def _says_code(row: Row, report: Row) -> bool:
    """Tell whether a document number's words are its code; of a list they may share the symbol, in the sentence.

    The report's own number may stand in two columns, and its symbol goes on below.
    """
    text, value = row["text"], row["value"]
    if code_numbers(text) == code_numbers(value) and code_letters(text) == code_letters(value):
        return True
    if code_numbers(text)[:1] != code_numbers(value)[:1]:
        return False
    if row["role"] == "own":
        return value == report["number"] and code_letters(value).startswith(code_letters(text))
    return row["rule"] in _SHARED and code_letters(value) in code_letters(row["sentence"])
