"""What is known of patterns beforehand is what is worked out of each, and nothing hangs on the file that has it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.rulebook import candidate_packs, known
from pipeline.rulebook.known import KNOWN, Pattern, pattern_of
from pipeline.rulebook.pack import forget_packs
from pipeline.rulebook.publish import known_patterns

WRITTEN = r"(?<!\w)(?P<n>\d+)[ ]thúng"


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of known patterns in place of the shipped one."""
    path = tmp_path / "known.json"
    monkeypatch.setattr(known, "KNOWN", path)
    _forget()
    yield path
    _forget()


def _forget() -> None:
    known._published.cache_clear()
    pattern_of.cache_clear()
    forget_packs()


def _shipped() -> list[Pattern]:
    rules = {rule.id: rule for pack in candidate_packs(()) for rule in pack.patterns}
    return [rule.pattern for rule in rules.values() if rule.pattern is not None]


def test_the_published_file_is_up_to_date() -> None:
    assert KNOWN.read_text(encoding="utf-8") == known_patterns(), "run python -m pipeline.rulebook.publish"


def test_what_is_known_is_what_is_worked_out() -> None:
    patterns = _shipped()
    assert len(patterns) > 100
    for one in patterns:
        worked_out, told = Pattern(one.pattern), pattern_of(one.pattern)
        assert told._known is not None, f"{one} is not published: run python -m pipeline.rulebook.publish"
        assert (told.flags, told.needs, told.openings) == (worked_out.flags, worked_out.needs, worked_out.openings)
        assert list(told.groupindex.items()) == list(worked_out.groupindex.items())
        assert told == worked_out and hash(told) == hash(worked_out)


def test_known_patterns_are_compiled_when_they_are_tried() -> None:
    _forget()
    first = _shipped()[0]
    assert "compiled" not in vars(first)
    assert first.search("") is None
    assert first.compiled == re.compile(first.pattern)


def test_a_pattern_that_is_not_known_is_compiled_at_once() -> None:
    assert "compiled" in vars(pattern_of(WRITTEN))
    with pytest.raises(re.error):
        pattern_of("(?P<n>")


def test_a_pattern_with_flags_of_its_own_is_not_published(published: Path) -> None:
    published.write_text(known.published([Pattern(WRITTEN), Pattern("(?i)thúng"), Pattern(WRITTEN)]), encoding="utf-8")
    assert len(json.loads(published.read_bytes())) == 1
    assert "compiled" not in vars(pattern_of(WRITTEN))
    assert pattern_of("(?i)thúng").flags & re.IGNORECASE


@pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff", b"{"])
def test_without_a_good_file_all_is_worked_out(published: Path, content: bytes | None) -> None:
    if content is not None:
        published.write_bytes(content)
    assert all("compiled" in vars(one) for one in _shipped())


@pytest.mark.parametrize("plain", [None, 1, [], [{}, [], True], [{}, 1, True, None], [{}, [], True, [[]]]])
def test_an_entry_of_another_form_is_none(published: Path, plain: object) -> None:
    entries = dict.fromkeys(json.loads(KNOWN.read_bytes()), plain)
    published.write_text(json.dumps(entries), encoding="utf-8")
    assert all("compiled" in vars(one) for one in _shipped())
