"""Ids of tests that are the same in every process, caches of the tests' own, and how hypothesis looks for faults.

By default hypothesis tries the same examples each time, so that a change is judged by what it changes alone;
`--hypothesis-profile explore` looks further, with other examples each time.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys

import pytest
from hypothesis import settings

from tests.documents import FOLDER

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("steady")

# Packs, once loaded, stay: looking through them for what nobody needs any more takes a fifth of the time of all tests.
gc.set_threshold(100_000, 50, 100)

# The files that take longest, the longest first: begun first, they keep no process waiting at the end.
_LONG = (
    "test_formats.py", "test_cached_runs.py", "test_office.py", "test_rules.py", "test_samples.py", "test_whole.py",
    "test_proof.py", "test_attacks.py", "test_office_batch.py", "test_scan.py", "test_pdf_faults.py", "test_anatomy.py",
    "test_recognition.py", "test_backtracking.py", "test_signed.py", "test_cluster.py", "test_workers.py",
    "test_killed_runs.py", "test_publishing.py", "test_watch.py", "test_review_page.py", "test_review_server.py",
    "test_review_boxes.py", "test_agreement.py", "test_folders.py", "test_typing.py",
)  # fmt: skip


def pytest_xdist_auto_num_workers(config):
    """Run one process more than there are cores: tests wait for browsers and other programs."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """Put the tests of the long files first; otherwise the order stays as it is."""
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))


def pytest_make_parametrize_id(config, val, argname):
    """Name bytes by their length: those of a ZIP, for one, may hold the time they were made."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.fixture
def forked(monkeypatch):
    """Have workers be copies of this process, with all that the test has put in the place of something.

    This process may have taken as much memory as a worker may by itself, so the usual bound of a worker isn't held to.
    """
    if sys.platform != "linux":
        pytest.skip("workers are forked on Linux alone")
    from pipeline.batch import inside
    from pipeline.batch.limits import LIMITS

    hold_to, strained = inside.hold_to, inside.strained
    monkeypatch.setattr(inside, "hold_to", lambda memory: None if memory == LIMITS.memory else hold_to(memory))
    monkeypatch.setattr(inside, "strained", lambda: inside._memory != LIMITS.memory and strained())
    monkeypatch.setattr("pipeline.batch.crew.context", lambda: multiprocessing.get_context("fork"))


@pytest.fixture
def held():
    """Give what holds this process to limits of what a file may hold, by name, while the test lasts."""
    from pipeline.parsers.limits import FileLimits, hold_to_limits

    yield lambda **limits: hold_to_limits(FileLimits(**limits))
    hold_to_limits(None)


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory):
    """Have every command that a test runs keep what it parses among the files of this session and worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAOCAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("BAOCAO_CACHE_LIMIT", raising=False)
        mine = tmp_path_factory.getbasetemp()
        patch.setenv(FOLDER, str((mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "documents"))
        yield
