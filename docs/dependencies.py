"""Write the tables of docs/dependencies.md: what baocao is made with, why, and under which licence.

    python docs/dependencies.py

Names, versions and what wants what come from the locks in `.lock`; who imports a package, from the sources; licences,
from what is installed here by `.lock/dev.txt`; reasons, from `docs/dependencies.toml`. All else in the page is written
by hand.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
TOLD = tomllib.loads((ROOT / "docs" / "dependencies.toml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SETS = ("run", "cluster", "dev")
"""The sets of dependencies, each with a lock of its name that holds all that those before it hold."""

PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU"),
    *("PSF-2.0", "Zlib"),
}
WEAK = {"Artistic-1.0-Perl", "LGPL-3.0-or-later", "MPL-2.0"}
"""Licences that want something of who passes the package on changed, and nothing of who uses it."""
_MANY = 12  # places that a package is used in, above which they are not listed
_SAME = {
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What metadata calls a licence that has another name by SPDX."""

_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ \\;]+)(?: ; (?P<marker>[^\\]+?))? \\")
_SOURCES = {"run": ("pipeline",), "cluster": ("pipeline",), "dev": ("tests", "benchmarks", "samples", "docs")}


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock: its version, where it is wanted (`marker`), by whom (`via`), and its hashes."""

    name: str
    version: str
    marker: str
    via: tuple[str, ...]
    hashes: tuple[str, ...]


def normal(name: str) -> str:
    """Return the name of a package as the index has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def lock(name: str) -> tuple[Pin, ...]:
    """Return the packages of a lock, sorted by name."""
    text = (ROOT / ".lock" / f"{name}.txt").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]:
        pin = _PIN.match(part)
        assert pin is not None, part
        via = [each.strip() for each in re.findall(r"# via (.*)", part)[0].split(",")]
        via = [each for each in via if "constraints.txt" not in each]
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", part))
        found.append(Pin(normal(pin["name"]), pin["version"], pin["marker"] or "", tuple(via), hashes))
    return tuple(found)


def direct(name: str) -> list[str]:
    """Return the packages that pyproject.toml names in a set, sorted."""
    wanted = PROJECT["dependencies"] if name == "run" else PROJECT["optional-dependencies"][name]
    names = {normal(re.split(r"[^A-Za-z0-9._-]", each)[0]) for each in wanted}
    return sorted(names - {"baocao"})


def licence(name: str) -> str:
    """Return the licence of a package by SPDX: read by hand, else what its metadata says; "" where that is unclear."""
    if name in TOLD["licences"]:
        return str(TOLD["licences"][name])
    told = metadata.metadata(name)
    if told.get("License-Expression"):
        return str(told["License-Expression"])
    line = (told.get("License") or "").partition("\n")[0]
    line = _SAME.get(line, line)
    return line if is_allowed(line) else _by_classifier(told)


def is_allowed(expression: str) -> bool:
    """Tell whether a licence, or one of those to choose from, is among the allowed."""
    return any(set(_words(choice)) <= PERMISSIVE | WEAK for choice in re.split(r"\bOR\b", expression))


def _words(expression: str) -> Iterator[str]:
    return (each.strip(" ()") for each in re.split(r"\bAND\b|\bOR\b", expression))


def _by_classifier(told: metadata.PackageMetadata) -> str:
    kinds = [each.split(" :: ")[-1] for each in told.get_all("Classifier") or [] if each.startswith("License ::")]
    return _SAME.get(kinds[0], "") if len(kinds) == 1 else ""


def users(name: str, kind: str) -> list[str]:
    """Return the parts of the sources that import a package: `parsers.docx` of pipeline, else folders."""
    module = TOLD["imports"].get(name, name.replace("-", "_"))
    found = set()
    for folder in _SOURCES[kind]:
        for path in _files(folder):
            if module in _imports(path):
                parts = path.relative_to(ROOT).with_suffix("").parts
                deep = 3 if parts[1] == "parsers" else 2
                found.add(".".join(parts[1:deep]) if folder == "pipeline" else f"{folder}/")
    return sorted(found)


