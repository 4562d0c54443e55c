"""Where a run stands: what the counts, the rate and the time left say in runs of every sort."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.batch.tally import Tally, Timed
from pipeline.batch.workers import Step


@dataclass(frozen=True, slots=True)
class Result:
    file: str
    status: str = "ok"
    error: str = ""
    pages: int | None = None


class Run:
    """A run of `total` files on a clock of its own."""

    def __init__(self, total: int) -> None:
        self.now = 1000.0
        self.total, self.done = total, 0
        self.tally = Tally(lambda: self.now)

    def begin(self, file: str) -> None:
        self.tally.take(Step(self.done, self.total, file))

    def end(self, file: str, seconds: float = 0.0, status: str = "ok", pages: int | None = None) -> None:
        self.done += 1
        self.tally.take(Step(self.done, self.total, file, Result(file, status, pages=pages), seconds))

    def read(self, count: int, seconds: float, hits: int = 0) -> None:
        """Read `count` files one after another, each in `seconds`, with `hits` in the cache after each."""
        for _ in range(count):
            self.begin(f"{self.done}")
            self.now += seconds
            self.end(f"{self.done}", seconds)
            self.hit(hits)

    def hit(self, count: int, seconds: float = 0.0) -> None:
        for _ in range(count):
            self.done += 1
            self.now += seconds
            self.tally.take(Step(self.done, self.total, f"{self.done}", Result("x"), kept=True))


def test_a_run_that_has_not_begun_says_nothing_it_cannot_know():
    standing = Run(10).tally.standing()
    assert (standing.done, standing.rate, standing.left, standing.slowest, standing.reading) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_files_pages_and_failures_are_counted():
    run = Run(4)
    run.end("a", pages=3)
    run.end("b", status="failed")
    run.end("c", status="partial", pages=2)
    run.end("d")
    standing = run.tally.standing()
    assert (standing.done, standing.pages, standing.failed, standing.partial, standing.kept) == (4, 5, 1, 1, 0)


def test_a_steady_run_tells_its_rate_and_what_is_left():
    run = Run(100)
    run.read(40, 0.5)
    standing = run.tally.standing()
    assert standing.rate == pytest.approx(2)
    assert standing.left == pytest.approx(30)
    assert standing.elapsed == pytest.approx(20)


def test_nothing_is_said_of_the_time_left_after_a_few_files():
    run = Run(100)
    run.read(4, 1)
    assert run.tally.standing().left is None
    run.read(1, 1)
    assert run.tally.standing().left == pytest.approx(95)


def test_two_files_at_a_time_count_as_twice_the_rate():
    run = Run(100)
    for at in range(10):
        run.begin(f"{at} left")
        run.begin(f"{at} right")
        run.now += 1
        run.end(f"{at} left", 1)
        run.end(f"{at} right", 1)
    assert run.tally.standing().rate == pytest.approx(2)


def test_the_rate_is_that_of_late():
    run = Run(10_000)
    run.read(500, 0.1)
    run.read(200, 2)
    standing = run.tally.standing()
    assert standing.rate == pytest.approx(0.5)
    assert standing.left == pytest.approx(9300 / 0.5)


def test_a_file_that_hangs_lowers_the_rate_and_is_named():
    run = Run(100)
    run.read(10, 1)
    run.begin("hangs.pdf")
    run.now += 90
    standing = run.tally.standing()
    assert standing.rate == pytest.approx(0.1)
    assert standing.reading == Timed("hangs.pdf", 90)


def test_five_thousand_hits_at_first_promise_nothing():
    run = Run(10_000)
    run.hit(5_000, 0.001)
    standing = run.tally.standing()
    assert (standing.kept, standing.rate, standing.left) == (5_000, None, None)
    run.read(20, 3)
    standing = run.tally.standing()
    assert standing.rate == pytest.approx(1 / 3)
    assert standing.left == pytest.approx(4_980 * 3)


def test_five_thousand_hits_in_the_middle_promise_nothing_either():
    run = Run(10_000)
    run.read(50, 1)
    run.hit(5_000)
    run.read(50, 1)
    assert run.tally.standing().left == pytest.approx(4_900)


def test_hits_that_come_all_along_are_expected_of_the_rest_too():
    run = Run(10_000)
    run.read(100, 1, hits=9)
    standing = run.tally.standing()
    assert (standing.done, standing.kept) == (1_000, 900)
    assert standing.left == pytest.approx(900)


def test_the_slowest_file_is_one_that_was_read():
    run = Run(9)
    run.end("quick", 0.2)
    run.end("slow", 41.5)
    run.hit(3, 100)
    run.end("middling", 7)
    assert run.tally.standing().slowest == Timed("slow", 41.5)


def test_a_file_that_is_tried_again_is_timed_anew():
    run = Run(9)
    run.begin("poison")
    run.now += 5
    run.begin("innocent")
    run.now += 2
    run.begin("poison")
    assert run.tally.standing().reading == Timed("innocent", 2)
    run.end("innocent")
    run.now += 1
    assert run.tally.standing().reading == Timed("poison", 1)
    run.end("poison", 1, "failed")
    assert run.tally.standing().reading is None


def test_of_an_unknown_number_nothing_is_left():
    run = Run(0)
    run.read(50, 1)
    standing = run.tally.standing()
    assert (standing.total, standing.left, standing.rate) == (0, None, pytest.approx(1))


def test_while_tables_are_written_nothing_is_left_to_be_read():
    run = Run(50)
    run.read(50, 1)
    assert run.tally.standing().left == 0
    run.tally.take(Step(50, 50, "", stage="writing"))
    standing = run.tally.standing()
    assert (standing.stage, standing.done, standing.left) == ("writing", 50, None)


def test_a_long_run_is_counted_in_little_memory():
    run = Run(200_000)
    run.read(20_000, 0.001)
    assert len(run.tally._reads) <= 5_000
    assert run.tally.standing().rate == pytest.approx(1000, rel=0.01)
