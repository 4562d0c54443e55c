"""Slips of YAML: what a person did wrong and on which line, not where a parser gave up."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.problems import CATALOGUE
from pipeline.problems.reasons import YAML
from pipeline.rulebook.grammar import slip_in
from pipeline.rulebook.source import LOADER, RulesError, read_yaml

# The text, and the reason and the line of the slip
SLIPS = [
    ("rules:\n\t- id: a\n", "tab", 2),
    ("rules:\n  - id: a\n\t  title: b\n", "tab", 3),
    ("id: a\ntitle b\nwhy: c\n", "colon", 2),
    ("title b\nwhy: c\n", "colon", 1),
    ("rules:\n  - id: a\n    title b\n", "colon", 3),
    ("id: a\ntitle:b\nwhy: c\n", "space", 2),
    ("rules:\n  - id:a\n    title: b\n", "space", 2),
    ("rules:\n  - id: a\n   title: b\n", "indent", 3),
    ("rules:\n  - id: a\n      title: b\n", "indent", 3),
    ("rules:\n  - id: a\n  title: b\n", "indent", 3),
    ("rules:\n  - id: a\n - id: b\n", "indent", 3),
    ("id: a\n title: b\n", "indent", 2),
    ("id: a\n- b\n", "indent", 2),
    ("title: 'gánh\nwhy: b\n", "quote", 1),
    ('title: "gánh\nwhy: b\n', "quote", 1),
    ("rules:\n  - title: 'gánh\n    why: 'thúng'\n", "quote", 2),
    ("e:\n  - {text: 'gánh', value: '3}\n  - {text: 'thúng'}\n", "quote", 2),
    ("units: [thúng, rổ\nwhy: b\n", "bracket", 1),
    ("e:\n  - {text: gánh, value: 3\n  - {text: thúng}\n", "bracket", 2),
    ("phrases: [gánh #, đội # thúng]\nwhy: b\n", "comment", 1),
    ("units: ['thúng' 'rổ']\n", "comma", 1),
    ("e:\n  - {text: 'gánh' value: '3'}\n", "comma", 2),
    ("units: [thúng]]\nwhy: b\n", "closing", 1),
    ("title: 'gánh' thúng\n", "after", 1),
    ("pattern: {so} thúng\n", "after", 1),
    ("title: 'gánh 'ba' thúng'\n", "after", 1),
    ("title: Tổng số: 12 hộ\n", "value", 1),
    ("rejects:\n  - Tổng số: 12 hộ: cũ\n", "value", 2),
    ("why: b\ntitle: %\n", "sign", 2),
    ("title: @x\n", "sign", 1),
    ("title: *x\n", "sign", 1),
    ('pattern: "\\d+"\n', "escape", 1),
    ("pattern: |x\n", "block", 1),
    ("a: 1\n---\nb: 2\n", "documents", 2),
    ("a: x\x01y\n", "control", 1),
]


@pytest.mark.parametrize("loader", [LOADER, yaml.SafeLoader], ids=["libyaml", "python"])
@pytest.mark.parametrize(("text", "reason", "line"), SLIPS)
def test_a_slip_is_told_as_it_was_made(text: str, reason: str, line: int, loader: type[yaml.SafeLoader]) -> None:
    with pytest.raises(yaml.YAMLError) as error:
        yaml.compose(text, Loader=loader)
    slip = slip_in(text, error.value)
    assert (slip.reason, slip.line) == (reason, line)


@pytest.mark.parametrize(("lang", "at"), [("vi", 0), ("en", 1)])
@pytest.mark.parametrize(("text", "reason"), [(text, reason) for text, reason, _ in SLIPS])
def test_a_slip_is_told_in_plain_words(tmp_path: Path, text: str, reason: str, lang: str, at: int) -> None:
    (tmp_path / "tệp.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        read_yaml(tmp_path / "tệp.yaml")
    told = CATALOGUE["rules.bad_yaml"].message(error.value.problem, lang)
    assert YAML[reason][at].partition("{")[0] in told
    assert not any(word in told for word in ("expected", "scanning", "mapping", "token", "{sign}", "{column}"))


def test_what_nobody_foresaw_has_a_line_and_a_column() -> None:
    mark = yaml.Mark("", 0, 1, 4, None, 0)
    slip = slip_in("a: 1\nb: 2345\n", yaml.MarkedYAMLError(problem="out of ink", problem_mark=mark))
    assert (slip.reason, slip.line, slip.column) == ("other", 2, 5)


@pytest.mark.parametrize("text", ["", "\n", "# chưa có quy tắc nào\n"])
def test_a_file_of_comments_alone_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    section = read_yaml(tmp_path / "a.yaml")
    section.close()
    assert (section.keys(), section.line) == ((), 1)


def test_a_missing_key_names_the_one_that_is_like_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("why: x\ntitel: y\n", encoding="utf-8")
    with pytest.raises(RulesError) as error:
        read_yaml(tmp_path / "a.yaml").text("title")
    assert (error.value.problem.code, error.value.line) == ("rules.missing_key", 2)
    assert "titel" in str(error.value)


def test_an_entry_with_a_colon_asks_for_quotes(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("phrases:\n  - gánh\n  - cấp mới: #\n", encoding="utf-8")
    with pytest.raises(RulesError) as error:
        read_yaml(tmp_path / "a.yaml").texts("phrases")
    assert (error.value.line, "single quotes" in str(error.value)) == (3, True)
