"""Folders of tests: a small rule pack, and what stands in an output folder, to be compared."""

from __future__ import annotations

from pathlib import Path

OF_A_RUN = ("run.json", "run.log.jsonl", "run.log.1.jsonl")
"""Files that tell of one run, its times among it, and differ from one to the next."""


SMALL_PACK = "id: thon\ntitle: Thôn\nversion: '1'\nextends: [core]\n"


def small_pack(folder: Path) -> Path:
    """Make a rule pack in `folder` that adds nothing to `core`, and return where."""
    made = folder / "thon"
    made.mkdir()
    (made / "pack.yaml").write_text(SMALL_PACK, encoding="utf-8")
    return made


def content(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file under `folder`, by its path there, but for what tells of one run alone."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name not in OF_A_RUN}
