"""Where rule packs are: shipped with baocao, installed as Python packages, or a folder anywhere."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path

from msgspec import Struct

from pipeline.rulebook.manifest import MANIFEST
from pipeline.rulebook.source import RulesError

ENTRY_POINTS = "baocao.rules"
"""The group in which a Python package names its packs: `pack_id = package` whose folder holds `pack.yaml`."""
CORE = "core"
"""The pack of what all reports have in common; it is applied where no other pack claims a report."""


class Home(Struct, frozen=True):
    """The folder of a pack, and the Python package that it came with (empty for a folder)."""

    folder: Path
    package: str = ""


def shipped_folder() -> Path:
    """Return the folder that holds the packs which come with baocao."""
    inside = Path(__file__).parent.parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def shipped_packs() -> tuple[str, ...]:
    """Return the ids of the packs that come with baocao, `core` first."""
    names = sorted(path.parent.name for path in shipped_folder().glob(f"*/{MANIFEST}"))
    return tuple(sorted(names, key=lambda name: name != CORE))


def packs_in(folder: str) -> tuple[str, ...]:
    """Return the paths of the packs that stand in `folder`; none where it is a pack itself."""
    place = Path(folder)
    if (place / MANIFEST).is_file():
        return ()
    return tuple(str(path.parent) for path in sorted(place.glob(f"*/{MANIFEST}")))


@lru_cache(maxsize=1)
def installed_packs() -> dict[str, Home]:
    """Return the packs of installed Python packages by id; a package without a pack is passed over.

    No code of such a package is run for this.
    """
    homes: dict[str, Home] = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value)):
        folder = _folder_of_module(point.value)
        if folder is not None and point.name not in shipped_packs():
            homes.setdefault(point.name, Home(folder, point.value.partition(".")[0]))
    return homes


def _folder_of_module(module: str) -> Path | None:
    """Return the folder of a package that holds a manifest; of a subpackage without importing what is above it."""
    top, *below = module.split(".")
    found = importlib.util.find_spec(top)
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place, *below)
        if (folder / MANIFEST).is_file():
            return folder
    return None


def home_of(name: str, beside: Path | None = None) -> Home:
    """Return where the pack `name` is: a folder by that path, `beside` another pack, shipped, or installed.

    A folder is told by its full path, so that a pack is one pack however it is called. RulesError `rules.not_found`
    where it is nowhere.
    """
    folders = [Path(name)] if beside is None else [beside / name, Path(name)]
    for folder in (*folders, shipped_folder() / name):
        if (folder / MANIFEST).is_file():
            return Home(folder.resolve())
    if name in installed_packs():
        return installed_packs()[name]
    known = ", ".join((*shipped_packs(), *installed_packs()))
    raise RulesError("rules.not_found", Path(name), 0, name=name, known=known)
