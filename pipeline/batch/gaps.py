"""What the rules did not understand of a folder of reports, the widest gaps first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.folder import Source, find_reports
from pipeline.batch.reports import attempted, load_rules, parsed
from pipeline.batch.workers import LIMITS, Limits, Progress, Reader, read_each, silent
from pipeline.cache import DocumentCache
from pipeline.extract import Extraction, extract
from pipeline.extract.gaps import KINDS, Gap, find_gaps
from pipeline.model import Problem
from pipeline.problems import CATALOGUE

EXAMPLES = 3
_LONGEST = 400  # characters of a sentence that an example keeps


class Example(Struct, frozen=True):
    """One place of a gap: its sentence, cut where it is long, and where the gap stands in it and in the report."""

    file: str
    page: int | None
    start: int
    end: int
    sentence: str
    at: int


class GapGroup(Struct, frozen=True):
    """All gaps of one kind and pattern: how many there are, in how many reports, and some of them."""

    kind: str
    pattern: str
    count: int
    reports: int
    examples: tuple[Example, ...]


class FileGaps(Struct, frozen=True):
    """The gaps of one file, grouped; `error` says why a file could not be read, and what to do."""

    file: str
    groups: tuple[GapGroup, ...] = ()
    error: str = ""
    pages: int | None = None

    @property
    def status(self) -> str:
        """`ok` or `failed`."""
        return "failed" if self.error else "ok"


class Gaps(Struct, frozen=True):
    """The gaps of a folder of `files` reports, by kind and the widest first, and the files that were not read."""

    files: int
    groups: tuple[GapGroup, ...]
    unread: tuple[tuple[str, str], ...] = ()


def gather_gaps(
    folder: Path | str,
    rules: str | Sequence[str] = (),
    workers: int = 1,
    progress: Progress = silent,
    lang: str = "vi",
    cache: DocumentCache | None = None,
    limits: Limits = LIMITS,
) -> Gaps:
    """Return what the rules did not understand of every report under `folder`.

    `rules`, `cache` and `limits` are as for `run`. BaocaoError `run.no_folder` or `run.no_reports`, or RulesError,
    where that can't be done; a file that can't be read is named in `unread`, in words of `lang`, and raises nothing.
    """
    sources = find_reports(Path(folder))
    load_rules(rules)
    reader = Reader(partial(read_gaps, rules=rules, lang=lang, cache=cache), partial(_lost, lang=lang), cache)
    results = sorted(read_each(sources, reader, workers, progress, limits), key=lambda result: result.file)
    groups = sorted(
        _grouped(group for result in results for group in result.groups),
        key=lambda group: (KINDS.index(group.kind), -group.reports, -group.count, group.pattern),
    )
    return Gaps(len(results), tuple(groups), tuple((r.file, r.error) for r in results if r.error))


def read_gaps(source: Source, rules: str | Sequence[str], lang: str, cache: DocumentCache | None = None) -> FileGaps:
    """Return the gaps of one file; whatever happens on the way is that file's error alone."""

    def read() -> FileGaps:
        extraction = extract(parsed(source.path, cache), *load_rules(rules))
        pages = len(extraction.structure.document.pages) or None
        return FileGaps(source.file, tuple(_grouped(_single(source.file, extraction))), pages=pages)

    return attempted(source, read, partial(_lost, lang=lang))


def _lost(source: Source, problem: Problem, lang: str) -> FileGaps:
    return FileGaps(source.file, error=CATALOGUE[problem.code].message(problem, lang))


def _single(file: str, extraction: Extraction) -> Iterator[GapGroup]:
    """Yield each gap of a report as a group of its own."""
    sentences = extraction.structure.sentences
    starts = [sentence.start for sentence in sentences]
    for gap in find_gaps(extraction):
        at = bisect_right(starts, gap.start) - 1
        span = (sentences[at].start, sentences[at].end) if at >= 0 else (gap.start, gap.end)
        example = _example(file, extraction, gap, span)
        yield GapGroup(gap.kind, gap.pattern, 1, 1, (example,))


def _example(file: str, extraction: Extraction, gap: Gap, sentence: tuple[int, int]) -> Example:
    """Return a gap with its sentence; of a long one, or where the gap stands beside it, with what is around it."""
    document = extraction.structure.document
    start, end = min(sentence[0], gap.start), max(sentence[1], gap.end)
    if end - start > _LONGEST:
        start = max(start, min(gap.start - _LONGEST // 2, end - _LONGEST))
        end = max(gap.end, start + _LONGEST)
    text = document.text[start:end].replace("\n", " ").replace("\t", " ")
    return Example(file, document.page_at(gap.start), gap.start, gap.end, text, gap.start - start)


def _grouped(groups: Iterable[GapGroup]) -> list[GapGroup]:
    """Return `groups` with those of one kind and pattern made one, and examples of different reports first.

    Groups of one report stand together, and those of one file count as one report.
    """
    found: dict[tuple[str, str], GapGroup] = {}
    last: dict[tuple[str, str], str] = {}
    for group in groups:
        key, file = (group.kind, group.pattern), group.examples[0].file
        known = found.get(key)
        if known is None:
            found[key] = group
        else:
            reports = known.reports + (group.reports if last[key] != file else 0)
            examples = _spread((*known.examples, *group.examples))
            found[key] = replace(known, count=known.count + group.count, reports=reports, examples=examples)
        last[key] = file
    return list(found.values())


def _spread(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return the first examples, as many as a group keeps, each from another report as far as there are others."""
    seen: dict[str, int] = {}
    ranked = []
    for example in examples:
        seen[example.file] = seen.get(example.file, -1) + 1
        ranked.append((seen[example.file], example))
    ranked.sort(key=lambda pair: pair[0])
    return tuple(example for _, example in ranked[:EXAMPLES])
