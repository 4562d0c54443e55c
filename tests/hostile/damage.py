"""Files that came to harm on their way: cut off, filled with noise, under a name of another format, empty."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from pipeline.parsers import SUFFIXES
from tests.hostile.made import SOUND

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
DOC = SAMPLES / "hu_bacha_2019.doc"
"""A sample in a format that can't be made in a few lines."""

ALL_SUFFIXES = tuple(sorted(SUFFIXES))


def sound_files() -> dict[str, bytes]:
    """Return a sound file of each format, by its suffix, text in the guise of a workbook as `xls` among them."""
    return {**{("xls" if form == "csv" else form): data for form, data in SOUND.items()}, "doc": DOC.read_bytes()}


def places_to_cut(size: int, edge: int = 300, between: int = 60) -> list[int]:
    """Return every place in the first and last `edge` bytes of a file, and some places between."""
    middle = range(edge, max(size - edge, edge), max((size - 2 * edge) // between, 1))
    return sorted({*range(min(edge, size)), *middle, *range(max(size - edge, 0), size)})


def noise(size: int, seed: int) -> bytes:
    """Return random bytes, the same for the same seed."""
    return random.Random(seed).randbytes(size)


def damaged_files(edge: int = 4, between: int = 12) -> Iterator[tuple[str, bytes]]:
    """Yield damaged files of every format and suffix, with names of their own."""
    for form, data in sound_files().items():
        for at in places_to_cut(len(data), edge, between):
            yield f"cut_{at}.{form}", data[:at]
        for name, head in (("zeros", 0), ("half_zeros", len(data) // 2)):
            yield f"{name}.{form}", data[:head] + bytes(len(data) - head)
        yield f"half_noise.{form}", data[: len(data) // 2] + noise(len(data) // 2, 1)
        yield f"twice.{form}", data + data
        yield f"ahead.{form}", noise(40, 2) + data
        yield f"lines.{form}", data.replace(b"\n", b"\r\n")
    for at, suffix in enumerate(ALL_SUFFIXES):
        yield f"empty.{suffix}", b""
        yield f"noise.{suffix}", noise(3000, at)
        yield f"null.{suffix}", bytes(3000)
        for form, data in sound_files().items():
            yield f"{form}_as.{suffix}", data
