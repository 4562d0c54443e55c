"""What `rules learn` writes, put into rule files as a person does: line by line, below the keys that it names."""

from __future__ import annotations

import re
from pathlib import Path

_FILE = re.compile(r"# (?:tệp|file): (?P<file>.*) · (?:bộ|pack) \S+$")
_RULE = re.compile(r" *- id: (?P<id>\w+)")
_KEY = re.compile(r" *(?P<key>examples|rejects):")


def paste(told: str, where: Path) -> int:
    """Put every list in `told` into the file of `where` that has its name; return how many lists that were."""
    count, file, rule, key = 0, Path(), "", ""
    lists: dict[tuple[Path, str, str], list[str]] = {}
    for line in told.splitlines():
        if found := _FILE.match(line):
            (file,) = (path for path in where.rglob("*.yaml") if found["file"].endswith(_from(where, path)))
        elif found := _RULE.match(line):
            rule, key = found["id"], ""
        elif found := _KEY.match(line):
            key = found["key"]
        elif line == "---" or not line.startswith(" "):
            key = ""
        elif key:
            lists.setdefault((file, rule, key), []).append(line)
    for (file, rule, key), lines in lists.items():
        file.write_text(_pasted(file.read_text(encoding="utf-8"), rule, key, lines), encoding="utf-8")
        count += 1
    return count


def _from(where: Path, path: Path) -> str:
    return f"{where.name}/{path.relative_to(where).as_posix()}"


def _pasted(text: str, rule: str, key: str, lines: list[str]) -> str:
    written = text.splitlines()
    begin = next(at for at, line in enumerate(written) if re.fullmatch(rf" *- id: {rule}", line))
    at = next(at for at in range(begin, len(written)) if written[at].lstrip().startswith(f"{key}:"))
    indent = len(written[at]) - len(written[at].lstrip())
    end = at + 1
    if not written[at].endswith(":"):  # in brackets: all of it is replaced
        written[at] = f"{' ' * indent}{key}:"
        while end < len(written) and len(written[end]) - len(written[end].lstrip()) > indent:
            end += 1
    return "\n".join([*written[: at + 1], *lines, *written[end:]]) + "\n"
