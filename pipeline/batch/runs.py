"""A whole run: find the files, read them, write the tables, and tell what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.batch.contradictions import _found, contradictions
from pipeline.batch.events import Telling, untold
from pipeline.batch.folder import Source, find_reports
from pipeline.batch.intake import Intake
from pipeline.batch.lock import locked
from pipeline.batch.record import RECORD, Input, Settings, files_in, head_of, input_of, write_record
from pipeline.batch.recording import Recording
from pipeline.batch.reports import load_rules, lost_portion, read_portion
from pipeline.batch.results import Results
from pipeline.batch.spool import Spool
from pipeline.batch.workers import LIMITS, Begun, Limits, Progress, Reader, Step, reading, silent
from pipeline.cache import DocumentCache, made_of
from pipeline.rulebook import Pack
from pipeline.tables.documents import combine
from pipeline.tables.identity import KINDS
from pipeline.tables.lasting import writing_to
from pipeline.tables.portion import Portion, digest_from
from pipeline.tables.publishing import publish, staging
from pipeline.tables.references import Digest, reference_rows
from pipeline.tables.result import FoundProblem
from pipeline.tables.rows import Row
from pipeline.tables.writing import stage_tables


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


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for beside its folders, as `run` explains it."""

    rules: str | Sequence[str] = ()
    workers: int = 1
    lang: str = "vi"
    cache: DocumentCache | None = None
    limits: Limits = LIMITS


def run(
    folder: Path | str,
    out: Path | str,
    rules: str | Sequence[str] = (),
    workers: int = 1,
    progress: Progress = silent,
    lang: str = "vi",
    cache: DocumentCache | None = None,
    limits: Limits = LIMITS,
    tell: Telling = untold,
    sources: Sequence[Source] | None = None,
) -> Summary:
    """Read every report under `folder`, write the tables into `out`, and return what came of it.

    `sources` are those of them that are to be read, if not all.
    `rules` are packs, by name or folder: one for all reports, of several each report gets the one that recognises it,
    as it does of all shipped and installed ones without any.
    What the `cache` has of the files isn't read again, and the tables are the same as without it.
    `progress` gets each step and `tell` each event, which are in the log of the run as well.
    BaocaoError `run.no_folder`, `run.no_reports`, `run.busy` or `run.output`, or RulesError, where a run can't be;
    files that can't be read are rows of `reports.csv` and raise nothing.
    """
    settings = Settings(str(folder), lang, _names(rules), workers, asdict(limits), cache=cache is not None)
    folder, out = Path(folder), Path(out)
    order = Order(rules, workers, lang, cache, limits)
    with Recording(progress, tell, lang) as recording:
        sources = find_reports(folder, out) if sources is None else sources
        packs = load_rules(rules)
        with locked(out), writing_to(out), staging(out) as staged, staging(out) as scratch:
            recording.log_in(out)
            recording.started(settings, packs, len(sources))
            with Spool(scratch) as spool, Citations() as citations:
                account = _Account(out, len(sources), recording, citations)
                with Results(cache, packs, lang) as results:
                    intake = Intake(spool, results.known, account.take)
                    _read(sources, order, intake, results, account, made_of(packs, lang))
                recording(Step(len(spool), len(sources), "", stage="writing"))
                used = sorted((pack for pack in packs if pack.id in account.packs), key=lambda pack: pack.id)
                rows = stage_tables(staged, spool, used, citations.rows(), account.told(packs, lang))
                made = files_in(staged, {f"{name}.csv": count for name, count in rows.items()})
                head = head_of(settings, packs, recording.began, account.counts(), made, sources)
                write_record(staged / RECORD, head, account.inputs(spool))
            publish(staged, out)
            summary = account.summary()
            recording.finished(out, summary.files, summary.items, summary.problems)
    return summary


def _names(rules: str | Sequence[str]) -> tuple[str, ...]:
    return (rules,) if isinstance(rules, str) else tuple(rules)


