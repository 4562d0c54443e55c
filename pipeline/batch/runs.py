"""A whole run: find the files, read them, write the tables, and tell what came of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence, Sized
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Thread

from msgspec import Struct

from pipeline.batch.account import Account, Summary
from pipeline.batch.contradictions import contradictions
from pipeline.batch.copies import reading_copies
from pipeline.batch.delivery import delivered
from pipeline.batch.events import Telling, untold
from pipeline.batch.folder import Source, each_report, find_reports
from pipeline.batch.former import former_run, made_from
from pipeline.batch.intake import Intake
from pipeline.batch.lock import locked
from pipeline.batch.record import RECORD, Settings, files_in, head_of, write_record
from pipeline.batch.recording import Recording
from pipeline.batch.remote import is_url
from pipeline.batch.reports import load_rules, lost_portion, read_portion
from pipeline.batch.results import Results
from pipeline.batch.scribes import scribes
from pipeline.batch.spool import Spool
from pipeline.batch.workers import LIMITS, Begun, Done, Limits, Progress, Reader, Step, reading, silent
from pipeline.cache import DocumentCache, made_of
from pipeline.decisions import Amendments, Ledger, find_log, mark_of
from pipeline.rulebook import Pack
from pipeline.tables import dataset
from pipeline.tables.citations import Citations
from pipeline.tables.lasting import writing_to
from pipeline.tables.portion import Portion, digest_from
from pipeline.tables.publishing import publish, staging
from pipeline.tables.writing import stage_tables, used_packs


class Order(Struct, frozen=True):
    """What a run is asked for beside its folders, as `run` explains it."""

    rules: str | Sequence[str] = ()
    workers: int = 1
    lang: str = "vi"
    cache: DocumentCache | None = None
    limits: Limits = LIMITS
    cluster: str = ""
    passwords: tuple[str, ...] = ()


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
    cluster: str = "",
    passwords: Sequence[str] = (),
) -> Summary:
    """Read every report under `folder`, write the tables into `out`, and return what came of it.

    Both are paths, or URLs of a store that fsspec reaches. `sources` are those that are to be read, if not all.
    `rules` are packs, by name or folder: one for all reports, of several each report gets the one that recognises it,
    as it does of all shipped and installed ones without any.
    What the `cache` has of the files isn't read again, and the tables are the same as without it.
    Files are read by `workers` processes within `limits`, or on the Dask `cluster` at an address; either is as good.
    A file with a password is read if one of `passwords` opens it; they are kept nowhere.
    `progress` gets each step and `tell` each event, which are in the log of the run as well.
    BaocaoError `run.…`, `cluster.…` or `store.…`, or RulesError, where a run can't be; files that can't be read are
    rows of `reports.csv` and raise nothing.
    """
    order = Order(rules, workers, lang, cache, limits, cluster, tuple(passwords))
    with Recording(progress, tell, lang) as recording, delivered(out) as place:
        given = sources if sources is not None else _listed(folder, out)
        return _run(_settings(folder, order), given, out, place, order, recording)


def _run(
    settings: Settings, sources: Iterable[Source], out: Path | str, place: Path, order: Order, recording: Recording
) -> Summary:
    packs = load_rules(order.rules)
    total = len(sources) if isinstance(sources, Sized) else 0
    with locked(place), writing_to(place), staging(place) as staged, staging(place) as scratch:
        recording.log_in(place)
        recording.started(settings, packs, total)
        mark_of(place)  # a log that can't be read ends the run before anything is
        with Spool(scratch) as spool:
            account = Account(out, total, recording)
            made_by = made_of(packs, order.lang)
            with Results(order.cache, packs, order.lang) as results:
                _read(sources, order, Intake(spool, results.known, account.take), results, account, made_by)
            recording(Step(len(spool), len(spool), "", stage="writing"))
            ledger, mark = _decided(place)
            made = made_from(settings, made_by, spool.digest(), mark)
            former = former_run(place, made) if order.cache is not None else None
            if former is not None:
                account.recall(former["counts"], former["review"])
            else:
                amendments = Amendments(ledger, order.lang, account.reports)
                tables = _stage(staged, scratch, spool, packs, account, order, amendments)
                review = {"mark": mark, "standing": account.review}
                head = head_of(
                    settings, packs, recording.began, account.counts(), tables, account.suffixes, made, review
                )
                write_record(staged / RECORD, head, account.inputs(spool))
        if former is None:
            publish(staged, place)
        summary = account.summary()
        recording.finished(out, summary.files, summary.items, summary.problems, unchanged=summary.unchanged)
    return summary


def _stage(
    staged: Path,
    scratch: Path,
    spool: Spool,
    packs: Sequence[Pack],
    account: Account,
    order: Order,
    amendments: Amendments,
) -> list[dict[str, object]]:
    """Write the tables of what is in the `spool` into `staged`, and return what `run.json` tells of them."""
    agencies = frozenset(code for pack in packs for code in pack.vocabulary.agencies)
    with Citations(scratch) as citations:
        for portion in spool:
            citations.add(digest_from(portion))
        found = account.told(contradictions(citations, agencies, order.lang))
        used = used_packs(packs, account.packs)
        with scribes(len(spool), order.workers, order.limits) as submit:
            rows = stage_tables(staged, spool, used, citations.rows(), found, submit, amendments.amend)
    account.decided(amendments)
    return files_in(staged, staged, {f"{name}.csv": count for name, count in rows.items()})


def _decided(place: Path) -> tuple[Ledger, str]:
    """Return what people decided on the tables in `place`, and the mark of the log as it was read."""
    log = find_log(place)
    if log is None:
        return Ledger(), ""
    with log:
        ledger = log.standing()
        return ledger, log.mark_at(ledger.last)


def _listed(folder: Path | str, out: Path | str) -> Iterable[Source]:
    """Return the reports of a folder of this machine, sorted; those of a store are listed while they are read."""
    return each_report(folder, out) if is_url(folder) else find_reports(folder, out)


def _settings(folder: Path | str, order: Order) -> Settings:
    rules = (order.rules,) if isinstance(order.rules, str) else tuple(order.rules)
    limits, cached = order.limits.told(), order.cache is not None
    return Settings(str(folder), order.lang, rules, order.workers, limits, order.cluster, cached)


def _read(
    sources: Iterable[Source],
    order: Order,
    intake: Intake,
    results: Results,
    account: Account,
    made_by: bytes | None,
) -> None:
    """Take in the portion of each of `sources`, and keep what was read for another run."""
    reader = Reader(
        partial(
            read_portion,
            rules=order.rules,
            lang=order.lang,
            cache=order.cache,
            made_by=made_by,
            passwords=order.passwords,
        ),
        partial(lost_portion, lang=order.lang),
        order.cache,
    )
    waiting = sources
    while True:
        missing = intake.missing(waiting)
        first = next(missing, None)  # no process is begun where nothing is to be read
        if first is not None:
            Thread(target=dataset.load, name="baocao-loading").start()  # while others read
            with closing(_reading(first, missing, reader, order)) as events:
                for event in events:
                    if isinstance(event, Begun):
                        account.begun(event.source)
                    else:
                        results.keep(intake.read(event.read, event.seconds), event.read)
        waiting = intake.left()
        if not waiting:
            return


def _reading(
    first: Source, others: Iterable[Source], reader: Reader[Portion], order: Order
) -> Generator[Begun | Done[Portion], None, None]:
    """Return what comes of reading the sources on a cluster, or by processes of this machine."""
    sources = chain([first], others)
    if order.cluster:
        from pipeline.batch.cluster import reading_on_cluster

        return reading_on_cluster(sources, reader, order.cluster, order.limits)
    read = reading_copies if first.url else reading
    return read(sources, reader, order.workers, order.limits)
