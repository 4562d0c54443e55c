"""DOC, ODT and RTF: converted many at a time whatever happens to one, or read lightly without LibreOffice."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from pipeline.extract import extract
from pipeline.model import Document
from pipeline.parsers import converted_ahead, parse
from pipeline.parsers.office import seclusion
from pipeline.parsers.office import soffice as soffice_module
from pipeline.parsers.office.fields import without_present
from pipeline.parsers.office.forms import import_filter, word_header
from pipeline.parsers.office.soffice import Soffice
from pipeline.parsers.programs import ANTIWORD, LIBREOFFICE
from pipeline.problems import ParseError
from pipeline.rulebook import load_pack
from tests.parsers.office_sketch import CRASH, HANG, OLE, REFUSE, FakeSoffice, doc_of, is_running
from tests.parsers.test_docx import LISTS, cell, complex_field, item, make_docx, para, run, table

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
NOTE = '<w:footnote w:id="2"><w:p><w:r><w:t>Công văn số 88/UBND-VX.</w:t></w:r></w:p></w:footnote>'
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
CHANGED = (
    '<w:p><w:r><w:t xml:space="preserve">Có </w:t></w:r>'
    '<w:del w:id="1" w:author="a"><w:r><w:delText>99</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a"><w:r><w:t>17</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> lớp.</w:t></w:r>'
    "</w:p>"
)
BODY = (
    para(run("Đã mở 05 lớp") + CALL)
    + CHANGED
    + item("Mục một")
    + item("Mục hai")
    + item("Con", level=1)
    + table(cell("STT") + cell("Tên") + cell("Số"), cell(item("")) + cell("An") + cell("12"))
    + para("Hết 27m².")
)


def made(body: str = BODY, **parts: str) -> bytes:
    return make_docx(body, numbering=LISTS, footnotes=NOTE, **parts)


needs_soffice = pytest.mark.skipif(LIBREOFFICE.find() is None, reason="LibreOffice (soffice) is not installed")
needs_antiword = pytest.mark.skipif(ANTIWORD.find() is None, reason="antiword is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script that only POSIX runs")


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The document BODY and a sample, each as DOCX and saved by LibreOffice in the other formats."""
    folder, program = tmp_path_factory.mktemp("office"), LIBREOFFICE.find()
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (folder / "small.docx").write_bytes(made())
    shutil.copy(SAMPLES / "stttt_bentre_2021.docx", folder / "sample.docx")
    for form in ("doc", "odt", "rtf", "fodt"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        files = sorted(folder.glob("*.docx"))
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", folder, *files]
        subprocess.run(command, capture_output=True, timeout=120, check=True)
    return {path.name: path for path in folder.iterdir()}


@pytest.fixture(scope="session")
def read(saved: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """What is read of each saved file, all converted together."""
    paths = {name: path for name, path in saved.items() if path.is_file()}
    with converted_ahead(list(paths.values()), tmp_path_factory.mktemp("ahead")):
        return {name: parse(path) for name, path in paths.items()}


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSoffice:
    (tmp_path / "bin").mkdir()
    stand_in = FakeSoffice(tmp_path / "bin")
    monkeypatch.setenv("BAOCAO_SOFFICE", str(stand_in.path))
    return stand_in


@pytest.fixture
def without_soffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_SOFFICE", "nowhere")


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def error_of(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(ParseError) as caught:
        parse(path)
    return caught.value.problem.code, dict(caught.value.problem.detail)


def written(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


# With LibreOffice: the same document in another format is the same Document.


@needs_soffice
@pytest.mark.parametrize("form", ["doc", "odt", "rtf", "fodt"])
def test_another_format_gives_the_document_of_the_docx(read: dict[str, Document], form: str) -> None:
    wanted, found = read["small.docx"], read[f"small.{form}"]
    assert wanted.text.startswith("Đã mở 05 lớp\nCó 17 lớp.\n1. Mục một\n2. Mục hai\na) Con\nSTT\tTên\tSố\n3.\tAn\t12")
    assert found == replace(wanted, format=form.removeprefix("f"))


@needs_soffice
@pytest.mark.parametrize("form", ["doc", "odt", "rtf"])
def test_a_report_gives_the_items_that_it_gives_as_docx(read: dict[str, Document], form: str) -> None:
    pack = load_pack("core")
    wanted, found = (extract(read[f"sample.{suffix}"], pack) for suffix in ("docx", form))
    assert len(wanted.items) > 150
    assert found.items == wanted.items
    assert found.fields == wanted.fields


NAMES: dict[str, tuple[str, list[str]]] = {
    "báo cáo; 'số 1' & $(x).doc": ("small.doc", []),
    "-env.doc": ("small.doc", []),
    "a.dot": ("small.doc", []),
    "a.ott": ("small.odt", []),
    "a.doc": ("small.rtf", ["file.suffix"]),
    "a.docx": ("small.doc", ["file.suffix"]),
    "a.rtf": ("small.docx", ["file.suffix"]),
    "a.odt": ("small.fodt", ["file.suffix"]),
}


@needs_soffice
def test_the_name_of_a_file_does_not_matter(saved: dict[str, Path], tmp_path: Path) -> None:
    wanted = parse(saved["small.docx"]).text
    paths = [written(tmp_path, name, saved[source].read_bytes()) for name, (source, _) in NAMES.items()]
    with converted_ahead(paths, tmp_path):
        documents = [parse(path) for path in paths]
    assert [document.text for document in documents] == [wanted] * len(NAMES)
    assert [codes(document) for document in documents] == [told for _, told in NAMES.values()]


@needs_soffice
def test_what_is_converted_together_is_what_is_converted_alone(
    saved: dict[str, Path], read: dict[str, Document], tmp_path: Path
) -> None:
    for name in ("sample.doc", "small.odt"):
        assert parse(saved[name]) == read[name]
    with converted_ahead([saved["small.rtf"]], tmp_path):
        assert parse(saved["small.rtf"]) == read["small.rtf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ahead", f"profile-{os.getpid()}"]
    assert [path.suffix for path in sorted((tmp_path / "ahead").iterdir())] == [".docx", ".tried"]


@needs_soffice
def test_a_field_that_shows_today_is_left_empty(tmp_path: Path) -> None:
    program, profile = LIBREOFFICE.find(), f"-env:UserInstallation={(tmp_path / 'p').as_uri()}"
    fields = para(run("Ngày ") + complex_field(r'DATE \@ "dd/MM/yyyy"', run("05/03/2020")))
    fields += para(run("Tệp ") + complex_field("FILENAME", run("bc7.doc"))) + para("Hết 31/12/2020.")
    source = written(tmp_path, "dated.docx", make_docx(fields))
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, source]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    document = parse(source.with_suffix(".doc"))
    assert document.text == "Ngày\nTệp\nHết 31/12/2020."
    assert codes(document) == ["date.automatic"]


def test_only_the_results_of_such_fields_go() -> None:
    plain = make_docx(para("Ngày 1/2") + para(complex_field("PAGE", run("7"))))
    assert without_present(plain) == (plain, False)
    both = make_docx(para(complex_field(" FILENAME ", run("0001")) + run("còn") + complex_field("PAGE", run("7"))))
    emptied, dated = without_present(both)
    [text] = [ZipFile(io.BytesIO(emptied)).read("word/document.xml")]
    assert (b"0001" in text, "còn".encode() in text, b">7<" in text, dated) == (False, True, True, False)


LINKED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>Một<draw:frame text:anchor-type="as-char"><draw:image xlink:href="http://127.0.0.1:{port}/a.png"
 xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="S"><text:section-source xlink:href="http://127.0.0.1:{port}/b.odt" xlink:type="simple"/>
<text:p>Hai</text:p></text:section></office:text></office:body></office:document>"""


@needs_soffice
def test_what_a_file_links_to_is_not_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(str(self.rfile.readline()))

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        data = LINKED.format(port=server.server_address[1]).encode()
        document = parse(written(tmp_path, "a.fodt", data))
        server.shutdown()
    assert (document.text, asked) == ("Một\nHai", [])


# A password, and what can be told of a file before it is opened.


def word_file(version: int, flags: int, ident: int = 0xA5EC) -> bytes:
    """Return an OLE file of 512-byte sectors: its directory in the first, the head of its text in the second."""
    head = bytearray(512)
    head[:8], head[30:32] = OLE, (9).to_bytes(2, "little")
    entry = bytearray(128)
    entry[:26], entry[0x74:0x78] = "WordDocument\0".encode("utf-16-le"), (1).to_bytes(4, "little")
    entry[0x78:0x7C] = (5000).to_bytes(4, "little")
    fib = b"".join(number.to_bytes(2, "little") for number in (ident, version, 0, 0, 0, flags))
    return bytes(head) + bytes(128) + bytes(entry) + bytes(256) + fib + bytes(500)


def small_word_file(version: int) -> bytes:
    """Return an OLE file whose text is so short that it lies in the root's stream, in its second small sector."""
    head, directory = bytearray(512), bytearray(512)
    head[:8], head[30:32] = OLE, (9).to_bytes(2, "little")
    directory[0x74:0x78] = (1).to_bytes(4, "little")
    directory[128:154] = "WordDocument\0".encode("utf-16-le")
    directory[128 + 0x74 : 128 + 0x7C] = (1).to_bytes(4, "little") + (2600).to_bytes(4, "little")
    fib = (0xA5EC).to_bytes(2, "little") + version.to_bytes(2, "little")
    return bytes(head) + bytes(directory) + bytes(64) + fib + bytes(500)


@pytest.mark.parametrize(
    ("data", "header", "filter_name"),
    [
        (word_file(0xC1, 0), (0xC1, False), "MS Word 97"),
        (word_file(0xC1, 0x0100), (0xC1, True), "MS Word 97"),
        (word_file(0xC1, 0x0200), (0xC1, False), "MS Word 97"),
        (word_file(0x68, 0, 0xA5DC), (0x68, False), "MS Word 95"),
        (word_file(0x65, 0x0100, 0xA699), (0x65, True), "MS Word 95"),
        (small_word_file(0x68), (0x68, False), "MS Word 95"),
        (small_word_file(0xC1), (0xC1, False), "MS Word 97"),
        (word_file(0xC1, 0x0100, 0x1234), (0, False), "MS Word 97"),
        (word_file(0xC1, 0)[:600], (0, False), "MS Word 97"),
        (OLE, (0, False), "MS Word 97"),
        (b"", (0, False), "MS Word 97"),
    ],
)
def test_the_head_of_a_doc(data: bytes, header: tuple[int, bool], filter_name: str) -> None:
    assert word_header(data) == header
    assert import_filter(data, "doc") == filter_name


def odt(manifest: str, content: str | None = None) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        if content is not None:
            archive.writestr("content.xml", content)
    return target.getvalue()


def odt_content(body: str, head: str = "") -> str:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "drawing")
    )
    return f"{head}<office:document-content {namespaces}><office:body>{body}</office:body></office:document-content>"


def test_a_password_is_told_before_anything_is_started(tmp_path: Path, fake: FakeSoffice) -> None:
    locked = odt('<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>')
    assert error_of(written(tmp_path, "a.odt", locked)) == ("file.encrypted", {"format": "ODT"})
    assert error_of(written(tmp_path, "a.doc", word_file(0xC1, 0x0100))) == ("file.encrypted", {"format": "DOC"})
    assert fake.calls() == []


def test_an_archive_that_would_fill_the_disk_is_refused(tmp_path: Path, fake: FakeSoffice) -> None:
    target = io.BytesIO(odt(""))
    with ZipFile(target, "a", compression=8) as archive:
        archive.writestr("content.xml", bytes(30_000_000))
    assert error_of(written(tmp_path, "a.odt", target.getvalue()))[0] == "file.limit"
    assert fake.calls() == []


# Faults of LibreOffice, played by a stand-in.


@posix
def test_many_files_are_one_call_and_one_that_crashes_costs_no_other(tmp_path: Path, fake: FakeSoffice) -> None:
    texts = [f"Số {number} vụ" for number in range(5)]
    orders = {2: (CRASH,), 4: (REFUSE,)}
    paths = [
        written(tmp_path / f"{at}", "same name.doc", doc_of(make_docx(para(text)), *orders.get(at, ())))
        for at, text in enumerate(texts)
    ]
    with converted_ahead(paths, tmp_path):
        calls = fake.calls()
        read = [parse(path).text for at, path in enumerate(paths) if at not in orders]
        assert error_of(paths[2])[0] == error_of(paths[4])[0] == "file.damaged"
        assert fake.calls() == calls
    assert read == [text for at, text in enumerate(texts) if at not in orders]
    assert [len(call) for call in calls] == [5, 1, 2, 1]  # all; the poison alone; the rest; the refused alone
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("baocao-")] == []


