"""A store that is cut off, changed, killed in mid-write or out of room: noticed, told, made anew, never believed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cache import database
from pipeline.cache.database import DATABASE, NAME
from pipeline.cache.info import Kind
from pipeline.cache.store import Store

ENTRIES = {b"%032d" % number: b"%d " % number * (40 + 37 * number) for number in range(24)}
NEW = b"n" * 32


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was closed, `rested`, and one that was not, `running`, its newest in the log alone."""
    folder = tmp_path_factory.mktemp("filled")
    store = Store(folder / "rested")
    for at, (key, value) in enumerate(ENTRIES.items()):
        store.put(key, value, Kind.RESULT if at % 2 else Kind.DOCUMENT)
    shutil.copytree(folder / "rested", folder / "running")
    store.close()
    assert [path.name for path in (folder / "rested" / NAME).iterdir()] == [DATABASE]
    assert (folder / "running" / NAME / f"{DATABASE}-wal").stat().st_size > 10_000
    return folder


def use(folder: Path) -> tuple[int, Store]:
    """Use the store in every way, see that nothing wrong is believed, and return how many entries it still has."""
    store = Store(folder)
    found = {key: store.get(key) for key in ENTRIES}
    assert {key: value for key, value in found.items() if value not in (None, ENTRIES[key])} == {}
    store.info()
    store.put(NEW, b"new")
    store.prune(10**9)
    return sum(value is not None for value in found.values()), store


def usable(folder: Path) -> bool:
    """Tell whether a process that comes later can keep something and find it again."""
    store = Store(folder)
    store.put(NEW, b"later")
    store.close()
    return Store(folder).get(NEW) == b"later"


def codes(store: Store) -> list[str]:
    return [problem.code for problem in store.remarks()]


@pytest.mark.parametrize("part", range(24))
def test_cut_off_anywhere(filled: Path, tmp_path: Path, part: int) -> None:
    shutil.copytree(filled / "rested", tmp_path / "cache")
    file = tmp_path / "cache" / NAME / DATABASE
    data = file.read_bytes()
    pages = len(data) // 4096
    cut = 4096 * (pages * part // 24) + (part % 3 - 1 if part else 0)  # at, just before and just after a page
    file.write_bytes(data[:cut])
    kept, store = use(tmp_path / "cache")
    assert kept == 0 or (part == 23 and kept < len(ENTRIES)), "only of the last page the others can be there"
    assert codes(store) in (["cache.rebuilt"], ["cache.entry"])
    assert store.get(NEW) == b"new"
    assert codes(store) == [], "told once"
    store.close()
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [NAME]
    assert usable(tmp_path / "cache")


def test_a_log_cut_off_anywhere_loses_its_end_alone(filled: Path, tmp_path: Path) -> None:
    whole = (filled / "running" / NAME / f"{DATABASE}-wal").stat().st_size
    kept = []
    for part in range(12):
        folder = tmp_path / str(part)
        shutil.copytree(filled / "running", folder)
        (folder / NAME / f"{DATABASE}-shm").unlink()
        os.truncate(folder / NAME / f"{DATABASE}-wal", whole * part // 11)
        found, store = use(folder)
        kept.append(found)
        assert codes(store) == []
        store.close()
        assert usable(folder)
    assert kept == sorted(kept)
    assert (kept[0], kept[-1]) == (0, len(ENTRIES))


@pytest.mark.parametrize("name", [DATABASE, f"{DATABASE}-wal"])
def test_any_byte_changed(filled: Path, tmp_path: Path, name: str) -> None:
    chance = random.Random(7)
    source = filled / ("rested" if name == DATABASE else "running")
    size = (source / NAME / name).stat().st_size
    told = set()
    for turn in range(40):
        folder = tmp_path / str(turn)
        shutil.copytree(source, folder)
        (folder / NAME / f"{DATABASE}-shm").unlink(missing_ok=True)
        with (folder / NAME / name).open("r+b") as file:
            at = chance.randrange(200) if turn < 10 else chance.randrange(size)  # the header is small and matters most
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ chance.randrange(1, 256)]))
        kept, store = use(folder)
        remarks = codes(store)
        assert remarks or kept == len(ENTRIES) or name != DATABASE, f"byte {at}: {kept} left, and nothing said"
        told |= set(remarks)
        store.close()
    assert name != DATABASE or {"cache.rebuilt", "cache.entry"} <= told


WRITER = """
import sys
from pathlib import Path
from pipeline.cache.info import Kind
from pipeline.cache.store import Store
store, number = Store(Path(sys.argv[1])), int(sys.argv[2])
while True:
    store.put(b"%032d" % number, b"%d " % number * 3000, Kind(1 + number % 2))
    print(number, flush=True)
    number += 1
"""


def test_what_a_killed_process_has_put_is_there(tmp_path: Path) -> None:
    chance = random.Random(11)
    put = 0
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(put)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert child.stdout is not None
        for _ in range(chance.randrange(1, 60)):
            put = int(child.stdout.readline()) + 1
        child.kill()
        put = max([put, *(int(line) + 1 for line in child.stdout.read().split(b"\n")[:-1])])
        child.wait()
        child.stdout.close()
        store = Store(tmp_path)
        assert [store.get(b"%032d" % number) for number in range(put)] == [
            b"%d " % number * 3000 for number in range(put)
        ]
        assert codes(store) == []
        store.close()
    assert put > 10


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = database._connect

    def small(file: Path) -> sqlite3.Connection:
        connection = connect(file)
        connection.execute("PRAGMA max_page_count = 40")
        return connection

    monkeypatch.setattr(database, "_connect", small)
    store = Store(tmp_path)
    keys = [b"%032d" % number for number in range(60)]
    for key in keys:
        store.put(key, os.urandom(5000))
    held = [store.get(key) is not None for key in keys]
    assert 5 < sum(held) < 40
    assert held == sorted(held, reverse=True)
    [remark] = store.remarks()
    assert (remark.code, dict(remark.detail)["reason"]) == ("cache.unwritable", "full")
    store.close()
    assert Store(tmp_path).get(keys[0]) is not None


def test_a_process_goes_over_to_the_store_that_another_has_made_anew(tmp_path: Path) -> None:
    mine, theirs = Store(tmp_path), Store(tmp_path)
    mine.put(NEW, b"one")
    mine.close()
    (tmp_path / NAME / DATABASE).write_bytes(b"nothing that SQLite knows")
    assert theirs.get(NEW) is None
    theirs.put(NEW, b"two")
    assert mine.get(NEW) == b"two"
    assert codes(mine) == ["cache.rebuilt"], "also where another process has noticed it"
    try:
        theirs.clear()
    except OSError:  # Windows doesn't let go of a file that is open
        pytest.skip("a folder with open files can't be moved here")
    theirs.put(NEW, b"three")
    assert mine.get(NEW) == b"three"


def test_a_process_does_not_take_away_what_another_has_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path).put(NEW, b"one")
    (tmp_path / NAME / DATABASE).write_bytes(b"nothing that SQLite knows")
    mine, theirs = Store(tmp_path), Store(tmp_path)
    opened = Store._opened

    def late(store: Store, there: tuple[int, int] | None) -> sqlite3.Connection:
        if store is mine and theirs.puts == 0:  # both have looked at what is there, and the other one is quicker
            theirs.put(NEW, b"two")
            raise sqlite3.DatabaseError("damaged") from None
        return opened(store, there)

    monkeypatch.setattr(database, "_DAMAGED", {*database._DAMAGED, 0})
    monkeypatch.setattr(Store, "_opened", late)
    assert mine.get(NEW) == b"two"
