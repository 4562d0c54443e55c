"""Measures how long a pattern searches texts that grow; runs as a program of its own, which may be killed.

Reads one JSON object from standard input: `pattern`, `flags`, `texts` (of each the `pumps` and the `ends` to try),
`growth` from one size to the next, and the bounds `longest` text, `enough` seconds of one search, `total` of all.
Writes for each size, when it is known, its length, the seconds of the slowest text, and that text's pumps and end.
A search that never ends leaves the last line unwritten. Needs nothing of the package, so that it starts at once.
"""

import itertools
import json
import re
import sys
import time
from typing import Any

_FIRST = 4
_SHORT = 0.001  # seconds below which a measurement is repeated
_CLEAR = 0.001  # seconds from which on texts are told apart
_BEHIND = 3  # texts that many times as fast as the slowest are not tried on


def text_of(pumps: list[list[str]], end: str, times: int) -> str:
    """Return the text of `pumps`, each a lead and what is repeated `times` times, and `end`."""
    return "".join(lead + pump * times for lead, pump in pumps) + end


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        pattern.search(text)
        best = min(best, time.process_time() - start)
        if best > _SHORT:
            break
    return best


def measured(pattern: re.Pattern[str], kinds: list[tuple[list[list[str]], str]], asked: dict[str, Any]) -> None:
    """Write length and time for growing sizes of the slowest of `kinds`, until one of the bounds asked for."""
    times, slowest = _FIRST, 0.0
    while slowest < asked["enough"] and time.process_time() < asked["total"]:
        taken = []
        for kind in kinds:
            text = text_of(*kind, times)
            if len(text) <= asked["longest"]:
                taken.append((_seconds(pattern, text), len(text), kind))
        if not taken:
            return
        slowest, length, worst = max(taken, key=lambda told: told[0])
        print(length, slowest, json.dumps(worst), flush=True)
        if slowest > 5 * _CLEAR:
            kinds = [worst]
        elif slowest > _CLEAR:
            kinds = [kind for seconds, _, kind in taken if seconds * _BEHIND > slowest]
        times = max(times + 1, round(times * asked["growth"]))


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    compiled = re.compile(asked["pattern"], asked["flags"])
    written = [list(itertools.product([told["pumps"]], told["ends"])) for told in asked["texts"]]
    measured(compiled, list(itertools.chain(*written)), asked)
