"""Every target on its seeds and on some changes of them, the same each time; and a short look by atheris."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzzing.targets import PROGRAMS, TARGETS
from tests.fuzzing.trial import Trial

ROOT = Path(__file__).parents[2]
CHANGES = 60
LONGEST = 20_000


@pytest.fixture(autouse=True)
def _without_programs(monkeypatch):
    for variable in PROGRAMS:
        monkeypatch.setenv(variable, "none")


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_raises_nothing_but_what_it_says(name):
    target, random = TARGETS[name], Random(name)
    trial, seeds = Trial(target), list(target.seeds())
    for data in seeds[:6]:
        trial.run(data)
    for _ in range(CHANGES * 25 // (25 + max(0, len(min(seeds, key=len)) // 400))):
        data = random.choice(seeds[:6])
        for _ in range(random.choice((1, 2, 4))):
            data = target.mutate(data, random)
        trial.run(data)
    assert [(one.kind, one.place, one.told) for one in trial.failures.values()] == []
