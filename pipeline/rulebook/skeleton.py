"""A new rule pack to start from: small, commented, and right as it stands."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from string import Template

from pipeline.problems import BaocaoError
from pipeline.rulebook.manifest import ID
from pipeline.rulebook.places import home_of
from pipeline.rulebook.publish import FOLDER, write_schemas

_TEMPLATE = Path(__file__).with_name("template")
SAMPLE, STARTER = Path("samples", "bao_cao_mau.txt"), "the_cap_moi"
"""The report of a new pack, from its folder, and the name of its rule and of its indicator."""


def create_pack(folder: Path, title: str, extends: Sequence[str]) -> tuple[Path, ...]:
    """Write a new pack into `folder`, whose name is its id, and return its files.

    BaocaoError for a name that can't be an id, for a folder that holds something already, and for packs in `extends`
    that are nowhere; then nothing is written.
    """
    folder = folder.resolve()
    if not ID.fullmatch(folder.name):
        raise BaocaoError("rules.bad_id", name=folder.name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BaocaoError("rules.exists", place=str(folder))
    for name in extends:
        home_of(name, beside=folder.parent)
    values = {
        "id": folder.name,
        "heading": title,
        "title": _quoted(title),
        "extends": f"[{', '.join(map(_quoted, extends))}]",
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as place:
        draft = Path(place, folder.name)
        _fill(draft, values)
        if folder.exists():
            folder.rmdir()
        shutil.move(draft, folder)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _fill(folder: Path, values: dict[str, str]) -> None:
    """Write the files of the template into `folder`, with `values` put in, and the schemas."""
    for path in sorted(_TEMPLATE.rglob("*.*")):
        target = folder / path.relative_to(_TEMPLATE)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = Template(path.read_text(encoding="utf-8")).substitute(values)
        target.write_text(text, encoding="utf-8", newline="\n")
    write_schemas(folder / FOLDER)


def _quoted(text: str) -> str:
    """Return `text` as a YAML scalar: bare where nothing in it means something to YAML."""
    return text if text.replace("_", "").isalnum() else "'" + " ".join(text.split()).replace("'", "''") + "'"