@posix
def test_the_same_bytes_are_converted_once(tmp_path: Path, fake: FakeSoffice) -> None:
    paths = [written(tmp_path, name, doc_of(make_docx(para("Một")))) for name in ("a.doc", "b.doc")]
    with converted_ahead([*paths, tmp_path / "gone.doc"], tmp_path):
        assert [parse(path).text for path in paths] == ["Một", "Một"]
    assert [len(call) for call in fake.calls()] == [1]


@posix
def test_a_call_that_hangs_is_killed_with_its_children(tmp_path: Path, fake: FakeSoffice) -> None:
    good, bad = doc_of(make_docx(para("Một"))), doc_of(b"", HANG)
    files = [written(tmp_path, f"{at}.doc", data) for at, data in enumerate((good, bad, good))]
    out = tmp_path / "out"
    out.mkdir()
    office = Soffice(fake.path, tmp_path / "profile", seconds=1.5)
    office.convert(files, "MS Word 97", out)
    assert sorted(path.name for path in out.iterdir()) == ["0.docx", "2.docx"]
    assert len(fake.hanging()) == 4  # itself and its child, in the call for all and in the one for it alone
    assert [pid for pid in fake.hanging() if is_running(pid)] == []
    assert not office.given_up


@posix
def test_a_libreoffice_that_starts_in_no_namespace_is_called_without_one(
    tmp_path: Path, fake: FakeSoffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seclusion, "_namespace", lambda: ("sh", "-c", "exit 1", "--"))
    files = [written(tmp_path, f"{at}.doc", doc_of(make_docx(para("Một")))) for at in range(2)]
    Soffice(fake.path, tmp_path / "profile").convert(files, "MS Word 97", tmp_path)
    assert [len(call) for call in fake.calls()] == [2]
    assert seclusion.secluded(fake.path) == ()


