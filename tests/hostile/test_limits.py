"""Limits of what a file may hold: each is held in every format that it is for, named in the refusal, and changeable."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline.cli import main
from pipeline.model import Document
from pipeline.parsers import parse
from pipeline.parsers.limits import NAMES, FileLimits, changed, hold_to_limits, limits_told
from pipeline.parsers.pdf import read_pdf
from pipeline.parsers.scan.engine import OcrError
from pipeline.parsers.xml import looks_like_xml
from pipeline.problems import BaocaoError, ParseError
from tests.hostile.bombs import lying, nested, overlapping, pdf_bombs
from tests.hostile.exceeding import CASES, NESTED_ODT, Case
from tests.hostile.made import SOUND, WORDS, docx, docx_parts, odf_xml, ods, odt, pdf, xlsx, xlsx_parts

ROOT = Path(__file__).parents[2]
Held = Callable[..., None]
EACH = [
    pytest.param(name, case, file, id=f"{name}-{case.code}-{file}")
    for name, cases in CASES.items()
    for case in cases
    for file in case.files
]


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read without LibreOffice, and pictures as if Tesseract failed on them."""

    def fail(pages: Sequence[object], *asked: object) -> list[OcrError]:
        return [OcrError("played") for _ in pages]

    monkeypatch.setenv("BAOCAO_SOFFICE", "nowhere")
    monkeypatch.setattr("pipeline.parsers.scan.pages.find_tesseract", lambda: Path("tesseract"))
    monkeypatch.setattr("pipeline.parsers.scan.reading.read_scans", fail)
    yield
    hold_to_limits(None)


def written(folder: Path, file: str, data: bytes) -> Path:
    path = folder / file
    path.write_bytes(data)
    return path


def told(path: Path) -> list[tuple[str, str]]:
    """Return the code and the limit of each problem that a limit makes of a file."""
    try:
        problems = list(parse(path).problems)
    except ParseError as error:
        problems = [error.problem]
    named = {"sheet.too_large": "sheet_cells"}
    return [
        (problem.code, limit)
        for problem in problems
        if (limit := dict(problem.detail).get("limit", named.get(problem.code, "")))
    ]


def test_every_limit_has_a_case() -> None:
    assert set(CASES) == set(NAMES)


@pytest.mark.parametrize(("name", "case", "file"), EACH)
def test_a_limit_is_held_and_named_and_can_be_raised(
    name: str, case: Case, file: str, tmp_path: Path, held: Held
) -> None:
    path = written(tmp_path, file, case.files[file])
    held(**{name: case.low, **case.others})
    assert told(path) == [(case.code, name)]
    held(**({} if case.enough is None else {name: case.enough}))
    assert told(path) == []


def test_the_refusal_says_what_was_found_and_allowed_in_both_languages(tmp_path: Path, held: Held) -> None:
    held(pages=2)
    with pytest.raises(ParseError) as caught:
        parse(written(tmp_path, "a.pdf", pdf(pages=3)))
    assert "limit pages" in str(caught.value)
    assert "3, where 2 is allowed" in str(caught.value)
    assert "--limit pages=" in str(caught.value)


def test_one_page_beyond_a_limit_costs_that_page_alone(tmp_path: Path, held: Held) -> None:
    case = CASES["page_objects"][1]
    held(page_objects=case.low)
    document = parse(written(tmp_path, "two.pdf", case.files["two.pdf"]))
    assert document.text.startswith("Da to chuc 12 lop")
    assert [dict(problem.detail)["page"] for problem in document.problems] == ["1"]
    assert len(document.pages) == 2


# Archives, at the usual limits.

FORMS = {
    "docx": (docx, "word/media/a.bin"),
    "xlsx": (xlsx, "xl/media/a.bin"),
    "odt": (odt, "a.bin"),
    "ods": (ods, "a.bin"),
}
ZEROS = bytes(25_000_000)


@pytest.mark.parametrize("form", FORMS)
def test_a_bomb_of_a_thousand_to_one_is_refused(form: str, tmp_path: Path) -> None:
    make, name = FORMS[form]
    assert told(written(tmp_path, f"a.{form}", make(more={name: ZEROS}))) == [("file.limit", "unpacked_ratio")]


