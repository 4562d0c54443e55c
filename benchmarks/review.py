"""Review tables of 100,000 items: seconds until the first page is there, and milliseconds of a decision.

    python -m benchmarks review [--items 100000] [--decisions 200] [--work FOLDER]

The tables are those of the samples, again and again as other reports in other folders, each with ids of its own. What
is measured is what a browser waits for: the server is a process of its own, asked over HTTP.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from benchmarks.watching import ROOT, baocao
from pipeline.tables.identity import content_id
from pipeline.tables.publishing import SEAL, head_of_seal

SAMPLES = ROOT / "samples" / "reports"
_TABLES = ("reports", "consolidated", "indicators", "problems")
_IDS = ("report_id", "item_id", "problem_id", "part_of")
_SEARCHES = ("hoi nghi", "hội nghị", "2023", "tap huan")


def write_tables(samples: Path, out: Path, items: int) -> tuple[int, int]:
    """Write tables of at least so many items into `out`, those of `samples` again and again.

    Return how many there are, and how many times the samples.
    """
    out.mkdir(parents=True)
    read = {name: _read(samples / f"{name}.csv") for name in _TABLES}
    times = -(-items // len(read["consolidated"][1]))
    for name, (head, rows) in read.items():
        with (out / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            for number in range(times):
                writer.writerows(_as_other(head, row, number) for row in rows)
    _write_seal(samples, out, times)
    return times * len(read["consolidated"][1]), times


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    return head, rows


def _as_other(head: Sequence[str], row: Sequence[str], number: int) -> list[str]:
    """Return a row as that of another report."""
    told = dict(zip(head, row, strict=True))
    for name in _IDS:
        if told.get(name):
            told[name] = content_id(str(number), told[name])
    told["file"] = _folder(number, told["file"])
    if told.get("other_file"):
        told["other_file"] = _folder(number, told["other_file"])
    return list(told.values())


def _folder(number: int, file: str) -> str:
    return f"{number:05}/{file}"


def _write_seal(samples: Path, out: Path, times: int) -> None:
    told = json.loads((samples / SEAL).read_text(encoding="utf-8"))
    head = head_of_seal(samples / SEAL)
    inputs = [{**one, "file": _folder(number, one["file"])} for number in range(times) for one in told["inputs"]]
    (out / SEAL).write_text(json.dumps({**head, "inputs": inputs}, ensure_ascii=False, indent=2), encoding="utf-8")


def link_reports(folder: Path, times: int) -> None:
    """Make the folders that the reports of such tables are in, each of them a link to the samples."""
    folder.mkdir(parents=True)
    for number in range(times):
        (folder / f"{number:05}").symlink_to(SAMPLES, target_is_directory=True)


class Page:
    """What a browser asks of the server, and how long it waits."""

    def __init__(self, url: str) -> None:
        self._base = url.partition("/enter")[0]
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor())
        self._opener.open(url).read()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Return what is told under a path."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"X-Reviewer": "An", "X-Baocao": "1", "Origin": self._base}
        with self._opener.open(Request(f"{self._base}{path}", data, headers)) as answer:
            return json.load(answer)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that something took, and what came of it."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


@contextmanager
def serving(out: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """Give the address of a review of `out`, served by a process of its own, and the number of that process."""
    command = baocao("review", str(out), "--input", str(folder), "--no-browser")
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        words = (word for line in process.stdout for word in line.split())
        yield next(word for word in words if word.startswith("http://")), process.pid
    finally:
        process.terminate()
        process.wait(30)


def measure(out: Path, folder: Path, decisions: int) -> dict[str, float]:
    """Return the figures of one review, in seconds, and of memory in bytes."""
    import psutil

    figures: dict[str, float] = {}
    start = time.perf_counter()
    with serving(out, folder) as (url, process):
        figures["start"] = time.perf_counter() - start
        page = Page(url)
        figures["rows"], told = timed(lambda: page.ask("/api/rows?limit=100"))
        figures["facets"], _ = timed(lambda: page.ask("/api/facets"))
        figures["first page"] = time.perf_counter() - start
        for words in _SEARCHES:
            path = f"/api/rows?q={quote(words)}&limit=100"
            figures[f"search {words}"], _ = timed(partial(page.ask, path))
        for sort in ("problem", "value", "rule", "recent"):
            figures[f"sort {sort}"], _ = timed(partial(page.ask, f"/api/rows?sort={sort}&limit=100"))
        filtered = "/api/facets?kind=count&status=done"
        figures["facets, filtered"], _ = timed(lambda: page.ask(filtered))
        figures |= _decisions(page, told["total"], decisions)
        memory = psutil.Process(process).memory_info
        figures["memory"] = float(memory().rss)
        figures |= _bulk(page)
        figures["memory after"] = float(memory().rss)
    return figures


def _decisions(page: Page, total: int, count: int) -> dict[str, float]:
    """Return how long decisions all over the tables took, and the evidence of the row that comes next."""
    decided, looked = [], []
    for at in range(count):
        first = at * (total // (count + 1))
        row, following = page.ask(f"/api/rows?from={first}&limit=2")["rows"]
        body = {"key": row["key"], "action": "accepted", "said": {}, "note": "", "seen": 0, "shown": row["shown"]}
        decided.append(timed(partial(page.ask, "/api/decide", body))[0])
        looked.append(timed(partial(page.ask, f"/api/row?key={following['key']}"))[0])
    both = [one + other for one, other in zip(decided, looked, strict=True)]
    tail = sorted(both)[int(0.95 * len(both))]
    return {"decide": median(decided), "next evidence": median(looked), "both": median(both), "both, 95 %": tail}


def _bulk(page: Page) -> dict[str, float]:
    """Return how long accepting all rows took, and what another request waited for meanwhile."""
    count = page.ask("/api/bulk")["count"]
    keys = [row["key"] for row in page.ask("/api/rows?kind=count&limit=50")["rows"]]
    waited: list[float] = []
    asked = Thread(target=lambda: page.ask("/api/bulk", {"query": {}, "action": "accepted", "count": count}))
    start = time.perf_counter()
    asked.start()
    at = 0
    while asked.is_alive():
        path = f"/api/row?key={keys[at % len(keys)]}" if at % 2 else f"/api/rows?from={at * 100}&limit=100"
        waited.append(timed(partial(page.ask, path))[0])
        at += 1
        time.sleep(0.05)
    took = time.perf_counter() - start
    waited.sort()
    return {
        "accept all": took,
        "meanwhile": median(waited),
        "meanwhile, 95 %": waited[int(0.95 * len(waited))],
        "meanwhile, most": waited[-1],
        "undo of all": timed(lambda: page.ask("/api/undo", {}))[0],
    }


def main(arguments: Sequence[str]) -> int:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--decisions", type=int, default=200)
    parser.add_argument("--work", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.work, prefix="baocao-review-") as work:
        samples, out, folder = (Path(work) / name for name in ("samples", "out", "reports"))
        subprocess.run(baocao("run", str(SAMPLES), "-o", str(samples), "--quiet"), cwd=ROOT, check=True)
        items, times = write_tables(samples, out, given.items)
        link_reports(folder, times)
        figures = measure(out, folder, given.decisions)
    print(f"{items} items")
    for name, figure in figures.items():
        told = f"{figure / 1e6:10.0f} MB" if name.startswith("memory") else f"{1000 * figure:10.1f} ms"
        print(f"{name:24}{told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