@posix
def test_a_file_that_crashes_libreoffice_is_never_opened_with_a_network(
    tmp_path: Path, fake: FakeSoffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    namespace = ("env", "SECLUDED=1")
    monkeypatch.setattr(seclusion, "_namespace", lambda: namespace)
    files = [written(tmp_path, f"{at}.doc", doc_of(b"", CRASH)) for at in range(2)]
    Soffice(fake.path, tmp_path / "profile").convert(files, "MS Word 97", tmp_path)
    assert [len(call) for call in fake.calls()] == [2, 1, 1]
    assert seclusion.secluded(fake.path) == namespace


@posix
def test_a_libreoffice_that_always_hangs_is_given_up(
    tmp_path: Path, fake: FakeSoffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice_module, "_PATIENCE", 3)
    files = [written(tmp_path, f"{at}.doc", doc_of(b"", HANG)) for at in range(9)]
    office = Soffice(fake.path, tmp_path / "profile", seconds=0.5)
    office.convert(files, "MS Word 97", tmp_path)
    assert office.given_up
    assert len(fake.calls()) == 3


@posix
def test_what_libreoffice_can_not_convert_is_read_lightly(tmp_path: Path, fake: FakeSoffice) -> None:
    document = parse(written(tmp_path, "a.rtf", rb"{\rtf1\ansi Mot <refuse>\par}"))
    assert (document.text, document.format, codes(document)) == ("Mot <refuse>", "rtf", ["file.not_converted"])


# Without LibreOffice: lighter readers, and what they lose is told.


@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize(
    ("form", "reader", "expected"),
    [
        pytest.param("doc", "antiword", ["Đã mở 05 lớp", "Mục một", "An\t12", "[1] Công văn"], marks=needs_antiword),
        ("odt", "baocao", ["Đã mở 05 lớp\nCó 17 lớp.", "\tAn\t12", "[1] Công văn số 88/UBND-VX."]),
        ("rtf", "striprtf", ["Đã mở 05 lớp\nCó 17 lớp.\n1. Mục một", "3.\tAn\t12\nHết 27m²."]),
    ],
)
def test_without_libreoffice_a_lighter_reader_reads(
    saved: dict[str, Path], form: str, reader: str, expected: list[str]
) -> None:
    document = parse(saved[f"small.{form}"])
    assert [words for words in expected if words not in document.text] == []
    assert document.format == form
    [problem] = document.problems
    assert (problem.code, dict(problem.detail)) == ("file.lighter", {"format": form.upper(), "reader": reader})


@posix
@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize(("printed", "share"), [("chữ " * 90, "35%"), ("chữ " * 300, None)])
def test_antiword_that_stops_midway_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str, share: str | None
) -> None:
    stand_in = written(tmp_path, "antiword", f"#!/bin/sh\necho '{printed}'\n".encode())
    stand_in.chmod(0o755)
    monkeypatch.setenv("BAOCAO_ANTIWORD", str(stand_in))
    data = bytearray(word_file(0xC1, 0))
    data[1024 + 0x4C : 1024 + 0x50] = (1000).to_bytes(4, "little")
    problems = {problem.code: dict(problem.detail) for problem in parse(written(tmp_path, "a.doc", data)).problems}
    assert problems.get("file.incomplete") == (share and {"share": share})