@pytest.mark.parametrize("form", FORMS)
def test_members_that_share_their_bytes_count_each(form: str, tmp_path: Path) -> None:
    data = overlapping(FORMS[form][0]())
    assert len(data) < 50_000
    assert told(written(tmp_path, f"a.{form}", data)) == [("file.limit", "unpacked_size")]


@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_parts_are_too_many(form: str, tmp_path: Path) -> None:
    many = dict.fromkeys(map(str, range(10_001)), "")
    assert told(written(tmp_path, f"a.{form}", FORMS[form][0](more=many))) == [("file.limit", "parts")]


@pytest.mark.parametrize("form", FORMS)
def test_an_archive_in_an_archive_is_not_opened(form: str, tmp_path: Path, held: Held) -> None:
    make, name = FORMS[form]
    assert parse(written(tmp_path, f"a.{form}", make(more={name: nested()}))).text == WORDS
    with pytest.raises(ParseError) as caught:
        parse(written(tmp_path, f"b.{form}", nested(f"a.{form}")))
    assert caught.value.problem.code == "file.format"


LYING = {
    "docx": (docx, docx_parts(), "word/document.xml"),
    "xlsx": (xlsx, xlsx_parts(), "xl/worksheets/sheet1.xml"),
    "odt": (odt, {"content.xml": odf_xml("", "text")}, "content.xml"),
    "ods": (ods, {"content.xml": odf_xml("", "spreadsheet")}, "content.xml"),
}


@pytest.mark.parametrize("form", LYING)
def test_a_part_that_says_it_is_small_is_not_unpacked_any_further(form: str, tmp_path: Path) -> None:
    make, parts, name = LYING[form]
    honest = make(more={name: str(parts[name]).encode() + b" " * 30_000_000})
    path = written(tmp_path, f"a.{form}", lying(honest, name))
    tracemalloc.start()
    try:
        with pytest.raises(ParseError) as caught:
            parse(path)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.problem.code == "file.damaged"


@pytest.mark.parametrize("form", FORMS)
def test_a_member_is_as_large_as_it_says(form: str, tmp_path: Path) -> None:
    make, name = FORMS[form]
    path = written(tmp_path, f"a.{form}", lying(make(more={name: bytes(100_000)}), name, says=99_999))
    with pytest.raises(ParseError, match="larger than it says"):
        parse(path)
    assert parse(written(tmp_path, f"b.{form}", make(more={name: bytes(100_000)}))).text == WORDS


def test_entities_of_a_part_of_a_part_count(tmp_path: Path) -> None:
    assert told(written(tmp_path, "a.odt", NESTED_ODT)) == [("file.limit", "xml_entities")]


@pytest.mark.parametrize("form", ["docx", "xlsx", "odt", "ods"])
def test_tags_nested_deeper_than_libxml2_reads_them_are_named(form: str, tmp_path: Path) -> None:
    deep = "<a>" * 3000 + "</a>" * 3000
    main = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}.get(form, "content.xml")
    parts = {"docx": docx_parts, "xlsx": xlsx_parts}
    whole = str(parts[form]()[main] if form in parts else odf_xml("", "text" if form == "odt" else "spreadsheet"))
    closing = whole.rindex("</")
    data = FORMS[form][0](more={main: whole[:closing] + deep + whole[closing:]})
    assert told(written(tmp_path, f"a.{form}", data)) == [("file.limit", "xml_depth")]


@pytest.mark.parametrize(
    ("head", "is_xml"),
    [
        (b"<a/>", True),
        (b" \n\t<a/>", True),
        (b"   ", True),
        (b"\xef\xbb\xbf<a/>", True),
        ("<a/>".encode("utf-16"), True),
        ("<a/>".encode("utf-16-le"), True),
        ("<a/>".encode("utf-16-be"), True),
        ("<?xml?>".encode("cp500"), True),
        (b"\x89PNG\r\n", False),
        (b"GIF89a<a/>", False),
    ],
)
def test_what_may_be_xml(head: bytes, is_xml: bool) -> None:
    assert looks_like_xml(head) is is_xml


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
def test_what_is_packed_as_no_report_is_stays_packed(form: str, packing: int, tmp_path: Path) -> None:
    out = io.BytesIO(FORMS[form][0]())
    with ZipFile(out, "a", packing) as archive:
        archive.writestr("a.bin", bytes(1000))
    with pytest.raises(ParseError, match="packed as no program packs reports"):
        parse(written(tmp_path, f"a.{form}", out.getvalue()))


