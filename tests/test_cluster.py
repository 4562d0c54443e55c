"""Reading on a Dask cluster, and in a store: the same bytes as on one machine, whatever is lost on the way."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from pipeline.batch import cluster, find_reports, remote, run
from pipeline.batch.batches import batches
from pipeline.batch.cluster import reading_on_cluster
from pipeline.batch.delivery import LOCK
from pipeline.batch.folder import Source, each_report
from pipeline.batch.reports import lost_portion, read_portion
from pipeline.batch.tasks import Job, Machine, Result, this_machine, unlike
from pipeline.batch.workers import LIMITS, Done, Reader, Step
from pipeline.model import Problem
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.tables.portion import Portion
from tests.folders import content

pytest.importorskip("distributed", reason="dask is not installed")

REPORT = """SỞ CÔNG THƯƠNG
Số: {n}/BC-SCT

Cà Mau, ngày {day} tháng 5 năm 2024

BÁO CÁO
Kết quả công tác tháng {month}

I. KẾT QUẢ

Thực hiện Kế hoạch số 1{n}/KH-UBND ngày 05/01/2024, Sở đã tổ chức {n} lớp tập huấn cho {m} người, kiểm tra {k} cơ sở.
"""
FILES = 16
PACK = "id: xa\ntitle: Xã\nversion: 1.0.0\nextends: [core]\n"


def make_reports(folder: Path) -> Path:
    for n in range(1, FILES + 1):
        path = folder / f"xã {n % 3}" / f"báo cáo {n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(n=n, m=n * 7, k=n + 30, day=n % 28 + 1, month=n % 12 + 1), encoding="utf-8")
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04" + bytes(99))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_reports(tmp_path_factory.mktemp("cluster") / "in")


@pytest.fixture(scope="module")
def on_one_machine(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("one") / "out"
    run(folder, out, "core", lang="vi")
    return content(out)


@pytest.fixture(scope="module")
def bucket():
    """A store that talks as S3 does, on this machine; its address and keys are in the environment."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    began = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    began.start()
    host, port = began.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        remote._system.cache_clear()
        import s3fs

        s3fs.S3FileSystem(skip_instance_cache=True).mkdir("kho")
        yield "s3://kho"
    remote._system.cache_clear()
    began.stop()


@pytest.fixture(scope="module")
def three(bucket):
    """The address of a cluster of three worker processes, which know the store, and a client of it."""
    import dask
    from distributed import Client, LocalCluster

    machines = {"n_workers": 3, "threads_per_worker": 1, "memory_limit": 0, "dashboard_address": None}
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(**machines, silence_logs=logging.CRITICAL) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield cluster.scheduler_address, client


@pytest.fixture
def few(tmp_path):
    """A folder of one report."""
    made = tmp_path / "few"
    made.mkdir()
    (made / "a.txt").write_text(REPORT.format(n=3, m=21, k=33, day=4, month=4), encoding="utf-8")
    return made


def put_all(folder: Path, url: str) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            remote.put(path, remote.join(url, path.relative_to(folder).as_posix()))


def get_all(url: str, folder: Path) -> dict[str, bytes]:
    for entry in remote.entries(url):
        path = folder / entry.name
        path.parent.mkdir(parents=True, exist_ok=True)
        remote.fetch(entry.url, path)
    return content(folder)


def test_a_store_and_a_cluster_of_three_give_the_bytes_of_one_machine(folder, on_one_machine, bucket, three, tmp_path):
    put_all(folder, f"{bucket}/in")
    steps: list[Step] = []
    address, _ = three
    summary = run(f"{bucket}/in", f"{bucket}/out", "core", lang="vi", cluster=address, progress=steps.append)
    assert get_all(f"{bucket}/out", tmp_path / "got") == on_one_machine
    assert summary.files == {"ok": FILES, "partial": 0, "failed": 1}
    record = json.loads(remote.read(f"{bucket}/out/run.json"))
    assert (record["arguments"]["folder"], record["arguments"]["cluster"]) == (f"{bucket}/in", address)
    assert "testing" not in json.dumps(record)
    assert remote.read(f"{bucket}/out/{LOCK}") is None
    assert {step.total for step in steps if step.stage == "reading"} == {0}


def slowly(source: Source) -> Portion:
    """Note that a file is read, for which its folder has room, and take a while."""
    source.path.with_suffix(".read").touch()
    time.sleep(0.5)
    return read_portion(source, "core")


