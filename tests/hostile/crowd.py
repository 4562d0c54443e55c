"""Very many reports in one folder."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.made import WORDS

BAD_EVERY = 500
"""One file in so many is no report: empty, or noise under the name of a DOCX."""


def make_crowd(folder: Path, n: int) -> list[Path]:
    """Make `n` small reports in `folder`, none like another, with a bad file now and then; return them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(n):
        bad = number % BAD_EVERY == BAD_EVERY - 1
        path = folder / f"bc_{number:06}.{'docx' if bad and number % 2 else 'txt'}"
        data = b"" if bad else f"Số: {number + 1}/BC-UBND\n{WORDS} Trong đó có {number + 2} nữ.\n".encode()
        path.write_bytes(data)
        made.append(path)
    return made
