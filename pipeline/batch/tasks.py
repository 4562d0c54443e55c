"""What a machine of a cluster does: read a batch, each file in a process of its own, as a run on one machine does.

A Dask worker only waits for those processes. So threads do for the batches that it has at a time, and one worker with
many shares among them what reading has loaded: on three of each a third of the time to begin and half the memory.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Generic

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch.batches import Batch
from pipeline.batch.copies import reading_copies
from pipeline.batch.folder import Source
from pipeline.batch.luggage import Luggage, packed, unpacked
from pipeline.batch.workers import Done, Limits, Read, Reader
from pipeline.cache import DocumentCache, user_cache
from pipeline.cache.version import parser_version, result_version
from pipeline.parsers.programs import LIBREOFFICE, TESSERACT
from pipeline.problems import BaocaoError
from pipeline.rulebook import RulesError

Sent = tuple[str, str, str, int]
"""A source on its way: its file, path, URL and size; a path object of one system can't be read on another."""


class Machine(Struct, frozen=True):
    """What of a machine decides what is read there: its code, and which programs it has; None where it can't work.

    `daemonic` is that of a process which may start none of its own.
    """

    version: str | None
    programs: tuple[str, ...]
    daemonic: bool


class Refusal(Struct, frozen=True):
    """Why a machine can't take part: the code of a problem, and its details."""

    code: str
    detail: dict[str, str]


class Job(Struct, Generic[Read], frozen=True):
    """How all batches of a run are read. `machine` is what every machine must be like.

    `luggage` has the rules that the reader is bound to, if any. `caching` tells that each machine uses its own cache.
    """

    reader: Reader[Read]
    limits: Limits
    machine: Machine
    luggage: Luggage | None = None
    caching: bool = False


class Result(Struct, Generic[Read], frozen=True):
    """What was read of the file at place `at` of a batch."""

    at: int
    read: Read
    seconds: float


def this_machine() -> Machine:
    """Return what this process has to work with."""
    programs = tuple(program.names[0] for program in (LIBREOFFICE, TESSERACT) if program.find() is not None)
    versions = parser_version(), result_version()
    told = None if None in versions else " ".join(filter(None, versions))
    return Machine(told, programs, bool(multiprocessing.current_process().daemon))


def sent(batch: Batch) -> tuple[Sent, ...]:
    """Return `batch` as it travels."""
    return tuple((source.file, str(source.path.absolute()), source.url, source.size) for source in batch)


def job_for(reader: Reader[Read], limits: Limits, machine: Machine, elsewhere: bool) -> Job[Read]:
    """Return the job of reading with `reader`, on other machines if `elsewhere`; RulesError for a fault in its rules.

    What holds on this machine alone does not travel: the folder of its cache, folders of rules.
    """
    bound = reader.read.keywords if isinstance(reader.read, partial) else {}
    luggage = packed(bound["rules"]) if "rules" in bound else None
    caching = elsewhere and reader.cache is not None
    return Job(_with_cache(reader, None) if caching else reader, limits, machine, luggage, caching)


def read_batch(job: Job[Read], batch: tuple[Sent, ...], name: str) -> list[Result[Read]] | Refusal:
    """Return what was read of `batch`, in any order, or why it can't be read on this machine.

    Once nobody waits for the task called `name` any more, no more files are read.
    """
    refusal = _refusal(job, batch)
    if refusal is not None:
        return refusal
    reader = job.reader
    if job.luggage is not None:
        try:
            reader = _bound(reader, rules=unpacked(job.luggage, _scratch()))
        except (RulesError, ValueError) as error:
            return Refusal("cluster.rules", {"worker": _worker(), "reason": _told(error)})
    if job.caching:
        reader = _with_cache(reader, user_cache(os.environ))
    results = list(_results(job, reader, batch, name))
    if job.caching and reader.cache is not None:
        reader.cache.prune()
        reader.cache.close()
    return results


def _results(job: Job[Read], reader: Reader[Read], batch: tuple[Sent, ...], name: str) -> Iterator[Result[Read]]:
    sources = [Source(file, Path(url or path), url, size) for file, path, url, size in batch]
    places = {source.file: at for at, source in enumerate(sources)}
    with closing(reading_copies(sources, reader, 1, job.limits, _scratch())) as events:
        for event in events:
            if isinstance(event, Done):
                yield Result(places[event.source.file], event.read, event.seconds)
            if not _is_wanted(name):
                return


def _refusal(job: Job[Read], batch: tuple[Sent, ...]) -> Refusal | None:
    """Return why this machine can't read `batch` as the one that asks would, or None if it can."""
    refusal = unlike(this_machine(), job.machine, _worker())
    if refusal is not None:
        return refusal
    unseen = next((path for _, path, url, _ in batch if not url and not os.path.lexists(path)), None)
    return None if unseen is None else Refusal("cluster.unseen", {"worker": _worker(), "file": unseen})


def unlike(machine: Machine, wanted: Machine, worker: str) -> Refusal | None:
    """Return why `machine`, that of `worker`, is not as `wanted`, or None if it is."""
    if machine.version != wanted.version:
        return Refusal("cluster.version", {"worker": worker})
    if machine.daemonic:
        return Refusal("cluster.daemonic", {"worker": worker})
    if machine.programs != wanted.programs:
        here, there = (", ".join(one.programs) or "–" for one in (machine, wanted))
        return Refusal("cluster.programs", {"worker": worker, "programs": here, "others": there})
    return None


def _bound(reader: Reader[Read], **values: object) -> Reader[Read]:
    """Return `reader` with other values for those of its `read` that are bound to these names."""
    read = reader.read
    if isinstance(read, partial):
        known = {name: value for name, value in values.items() if name in read.keywords}
        read = partial(read.func, *read.args, **{**read.keywords, **known})
    return replace(reader, read=read)


def _with_cache(reader: Reader[Read], cache: DocumentCache | None) -> Reader[Read]:
    return replace(_bound(reader, cache=cache), cache=cache)


def _worker() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _scratch() -> str:
    """Return the folder of this worker, which Dask removes also after a worker that was killed."""
    from distributed import get_worker

    return str(get_worker().local_directory)


def _is_wanted(name: str) -> bool:
    """Tell whether the cluster still waits for the task `name`: a run that was ended takes its tasks back."""
    from distributed import get_worker

    task = get_worker().state.tasks.get(name)
    return task is not None and task.state == "executing"


def _told(error: BaseException) -> str:
    return error.problem.code if isinstance(error, BaocaoError) else str(error)