@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize("form", ["odt", "rtf"])
def test_a_lighter_reader_keeps_the_grid_and_the_blocks_tile_the_text(saved: dict[str, Path], form: str) -> None:
    for name in (f"small.{form}", f"sample.{form}"):
        document, end = parse(saved[name]), 0
        for block in document.blocks:
            assert document.text[end : block.start].strip("\n\t") == ""
            assert block.start <= block.content <= block.end
            end = block.end
        assert end == len(document.text)
    cells = [(b.table, b.row, b.column) for b in parse(saved[f"small.{form}"]).blocks if b.table]
    assert cells[-3:] in ([(1, 2, 1), (1, 2, 2), (1, 2, 3)], [(1, 1, 3), (1, 2, 2), (1, 2, 3)])


RTF = [
    (rb"{\rtf1\ansi\ansicpg1258 B\u225?o c\u225?o\par 12 v\u7909?\par}", "Báo cáo\n12 vụ"),
    (rb"{\rtf1 A {\deleted 17}{\revised 19} v\par}", "A 19 v"),
    (rb"{\rtf1 T\par\trowd\cellx1 a\cell b\par c\cell\row\trowd x\cell y\cell\trowd\row S\par}", "T\na\tb\nc\nx\ty\nS"),
    (rb"{\rtf1 {\field{\*\fldinst{HYPERLINK \"http://a.vn\"}}{\fldrslt{M}}} N\par}", "M N"),
    (rb"{\rtf1 " + rb'{\field{\*\fldinst{ HYPERLINK "x" {' * 300 + rb"}\par M}", None),
    (rb"{\rtf1 {\*\generator x;}{\footnote n}1.\tab M\par}", "1. M"),
]