def _read(
    sources: Sequence[Source],
    order: Order,
    intake: Intake,
    results: Results,
    account: _Account,
    made_by: bytes | None,
) -> None:
    """Take in the portion of each of `sources`, and keep what was read for another run."""
    reader = Reader(
        partial(read_portion, rules=order.rules, lang=order.lang, cache=order.cache, made_by=made_by),
        partial(lost_portion, lang=order.lang),
        order.cache,
    )
    waiting: Sequence[Source] = sources
    while waiting:
        missing = intake.missing(waiting)
        first = next(missing, None)  # no process is begun where nothing is to be read
        if first is not None:
            with closing(reading(chain([first], missing), reader, order.workers, order.limits)) as events:
                for event in events:
                    if isinstance(event, Begun):
                        account.begun(event.source)
                    else:
                        results.keep(intake.read(event.read, event.seconds), event.read)
        waiting = intake.left()


class _Account:
    """What a run adds up while portions come in; it tells `progress` of each."""

    def __init__(self, out: Path, total: int, progress: Progress, citations: Citations) -> None:
        self.packs: set[str] = set()
        self._out = out
        self._total, self._done = total, 0
        self._progress = progress
        self._citations = citations
        self._files = Counter(ok=0, partial=0, failed=0)
        self._items = Counter(dict.fromkeys(KINDS, 0))
        self._problems: Counter[str] = Counter()
        self._unread: list[tuple[str, str, str]] = []
        self._proven_tables = 0
        self._seconds: dict[str, float] = {}  # of the files that were read

    def begun(self, source: Source) -> None:
        """Tell that a file is being read."""
        self._progress(Step(self._done, self._total, source.file))

    def take(self, portion: Portion, seconds: float | None) -> None:
        """Add up one portion."""
        self._citations.add(digest_from(portion))
        self._done += 1
        self.packs.add(portion.rule_pack)
        self._files[portion.status] += 1
        self._items.update(portion.items)
        self._problems.update(portion.problems)
        self._proven_tables += portion.proven_tables
        if seconds is not None:
            self._seconds[portion.file] = seconds
        if portion.status != "ok":
            self._unread.append((portion.file, portion.status, portion.error))
        self._progress(Step(self._done, self._total, portion.file, portion, seconds or 0.0, seconds is None))

    def told(self, packs: Iterable[Pack], lang: str) -> Iterator[tuple[str, list[FoundProblem]]]:
        """Yield the problems that only a look at all reports shows, by file, each counted."""
        agencies = frozenset(code for pack in packs for code in pack.vocabulary.agencies)
        for file, found in self._citations.problems(agencies, lang):
            self._problems.update(problem.code for problem in found)
            yield file, found

    def inputs(self, portions: Iterable[Portion]) -> Iterator[Input]:
        """Yield the entry of the file of each of `portions` for the record."""
        for portion in portions:
            yield input_of(portion, self._seconds.get(portion.file))

    def counts(self) -> dict[str, object]:
        """Return what the record counts."""
        summary = self.summary()
        known = {"kept": self._done - len(self._seconds), "proven_tables": summary.proven_tables}
        return {"files": summary.files, "items": summary.items, "problems": summary.problems, **known}

    def summary(self) -> Summary:
        """Return what came of the run."""
        return Summary(
            self._out,
            dict(self._files),
            dict(self._items),
            dict(sorted(self._problems.items(), key=lambda pair: (-pair[1], pair[0]))),
            tuple(sorted(self._unread)),
            self._proven_tables,
        )


class Citations:
    """What the reports of a run cite."""

    def __init__(self) -> None:
        self.digests: list[Digest] = []

    def __enter__(self) -> Citations:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def add(self, digest: Digest) -> None:
        """Take the citations of a report."""
        self.digests.append(digest)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of `references.csv`."""
        return reference_rows(combine(self.digests))

    def problems(self, agencies: Container[str], lang: str) -> Iterator[tuple[str, list[FoundProblem]]]:
        """Yield problems by file."""
        extra: dict[str, list[FoundProblem]] = {}
        for file, problem, here, there in contradictions(self.digests, agencies):
            extra.setdefault(file, []).append(_found(problem, here, there, lang))
        yield from sorted(extra.items())
