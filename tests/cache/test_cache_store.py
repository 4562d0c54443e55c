"""The store of the cache: what is put there comes back or is forgotten, and nothing that happens to it is an error."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from pipeline.cache import database as database_module
from pipeline.cache.database import DATABASE, NAME
from pipeline.cache.store import Store

KEY, OTHER = b"k" * 32, b"o" * 32
posix_user = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="no permission keeps root, or Windows, from writing"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def filled(folder: Path, entries: int = 40) -> Path:
    """Return the database of a store with entries of about a page each, closed."""
    store = Store(folder)
    for number in range(entries):
        store.put(b"%032d" % number, os.urandom(4000))
    store.close()
    return folder / NAME / DATABASE


def is_usable(folder: Path) -> bool:
    """Tell whether a process that comes now can keep something, and the next one finds it."""
    first, second = Store(folder), Store(folder)
    first.put(KEY, b"new")
    first.close()
    return second.get(KEY) == b"new"


def test_what_is_put_comes_back_also_in_another_process(store: Store, tmp_path: Path) -> None:
    assert (store.get(KEY), store.has(KEY)) == (None, False)
    store.put(KEY, b"one")
    store.put(OTHER, b"")
    store.put(KEY, b"two")
    assert [store.get(KEY), store.get(OTHER), Store(tmp_path).get(KEY)] == [b"two", b"", b"two"]
    assert Store(tmp_path).has(KEY)
    store.drop(KEY)
    assert (store.get(KEY), store.has(KEY), store.has(OTHER)) == (None, False, True)


def test_what_was_used_longest_ago_goes_first(store: Store, tmp_path: Path) -> None:
    keys = [bytes([number]) * 32 for number in range(5)]
    for key in keys:
        store.put(key, os.urandom(50_000))
    store.get(keys[0])
    before = store.info()
    assert (before.documents.entries, store.prune(before.documents.size)) == (5, 0)
    store.close()
    large = (tmp_path / NAME / DATABASE).stat().st_size
    assert store.prune(before.documents.size // 2) == 3
    assert [store.has(key) for key in keys] == [True, False, False, False, True]
    assert store.size() <= before.documents.size // 2
    assert (tmp_path / NAME / DATABASE).stat().st_size < large - 100_000
    assert store.prune(0) == 2
    assert store.info().documents.entries == 0


def test_clearing_leaves_nothing(store: Store, tmp_path: Path) -> None:
    store.put(KEY, b"one")
    for left in (f"{NAME}.old-1", f"{NAME}.new-2"):
        (tmp_path / left).mkdir()
    (tmp_path / "of another program").touch()
    store.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["of another program"]
    assert store.get(KEY) is None
    assert is_usable(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        store = Store(tmp_path / "made" / "here")
        store.put(KEY, b"confidential")
        folder = tmp_path / "made" / "here" / NAME
        modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}
    finally:
        os.umask(old)
    assert modes.pop(NAME) == 0o700
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def garbage(database: Path) -> None:
    database.write_bytes(os.urandom(9000))


def empty(database: Path) -> None:
    database.write_bytes(b"")


def cut_off(database: Path) -> None:
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 3])


def cut_after_the_header(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:100])


def overwritten(database: Path) -> None:
    data = database.read_bytes()
    database.write_bytes(data[:1000] + os.urandom(len(data) - 1000))


def gone(database: Path) -> None:
    database.unlink()


def of_another_layout(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def of_another_program(database: Path) -> None:
    database.unlink()
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE entries (name TEXT)")
    connection.close()


def without_tables(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TABLE contents")
    connection.close()


def a_file_instead(database: Path) -> None:
    shutil.rmtree(database.parent)
    database.parent.write_bytes(b"no folder")


FAULTS = [
    garbage,
    empty,
    cut_off,
    cut_after_the_header,
    overwritten,
    gone,
    of_another_layout,
    of_another_program,
    without_tables,
    a_file_instead,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_damaged_store_is_set_aside_for_a_new_one(tmp_path: Path, fault) -> None:
    fault(filled(tmp_path))
    found = Store(tmp_path)
    for number in range(40):
        found.get(b"%032d" % number)
    found.put(OTHER, b"kept")
    assert found.get(OTHER) == b"kept"
    found.close()
    assert is_usable(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_store_that_is_taken_away_harms_nobody_who_has_it_open(tmp_path: Path) -> None:
    mine, theirs = Store(tmp_path), Store(tmp_path)
    mine.put(KEY, b"one")
    assert theirs.get(KEY) == b"one"
    try:
        theirs.clear()
    except OSError:  # Windows doesn't let go of it
        pytest.skip("a folder with open files can't be moved here")
    mine.put(OTHER, b"two")
    assert mine.get(OTHER) in (None, b"two")
    assert is_usable(tmp_path)


@pytest.mark.parametrize("damage", ["UPDATE contents SET value = x'00'", "UPDATE contents SET value = 'text'"])
def test_a_damaged_entry_is_dropped_alone(store: Store, tmp_path: Path, damage: str) -> None:
    store.put(KEY, b"one")
    store.put(OTHER, b"two")
    with sqlite3.connect(tmp_path / NAME / DATABASE) as connection:
        connection.execute(f"{damage} WHERE key = ?", (KEY,))
    connection.close()
    assert (store.get(KEY), store.has(KEY), store.get(OTHER)) == (None, False, b"two")


def test_a_changed_bit_and_a_wrong_key_are_seen(store: Store, tmp_path: Path) -> None:
    third = b"t" * 32
    for key in (KEY, OTHER, third):
        store.put(key, b"value of " + key)
    with sqlite3.connect(tmp_path / NAME / DATABASE) as connection:
        [sealed] = connection.execute("SELECT value FROM contents WHERE key = ?", (OTHER,)).fetchone()
        connection.execute("UPDATE contents SET value = ? WHERE key = ?", (sealed, KEY))
        flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
        connection.execute("UPDATE contents SET value = ? WHERE key = ?", (flipped, OTHER))
    connection.close()
    assert [store.get(key) for key in (KEY, OTHER, third)] == [None, None, b"value of " + third]


def test_a_store_that_another_process_holds_is_read_but_not_waited_for_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_PATIENCE", 0.05)
    store = Store(tmp_path)
    store.put(KEY, b"one")
    holder = sqlite3.connect(tmp_path / NAME / DATABASE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert store.get(KEY) == b"one"
    store.put(OTHER, b"two")
    assert store.get(OTHER) is None
    holder.execute("ROLLBACK")
    store.put(OTHER, b"two")
    assert store.get(OTHER) is None, "the process goes on without writing"
    store.close()
    store.put(OTHER, b"two")
    assert store.get(OTHER) == b"two"
    holder.close()


def test_a_place_that_is_no_folder_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    store = Store(tmp_path / "file")
    store.put(KEY, b"one")
    assert (store.get(KEY), store.has(KEY), store.prune(0), store.info().documents.entries) == (None, False, 0, 0)
    assert (tmp_path / "file").read_bytes() == b"x"


@posix_user
def test_a_folder_that_can_not_be_written_is_done_without(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    store = Store(tmp_path)
    store.put(KEY, b"one")
    assert (store.get(KEY), list(tmp_path.iterdir())) == (None, [])
    tmp_path.chmod(0o700)


@posix_user
def test_a_store_that_can_not_be_written_costs_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"one")
    store.close()
    folder = tmp_path / NAME
    for path in (*folder.iterdir(), folder, tmp_path):
        path.chmod(0o500 if path.is_dir() else 0o400)
    read = Store(tmp_path)
    assert read.get(KEY) in (None, b"one")
    read.put(OTHER, b"two")
    assert read.get(OTHER) is None
    read.drop(KEY)
    read.close()
    for path in (tmp_path, folder, *folder.iterdir()):
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert Store(tmp_path).get(KEY) == b"one"


def write_many(folder: Path, first: int) -> None:
    store = Store(folder)
    for number in range(first, first + 60):
        store.put(b"%032d" % number, b"%d" % number * 2000)
    store.close()


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(tmp_path, 1000 * at)) for at in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    store = Store(tmp_path)
    numbers = [1000 * at + number for at in range(3) for number in range(60)]
    assert [store.get(b"%032d" % number) for number in numbers] == [b"%d" % number * 2000 for number in numbers]
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
