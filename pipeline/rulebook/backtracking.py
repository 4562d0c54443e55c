"""Patterns that a report could hang: suspected by their structure, proved by a measurement in a process of its own.

Of a repeat with a bound (`{0,60}`) only what it really costs counts: several in a row that share their text may be
too slow for one long line, and are then a fault like any other.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import linear_regression

from msgspec import Struct

from pipeline.rulebook.ambiguity import EXPONENTIAL, Suspect, find_suspects
from pipeline.rulebook.automaton import UNBOUNDED, Automaton, TooLarge
from pipeline.rulebook.known import Pattern
from pipeline.rulebook.syntax import Node, Repeat, children, parse

_PROBE = Path(__file__).with_name("probe.py")
_LIMIT = 15.0
"""Seconds that one measurement may take by the clock before it is killed; it ends by itself after `_TOTAL` of work."""
_TOTAL = 3.0
"""Seconds of work that one measurement may take, the last search apart."""
_LONGEST = 20_000
"""Characters of the longest text tried, more than any paragraph has."""
_ENOUGH, _STEEP_ENOUGH = 0.4, 0.15
"""Seconds of one search after which growth is known, and no report may take."""
_PAGE, _BEARABLE = 3000, 1.0
"""A fault would take over `_BEARABLE` seconds for the `_PAGE` characters of a page; squares take hundredths."""
_SEEN = 0.001
"""Seconds from which on a time says something about growth."""
_ENDS = ("\n", "¤", "0", "a", " ", "-", ",", "")
_STEEP, _CUBIC, _SQUARE = 6.0, 2.4, 1.7
"""Powers of the length from which growth is taken for exponential, cubic or worse, square; noise moves one by 0.2."""


class Blowup(Struct, frozen=True):
    """A pattern whose search takes far longer as the text grows: `kind` is `exponential`, `polynomial` or `square`.

    The first two are faults, a square is a warning. `degree` is the measured power of the length (of an exponential
    one the last before it was stopped), `source` the pieces of the pattern that share their text, `attack` a text of
    `length` characters whose search took `seconds`, or more where it was `stopped`.
    """

    kind: str
    degree: float
    source: tuple[str, ...]
    attack: str
    length: int
    seconds: float
    stopped: bool

    @property
    def fault(self) -> bool:
        """Whether the pattern is refused for it."""
        return self.kind != "square"


class _Measured(Struct, frozen=True):
    sizes: tuple[tuple[int, float], ...]
    attack: str
    stopped: bool


def find_blowup(pattern: Pattern, squares: bool = False) -> Blowup | None:
    """Return how `pattern` blows up, or None where no text is found that shows it.

    `squares` asks for the warning too. A pattern that nothing suspects is not measured, so most take milliseconds;
    one that blows up takes some seconds.
    """
    try:
        suspects = find_suspects(Automaton(parse(pattern.pattern), pattern.flags))
    except TooLarge:
        return None
    least = 2 if squares else 3
    found = [suspect for suspect in suspects if suspect.degree >= least]
    for degree in sorted({suspect.degree for suspect in found}, reverse=True):
        alike = [suspect for suspect in found if suspect.degree == degree]
        blowup = _proved(pattern, alike)
        if blowup is None and squares:  # a busy machine hides a square as easily as it makes a fault
            blowup = _proved(pattern, alike)
        if blowup and (squares or blowup.fault):
            return blowup
    return None


def _proved(pattern: Pattern, suspects: Sequence[Suspect]) -> Blowup | None:
    blowup = _judged(pattern, suspects, _LIMIT)
    if blowup is None or not blowup.fault or (blowup.kind == "exponential" and not blowup.stopped):
        return blowup
    # Perhaps the machine was busy with something else: a fault must show itself twice.
    again = _judged(pattern, suspects, 2 * _LIMIT)
    return again if again is None or not again.fault else min(blowup, again, key=lambda found: found.degree)


def _judged(pattern: Pattern, suspects: Sequence[Suspect], limit: float) -> Blowup | None:
    measured = _measure(pattern, suspects, limit)
    degree, steep = _growth(measured, 2.5), _growth(measured, 1.4)
    length, seconds = measured.sizes[-1] if measured.sizes else (0, 0.0)
    critical = measured.stopped or (
        length > 0 and math.log(seconds) + degree * math.log(_PAGE / length) > math.log(_BEARABLE)
    )
    if critical and suspects[0].degree == EXPONENTIAL and (steep >= _STEEP or measured.stopped):
        kind, degree = "exponential", steep
    elif critical and (degree >= _CUBIC or measured.stopped):
        kind = "polynomial"
    elif degree >= _SQUARE:
        kind = "square"
    else:
        return None
    root = parse(pattern.pattern)
    source = tuple(dict.fromkeys(_loop(root, place) for suspect in suspects for place in suspect.places))
    return Blowup(kind, degree, source, measured.attack, length, seconds, measured.stopped)


def _loop(node: Node, place: tuple[int, int]) -> str:
    """Return the outermost repeat without a small bound around `place`: all in it is one loop."""
    if isinstance(node, Repeat) and node.most >= UNBOUNDED:
        return node.text
    inner = [child for child in children(node) if child.start <= place[0] and place[1] <= child.end]
    return _loop(inner[0], place) if inner else node.text


def _measure(pattern: Pattern, suspects: Sequence[Suspect], limit: float) -> _Measured:
    """Return the times of growing texts, measured in a child that is killed when it takes too long."""
    steep = suspects[0].degree == EXPONENTIAL
    texts = [{"pumps": suspect.pumps, "ends": _ENDS} for suspect in suspects]
    asked = {
        "pattern": pattern.pattern, "flags": pattern.flags, "texts": texts, "longest": _LONGEST,
        "enough": _STEEP_ENOUGH if steep else _ENOUGH, "total": _TOTAL, "growth": 1.12 if steep else 1.4,
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", str(_PROBE)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    stopped = False
    try:
        written, _ = child.communicate(json.dumps(asked), limit)
    except subprocess.TimeoutExpired:
        stopped = True
        child.kill()
        written, _ = child.communicate()
    lines = [line.split(" ", 2) for line in written.splitlines()]
    sizes = tuple((int(length), float(seconds)) for length, seconds, _ in lines)
    return _Measured(sizes, _attack(lines[-1][2], sizes[-1][0]) if lines else "", stopped)


def _attack(told: str, length: int) -> str:
    """Return the text of `length` characters that the probe tells of by its pumps and its end."""
    pumps: list[list[str]]
    end: str
    pumps, end = json.loads(told)
    leads = sum(len(lead) for lead, _ in pumps) + len(end)
    times = max(1, (length - leads) // max(1, sum(len(pump) for _, pump in pumps)))
    return "".join(lead + pump * times for lead, pump in pumps) + end


def _growth(measured: _Measured, over: float) -> float:
    """Return the power of the length that the time grows with, by the sizes from the largest to one `over` times less.

    It is the slope of a line through their logarithms; 0 where no search took long enough to tell.
    """
    told = [(length, seconds) for length, seconds in measured.sizes if seconds >= _SEEN]
    if len(told) < 2 or told[-1][1] < _ENOUGH / 20:
        return 0.0
    near = [point for point in told if point[0] * over >= told[-1][0]]
    points = near if len(near) > 1 else told[-2:]
    return linear_regression([math.log(n) for n, _ in points], [math.log(t) for _, t in points]).slope
