"""`python -m tests.fuzzing TARGET|all`: coverage-guided fuzzing, each target in a process of its own.

Writes a JSON line for each target: executions, branches covered, size of the corpus, peak memory, and what failed. An
input that crashes the process, takes too long or too much memory is a failure, and its target is gone on with.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.fuzzing.targets import TARGETS, Target

_STATUS = re.compile(r"#\d+\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)/")
_ARTIFACTS = ("crash-", "timeout-", "oom-", "leak-", "slow-unit-")
_BEGUN_ANEW = 20  # processes of a target that may die
_ROOM = 300  # seconds for imports and seeds, on a machine that is busy


def main() -> int:
    """Run what was asked for; 1 where anything failed."""
    asked = _asked()
    names = list(TARGETS) if asked.target == ["all"] else asked.target
    targets = [TARGETS[name] for name in names]
    total = sum(target.share for target in targets)
    asked.out.mkdir(parents=True, exist_ok=True)
    failed = False
    with ThreadPoolExecutor(asked.workers) as pool, (asked.out / "fuzzing.jsonl").open("a", encoding="utf-8") as lines:
        jobs = [
            pool.submit(_fuzzed, target, max(asked.runs * target.share // total, 1), asked)
            for target in sorted(targets, key=lambda target: -target.share)
        ]
        for job in jobs:
            told = job.result()
            failed = failed or bool(told["failures"])
            line = json.dumps(told, ensure_ascii=False)
            print(line, flush=True)
            lines.write(line + "\n")
            lines.flush()
    return int(failed)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("target", nargs="+", help=f"all, or some of: {', '.join(TARGETS)}")
    parser.add_argument("--runs", type=int, default=100_000, help="executions in all, shared out among the targets")
    parser.add_argument("--seconds", type=int, default=900, help="the most that one target may take")
    parser.add_argument("--workers", type=int, default=2, help="targets at a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=int, default=60, help="seconds for one input")
    parser.add_argument("--memory", type=int, default=3000, help="MB of a process, above which an input has failed")
    parser.add_argument(
        "--out", type=Path, default=Path(tempfile.gettempdir()) / "baocao-fuzzing", help="failures go here"
    )
    return parser.parse_args()


def _fuzzed(target: Target, runs: int, asked: argparse.Namespace) -> dict[str, Any]:
    """Return what came of `runs` executions of a target; a process that died is followed by another."""
    refused: Counter[str] = Counter()
    done, seconds, cpu, failed, peak, covered, failures = 0, 0.0, 0.0, 0, 0, (0, 0, 0), []
    with tempfile.TemporaryDirectory(prefix="baocao-fuzzing-") as made:
        for attempt in range(_BEGUN_ANEW):
            folder, left = Path(made) / str(attempt), int(asked.seconds - seconds)
            if done >= runs or left <= 0:
                break
            status, printed = _process(target.name, folder, runs - done, left, asked.seed + attempt, asked)
            told = json.loads((folder / "told.json").read_text()) if (folder / "told.json").exists() else {}
            done, seconds = done + told.get("executions", 0), seconds + told.get("seconds", 1.0)
            cpu += told.get("cpu_seconds", 0.0)
            failed, peak = failed + told.get("failed", 0), max(peak, told.get("peak_mb", 0))
            refused.update(told.get("refused", {}))
            found = _STATUS.findall(printed)
            covered = max(covered, tuple(map(int, found[-1])) if found else covered)
            failures += [one for one in told.get("failures", ()) if not _known(one, failures)]
            if status:
                failed += 1
                failures.append(_died(folder, target.name, status, printed))
            _keep(folder, asked.out / "failures")
    return {
        "target": target.name,
        "executions": done,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "per_cpu_second": round(done / cpu, 1) if cpu else 0,
        "branches": covered[0],
        "features": covered[1],
        "corpus": covered[2],
        "peak_mb": peak,
        "refused": dict(refused.most_common()),
        "failed": failed,
        "failures": failures,
    }


def _process(name: str, folder: Path, runs: int, seconds: int, seed: int, asked: argparse.Namespace) -> tuple[int, str]:
    """Run a process of a target until it ends; return its status and what it printed last."""
    folder.mkdir(parents=True)
    numbers = map(str, (runs, seconds, seed, asked.timeout, asked.memory))
    command = [sys.executable, "-m", "tests.fuzzing.guided", name, str(folder), *numbers]
    printed = folder / "printed"
    with printed.open("wb") as file:
        try:
            status = subprocess.run(command, stdout=file, stderr=file, timeout=seconds + _ROOM, check=False).returncode
        except subprocess.TimeoutExpired:
            status = -1
    return status, printed.read_bytes()[-200_000:].decode("utf-8", "replace")


def _died(folder: Path, name: str, status: int, printed: str) -> dict[str, str]:
    """Return the failure of an input that ended its process, whose input libFuzzer has left."""
    left = next((path for path in sorted(folder.iterdir()) if path.name.startswith(_ARTIFACTS)), None)
    told = [line for line in printed.splitlines() if "ERROR" in line or "SUMMARY" in line or "Error" in line]
    kind = left.name.partition("-")[0] if left else "died"
    kept = ""
    if left is not None:
        kept = f"{name}-{left.name[:24]}"
        (folder / "failures").mkdir(exist_ok=True)
        shutil.copyfile(left, folder / "failures" / kept)
        (folder / "failures" / f"{kept}.txt").write_text(printed[-6000:], encoding="utf-8")
    return {"kind": kind, "place": "", "told": f"status {status}: {' '.join(told[-2:])}"[:300], "input": kept}


def _known(one: dict[str, str], failures: list[dict[str, str]]) -> bool:
    return any((one["kind"], one["place"]) == (other["kind"], other["place"]) for other in failures)


def _keep(folder: Path, out: Path) -> None:
    if (folder / "failures").is_dir():
        shutil.copytree(folder / "failures", out, dirs_exist_ok=True)


if __name__ == "__main__":
    begun = time.monotonic()
    code = main()
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    sys.exit(code)
