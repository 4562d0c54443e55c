"""Which item of one run is which of another: equal spans, then overlaps, in whatever order the rows come."""

from __future__ import annotations

import random

import pytest

from pipeline.evaluation.counterparts import counterparts


def row(told):
    """Return a row from `count 3-9 =12`: kind, span, value."""
    kind, span, value = told.split()
    start, end = span.split("-")
    return {"kind": kind, "start": start, "end": end, "value": value[1:], "rule": "a/b", "told": told}


CASES = [
    ("count 0-5 =1", "count 0-5 =1", "count 0-5 =1 | count 0-5 =1", "", ""),
    ("count 0-5 =1", "count 0-5 =2", "count 0-5 =1 | count 0-5 =2", "", ""),
    ("count 0-5 =1", "date 0-5 =1", "", "count 0-5 =1", "date 0-5 =1"),
    ("count 0-5 =1", "count 0-9 =1", "count 0-5 =1 | count 0-9 =1", "", ""),
    ("count 3-9 =1", "count 0-4 =7", "count 3-9 =1 | count 0-4 =7", "", ""),
    ("count 0-5 =1", "count 5-9 =1", "", "count 0-5 =1", "count 5-9 =1"),
    ("activity 0-5 =a", "activity 0-5 =b, activity 0-5 =a", "activity 0-5 =a | activity 0-5 =a", "", "activity 0-5 =b"),
    ("date 0-20 =x/y", "date 0-8 =x, date 11-20 =y", "date 0-20 =x/y | date 11-20 =y", "", "date 0-8 =x"),
    ("count 0-20 =1", "count 0-2 =1, count 3-20 =5", "count 0-20 =1 | count 0-2 =1", "", "count 3-20 =5"),
    ("count 0-5 =1, count 0-9 =2", "count 0-9 =1", "count 0-9 =2 | count 0-9 =1", "count 0-5 =1", ""),
    ("", "count 0-5 =1", "", "", "count 0-5 =1"),
]


def rows(told):
    return [row(one) for one in told.split(", ") if one]


@pytest.mark.parametrize(("before", "after", "pairs", "lost", "gained"), CASES)
def test_equal_spans_are_one_then_overlaps(before, after, pairs, lost, gained):
    found = counterparts(rows(before), rows(after))
    assert [f"{mine['told']} | {theirs['told']}" for mine, theirs in found.pairs] == ([pairs] if pairs else [])
    assert [one["told"] for one in found.lost] == ([lost] if lost else [])
    assert [one["told"] for one in found.gained] == ([gained] if gained else [])


def test_the_order_of_the_rows_plays_no_part():
    made = random.Random(5)
    before, after = (
        [row(f"count {at}-{at + made.randint(1, 12)} ={made.randint(1, 3)}") for at in made.sample(range(200), 60)]
        for _ in range(2)
    )
    wanted = counterparts(before, after)
    assert wanted.pairs and wanted.lost and wanted.gained
    for _ in range(5):
        made.shuffle(before)
        made.shuffle(after)
        assert counterparts(before, after) == wanted
    told = [id(one) for pair in wanted.pairs for one in pair] + [id(one) for one in (*wanted.lost, *wanted.gained)]
    assert sorted(told) == sorted(map(id, (*before, *after)))
