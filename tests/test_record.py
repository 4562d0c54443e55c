"""`run.json`: what made a table can be found from the table, and nothing that is private is in it."""

from __future__ import annotations

import hashlib
import json
from contextlib import chdir

import pytest

from pipeline.batch.record import SCHEMA, Input, Settings, files_in, made_with, without_secrets, write_record
from pipeline.batch.runs import run
from pipeline.rulebook import load_pack
from tests.test_recording import checker

REPORT = """BÁO CÁO
Kết quả công tác năm 2023

Xã đã tổ chức 12 lớp học.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    base = tmp_path_factory.mktemp("record")
    folder = base / "kho"
    (folder / "xã A").mkdir(parents=True)
    (folder / "xã A" / "tốt.txt").write_text(REPORT, encoding="utf-8")
    (folder / "rỗng.docx").touch()
    with chdir(base):
        run("kho", "out", "core")
    return base / "out"


def test_a_table_is_traced_to_its_inputs_and_rules(out):
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    checker(SCHEMA).validate(record)
    assert [entry["file"] for entry in record["inputs"]] == ["rỗng.docx", "xã A/tốt.txt"]
    assert [entry["status"] for entry in record["inputs"]] == ["failed", "ok"]
    read = (out.parent / "kho" / "xã A" / "tốt.txt").read_bytes()
    assert record["inputs"][1]["sha256"] == hashlib.sha256(read).hexdigest()
    assert record["inputs"][1]["size"] == len(read)
    assert record["rule_packs"][0]["digest"] == load_pack("core").digest
    assert record["arguments"]["folder"] == "kho"
    assert record["counts"]["files"] == {"ok": 1, "partial": 0, "failed": 1}


def test_every_file_of_tables_is_named_with_its_hash(out):
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    named = {entry["file"]: entry for entry in record["tables"]}
    beside = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert beside - set(named) == {"run.json", "run.log.jsonl"}
    for name, entry in named.items():
        content = (out / name).read_bytes()
        assert (entry["sha256"], entry["size"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert named["reports.csv"]["rows"] == 2


def test_no_path_of_the_machine_is_in_record_or_log(out):
    for name in ("run.json", "run.log.jsonl"):
        assert str(out.parent) not in (out / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("báo cáo/2024", "báo cáo/2024"),
        ("C:\\báo cáo", "C:\\báo cáo"),
        ("tcp://10.0.0.7:8786", "tcp://10.0.0.7:8786"),
        ("local:3", "local:3"),
        ("s3://kho/tỉnh", "s3://kho/tỉnh"),
        ("s3://key:secret@kho/tỉnh?token=secret#secret", "s3://kho/tỉnh"),
        ("sftp://an:secret@may:22/kho", "sftp://may:22/kho"),
        ("sftp://an:se@cret@may/kho", "sftp://may/kho"),
        ("memory://kho", "memory://kho"),
    ],
)
def test_an_address_is_told_without_its_secrets(address, told):
    assert without_secrets(address) == told
    assert "secret" not in str(Settings(address, "vi", (address,), cluster=address).told())


def test_inputs_are_written_as_they_come_one_a_line(tmp_path):
    path = tmp_path / "run.json"
    held: list[int] = []

    def inputs(count: int):
        for at in range(count):
            held.append(path.stat().st_size)
            yield Input(f"{at} \udcff.pdf", 5, "ab" * 32, "ok", 2, 0.5, False)

    write_record(path, {"baocao": "9", "tables": []}, inputs(2_000))
    text = path.read_text(encoding="utf-8")
    record = json.loads(text)
    assert (record["baocao"], len(record["inputs"])) == ("9", 2_000)
    assert record["inputs"][1_999]["file"] == "1999 ?.pdf"
    assert sum('"sha256"' in line for line in text.splitlines()) == 2_000
    assert held[-1] > 100_000  # the first are on the disk before the last is asked for


def test_a_run_without_inputs_is_json_too(tmp_path):
    write_record(tmp_path / "run.json", {"baocao": "9"}, [])
    assert json.loads((tmp_path / "run.json").read_text("utf-8")) == {"baocao": "9", "inputs": []}


def test_files_are_named_from_their_folder_with_what_is_known_of_them(tmp_path):
    (tmp_path / "dataset" / "a").mkdir(parents=True)
    (tmp_path / "dataset" / "a" / "0.parquet").write_bytes(b"xy")
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / ".owner").touch()
    assert files_in(tmp_path, tmp_path, {"a.csv": 0}) == [
        {"file": "a.csv", "size": 0, "sha256": hashlib.sha256(b"").hexdigest(), "rows": 0},
        {"file": "dataset/a/0.parquet", "size": 2, "sha256": hashlib.sha256(b"xy").hexdigest(), "rows": None},
    ]


def test_programs_that_no_file_needs_are_not_asked(monkeypatch):
    monkeypatch.setenv("BAOCAO_TESSERACT", "none")
    monkeypatch.setenv("BAOCAO_SOFFICE", "none")
    monkeypatch.setenv("BAOCAO_ANTIWORD", "none")
    assert made_with({"pdf", "docx"})["programs"] == {"tesseract": None}
    assert made_with({"pdf", "rtf"})["programs"] == {"antiword": None, "libreoffice": None, "tesseract": None}
