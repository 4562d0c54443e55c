"""The tables of a run against gold: all reports together, by rule pack and by format."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from pipeline.evaluation.figures import Fault, Score
from pipeline.evaluation.gold import GoldReport, gold_files, read_gold
from pipeline.evaluation.pairing import Row
from pipeline.evaluation.scoring import score_fields, score_indicators, score_items
from pipeline.parsers import parse
from pipeline.problems import CATALOGUE, BaocaoError, ParseError
from pipeline.tables.publishing import whole

_LONGEST_CELL = 1_000_000_000  # a sentence may be longer than the csv module's own limit


class Evaluation(Struct):
    """The score of a run: of all `reports` that the gold names, and of those of each rule pack and format."""

    total: Score = field(default_factory=Score)
    packs: dict[str, Score] = field(default_factory=dict)
    formats: dict[str, Score] = field(default_factory=dict)
    reports: int = 0

    def add(self, score: Score, row: Mapping[str, str] | None) -> None:
        """Count the score of one report, whose row of `reports.csv` is `row`."""
        self.reports += 1
        self.total.add(score)
        for groups, column in ((self.packs, "rule_pack"), (self.formats, "format")):
            groups.setdefault(row[column] if row else "", Score()).add(score)


def evaluate(out: Path, gold: Sequence[Path], files: Path | None = None) -> Evaluation:
    """Return how the tables in `out` compare with the gold files, or folders of them, in `gold`.

    A report is known by the stem of its file. `files` is the folder of the reports themselves, which gold of parts
    of a report needs: its segments are found in their text. BaocaoError `gold.*` or `evaluate.*` where that can't
    be done, `run.half` or `run.renewed` where the tables are just being replaced.
    """
    golds = [report for path in gold_files(gold) for report in read_gold(path)]
    with whole(out):
        items: dict[str, list[Row]] = defaultdict(list)
        for row in read_rows(out, "consolidated"):
            items[_stem(row)].append(row)
        reports = {_stem(row): row for row in read_rows(out, "reports")}
        indicators: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in read_rows(out, "indicators") if any(report.indicators for report in golds) else ():
            indicators[_stem(row)][row["indicator"]] = row
    evaluation = Evaluation()
    for report in golds:
        told = reports.get(report.id)
        score = _scored(report, items[report.id], told, files)
        pack, file = (told["rule_pack"], told["file"]) if told else ("", "")
        score.add(score_indicators(report, indicators[report.id], pack, file))
        evaluation.add(score, told)
    return evaluation


def _scored(report: GoldReport, rows: Sequence[Row], row: Row | None, files: Path | None) -> Score:
    score = score_fields(report, row)
    if row is None:
        score.faults.append(Fault("report", "", report.id))
    score.add(score_items(report, rows, partial(_text_of, report, files), row["file"] if row else ""))
    return score


def read_rows(out: Path, table: str) -> Iterator[Row]:
    """Yield the rows of a table as they are written; BaocaoError `evaluate.no_tables` where it can't be read."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BaocaoError("evaluate.no_tables", file=str(out / f"{table}.csv"), reason=reason) from error


def _stem(row: Row) -> str:
    return PurePosixPath(row["file"]).stem


def _text_of(report: GoldReport, files: Path | None) -> str:
    """Return the text of the report that gold names, from the folder of the reports."""
    found = _named(report, files.rglob("*")) if files else []
    if not found:
        raise BaocaoError("evaluate.no_files", report=report.id, folder=str(files or "--files"))
    try:
        return parse(found[0]).text
    except ParseError as error:
        reason = CATALOGUE[error.problem.code].message(error.problem)
        raise BaocaoError("evaluate.no_text", file=str(found[0]), reason=reason) from error


def _named(report: GoldReport, paths: Iterable[Path]) -> list[Path]:
    suffix = f".{report.format}" if report.format else ""
    return sorted(p for p in paths if p.stem == report.id and p.suffix.endswith(suffix) and p.suffix != ".json")
