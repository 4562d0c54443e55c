"""The review page in windows of many sizes: nothing is out of reach, and the evidence stays in sight."""

from __future__ import annotations

import pytest

from tests.review.looking import PDF, seat

SIZES = [(1366, 768), (1093, 614), (1024, 768), (911, 512), (683, 384)]
FACETS = ("report", "issuer", "kind", "activity", "status", "rule", "problem", "state")
OUTSIDE = """() => [...document.querySelectorAll("button, input, select, .facet-panel")]
  .filter((one) => one.checkVisibility() && !one.closest("dialog, .panes, .reading, .facet-values"))
  .filter((one) => { const {left, top, right, bottom, width} = one.getBoundingClientRect();
                     return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight || !width; })
  .map((one) => one.id || one.textContent)"""
OVERLAPS = """() => {
  const all = [...document.querySelectorAll(".top button, .top input, .actions button, .listed > *")]
  .filter((one) => one.checkVisibility());
  const box = (one) => one.getBoundingClientRect();
  return all.flatMap((a, i) => all.slice(i + 1).filter((b) =>
      box(a).left < box(b).right - 1 && box(b).left < box(a).right - 1 &&
      box(a).top < box(b).bottom - 1 && box(b).top < box(a).bottom - 1)
    .map((b) => [a.textContent, b.textContent])); }"""


def fits(screen):
    page = screen.page
    return page.evaluate("() => document.documentElement.scrollWidth <= innerWidth") and not page.evaluate(OUTSIDE)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_everything_is_in_reach_in_windows_of_all_sizes(chromium, page_tables, lang):
    with seat(chromium, page_tables, lang) as at, at.screen() as screen:
        for width, height in SIZES:
            screen.page.set_viewport_size({"width": width, "height": height})
            for row in (screen.list_of()[0], screen.count_of("2.588 trường hợp")):
                screen.go_to(row)
                assert screen.page.evaluate(OUTSIDE) == [], (width, row["kind"])
                assert screen.page.evaluate(OVERLAPS) == [], (width, row["kind"])
                assert fits(screen), (width, row["kind"])
                screen.press("e")
                assert fits(screen), (width, row["kind"], "form")
                screen.press("Escape")
            names = screen.page.locator("#actions button:visible").all()
            assert all(one.inner_text().strip() or one.get_attribute("aria-label") for one in names) or width < 1110
            tree = screen.page.locator("#actions").aria_snapshot()
            assert tree.count("button") == 7 and 'button "' in tree
            assert sum(line.strip() in ("- button", "- button:") for line in tree.splitlines()) == 0, tree


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_facets_open_inside_the_window(chromium, page_tables, lang):
    with seat(chromium, page_tables, lang) as at, at.screen() as screen:
        screen.show_only("report", PDF)
        for width, height in SIZES:
            screen.page.set_viewport_size({"width": width, "height": height})
            for facet in FACETS:
                screen.page.click(f"[data-facet={facet}] > button")
                screen.page.wait_for_selector(".facet-panel .link, .facet-panel p:not(:has-text('…'))")
                panel = screen.page.locator(".facet-panel").bounding_box()
                side = screen.page.locator(".side").bounding_box()
                assert panel["x"] >= side["x"] and panel["x"] + panel["width"] <= side["x"] + side["width"], facet
                assert panel["y"] >= 0 and panel["y"] + panel["height"] <= height, (width, facet)
                if screen.page.locator(".facet-panel .link").count():
                    screen.page.locator(".facet-panel .link").click(trial=True)
                screen.press("Escape")


def test_text_or_page_where_there_is_no_room_for_both(screen):
    screen.press("j")
    screen.shown()
    assert screen.page.is_visible("#text") and screen.page.is_visible("#pages")
    screen.page.set_viewport_size({"width": 911, "height": 512})
    screen.page.wait_for_selector("#pages", state="hidden")
    assert screen.page.is_hidden("[data-view=both]")
    screen.press("o")
    assert screen.page.is_hidden("#text") and screen.page.is_visible("#pages img")
    screen.press("o")
    assert screen.page.is_visible("#text") and screen.page.is_hidden("#pages")
    screen.press("o")
    screen.page.set_viewport_size({"width": 1366, "height": 768})
    screen.page.wait_for_timeout(100)
    assert screen.page.is_hidden("#text") and screen.page.is_visible("[data-view=both]")
