"""SECURITY.md names nothing that isn't there: every file of tests or sources, and every page that it links to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted({*re.findall(r"`((?:tests|pipeline)/[^`]+)`", PAGE), *re.findall(r"\]\(([^)#]+)\)", PAGE)})


@pytest.mark.parametrize("path", NAMED)
def test_what_the_page_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_attempt_has_what_stops_it_and_a_test() -> None:
    rows = [
        line.strip("| ").split(" | ")
        for line in PAGE.splitlines()
        if line.startswith("| ") and "what stops it" not in line
    ]
    assert len(rows) > 10
    assert [row[0] for row in rows if len(row) != 3 or "tests/" not in row[2]] == []
