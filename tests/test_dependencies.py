"""Every dependency has a reason, a use and a licence that was looked at, and is locked by the hashes of its wheels."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCKS = ROOT / ".lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETS = ("run", "cluster", "dev")
LOCK_LINE = re.compile(
    r"(--only-binary :all:|[a-z0-9.-]+==[^ ]+( ; [^\\:/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    # via [^:]+|)"
)
INSTALLS = re.compile(r"[^\n;&|]*\bpip\"? (?:install|wheel)\b[^\n;&|]*")


def load() -> ModuleType:
    """Return the script that writes the page, which no package holds."""
    spec = importlib.util.spec_from_file_location("dependencies", ROOT / "docs" / "dependencies.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


docs = load()


def not_installed() -> list[str]:
    """Return the packages whose licence only their metadata tells, and that aren't here."""
    names = {pin.name for kind in SETS for pin in docs.lock(kind)} - docs.TOLD["licences"].keys()
    here = {docs.normal(each.metadata["Name"]) for each in metadata.distributions()}
    return sorted(names - here)


needs_all = pytest.mark.skipif(
    bool(not_installed()), reason=f"{', '.join(not_installed())}: not installed (.lock/dev.txt)"
)


@needs_all
def test_the_page_is_what_the_script_writes() -> None:
    text = docs.PAGE.read_text(encoding="utf-8")
    assert docs.page(text) == text


@needs_all
@pytest.mark.parametrize("kind", SETS)
def test_every_licence_is_one_that_was_looked_at(kind: str) -> None:
    told = {pin.name: docs.licence(pin.name) for pin in docs.lock(kind)}
    assert {name: each for name, each in told.items() if not docs.is_allowed(each)} == {}


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later OR MIT", True),
        ("MIT AND GPL-2.0-or-later", False),
        ("(MPL-2.0 AND MIT)", True),
        ("", False),
    ],
)
def test_which_licences_are_allowed(licence: str, is_allowed: bool) -> None:
    assert docs.is_allowed(licence) is is_allowed


@pytest.mark.parametrize("kind", SETS)
def test_every_direct_dependency_has_its_reason(kind: str) -> None:
    assert sorted(docs.TOLD[kind]) == docs.direct(kind)
    assert all(purpose for purpose, _ in docs.TOLD[kind].values())


def test_every_direct_dependency_is_used() -> None:
    unused = {name for kind in SETS for name in docs.direct(kind) if not docs.users(name, kind)}
    assert unused <= docs.TOLD["unimported"].keys() - set(docs.direct("run")) - set(docs.direct("cluster"))


def test_what_is_told_of_packages_is_of_packages_that_are_there() -> None:
    locked = {pin.name for pin in docs.lock("dev")}
    told = docs.TOLD["licences"].keys() | docs.TOLD["imports"].keys() | docs.TOLD["unimported"].keys()
    assert told - locked == set()


@pytest.mark.parametrize("name", [*SETS, "uv"])
def test_a_lock_holds_versions_and_hashes_of_wheels_and_nothing_else(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "--only-binary :all:"
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []
    assert "://" not in text
    pins = docs.lock(name)
    assert len(pins) == text.count("==") - text.count(" == ") and all(pin.hashes for pin in pins)


def test_the_locks_have_the_versions_of_the_constraints() -> None:
    pins = [line.partition(" ;")[0] for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    wanted = {(docs.normal(name), version) for name, _, version in (pin.partition("==") for pin in pins)}
    locked = {(pin.name, pin.version) for name in ("dev", "uv") for pin in docs.lock(name)}
    assert locked == wanted
    assert len(pins) == len(set(pins))


def test_a_larger_lock_holds_all_of_the_smaller() -> None:
    run, cluster, dev = ({(pin.name, pin.version): set(pin.hashes) for pin in docs.lock(kind)} for kind in SETS)
    assert run.items() <= cluster.items() <= dev.items()


@pytest.mark.parametrize("kind", SETS)
def test_what_the_project_asks_for_is_locked(kind: str) -> None:
    project = PROJECT["project"]
    wanted = project["dependencies"] if kind == "run" else project["optional-dependencies"][kind]
    building = PROJECT["build-system"]["requires"]
    assert (LOCKS / "build.in").read_text(encoding="utf-8").split("\n")[:-1] == building
    versions = {pin.name: pin.version for pin in docs.lock(kind)}
    for requirement in map(Requirement, [*wanted, *building]):
        if requirement.name != "baocao":
            assert requirement.specifier.contains(versions[docs.normal(requirement.name)]), requirement


@pytest.mark.parametrize("path", ["README.md", "README.vi.md", "docs/cluster.md", ".ci/run"])
def test_what_people_are_told_to_install_is_checked_by_its_hash(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    told = [each.strip() for each in INSTALLS.findall(text)]
    assert told
    unchecked = [
        each for each in told if "--require-hashes" not in each and "--no-deps --no-build-isolation" not in each
    ]
    assert unchecked == []
