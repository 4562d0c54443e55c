"""Documents that are kept: equal to what was parsed, for the same file, code and programs alone."""

from __future__ import annotations

import ast
import os
import pickle
import shutil
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.cache import DocumentCache, codec, documents, keys
from pipeline.cache.codec import pack, unpack
from pipeline.cache.documents import PASSING
from pipeline.cache.version import LIBRARIES, digest_of
from pipeline.model import Block, BlockKind, DigitalSignature, Document, Line, Page, Problem
from pipeline.parsers import parse
from pipeline.problems import CATALOGUE, ParseError
from tests.parsers.office_sketch import FakeSoffice

ROOT = Path(__file__).parents[2]
REPORT = "BÁO CÁO\n\nI. KẾT QUẢ\n\nThôn đã mở 7 buổi chiếu phim, in 250 tờ gấp.\n"
BODY = Document("Bảy buổi", "txt", (Block(BlockKind.PARAGRAPH, 0, 8),))

numbers, offsets = st.integers(0, 9), st.integers(0, 10**6)
lengths = st.floats(-1e4, 1e4)
words = st.text(max_size=20)
arrays = st.lists(st.floats(width=32, allow_nan=False), max_size=8).map(lambda values: array("f", values))
blocks = st.builds(
    Block, st.sampled_from(BlockKind), *[offsets] * 3, *[numbers] * 6, st.none() | offsets, st.booleans(), st.booleans()
)
details = st.lists(st.tuples(words, words), max_size=3).map(tuple)
places = st.none() | offsets
problems = st.builds(Problem, words, details, places, places, st.none() | st.tuples(offsets, offsets))
made_documents = st.builds(
    Document,
    words,
    words,
    st.lists(blocks, max_size=4).map(tuple),
    st.lists(st.builds(Page, numbers, lengths, lengths, words), max_size=3).map(tuple),
    st.lists(st.builds(Line, offsets, offsets, numbers, lengths, lengths, arrays, arrays), max_size=4).map(tuple),
    words,
    st.lists(problems, max_size=3).map(tuple),
    st.lists(st.builds(DigitalSignature, words, words), max_size=2).map(tuple),
)


class Parser:
    """Stands in for `parse`: gives `document`, and counts how often it was asked."""

    def __init__(self, document: Document = BODY) -> None:
        self.document, self.calls = document, 0

    def __call__(self, path: Path) -> Document:
        self.calls += 1
        return replace(self.document, text=path.read_text(encoding="utf-8"))


@pytest.fixture
def cache(tmp_path: Path) -> DocumentCache:
    return DocumentCache(tmp_path / "cache")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_documents)
def test_what_is_packed_comes_back_as_it_was(document: Document) -> None:
    packed = pack(document)
    assert packed is not None
    found = unpack(packed)
    assert found == document
    assert repr(found) == repr(document)
    assert pack(found) == packed


SAMPLES = ["stnmt_dongthap_2023m9.docx", "hlhpn_kiengiang_2024.html", "snnmt_thongke_2025q3.xlsx", "stp_2022.md"]
SAMPLES += ["sxd_atgt_2025q1.txt", "snv_hoabinh_2024.pdf", "ubnd_phuong_2025q3.pdf", "sldtbxh_camau_2008.docx"]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_of_each_format_is_kept_as_it_was_parsed(cache: DocumentCache, name: str) -> None:
    path, refused = ROOT / "samples" / "reports" / name, Parser()
    parsed = cache.document(path, parse)
    kept = cache.document(path, refused)
    assert refused.calls == 0
    assert kept == parsed
    assert repr(kept) == repr(parsed)


def test_the_kept_form_has_every_field() -> None:
    for kept, shown in ((codec._Kept, Document), (codec._Line, Line)):
        assert kept.__struct_fields__ == shown.__struct_fields__


def test_what_can_not_be_kept_is_not() -> None:
    assert pack(replace(BODY, text="nửa \ud83d")) is None


RIGHT = pack(BODY) or b""
NONE = [
    b"",
    RIGHT[:-5],
    zlib.compress(b""),
    zlib.compress(zlib.decompress(RIGHT)[:-1]),
    zlib.compress(zlib.decompress(RIGHT).replace(b"paragraph", b"paragrapf")),
    zlib.compress(zlib.decompress(RIGHT) + b"\x00"),
    pickle.dumps(BODY),
    zlib.compress(pickle.dumps(BODY)),
]


@pytest.mark.parametrize("data", NONE)
def test_what_is_no_document_is_seen(data: bytes) -> None:
    assert unpack(RIGHT) == BODY
    assert unpack(data) is None


def test_an_odd_number_of_bytes_is_no_array() -> None:
    document = replace(BODY, lines=(Line(0, 1, 1, edges=array("f", [1.0, 2.0])),))
    packed = zlib.decompress(pack(document) or b"")
    edges = array("f", [1.0, 2.0]).tobytes()
    shorter = packed.replace(bytes([0xC4, 8]) + edges, bytes([0xC4, 7]) + edges[:7])
    assert shorter != packed
    assert unpack(zlib.compress(shorter)) is None


def test_a_file_is_parsed_once_under_any_name(cache: DocumentCache, file: Path, tmp_path: Path) -> None:
    parser = Parser()
    assert not cache.has(file)
    first = cache.document(file, parser)
    copy = tmp_path / "đến sau.TXT"
    shutil.copy(file, copy)
    assert [cache.document(path, parser) for path in (file, copy)] == [first, first]
    assert (parser.calls, cache.has(file), cache.info().documents.entries) == (1, True, 1)


