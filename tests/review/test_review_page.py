"""What the review page shows: lists, filters, and the evidence of each row."""

from __future__ import annotations

import pypdfium2
import pytest

from pipeline.batch import run
from tests.review.looking import PDF, TEXT, Seat, seat
from tests.review.serving import copied, served_at

HOSTILE = '<script>alert(1)</script> "><img src=x onerror="alert(2)"> =1+1 <b id=\'bold\'>'


# Lists and filters


def test_facets_tell_how_many_rows_each_value_leaves(screen):
    screen.page.click("[data-facet=kind] > button")
    screen.page.wait_for_selector("[data-facet=kind] input[value=date]")
    counts = {
        choice.get_attribute("value"): int(choice.locator("xpath=..").locator(".count").inner_text())
        for choice in screen.page.locator("[data-facet=kind] input[type=checkbox]").all()
    }
    assert counts == {kind: len(screen.list_of(kind=kind)) for kind in counts}
    assert sum(counts.values()) == len(screen.list_of())


def test_several_values_of_a_facet_and_chips_that_take_them_away(screen):
    screen.show_only("kind", "date", "activity")
    screen.show_only("report", TEXT)
    wanted = len(screen.list_of(report=TEXT, kind="date")) + len(screen.list_of(report=TEXT, kind="activity"))
    assert screen.words("#count") == f"{wanted} mục"
    assert screen.page.locator("#chips .chip").count() == 3
    screen.page.click("#chips .chip >> text=Hoạt động")
    screen.settle()
    assert screen.words("#count") == f"{len(screen.list_of(report=TEXT, kind='date'))} mục"
    screen.page.click("#chips .link")
    screen.settle()
    assert screen.page.is_hidden("#chips")
    assert screen.words("#count") == f"{len(screen.list_of())} mục"


def test_filters_outlast_loading_the_page_again(screen):
    screen.show_only("kind", "date")
    count = screen.words("#count")
    screen.page.reload()
    screen.page.wait_for_selector("#reading[data-key]")
    assert screen.words("#count") == count
    assert screen.words("#chips .chip-words") == "Ngày, kỳ"


def test_search_finds_words_without_their_marks(screen):
    screen.find("noi tru")
    assert screen.words("#count") in (f"{len(screen.list_of(q='noi tru'))} mục", "1 mục")
    assert "nội trú" in screen.words("#text .in-sentence, #text .focus")
    screen.page.fill("#search", "không có ở đâu cả")
    screen.page.wait_for_function("() => document.querySelector('#count').textContent === '0 mục'")
    assert "Không có mục nào" in screen.words("#reading")


def test_orders_of_the_list(screen):
    screen.page.select_option("#sort", "problem")
    screen.settle()
    first = screen.list_of(sort="problem")[0]
    assert screen.key == first["key"] and first["problems"]


# Evidence


def test_mention_is_marked_in_its_sentence_and_the_others_lightly(screen):
    row = screen.count_of("2.588 trường hợp")
    screen.go_to(row)
    assert "2.588" in screen.shown()
    assert screen.words("#text .focus") == row["text"]
    assert screen.page.locator("#text .in-sentence").count() > 0
    assert screen.page.locator("#text .other-count").count() > 3
    focus, pane = (screen.page.locator(one).bounding_box() for one in ("#text .focus", "#text"))
    assert pane["y"] <= focus["y"] <= pane["y"] + pane["height"]