# PDF.

SLOW_TO_MAKE = frozenset({"objects_of_page.pdf"})
READ = {
    "count_low.pdf": 1,
    "count_high.pdf": 3,
    "count_none.pdf": 3,
    "count_below.pdf": 3,
    "deep_array.pdf": 1,
    "previous.pdf": 1,
}
REFUSED = {
    "tree.pdf": "pages",
    "picture.pdf": "pixels",
    "wide_picture.pdf": "pixels",
    "characters_of_page.pdf": "page_characters",
    "listed.pdf": "pdf_objects",
    "loop.pdf": "",
    "deep_tree.pdf": "",
}


@pytest.mark.parametrize(
    ("name", "data"),
    [pytest.param(name, data, id=name) for name, data in pdf_bombs(blanks=30_000_000) if name not in SLOW_TO_MAKE],
)
def test_bombs_of_pdf(name: str, data: bytes, tmp_path: Path, held: Held) -> None:
    held(pdf_stream=20_000_000, pixels=5_000_000)
    path = written(tmp_path, name, data)
    if name in READ:
        assert len(parse(path).pages) == READ[name]
        return
    with pytest.raises(ParseError) as caught:
        parse(path)
    limit = REFUSED.get(name, "pdf_stream")
    assert caught.value.problem.code == ("file.limit" if limit else "file.damaged")
    assert dict(caught.value.problem.detail).get("limit", "") == limit


def test_the_streams_of_an_encrypted_file_are_looked_into(held: Held) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, encrypt=StandardEncryption("", ownerPassword="owner"))
    for line in range(200):
        canvas.drawString(72, 700 - line % 60 * 10, "Da mo 12 lop.")
    canvas.save()
    document: Document = read_pdf(out.getvalue())
    assert document.text.count("12 lop") >= 60
    held(pdf_stream=2_000)
    with pytest.raises(ParseError, match="limit pdf_stream"):
        read_pdf(out.getvalue())


# Changing them.


@pytest.mark.parametrize(
    ("limit", "name", "value"),
    [
        ("pages=9000", "pages", 9000),
        ("file_size=1GB", "file_size", 10**9),
        ("file_size=2.5MB", "file_size", None),
        ("xml_size=500kb", "xml_size", 500_000),
        ("xml_depth=100000", "xml_depth", 256),
        ("cells=0", "cells", 0),
        ("cells=-1", "cells", None),
        ("cells=", "cells", None),
        ("cells", "cells", None),
        ("cell=5", "cells", None),
        ("CELLS=5", "cells", None),
        ("cells=５", "cells", None),
        ("cells=1_000", "cells", None),
        ("cells=99999999999999999999", "cells", None),
        ("=5", "cells", None),
    ],
)
def test_a_limit_in_words(limit: str, name: str, value: int | None) -> None:
    if value is not None:
        assert getattr(changed(FileLimits(), [limit]), name) == value
        return
    with pytest.raises(BaocaoError) as caught:
        changed(FileLimits(), [limit])
    assert caught.value.problem.code == "run.limit"
    assert all(known in str(caught.value) for known in NAMES)


def test_limits_of_the_environment_are_apart_by_blanks_or_commas() -> None:
    assert limits_told("pages=7, cells=9\tparts=3") == FileLimits(pages=7, cells=9, parts=3)
    assert limits_told("") == FileLimits()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "in"
    made.mkdir()
    (made / "tot.txt").write_bytes(SOUND["txt"])
    for name, (file, data) in BEYOND.items():
        (made / f"{name}_{file}").write_bytes(data)
    return made


