"""Runs with a cache when rules change: what a change bears upon is read again, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.batch import Step, run
from pipeline.batch.folder import Source
from pipeline.batch.reports import read_portion
from pipeline.cache import DocumentCache
from pipeline.rulebook.pack import forget_packs
from tests.folders import content

HEAD = (
    "id: {name}\ntitle: {name}\nversion: '1'\nextends: [{below}]\nrecognise: {{subject: [{subject}], unless: [kho]}}\n"
)
RULE = """rules:
  - id: {name}
    finds: count
    title: Đếm
    pattern: '(?P<n>[0-9]+) {word}'
    reads: number
    priority: 9
    examples: [{{text: 'có 40 {word}', value: '40'}}]
    rejects: ['có {word}']
"""
CORE = "id: core\ntitle: Chung\nversion: '1'\n"
STRUCTURE = "structure: {bodies: [sở], mottos: [độc lập], openings: [trong], titles: [giám đốc]}\n"
TYPES = "name,code,system,note\nBáo cáo,BC,state,\n"
REPORT = "BÁO CÁO\n{subject}\n\nTrong tháng có 7 gùi, 12 thúng, 5 mẹt và 31 rổ.\n\nI. KẾT QUẢ\n\nĐã giao 3 gùi.\n"
SUBJECTS = {
    "lua": "Tình hình cây lúa",
    "lua_nuoc": "Tình hình cây lúa nước",
    "rau": "Tình hình rau màu",
    "lua_rau": "Tình hình cây lúa và rau màu",
    "khac": "Tình hình trong tháng",
}
ALL = set(SUBJECTS)

pytestmark = pytest.mark.usefixtures("forked")


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only packs there are: a small `core` and three that build on it, one of them on another."""
    place = tmp_path / "rules"
    monkeypatch.setattr("pipeline.rulebook.places.shipped_folder", lambda: place)
    monkeypatch.setattr("pipeline.rulebook.pack.installed_packs", dict)
    make(place, "lua", "core", "cây lúa", "gùi")
    make(place, "lua_nuoc", "lua", "lúa nước", "thúng")
    make(place, "rau", "core", "rau màu", "mẹt")
    (place / "core" / "vocabulary").mkdir(parents=True)
    write(place / "core" / "pack.yaml", CORE)
    write(place / "core" / "structure.yaml", STRUCTURE)
    write(place / "core" / "vocabulary" / "document_types.csv", TYPES)
    forget_packs()
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name, subject in SUBJECTS.items():
        write(made / f"{name}.txt", REPORT.format(subject=subject))
    return made


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def make(place: Path, name: str, below: str, subject: str, word: str) -> None:
    (place / name).mkdir(parents=True)
    write(place / name / "pack.yaml", HEAD.format(name=name, below=below, subject=subject))
    write(place / name / "rules.yaml", RULE.format(name=name, word=word))


def also(file: str, text: str) -> Callable[[Path], None]:
    """Return a change of rules: one more file, or more in it."""

    def change(place: Path) -> None:
        path = place / file
        path.parent.mkdir(exist_ok=True)
        write(path, (path.read_text(encoding="utf-8") if path.exists() else "") + text)

    return change