@pytest.mark.parametrize("words", ["2.391", "938 xe", "12,4 km"])
def test_box_is_on_the_words_of_the_page(screen, page_tables, words):
    row = screen.count_of(words)
    screen.go_to(row)
    box = screen.page.wait_for_selector("#pages .box")
    sheet = screen.page.locator("#pages .sheet").bounding_box()
    shown, pane = box.bounding_box(), screen.page.locator("#pages").bounding_box()
    assert pane["y"] <= shown["y"] and shown["y"] + shown["height"] <= pane["y"] + pane["height"]
    page = pypdfium2.PdfDocument(page_tables.parent / "reports" / PDF)[row["page"] - 1]
    width, height = page.get_size()
    left = (shown["x"] - sheet["x"]) / sheet["width"] * width
    right = left + shown["width"] / sheet["width"] * width
    image = screen.page.locator("#pages img").bounding_box()
    top = (shown["y"] - image["y"]) / image["height"] * height
    bottom = top + shown["height"] / image["height"] * height
    there = page.get_textpage().get_text_bounded(left - 2, height - bottom - 2, right + 2, height - top + 2)
    assert "".join(words.split()) in "".join(there.split())
    assert right - left < 5 * len(words) + 30 and bottom - top < 30


def test_text_and_page_can_be_switched(screen):
    screen.press("j")
    screen.shown()
    assert screen.page.is_visible("#text") and screen.page.is_visible("#pages img")
    screen.press("o")
    assert screen.page.is_hidden("#text") and screen.page.is_visible("#pages img")
    screen.press("o")
    assert screen.page.is_visible("#text") and screen.page.is_hidden("#pages")


def test_more_of_the_text_can_be_read(screen):
    screen.go_to(screen.count_of("12,4 km"))
    before = screen.words(".text-body")
    screen.page.click("#text .more >> nth=0")
    screen.page.wait_for_function(
        "before => document.querySelector('.text-body').innerText.length > before.length", arg=before
    )
    assert screen.words(".text-body").startswith("UBND HUYỆN CHỢ LÁCH")
    assert screen.words("#text .focus") == "12,4 km"


def test_a_report_that_is_not_there_is_said_not_to_be(chromium, page_tables, tmp_path):
    with (
        copied(page_tables) as out,
        served_at(out, folder=tmp_path) as url,
        Seat(chromium, url, out).screen() as screen,
    ):
        screen.press("j")
        screen.shown()
        assert len(screen.words("#reading .callout-note")) > 20
        assert screen.page.is_hidden("#text .more >> nth=0") and screen.page.is_hidden("#text .more >> nth=1")
        assert screen.page.is_disabled("[data-do=add]")
        screen.press("m")
        screen.told(screen.words("#reading .callout-note"))


def test_report_text_is_only_ever_text(chromium, page_tables, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    text = (page_tables.parent / "reports" / TEXT).read_text(encoding="utf-8")
    text = text.replace("Trung tâm Y tế (TTYT) huyện", HOSTILE).replace("Khám YHCT:", f"Khám {HOSTILE}:")
    (reports / "<img src=y onerror=alert(3)>.txt").write_text(text, encoding="utf-8")
    run(reports, tmp_path / "out")
    with seat(chromium, tmp_path / "out") as at, at.screen() as screen:
        asked = []
        screen.page.on("request", lambda request: asked.append(request.url))
        screen.find("641")
        assert HOSTILE in screen.words("#text .text-body")
        screen.press("e")
        screen.page.wait_for_selector("#field-object")
        screen.page.fill("#field-object", HOSTILE)
        screen.press("Enter")
        screen.saved(1)
        screen.page.wait_for_function("() => document.querySelector('#list').innerText.includes('=1+1')")
        screen.page.click("[data-facet=report] > button")
        screen.page.wait_for_selector("[data-facet=report] input")
        assert "<img src=y" in screen.words("[data-facet=report] .facet-values")
        assert screen.page.locator("#bold, img[src=x], img[src=y], main script").count() == 0
        assert screen.faults == []
        assert [url for url in asked if url.endswith(("/x", "/y"))] == []


def test_what_is_marked_in_the_text_leads_to_its_row(screen):
    screen.press("j")
    screen.shown()
    mark = screen.page.locator("#text .other-date").first
    wanted = mark.get_attribute("data-key")
    mark.click()
    screen.page.wait_for_selector(f"#list [aria-selected=true][data-key='{wanted}']")
