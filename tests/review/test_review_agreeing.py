"""Several reviewers at one row: whose reading is accepted is plain to see, and one press agrees with either."""

from __future__ import annotations

import pytest


def disputed(screen, other):
    """Have two reviewers correct the first count each in their own way; return its row."""
    row = screen.list_of(kind="count")[0]
    for one, value in ((other, "1.234,5"), (screen, "77")):
        one.page.reload()
        one.page.wait_for_selector("#reading[data-key]")
        one.go_to(row)
        one.press("e")
        one.page.fill("#field-value", value)
        one.press("Enter")
        one.page.wait_for_function("() => document.querySelector('#saving').textContent.startsWith('Đã lưu')")
    return row


@pytest.fixture
def other(at):
    with at.screen("Bình") as shown:
        yield shown
        assert shown.faults == []


def state_of(screen, row):
    return next(one for one in screen.list_of(kind="count") if one["key"] == row["key"])


def test_one_press_agrees_with_another_reviewer(screen, other):
    row = disputed(screen, other)
    assert state_of(screen, row)["state"] == "disputed"
    screen.go_to(row)
    screen.page.wait_for_selector("#reading .agree")
    assert screen.words("#reading .large .value") == row["value"]
    assert "Theo máy đọc" in screen.words("[data-do=accept]")
    assert screen.page.locator("#reading .agree").count() == 1  # what oneself said is said already
    screen.page.click("#reading .agree")
    screen.told("Đã ghi theo ý kiến đó")
    screen.page.wait_for_function("() => document.querySelector('#saving').textContent.startsWith('Đã lưu')")
    now = state_of(screen, row)
    assert (now["state"], now["value"], now["reviewers"]) == ("corrected", "1.234,5", ["An", "Bình"])


def test_accepting_a_disputed_row_accepts_what_is_shown_large(screen, other):
    row = disputed(screen, other)
    screen.go_to(row)
    screen.page.wait_for_selector("#reading .agree")
    screen.press("a")
    screen.page.wait_for_function("() => document.querySelector('#saving').textContent.startsWith('Đã lưu')")
    own = state_of(screen, row)["own"]
    assert own["action"] == "accepted"


def test_putting_a_value_back_takes_the_correction_away(screen):
    row = screen.list_of(kind="count")[0]
    for value, state in (("77", "corrected"), (row["value"], "accepted")):
        screen.go_to(row)
        screen.page.wait_for_timeout(200)
        screen.press("e")
        screen.page.fill("#field-value", value)
        screen.press("Enter")
        screen.page.wait_for_selector(".form", state="detached")
        assert state_of(screen, row)["state"] == state


def test_adding_what_is_there_goes_to_its_row(screen, at):
    row = screen.list_of(kind="date")[-1]
    screen.go_to(row)
    screen.page.evaluate("() => getSelection().selectAllChildren(document.querySelector('#text .focus'))")
    screen.press("m")
    screen.page.wait_for_selector("#add-kind")
    screen.page.wait_for_timeout(500)
    screen.page.select_option("#add-kind", "date")
    screen.page.fill("#field-value", "01/02/2023")
    screen.press("Enter")
    screen.told("Máy đã có thông tin này")
    screen.page.wait_for_selector(f"#reading[data-key='{row['key']}']")
    assert screen.key == row["key"] and at.entries() == []
