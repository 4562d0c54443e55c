"""A whole run: find the files, read them, write the tables, and tell what came of it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.contradictions import with_contradictions
from pipeline.batch.folder import find_reports
from pipeline.batch.reports import load_rules
from pipeline.batch.workers import Progress, read_all, silent
from pipeline.cache import DocumentCache
from pipeline.tables import ReportResult, write_tables
from pipeline.tables.identity import KINDS, kind_of
from pipeline.tables.lasting import writing_to


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run: files by status, items by kind, problems by code, and the files not read in full.

    `unread` holds file, status and what to do; each count is there for every status and kind, 0 included.
    `proven_tables` counts the tables whose totals are the sums of their parts.
    """

    out: Path
    files: dict[str, int]
    items: dict[str, int]
    problems: dict[str, int]
    unread: tuple[tuple[str, str, str], ...]
    proven_tables: int = 0


def run(
    folder: Path | str,
    out: Path | str,
    rules: str | Sequence[str] = (),
    workers: int = 1,
    progress: Progress = silent,
    lang: str = "vi",
    cache: DocumentCache | None = None,
) -> Summary:
    """Read every report under `folder`, write the tables into `out`, and return what came of it.

    `rules` are packs, by name or folder: one for all reports, of several each report gets the one that recognises it,
    as it does of all shipped and installed ones without any.
    What the `cache` has of the files isn't parsed again, and the tables are the same as without it.
    BaocaoError `run.no_folder`, `run.no_reports` or `run.output`, or RulesError, where a run can't be; files
    that can't be read are rows of `reports.csv` and raise nothing.
    """
    folder, out = Path(folder), Path(out)
    sources = find_reports(folder, out)
    packs = load_rules(rules)
    with writing_to(out):
        _try_writing(out)
    agencies = frozenset(code for pack in packs for code in pack.vocabulary.agencies)
    results = with_contradictions(read_all(sources, rules, lang, workers, progress, cache), agencies, lang)
    with writing_to(out):
        write_tables(out, results, packs)
    return _summary(out, sorted(results, key=lambda result: result.file))


def _try_writing(out: Path) -> None:
    """Raise OSError now, before hours of reading, if nothing can be written into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out):
        pass


def _summary(out: Path, results: Iterable[ReportResult]) -> Summary:
    files, items, problems = (
        Counter(ok=0, partial=0, failed=0),
        Counter(dict.fromkeys(KINDS, 0)),
        Counter[str](),
    )
    unread, proven = [], 0
    for result in results:
        files[result.status] += 1
        items.update(kind_of(found.item) for found in result.items)
        problems.update(problem.code for problem in result.problems)
        proven += result.proven_tables
        if result.status != "ok":
            unread.append((result.file, result.status, result.error))
    return Summary(out, dict(files), dict(items), dict(problems.most_common()), tuple(unread), proven)
