"""Tables put in place together: what stands in a folder is of one run, and what a kill cut off is settled later.

All is written into a staging folder inside the output folder, and made to last there. Once that is marked ready, the
names of the old tables are taken away, that of the seal first, and the new ones put in their place, the seal last: at
no moment do old and new tables stand side by side, and where the seal stands, all that it tells of does. On an error
every name is put back. A process that is killed, or a power cut, leaves the mark, by which `settle` finishes the work;
without it nothing was changed, and `settle` only clears away.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from pipeline.problems import BaocaoError
from pipeline.tables.holding import Held, hold
from pipeline.tables.lasting import sync, sync_folder, synced

SEAL = "run.json"
"""The file that comes last: where it stands, so do all tables of the run that it is about."""

_PREFIX = ".baocao-"
_STAGING = re.compile(r"\.baocao-[a-z0-9_]{8}")  # as tempfile names them
_INPUTS = '  "inputs": ['
_OWNER, _READY, _ASIDE = ".owner", ".ready", ".old"
_PATIENCE = 5.0  # seconds a reader waits for tables that are being exchanged, which takes some milliseconds
_LITTER = {"Thumbs.db", "desktop.ini"}  # what systems put into any folder


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a folder inside `folder`, on one disk so that renaming is atomic, and remove it at the end.

    What is named with a dot there is not published, and so is the place for scratch files of the run.
    """
    staged, owner = _staged(folder)
    try:
        yield staged
    finally:
        owner.let_go()
        if not (staged / _READY).exists():  # else the exchange began and could not be undone: `settle` needs it
            shutil.rmtree(staged, ignore_errors=True)


def publish(staged: Path, folder: Path) -> None:
    """Put all that stands in `staged`, files and folders, into `folder`, in place of what has those names there.

    What the seal in `folder` names as of the run before and is not in `staged` is taken away; all else stays. On an
    error, such as that of a table that Excel holds open on Windows, `folder` is as it was. BaocaoError `run.others`
    where a folder to be replaced holds what no run wrote.
    """
    settle(folder, but=staged)
    plan = _planned(staged, folder)
    for name in (*plan.names, *plan.gone):
        _refuse_others(folder / name)
    for name in plan.names:
        sync(staged / name)
    (staged / _ASIDE).mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        _mark(staged, plan, folder)
        _exchange(plan, staged, folder, moved)
        (staged / _READY).unlink()
    except BaseException:
        if _undone(moved):
            (staged / _READY).unlink(missing_ok=True)
        raise


def settle(folder: Path, but: Path | None = None) -> None:
    """Finish what a process that is no more began in `folder`: put its tables in place if all were ready.

    Staging folders of processes at work, and `but`, are left alone. OSError where tables can't be put in place; the
    next call tries again.
    """
    for staged in _stagings(folder):
        owner = None if staged == but else _claim(staged)
        if owner is None:
            continue
        try:
            if (staged / _READY).exists():
                _roll(staged, folder)
        finally:
            owner.let_go()
        shutil.rmtree(staged, ignore_errors=True)


@contextmanager
def whole(folder: Path) -> Iterator[None]:
    """Read tables in `folder` inside: they are of one run, or BaocaoError `run.half` or `run.renewed`.

    An exchange that was cut off is settled first, one under way waited for.
    """
    await_whole(folder)
    before = _fingerprint(folder)
    fault: Exception | None = None
    try:
        yield
    except Exception as error:
        fault = error
    if _fingerprint(folder) != before or _is_half(folder):
        raise BaocaoError("run.renewed", folder=str(folder)) from fault
    if fault is not None:
        raise fault


def await_whole(folder: Path) -> None:
    """Return when no exchange in `folder` is cut off, which is settled, or under way; BaocaoError `run.half`."""
    until = time.monotonic() + _PATIENCE
    while _is_half(folder):
        with suppress(OSError):
            settle(folder)
        if not _is_half(folder):
            return
        if time.monotonic() > until:
            raise BaocaoError("run.half", folder=str(folder))
        time.sleep(0.05)


def head_of_seal(seal: Path) -> dict[str, Any]:
    """Return what `run.json` tells but its inputs, which may be very many and stand last, one a line.

    OSError where there is none, ValueError where it is none.
    """
    lines = []
    with seal.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(_INPUTS):
                lines.append(f"{_INPUTS}]}}")
                break
            lines.append(line)
    told: dict[str, Any] = json.loads("".join(lines))
    return told