def instead(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change of rules: other words in a file."""

    def change(place: Path) -> None:
        text = (place / file).read_text(encoding="utf-8")
        assert old in text
        write(place / file, text.replace(old, new))

    return change


class Runs:
    """Runs over a folder, each with the cache and, once for the same `rules`, without."""

    def __init__(self, folder: Path, out: Path, rules: Path) -> None:
        self.folder, self.out, self.rules = folder, out, rules
        self.without: dict[object, dict[str, bytes]] = {}
        self.cache = DocumentCache(out / "cache")
        self.tables: list[dict[str, bytes]] = []

    def read(self, *packs: str) -> set[str]:
        """Return which reports a run read with the cache; its tables must be those of a run without."""
        forget_packs()
        steps: list[Step] = []
        run(self.folder, self.out / "with", packs, progress=steps.append, cache=self.cache)
        self.tables.append(content(self.out / "with"))
        now = packs, tuple(content(self.rules).items())
        if now not in self.without:
            run(self.folder, self.out / "without", packs)
            self.without[now] = content(self.out / "without")
        assert self.tables[-1] == self.without[now]
        done = [step for step in steps if step.result is not None]
        assert len(done) == len(SUBJECTS)
        return {Path(step.file).stem for step in done if not step.kept}


@pytest.fixture
def runs(rules: Path, folder: Path, tmp_path: Path) -> Runs:
    for name in SUBJECTS:
        read_portion(Source(name, folder / f"{name}.txt"))  # so that the copies of this process import nothing
    return Runs(folder, tmp_path / "out", rules)


INDICATOR = """indicators: [{code: thung, label: Thúng, unit: thúng, units: [thúng], means: Số thúng, combine: stated,
  examples: [{text: 'có 4 thúng', value: '4'}], rejects: ['có 4 mẹt']}]
"""
BASKETS = RULE.format(name="ro", word="rổ")
CHANGES = {
    "a rule": (instead("rau/rules.yaml", "mẹt", "rổ"), {"rau"}),
    "one more rule": (also("rau/ro.yaml", BASKETS), {"rau"}),
    "words": (also("rau/words.yaml", "words: {more_than: [có]}\n"), {"rau"}),
    "a vocabulary": (also("rau/vocabulary/units.csv", "unit,kind,written\nthúng,thing,thúng\n"), {"rau"}),
    "an indicator": (also("rau/indicators.yaml", INDICATOR), {"rau"}),
    "a pack that another builds on": (also("lua/ro.yaml", BASKETS), {"lua", "lua_nuoc"}),
    "a pack that builds on another": (also("lua_nuoc/ro.yaml", BASKETS), {"lua_nuoc"}),
    "the pack of all": (also("core/ro.yaml", BASKETS), ALL),
    "words of the structure": (instead("core/structure.yaml", "titles: [", "titles: [trưởng trại, "), ALL),
    "a pack known by more": (instead("rau/pack.yaml", "rau màu", "rau màu, trong tháng"), ALL),
    "a pack known by less": (instead("rau/pack.yaml", "[kho]", "[cây lúa]"), ALL),
    "a pack known by other words": (instead("lua/pack.yaml", "cây lúa", "lúa"), ALL),
    "what a pack builds on": (instead("lua_nuoc/pack.yaml", "[lua]", "[core]"), ALL),
    "a pack more": (lambda place: make(place, "ro", "core", "trong tháng", "rổ"), ALL),
    "a pack less": (lambda place: shutil.rmtree(place / "rau"), ALL),
}


def test_a_change_of_rules_reads_again_what_it_bears_upon(rules: Path, runs: Runs) -> None:
    assert runs.read() == ALL
    assert runs.read() == set()
    for name, (change, bears_upon) in CHANGES.items():
        before = runs.tables[-1]
        change(rules)
        assert (name, runs.read()) == (name, bears_upon)
        assert runs.tables[-1] != before, f"{name} is a change that shows"
    assert runs.read() == set()


def test_rules_that_are_as_they_were_have_their_results_still(rules: Path, runs: Runs) -> None:
    runs.read()
    kept = {path: path.read_text(encoding="utf-8") for path in rules.rglob("*.*")}
    for change in ("a rule", "a pack known by less", "a pack more"):
        CHANGES[change][0](rules)
        assert runs.read()
        shutil.rmtree(rules / "ro", ignore_errors=True)
        for path, text in kept.items():
            write(path, text)
        assert runs.read() == set()


def test_packs_that_claim_a_report_alike_are_told_as_they_are_now(rules: Path, runs: Runs) -> None:
    runs.read()
    instead("rau/rules.yaml", "mẹt", "rổ")(rules)
    assert runs.read() == {"rau"}, "what two packs claim is read with neither"
    instead("lua/pack.yaml", "cây lúa]", "cây lúa và rau]")(rules)
    runs.read()
    instead("rau/pack.yaml", "rau màu", "rau")(rules)
    runs.read()
    told = [tables["problems.csv"].decode() for tables in runs.tables]
    words = ["«cây lúa», «rau màu»", "«cây lúa», «rau màu»", "«cây lúa và rau», «rau màu»", "«cây lúa và rau», «rau»"]
    assert [words_now in text for words_now, text in zip(words, told, strict=True)] == [True] * 4


def test_the_order_of_packs_and_a_single_one_have_results_of_their_own(rules: Path, runs: Runs) -> None:
    one, other = (str(rules / name) for name in ("lua", "rau"))
    orders = ((one, other), (other, one), (one,), (other,))
    assert [runs.read(*packs) for packs in orders] == [ALL] * 4
    also("rau/ro.yaml", BASKETS)(rules)
    assert [runs.read(*packs) for packs in orders] == [{"rau"}, {"rau"}, set(), ALL]
