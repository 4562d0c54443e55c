"""One target under libFuzzer, by atheris, in a process of its own: `python -m tests.fuzzing.guided TARGET FOLDER …`.

What it has done stands in `FOLDER/told.json`, written again every second, so that it is there whatever ends it.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import atheris

_SECONDS_BETWEEN = 1.0
_OWN = 4  # of a structured target's changes one in so many is libFuzzer's
_LONGEST = 1 << 18


def main(name: str, folder: Path, runs: int, seconds: int, seed: int, timeout: int, memory: int) -> None:
    """Fuzz the target `name` until it has been run so often or so long."""
    resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))  # as a worker of a run is held to
    with atheris.instrument_imports(include=["pipeline"], enable_loader_override=False):
        from tests.fuzzing.targets import TARGETS, without_programs
        from tests.fuzzing.targets import folder as scratch
        from tests.fuzzing.trial import Trial, save

        without_programs()
        target = TARGETS[name]
        trial, seeds = Trial(target), list(target.seeds())
        for data in seeds:  # what the target needs is imported, and what is loaded once is loaded
            trial.run(data)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for at, data in enumerate(seeds):
        (corpus / f"seed-{at:03}").write_bytes(data)
    begun, cpu, told_at = time.monotonic(), time.process_time(), 0.0

    def tell() -> None:
        nonlocal told_at
        told_at = time.monotonic()
        told: dict[str, Any] = {
            "executions": trial.executions,
            "seconds": round(told_at - begun, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
            "refused": dict(trial.refused),
            "failed": trial.failed,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "failures": [
                {"kind": one.kind, "place": one.place, "told": one.told, "input": save(one, name, folder / "failures")}
                for one in trial.failures.values()
            ],
        }
        beside = folder / "told.json.new"
        beside.write_text(json.dumps(told), encoding="utf-8")
        beside.replace(folder / "told.json")

    def once(data: bytes) -> None:
        trial.run(data)
        if time.monotonic() - told_at > _SECONDS_BETWEEN:
            tell()
        if trial.executions >= runs or time.monotonic() - begun > seconds:
            tell()
            shutil.rmtree(scratch(), ignore_errors=True)
            os._exit(0)  # libFuzzer would end as if something had failed

    def mutate(data: bytes, longest: int, number: int) -> bytes:
        random = Random(number)
        if not target.structured and random.randrange(2):
            return atheris.Mutate(data, longest)
        if target.structured and not random.randrange(_OWN * 4):
            return atheris.Mutate(data, longest)
        return target.mutate(data, random)[:longest]

    options = [f"-seed={seed}", f"-timeout={timeout}", f"-rss_limit_mb={memory - 200}", f"-max_len={_LONGEST}"]
    options += [f"-artifact_prefix={folder}/", "-len_control=0", "-mutate_depth=2", "-print_final_stats=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], once, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    told_name, told_folder, *numbers = sys.argv[1:]
    main(told_name, Path(told_folder), *map(int, numbers))
