"""A review that is served while a test lasts: over a copy of the tables, in a thread or in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch import run
from pipeline.cache import user_cache
from pipeline.review import Order, prepared

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "samples" / "reports"


class Address(str):
    """The address of a review, with its token; `fresh` gives another, for another browser."""

    def __new__(cls, session):
        """Return a new address of a session."""
        address = super().__new__(cls, session.address())
        address.session = session
        return address

    def fresh(self):
        """Return an address that nobody has used."""
        return Address(self.session)


def made(folder: Path, *names: str) -> Path:
    """Return a folder of tables over the samples `names` (all of them without any), the reports beside it."""
    reports = folder / "reports"
    reports.mkdir(parents=True)
    for path in sorted(REPORTS.iterdir()):
        if not names or path.name in names:
            shutil.copy(path, reports / path.name)
    run(reports, folder / "out", cache=user_cache(os.environ))
    return folder / "out"


@contextmanager
def copied(out: Path):
    """Give a copy of a folder of tables, which a test may decide on."""
    with tempfile.TemporaryDirectory(prefix="baocao-test-") as folder:
        yield Path(shutil.copytree(out, Path(folder) / "out"))


@contextmanager
def served_at(out: Path, reviewer: str = "An", lang: str = "vi", folder: Path | None = None, port: int = 0):
    """Give the address, with its token, of a review of `out` itself, served by a thread of this process."""
    order = Order(out, lang, folder, user_cache(os.environ), reviewer, port=port)
    with prepared(order) as serving:
        thread = threading.Thread(target=serving.run, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not serving.server.started and time.monotonic() < until:
            time.sleep(0.01)
        try:
            yield Address(serving.session)
        finally:
            serving.server.should_exit = True
            thread.join(20)


@contextmanager
def served(out: Path, reviewer: str = "An", lang: str = "vi", folder: Path | None = None):
    """Give the address, with its token, of a review of a copy of `out`."""
    with copied(out) as copy, served_at(copy, reviewer, lang, folder) as url:
        yield url


@contextmanager
def begun(out: Path, *options: str):
    """Give the process of `baocao review` over `out`, and the address that it printed."""
    command = [sys.executable, "-m", "pipeline.cli", "review", str(out), "--no-browser", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process, _address(process)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(20)
        process.stdout.close()


def _address(process: subprocess.Popen) -> str:
    """Return the address in what the process prints."""
    told = []
    for line in process.stdout:
        told.append(line)
        found = next((word for word in line.split() if word.startswith("http://")), "")
        if found:
            return found
    raise AssertionError("".join(told))
