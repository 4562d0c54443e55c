"""`rules try` as a clerk uses it: with the pack of `rules new`, on texts, drawn tables and files."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from pipeline.cli import main

HEAD = "BÁO CÁO\nKết quả công tác thư viện quý II năm 2025\n\nI. KẾT QUẢ THỰC HIỆN\n\n"
ROWS = [["TT", "Nội dung", "Số lượng"], ["1", "Thẻ bạn đọc cấp mới", "64"], ["2", "Gia hạn thẻ bạn đọc", "17"]]
DRAWN = "".join(f"| {' | '.join(row)} |\n" for row in ROWS)
NAME = "the_cap_moi"  # a rule and an indicator of the pack


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thu")
    assert main(["rules", "new", str(folder / "thu_vien"), "--lang", "en"]) == 0
    (folder / "bang.txt").write_text(HEAD + DRAWN, encoding="utf-8")
    report = docx.Document()
    for line in HEAD.split("\n"):
        report.add_paragraph(line)
    table = report.add_table(len(ROWS), len(ROWS[0]))
    for cell, text in zip((c for row in table.rows for c in row.cells), (t for row in ROWS for t in row), strict=True):
        cell.text = text
    report.save(str(folder / "bang.docx"))
    return folder


def tried(capsys: pytest.CaptureFixture[str], place: Path, text: str, status: int, lang: str = "vi") -> list[str]:
    assert main(["rules", "try", NAME, text, "--rules", str(place / "thu_vien"), "--lang", lang]) == status
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("given", [DRAWN, "bang.txt", "bang.docx"], ids=["text", "txt", "docx"])
def test_a_table_is_read_as_a_run_reads_it(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.chdir(place)
    lines = tried(capsys, place, given, 0)
    assert "Giá trị: 64 thẻ" in lines
    assert lines[lines.index("tìm thấy 64 → thẻ bạn đọc cấp mới số lượng") - 1] == "1 | Thẻ bạn đọc cấp mới | 64"
    assert any(line.startswith("không tính 17 → chưa thỏa khóa «about»") for line in lines)


def test_a_line_with_a_bar_alone_is_a_sentence(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Giá trị: 126 thẻ" in tried(capsys, place, "Thẻ bạn đọc | thẻ mượn. Thẻ bạn đọc cấp mới: 126.", 0)


def test_the_rule_and_the_indicator_of_a_name_are_both_tried(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tried(capsys, place, "Đã cấp mới 85 thẻ bạn đọc.", 0, "en")
    heads = [line.rpartition(" ")[2].partition(":")[0] for line in lines if line.startswith("thu_vien/the_cap_moi")]
    assert heads == ["quy_tac.yaml", "chi_tieu.yaml"]
    rule, indicator = lines[: lines.index("Value: 85 thẻ")], lines[lines.index("Value: 85 thẻ") :]
    assert "Nothing found; the nearest:" in rule
    assert any(line.startswith("found 85") for line in indicator)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Thẻ bạn đọc cấp mới là 35 cái.", "Thẻ bạn đọc cấp mới là 35 → thiếu «:» của cụm «thẻ bạn đọc cấp mới: #»"),
        ("Trong đó, thẻ bạn đọc: 12.", "thẻ bạn đọc: 12 → thiếu «cấp mới» của cụm «cấp mới thẻ bạn đọc: #»"),
        ("Thẻ bạn đọc mới cấp.", "Thẻ bạn đọc mới cấp → thiếu «mới : #» của cụm «thẻ bạn đọc cấp mới: #»"),
        ("Số 5 đọc bạn thẻ mới cấp.", ""),
    ],
)
def test_what_comes_near_holds_the_words_of_a_phrase_in_their_order(
    place: Path, capsys: pytest.CaptureFixture[str], text: str, near: str
) -> None:
    told = [line.removeprefix("gần giống ") for line in tried(capsys, place, text, 1) if line.startswith("gần giống")]
    assert near in told if near else told == []


def test_what_a_rule_finds_in_the_heading_around_the_text_is_not_told(
    place: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "pack.yaml").write_text("id: de\ntitle: Đề mục\nversion: '1'\nextends: [core]\n", "utf-8")
    told = "examples: [{text: thực hiện}], rejects: [xã]"
    rule = f"{{id: muc, finds: no_item, title: Mục, phrases: [thực hiện], {told}}}"
    (tmp_path / "de" / "quy_tac.yaml").write_text(f"rules: [{rule}]\n", "utf-8")
    arguments = ["--rules", str(tmp_path / "de"), "--lang", "en"]
    assert main(["rules", "try", "muc", "Bà con về.", *arguments]) == 1
    assert "nothing near" in capsys.readouterr().out
    assert main(["rules", "try", "muc", "Bà con thực hiện.", *arguments]) == 0
    assert "KẾT QUẢ" not in capsys.readouterr().out
