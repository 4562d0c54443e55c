"""Small files that want much memory or depth: each is read or refused by name, and little memory is taken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from pipeline.problems import CATALOGUE
from tests.hostile import deep
from tests.hostile.packages import SENTENCE

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 300  # MB beside what reading a sentence takes


class Came(NamedTuple):
    """What came of a file: the code of its error, the most memory by then in MB, seconds of the processor."""

    code: str
    memory: int
    seconds: float


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Came]:
    folder = tmp_path_factory.mktemp("deep")
    (folder / "first.txt").write_text(SENTENCE, encoding="utf-8")
    for name, data in (*deep.multiplying(), *deep.nested()):
        (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "tests.hostile.deep", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]  # what it was at when it died
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name for name, *_ in told} == {path.name for path in folder.iterdir()}
    return {name: Came(*rest) for name, *rest in told}


def test_entities_multiply_where_they_are_replaced() -> None:
    careless = etree.XMLParser(resolve_entities=True, huge_tree=True)
    doctype, inside = deep.WAYS["laughs"]
    length = [len(etree.fromstring(f"{doctype}<r>&{name};</r>".encode(), careless).text) for name in "abcde"]
    assert length == [length[0] * 10**at for at in range(5)]
    assert inside == "&i;"  # eight levels: a gigabyte
    doctype, inside = deep.WAYS["quadratic"]
    one = len(etree.fromstring(f"{doctype}<r>&x;</r>".encode(), careless).text)
    assert one * inside.count("&") == 2 * 10**9


def test_only_typed_errors_leave_a_parser(came: dict[str, Came]) -> None:
    assert {name: told.code for name, told in came.items() if told.code and told.code not in CATALOGUE} == {}


def test_entities_are_not_replaced(came: dict[str, Came]) -> None:
    read = {name for name, told in came.items() if name.startswith(("laughs", "quadratic")) and not told.code}
    assert read <= {f"{way}{end}" for way in deep.WAYS for end in (".html", ".xhtml", "-META-INF_manifest.xml.ods")}


def test_what_nests_a_little_is_read(came: dict[str, Came]) -> None:
    assert {
        name for name in ("div-200.html", "spans-200.odt", "groups-200.rtf", "deep-200.xlsx") if came[name].code
    } == set()


def test_little_memory_is_taken(came: dict[str, Came]) -> None:
    first = came["first.txt"].memory
    assert max(told.memory for told in came.values()) - first < MOST_MEMORY


def test_none_takes_long(came: dict[str, Came]) -> None:
    assert {name: told.seconds for name, told in came.items() if told.seconds > 30} == {}
