"""Dates and periods in the forms that many kinds of offices write: what each is in EDTF, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.model import DateMention
from pipeline.rulebook import load_pack

PACK = load_pack("core")
FORMS = Path(__file__).with_name("dates.txt")


def forms():
    for line in FORMS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, wanted = line.split("|")
            yield text.strip(), wanted.split()


@pytest.mark.parametrize(("text", "wanted"), list(forms()), ids=lambda value: str(value)[:50])
def test_dates(text, wanted):
    extraction = extract(passage(text), PACK)
    dates = [item for item in extraction.items if isinstance(item, DateMention)]
    found = [date.value + (":d" if date.role == "document" else "") for date in dates]
    codes = [problem.code for problem in extraction.problems]
    assert found + ["!"] * codes.count("date.unreadable") == wanted
    assert "number.unexplained" not in codes
