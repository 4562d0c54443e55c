"""Intake: what is known, and what stands in two files, is read once or not at all, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from pipeline.batch.folder import Source
from pipeline.batch.intake import Intake, content_of
from pipeline.batch.spool import Spool
from pipeline.tables import ReportResult
from pipeline.tables.portion import portion_of


@pytest.fixture
def files(tmp_path):
    def make(**texts: str) -> list[Source]:
        sources = []
        for name, text in texts.items():
            path = tmp_path / name.replace("_", ".")
            if text is not None:
                path.write_text(text, encoding="utf-8")
            sources.append(Source(path.name, path))
        return sources

    return make


@pytest.fixture
def spool(tmp_path):
    (tmp_path / "scratch").mkdir()
    with Spool(tmp_path / "scratch") as spool:
        yield spool


def portion(source: Source, content: str | None = None):
    found = content_of(source)
    return portion_of(ReportResult(source.file, "0" * 12), content or (found[0] if found else ""))


class Run:
    """Everything that an intake tells, with `known` contents by their hash."""

    def __init__(self, spool: Spool, known=()) -> None:
        self.told: list[tuple[str, float | None]] = []
        self.asked: list[str] = []
        self.known = dict(known)
        self.intake = Intake(spool, self._known, lambda p, seconds: self.told.append((p.file, seconds)))

    def _known(self, content):
        self.asked.append(content[0])
        return self.known.get(content[0])

    def read(self, sources, changed=()) -> list[str]:
        """Read whatever is missing until nothing is left, `changed` being other bytes than they were; what was read."""
        read = []
        while sources:
            for source in list(self.intake.missing(sources)):
                read.append(source.file)
                content = "f" * 64 if source.file in changed else None
                self.intake.read(portion(source, content), 2.0)
            sources = self.intake.left()
        return read


def test_every_file_of_one_content_is_there_and_one_is_read(files, spool):
    run = Run(spool)
    sources = files(a_txt="x", b_txt="x", c_txt="y", d_txt="x")
    assert run.read(sources) == ["a.txt", "c.txt"]
    assert sorted(run.told) == [("a.txt", 2.0), ("b.txt", None), ("c.txt", 2.0), ("d.txt", None)]
    assert [p.file for p in spool] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    contents = {p.file: p.content for p in spool}
    assert contents["a.txt"] == contents["b.txt"] == contents["d.txt"] != contents["c.txt"]


def test_a_file_of_the_content_of_one_that_is_there_already_is_not_read(files, spool):
    run = Run(spool)
    first, second = files(a_txt="x", b_txt="x")
    assert run.read([first]) == ["a.txt"]
    assert run.read([second]) == []
    assert [p.file for p in spool] == ["a.txt", "b.txt"]


def test_another_suffix_is_read_for_itself(files, spool):
    assert Run(spool).read(files(a_txt="x", a_md="x")) == ["a.txt", "a.md"]


def test_what_is_known_is_not_read_and_asked_for_once(files, spool):
    sources = files(a_txt="x", b_txt="x", c_txt="y")
    known = portion(sources[0]).named("long/ago.txt")
    run = Run(spool, {known.content: known})
    assert run.read(sources) == ["c.txt"]
    assert run.told[:2] == [("a.txt", None), ("b.txt", None)]
    assert run.asked.count(known.content) == 1
    assert [p.file for p in spool] == ["a.txt", "b.txt", "c.txt"]


def test_files_that_waited_for_one_that_was_changed_meanwhile_are_read(files, spool):
    run = Run(spool)
    assert run.read(files(a_txt="x", b_txt="x", c_txt="x"), changed={"a.txt"}) == ["a.txt", "b.txt"]
    assert sorted(p.file for p in spool) == ["a.txt", "b.txt", "c.txt"]


def test_files_that_cannot_be_opened_are_read_each_for_its_error(files, spool):
    assert Run(spool).read(files(a_txt=None, b_txt=None)) == ["a.txt", "b.txt"]


def test_only_what_was_read_as_it_was_seen_may_be_kept(files, spool):
    intake = Intake(spool, lambda content: None, lambda portion, seconds: None)
    [same, changed, gone] = sources = files(a_txt="x", b_txt="y", c_txt=None)
    assert [source.file for source in intake.missing(sources)] == ["a.txt", "b.txt", "c.txt"]
    assert intake.read(portion(same), 1.0) == content_of(same)
    assert intake.read(portion(changed, "e" * 64), 1.0) is None
    assert intake.read(portion(gone), 1.0) is None


def test_a_spool_gives_portions_by_number_and_by_file(tmp_path):
    portions = [portion_of(ReportResult(file, "0" * 12, error="x" * at)) for at, file in enumerate("cab")]
    with Spool(tmp_path) as spool:
        for one in portions[:2]:
            spool.add(one)
        assert spool[1] == portions[1]
        spool.add(portions[2])
        assert [spool[at] for at in range(3)] == portions
        assert list(spool) == [portions[1], portions[2], portions[0]]
        assert len(spool) == 3


def test_a_spool_that_the_disk_damaged_is_an_error_of_writing(tmp_path):
    with Spool(tmp_path) as spool:
        spool.add(portion_of(ReportResult("a", "0" * 12)))
        list(spool)
        (tmp_path / "spool").write_bytes(b"\x00" * 8)
        with pytest.raises(OSError, match="damaged"):
            list(spool)
