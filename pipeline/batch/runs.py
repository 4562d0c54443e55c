"""A whole run: find the files, read them, write the tables, and tell what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.batch.account import Account, Summary
from pipeline.batch.events import Telling, untold
from pipeline.batch.folder import Source, find_reports
from pipeline.batch.intake import Intake
from pipeline.batch.lock import locked
from pipeline.batch.record import RECORD, Settings, files_in, head_of, write_record
from pipeline.batch.recording import Recording
from pipeline.batch.reports import load_rules, lost_portion, read_portion
from pipeline.batch.results import Results
from pipeline.batch.spool import Spool
from pipeline.batch.workers import LIMITS, Begun, Limits, Progress, Reader, Step, reading, silent
from pipeline.cache import DocumentCache, made_of
from pipeline.tables.citations import Citations
from pipeline.tables.lasting import writing_to
from pipeline.tables.publishing import publish, staging
from pipeline.tables.writing import stage_tables


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
            with Spool(scratch) as spool, Citations(scratch) as citations:
                account = Account(out, len(sources), recording, citations)
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
    account: Account,
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
