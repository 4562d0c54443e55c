"""Attack every pattern of the shipped rule packs with long texts made from it, and print what a character costs.

    python -m benchmarks pumped [--sizes 10000,100000]

The texts repeat what could make the pattern go over them again and again, as its automaton tells (`ambiguity`), and the
words of the rule's own examples, whole and cut off. They are looked through as a report's text is: as the parser
of plain text leaves it, in pieces, and only where the pattern can begin.
"""

from __future__ import annotations

import argparse
import gc
import re
import time
from collections.abc import Iterator, Sequence

from benchmarks.lengths import PACKS, TWICE
from pipeline.extract.lines import Lines
from pipeline.extract.structure.pieces import in_pieces
from pipeline.parsers.plain import read_text
from pipeline.problems import ParseError
from pipeline.rulebook import load_pack
from pipeline.rulebook.ambiguity import find_suspects
from pipeline.rulebook.automaton import Automaton, TooLarge
from pipeline.rulebook.rules import PatternRule
from pipeline.rulebook.syntax import parse
from pipeline.text.fold import fold

_BETWEEN = ("", " ", ", ")
_CLEAR = 0.01
"""Seconds from which on a time says something about growth."""


def pumps(rule: PatternRule, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what to begin a text with, and what to repeat."""
    try:
        for suspect in find_suspects(Automaton(parse(pattern.pattern), pattern.flags)):
            lead = "".join(lead for lead, _ in suspect.pumps)
            yield from ((lead, pump) for _, pump in suspect.pumps)
            yield "", "".join(lead + 3 * pump for lead, pump in suspect.pumps) + " "
    except TooLarge:
        pass
    for example in rule.examples[:3]:
        found = pattern.search(fold(example.text) if rule.folded else example.text)
        for between in _BETWEEN if found else ():
            yield "", found[0] + between
            yield "", found[0][:-1] + between


def seconds(rule: PatternRule, pattern: re.Pattern[str], text: str) -> float:
    """Return the CPU seconds that all matches of a pattern in a text take; none in one that the parser refuses."""
    try:
        pieces = in_pieces(read_text(text.encode(), markdown=False))
    except ParseError:
        return 0.0
    lines = Lines(fold(pieces.text) if rule.folded else pieces.text)
    start = time.process_time()
    for _ in lines.matches(pattern):
        pass
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the dearest and the steepest of all patterns; return 1 where one is not linear."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    short, long = map(int, parser.parse_args(arguments).sizes.split(","))
    rules = {rule.id: rule for name in PACKS for rule in load_pack(name).patterns}
    gc.collect()
    gc.freeze()
    tried, told = 0, list[tuple[float, float, str, str]]()
    for rule in rules.values():
        for lead, pump in pumps(rule, rule.pattern) if rule.pattern is not None else ():
            if not pump.strip():
                continue
            tried += 1
            taken = seconds(rule, rule.pattern, (lead + pump * (long // len(pump) + 1))[:long])
            ratio = 0.0
            if taken > _CLEAR:
                first = (lead + pump * (short // len(pump) + 1))[:short]
                once = min(seconds(rule, rule.pattern, first) for _ in range(3))
                ratio = taken / long / (once / short) if once else 0.0
            told.append((1e6 * taken / long, ratio, rule.id, repr((lead[-30:], pump[:60]))))
    print(f"{tried} texts of {long:,} characters for the patterns of {len(rules)} rules\n")
    print("µs a character, ratio to a short text, rule, what is repeated")
    for microseconds, ratio, name, attack in sorted(told, reverse=True)[:12]:
        print(f"{microseconds:8.2f}{ratio:7.2f}  {name:40}{attack}")
    worst = max(told, key=lambda each: each[1])
    print(f"\nworst ratio: {worst[1]:.2f}, {worst[2]}")
    return 1 if worst[1] > TWICE else 0


if __name__ == "__main__":
    raise SystemExit(main())
