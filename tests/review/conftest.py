"""A browser at the review page, over tables that are made once."""

from __future__ import annotations

import pytest

from tests.chromium import browser
from tests.review.looking import seat, tables_of


@pytest.fixture(scope="session")
def page_tables(tmp_path_factory):
    """A folder of tables, the reports beside it; a seat reviews a copy."""
    return tables_of(tmp_path_factory)


@pytest.fixture(scope="module")
def chromium():
    """A browser."""
    with browser() as chromium:
        yield chromium


@pytest.fixture
def at(chromium, page_tables):
    """A seat at the review of a copy of the tables."""
    with seat(chromium, page_tables) as seated:
        yield seated


@pytest.fixture
def screen(at):
    """The page in a window, in which nothing may go wrong."""
    with at.screen() as shown:
        yield shown
        assert shown.faults == []