BEYOND = {
    name: (file, cases[0].files[file])
    for name, file in (("pages", "a.pdf"), ("xml_depth", "a.docx"), ("html_depth", "a.html"), ("sheet_cells", "a.xlsx"))
    for cases in (CASES[name],)
}
LOW = {name: CASES[name][0].low for name in BEYOND}


def rows(out: str, table: str = "reports") -> dict[str, dict[str, str]]:
    with Path(out, f"{table}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines)}


@pytest.mark.usefixtures("forked")
def test_a_run_keeps_limits_in_its_workers_tells_them_and_reads_the_neighbours(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    low = [word for name, most in LOW.items() for word in ("--limit", f"{name}={most}")]
    arguments = ["run", "in", "-o", "out", "--no-cache", "-q", "--lang", "en"]
    assert main([*arguments, *low, "--workers", "2"]) == 1
    reports, problems = rows("out"), rows("out", "problems")
    assert set(reports) == {"tot.txt", *(f"{name}_{file}" for name, (file, _) in BEYOND.items())}
    assert reports["tot.txt"]["status"] == "ok"
    for name, (file, _) in BEYOND.items():
        row, problem = reports[f"{name}_{file}"], problems[f"{name}_{file}"]
        assert row["status"] == ("partial" if name == "sheet_cells" else "failed")
        assert f"limit {name}" in row["error"]
        assert problem["code"] == ("sheet.cut" if name == "sheet_cells" else "file.limit")
        assert f"--limit {name}=" in problem["message"]
    kept = json.loads(Path("out/run.json").read_text(encoding="utf-8"))["arguments"]["limits"]
    assert {name: kept[name] for name in NAMES} == {name: LOW.get(name, getattr(FileLimits(), name)) for name in NAMES}
    monkeypatch.setenv("BAOCAO_LIMITS", " ".join(f"{name}={most}" for name, most in LOW.items()))
    hold_to_limits(None)
    raised = [word for name in LOW for word in ("--limit", f"{name}=1000")]
    assert main([*arguments, *raised]) == 0
    assert {row["status"] for row in rows("out").values()} == {"ok"}
    assert main([*arguments, *raised[:2]]) == 1
    assert {file for file, row in rows("out").items() if row["status"] == "failed"} == {
        "xml_depth_a.docx",
        "html_depth_a.html",
    }


@pytest.mark.parametrize(
    "command", [["run", "in", "-o", "out"], ["watch", "in", "-o", "out", "--once"], ["gaps", "in", "-o", "out"]]
)
def test_a_limit_that_makes_no_sense_is_told_before_anything_is_read(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([*command, "--limit", "pagges=3", "--lang", "vi"]) == 2
    assert "«pagges=3» không phải một giới hạn" in capsys.readouterr().err
    monkeypatch.setenv("BAOCAO_LIMITS", "pages=many")
    hold_to_limits(None)
    assert main([*command, "--lang", "en"]) == 2
    assert "“pages=many” is no limit" in capsys.readouterr().err
    assert not Path("out").exists()


@pytest.mark.parametrize("command", ["text", "explain"])
def test_limits_of_the_environment_hold_for_every_command(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAOCAO_LIMITS", "pages=2")
    hold_to_limits(None)
    assert main([command, "in/pages_a.pdf", "--lang", "en"]) == 1
    assert "limit pages" in capsys.readouterr().err
    monkeypatch.setenv("BAOCAO_LIMITS", "pages=x")
    hold_to_limits(None)
    assert main([command, "in/pages_a.pdf", "--lang", "en"]) == 2
    assert "“pages=x” is no limit" in capsys.readouterr().err


def test_the_page_of_limits_has_each_with_its_usual_value() -> None:
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    lines = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    shown = {line[1].strip(" `"): line[3].strip() for line in lines}
    usual = changed(FileLimits(), [f"{name}={value.replace(' ', '')}" for name, value in shown.items()])
    assert list(shown) == list(NAMES)
    assert usual == FileLimits()
    assert all(len(line[2].strip()) > 10 and len(line[4].strip()) > 20 for line in lines)
