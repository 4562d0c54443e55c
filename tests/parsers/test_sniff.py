"""One door for all formats: what a file is, which reader gets it, and what is said of the rest."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import Block, BlockKind, Document
from pipeline.parsers import READERS, SUFFIXES, is_report_file, parse
from pipeline.parsers.sniff import PRINTED, sniff
from pipeline.problems import CATALOGUE, ParseError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
TEXT = "Đã tổ chức 05 lớp tập huấn.".encode()


def zipped(*names: str, stored: bytes = b"") -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, stored)
    return target.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


DOCX = zipped("[Content_Types].xml", "word/document.xml")
ODT = zipped("mimetype", stored=b"application/vnd.oasis.opendocument.text")

SNIFFED = [
    (b"%PDF-1.7\n", "pdf", "pdf"),
    (b"\xef\xbb\xbf\n\n%PDF-1.4\n", "docx", "pdf"),
    (bytes(1200) + b"%PDF-1.4\n", "txt", "txt"),
    (DOCX, "docx", "docx"),
    (DOCX, "txt", "docx"),
    (DOCX[:-30], "bin", "docx"),
    (DOCX[:-30], "docx", "docx"),
    (DOCX[:20], "docx", "docx"),
    (DOCX[:20], "bin", "zip"),
    (zipped("word/media/a.png"), "docx", "zip"),
    (zipped("a.txt"), "zip", "zip"),
    (zipped("xl/workbook.xml"), "docx", "xlsx"),
    (zipped("ppt/presentation.xml"), "docx", "pptx"),
    (ODT, "docx", "odt"),
    (ole("WordDocument"), "doc", "doc"),
    (ole("WordDocument"), "docx", "doc"),
    (ole("Workbook"), "xls", "xls"),
    (ole("EncryptedPackage"), "docx", "docx-encrypted"),
    (OLE, "bin", "ole"),
    (OLE, "doc", "doc"),
    (b"{\\rtf1\\ansi", "doc", "rtf"),
    (b"\n<!DOCTYPE html><html>", "doc", "html"),
    (b"<html lang='vi'>", "txt", "html"),
    (b"<?xml version='1.0'?>\n<html>", "txt", "html"),
    (b"<?xml version='1.0'?><a/>", "txt", "xml"),
    (b"<?xml version='1.0'?>\r\n<?mso-application progid=\"Word.Document\"?><w:wordDocument>", "doc", "xml"),
    (b"<?xml version='1.0'?>\n<office:document xmlns:office='urn:x'>", "xml", "fodt"),
    (b"<center>B</center>", "md", "md"),
    (b"<center>B</center>", "doc", "html"),
    (b"\xef\xbb\xbf<!-- a -->\n<table border=1><tr>", "xls", "html"),
    ("<html>".encode("utf-16"), "htm", "html"),
    (b"From: <Saved by Blink>\nSubject: BC\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "mht", "mht"),
    (b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n", "txt", "txt"),
    (b"MIME-Version: 1.0\n", "doc", "mht"),
    (b"STT\tN\n1\t2\n", "xls", "csv"),
    (zipped("mimetype", stored=b"application/vnd.oasis.opendocument.spreadsheet"), "ods", "ods"),
    (b"\x89PNG\r\n\x1a\n", "pdf", "png"),
    (b"\xff\xd8\xff\xe0", "jpg", "jpg"),
    (b"7z\xbc\xaf\x27\x1c", "docx", "7z"),
    (b"Rar!\x1a\x07\x00", "docx", "rar"),
    (TEXT, "txt", "txt"),
    (TEXT, "md", "md"),
    (TEXT, "markdown", "md"),
    (TEXT, "docx", "txt"),
    (TEXT, "", "txt"),
]


@pytest.mark.parametrize(("data", "suffix", "expected"), SNIFFED)
def test_sniff(data: bytes, suffix: str, expected: str) -> None:
    assert sniff(data, suffix) == expected


@given(
    st.binary(max_size=40) | st.sampled_from([data for data, _, _ in SNIFFED]),
    st.sampled_from(sorted(SUFFIXES)),
)
def test_every_format_has_a_printed_name(data: bytes, suffix: str) -> None:
    found = sniff(data, suffix)
    assert found in PRINTED or found == "docx-encrypted"


def error_of(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(ParseError) as caught:
        parse(path)
    problem = caught.value.problem
    assert problem.code in CATALOGUE
    return problem.code, dict(problem.detail)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


REFUSED = [
    ("a.docx", b"", "file.empty", {}),
    ("a.docx", ole("EncryptedPackage"), "file.encrypted", {"format": "DOCX"}),
    ("a.doc", ole("PowerPoint Document"), "file.format", {"found": "PowerPoint 97 (.ppt)"}),
    ("a.docx", zipped("xl/workbook.xml"), "file.damaged", {"format": "XLSX"}),
    ("a.docx", zipped("ppt/presentation.xml"), "file.format", {"found": "PowerPoint (.pptx)"}),
    ("a.xlsx", ole("EncryptedPackage"), "file.encrypted", {"format": "XLSX"}),
    ("a.pdf", b"\x89PNG\r\n\x1a\n", "file.format", {"found": "PNG"}),
    ("a.txt", b" \n", "file.no_text", {}),
    ("a.docx", bytes(range(256)), "file.damaged", {"format": "DOCX"}),
    ("a.PDF", bytes(range(256)), "file.damaged", {"format": "PDF"}),
    ("a.txt", bytes(range(256)), "file.damaged", {"format": "TXT"}),
    ("a.md", bytes(range(256)), "file.damaged", {"format": "MD"}),
]


@pytest.mark.parametrize(("name", "data", "code", "detail"), REFUSED)
def test_what_is_refused(tmp_path: Path, name: str, data: bytes, code: str, detail: dict[str, str]) -> None:
    found, details = error_of(written(tmp_path, name, data))
    assert (found, {key: details[key] for key in detail}) == (code, detail)


def test_what_can_not_be_opened(tmp_path: Path) -> None:
    code, detail = error_of(tmp_path / "không có.txt")
    assert (code, bool(detail["reason"])) == ("file.unreadable", True)
    assert error_of(tmp_path)[0] == "file.unreadable"


def test_text_by_suffix(tmp_path: Path) -> None:
    assert parse(written(tmp_path, "a.txt", "*một*".encode())).text == "*một*"
    assert parse(written(tmp_path, "a.MD", "*một*".encode())).text == "một"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", TEXT, None),
        ("a.markdown", TEXT, None),
        ("a.log", TEXT, None),
        ("a", TEXT, None),
        ("a.docm", DOCX, None),
        ("a.docx", TEXT, (("suffix", "docx"), ("format", "TXT"))),
        ("a.pdf", DOCX, (("suffix", "pdf"), ("format", "DOCX"))),
        ("a.DOC", DOCX, (("suffix", "doc"), ("format", "DOCX"))),
        ("a.txt", b"%PDF-1.7", (("suffix", "txt"), ("format", "PDF"))),
    ],
)
def test_content_beats_suffix(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    data: bytes,
    expected: tuple[tuple[str, str], ...] | None,
) -> None:
    read = Document("một", "?", (Block(BlockKind.PARAGRAPH, 0, 3),))
    for format_name in ("docx", "pdf"):
        monkeypatch.setitem(READERS, format_name, lambda _: read)
    problems = parse(written(tmp_path, name, data)).problems
    assert [(problem.code, problem.detail) for problem in problems] == (
        [] if expected is None else [("file.suffix", expected)]
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bao cao.docx", True),
        ("BC.PDF", True),
        ("bc.doc", True),
        ("bc.xlsx", True),
        ("~$bc.docx", False),
        (".bc.docx", False),
        ("._bc.docx", False),
        (".DS_Store", False),
        ("Thumbs.db", False),
        ("desktop.ini", False),
        ("docx", False),
        ("bc.docx.tmp", False),
    ],
)
def test_report_files(name: str, expected: bool) -> None:
    assert is_report_file(Path("thư mục") / name) is expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(["txt", "md", "docx", "pdf", "doc"]), st.binary(max_size=60))
def test_random_bytes_raise_nothing_but_parse_errors(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = written(tmp_path, f"a.{suffix}", data)
    try:
        parse(path)
    except ParseError as error:
        assert error.problem.code in CATALOGUE


def test_the_door_is_light() -> None:
    heavy = "{'lxml', 'docx', 'pypdfium2', 'pdfplumber'} & set(sys.modules)"
    command = f"import sys, pipeline.parsers; sys.exit({heavy} or 0)"
    subprocess.run([sys.executable, "-c", command], check=True)
