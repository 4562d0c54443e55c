"""One file into one ReportResult, whatever happens on the way."""

from __future__ import annotations

import traceback
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.batch.folder import Source
from pipeline.cache import PASSING, DocumentCache, fingerprint, made_of
from pipeline.model import Document, Item, Problem
from pipeline.parsers import parse
from pipeline.problems import CATALOGUE, ParseError
from pipeline.rulebook import Pack, candidate_packs
from pipeline.tables import FoundItem, FoundProblem, Place, ReportResult
from pipeline.tables.identity import content_id
from pipeline.tables.portion import Portion, portion_of

if TYPE_CHECKING:
    from pipeline.extract import Extraction

_Read = TypeVar("_Read")
UNREAD = frozenset(
    {"page.no_text", "page.garbled", "page.limit", "file.pages", "ocr.failed", "sheet.cut"}
    | {"file.garbled", "file.embedded", "file.incomplete", "file.lighter", "file.not_converted"}
)
"""Problems that mean that some of a report could not be read, or not for sure: its status is `partial`."""

_OURS = Path(__file__).parents[1]
_FORMATS = {
    "docm": "docx", "dotx": "docx", "dotm": "docx", "dot": "doc", "markdown": "md", "ott": "odt", "fodt": "odt",
    "htm": "html", "mht": "html",
    **{name: name for name in ("docx", "pdf", "doc", "odt", "rtf", "html", "xlsx", "txt", "md")},
}  # fmt: skip


def load_rules(rules: str | Sequence[str] = ()) -> tuple[Pack, ...]:
    """Return the packs that reports choose from, as `candidate_packs` has it; RulesError for a fault."""
    return candidate_packs((rules,) if isinstance(rules, str) else tuple(rules))


def parsed(
    path: Path, cache: DocumentCache | None, passwords: Sequence[str] = (), content: str | None = None
) -> Document:
    """Return the Document of a file, from the `cache` if there is one that has it; ParseError as `parse`.

    `content` is the SHA-256 of the file's bytes where it is known.
    """
    read = partial(parse, passwords=passwords) if passwords else parse
    return read(path) if cache is None else cache.document(path, read, content)


def read_report(
    source: Source,
    rules: str | Sequence[str] = (),
    lang: str = "vi",
    cache: DocumentCache | None = None,
    passwords: Sequence[str] = (),
) -> ReportResult:
    """Return what was read of one file, in words of `lang`; a file that can't be read is a failed result."""
    return _attempt(source, rules, lang, cache, passwords)[0]


def read_portion(
    source: Source,
    rules: str | Sequence[str] = (),
    lang: str = "vi",
    cache: DocumentCache | None = None,
    made_by: bytes | None = None,
    passwords: Sequence[str] = (),
) -> Portion:
    """Return what one file gives to the tables; it is `lasting` if nothing but the file and the code decided it.

    `made_by` is what the run began with, as `made_of` has it: rules that were changed since are not those of the run.
    """
    before = fingerprint(source.path)
    result, packs = _attempt(source, rules, lang, cache, passwords, before[0])
    passing = any(problem.code in PASSING for problem in result.problems)
    lasting = result.status != "failed" and not passing and fingerprint(source.path) == before
    lasting = lasting and made_by is not None and made_of(packs, lang) == made_by
    return portion_of(result, *before, lasting)


def _attempt(
    source: Source,
    rules: str | Sequence[str],
    lang: str,
    cache: DocumentCache | None,
    passwords: Sequence[str],
    content: str | None = None,
) -> tuple[ReportResult, tuple[Pack, ...]]:
    """Return what was read of one file whose SHA-256 is `content`, and the packs that it chose from; none if lost."""

    def read() -> tuple[ReportResult, tuple[Pack, ...]]:
        from pipeline.extract import extract  # the process that shares out the files reads none

        document = parsed(source.path, cache, passwords, content)
        packs = load_rules(rules)
        return _read(source, document, extract(document, *packs), lang, content), packs

    def lost(source: Source, problem: Problem) -> tuple[ReportResult, tuple[Pack, ...]]:
        return failed(source, problem, lang, content), ()

    return attempted(source, read, lost)


