"""Strict YAML: scalars stay text, values are asked for by type, and every fault names its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.problems import CATALOGUE
from pipeline.rulebook.source import RulesError, Section, read_text, read_yaml


def section_of(folder: Path, text: str) -> Section:
    path = folder / "tệp.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


@pytest.mark.parametrize(
    "scalar",
    ["1.250", "1.0", "no", "yes", "on", "~", "null", "12:30", "0x1F", "007", "1e3", "2024-01-01", "true", "=", "«05»"],
)
def test_scalars_stay_text(tmp_path: Path, scalar: str) -> None:
    section = section_of(tmp_path, f"a: {scalar}\nb: [{scalar}, '{scalar}']\nc: {{{scalar}: {scalar}}}\n")
    assert section.text("a") == scalar
    assert section.texts("b") == (scalar, scalar)
    inner = section.section("c")
    assert inner and inner.keys() == (scalar,) and inner.text(scalar) == scalar


def test_values_by_type(tmp_path: Path) -> None:
    section = section_of(
        tmp_path,
        "chữ: a b\nsố: -5\ncó: yes\nkhông: no\nchọn: hai\nnhiều: [a, b]\nrỗng: []\nmục:\n  - {x: 1}\n  - {x: 2}\n",
    )
    assert section.text("chữ") == section.text("chữ", "khác") == "a b"
    assert section.number("số", 3) == -5
    assert (section.flag("có"), section.flag("không"), section.flag("vắng")) == (True, False, False)
    assert section.choice("chọn", ("một", "hai")) == "hai"
    assert (section.texts("nhiều"), section.texts("rỗng")) == (("a", "b"), ())
    assert [(s.text("x"), s.line) for s in section.sections("mục")] == [("1", 9), ("2", 10)]
    assert section.keys() == ("chữ", "số", "có", "không", "chọn", "nhiều", "rỗng", "mục")
    section.close()


def test_values_that_are_missing(tmp_path: Path) -> None:
    section = section_of(tmp_path, "a: 1\n")
    assert section.text("b", "mặc định") == "mặc định"
    assert section.text("b", "") == ""
    assert section.number("b", 7) == 7
    assert section.choice("b", ("x",), "y") == "y"
    assert (section.texts("b"), list(section.sections("b")), section.section("b")) == ((), [], None)
    assert section.line_of("b") == 1


FAULTS: list[tuple[str, Callable[[Section], object], str, int]] = [
    ("x: 1\ny: [a]\n", lambda s: s.text("y"), "rules.wrong_type", 2),
    ("x: 1\ny: {a: b}\n", lambda s: s.text("y"), "rules.wrong_type", 2),
    ("x: 1\n", lambda s: s.text("y"), "rules.missing_key", 1),
    ("# lời\nx: 1\n", lambda s: s.choice("y", ("a",)), "rules.missing_key", 2),
    ("x: 1\ny: b\n", lambda s: s.choice("y", ("a",)), "rules.unknown_value", 2),
    ("x: 1\ny: b\n", lambda s: s.choice("y", ("a",), "a"), "rules.unknown_value", 2),
    ("x: 1\ny: true\n", lambda s: s.flag("y"), "rules.unknown_value", 2),
    ("x: 1\ny: cao\n", lambda s: s.number("y", 0), "rules.wrong_type", 2),
    ("x: 1\ny: 1.5\n", lambda s: s.number("y", 0), "rules.wrong_type", 2),
    ("x: 1\ny:\n", lambda s: s.number("y", 0), "rules.wrong_type", 2),
    ("x: 1\ny: a\n", lambda s: s.texts("y"), "rules.wrong_type", 2),
    ("x: 1\ny: [a, [b]]\n", lambda s: s.texts("y"), "rules.wrong_type", 2),
    ("x: 1\ny:\n  - a: b\n", lambda s: s.texts("y"), "rules.wrong_type", 3),
    ("x: 1\n", lambda s: s.texts("y", required=True), "rules.missing_key", 1),
    ("x: 1\ny: {a: b}\n", lambda s: list(s.sections("y")), "rules.wrong_type", 2),
    ("x: 1\ny:\n  - {a: b}\n  - chữ\n", lambda s: list(s.sections("y")), "rules.not_keys", 4),
    ("x: 1\n", lambda s: list(s.sections("y", required=True)), "rules.missing_key", 1),
    ("x: 1\ny: [a]\n", lambda s: s.section("y"), "rules.not_keys", 2),
    ("x: 1\ny: 2\n", lambda s: (s.text("x"), s.close()), "rules.unknown_key", 2),
]


@pytest.mark.parametrize(("text", "ask", "code", "line"), FAULTS)
def test_faults_name_their_line(
    tmp_path: Path, text: str, ask: Callable[[Section], object], code: str, line: int
) -> None:
    section = section_of(tmp_path, text)
    with pytest.raises(RulesError) as error:
        ask(section)
    assert (error.value.problem.code, error.value.path, error.value.line) == (code, section.path, line)
    assert f"{section.path}:{line}" in str(error.value)


@pytest.mark.parametrize("number", ["--5", "²"])
def test_what_only_looks_like_a_number_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(RulesError):
        section_of(tmp_path, f"y: {number}\n").number("y", 0)


def test_a_required_text_is_not_empty(tmp_path: Path) -> None:
    section = section_of(tmp_path, "x: 1\ntitle:\n")
    with pytest.raises(RulesError):
        section.text("title")


@pytest.mark.parametrize(
    ("key", "known"),
    [("exampels", "examples"), ("reject", "rejects"), ("Title", "title"), ("zzz", "examples, rejects, title")],
)
def test_an_unknown_key_is_told_the_nearest_known_one(tmp_path: Path, key: str, known: str) -> None:
    section = section_of(tmp_path, f"title: a\n{key}: b\n")
    for asked in ("title", "examples", "rejects"):
        section.text(asked, "")
    with pytest.raises(RulesError) as error:
        section.close()
    detail = dict(error.value.problem.detail)
    assert (detail["key"], detail["known"], error.value.line) == (key, known, 2)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"a: 1\nb: [1, 2\nc: 3\n", "rules.bad_yaml", 2),
        (b"a: 1\n\tb: 2\n", "rules.bad_yaml", 2),
        (b"a: 'x\nb: 2\n", "rules.bad_yaml", 1),
        (b"a: b: c\n", "rules.bad_yaml", 1),
        (b"a: 1\n---\nb: 2\n", "rules.bad_yaml", 2),
        ("a: Đoàn\n".encode("utf-16"), "rules.bad_yaml", 1),
        (b"x: y\na: \xd0o\xe0n\n", "rules.bad_yaml", 2),
        (b"- a\n- b\n", "rules.not_keys", 1),
        ("\n\nchữ\n".encode(), "rules.not_keys", 3),
        (b"{a:'c', d: e}\n", "rules.bad_yaml", 1),
        (b"a: 1\nb: 2\na: 3\n", "rules.repeated_key", 3),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, code: str, line: int) -> None:
    path = tmp_path / "tệp.yaml"
    path.write_bytes(content)
    with pytest.raises(RulesError) as error:
        read_yaml(path)
    assert (error.value.problem.code, error.value.path, error.value.line) == (code, path, line)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as error:
        read_yaml(tmp_path / "vắng.yaml")
    assert error.value.problem.code == "rules.bad_yaml"


def test_a_key_repeated_deep_inside_is_refused(tmp_path: Path) -> None:
    section = section_of(tmp_path, "mục:\n  - a: 1\n    b: 2\n    a: 3\n")
    with pytest.raises(RulesError) as error:
        list(section.sections("mục"))
    assert (error.value.problem.code, error.value.line) == ("rules.repeated_key", 4)


def test_a_byte_order_mark_is_no_part_of_a_key(tmp_path: Path) -> None:
    assert section_of(tmp_path, "\ufeffa: 1\n").keys() == ("a",)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_reasons_are_told_in_the_language_asked_for(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("rejects: thúng\n", encoding="utf-8")
    with pytest.raises(RulesError) as wrong:
        list(read_yaml(path).entries("rejects"))
    with pytest.raises(RulesError) as unread:
        read_text(tmp_path, "rules.bad_table", "utf-8-sig")
    told = [CATALOGUE[fault.value.problem.code].message(fault.value.problem, lang) for fault in (wrong, unread)]
    words = {
        "vi": ("một danh sách chuỗi chữ hoặc", "không mở được tệp ("),
        "en": ("a list of texts, or", "can't be opened ("),
    }
    assert [word for word, said in zip(words[lang], told, strict=True) if word not in said] == []
