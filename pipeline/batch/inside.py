"""What runs in a worker process: its beginning, a file read, a few files converted ahead."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from pipeline import COLLECTED_EVERY
from pipeline.batch.folder import Source
from pipeline.batch.limits import hold_to, peak_memory
from pipeline.batch.reports import crash
from pipeline.batch.warden import VARIABLE, WORKERS, say_who
from pipeline.cache import DocumentCache
from pipeline.model import Problem
from pipeline.parsers import converted_ahead
from pipeline.parsers.limits import FileLimits, hold_to_limits
from pipeline.rulebook.pack import forget_packs
from pipeline.rulebook.places import shipped_folder

Value = TypeVar("Value")
Stamp = tuple[tuple[str, int, int], ...]

SAID = "said"
"""The subfolder in which each worker leaves what libraries print on its standard error."""
_NEAR = 0.9  # of the memory that a worker is held to: an error there is one for want of it


def rules_stamp() -> Stamp:
    """Return what tells the shipped rules from changed ones: each file with its size and time."""
    files = [(path, path.stat()) for path in sorted(shipped_folder().rglob("*")) if path.is_file()]
    return tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in files)


_loaded_with = rules_stamp()


class Setting(Struct, frozen=True):
    """What a worker is given at its beginning: its name, the run's folder, its environment and what it is held to."""

    marker: str
    folder: Path
    environment: Mapping[str, str]
    memory: int
    content: FileLimits | None = None


class Answer(Struct, Generic[Value], frozen=True):
    """What came of a file in a worker: what was read, or why nothing was.

    `short` tells that memory was short, `strained` that the worker is not to be used any more.
    """

    value: Value | None = None
    problem: Problem | None = None
    short: bool = False
    strained: bool = False


_memory = 0


def begin(setting: Setting) -> None:
    """Set a worker up; what the process that it was forked from had of its own is not kept.

    Where there has been a worker of this name it is gone without a word, and this process ends: what the other was at
    must not be taken for going on.
    """
    global _memory
    if (setting.folder / WORKERS / setting.marker).exists():
        os._exit(1)
    os.environ.clear()
    os.environ.update(setting.environment)
    os.environ[VARIABLE] = setting.marker
    tempfile.tempdir = str(setting.folder)
    said = os.open(setting.folder / SAID / setting.marker, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 2)
    os.close(said)
    if rules_stamp() != _loaded_with:
        forget_packs()
    gc.set_threshold(COLLECTED_EVERY)
    _memory = setting.memory
    hold_to(_memory)
    hold_to_limits(setting.content)
    say_who(setting.folder, setting.marker)


def read_one(read: Callable[[Source], Value], source: Source, folder: Path, batch: str) -> Answer[Value]:
    """Return what `read` makes of a file; `batch`, if any, is where it was converted ahead in `folder`."""
    try:
        with converted_ahead((), folder, batch) if batch else nullcontext():
            value = read(source)
    except MemoryError:
        return Answer(short=True, strained=True)
    except BaseException as error:
        if strained():
            return Answer(short=True, strained=True)
        return Answer(problem=crash(source, error), strained=True)
    if strained():
        return Answer(short=True, strained=True) if _failed(value) else Answer(value, strained=True)
    return Answer(value)


def convert(sources: Sequence[Source], folder: Path, batch: str, cache: DocumentCache | None) -> None:
    """Convert files in a few calls, but for those whose text is in the `cache`.

    Where that can't be done for all, each is converted when it is read, and its own result says what is wrong.
    """
    with suppress(Exception):
        paths = [source.path for source in sources if cache is None or not cache.has(source.path)]
        with converted_ahead(paths, folder, batch):
            pass


def strained() -> bool:
    """Tell whether this process has come near to the memory that it is held to."""
    peak = peak_memory() if _memory else None
    return peak is not None and peak >= _NEAR * _memory


def _failed(value: object) -> bool:
    """Tell whether nothing was read: libraries may take want of memory for a fault of the file."""
    return getattr(value, "status", "") == "failed"
