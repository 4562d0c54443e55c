"""A program without a network: in a network namespace of its own, where the kernel lets a user make one."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from pipeline.parsers.office.process import deadline, run

_SECONDS = 20.0
_USERS = ("--map-current-user", "--map-root-user")  # the first is not in every util-linux


@lru_cache(maxsize=4)
def secluded(program: Path) -> tuple[str, ...]:
    """Return what to put before a call of `program` for it to have no network, not even this machine's own.

    Nothing where that can't be had: elsewhere than on Linux, where users may make no namespaces, where `program`
    doesn't start in one.
    """
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare is None:
        return ()
    prefixes = ((unshare, "--user", user, "--net", "--") for user in _USERS)
    return next((prefix for prefix in prefixes if _starts([*prefix, program, "--version"])), ())


def _starts(command: list[str | Path]) -> bool:
    try:
        return run(command, deadline(_SECONDS), dict(os.environ), None) == 0
    except OSError:
        return False
