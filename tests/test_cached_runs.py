"""Runs with a cache: the same tables as without, and nothing parsed again, whatever happens to the cache."""

from __future__ import annotations

import csv
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from pipeline.batch import Step, gather_gaps, run
from pipeline.batch.folder import Source
from pipeline.batch.reports import UNREAD, load_rules, read_portion
from pipeline.cache import DocumentCache, made_of
from pipeline.cache.database import DATABASE, NAME
from pipeline.cache.documents import PASSING
from pipeline.cli import main
from pipeline.problems import CATALOGUE
from pipeline.rulebook.pack import forget_packs
from tests.folders import content, small_pack
from tests.parsers.office_sketch import FakeSoffice, doc_of
from tests.parsers.test_docx import make_docx, para

REPORTS = Path(__file__).parents[1] / "samples" / "reports"
SAMPLES = (
    "stnmt_dongthap_2023m9.docx",
    "hlhpn_kiengiang_2024.html",
    "snnmt_thongke_2025q3.xlsx",
    "snv_hoabinh_2024.pdf",
)
REPORT = "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n\nThôn đã mở 7 buổi chiếu phim và trồng 40 gùi lan rừng.\n"
RULE = """rules:
  - id: gui
    finds: count
    title: Gùi lan
    pattern: '{so} gùi'
    reads: number
    priority: 9
    examples: [{text: 'trồng 40 gùi', value: '40'}]
    rejects: ['trồng 40 cây']
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some samples, a text, and two files that can't be read."""
    made = tmp_path / "in"
    made.mkdir()
    for name in SAMPLES:
        (made / name).write_bytes((REPORTS / name).read_bytes())
    (made / "thôn.txt").write_text(REPORT, encoding="utf-8")
    (made / "rỗng.docx").touch()
    (made / "hỏng.pdf").write_bytes(b"%PDF-1.7 nothing")
    return made


@pytest.fixture
def cache(tmp_path: Path) -> DocumentCache:
    return DocumentCache(tmp_path / "cache")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return small_pack(tmp_path)


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refuse_to_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every way to a parser fail; files that can't be read are looked at again, and are not here."""

    def parse(*arguments: object) -> None:
        raise AssertionError("parsed again")

    for place in ("pipeline.parsers.parse", "pipeline.batch.reports.parse", "pipeline.parsers._read"):
        monkeypatch.setattr(place, parse)


def test_the_tables_are_the_same_with_and_without_a_cache(folder: Path, cache: DocumentCache, tmp_path: Path) -> None:
    run(folder, tmp_path / "without")
    for out, workers in (("first", 2), ("second", 1), ("third", 2)):
        run(folder, tmp_path / out, workers=workers, cache=cache)
        assert cache.info().documents.entries == len(SAMPLES) + 1
    whole = content(tmp_path / "without")
    assert "consolidated.csv" in whole
    assert [content(tmp_path / out) for out in ("first", "second", "third")] == [whole] * 3


