"""What commands say of a path that leads to no report, and how `rules try` tells a path from a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.given import names_file

REPORT = "BÁO CÁO\nKết quả năm 2023\n\nThôn đã mở 7 buổi chiếu phim.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("quý 1.txt", "quý 2.txt", "kế hoạch.docx"):
        (tmp_path / "in" / name).write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [["text"], ["explain"], ["rules", "try", "core/so_luong"]])
@pytest.mark.parametrize(
    ("path", "lang", "words"),
    [
        ("in/quy 1.txt", "vi", ["Không có tệp in/quy 1.txt", "quý 1.txt"]),
        ("in/quý 1.TXT", "en", ["no file in/quý 1.TXT", "quý 1.txt"]),
        ("nowhere/a.pdf", "en", ["no file nowhere/a.pdf. Check the path.\n"]),
        ("in", "vi", ["in là thư mục", "baocao run"]),
    ],
)
def test_a_path_that_leads_to_no_report_is_told(folder, capsys, command, path, lang, words) -> None:
    assert main([*command, path, "--lang", lang]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [word for word in words if word not in shown.err] == [], shown.err


@pytest.mark.parametrize(
    ("text", "is_file"),
    [
        ("in/quý 1.txt", True),
        ("in/quý 9.txt", True),
        ("báo cáo.pdf", True),
        ("bao_cao.dox", True),
        ("in/quý", True),
        ("khong/co", True),
        ("./bao_cao", True),
        ("D:\\bao_cao\\quy_1", True),
        ("4287/UBND-KGVX", False),
        ("Số:31/BC-TV", False),
        ("Cấp phó/trưởng phòng", False),
        ("in", True),
        ("12/15", False),
        ("đạt 12/15 xã.", False),
        ("Mở 3 lớp. Gặp 2 hộ", False),
        ("3.000m", False),
        ("1.250", False),
        ("dòng một\nbáo cáo.pdf", False),
        ("x" * 5000, False),
    ],
)
def test_a_path_is_told_from_a_text(folder, text, is_file) -> None:
    assert names_file(text) is is_file


def test_what_came_near_is_of_the_text_and_not_of_the_heading_it_is_given(folder, capsys) -> None:
    pack = folder / "thu"
    pack.mkdir()
    (pack / "pack.yaml").write_text("id: thu\ntitle: Thử\nversion: '1'\nextends: [core]\n", encoding="utf-8")
    rules = """rules:
  - id: dat
    finds: no_item
    title: Kết quả đạt
    phrases: [kết quả thực hiện đạt loại]
    examples: [{text: 'kết quả thực hiện đạt loại'}]
    rejects: ['xã về']
"""
    (pack / "rules.yaml").write_text(rules.replace("phrases: [", "pattern: '").replace("loại]", "loại'"), "utf-8")
    assert main(["rules", "try", "thu/dat", "Bà con về.", "--rules", str(pack), "--lang", "en"]) == 1
    assert "nothing near" in capsys.readouterr().out
    assert main(["rules", "try", "thu/dat", "Kết quả thực hiện tốt.", "--rules", str(pack), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "Kết quả thực hiện tốt." in shown and "KẾT QUẢ" not in shown
