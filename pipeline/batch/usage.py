"""What each rule finds in a folder of reports, and how long it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from pipeline.batch.folder import Source, find_reports
from pipeline.batch.reports import attempted, load_rules, parsed
from pipeline.batch.workers import LIMITS, Limits, Progress, Reader, read_each, silent
from pipeline.cache import DocumentCache
from pipeline.extract import Extraction, extract
from pipeline.extract.claims import BUILT_IN
from pipeline.extract.timing import matching_times
from pipeline.extract.view import View
from pipeline.model import Problem
from pipeline.problems import CATALOGUE
from pipeline.tables.identity import kind_of

Span = tuple[int, int]


class FileUse(Struct, frozen=True):
    """What the rules did in one file; `error` says why it could not be read, and what to do.

    `hits` counts by rule what it found, items and named numerals, `problems` the problems that stand where an item
    of the rule does, `reviews` the reviewed items by rule and verdict. `kinds` is what each rule finds. `seconds` is
    empty where nothing was measured.
    """

    file: str
    pack: str = ""
    hits: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    reviews: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    error: str = ""
    pages: int | None = None

    @property
    def status(self) -> str:
        """`ok` or `failed`."""
        return "failed" if self.error else "ok"


def gather_usage(
    folder: Path | str,
    rules: str | Sequence[str] = (),
    workers: int = 1,
    progress: Progress = silent,
    lang: str = "vi",
    cache: DocumentCache | None = None,
    limits: Limits = LIMITS,
) -> list[FileUse]:
    """Return what the rules do in every report under `folder`, by file, each rule's search measured.

    `rules`, `cache` and `limits` are as for `run`. BaocaoError `run.no_folder` or `run.no_reports`, or RulesError,
    where that can't be done; a file that can't be read has an `error`, in words of `lang`, and raises nothing.
    """
    sources = find_reports(Path(folder))
    load_rules(rules)
    reader = Reader(partial(read_usage, rules=rules, lang=lang, cache=cache), partial(_lost, lang=lang), cache)
    return sorted(read_each(sources, reader, workers, progress, limits), key=lambda use: use.file)


def read_usage(source: Source, rules: str | Sequence[str], lang: str, cache: DocumentCache | None = None) -> FileUse:
    """Return what the rules do in one file; whatever happens on the way is that file's error alone."""

    def read() -> FileUse:
        return _use(source.file, extract(parsed(source.path, cache), *load_rules(rules)))

    return attempted(source, read, partial(_lost, lang=lang))


def owner_of(span: Span, items: Iterable[tuple[Span, str]]) -> str:
    """Return the rule of the item that stands at `span`: the narrowest of those that overlap it, else nothing."""
    near = [(end - start, start, rule) for (start, end), rule in items if start < span[1] and span[0] < end]
    return min(near)[2] if near else ""


def _lost(source: Source, problem: Problem, lang: str) -> FileUse:
    return FileUse(source.file, error=CATALOGUE[problem.code].message(problem, lang))


def _use(file: str, extraction: Extraction) -> FileUse:
    items = [((item.start, item.end), item.rule) for item in extraction.items]
    kinds = {item.rule: kind_of(item) for item in extraction.items}
    named = [c.rule for c in extraction.claims if c.kind == "no_item" and not c.rule.startswith(f"{BUILT_IN}/")]
    places = [(p.start, p.end) for p in extraction.problems if p.start is not None and p.end is not None]
    return FileUse(
        file,
        extraction.pack.id,
        Counter([rule for _, rule in items] + named),
        Counter(rule for start, end in places if (rule := owner_of((start, end), items))),
        kinds=kinds | dict.fromkeys(named, "no_item"),
        seconds=matching_times(View(extraction.structure, extraction.pack)),
        pages=len(extraction.structure.document.pages) or None,
    )
