"""How worker processes come to be: forked from a server that has loaded what reading needs, or begun anew.

A server is used on Linux alone. Libraries of macOS don't bear a fork without a new program, and Windows has none.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Collection
from multiprocessing import spawn
from multiprocessing.context import BaseContext, SpawnContext, SpawnProcess
from typing import Any

_FEW, _MANY = 3, 20
"""Files for which nothing is rehearsed, and for which readers of all formats are loaded: any may come later."""
_PARSERS = {
    **dict.fromkeys(("docx", "docm", "dotx", "dotm"), ("docx",)),
    **dict.fromkeys(("doc", "dot", "odt", "ott", "fodt", "rtf"), ("office.reading", "docx")),
    **dict.fromkeys(("html", "htm", "xhtml", "mht", "mhtml"), ("html",)),
    **dict.fromkeys(("xlsx", "xlsm", "xls", "ods"), ("xlsx",)),
    "pdf": ("pdf", "scan.reading"),
}
"""What reads files of a suffix, as far as it is worth loading beforehand."""

_starting = threading.local()
_server = threading.Lock()


def _without_main(prepare: Callable[[str], dict[str, Any]]) -> Callable[[str], dict[str, Any]]:
    """Return `prepare`, which tells a new process what it needs, without the script that is run while we start one.

    A worker would run that script again, up to where it begins the workers, unless it was written with that in mind.
    """

    def prepared(name: str) -> dict[str, Any]:
        told = prepare(name)
        if getattr(_starting, "ours", False):
            told.pop("init_main_from_name", None)
            told.pop("init_main_from_path", None)
        return told

    return prepared


spawn.get_preparation_data = _without_main(spawn.get_preparation_data)  # type: ignore[assignment]


class _Ours:
    """A process that knows nothing of the script that is run."""

    def start(self) -> None:
        _starting.ours = True
        try:
            super().start()  # type: ignore[misc]
        finally:
            _starting.ours = False


class _SpawnedProcess(_Ours, SpawnProcess):
    pass


class _Spawning(SpawnContext):
    Process = _SpawnedProcess


if sys.platform == "linux":
    from multiprocessing import forkserver
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    class _ForkedProcess(_Ours, ForkServerProcess):
        pass

    class _Forking(ForkServerContext):
        Process = _ForkedProcess

    def start_server(suffixes: Collection[str] | None = None) -> None:
        """Have the server load what reading needs, which takes it some seconds, unless it has already.

        That is for files of `suffixes` if they are told, one for each file; else, or where they are many, for all. The
        server ends with this process. It searches modules where this process does, in the same order.
        """
        told = _PARSERS if suffixes is None or len(suffixes) > _MANY else suffixes
        parsers = dict.fromkeys(parser for suffix in told for parser in _PARSERS.get(suffix, ()))
        with _server:
            modules = [*(f"pipeline.parsers.{parser}" for parser in parsers), "pipeline.batch.warm"]
            if suffixes is None or len(suffixes) > _FEW:
                modules.append("pipeline.batch.rehearsal")
            forkserver.set_forkserver_preload(modules)
            paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"}
            before = {name: os.environ.get(name) for name in paths}
            os.environ.update(paths)
            try:
                forkserver.ensure_running()
            finally:
                for name, value in before.items():
                    if value is None:
                        del os.environ[name]
                    else:
                        os.environ[name] = value

    def context() -> BaseContext:
        """Return what workers are begun by; the server needs a place for temporary files with a short path."""
        try:
            start_server()
        except OSError:  # «AF_UNIX path too long»
            return _Spawning()
        return _Forking()

else:

    def start_server(suffixes: Collection[str] | None = None) -> None:
        """Do nothing: every worker loads for itself what reading needs."""

    def context() -> BaseContext:
        """Return what workers are begun by."""
        return _Spawning()
