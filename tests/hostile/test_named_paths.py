"""Tables are inputs too: a name in them that leads out of the folder of reports opens nothing, nor is it looked up."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.batch.folder import stays_inside
from pipeline.problems import BaocaoError
from pipeline.review.inputs import Inputs
from pipeline.workbook.links import Links

OUTSIDE = (
    "../secret.txt",
    "a/../../secret.txt",
    "..\\secret.txt",
    "/etc/passwd",
    "//host/share/a.txt",
    "\\\\host\\share\\a.txt",
    "\\a.txt",
    "C:\\a.txt",
    "C:a.txt",
    "..",
)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_out_is_told_from_one_that_does_not(name: str) -> None:
    assert not stays_inside(name)


@pytest.mark.parametrize("name", ["a.txt", "a/b.txt", "a..b.txt", "…/báo cáo.docx", "-rf", ".a"])
def test_a_name_inside_is_inside(name: str) -> None:
    assert stays_inside(name)


@pytest.fixture
def looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were looked up, beside a folder `in` and a secret."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("12 lớp", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("bí mật", encoding="utf-8")
    seen: list[str] = []
    is_file = Path.is_file

    def noted(path: Path) -> bool:
        seen.append(str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", noted)
    return seen


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_workbook_links_to_no_file_elsewhere(tmp_path: Path, looked: list[str], name: str) -> None:
    links = Links({"arguments": {"folder": str(tmp_path / "in")}})
    assert links.to("a.txt").endswith("/in/a.txt")
    looked.clear()
    assert links.to(name) == ""
    assert [path for path in looked if path.endswith(name)] == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_review_opens_no_file_elsewhere(tmp_path: Path, looked: list[str], name: str) -> None:
    content = hashlib.sha256((tmp_path / "secret.txt").read_bytes()).hexdigest()
    told = {"arguments": {"folder": str(tmp_path / "in")}, "inputs": [{"file": name, "sha256": content, "size": 9}]}
    (tmp_path / "run.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BaocaoError) as raised:
        Inputs(tmp_path, tmp_path / "in").data(name)
    assert raised.value.problem.code == "review.input"
    assert [path for path in looked if path.endswith((name, "secret.txt"))] == []
