"""A report's rows hang on the report alone: not on its folder, its name, the files beside it, or who read it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from pipeline.batch import find_reports, run
from tests.folders import content
from tests.properties.agreement import Row, Tables
from tests.properties.sketches import reports
from tests.test_samples import SAMPLES

TABLES = ("consolidated", "reports", "indicators", "problems")

ACROSS = {"reference.dates", "reference.variant", "number.repeated", "report.repeated", "file.duplicate"}
"""Problems that a report has beside others alone; all else in `TABLES` is the report's own."""

BY_NAME = {"file", "other_file"}
"""Columns that hold the name of a file; of one that can't be read the ids and the message do too."""

ADDED_UP = ("reports", "mentions")
"""Columns of references.csv that two folders' add up to, where one number means one document in both."""

REPORT = """SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: {number}/BC-SGDĐT

Trà Vinh, ngày 12 tháng 10 năm 2023

BÁO CÁO
Kết quả công tác năm 2023

I. KẾT QUẢ THỰC HIỆN

Thực hiện Công văn số 4287/UBND-KGVX ngày {day}/10/2023 của Ủy ban nhân dân tỉnh, Sở đã tổ chức {count} lớp tập huấn.
"""
SAMPLE_FILES = ("tyt_xa_2025h1.txt", "stp_2022.md", "doan_lamdong_2022.docx", "hlhpn_kiengiang_2024.html")


def own(tables: Tables, files: Iterable[str] | None = None, but: Iterable[str] = ()) -> dict[str, list[Row]]:
    """Return the rows of `files`, or of all, that hang on each report alone."""
    kept = None if files is None else set(files)
    return {
        name: [
            {column: value for column, value in row.items() if column not in but}
            for row in tables.rows(name)
            if (kept is None or row["file"] in kept) and row.get("code") not in ACROSS
        ]
        for name in TABLES
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Reports of many kinds: samples, sketches, two that contradict each other, one that is damaged."""
    made = tmp_path_factory.mktemp("in")
    for name in SAMPLE_FILES:
        shutil.copy(SAMPLES / "reports" / name, made / name)
    sketch = find(reports(), lambda report: len(report.table) > 1, settings=_QUICK)
    (made / "phác.docx").write_bytes(sketch.docx())
    (made / "một.txt").write_text(REPORT.format(number=15, day=16, count=12), encoding="utf-8")
    (made / "hai.txt").write_text(REPORT.format(number=16, day=17, count=9), encoding="utf-8")
    (made / "hỏng.docx").write_bytes(b"PK\x03\x04" + bytes(40))
    return made


_QUICK = settings(max_examples=50, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory) -> Tables:
    out = tmp_path_factory.mktemp("whole")
    run(folder, out)
    return Tables(out)


@pytest.fixture
def tables(tmp_path) -> Callable[..., Tables]:
    """Run over a folder that holds the files given, each with the name it is to have."""

    def of(files: dict[str, Path], name: str = "one", **options: object) -> Tables:
        made = tmp_path / name / "in"
        for called, path in files.items():
            (made / called).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, made / called)
        run(made, tmp_path / name / "out", **options)
        return Tables(tmp_path / name / "out")

    return of


def test_the_folder_is_one_that_has_something_to_say(whole):
    assert len(whole.items) > 400
    codes = {row["code"] for row in whole.rows("problems")}
    assert codes & ACROSS and codes - ACROSS
    assert {row["status"] for row in whole.reports.values()} == {"ok", "failed"}


def test_two_folders_joined_are_the_whole(folder, whole, tables):
    files = {path.name: path for path in folder.iterdir()}
    names = sorted(files)
    halves = [tables({name: files[name] for name in names[at::2]}, str(at)) for at in (0, 1)]
    for table in TABLES:
        joined = [row for half in halves for row in own(half)[table]]
        assert sorted(joined, key=str) == sorted(own(whole)[table], key=str)
    assert len({"một.txt", "hai.txt"} & set(halves[0].reports)) == 1, "what contradicts each other is apart"


def test_references_of_two_folders_add_up(folder, whole, tables):
    files = {path.name: path for path in folder.iterdir()}
    names = sorted(files)
    cited: dict[str, list[int]] = {}
    for at in (0, 1):
        for row in tables({name: files[name] for name in names[at::2]}, str(at)).rows("references"):
            so_far = cited.setdefault(row["number"], [0] * len(ADDED_UP))
            cited[row["number"]] = [n + int(row[column]) for n, column in zip(so_far, ADDED_UP, strict=True)]
    once: dict[str, list[int]] = {}
    for row in whole.rows("references"):
        so_far = once.setdefault(row["number"], [0] * len(ADDED_UP))
        once[row["number"]] = [n + int(row[column]) for n, column in zip(so_far, ADDED_UP, strict=True)]
    assert cited == once
    assert len(once) > 20


@pytest.mark.parametrize("way", ["backwards", "two workers"])
def test_order_and_workers_change_nothing(folder, whole, tmp_path, way):
    sources = find_reports(folder)
    run(folder, tmp_path / "out", **({"workers": 2} if way == "two workers" else {"sources": sources[::-1]}))
    assert content(tmp_path / "out") == content(whole.folder)


def test_other_names_change_names_alone(folder, whole, tables):
    """A report's ids are those of its bytes; one that can't be read has the same too, as its bytes can be."""
    renamed = {path.name: f"khác/tên {at}{path.suffix}" for at, path in enumerate(sorted(folder.iterdir()))}
    other = tables({renamed[path.name]: path for path in folder.iterdir()})
    was, now = own(whole, but=BY_NAME), own(other, but=BY_NAME)
    for table in TABLES:
        assert sorted(map(str, now[table])) == sorted(map(str, was[table]))
    assert [renamed[file] for file in sorted(whole.reports)] == sorted(
        other.reports, key=lambda file: int(file.split()[1].split(".")[0])
    )


ADDED: dict[str, Callable[[Path], bytes]] = {
    "thêm.txt": lambda folder: REPORT.format(number=77, day=16, count=41).encode(),
    "a hỏng.pdf": lambda folder: b"%PDF-1.7 nothing",
    "a trống.docx": lambda folder: b"",
    "a bản sao.txt": lambda folder: (folder / "một.txt").read_bytes(),
    "a cùng số.txt": lambda folder: REPORT.format(number=15, day=18, count=30).encode(),
    "z phụ lục.md": lambda folder: (folder / "stp_2022.md").read_bytes().replace(b"2022", b"2021"),
}
"""Files to be added: a good one, bad ones, one that is there already, one of another's number, one like another."""


def test_added_files_change_no_row_of_another(folder, whole, tables, tmp_path):
    added = {}
    for at, (name, make) in enumerate(ADDED.items()):
        added[name] = tmp_path / str(at)
        added[name].write_bytes(make(folder))
    more = tables({path.name: path for path in folder.iterdir()} | added)
    assert set(more.reports) == set(whole.reports) | set(ADDED)
    assert own(more, whole.reports) == own(whole)
    told = {row["code"] for row in more.rows("problems") if row["file"] in whole.reports} & ACROSS
    assert {"number.repeated", "file.duplicate"} & {row["code"] for row in more.rows("problems")}
    assert "file.duplicate" in told, "of two equal files the later one in the folder is told"