def test_a_run_that_is_ended_has_the_cluster_read_no_more(three, tmp_path):
    address, client = three
    make_reports(tmp_path / "in")
    reader = Reader(slowly, partial(lost_portion, lang="vi"))
    with closing(reading_on_cluster(find_reports(tmp_path / "in"), reader, address)) as events:
        next(event for event in events if isinstance(event, Done))
    until = time.monotonic() + 60
    while any(client.run(lambda dask_worker: len(dask_worker.state.tasks)).values()) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(client.run(lambda dask_worker: len(dask_worker.state.tasks)).values())
    read = len(list((tmp_path / "in").rglob("*.read")))
    assert 1 <= read < FILES
    time.sleep(1)
    assert len(list((tmp_path / "in").rglob("*.read"))) == read


def test_machines_that_would_read_something_else_are_refused(three, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.batch.tasks.result_version", lambda: "another")
    with pytest.raises(BaocaoError) as raised:
        run(folder, tmp_path / "out", "core", cluster=three[0])
    assert raised.value.problem.code == "cluster.version"


def test_a_rule_pack_in_a_folder_goes_along(few, three, tmp_path):
    pack = tmp_path / "xã"
    pack.mkdir()
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    run(few, tmp_path / "one", str(pack), lang="vi")
    run(few, tmp_path / "many", str(pack), lang="vi", cluster=three[0])
    assert content(tmp_path / "one") == content(tmp_path / "many")
    assert b",xa," in (tmp_path / "many" / "reports.csv").read_bytes()


def test_a_worker_killed_in_mid_run_costs_no_row(folder, on_one_machine, three, tmp_path):
    address, client = three
    killed = []

    def kill_one(step: Step) -> None:
        if step.result is None and step.file and not killed:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    run(folder, tmp_path / "out", "core", lang="vi", cluster=address, progress=kill_one)
    assert killed
    assert content(tmp_path / "out") == on_one_machine


def test_a_cluster_of_this_machine_reads_as_many_files_at_a_time_as_it_is_told():
    from distributed import Client

    with cluster._scheduler("local:2") as (address, elsewhere), Client(address, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=60)
        assert list(client.nthreads().values()) == [2]
        assert not any(client.run(this_machine_is_daemonic).values())
        assert not elsewhere


def this_machine_is_daemonic() -> bool:
    return this_machine().daemonic


def test_tables_in_a_store_are_exchanged_with_the_seal_last(few, bucket, tmp_path, monkeypatch):
    out = f"{bucket}/small"
    run(few, out, "core", lang="vi")
    before = get_all(out, tmp_path / "before")
    remote.write(f"{out}/ghi chú.txt", "của người khác".encode())
    asked = []
    put = remote.put

    def full(path, url):
        asked.append(url)
        if len(asked) == 3:
            raise OSError(28, "No space left on device")
        put(path, url)

    with monkeypatch.context() as patch:
        patch.setattr(remote, "put", full)
        with pytest.raises(BaocaoError) as raised:
            run(few, out, "core", lang="vi")
    assert raised.value.problem.code == "store.output"
    assert remote.read(f"{out}/run.json") is None, "no seal over a part of the tables"
    run(few, out, "core", lang="vi")
    after = get_all(out, tmp_path / "after")
    assert after.pop("ghi chú.txt").decode() == "của người khác"
    assert after == before


def test_a_second_run_into_a_store_is_refused_and_told_whose_it_is(folder, bucket):
    out = f"{bucket}/busy"
    remote.write(f"{out}/{LOCK}", json.dumps({"process": "77", "host": "máy-a", "since": "2026-01-01"}).encode())
    with pytest.raises(BaocaoError) as raised:
        run(folder, out, "core")
    told = dict(raised.value.problem.detail)
    assert (raised.value.problem.code, told["process"], told["host"]) == ("store.busy", "77", "máy-a")


def test_a_folder_in_a_store_is_listed_lazily_and_as_one_on_a_disk(folder, bucket):
    put_all(folder, f"{bucket}/list")
    remote.write(f"{bucket}/list/.ẩn.txt", b"x")
    remote.write(f"{bucket}/list/ảnh.bmp", b"x")
    assert [source.file for source in find_reports(f"{bucket}/list")] == [s.file for s in find_reports(folder)]
    assert next(iter(each_report(f"{bucket}/list"))).url.startswith(bucket)


@pytest.mark.parametrize(
    ("folder_name", "code"),
    [("s3://kho/không-có", "run.no_folder"), ("khong://kho/a", "store.unknown")],
)
def test_a_store_that_cannot_be_read_is_told(bucket, tmp_path, folder_name, code):
    with pytest.raises(BaocaoError) as raised:
        run(folder_name, tmp_path / "out")
    assert raised.value.problem.code == code


@pytest.mark.parametrize(
    ("address", "code"),
    [("máy a", "cluster.address"), ("local:0", "cluster.address"), ("tcp://127.0.0.1:9", "cluster.unreachable")],
)
def test_a_cluster_that_cannot_be_used_is_told(folder, tmp_path, monkeypatch, address, code):
    monkeypatch.setattr("pipeline.batch.cluster._CONNECTING", 1.0)
    with pytest.raises(BaocaoError) as raised:
        run(folder, tmp_path / "out", "core", cluster=address)
    assert raised.value.problem.code == code


@pytest.mark.parametrize("lanes", [1, 3, 50])
@pytest.mark.parametrize("many", [0, 1, 7, 400])
def test_batches_hold_every_file_once_and_grow(lanes, many):
    names = [f"{n}.{'doc' if n % 5 == 0 else 'txt'}" for n in range(many)]
    sources = [Source(name, Path("/", name), "s3://x", 1000) for name in names]
    made = list(batches(iter(sources), lambda: lanes))
    assert sorted(source for batch in made for source in batch) == sorted(sources)
    assert all(len(batch) <= 50 for batch in made)
    assert all(len({source.path.suffix for source in batch}) == 1 for batch in made)


class Machines:
    """A cluster of two threads that gives what `lost` says of a batch as the error of its task, if anything."""

    def __init__(self, lost: Callable[[list[str]], Exception | None]) -> None:
        self.lost = lost
        self.given: list[list[str]] = []

    def nthreads(self) -> dict[str, int]:
        return {"a": 2}

    def submit(self, read, job, batch, name, key, pure) -> Answer:
        files = [file for file, _, _, _ in batch]
        self.given.append(files)
        found = [Result(at, job.reader.read(Source(file, Path(file))), 0.0) for at, file in enumerate(files)]
        return Answer(self.lost(files), found)


@dataclass(eq=False)
class Answer:
    error: Exception | None
    found: list[Result[str]]

    @property
    def status(self) -> str:
        return "error" if self.error else "finished"

    def exception(self) -> Exception | None:
        return self.error

    def result(self) -> list[Result[str]]:
        return self.found


@pytest.fixture
def read_by(monkeypatch):
    """Return what comes of files a to i on Machines, by file: itself, or the problem that stands for it."""
    monkeypatch.setattr(cluster, "_admitted", lambda client, job: job)
    monkeypatch.setattr(cluster, "_finished", lambda client, futures: futures)

    def read(machines: Machines) -> dict[str, object]:
        reader = Reader(lambda source: source.file, lambda source, problem: problem)
        sources = [Source(f"{letter}.txt", Path(f"{letter}.txt"), "s3://x", 9) for letter in "abcdefghi"]
        work = cluster._Work(Job(reader, LIMITS, this_machine()), sources)
        done = [event for event in work.events(machines) if isinstance(event, Done)]
        assert len(done) == len({event.source.file for event in done}) == 9
        return {event.source.file: event.read for event in done}

    return read


def test_a_file_that_takes_workers_with_it_costs_its_own_row_alone(read_by):
    from distributed import KilledWorker

    def lost(files):
        return KilledWorker("baocao-1", "tcp://a", 3) if "c.txt" in files else None

    read = read_by(Machines(lost))
    problem = read.pop("c.txt")
    assert (problem.code, dict(problem.detail)["reason"]) == ("file.crashed", "KilledWorker")
    assert all(file == told for file, told in read.items())


def test_a_batch_that_is_lost_once_is_given_again_as_it_was(read_by):
    seen = set()

    def lost(files):
        first = tuple(files) not in seen
        seen.add(tuple(files))
        return MemoryError() if first else None

    machines = Machines(lost)
    assert all(file == told for file, told in read_by(machines).items())
    assert sorted(machines.given) == sorted(2 * [list(files) for files in seen])


@pytest.mark.parametrize(
    ("machine", "code"),
    [
        (Machine("1", ("soffice",), False), ""),
        (Machine("2", ("soffice",), False), "cluster.version"),
        (Machine("1", ("soffice",), True), "cluster.daemonic"),
        (Machine("1", (), False), "cluster.programs"),
    ],
)
def test_what_a_machine_must_have_in_common_with_others(machine, code):
    refusal = unlike(machine, Machine("1", ("soffice",), False), "tcp://a")
    assert (refusal.code if refusal else "") == code
    assert not refusal or CATALOGUE[code].message(Problem(code, tuple(refusal.detail.items())), "vi")
