"""Forms of the review page: correcting values and letterheads, seeing to problems, adding what was missed."""

from __future__ import annotations

import re

from tests.review.looking import TABLES

MARK = """([line, words]) => {
  const text = document.querySelector(".text-body").textContent;
  const first = text.lastIndexOf(words, text.indexOf(line));
  const place = (offset) => {
    const walker = document.createTreeWalker(document.querySelector(".text-body"), NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    for (; offset > node.length; node = walker.nextNode()) offset -= node.length;
    return [node, offset];
  };
  getSelection().setBaseAndExtent(...place(first), ...place(first + words.length));
  return getSelection().toString();
}"""


def test_correcting_a_value_as_people_write_it(screen, at):
    row = screen.count_of("2.588 trường hợp")
    screen.go_to(row)
    screen.press("e")
    screen.page.fill("#field-value", "hai nghìn rưởi gì đó")
    screen.press("Enter")
    screen.page.wait_for_selector("#field-value[aria-invalid=true]")
    assert "hai nghìn rưởi gì đó" in screen.words("#field-value-error")
    assert screen.page.evaluate("() => document.activeElement.id") == "field-value"
    assert at.entries() == []
    screen.page.fill("#field-value", "")
    screen.press("Enter")
    screen.page.wait_for_function(
        "() => document.querySelector('#field-value-error').textContent.includes('chưa có gì')"
    )
    screen.page.fill("#field-value", "1.234,5")
    screen.page.fill("#field-note", "nhìn bản giấy")
    screen.press("Enter")
    screen.told("Đã sửa: 2.588 → 1.234,5 trường hợp")
    screen.saved(1)
    (entry,) = at.entries()
    assert entry.decision.said == {"value": "1234.5"} and entry.decision.note == "nhìn bản giấy"
    screen.page.click(f"#list [data-key='{row['key']}']")
    assert re.search(r"1\.234,5.*Máy đọc\s+2\.588.*An \(tôi\).*nhìn bản giấy", screen.shown(), re.DOTALL)


def test_leaving_the_form_corrects_nothing(screen, at):
    screen.press("j", "j")
    screen.shown()
    screen.press("F2")
    screen.page.fill("#field-value", "01/02/2024")
    screen.page.click("#list [role=option] >> nth=4")
    screen.told("Hãy lưu hoặc bấm Esc")
    screen.press("Escape")
    assert screen.page.is_hidden("#field-value")
    assert at.entries() == []
    assert screen.page.evaluate("() => document.activeElement.id") == "list"


def test_letterhead_is_a_form(screen, at):
    screen.press("e")
    assert screen.page.evaluate("() => document.activeElement.id") == "field-number"
    assert screen.page.input_value("#field-place") == "Chợ Lách"
    screen.page.fill("#field-place", "Chợ Lách mới")
    assert " ".join(screen.words("[data-do=accept]").split()) == "Lưu các ô đã sửa Enter"
    screen.press("Enter")
    screen.saved(1)
    said = [dict(entry.decision.said) for entry in at.entries() if entry.decision.said]
    assert said == [{"place": "Chợ Lách mới"}]
    screen.press("k")
    assert re.search(r"An \(tôi\).*Địa danh: Chợ Lách mới", screen.shown(), re.DOTALL)
    assert screen.page.is_disabled("[data-do=reject]")


def test_a_field_of_the_letterhead_shows_its_words_in_the_text(screen):
    for field, words in (("place", "Chợ Lách"), ("date", "ngày 08 tháng 12 năm 2023"), ("signer", "Phạm Văn Đợi")):
        screen.page.focus(f"#field-{field}")
        screen.page.wait_for_function(
            "words => document.querySelector('#text .pointed')?.textContent.toLowerCase() === words.toLowerCase()",
            arg=words,
        )
        assert is_in_view(screen, "#text .pointed", "#text")
    screen.press("Escape")
    screen.page.wait_for_selector("#text .pointed", state="detached")


def test_fields_that_are_seldom_needed_wait_behind_a_button(screen, at):
    screen.go_to(screen.count_of("2.588 trường hợp"))
    screen.press("e")
    assert screen.page.is_visible("#field-unit") and screen.page.is_hidden("#field-total")
    screen.page.focus(".field-more")
    screen.press("Enter")
    assert screen.page.evaluate("() => document.activeElement.id") == "field-value_max"
    screen.page.fill("#field-total", "3.000")
    screen.press("Enter")
    screen.saved(1)
    assert at.entries()[0].decision.said == {"total": "3000"}


