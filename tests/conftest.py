"""Ids of tests that are the same in every process, caches of the tests' own, and how hypothesis looks for faults.

By default hypothesis tries the same examples each time, so that a change is judged by what it changes alone;
`--hypothesis-profile explore` looks further, with other examples each time.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.documents import FOLDER

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("steady")


def pytest_make_parametrize_id(config, val, argname):
    """Name bytes by their length: those of a ZIP, for one, may hold the time they were made."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory):
    """Have every command that a test runs keep what it parses among the files of this session and worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAOCAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("BAOCAO_CACHE_LIMIT", raising=False)
        mine = tmp_path_factory.getbasetemp()
        patch.setenv(FOLDER, str((mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "documents"))
        yield
