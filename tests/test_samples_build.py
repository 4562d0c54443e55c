import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))
from blocks import SourceError, Table  # noqa: E402
from build import Samples, build, exact_files, made_files, main, same_content, stale_files  # noqa: E402
from docx_writer import source_to_docx  # noqa: E402
from gold_check import gold_problems  # noqa: E402
from source import Source, read_source  # noqa: E402
from text_writer import source_to_text  # noqa: E402

sys.path.remove(str(SAMPLES))

SOURCES = sorted((SAMPLES / "sources").glob("*.txt"))
GOLD = sorted((SAMPLES / "gold").glob("*.json"))
FRONT = """---
outputs: [txt]
layout: state
issuer: [SỞ NGOẠI VỤ]
number: "Số: 12/BC-SNgV"
place_date: "Huế, ngày 05 tháng 01 năm 2024"
title: BÁO CÁO
subject: [Kết quả năm 2023]
numbering: auto
---

"""
FIRST_BODY_LINE = FRONT.count("\n") + 1


def written(folder: Path, body: str, front: str = FRONT) -> Path:
    path = folder / "sources" / "thu.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(front + body, encoding="utf-8")
    return path


def read(folder: Path, body: str, front: str = FRONT) -> Source:
    return read_source(written(folder, body, front))


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def body_text(source: Source) -> str:
    """The TXT after the letterhead and title."""
    return source_to_text(source).split("Kết quả năm 2023\n", 1)[1].rstrip("\n")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_committed_reports_are_what_their_source_builds(path: Path) -> None:
    for name, data in exact_files(read_source(path)).items():
        assert same_content((SAMPLES / name).read_bytes(), data), f"{name}: run python samples/build.py"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_files_made_by_libreoffice_are_of_the_source_as_it_is_now(path: Path) -> None:
    source = read_source(path)
    for name in made_files(source):
        assert (SAMPLES / name).stat().st_size > 1000
        assert Samples().digests().get(name) == source.digest, f"{name}: run python samples/build.py"


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_has_the_scorers_shape_and_stands_in_its_source(path: Path) -> None:
    problems = gold_problems(path, SAMPLES / "sources")
    assert not problems, "\n".join(problems)


def test_every_sample_has_source_and_gold() -> None:
    assert [path.stem for path in SOURCES] == [path.stem for path in GOLD]


ERRORS = [
    ("Ban hành {?12?} văn bản.", 0, "unknown or unopened mark «{?»"),
    ("Câu đầu.\n\nBan hành {+12 văn bản.", 2, "«+}» is missing"),
    ("Ban hành **12 văn bản.", 0, "«**» is missing"),
    ("Theo 12/QĐ-UBND[^1].", 0, "footnote [^1] has no text"),
    ("Câu.\n\n[^1]: Chú thích.", 2, "nowhere referred to"),
    ("Câu[^1].\n\nCâu nữa[^1].\n\n[^1]: Chú thích.", 2, "referred to twice"),
    ("=== chữ ký ===", 0, "unknown mark"),
    ("\\sangtrang", 0, "is no escape"),
    ("@đ Nội dung", 0, "unknown label @đ"),
    ("@1 Một\n\n@3 Hai", 2, "@3 is «2.» here"),
    ("@1.1 Một", 0, "stands under no @1"),
    ("# Phần một", 0, "a heading is"),
    ("| a | b |\n|---|---|\n| c |", 0, "different numbers of cells: 2, 1"),
    ("| < | b |", 0, "no cell at its left"),
    ("| a | b |\n| ^ | < |\n", 0, "no rectangle"),
    ("[[ảnh: hoa]]", 0, "opens a text box"),
    ("Gồm:\n- một;\n- hai.", 0, "put a blank line before it"),
]


@pytest.mark.parametrize(("body", "line", "message"), ERRORS)
def test_an_error_names_file_and_line(tmp_path: Path, body: str, line: int, message: str) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, body)
    assert str(error.value).startswith(f"sources/thu.txt:{FIRST_BODY_LINE + line}: ")
    assert message in str(error.value)


