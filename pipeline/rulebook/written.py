"""A rule or indicator as its author wrote it: the lines of its file, with the comments above them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import yaml

from pipeline.rulebook.source import LOADER


def written(path: Path, line: int) -> str:
    """Return the entry of a list in the YAML file `path` that begins at `line`, without its indentation.

    Comments right above it belong to it. The text is empty where no entry begins there.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for entry in _entries(yaml.compose(text, Loader=LOADER)):
        if entry.start_mark.line + 1 == line:
            first = line - 1
            while first > 0 and lines[first - 1].startswith(" ") and lines[first - 1].lstrip().startswith("#"):
                first -= 1
            return textwrap.dedent("\n".join(lines[first : _end(entry)])).rstrip()
    return ""


def purpose(path: Path) -> str:
    """Return the comment that the YAML file `path` begins with, on one line; the line for editors is none of it."""
    said: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        if not line.startswith("# yaml-language-server:"):
            said.append(line.lstrip("# "))
    return " ".join(said)


def _entries(node: yaml.Node | None) -> Iterator[yaml.Node]:
    for _, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(value, yaml.SequenceNode):
            yield from value.value


def _end(node: yaml.Node) -> int:
    """Return the line after the last of `node`; the end of a block, as YAML has it, is where the next begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.line + (node.end_mark.column > 0))
