"""Links from the workbook to the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.workbook.links import Links
from tests.decisions.making import Made
from tests.workbook.books import exported


def test_a_row_opens_its_report(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    seal = made.out / "run.json"
    folder = str(made.folder)
    told = seal.read_text(encoding="utf-8")
    start = told.index('"folder": ')
    seal.write_text(told[:start] + f'"folder": "{folder}"' + told[told.index(",", start) :], encoding="utf-8")
    book = exported(made)
    row = book.row("items", "7 buổi", file="b.txt")
    link = book.sheet("items").cell(row, book.column("items", "file")).hyperlink
    assert link.target == f"FILE://{made.folder.as_posix()}/b.txt"
    assert book.get("items", row, "file") == "b.txt"


def test_a_pdf_opens_at_its_page(tmp_path: Path) -> None:
    name = "báo cáo #1 100%.pdf"
    (tmp_path / name).write_bytes(b"")
    links = Links({"arguments": {"folder": str(tmp_path)}})
    assert links.to(name, "3") == f"FILE://{tmp_path.as_posix()}/báo%20cáo%20%231%20100%25.pdf#page=3"
    assert links.to(name) == links.to(name, "3").removesuffix("#page=3")


@pytest.mark.parametrize("folder", ["", "s3://kho/bao_cao", "không có"])
def test_there_is_no_link_to_what_is_not_there(folder: str) -> None:
    assert Links({"arguments": {"folder": folder}}).to("a.pdf", "1") == ""
    assert Links({}).to("a.pdf") == ""
