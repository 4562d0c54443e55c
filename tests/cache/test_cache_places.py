"""Where the cache is and how large: the user's variables, else the habit of the platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cache import user_cache
from pipeline.cache.documents import LIMIT
from pipeline.problems import BaocaoError

HOME = Path("/home/lan").absolute()
PLACES = [
    ({}, "linux", HOME / ".cache" / "baocao"),
    ({"XDG_CACHE_HOME": "/kho/tam"}, "linux", Path("/kho/tam/baocao")),
    ({"XDG_CACHE_HOME": "không tuyệt đối"}, "linux", HOME / ".cache" / "baocao"),
    ({"XDG_CACHE_HOME": "/kho/tam"}, "darwin", HOME / "Library" / "Caches" / "baocao"),
    ({"LOCALAPPDATA": "/App/Local"}, "win32", Path("/App/Local/baocao/Cache")),
    ({}, "win32", HOME / "AppData" / "Local" / "baocao" / "Cache"),
    *[({"BAOCAO_CACHE": "/riêng"}, platform, Path("/riêng")) for platform in ("linux", "darwin", "win32")],
    ({"BAOCAO_CACHE": ""}, "linux", HOME / ".cache" / "baocao"),
]


@pytest.mark.parametrize(("environment", "platform", "expected"), PLACES)
def test_the_place(environment: dict[str, str], platform: str, expected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: HOME)
    cache = user_cache(environment, platform)
    assert cache is not None
    assert (cache.folder, cache.limit) == (expected.absolute(), LIMIT)


def test_a_user_without_a_home_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert user_cache({}, "linux") is None
    assert user_cache({"BAOCAO_CACHE": "here"}, "linux") is not None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("0", 0),
        ("1500", 1500),
        (" 20 kB ", 20_000),
        ("500MB", 500_000_000),
        ("3g", 3_000_000_000),
        ("1TB", 10**12),
        ("", LIMIT),
        (" ", LIMIT),
    ],
)
def test_the_limit(told: str, expected: int) -> None:
    cache = user_cache({"BAOCAO_CACHE": "/x", "BAOCAO_CACHE_LIMIT": told})
    assert cache is not None
    assert cache.limit == expected


@pytest.mark.parametrize("told", ["-1", "1.5GB", "nhiều", "10 PB", "²", "GB"])
def test_what_is_no_size_is_refused(told: str) -> None:
    with pytest.raises(BaocaoError) as raised:
        user_cache({"BAOCAO_CACHE": "/x", "BAOCAO_CACHE_LIMIT": told})
    assert raised.value.problem.code == "run.cache_limit"
    assert dict(raised.value.problem.detail) == {"variable": "BAOCAO_CACHE_LIMIT", "text": told}