@pytest.mark.usefixtures("forked")
def test_a_change_of_rules_parses_nothing(
    folder: Path, cache: DocumentCache, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("rỗng.docx", "hỏng.pdf"):
        (folder / name).unlink()
    run(folder, tmp_path / "before", str(pack), cache=cache)
    with monkeypatch.context() as patch:
        refuse_to_parse(patch)
        run(folder, tmp_path / "same", str(pack), cache=cache)
        assert content(tmp_path / "same") == content(tmp_path / "before")
        (pack / "rules.yaml").write_text(RULE, encoding="utf-8")
        forget_packs()
        run(folder, tmp_path / "after", str(pack), cache=cache)
        with pytest.raises(AssertionError):
            assert run(folder, tmp_path / "anew", str(pack)).files["failed"] == 0
    run(folder, tmp_path / "anew", str(pack))
    assert content(tmp_path / "after") == content(tmp_path / "anew")
    before, after = (rows(tmp_path / out, "consolidated") for out in ("before", "after"))
    lost, won = ([row for row in one if row not in other] for one, other in ((before, after), (after, before)))
    assert [(row["file"], row["text"], row["rule"]) for row in won] == [("thôn.txt", "40 gùi lan rừng", "thon/gui")]
    assert {row["file"] for row in lost} <= {"thôn.txt"}
    for table in ("reports", "references"):
        assert rows(tmp_path / "before", table) == rows(tmp_path / "after", table)


@pytest.mark.usefixtures("forked")
def test_a_file_that_changed_is_the_only_one_parsed(
    folder: Path, cache: DocumentCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, tmp_path / "before", cache=cache)
    (folder / "thôn.txt").write_text(REPORT.replace("40", "41"), encoding="utf-8")
    refuse_to_parse(monkeypatch)
    run(folder, tmp_path / "after", cache=cache)
    failed = {row["file"] for row in rows(tmp_path / "after", "reports") if row["status"] == "failed"}
    assert failed == {"thôn.txt", "rỗng.docx", "hỏng.pdf"}
    monkeypatch.undo()
    run(folder, tmp_path / "after", cache=cache)
    run(folder, tmp_path / "without")
    assert content(tmp_path / "after") == content(tmp_path / "without")


def test_an_unchanged_folder_is_read_once(
    folder: Path, cache: DocumentCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, tmp_path / "first", cache=cache)
    assert cache.info().results.entries == len(SAMPLES) + 1, "what can't be read is looked at again"
    read = []
    (folder / "cũ").mkdir()
    (folder / "thôn.txt").rename(folder / "cũ" / "Thôn.TXT")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.batch.runs.reading", lambda sources, *rest: (read.extend(sources) for _ in "1"))
        with pytest.raises(AttributeError):  # nothing was read of them
            run(folder, tmp_path / "second", cache=cache)
    assert sorted(source.file for source in read) == ["hỏng.pdf", "rỗng.docx"]
    run(folder, tmp_path / "second", cache=cache)
    run(folder, tmp_path / "without")
    assert content(tmp_path / "second") == content(tmp_path / "without")


def test_results_are_kept_by_language_and_rules(folder: Path, cache: DocumentCache, pack: Path, tmp_path: Path) -> None:
    for name in (*SAMPLES, "rỗng.docx", "hỏng.pdf"):
        (folder / name).unlink()
    for number, arguments in enumerate([{}, {"lang": "en"}, {"rules": str(pack)}, {"rules": str(pack)}]):
        run(folder, tmp_path / f"with{number}", cache=cache, **arguments)
        run(folder, tmp_path / f"without{number}", **arguments)
        assert content(tmp_path / f"with{number}") == content(tmp_path / f"without{number}")
        assert cache.info().results.entries == min(number + 1, 3)
    assert cache.info().documents.entries == 1


def test_what_was_read_by_rules_that_changed_in_mid_run_is_not_kept(folder: Path, pack: Path) -> None:
    def is_lasting(made_by: bytes | None) -> bool:
        return read_portion(Source("thôn.txt", folder / "thôn.txt"), str(pack), made_by=made_by).lasting

    begun = made_of(load_rules(str(pack)), "vi")
    assert (is_lasting(begun), is_lasting(None)) == (True, False)
    (pack / "rules.yaml").write_text(RULE, encoding="utf-8")
    forget_packs()
    assert (is_lasting(begun), is_lasting(made_of(load_rules(str(pack)), "vi"))) == (False, True)


def test_a_run_that_was_cut_off_is_gone_on_with(folder: Path, cache: DocumentCache, tmp_path: Path) -> None:
    done = []

    def stop(step: Step) -> None:
        done.append(step.result)
        if sum(result is not None for result in done) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder, tmp_path / "out", progress=stop, cache=cache)
    kept = cache.info().results.entries
    assert 1 <= kept < len(SAMPLES) + 1
    steps: list[Step] = []
    run(folder, tmp_path / "out", progress=steps.append, cache=cache)
    assert sum(step.kept for step in steps) == kept
    run(folder, tmp_path / "without")
    assert content(tmp_path / "out") == content(tmp_path / "without")


