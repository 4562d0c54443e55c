"""Reviewers on the review page: what each says is seen by the others, and tables that were made anew by all."""

from __future__ import annotations

import re

from pipeline.decisions import Action, Decision, Subject, SubjectKind, open_log
from tests.review.looking import seat


def test_reviewers_who_disagree_are_shown_to_each_other(at):
    with at.screen("Bình") as first, at.screen("Chi") as second:
        first.press("j", "j", "a")
        first.saved(1)
        second.press("j", "j")
        second.shown()
        second.press("e")
        second.page.fill("#field-value", "01/02/2024")
        second.press("Enter")
        second.saved(1)
        for one, own in ((first, "Bình"), (second, "Chi")):
            one.page.wait_for_selector("#row-2 .mark-disputed", timeout=10_000)
            one.page.click("#row-2")
            one.page.wait_for_selector("#reading .callout-disputed")
            told = one.shown()
            assert re.search(r"08/12/2023.*01/02/2024", told, re.DOTALL)
            assert f"{own} (tôi)" in told and "Bình" in told and "Chi" in told


def test_decisions_of_others_are_seen_within_seconds(at):
    with at.screen("Bình") as first, at.screen("Chi") as second:
        first.press("j", "r")
        first.saved(1)
        second.page.wait_for_selector("#row-1 .mark-rejected", timeout=10_000)
        assert " 1/" in second.words("#progress")


def test_the_name_of_the_reviewer_is_kept_in_the_browser(at):
    with at.screen("Nguyễn Thị Bình") as screen:
        screen.page.reload()
        screen.page.wait_for_selector("#reading[data-key]")
        assert screen.page.input_value("#reviewer") == "Nguyễn Thị Bình"
        screen.press("a")
        screen.saved(1)
        assert {entry.reviewer for entry in at.entries()} == {"Nguyễn Thị Bình"}


def test_who_has_not_said_a_name_in_this_browser_is_asked_for_it_once(at):
    with at.screen() as screen:
        screen.press("j", "a")
        screen.saved(1)  # it keeps nobody from deciding
        screen.page.click("#reviewer-hint")
        assert screen.page.evaluate("() => document.activeElement.id") == "reviewer"
        screen.press("Enter")
        assert screen.page.is_hidden("#reviewer-hint")
        screen.page.reload()
        screen.page.wait_for_selector("#reading[data-key]")
        assert screen.page.is_hidden("#reviewer-hint")


def test_nobody_decides_without_a_name(chromium, page_tables):
    with seat(chromium, page_tables, reviewer="") as at, at.screen() as screen:
        screen.press("j", "a")
        screen.told("Nhập tên người rà soát")
        assert screen.page.evaluate("() => document.activeElement.id") == "reviewer"
        assert at.entries() == []


def test_accepting_what_another_corrected_agrees_with_it(at):
    with at.screen("Bình") as first, at.screen("Chi") as second:
        first.press("j", "j")
        first.shown()
        first.press("e")
        first.page.fill("#field-value", "09/12/2023")
        first.press("Enter")
        first.saved(1)
        second.page.reload()
        second.page.wait_for_selector("#reading[data-key]")
        second.press("j", "j")
        assert "09/12/2023" in second.shown()
        second.press("a")
        second.page.wait_for_function("() => document.querySelector('#saving').textContent === 'Đã lưu'")
        assert second.list_of()[2]["state"] == "corrected"
        assert {entry.reviewer for entry in at.entries()} == {"Bình", "Chi"}


def test_what_was_decided_on_something_else_is_shown_then_and_now(at):
    with at.screen() as screen:
        row = next(row for row in screen.list_of() if row["kind"] == "count")
        seen = screen.page.request.get(screen.base + "/api/row", params={"key": row["key"]}).json()["seen"]
        then = {**seen, "value": "7777.5"}
        subject = Subject(SubjectKind.ITEM, row["id"], row["report_id"], row["file"])
        with open_log(at.out) as log:
            log.append([Decision(subject, Action.ACCEPT, "Bình", then)])
        screen.page.wait_for_selector("#list .mark-changed", timeout=10_000)
        screen.page.click("#list .mark-changed")
        assert "Đã khác so với lúc quyết định" in screen.shown()
        now = screen.page.locator("#reading .compared tbody").inner_text()
        assert now.split() == ["Giá", "trị", "7.777,5", seen["value"]]
        screen.page.wait_for_selector("#open")
        assert "Quyết định chưa áp dụng: máy đọc khác trước 1." in screen.words("#open")
        screen.page.click("#open button")
        screen.settle()
        assert screen.words("#count") == "1 mục" and screen.key == row["key"]
        screen.press("a")
        screen.page.wait_for_selector("#open", state="hidden", timeout=10_000)


def test_a_form_that_another_window_has_overtaken_is_not_saved(at):
    with at.screen() as first:
        second = type(first)(first.page.context.new_page())
        second.enter(first.base + "/")
        first.press("j", "j")
        first.shown()
        first.press("e")
        first.page.fill("#field-value", "01/02/2024")
        second.press("j", "j", "a")
        second.saved(1)
        first.page.wait_for_selector("#row-2 .mark-accepted", timeout=10_000)
        first.press("Enter")
        first.page.wait_for_selector("#stop button")
        assert "cửa sổ khác" in first.words("#stop")
        first.page.wait_for_selector("#reading form", state="detached")  # the row's key is the same before and after
        assert "An (tôi)" in first.shown()
        assert [entry.decision.action.value for entry in at.entries()] == ["accepted"]


def test_tables_are_made_anew_with_the_decisions(at):
    with at.screen() as screen:
        row = next(row for row in screen.list_of() if row["kind"] == "count")
        subject = Subject(SubjectKind.ITEM, row["id"], row["report_id"], row["file"])
        with open_log(at.out) as log:
            log.append([Decision(subject, Action.ACCEPT, "Bình", {"kind": "count", "value": "1"})])
        screen.press("j", "j", "r")
        screen.saved(1)
        screen.page.click("#renew")
        screen.page.wait_for_function(
            "() => document.querySelector('#toast').textContent.startsWith('Đã cập nhật')", timeout=120_000
        )
        assert "máy đọc khác trước 1" in screen.words("#toast")
        assert "An" in (at.out / "consolidated.csv").read_text(encoding="utf-8-sig")
        screen.page.wait_for_timeout(3500)
        assert screen.key == screen.list_of()[3]["key"]
        assert screen.faults == []
