"""Activities in sentences of many kinds of offices: which deeds each tells, and which it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.model import Activity
from pipeline.rulebook import load_pack

PACK = load_pack("doi_ngoai")
DEEDS = Path(__file__).with_name("deeds.txt")


def deeds():
    for line in DEEDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, role, wanted, allowed = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
            yield text, role, dict((*deed.split("="), "done")[:2] for deed in wanted.split()), set(allowed.split())


@pytest.mark.parametrize(
    ("text", "role", "wanted", "allowed"),
    list(deeds()),
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_deeds(text, role, wanted, allowed):
    found = {a.value: a.status for a in extract(passage(text, role), PACK).items if isinstance(a, Activity)}
    assert {code: status for code, status in found.items() if code not in allowed or code in wanted} == wanted


def test_there_are_sentences_of_all_kinds():
    codes = {code for _, _, wanted, _ in deeds() for code in wanted}
    assert len(list(deeds())) > 150
    assert {"training", "support", "handle_case", "inspection", "organise", "direct", "digital", "invest"} <= codes
