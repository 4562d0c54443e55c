"""`baocao export` and `baocao import`: what they write, what they print, and how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

import pipeline.workbook
from pipeline.cli.export import export_command
from pipeline.cli.import_ import import_command
from pipeline.cli.messages import Words
from pipeline.cli.workbook_words import WORKBOOK
from pipeline.problems import BaocaoError
from tests.decisions.making import Made
from tests.workbook.books import Book, entries


def export(*arguments: str | Path, lang: str = "vi") -> int:
    return int(export_command(Words(lang)).main(list(map(str, arguments)), standalone_mode=False))


def take(*arguments: str | Path, lang: str = "vi") -> int:
    return int(import_command(Words(lang)).main(list(map(str, arguments)), standalone_mode=False))


def test_a_workbook_is_written_beside_the_tables(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(made.out, "--xlsx") == 0
    path = made.out / "xuat" / "ra_soat.xlsx"
    assert Book(path).sheet("items").max_row == len(made.rows("consolidated")) + 1
    said = capsys.readouterr().out
    assert f"Thông tin: {len(made.rows('consolidated'))} dòng" in said
    assert "baocao import" in said
    with pytest.raises(BaocaoError):
        export(made.out, "--xlsx")
    assert export(made.out, "--xlsx", "--force") == 0
    made.run()  # an export beside the tables stays
    assert path.exists()


def test_csv_is_written_where_asked(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(made.out, "--csv", "-o", tmp_path / "x", lang="en") == 0
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == [
        "indicators.csv",
        "items.csv",
        "problems.csv",
        "reports.csv",
    ]
    assert "items.csv" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [[], ["--xlsx", "--csv"]])
def test_one_kind_of_export_is_to_be_chosen(made: Made, asked: list[str]) -> None:
    with pytest.raises(click.UsageError):
        export(made.out, *asked)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_came_of_a_workbook_is_printed(made: Made, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = filled(made)
    assert take(made.out, path, "--reviewer", "An", "--dry-run", lang=lang) == 1
    assert entries(made) == 0
    assert take(made.out, path, "--reviewer", "An", lang=lang) == 1
    said = capsys.readouterr().out
    told = {
        "vi": ("Đã nhận 1 quyết định của An", "sửa: 1.234,5", "Không hiểu «bảy» ở ô Giá trị"),
        "en": ("Taken: 1 decisions of An", "corrected: 1.234,5", "“bảy” in the field Value is not understood"),
    }
    for words in told[lang]:
        assert words in said
    assert entries(made) == 1
    again = Book(path)
    again.put("items", again.row("items", "2 lớp", file="a.txt"), correction=None)
    again.save()
    assert take(made.out, path, "--reviewer", "An", lang=lang) == 0


def test_what_came_of_a_workbook_is_told_as_json(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = filled(made)
    capsys.readouterr()
    assert take(made.out, path, "--reviewer", "An", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["text"], one["action"], one["said"], one["reviewer"]) for one in told["taken"]] == [
        ("7 buổi", "corrected", {"value": "1234.5"}, "An")
    ]
    assert [(one["text"], one["reason"]) for one in told["refused"]] == [("2 lớp", "value")]
    assert told["dry_run"] is False


def test_a_reviewer_is_known_by_the_login_or_asked_for(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(made)
    monkeypatch.setattr("getpass.getuser", lambda: "lan")
    take(made.out, path)
    made.run()
    assert {row["reviewer"] for row in made.rows("consolidated")} == {"", "lan"}

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    with pytest.raises(click.UsageError):
        take(made.out, path)


def test_every_reason_has_words() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(pipeline.workbook.__file__).parent.glob("*.py"))
    reasons = set(re.findall(r'Refusal\("([a-z_]+)"', code)) | set(re.findall(r'"(unknown_id|no_id)"', code))
    assert len(reasons) > 12
    assert {f"import.reason.{reason}" for reason in reasons} <= set(WORKBOOK)


def filled(made: Made) -> Path:
    """A workbook with one decision that is taken, and one that is not."""
    path = made.out.parent / "book.xlsx"
    export(made.out, "--xlsx", "-o", path, "--force")
    book = Book(path)
    book.put("items", book.row("items", "7 buổi", file="a.txt"), correction="1.234,5")
    book.put("items", book.row("items", "2 lớp", file="a.txt"), correction="bảy")
    return book.save()