class _Plan(Struct, frozen=True):
    """What is to be done: `names` come in, `gone` are taken away."""

    names: Sequence[str]
    gone: Sequence[str]


def _planned(staged: Path, folder: Path) -> _Plan:
    names = sorted((path.name for path in staged.iterdir() if not path.name.startswith(".")), key=_seal_last)
    return _Plan(names, sorted(_former(folder) - set(names)))


def _seal_last(name: str) -> tuple[bool, str]:
    return name == SEAL, name


def _former(folder: Path) -> set[str]:
    """Return the names in `folder` that its seal tells of; none where there is no seal, or one that tells of none."""
    try:
        files = [table["file"] for table in head_of_seal(folder / SEAL)["tables"]]
        names = {Path(file).parts[0] for file in files if isinstance(file, str) and file}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return set()
    return {SEAL, *(name for name in names if not name.startswith(".") and not Path(name).is_absolute())}


def _refuse_others(place: Path) -> None:
    """Raise BaocaoError `run.others` if `place` is a folder with other files than a data set has: no run wrote them."""
    if place.is_symlink() or not place.is_dir():
        return
    for path in place.rglob("*"):
        wanted = path.suffix == ".parquet" or path.name.startswith(("_", ".")) or path.name in _LITTER
        if not (wanted or path.is_dir()):
            raise BaocaoError("run.others", folder=str(place), file=path.relative_to(place).as_posix())


def _mark(staged: Path, plan: _Plan, folder: Path) -> None:
    """Mark `staged` as ready; from here on a cut leads to the new tables."""
    with synced(staged / f"{_READY}.part", "utf-8") as file:
        json.dump(asdict(plan), file)
    sync_folder(staged)
    sync_folder(folder)
    (staged / f"{_READY}.part").replace(staged / _READY)
    sync_folder(staged)


def _exchange(plan: _Plan, staged: Path, folder: Path, moved: list[tuple[Path, Path]]) -> None:
    """Take the old names out of `folder`, then put the new ones in; what is done already is not done again.

    Each step is noted in `moved`, as from where to where.
    """
    aside = staged / _ASIDE
    coming = [name for name in plan.names if os.path.lexists(staged / name)]
    leaving = [*coming, *(name for name in plan.gone if not os.path.lexists(aside / name))]
    for name in sorted(leaving, key=_seal_last, reverse=True):
        if os.path.lexists(folder / name):
            _discard(aside / name)
            _move(folder / name, aside / name, moved)
    sync_folder(folder)
    for name in coming:
        _move(staged / name, folder / name, moved)
    sync_folder(folder)


def _move(place: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    """Rename; noted first, so that an interrupt between the two can be undone."""
    moved.append((place, target))
    place.replace(target)


def _undone(moved: Sequence[tuple[Path, Path]]) -> bool:
    """Take back what was moved, the last first, and tell whether all of it could be."""
    try:
        for place, target in reversed(moved):
            if not os.path.lexists(place):
                target.replace(place)
    except OSError:
        return False
    return True


def _roll(staged: Path, folder: Path) -> None:
    """Finish the exchange that `staged` was ready for; where the plan can't be read, put back what is missing."""
    try:
        plan = _Plan(**json.loads((staged / _READY).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        aside = staged / _ASIDE
        olds = sorted((path.name for path in aside.iterdir()), key=_seal_last)
        _undone([(folder / name, aside / name) for name in reversed(olds)])
    else:
        _exchange(plan, staged, folder, [])
    (staged / _READY).unlink()


def _staged(folder: Path) -> tuple[Path, Held]:
    """Make a staging folder and hold it; another process may take one away before it is held."""
    while True:
        staged = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        owner = _claim(staged)
        if owner is not None:
            return staged, owner


def _stagings(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _STAGING.fullmatch(path.name) and path.is_dir())
    except OSError:  # no folder, or none that can be looked into
        return []


def _claim(staged: Path) -> Held | None:
    try:
        return hold(staged / _OWNER)
    except FileNotFoundError:
        return None


def _is_half(folder: Path) -> bool:
    return any((staged / _READY).exists() for staged in _stagings(folder))


def _fingerprint(folder: Path) -> list[tuple[int, int, int] | None]:
    """Return what changes whenever the tables in `folder` are exchanged."""
    return [_stamp(folder / name) for name in (SEAL, "datapackage.json")]


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