@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize(("data", "expected"), RTF)
def test_rtf_read_lightly(tmp_path: Path, data: bytes, expected: str | None) -> None:
    path = written(tmp_path, "a.rtf", data)
    if expected is None:
        assert error_of(path)[0] == "file.no_text"
    else:
        assert parse(path).text == expected


ODT = [
    ("<text:p>Mở<!-- x --> 05<text:s text:c='2'/>lớp<text:line-break/>mới</text:p>", "Mở 05 lớp\nmới"),
    ("<text:p>Có <text:span>17</text:span>\nlớp<office:annotation>x</office:annotation>.</text:p>", "Có 17 lớp."),
    (
        "<text:p>A<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Số 88</text:p>"
        "</text:note-body></text:note> b</text:p><text:p>C</text:p>",
        "A b\nC\n[1] Số 88",
    ),
    ("<text:tracked-changes><text:p>99</text:p></text:tracked-changes><text:p>17</text:p>", "17"),
    (
        "<text:p>A<drawing:frame><drawing:text-box><text:p>B</text:p></drawing:text-box></drawing:frame></text:p>",
        "A\nB",
    ),
    (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>STT</text:p>"
        "</table:table-cell><table:table-cell><text:p>Số</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated='1'/>"
        "<table:table-cell><text:p>5</text:p><text:p>vụ</text:p></table:table-cell></table:table-row></table:table>",
        "STT\tSố\n\t5\nvụ",
    ),
    ("<text:p>A&lt;b&gt;&#7855;</text:p>", "A<b>ắ"),
]