def test_the_evidence_stays_in_view_beside_a_form(screen):
    screen.go_to(screen.count_of("2.588 trường hợp"))
    screen.page.wait_for_selector("#pages .box")
    for size in ((1366, 768), (1366, 640), (1093, 614)):
        screen.page.set_viewport_size({"width": size[0], "height": size[1]})
        screen.press("e")
        screen.page.wait_for_timeout(200)
        assert is_in_view(screen, "#text .focus", "#text") and is_in_view(screen, "#pages .box", "#pages")
        assert screen.page.locator(".panes").bounding_box()["height"] >= 0.45 * size[1]
        screen.press("Escape")


def is_in_view(screen, inner, outer):
    inside, pane = (screen.page.locator(one).first.bounding_box() for one in (inner, outer))
    return pane["y"] <= inside["y"] and inside["y"] + inside["height"] <= pane["y"] + pane["height"]


def test_an_item_is_opened_from_the_problem_at_its_place(screen):
    problem = next(row for row in screen.list_of(kind="problem") if row["start"] is not None and over(screen, row))
    screen.show_only("kind", "problem")
    screen.page.click(f"#list [data-key='{problem['key']}']")
    screen.shown()
    screen.press("e")
    screen.told("Đã bỏ bộ lọc để mở mục")
    assert screen.key in over(screen, problem)


def over(screen, problem):
    rows = screen.list_of(report=problem["file"])
    return [
        row["key"]
        for row in rows
        if row["type"] == "item" and row["start"] < problem["end"] and problem["start"] < row["end"]
    ]


def test_problems_are_seen_to_or_are_none(screen):
    screen.show_only("kind", "problem")
    screen.show_only("report", TABLES)
    rows = screen.list_of(kind="problem", report=TABLES)
    assert "Dãy văn bản" in screen.shown()
    assert "Đã xử lý" in screen.words("[data-do=accept]") and "Không phải vấn đề" in screen.words("[data-do=reject]")
    screen.press("r")
    screen.told("Không phải vấn đề: ")
    screen.saved(1)
    assert "Không phải vấn đề" in screen.words("#row-0 .mark")
    screen.page.click("[data-facet=state] > button")
    screen.page.wait_for_selector("[data-facet=state] input[value=rejected]")
    assert "Không phải vấn đề" in screen.words("[data-facet=state] .facet-values")
    screen.press("Escape")
    assert screen.list_of(kind="problem", report=TABLES)[0]["state"] == "rejected"
    assert rows[0]["state"] == ""


def test_adding_words_marked_by_keys(screen, at):
    screen.go_to(screen.count_of("938 xe"))
    screen.press("m", "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    marked = screen.page.evaluate("() => getSelection().toString()")
    screen.press("Enter")
    screen.page.wait_for_selector("#add-kind")
    screen.page.select_option("#add-kind", "count")
    screen.page.fill("#field-value", "1,5")
    screen.page.fill("#field-unit", "xe")
    screen.press("Enter")
    screen.told("Đã thêm")
    (entry,) = at.entries()
    assert entry.decision.said["value"] == "1.5" and entry.decision.said["text"] == " ".join(marked.split())
    added = [row for row in screen.list_of() if row["state"] == "added"]
    assert [row["text"] for row in added] == [" ".join(marked.split())]
    screen.page.wait_for_selector(f"#reading[data-key='{added[0]['key']}']")
    assert "Nguồn người rà soát thêm" in " ".join(screen.shown().split())


def test_adding_words_marked_by_the_mouse_with_what_the_machine_would_read(screen, at):
    screen.find("5412 khẩu")
    screen.shown()
    marked = screen.page.evaluate(MARK, ["dân tộc Thái", "1.236 hộ"])
    screen.press("m")
    screen.page.wait_for_selector("#add-kind")
    assert marked in screen.words(".added-words")
    screen.page.wait_for_function("() => document.querySelector('#field-unit')?.value === 'hộ'")
    assert screen.page.input_value("#field-value") == "1.236"
    assert screen.words("#text .pointed") == "1.236 hộ"
    screen.page.fill("#field-note", "sót ở dòng này")
    screen.page.select_option("#add-kind", "activity")
    assert "Hoạt động" in screen.words(".field:has(#field-value) .field-name")
    screen.page.select_option("#add-kind", "count")
    assert (screen.page.input_value("#field-unit"), screen.page.input_value("#field-value")) == ("hộ", "1.236")
    assert screen.page.input_value("#field-note") == "sót ở dòng này"
    screen.page.select_option("#add-kind", "document_number")
    screen.page.fill("#field-value", "không phải số văn bản")
    screen.press("Enter")
    screen.page.wait_for_selector("#field-value[aria-invalid=true]")
    screen.press("Escape")
    assert at.entries() == []
    assert screen.page.is_hidden("#add-kind")
