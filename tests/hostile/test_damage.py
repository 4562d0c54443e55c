"""Files that came to harm: whatever is left of one, it is a Document or an error that names what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.parsers import SUFFIXES, parse
from pipeline.parsers.sniff import sniff
from pipeline.problems import ParseError
from tests.hostile.damage import ALL_SUFFIXES, noise, places_to_cut, sound_files
from tests.hostile.made import SOUND

CUT = sound_files()
REFUSED = {"fodt": "file.no_reader"}
SAME = {"docm": "docx", "dotx": "docx", "dotm": "docx", "dot": "doc", "ott": "odt"}


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read without LibreOffice, antiword and Tesseract, which take bytes of any kind in processes of their own."""
    monkeypatch.setenv("BAOCAO_SOFFICE", "nowhere")
    monkeypatch.setenv("BAOCAO_ANTIWORD", "nowhere")
    monkeypatch.setenv("BAOCAO_TESSERACT", "nowhere")
    yield


def outcome(path: Path) -> str:
    """Return `read`, or the code of the error; whatever else is raised is the fault of the test that asks."""
    try:
        document = parse(path)
    except ParseError as error:
        return error.problem.code
    assert isinstance(document, Document)
    assert document.text
    return "read"


@pytest.mark.parametrize("form", sorted(CUT))
def test_a_file_cut_off_anywhere_is_read_or_refused_by_name(form: str, tmp_path: Path) -> None:
    data, path = CUT[form], tmp_path / f"a.{form}"
    found: Counter[str] = Counter()
    for at in places_to_cut(len(data)):
        path.write_bytes(data[:at])
        found[outcome(path)] += 1
    assert found["file.empty"] == 1
    assert set(found) <= {"read", "file.empty", "file.damaged", "file.no_text", "file.no_reader", "file.format"}


@pytest.mark.parametrize("form", ["docx", "xlsx", "ods", "odt", "pdf"])
def test_half_a_file_with_an_index_is_never_taken_for_a_report(form: str, tmp_path: Path) -> None:
    data, path = SOUND[form], tmp_path / f"a.{form}"
    for at in range(10, len(data) - 30, 9):  # of fewer bytes nobody can tell what they were
        path.write_bytes(data[:at])
        assert outcome(path) in ("file.damaged", "file.no_text", "file.format"), at


@pytest.mark.parametrize("suffix", ALL_SUFFIXES)
def test_an_empty_file_is_empty_under_every_suffix(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.touch()
    assert outcome(path) == "file.empty"


@pytest.mark.parametrize("suffix", ALL_SUFFIXES)
def test_random_bytes_are_damage_under_every_suffix(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    for seed, size in enumerate((1, 2, 3, 5, 8, 13, 64, 1024, 4096, 65_536)):
        path.write_bytes(noise(size, seed))
        refused = {"file.damaged", "file.no_text", "file.no_reader"}
        assert outcome(path) in (refused if size >= 64 else {"read", *refused})
    path.write_bytes(bytes(4096))
    assert outcome(path) in ("file.damaged", "file.no_text", "file.no_reader")


@pytest.mark.parametrize("form", sorted(SOUND))
def test_every_format_under_every_suffix_is_read_by_what_is_in_it(form: str, tmp_path: Path) -> None:
    data = SOUND[form]
    for suffix in sorted({*SUFFIXES, "", "jpg", "zip", "xlsb"}):
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(data)
        if form in ("txt", "md", "csv"):  # of these the suffix decides
            assert outcome(path) == "read"
            continue
        assert sniff(data, suffix) == form
        if form in REFUSED:
            assert outcome(path) == REFUSED[form]
            continue
        document = parse(path)
        assert "12" in document.text
        assert "340" in document.text
        codes = [problem.code for problem in document.problems]
        wrong = suffix in SUFFIXES and SAME.get(suffix, suffix) not in (
            form,
            {"htm": "html", "xhtml": "html"}.get(form),
        )
        if wrong and not (form in ("html", "mht") or suffix in ("htm", "xhtml", "mhtml", "xlsm")):
            assert "file.suffix" in codes
        if suffix == form:
            assert "file.suffix" not in codes


@pytest.mark.parametrize("form", sorted(CUT))
def test_bytes_ahead_or_behind_or_twice_raise_nothing_else(form: str, tmp_path: Path) -> None:
    data, path = CUT[form], tmp_path / f"a.{form}"
    for changed in (noise(40, 2) + data, data + noise(40, 3), data + data, data.replace(b"\n", b"\r\n"), data[::-1]):
        path.write_bytes(changed)
        assert outcome(path)
