"""All samples and passages read once, for what they prove: which rules fire, and which numerals nobody explains.

    python -m tests.proof [--write]

prints the rules that fire nowhere, with the reasons that unproven_rules.txt gives and `?` for one that it lacks;
`--write` brings that file up to date. Samples of formats that need a program are read as the DOCX of their source, so
that the list is the same on every machine.
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.extract import extract
from pipeline.parsers import parse
from pipeline.rulebook import load_pack, shipped_packs

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
LISTED = Path(__file__).with_name("unproven_rules.txt")
READABLE = {".docx", ".pdf", ".html", ".xlsx", ".txt", ".md"}
_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")
_LINE = re.compile(r"(?P<rule>[\w-]+/[\w-]+): (?P<reason>\S.*)")
NO_REASON = "?"


@dataclass(frozen=True)
class Proof:
    fired: frozenset[str]
    numerals: int
    unexplained: tuple[str, ...]


def rules():
    """Return the ids of all shipped rules, in the order of their packs."""
    return list(dict.fromkeys(rule.id for name in shipped_packs() for rule in load_pack(name).rules()))


def listed(path=LISTED):
    """Return the rules that are listed as unproven, each with its reason."""
    told = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            found = _LINE.fullmatch(line)
            assert found, f"{path.name}: write «pack/rule: reason», not «{line}»"
            told[found["rule"]] = found["reason"]
    return told


def documents():
    """Yield the text of every sample and passage, with its name."""
    sys.path.insert(0, str(SAMPLES))
    from docx_writer import source_to_docx
    from source import read_source

    sys.path.remove(str(SAMPLES))
    from tests.test_samples import SCANS

    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((SAMPLES / "reports").iterdir()):
            if path.suffix not in READABLE or path.stem in SCANS:
                made = Path(folder) / f"{path.stem}.docx"
                made.write_bytes(source_to_docx(read_source(SAMPLES / "sources" / f"{path.stem}.txt")))
                path = made
            yield path.name, parse(path)
        for path in sorted((ROOT / "tests" / "passages").rglob("*.txt")):
            yield path.name, parse(path)


@lru_cache(maxsize=1)
def proof():
    fired, numerals, unexplained = set(), 0, []
    packs = [load_pack(name) for name in shipped_packs()]
    for name, document in documents():
        extraction = extract(document, *packs)
        fired |= {claim.rule for claim in extraction.claims} | {item.rule for item in extraction.items}
        numerals += len(_NUMERAL.findall(document.text))
        for problem in extraction.problems:
            if problem.code == "number.unexplained":
                around = document.text[max(0, problem.start - 30) : problem.end + 30]
                unexplained.append(f"{name}: …{' '.join(around.split())}…")
    return Proof(frozenset(fired), numerals, tuple(unexplained))


HEAD = """\
# Rules that no sample and no passage proves: their own examples alone do. Each with the reason to keep it all the same.
# Brought up to date by: python -m tests.proof --write
"""


def main():
    reasons = listed() if LISTED.is_file() else {}
    unproven = [rule for rule in rules() if rule not in proof().fired]
    told = HEAD + "".join(f"{rule}: {reasons.get(rule, NO_REASON)}\n" for rule in unproven)
    if "--write" in sys.argv[1:]:
        LISTED.write_text(told, encoding="utf-8")
    print(told, end="")


if __name__ == "__main__":
    main()
