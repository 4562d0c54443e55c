"""Dates and periods: which exist, how EDTF writes them, and which days they run over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.edtf import Moment, bounds, interval, year_of


@pytest.mark.parametrize(
    "moment",
    [
        Moment(2024),
        Moment(1800),
        Moment(2200),
        Moment(2024, 1),
        Moment(2024, 12, 31),
        Moment(2024, 4, 30),
        Moment(2024, 2, 29),
        Moment(2000, 2, 29),
        Moment(None, 2, 29),
        Moment(2023, 2, 28),
        Moment(None, 4, 21),
        Moment(day=31),
        Moment(month=7),
        Moment(2023, quarter=4),
        Moment(2023, half=2),
    ],
)
def test_moments_that_exist(moment: Moment) -> None:
    assert moment.exists()


@pytest.mark.parametrize(
    "moment",
    [
        Moment(1799),
        Moment(2201),
        Moment(205, 11, 7),
        Moment(2024, 0),
        Moment(2024, 13),
        Moment(None, 13, 1),
        Moment(2024, 1, 0),
        Moment(2024, 1, 32),
        Moment(2024, 4, 31),
        Moment(2024, 2, 30),
        Moment(2023, 2, 29),
        Moment(1900, 2, 29),
        Moment(None, 2, 30),
        Moment(day=0),
        Moment(day=32),
        Moment(2023, quarter=5),
        Moment(2023, half=3),
        Moment(quarter=-1),
    ],
)
def test_moments_that_do_not_exist(moment: Moment) -> None:
    assert not moment.exists()


@pytest.mark.parametrize(
    ("moment", "other", "filled"),
    [
        (Moment(day=18), Moment(2023, 4, 21), Moment(2023, 4, 18)),
        (Moment(None, 4, 18), Moment(2023, 5, 21), Moment(2023, 4, 18)),
        (Moment(2022, 12, 15), Moment(2023, 6, 14), Moment(2022, 12, 15)),
        (Moment(month=7), Moment(2024, 8), Moment(2024, 7)),
        (Moment(quarter=1), Moment(2024, quarter=2), Moment(2024, quarter=1)),
        (Moment(half=1), Moment(2024), Moment(2024, half=1)),
        (Moment(2021), Moment(2030, 5, 6), Moment(2021)),
        (Moment(day=18), Moment(None, 4, 21), Moment(None, 4, 18)),
        (Moment(), Moment(2023, 4, 21), Moment(2023)),
    ],
)
def test_a_moment_takes_what_it_lacks(moment: Moment, other: Moment, filled: Moment) -> None:
    assert moment.filled(other) == filled


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (Moment(2023), "2023"),
        (Moment(2023, 7), "2023-07"),
        (Moment(2023, 10, 16), "2023-10-16"),
        (Moment(2023, 1, 5), "2023-01-05"),
        (Moment(None, 4, 21), "XXXX-04-21"),
        (Moment(month=9), "XXXX-09"),
        (Moment(2023, quarter=1), "2023-33"),
        (Moment(2023, quarter=3), "2023-35"),
        (Moment(2023, quarter=4), "2023-36"),
        (Moment(quarter=2), "XXXX-34"),
        (Moment(2024, half=1), "2024-40"),
        (Moment(2024, half=2), "2024-41"),
        (Moment(half=1), "XXXX-40"),
    ],
)
def test_edtf(moment: Moment, text: str) -> None:
    assert moment.edtf() == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (Moment(2021), Moment(2030), "2021/2030"),
        (Moment(None, 4, 18), Moment(2023, 4, 21), "2023-04-18/2023-04-21"),
        (Moment(day=18), Moment(2023, 4, 21), "2023-04-18/2023-04-21"),
        (Moment(day=18), Moment(None, 4, 21), "XXXX-04-18/XXXX-04-21"),
        (Moment(2022, 12, 15), Moment(2023, 6, 14), "2022-12-15/2023-06-14"),
        (Moment(month=1), Moment(2024, 9), "2024-01/2024-09"),
        (Moment(quarter=1), Moment(2024, quarter=2), "2024-33/2024-34"),
        (Moment(2023, 10, 16), None, "2023-10-16/.."),
        (Moment(None, 10, 16), None, "XXXX-10-16/.."),
        # a year given once changes where the months wrap round it
        (Moment(None, 12, 15), Moment(2024, 6, 14), "2023-12-15/2024-06-14"),
        (Moment(month=11), Moment(2024, 2), "2023-11/2024-02"),
        (Moment(quarter=4), Moment(2024, quarter=1), "2023-36/2024-33"),
        (Moment(2023, 4, 18), Moment(None, 4, 21), "2023-04-18/2023-04-21"),
        (Moment(2023, 11), Moment(month=2), "2023-11/2024-02"),
        (Moment(2023, quarter=3), Moment(quarter=4), "2023-35/2023-36"),
        (Moment(day=28), Moment(2024, 4, 3), "2024-03-28/2024-04-03"),
        (Moment(2023, 4, 18), Moment(day=21), "2023-04-18/2023-04-21"),
        (Moment(None, 4, 21), Moment(2023, 4), "2023-04-21/2023-04"),
        (Moment(month=7), Moment(2024), "2024-07/2024"),
    ],
)
def test_interval(first: Moment, last: Moment | None, text: str) -> None:
    assert interval(first, last) == text


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2023-10-16", "2023-10-16", "2023-10-16"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2023-33", "2023-01-01", "2023-03-31"),
        ("2023-34", "2023-04-01", "2023-06-30"),
        ("2023-35", "2023-07-01", "2023-09-30"),
        ("2023-36", "2023-10-01", "2023-12-31"),
        ("2024-40", "2024-01-01", "2024-06-30"),
        ("2024-41", "2024-07-01", "2024-12-31"),
        ("2021/2030", "2021-01-01", "2030-12-31"),
        ("2024-01/2024-09", "2024-01-01", "2024-09-30"),
        ("2023-04-18/2023-04-21", "2023-04-18", "2023-04-21"),
        ("2023-10-16/..", "2023-10-16", ""),
        ("XXXX-04-21", "", ""),
        ("XXXX-04-18/XXXX-04-21", "", ""),
        ("XXXX-34", "", ""),
        ("XXXX-10-16/..", "", ""),
        ("", "", ""),
    ],
)
def test_bounds(edtf: str, first: str, last: str) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "year"), [("2023-10-16", 2023), ("2021/2030", 2021), ("2024-41", 2024), ("XXXX-04-21", None), ("", None)]
)
def test_year_of(edtf: str, year: int | None) -> None:
    assert year_of(edtf) == year


DAYS = st.dates(date(1800, 1, 2), date(2200, 12, 30))
PERIODS = {
    "day": lambda day: Moment(day.year, day.month, day.day),
    "month": lambda day: Moment(day.year, day.month),
    "quarter": lambda day: Moment(day.year, quarter=(day.month + 2) // 3),
    "half": lambda day: Moment(day.year, half=1 if day.month < 7 else 2),
    "year": lambda day: Moment(day.year),
}


@pytest.mark.parametrize("period", PERIODS)
@given(day=DAYS)
def test_a_period_runs_over_its_days_and_no_others(period: str, day: date) -> None:
    moment = PERIODS[period](day)
    assert moment.exists()
    first, last = map(date.fromisoformat, bounds(moment.edtf()))
    assert first <= day <= last
    assert PERIODS[period](first) == PERIODS[period](last) == moment
    assert moment not in (PERIODS[period](first - timedelta(1)), PERIODS[period](last + timedelta(1)))


@given(DAYS, DAYS)
def test_an_interval_runs_from_its_first_day_to_its_last(one: date, other: date) -> None:
    first, last = (PERIODS["day"](day) for day in sorted((one, other)))
    text = interval(first, last)
    assert bounds(text) == tuple(sorted((one.isoformat(), other.isoformat())))
    assert year_of(text) == first.year


@given(st.integers(1800, 2200), st.integers(-1, 14), st.integers(-1, 33))
def test_a_day_exists_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    try:
        expected = bool(date(year, month, day))
    except ValueError:
        expected = False
    assert Moment(year, month, day).exists() is expected