@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize(("body", "expected"), ODT)
def test_odt_read_lightly(tmp_path: Path, body: str, expected: str) -> None:
    content = odt_content(f"<office:text>{body}</office:text>")
    assert parse(written(tmp_path, "a.odt", odt("", content))).text == expected


@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize("tag", ["text:span", "text:section", "text:list"])
@pytest.mark.parametrize(("depth", "code"), [(240, ""), (300, "file.limit")])
def test_an_odt_as_deep_as_it_may_be_is_read(tmp_path: Path, tag: str, depth: int, code: str) -> None:
    words = f"{f'<{tag}>' * depth}{{}}{f'</{tag}>' * depth}"
    told = f"<text:p>{words.format('A')}</text:p>" if tag == "text:span" else words.format("<text:p>A</text:p>")
    path = written(tmp_path, "a.odt", odt("", odt_content(f"<office:text>{told}</office:text>")))
    if code:
        assert error_of(path)[0] == code
    else:
        assert parse(path).text == "A"


@pytest.mark.usefixtures("without_soffice")
def test_an_entity_of_an_odt_brings_nothing_in(tmp_path: Path) -> None:
    kept = written(tmp_path, "kept.txt", "bí mật".encode())
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{kept.as_uri()}"><!ENTITY i "trong">]>'
    content = odt_content("<office:text><text:p>A &e; &i; B</text:p></office:text>", head)
    try:
        assert parse(written(tmp_path, "a.odt", odt("", content))).text.split() == ["A", "B"]
    except ParseError as error:  # it may be refused as well
        assert "bí mật" not in str(error)


@pytest.mark.usefixtures("without_soffice")
def test_without_any_program_the_row_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOCAO_ANTIWORD", "nowhere")
    path = written(tmp_path, "a.doc", doc_of(b""))
    assert error_of(path) == ("file.no_reader", {"format": "DOC"})


@pytest.mark.usefixtures("without_soffice")
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.odt", odt(""), "file.damaged"),
        ("a.odt", odt("", odt_content("<office:text><text:p>Mở</text:p>")), "file.damaged"),
        ("a.odt", odt("", odt_content("<office:spreadsheet/>")), "file.damaged"),
        ("a.odt", odt("", odt_content("<office:text><text:p/></office:text>")), "file.no_text"),
        ("a.rtf", b"{\\rtf1}", "file.no_text"),
        pytest.param("a.doc", doc_of(b""), "file.damaged", marks=needs_antiword),
    ],
)
def test_what_the_lighter_readers_can_not_read(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert error_of(written(tmp_path, name, data))[0] == code


@needs_soffice
@pytest.mark.parametrize("form", ["doc", "odt", "rtf"])
def test_a_file_cut_off_is_an_error_or_a_document(saved: dict[str, Path], tmp_path: Path, form: str) -> None:
    data = saved[f"small.{form}"].read_bytes()
    try:
        document = parse(written(tmp_path, f"a.{form}", data[: len(data) * 3 // 5]))
    except ParseError as error:
        assert error.problem.code in ("file.damaged", "file.no_text")
    else:
        assert document.text
