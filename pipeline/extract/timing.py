"""How long each pattern of a rule pack takes over a report: what a rule costs, measured beside the extraction."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from pipeline.extract.matching import candidates
from pipeline.extract.view import View
from pipeline.extract.vocabulary import phrases_of

PHRASES = ""
"""What stands in place of a rule for all phrases of a pack, which one matcher finds in one pass."""
_ROUNDS = 3


def matching_times(view: View) -> dict[str, float]:
    """Return by rule the seconds that its search over `view` takes, and under `PHRASES` those of all phrases.

    The least of three rounds, since whatever else the machine does only adds.
    """
    phrases = phrases_of(view.pack)
    times = {PHRASES: _least(lambda: list(phrases.matcher(view.tokens.doc)))}
    for rule in view.pack.patterns:
        times[rule.id] = _least(lambda rule=rule: candidates([rule], view))  # type: ignore[misc]
    return times


def _least(search: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        search()
        taken.append(perf_counter() - began)
    return min(taken)
