"""One review of a folder at a time on a machine: who comes second is led to the first.

Where it is, and the secret by which it gives an address to this user, are kept among this user's files and not beside
the tables, which others may read.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from msgspec import Struct

from pipeline.cache import DocumentCache
from pipeline.problems import BaocaoError
from pipeline.review.guard import SECRET
from pipeline.tables.holding import Held, hold

NAME = ".baocao-review"
"""The file in the folder of the tables that is held while they are reviewed."""

_ANSWER = 5.0  # seconds
_PATIENCE = 10.0  # seconds that the first may take until it can be reached


class Place(Struct, frozen=True):
    """Where others of this user are told of the review of a folder."""

    path: Path

    def tell(self, url: str, secret: str) -> None:
        """Write, for this user alone, where to ask for an address and by what secret."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.forget()
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"url": url, "secret": secret, "process": os.getpid()}, file)

    def address(self) -> str:
        """Return a new address of the review, nothing where none is told of or it is gone."""
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            url, secret, process = str(told["url"]), str(told["secret"]), int(told["process"])
            return _asked(url, secret) if _is_alive(process) else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def forget(self) -> None:
        """Tell of it no more."""
        with suppress(OSError):
            self.path.unlink()


class Claim(Struct, frozen=True):
    """What came of asking for a folder: it is held, or it is reviewed already at `url`."""

    held: Held | None = None
    url: str = ""


def place_of(out: Path, cache: DocumentCache | None) -> Place | None:
    """Return where others are told of the review of `out`, None where this user has no folder for it."""
    if cache is None:
        return None
    name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:24]
    return Place(cache.folder / "review" / f"{name}.json")


def claim(out: Path, place: Place | None) -> Claim:
    """Hold the folder `out`, or return where this user reviews it already; BaocaoError `review.busy` if neither.

    Who may not write the file that is held, it being another user's, reviews beside them: the log is for several.
    """
    try:
        held = hold(out / NAME)
    except OSError:
        return Claim()
    if held is not None:
        return Claim(held)
    until = time.monotonic() + _PATIENCE
    while place is not None and time.monotonic() < until:
        if url := place.address():
            return Claim(url=url)
        time.sleep(0.1)
        held = hold(out / NAME)  # it may have ended meanwhile
        if held is not None:
            return Claim(held)
    raise BaocaoError("review.busy", folder=str(out))


def _asked(url: str, secret: str) -> str:
    """Return the address that a review gives to who knows its secret; OSError where there is none."""
    opener = build_opener(ProxyHandler({}))
    with opener.open(Request(url, b"", {SECRET: secret}), timeout=_ANSWER) as answer:
        return str(json.load(answer)["url"])


def _is_alive(process: int) -> bool:
    import psutil

    return process > 0 and psutil.pid_exists(process)