FRONT_ERRORS = [
    ("layout: state", "layout: nhà nước", 3, "is none of state, party, union, none"),
    ("layout: state", "khổ: A4", 3, "unknown front matter key"),
    ("outputs: [txt]", "outputs: [twin]", 2, "a docx, which is missing"),
    ("title: BÁO CÁO", "title: 5", 7, "5 is no str"),
    ("title: BÁO CÁO", "signature: [{name: An}]", 7, "a signature is"),
    ("layout: state", "layout: [", 5, "expected ','"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), FRONT_ERRORS)
def test_a_front_matter_error_names_file_and_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, "Câu.", FRONT.replace(old, new))
    assert str(error.value).startswith(f"sources/thu.txt:{line}: ")
    assert message in str(error.value)


TEXTS = [
    ("Ban hành {-10-}{+12+} văn bản{! sai!}.", "Ban hành 12 văn bản."),
    ("{=12 tin=} ở {~Huế~}, **đậm *và nghiêng***.", "12 tin ở Huế, đậm và nghiêng."),
    ("Một dòng\nnối tiếp\\\nxuống dòng.", "Một dòng nối tiếp\nxuống dòng."),
    ("Câu[^b].\n\n[^b]: Chú *thích*.", "Câu.\n[1] Chú thích."),
    ("## @I A\n\n@1 b\n\n@a c\n\n@- d\n\n@1 e\n\n@a f", "I. A\n1. b\na) c\n- d\n2. e\na) f"),
    ("@1 a\n\n@1.1 b\n\n@1.1 c\n\n@1 d\n\n@1.1 e", "1. a\n1.1. b\n1.2. c\n2. d\n2.1. e"),
    ("### 1. A\n\n@a b\n\n@b c\n\n### 2. D\n\n@a e", "1. A\na) b\nb) c\n2. D\na) e"),
    ("| a | < |\n|---|---|\n| b | 1 \\ 2 |\n| ^ | 3 |", "a\t\nb\t1 2\n\t3"),
    ("{-Bỏ cả đoạn.-}\n\nCòn.", "Còn."),
    ("Trước.\n\n=== signature ===\n\n@1 Sau.", "Trước.\n1. Sau."),
    ("5 \\* 3, \\{a\\}, 2 * 4", "5 * 3, {a}, 2 * 4"),
]


@pytest.mark.parametrize(("body", "text"), TEXTS)
def test_body_as_plain_text(tmp_path: Path, body: str, text: str) -> None:
    assert body_text(read(tmp_path, body)) == text


def test_markdown_keeps_stars_and_pipes(tmp_path: Path) -> None:
    text = source_to_text(read(tmp_path, "## I. A\n\n*b* **c**\n\n| d | e |\n|---|---|\n| 1 | 2 |"), markdown=True)
    assert text.endswith("I. A\n\n*b* **c**\n\n| d | e |\n|---|---|\n| 1 | 2 |\n")


def test_copied_text_is_wrapped_and_paged_in_mid_sentence(tmp_path: Path) -> None:
    front = FRONT.replace("numbering: auto", "txt: copied")
    text = source_to_text(
        read(tmp_path, "\n\n".join(["chữ " * 200 + "[^1]", *["chữ " * 90] * 9]) + "\n\n[^1]: X.", front)
    )
    assert max(len(line) for line in text.split("\n")) <= 95
    before, after = text.split("\n\n2\n\n")
    assert before.endswith("chữ\n[1] X.") and after.startswith("chữ chữ")


def test_columns_stand_side_by_side(tmp_path: Path) -> None:
    front = FRONT.replace("numbering: auto", "columns: true")
    text = source_to_text(read(tmp_path, "Câu.", front))
    assert text.split("\n")[0].split("  ", 1)[0] == "SỞ NGOẠI VỤ"
    assert text.split("\n")[0].endswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


