"""A whole run: find the files, read them, write the tables, and tell what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.batch.contradictions import contradictions
from pipeline.batch.folder import Source, find_reports
from pipeline.batch.intake import Content, Intake
from pipeline.batch.reports import load_rules, lost_portion, read_portion
from pipeline.batch.spool import Spool
from pipeline.batch.workers import LIMITS, Begun, Limits, Progress, Reader, Step, reading, silent
from pipeline.cache import DocumentCache
from pipeline.rulebook import Pack
from pipeline.tables.citations import Citations
from pipeline.tables.identity import KINDS
from pipeline.tables.portion import Portion, digest_from
from pipeline.tables.result import FoundProblem
from pipeline.tables.writing import _publish as publish
from pipeline.tables.writing import _staging as staging
from pipeline.tables.writing import stage_tables, writing_to


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
) -> Summary:
    """Read every report under `folder`, write the tables into `out`, and return what came of it.

    `rules` are packs, by name or folder: one for all reports, of several each report gets the one that recognises it,
    as it does of all shipped and installed ones without any.
    What the `cache` has of the files isn't read again, and the tables are the same as without it.
    BaocaoError `run.no_folder`, `run.no_reports` or `run.output`, or RulesError, where a run can't be; files
    that can't be read are rows of `reports.csv` and raise nothing.
    """
    folder, out = Path(folder), Path(out)
    order = Order(rules, workers, lang, cache, limits)
    sources = find_reports(folder, out)
    packs = load_rules(rules)
    with writing_to(out):
        out.mkdir(parents=True, exist_ok=True)
        with staging(out) as staged, staging(out) as scratch:
            with Spool(scratch) as spool, Citations(scratch) as citations:
                account = _Account(out, len(sources), progress, citations)
                _read(sources, packs, order, Intake(spool, _known(order, packs), account.take), account)
                used = sorted((pack for pack in packs if pack.id in account.packs), key=lambda pack: pack.id)
                stage_tables(staged, spool, used, citations.rows(), account.told(packs, lang))
            publish(staged, out)
    return account.summary()


def _read(sources: Sequence[Source], packs: Sequence[Pack], order: Order, intake: Intake, account: _Account) -> None:
    """Take in the portion of each of `sources`, and keep what was read for another run."""
    reader = Reader(
        partial(read_portion, rules=order.rules, lang=order.lang, cache=order.cache),
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
                        intake.read(event.read, event.seconds)
        waiting = intake.left()


def _known(order: Order, packs: Sequence[Pack]) -> Callable[[Content], Portion | None]:
    return lambda content: None


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
        if portion.status != "ok":
            self._unread.append((portion.file, portion.status, portion.error))
        self._progress(Step(self._done, self._total, portion.file, portion, seconds or 0.0, seconds is None))

    def told(self, packs: Iterable[Pack], lang: str) -> Iterator[tuple[str, list[FoundProblem]]]:
        """Yield the problems that only a look at all reports shows, by file, each counted."""
        agencies = frozenset(code for pack in packs for code in pack.vocabulary.agencies)
        for file, found in contradictions(self._citations, agencies, lang):
            self._problems.update(problem.code for problem in found)
            yield file, found

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
