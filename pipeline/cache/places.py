"""Where the cache of this user is, and how large it may become."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.cache.documents import LIMIT, DocumentCache
from pipeline.problems import BaocaoError

FOLDER_VARIABLE, LIMIT_VARIABLE = "BAOCAO_CACHE", "BAOCAO_CACHE_LIMIT"
_SIZE = re.compile(r"(\d{1,12}) ?([KMGT]?)B?", re.IGNORECASE | re.ASCII)
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def user_cache(environment: Mapping[str, str], platform: str = sys.platform) -> DocumentCache | None:
    """Return the cache that `environment` leads to, or None where the user has no folder for one.

    `BAOCAO_CACHE` names its folder, else it is in the platform's place for caches. `BAOCAO_CACHE_LIMIT` is its
    size in bytes, or with a unit, such as `500MB`; BaocaoError `run.cache_limit` where it is none.
    """
    told = environment.get(FOLDER_VARIABLE, "")
    folder = Path(told) if told else _usual(environment, platform)
    return None if folder is None else DocumentCache(folder.absolute(), _limit(environment.get(LIMIT_VARIABLE, "")))


def _usual(environment: Mapping[str, str], platform: str) -> Path | None:
    """Return the folder in the platform's habit: the XDG Base Directory Specification, and those of the others."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "baocao" / "Cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / "baocao"
    told = environment.get("XDG_CACHE_HOME", "")
    return (Path(told) if told.startswith("/") else home / ".cache") / "baocao"


def bytes_of(told: str) -> int | None:
    """Return how many bytes `told` says, None where it is no size; units are powers of 1000, as disks have them."""
    size = _SIZE.fullmatch(told.strip())
    return None if size is None else int(size[1]) * _UNITS[size[2].upper()]


def _limit(told: str) -> int:
    if not told.strip():
        return LIMIT
    size = bytes_of(told)
    if size is None:
        raise BaocaoError("run.cache_limit", variable=LIMIT_VARIABLE, text=told)
    return size
