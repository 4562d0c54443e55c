"""What is worked out of the shipped rules beforehand: `python -m pipeline.rulebook.publish` writes it.

It is the schema where editors find it, in `rules/schema`, which the first line of every shipped YAML file names by a
path, so that it works without a network; and what is known of the patterns, in `known.json`.
"""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.rulebook.known import KNOWN, published
from pipeline.rulebook.manifest import MANIFEST
from pipeline.rulebook.pack import load_pack
from pipeline.rulebook.places import shipped_folder, shipped_packs
from pipeline.rulebook.schema import PACK_SCHEMA, RULES_SCHEMA, schemas

FOLDER = "schema"
"""The folder of the schemas: beside the shipped packs, and in a pack that carries its own copy."""
_MARK = "# yaml-language-server: $schema="


def write_schemas(folder: Path) -> None:
    """Write both schemas into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def modeline(path: Path, folder: Path) -> str:
    """Return the line by which the YAML file `path` names its schema in `folder`."""
    name = PACK_SCHEMA if path.name == MANIFEST else RULES_SCHEMA
    return _MARK + Path(os.path.relpath(folder / name, path.parent)).as_posix()


def mark(path: Path, folder: Path) -> None:
    """Make the line that names the schema the first of the YAML file `path`."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if lines and lines[0].startswith(_MARK):
        del lines[0]
    path.write_text("".join([modeline(path, folder) + "\n", *lines]), encoding="utf-8", newline="\n")


def known_patterns() -> str:
    """Return what `known.json` says of the patterns of the shipped packs."""
    rules = (rule for name in shipped_packs() for rule in load_pack(name).patterns)
    return published(rule.pattern for rule in rules if rule.pattern is not None)


def _publish() -> None:
    folder = shipped_folder() / FOLDER
    write_schemas(folder)
    for path in sorted(shipped_folder().rglob("*.yaml")):
        mark(path, folder)
    KNOWN.write_text(known_patterns(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _publish()
