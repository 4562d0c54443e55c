"""A program without a network: in a network namespace of its own, where the kernel lets a user make one."""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path

from pipeline.parsers.office.process import deadline, run

_SECONDS = 20.0
_refusing: set[Path] = set()
_USERS = ("--map-current-user", "--map-root-user")  # the first is not in every util-linux


def secluded(program: Path) -> tuple[str, ...]:
    """Return what to put before a call of `program` for it to have no network, not even this machine's own.

    Nothing where that can't be had: elsewhere than on Linux, where users may make no namespaces, where `program`
    was found not to start in one.
    """
    return () if program in _refusing else _namespace()


def refuses_seclusion(program: Path) -> bool:
    """Tell, once a secluded call has failed, whether `program` starts in no namespace; it is then called without.

    No file is given to it for that, so that none can bring about to be opened with a network.
    """
    prefix = _namespace()
    if prefix and program not in _refusing and not _starts_secluded(prefix, program):
        _refusing.add(program)
        return True
    return False


@lru_cache(maxsize=1)
def _namespace() -> tuple[str, ...]:
    """Return the command that starts others without a network, asked with a program that costs nothing to start."""
    unshare, probe = (shutil.which(name) if sys.platform == "linux" else None for name in ("unshare", "true"))
    if unshare is None or probe is None:
        return ()
    prefixes = ((unshare, "--user", user, "--net", "--") for user in _USERS)
    return next((prefix for prefix in prefixes if _starts([*prefix, probe])), ())


@lru_cache(maxsize=4)
def _starts_secluded(prefix: tuple[str, ...], program: Path) -> bool:
    return _starts([*prefix, program, "--version"])


def _starts(command: list[str | Path]) -> bool:
    try:
        return run(command, deadline(_SECONDS), dict(os.environ), None) == 0
    except OSError:
        return False