EVERY_MARK = (
    "## @I A\n\n{+thêm+} {-bỏ-} {=c=} {~d~} {!e!} **f** *g*[^1]\n\n[^1]: Chú thích.\n\n[[box: Khung]]\n\n"
    "\\pagebreak\n\n| a | < | b |\n|---|---|---|\n| c | d | e |\n| ^ | f | g |\n\n=== signature ===\n\nPhụ"
)


def test_docx_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    assert source_to_docx(read(tmp_path, EVERY_MARK)) == source_to_docx(read(tmp_path, EVERY_MARK))


def test_docx_holds_every_mark_and_opens(tmp_path: Path) -> None:
    data = source_to_docx(read(tmp_path, EVERY_MARK))
    xml = document_xml(data)
    marks = (
        "w:ins ",
        "w:del ",
        "w:delText",
        "w:sdt>",
        "w:smartTag ",
        "w:strike/",
        "w:b/",
        "w:i/",
        "w:numPr>",
    )
    layout = ("w:footnoteReference ", "w:txbxContent>", "w:gridSpan ", "w:vMerge ", "w:tblHeader/", "w:br ")
    assert [mark for mark in marks + layout if f"<{mark}" not in xml] == []
    assert docx.Document(io.BytesIO(data)).paragraphs


def test_docx_for_the_pdf_has_its_changes_taken_in(tmp_path: Path) -> None:
    xml = document_xml(source_to_docx(read(tmp_path, EVERY_MARK), accepted=True))
    assert ">thêm</w:t>" in xml and ">bỏ<" not in xml
    assert "<w:ins " not in xml and "<w:del " not in xml


def test_a_merged_cell_is_one_cell(tmp_path: Path) -> None:
    table = next(block for block in read(tmp_path, EVERY_MARK).body.main if isinstance(block, Table))
    assert table.head == 1
    assert [(c.rows, c.columns) for c in (table.grid[0][0], table.grid[1][0])] == [(1, 2), (2, 1)]


def test_check_names_what_is_stale(tmp_path: Path) -> None:
    source = read(tmp_path, "Câu.")
    samples = Samples(tmp_path)
    assert stale_files(samples, [source]) == ["reports/thu.txt"]
    assert build(samples, [source]) == ["reports/thu.txt"]
    assert stale_files(samples, [source]) == []
    assert stale_files(samples, [read(tmp_path, "Câu khác.")]) == ["reports/thu.txt"]


def test_a_pdf_is_stale_once_its_source_has_changed(tmp_path: Path) -> None:
    front = FRONT.replace("[txt]", "[pdf]")
    samples, source = Samples(tmp_path), read(tmp_path, "Câu.", front)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "thu.pdf").write_bytes(b"%PDF-")
    samples.keep_digests({"reports/thu.pdf": source.digest, "reports/gone.pdf": "0"})
    assert samples.digests() == {"reports/thu.pdf": source.digest}
    assert stale_files(samples, [source]) == []
    assert stale_files(samples, [read(tmp_path, "Câu khác.", front)]) == ["reports/thu.pdf"]


def test_an_unknown_name_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["khong_co"]) == 2
    assert "no source khong_co" in capsys.readouterr().err


def test_gold_problems_are_told_all_at_once(tmp_path: Path) -> None:
    source = written(tmp_path, "Ban hành 12 kế hoạch.\n\nMở 05 lớp cho 1.200 người.")
    gold = tmp_path / "thu.json"
    gold.write_text(
        '{"id": "khac", "report": {"issuer": "SỞ Y TẾ"}, "segments": [{"from": "", "to": "", "items": ['
        '{"kind": "count", "text": "05 lớp", "value": 5, "units": ["lớp"]},'
        '{"kind": "count", "text": "12 kế hoạch", "value": 12},'
        '{"kind": "count", "text": "200 người", "value": 200}]}]}',
        encoding="utf-8",
    )
    told = "\n".join(gold_problems(gold, source.parent))
    for problem in (
        "id 'khac'",
        "issuer «SỞ Y TẾ»",
        "unknown count key units",
        "not at its place",
        "«200 người»",
    ):
        assert problem in told