@pytest.mark.usefixtures("forked")
def test_gaps_are_the_same_and_parse_nothing(
    folder: Path, cache: DocumentCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("rỗng.docx", "hỏng.pdf"):
        (folder / name).unlink()
    gaps = gather_gaps(folder)
    assert gather_gaps(folder, cache=cache) == gaps
    refuse_to_parse(monkeypatch)
    assert gather_gaps(folder, cache=cache) == gaps
    assert gaps.groups
    assert gaps.unread == ()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script that only POSIX runs")
def test_what_is_kept_is_not_converted_ahead(
    tmp_path: Path, cache: DocumentCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    for made in (folder, tmp_path / "bin"):
        made.mkdir()
    fake = FakeSoffice(tmp_path / "bin")
    monkeypatch.setenv("BAOCAO_SOFFICE", str(fake.path))
    for number in range(3):
        (folder / f"{number}.doc").write_bytes(doc_of(make_docx(para(f"Thôn đã mở {number} buổi chiếu phim."))))
    run(folder, tmp_path / "1", workers=1, cache=cache)
    assert [len(call) for call in fake.calls()] == [3]
    run(folder, tmp_path / "2", cache=cache)
    assert [len(call) for call in fake.calls()] == [3]
    (folder / "3.doc").write_bytes(doc_of(make_docx(para("Thôn đã mở 9 buổi chiếu phim."))))
    run(folder, tmp_path / "3", workers=2, cache=cache)
    assert [len(call) for call in fake.calls()] == [3, 1]
    assert content(tmp_path / "1") == content(tmp_path / "2")
    assert len(rows(tmp_path / "3", "reports")) == 4


def test_a_report_read_lightly_is_read_again_with_the_program(
    tmp_path: Path, cache: DocumentCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.rtf").write_bytes(rb"{\rtf1\ansi Ngay 16/10/2023 co 12 cuoc hop.\par}")
    monkeypatch.setenv("BAOCAO_SOFFICE", "nowhere")
    run(tmp_path / "in", tmp_path / "out", cache=cache)
    assert rows(tmp_path / "out", "reports")[0]["status"] == "partial"
    assert cache.info().documents.entries == 0


def test_what_makes_a_report_partial_is_judged() -> None:
    lasting = {"page.garbled", "file.garbled", "file.embedded", "file.pages"}
    assert lasting == UNREAD - PASSING, "is the new problem one that another run may not meet?"
    assert set(CATALOGUE) >= PASSING


def cut(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:5000])


def spoil(database: Path) -> None:
    database.write_bytes(os.urandom(20_000))


def spoil_entries(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE contents SET value = randomblob(500)")
    connection.close()


@pytest.mark.parametrize(("fault", "workers"), [(cut, 1), (spoil, 1), (spoil_entries, 1), (spoil_entries, 2)])
def test_a_damaged_cache_costs_nothing_and_is_made_anew(
    tmp_path: Path, cache: DocumentCache, fault, workers: int
) -> None:
    (tmp_path / "in").mkdir()
    for number in range(6):
        (tmp_path / "in" / f"{number}.txt").write_text(REPORT.replace("40", f"4{number}"), encoding="utf-8")
    run(tmp_path / "in", tmp_path / "without")
    run(tmp_path / "in", tmp_path / "1", cache=cache)
    fault(cache.folder / NAME / DATABASE)
    run(tmp_path / "in", tmp_path / "2", workers=workers, cache=cache)
    assert content(tmp_path / "2") == content(tmp_path / "without")
    run(tmp_path / "in", tmp_path / "3", workers=workers, cache=cache)
    assert content(tmp_path / "3") == content(tmp_path / "without")
    assert cache.info().documents.entries == 6
    assert [path.name for path in cache.folder.iterdir()] == [NAME]


def test_a_cache_is_kept_to_its_size(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out", cache=DocumentCache(tmp_path / "cache", 15_000))
    kept = DocumentCache(tmp_path / "cache").info()
    assert 0 < kept.documents.size <= 15_000
    assert 0 < kept.documents.entries < len(SAMPLES) + 1


def test_the_commands_use_the_cache_of_the_user_unless_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT, encoding="utf-8")
    given, out = str(tmp_path / "in"), ["-o", str(tmp_path / "out")]
    for command in (["run", given, *out], ["gaps", given]):
        mine = tmp_path / command[0]
        monkeypatch.setenv("BAOCAO_CACHE", str(mine))
        assert main([*command, "--no-cache"]) == 0
        assert not mine.exists()
        assert main(command) == 0
        assert DocumentCache(mine).info().documents.entries == 1
    monkeypatch.setenv("BAOCAO_CACHE_LIMIT", "to lắm")
    capsys.readouterr()
    assert main(["run", given, *out, "--lang", "vi"]) == 2
    assert "BAOCAO_CACHE_LIMIT" in capsys.readouterr().err
    assert main(["run", given, *out, "--no-cache"]) == 0


def test_the_tests_leave_the_cache_of_the_user_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert Path(os.environ["BAOCAO_CACHE"]).is_relative_to(tmp_path_factory.getbasetemp())
