"""Every target on its seeds and on some changes of them, the same each time; a look by atheris; damaged samples."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from pipeline.problems import ParseError
from tests.fuzzing import mutator
from tests.fuzzing.mutations import bytes_mutated
from tests.fuzzing.targets import PROGRAMS, TARGETS, Target
from tests.fuzzing.trial import Trial, save

ROOT = Path(__file__).parents[2]
CHANGES, FEWER = 60, 8  # of targets that take the longest, those with small shares of a campaign, fewer are tried


@pytest.fixture(autouse=True)
def _without_programs(monkeypatch):
    for variable in PROGRAMS:
        monkeypatch.setenv(variable, "none")


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_raises_nothing_but_what_it_says(name):
    target, random = TARGETS[name], Random(name)
    trial, seeds = Trial(target), list(target.seeds())
    for data in seeds[:3]:
        trial.run(data)
    for _ in range(CHANGES if target.share > 6 else FEWER):
        data = random.choice(seeds[:6])
        for _ in range(random.choice((1, 2, 4))):
            data = target.mutate(data, random)
        trial.run(data)
    assert [(one.kind, one.place, one.told) for one in trial.failures.values()] == []


def test_a_trial_keeps_the_shortest_input_of_each_failure_and_goes_on(tmp_path):
    def run(data: bytes) -> None:
        if data.startswith(b"a"):
            raise KeyError("a")
        if data:
            raise ParseError("file.empty")

    trial = Trial(Target("thu", run, list, bytes_mutated, 1))
    for data in (b"aaa", b"", b"a", b"b", b"aa"):
        trial.run(data)
    (failure,) = trial.failures.values()
    assert (trial.executions, trial.failed, dict(trial.refused)) == (5, 3, {"file.empty": 1})
    assert (failure.kind, failure.data) == ("KeyError", b"a")
    assert (tmp_path / save(failure, "thu", tmp_path)).read_bytes() == b"a"


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
def test_atheris_tells_what_it_did(tmp_path):
    command = [sys.executable, "-m", "tests.fuzzing", "expressions", "--runs", "300", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["failed"], told["failures"]) == (0, 0, [])
    assert told["executions"] >= 300 and told["branches"] > 10 and told["corpus"] > 1
    assert json.loads((tmp_path / "fuzzing.jsonl").read_text()) == told


def test_a_damaged_file_follows_from_its_number():
    whole = [mutator.Original(str(at), "txt", bytes(range(at, 200 + at)) * 2) for at in range(4)]
    made = [mutator.mutant_of(number, "1", whole, whole) for number in range(60)]
    assert made == [mutator.mutant_of(number, "1", whole, whole) for number in range(60)]
    assert {change for _, _, change in made} == set(mutator._CHANGES)
    assert len({data for _, data, _ in made}) > 45
    assert len({suffix for suffix, _, _ in made}) > 3


def test_damaged_files_are_read_and_counted(tmp_path, monkeypatch, capsys):
    seeds = [mutator.Original("a", "txt", "BÁO CÁO\n1. Có 5 vụ.".encode()), mutator.Original("b", "csv", b"a;b\n1;2")]
    monkeypatch.setattr(mutator, "originals", lambda: (seeds, seeds))
    told = ["mutator", "--count", "30", "--office", "0", "--scans", "0", "--workers", "1", "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", told)
    assert mutator.main() == 0
    counted = json.loads(capsys.readouterr().out)
    assert (counted["files"], counted["runs"], counted["runs_lost"], counted["untyped"]) == (30, 1, 0, [])
    assert sum(counted["outcomes"].values()) == 30 and len(counted["outcomes"]) > 1
