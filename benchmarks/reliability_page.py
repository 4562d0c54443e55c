"""`docs/reliability.md`, written from what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_TITLES = {
    "mutated": "Mutants: flipped, cut, spliced, renamed samples",
    "fuzzed": "Fuzzing guided by coverage (executions)",
    "bombs": "Bombs: small files that unpack, nest or repeat without end",
    "damaged": "Damaged files: cut, zeroed, noise, wrong suffix, empty",
    "names": "Hostile names and places: bytes, links, pipes, devices",
    "crowd": "Files in one folder",
    "large": "Large files",
}
_HEAD = """\
# Reliability

What was tried on baocao that no office sends on purpose, and what came of it. The table is made by

```sh
python -m benchmarks reliability
```

which takes about two hours on two cores; `python -m benchmarks reliability bombs` tries one class again. Every class
but fuzzing is a `baocao run` over a folder, with three healthy reports beside.

- **Untyped** are failures without a name of their own: an exception that nobody foresaw (`file.crashed`), or a crash,
  a time-out, an assertion that does not hold in fuzzing. A file that is refused (`file.damaged`, `file.limit` …) has
  a name, and a row that says what to do.
- **Left** are those whose input still fails with the code as it is: each was tried again when its fault was mended.
- **Lost** are runs that ended in another way than by telling, and files without a row.
- **Neighbours** are runs in which the rows of the healthy reports were others than without the rest.
- **Memory** is the peak of the largest process that reads, and of the one that coordinates, in MB resident; of mutants
  in MB of address space, to which a process that reads is held at 3,000.
"""


def page(record: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page for the classes in `record`, by their names."""
    return "\n".join([_HEAD, *_table(record), "", *_outcomes(record), "", *_fuzzing(record), ""])


def _table(record: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "| what | inputs | untyped found | left | lost | neighbours | reading, MB | coordinating, MB | minutes | on |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"
    for name, title in _TITLES.items():
        if name in record:
            one = record[name]
            cells = [
                title,
                f"{one['inputs']:,}",
                one["untyped"],
                one["untyped"] - one.get("mended", 0),
                one["lost"],
                one["neighbours"],
                round(one["worker"] / 1e6) or "–",
                round(one["coordinator"] / 1e6) or "–",
                f"{one['seconds'] / 60:.1f}",
                one["tried_at"],
            ]
            yield "| " + " | ".join(map(str, cells)) + " |"


def _outcomes(record: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## How the files ended"
    yield ""
    yield "`ok`, `partial`: read; the others were refused by name: `file.limit` by one of [the limits](limits.md)."
    yield ""
    names = [name for name in _TITLES if name in record and name != "fuzzed"]
    codes = dict.fromkeys(code for name in names for code in sorted(record[name]["outcomes"]))
    ordered = sorted(codes, key=lambda code: (code not in ("ok", "partial"), code))
    yield "| | " + " | ".join(names) + " |"
    yield "|---" + "|---:" * len(names) + "|"
    for code in ordered:
        yield f"| `{code}` | " + " | ".join(f"{record[name]['outcomes'].get(code, 0):,}" for name in names) + " |"


def _fuzzing(record: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    if "fuzzed" not in record:
        return
    yield "## Fuzzing by target"
    yield ""
    yield "Targets are in `tests/fuzzing`; each checks, besides, that offsets, values and invariants hold. What it"
    yield "found is a test in `tests/fuzzing/test_findings.py`."
    yield ""
    yield "| target | executions |"
    yield "|---|---:|"
    for target, count in sorted(record["fuzzed"]["outcomes"].items(), key=lambda each: -each[1]):
        yield f"| `{target}` | {count:,} |"