@cache
def _files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@cache
def _imports(path: Path) -> frozenset[str]:
    """Return the top packages that a file imports, those of `pytest.importorskip` among them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(each.name.split(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "importorskip":
            found.update(str(each.value).split(".")[0] for each in node.args[:1] if isinstance(each, ast.Constant))
    return frozenset(found)


def brought(name: str, kind: str) -> int:
    """Return how many other packages of a lock are there for `name` alone."""
    pins = lock(kind)
    if any(pin.name == name and set(pin.via) != {"baocao (pyproject.toml)"} for pin in pins):
        return 0
    gone = {name}
    while more := {pin.name for pin in pins if pin.name not in gone and pin.via and set(pin.via) <= gone}:
        gone |= more
    return len(gone) - 1


def direct_table(kind: str) -> Iterator[str]:
    """Yield the lines of the table of a set's direct dependencies."""
    versions = {pin.name: pin.version for pin in lock(kind)}
    yield "| package | licence | used by | for | why not our own | brings |"
    yield "|---|---|---|---|---|---|"
    for name in direct(kind):
        places = users(name, kind)
        used = ", ".join(f"`{each}`" for each in places) if len(places) <= _MANY else "all parts"
        used = used or TOLD["unimported"][name]
        purpose, instead = TOLD[kind][name]
        more = brought(name, kind) or ""
        yield f"| {name} {versions[name]} | {licence(name)} | {used} | {purpose} | {instead} | {more} |"


def whole_table(kind: str) -> Iterator[str]:
    """Yield the lines of the table of what comes with a set and is named by nobody here."""
    before = {pin.name for each in SETS[: SETS.index(kind)] for pin in lock(each)}
    yield "| package | licence | wanted by |"
    yield "|---|---|---|"
    for pin in lock(kind):
        if pin.name not in before and pin.name not in direct(kind):
            via = ", ".join(re.sub(r"-r \.lock/(\w+)\.in", r"building (`.lock/\1.in`)", each) for each in pin.via)
            marker = f" (where `{pin.marker}`)" if pin.marker else ""
            yield f"| {pin.name} {pin.version}{marker} | {licence(pin.name)} | {via} |"


def copyleft_table() -> Iterator[str]:
    """Yield the lines of the table of packages that have copyleft, in one of the licences to choose from at least."""
    seen: set[str] = set()
    yield "| package | licence | comes with | wanted by |"
    yield "|---|---|---|---|"
    for kind in SETS:
        for pin in lock(kind):
            if pin.name not in seen and not set(_words(licence(pin.name))) <= PERMISSIVE:
                yield f"| {pin.name} | {licence(pin.name)} | {kind} | {', '.join(pin.via)} |"
            seen.add(pin.name)


def counts() -> Iterator[str]:
    """Yield the line that says how many packages there are."""
    told = [f"`{kind}` {len(direct(kind))} direct, {len({pin.name for pin in lock(kind)})} in all" for kind in SETS]
    yield "; ".join(told) + "."


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "counts": counts,
    "copyleft": copyleft_table,
    **{f"direct {kind}": (lambda kind=kind: direct_table(kind)) for kind in SETS},
    **{f"all {kind}": (lambda kind=kind: whole_table(kind)) for kind in SETS},
}


def page(text: str) -> str:
    """Return the page with its tables made anew, between the marks that name them."""
    for name, table in TABLES.items():
        lines = "\n".join(table())
        text, found = re.subn(
            rf"(?s)(<!-- {name} -->\n)(?:(?!<!-- ).)*(<!-- end -->)",
            lambda m, lines=lines: f"{m[1]}{lines}\n{m[2]}",
            text,
        )
        assert found == 1, name
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
