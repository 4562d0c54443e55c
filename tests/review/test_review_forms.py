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
    screen.page.fill("#field-value", "1.234,5")
    screen.page.fill("#field-note", "nhìn bản giấy")
    screen.press("Enter")
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
    screen.told("Lưu hoặc bấm Esc")
    screen.press("Escape")
    assert screen.page.is_hidden("#field-value")
    assert at.entries() == []
    assert screen.page.evaluate("() => document.activeElement.id") == "list"


def test_letterhead_is_a_form(screen, at):
    screen.press("e")
    assert screen.page.evaluate("() => document.activeElement.id") == "field-number"
    assert screen.page.input_value("#field-place") == "Chợ Lách"
    screen.page.fill("#field-place", "Chợ Lách mới")
    assert "Lưu các ô đã sửa" in screen.words("[data-do=accept]")
    screen.press("Enter")
    screen.saved(1)
    said = [dict(entry.decision.said) for entry in at.entries() if entry.decision.said]
    assert said == [{"place": "Chợ Lách mới"}]
    screen.press("k")
    assert re.search(r"An \(tôi\).*Địa danh: Chợ Lách mới", screen.shown(), re.DOTALL)
    assert screen.page.is_disabled("[data-do=reject]")


def test_problems_are_seen_to_or_are_none(screen):
    screen.show_only("kind", "problem")
    screen.show_only("report", TABLES)
    rows = screen.list_of(kind="problem", report=TABLES)
    assert "Dãy văn bản" in screen.shown()
    assert "Đã xử lý" in screen.words("[data-do=accept]") and "Không phải vấn đề" in screen.words("[data-do=reject]")
    assert screen.page.is_disabled("[data-do=edit]")
    screen.press("r")
    screen.saved(1)
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


def test_adding_words_marked_by_the_mouse_with_what_the_machine_would_read(screen, at):
    screen.find("5412 khẩu")
    screen.shown()
    marked = screen.page.evaluate(MARK, ["dân tộc Thái", "1.236 hộ"])
    screen.press("m")
    screen.page.wait_for_selector("#add-kind")
    assert marked in screen.words(".added-words")
    screen.page.wait_for_function("() => document.querySelector('#field-unit')?.value === 'hộ'")
    assert screen.page.input_value("#field-value") == "1.236"
    screen.page.select_option("#add-kind", "document_number")
    screen.page.fill("#field-value", "không phải số văn bản")
    screen.press("Enter")
    screen.page.wait_for_selector("#field-value[aria-invalid=true]")
    screen.press("Escape")
    assert at.entries() == []
    assert screen.page.is_hidden("#add-kind")
