"""The review page for everybody: by keyboard alone, with a screen reader, in a small window, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.review.looking import seat

NAME = """() => {
  const {id, classList, dataset, parentElement} = document.activeElement;
  if (dataset.view) return "view-" + dataset.view;
  return id || dataset.do || parentElement.dataset.facet || (classList.contains("more") ? "more" : "");
}"""


def faults_of(screen):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(screen.page).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_page_is_accessible(chromium, page_tables, lang):
    with seat(chromium, page_tables, lang) as at, at.screen() as screen:
        screen.page.emulate_media(reduced_motion="reduce")  # no message is caught half faded
        assert faults_of(screen) == []  # a letterhead
        screen.press("j", "j", "a", "r", "k")
        screen.saved(2)
        screen.shown()
        assert faults_of(screen) == []
        screen.page.wait_for_timeout(300)
        screen.press("e")
        assert faults_of(screen) == []
        screen.page.fill("#field-value", "?")
        screen.press("Enter")
        screen.page.wait_for_selector("[aria-invalid=true]")
        assert faults_of(screen) == []
        screen.press("Escape", "?")
        screen.page.wait_for_selector("#help[open]")
        assert faults_of(screen) == []
        screen.press("Escape", "b")
        screen.page.wait_for_selector("#bulk-ask[open]")
        assert faults_of(screen) == []
        screen.press("Escape")
        screen.show_only("kind", "problem")
        screen.shown()
        assert faults_of(screen) == []
        screen.page.click("[data-facet=rule] > button")
        screen.page.wait_for_selector(".facet-panel input, .facet-panel .link")
        assert faults_of(screen) == []


def test_everything_can_be_reached_by_the_keyboard_in_the_order_of_the_page(screen):
    screen.press("j")
    screen.shown()
    screen.page.focus(".skip")
    reached = []
    while not reached or reached[-1] != "next":
        screen.press("Tab")
        reached.append(screen.page.evaluate(NAME))
        assert len(reached) < 40
    assert reached == [
        *("reviewer", "reviewer-hint", "renew", "help-open", "search"),
        *("report", "issuer", "kind", "activity", "status", "rule", "problem", "state"),
        *("sort", "bulk", "list", "view-text", "view-both", "view-picture", "text", "more"),
        *("pages", "accept", "edit", "reject", "add", "undo", "previous", "next"),
    ]


def test_page_fits_its_window(screen):
    screen.press("j")
    screen.shown()
    assert screen.page.evaluate("() => document.documentElement.scrollWidth") <= 1366
    outside = screen.page.evaluate("""() => [...document.querySelectorAll("button, input, select, kbd")]
      .filter((one) => one.checkVisibility() && !one.closest("dialog, .panes"))
      .filter((one) => { const {right, bottom} = one.getBoundingClientRect();
                         return right > innerWidth || bottom > innerHeight; })
      .map((one) => one.textContent)""")
    assert outside == []


def test_page_in_english(chromium, page_tables):
    with seat(chromium, page_tables, "en") as at, at.screen() as screen:
        assert screen.page.get_attribute("html", "lang") == "en"
        screen.press("j", "j", "a")
        screen.told("Accepted:")
        shown = screen.words("header") + screen.words("#actions") + screen.words("#facets")
        assert "reviewed" in shown and "Reject" in shown and "Issuer" in shown
        assert not re.search(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữự]", shown)


def test_words_are_there_in_both_languages():
    from pipeline.review.words import page_words

    vietnamese, english = page_words("vi"), page_words("en")
    assert vietnamese.keys() == english.keys()
    for key, words in vietnamese.items():
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", english[key])), key