def lost_portion(source: Source, problem: Problem, lang: str) -> Portion:
    """Return the portion of a file that `problem` kept from being read."""
    content, size = fingerprint(source.path)
    return portion_of(failed(source, problem, lang, content), content, size)


def attempted(source: Source, read: Callable[[], _Read], lost: Callable[[Source, Problem], _Read]) -> _Read:
    """Return what `read` makes of one file, or what `lost` makes of the problem that kept it from being read.

    This is the one place that catches every exception, so that no file costs another; want of memory alone is not
    the file's.
    """
    try:
        return read()
    except ParseError as error:
        return lost(source, error.problem)
    except MemoryError:  # for the worker, which is of no more use
        raise
    except Exception as error:
        return lost(source, crash(source, error))


def failed(source: Source, problem: Problem, lang: str, content: str | None = None) -> ReportResult:
    """Return the result of a file, whose SHA-256 is `content` if told, that `problem` kept from being read."""
    found = _found_problem(problem, None, lang)
    return ReportResult(
        source.file,
        _report_id(source, content),
        "failed",
        found.message,
        _FORMATS.get(source.path.suffix.lower().removeprefix("."), ""),
        problems=(found,),
    )


def crash(source: Source, error: BaseException) -> Problem:
    """Return the problem that `error`, a fault of ours, is: its type and place, no word of the report."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_OURS)] or frames
    place = f", {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return Problem("file.crashed", (("file", source.file), ("reason", f"{type(error).__name__}{place}")))


def _read(
    source: Source, document: Document, extraction: Extraction, lang: str, content: str | None = None
) -> ReportResult:
    problems = tuple(_found_problem(problem, document, lang, source.file) for problem in extraction.problems)
    unread = dict.fromkeys(problem.message for problem in problems if problem.code in UNREAD)
    return ReportResult(
        source.file,
        _report_id(source, content),
        "partial" if unread else "ok",
        " ".join(unread),
        document.format,
        len(document.pages) or None,
        document.text_source,
        extraction.pack.id,
        extraction.fields,
        tuple(_found_items(document, extraction)),
        extraction.indicators,
        problems,
        document.signatures,
        extraction.proven_tables,
        extraction.numerals,
        content_id(document.text),
    )


def _report_id(source: Source, content: str | None) -> str:
    """Return the id of a file's content, or that of its path where it can't be read; `content` may be known."""
    told = fingerprint(source.path)[0] if content is None else content
    return told[:12] or content_id(source.file)


def _found_items(document: Document, extraction: Extraction) -> Iterator[FoundItem]:
    structure = extraction.structure
    starts = [sentence.start for sentence in structure.sentences]
    said: dict[tuple[int, int], str] = {}  # items of one sentence share its words, which have one hash then

    def headings_above(item: Item) -> tuple[str, ...]:
        at = bisect_right(starts, item.start) - 1
        section = structure.sentences[at].section if at >= 0 else -1
        return structure.sections[section].path if section >= 0 else ()

    for item in extraction.items:
        text = document.text[item.start : item.end]
        if item.sentence not in said:
            said[item.sentence] = document.text[slice(*item.sentence)]
        yield FoundItem(item, text, said[item.sentence], headings_above(item), document.page_at(item.start))


def _found_problem(problem: Problem, document: Document | None, lang: str, file: str = "") -> FoundProblem:
    kind = CATALOGUE[problem.code]
    told = FoundProblem(problem.code, kind.severity, kind.message(problem, lang), page=_told_page(problem))
    if document is None or problem.start is None:
        return told
    end = problem.start if problem.end is None else problem.end
    text, page = document.text[problem.start : end], document.page_at(problem.start)
    drawn = next(document.boxes(problem.start, end), None)
    box = (drawn.left, drawn.top, drawn.right, drawn.bottom) if drawn else ()
    other = _other_place(problem, document, file)
    return FoundProblem(told.code, told.severity, told.message, text, problem.start, end, page, box, other)


def _other_place(problem: Problem, document: Document, file: str) -> Place | None:
    if problem.other is None:
        return None
    start, end = problem.other
    return Place(file, document.text[start:end], start, end, document.page_at(start))


def _told_page(problem: Problem) -> int | None:
    """Return the page that a problem of a whole page is about."""
    page = dict(problem.detail).get("page", "")
    return int(page) if page.isdecimal() else None