def test_other_bytes_or_another_suffix_are_another_file(cache: DocumentCache, file: Path, tmp_path: Path) -> None:
    parser = Parser()
    cache.document(file, parser)
    shutil.copy(file, tmp_path / "a.md")
    assert not cache.has(tmp_path / "a.md")
    file.write_text(REPORT.replace("250", "251"), encoding="utf-8")
    assert not cache.has(file)
    assert "251" in cache.document(file, parser).text
    assert parser.calls == 2


def test_a_file_that_changes_while_it_is_parsed_is_not_kept(cache: DocumentCache, file: Path) -> None:
    def slow(path: Path) -> Document:
        path.write_text("khác", encoding="utf-8")
        return replace(BODY, text="khác")

    assert cache.document(file, slow).text == "khác"
    assert cache.info().documents.entries == 0


def test_a_failure_is_raised_and_not_kept(cache: DocumentCache, file: Path) -> None:
    def fails(path: Path) -> Document:
        raise ParseError("file.empty")

    for _ in range(2):
        with pytest.raises(ParseError):
            cache.document(file, fails)
    assert cache.info().documents.entries == 0
    assert cache.document(file, Parser()).text == REPORT


@pytest.mark.parametrize(("code", "kept"), [*[(code, False) for code in sorted(PASSING)], ("text.legacy", True)])
def test_what_a_program_could_mend_is_not_kept(cache: DocumentCache, file: Path, code: str, kept: bool) -> None:
    assert code in CATALOGUE
    document = replace(BODY, problems=(Problem("file.suffix"), Problem(code)))
    assert cache.document(file, Parser(document)).problems == document.problems
    assert cache.has(file) is kept


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script that only POSIX runs")
@pytest.mark.parametrize("variable", ["BAOCAO_SOFFICE", "BAOCAO_TESSERACT"])
def test_another_program_reads_anew(
    cache: DocumentCache, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = FakeSoffice(tmp_path / "one"), FakeSoffice(tmp_path / "two")
    monkeypatch.setenv(variable, str(one.path))
    cache.document(file, Parser())
    assert cache.has(file)
    monkeypatch.setenv(variable, str(two.path))
    assert not cache.has(file)
    monkeypatch.setenv(variable, str(one.path))
    assert cache.has(file)
    os.utime(one.path, (1, 1))
    assert not cache.has(file)


def test_another_version_of_the_parser_reads_anew(
    cache: DocumentCache, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.document(file, Parser())
    monkeypatch.setattr(keys, "parser_version", lambda: "a later one")
    assert not cache.has(file)
    monkeypatch.setattr(keys, "parser_version", lambda: None)
    parser = Parser()
    assert [cache.document(file, parser).text for _ in range(2)] == [REPORT] * 2
    assert (parser.calls, cache.info().documents.entries) == (2, 1)


def test_a_kept_value_that_is_no_document_is_replaced(cache: DocumentCache, file: Path) -> None:
    store, parser = cache._store, Parser()
    cache.document(file, parser)
    store.put(documents._key(file) or b"", b"sealed, but nothing that was packed")
    assert [cache.document(file, parser).text for _ in range(2)] == [REPORT] * 2
    assert parser.calls == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_what_is_no_file_is_left_to_the_parser(cache: DocumentCache, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("pipe.txt", "gone.txt", "."):
        with pytest.raises(ParseError):
            cache.document(tmp_path / name, parse)
        assert not cache.has(tmp_path / name)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package to change things in."""
    root = tmp_path_factory.mktemp("sources") / "pipeline"
    shutil.copytree(ROOT / "pipeline", root, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def append(path: Path) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).write_text((root / path).read_text(encoding="utf-8") + "# x\n", encoding="utf-8")

    return change


def add(path: Path) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(b"")

    return change


CHANGES = [
    ("a parser", append(Path("parsers/pdf/sheets.py")), True),
    ("a text", append(Path("text/clean.py")), True),
    ("the model", append(Path("model.py")), True),
    ("the kept form", append(Path("cache/codec.py")), True),
    ("a new table", add(Path("text/new.csv")), True),
    ("a rule reader", append(Path("rulebook/rules.py")), False),
    ("an extractor", append(Path("extract/counts.py")), False),
    ("the store", append(Path("cache/store.py")), False),
    ("compiled", add(Path("text/__pycache__/clean.pyc")), False),
]


@pytest.mark.parametrize(("change", "differs"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_the_version_is_that_of_what_parses(sources: Path, change: Callable[[Path], None], differs: bool) -> None:
    before = digest_of(sources)
    assert before == digest_of(sources)
    change(sources)
    assert (digest_of(sources) != before) is differs


def test_a_missing_source_gives_no_version(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        digest_of(tmp_path)


def test_a_new_library_is_another_version(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_of(sources)
    monkeypatch.setattr("pipeline.cache.version._version", lambda name: "99" if name == "pdfplumber" else "1")
    changed = digest_of(sources)
    monkeypatch.setattr("pipeline.cache.version._version", lambda name: "1")
    assert len({before, changed, digest_of(sources)}) == 3
    monkeypatch.setattr(unicodedata, "unidata_version", "0.0")
    monkeypatch.undo()
    assert digest_of(sources) == before


def imported(folder: Path) -> set[str]:
    """Return the top-level names that the modules of a folder import."""
    names = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


def test_every_library_that_parses_is_part_of_the_version() -> None:
    names = imported(ROOT / "pipeline" / "parsers") | imported(ROOT / "pipeline" / "text")
    installed = packages_distributions()
    used = {installed[name][0].lower().replace("_", "-") for name in names if name in installed and name != "pipeline"}
    assert {"pypdfium2", "lxml", "pillow"} <= used
    assert used - {"baocao"} <= set(LIBRARIES)
    assert "pdfminer.six" in LIBRARIES, "pdfplumber reads through it"
