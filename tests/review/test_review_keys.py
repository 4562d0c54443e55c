"""Keys and decisions of the review page: each press decides one row, and none is lost unsaid."""

from __future__ import annotations

import re
import socket
import unicodedata
from urllib.parse import parse_qs, urlsplit

from tests.review.looking import PDF, Screen
from tests.review.serving import copied, served_at


def states(screen, count):
    return [row["state"] for row in screen.list_of()[:count]]


def test_each_decision_goes_on_to_the_next_row(screen):
    first, second, third, fourth = screen.list_of()[:4]
    screen.press("a")
    assert screen.key == second["key"]
    screen.press("r")
    assert screen.key == third["key"]
    screen.press("Enter")
    assert screen.key == fourth["key"]
    screen.press("Delete")
    screen.saved(4)
    assert states(screen, 4) == ["accepted", "rejected", "accepted", "rejected"]
    assert first["type"] == "letterhead"


def test_keys_that_move(screen):
    keys = [row["key"] for row in screen.list_of()]
    screen.press("j", "ArrowDown", "j")
    assert screen.key == keys[3]
    screen.press("k", "ArrowUp")
    assert screen.key == keys[1]
    screen.press("End")
    screen.page.wait_for_selector(f"#list [aria-selected=true][data-key='{keys[-1]}']")
    screen.press("j")
    screen.told("mục cuối")
    screen.press("a")
    screen.told(". Đây là mục cuối.")
    assert re.match("(Đã chấp nhận|Vấn đề đã xử lý): ", screen.words("#toast"))
    screen.press("Home")
    assert screen.key == keys[0]


def test_twenty_fast_presses_are_twenty_decisions_on_twenty_rows(screen, at):
    wanted = [row["id"] for row in screen.list_of()[1:21]]
    screen.press("j")
    screen.press_at_once(*["KeyA"] * 20)
    screen.saved(20)
    entries = at.entries()
    assert [entry.decision.subject.id for entry in entries] == wanted
    assert len({entry.batch for entry in entries}) == 20


def test_a_key_that_is_held_down_decides_once(screen, at):
    screen.press("j")
    screen.page.keyboard.down("a")
    for _ in range(5):
        screen.page.keyboard.down("a")
    screen.page.keyboard.up("a")
    screen.saved(1)
    assert len(at.entries()) == 1


def test_undo_takes_back_the_last_decision_and_shows_its_row(screen):
    first = screen.list_of()[1]["key"]
    screen.press("j", "a")
    screen.saved(1)
    screen.press("z")
    screen.saved(0)
    assert screen.key == first
    screen.press("r")
    screen.saved(1)
    screen.press("Control+z")
    screen.saved(0)
    screen.press("z")
    screen.told("Không còn gì để hoàn tác")
    screen.press("a")  # what was taken back can be decided again
    screen.saved(1)


def test_undo_of_a_decision_that_is_still_being_sent(screen, at):
    screen.press("j", "a", "r", "z")
    screen.saved(1)
    assert [entry.undoes != "" for entry in at.entries()] == [False, False, True]


def test_deciding_again_before_the_first_decision_is_saved(screen, at):
    screen.press("j", "a", "k", "r")
    screen.saved(1)
    assert [entry.decision.action.value for entry in at.entries()] == ["accepted", "rejected"]
    assert screen.words("#stop") == ""


def test_bulk_accepts_what_the_filter_shows_and_one_undo_takes_it_back(screen, at):
    screen.show_only("kind", "date")
    screen.show_only("report", PDF)
    count = len(screen.list_of(kind="date", report=PDF))
    screen.press("b")
    screen.page.wait_for_selector("#bulk-ask[open]")
    assert f"{count} mục" in screen.words("#bulk-told")
    screen.press("Escape")
    assert at.entries() == []
    screen.press("b")
    screen.page.wait_for_selector("#bulk-ask[open]")
    assert screen.page.evaluate("() => document.activeElement.id") == "bulk-cancel"
    screen.press("Tab", "Enter")
    screen.saved(count)
    assert {row["state"] for row in screen.list_of(kind="date", report=PDF)} == {"accepted"}
    assert {row["state"] for row in screen.list_of(kind="count", report=PDF)} == {""}
    screen.press("z")
    screen.saved(0)
    assert {row["state"] for row in screen.list_of(kind="date", report=PDF)} == {""}


def test_bulk_without_a_filter_says_that_it_is_all_and_what_is_among_it(screen):
    rows = screen.list_of()
    kinds = [row["kind"] for row in rows]
    screen.press("b")
    screen.page.wait_for_selector("#bulk-ask[open]")
    told = screen.words("#bulk-told")
    assert f"TOÀN BỘ {len(rows)} mục chưa rà soát, chưa lọc gì" in told
    assert f"{kinds.count('letterhead')} phần đầu văn bản, {kinds.count('problem')} vấn đề" in told
    screen.press("Enter")
    assert screen.page.is_hidden("#bulk-ask")
    screen.show_only("kind", "count")
    screen.press("b")
    screen.page.wait_for_selector("#bulk-ask[open]")
    assert "TOÀN BỘ" not in screen.words("#bulk-told") and "phần đầu" not in screen.words("#bulk-told")


def test_bulk_asks_again_where_the_number_of_rows_has_changed(screen, at):
    screen.show_only("kind", "date")
    count = len(screen.list_of(kind="date"))
    screen.press("b")
    screen.page.wait_for_selector("#bulk-ask[open]")
    with at.screen("Bình") as other:
        other.show_only("kind", "date")
        other.press("a")
        other.saved(1)
    screen.page.click("#bulk-go")
    screen.page.wait_for_function("() => document.querySelector('#bulk-told').textContent.includes('vừa thay đổi')")
    assert f"{count - 1} mục" in screen.words("#bulk-go")
    screen.page.click("#bulk-go")
    screen.saved(count)


def test_rows_that_a_filter_no_longer_finds_keep_their_place_and_none_is_passed_over(screen, at):
    screen.show_only("state", "")
    wanted = [row["id"] for row in screen.list_of(state="")][1:131]
    screen.press("j")
    for done in range(10, 140, 10):
        screen.press(*"a" * 10)
        screen.saved(done)
    assert [entry.decision.subject.id for entry in at.entries()] == wanted


def test_switch_for_single_letter_keys(screen, at):
    screen.press("?")
    screen.page.uncheck("#letters")
    screen.press("Escape", "j", "a", "r", "b", "/")
    assert screen.page.locator("kbd.letter:visible").count() == 0
    assert screen.page.get_attribute("[data-do=accept]", "aria-keyshortcuts") == "Enter"
    assert screen.page.get_attribute("#bulk", "aria-keyshortcuts") is None
    assert screen.key == screen.list_of()[0]["key"]
    screen.page.reload()
    screen.page.wait_for_selector("#reading[data-key]")
    screen.press("ArrowDown", "a", "Enter")
    screen.saved(1)
    assert len(at.entries()) == 1
    screen.page.click("#help-open")
    screen.page.check("#letters")
    screen.press("Escape")
    screen.page.focus("#list")
    assert screen.page.is_visible("[data-do=accept] kbd")
    screen.press("a")
    screen.saved(2)


def test_escape_takes_the_search_away_and_the_row_stays_at_hand(screen):
    row = screen.list_of(report=PDF)[-1]
    screen.go_to(row)
    screen.press("/", "Escape")
    assert screen.page.input_value("#search") == ""
    screen.page.wait_for_function(
        "count => document.querySelector('#count').textContent === count", arg=f"{len(screen.list_of())} mục"
    )
    assert screen.key == row["key"]
    screen.show_only("kind", row["kind"])
    screen.go_to(row)
    screen.page.click("#chips .chip")
    screen.settle()
    assert screen.key == row["key"]


def test_words_are_searched_for_as_one_character_each(screen):
    with screen.page.expect_request("**/api/rows*q=*") as asked:
        screen.page.fill("#search", unicodedata.normalize("NFD", "trường hợp"))
    assert parse_qs(urlsplit(asked.value.url).query)["q"] == ["trường hợp"]


def test_letters_typed_into_fields_decide_nothing(screen, at):
    screen.press("/")
    screen.page.keyboard.type("arza")
    assert screen.page.input_value("#search") == "arza"
    screen.page.fill("#search", "")
    screen.page.focus("#reviewer")
    screen.page.keyboard.type(" ra")
    assert at.entries() == []


def test_composing_vietnamese_decides_nothing_and_saves_nothing(screen, at):
    screen.press("j")
    screen.shown()
    screen.press("e")
    screen.page.wait_for_selector("#field-note")
    screen.page.focus("#field-note")
    composer = screen.page.context.new_cdp_session(screen.page)
    composer.send("Input.imeSetComposition", {"text": "ra", "selectionStart": 2, "selectionEnd": 2})
    composed = "{code: '%s', key: 'Process', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}"
    for code in ("KeyA", "KeyR", "Enter", "Escape"):
        screen.page.evaluate(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', " + composed % code + "))"
        )
    composer.send("Input.insertText", {"text": "rà"})
    assert screen.page.input_value("#field-note") == "rà"
    assert at.entries() == []


def test_a_key_that_an_input_method_took_counts_by_its_place(screen):
    press = "{code: 'KeyA', key: 'Process', keyCode: 229, bubbles: true, cancelable: true}"
    screen.press("j")
    screen.page.evaluate(f"document.querySelector('#list').dispatchEvent(new KeyboardEvent('keydown', {press}))")
    screen.saved(1)


def test_another_window_of_the_same_reviewer_is_not_overruled_unseen(at):
    with at.screen() as first:
        second = Screen(first.page.context.new_page())
        second.enter(first.base + "/")
        first.press("j")
        second.press("j")
        first.press("a")
        first.saved(1)
        second.press_at_once("KeyR", "KeyA")
        second.page.wait_for_selector("#stop button")
        assert "cửa sổ khác" in second.words("#stop")
        assert second.key == first.list_of()[1]["key"]
        second.press("a")  # not before the message was read
        assert second.page.is_visible("#stop button")
        second.page.wait_for_timeout(700)
        second.page.click("#stop button")
        second.press("r")
        second.saved(2)
        said = [(entry.decision.action.value, entry.decision.subject.id) for entry in at.entries()]
        rows = [row["id"] for row in first.list_of()]
        assert said == [("accepted", rows[1]), ("accepted", rows[2]), ("rejected", rows[1])]


def test_no_decision_is_lost_when_the_server_is_started_again(chromium, page_tables):
    port = _free_port()
    reports = page_tables.parent / "reports"
    with copied(page_tables) as out:
        with served_at(out, folder=reports, port=port) as url:
            page = chromium.new_context().new_page()
            screen = Screen(page)
            screen.enter(url)
            screen.press("j", "a")
            screen.saved(1)
        screen.press_at_once("KeyA", "KeyR")
        page.wait_for_selector("#stop button")
        assert "mất liên lạc" in screen.words("#stop")
        assert screen.key == screen.page.get_attribute("#row-2", "data-key")
        assert "2 quyết định đang chờ" in screen.words("#stop")
        screen.press("a")  # nothing more is taken before these are saved
        with served_at(out, folder=reports, port=port) as url:
            again = page.context.new_page()
            again.goto(url)
            screen.saved(3)
            page.wait_for_function("() => document.querySelector('#stop').textContent === ''")
            assert states(screen, 4) == ["", "accepted", "accepted", "rejected"]
        page.context.close()


def test_a_log_that_cannot_be_written_says_so_and_is_tried_now_and_then(screen):
    tried = []

    def refuse(route):
        tried.append(route.request.url)
        route.fulfill(status=503, json={"error": "review.log", "message": "Không ghi được nhật ký: ổ đĩa đầy."})

    screen.page.route("**/api/decide", refuse)
    screen.press("j", "a")
    screen.page.wait_for_selector("#stop button")
    assert "ổ đĩa đầy" in screen.words("#stop") and "mất liên lạc" not in screen.words("#stop")
    assert screen.page.get_attribute("#toast", "class") == "toast"
    screen.press("r")
    screen.told("bấm «Gửi lại»")
    screen.page.wait_for_timeout(4500)
    assert len(tried) == 1
    screen.page.unroute("**/api/decide")
    screen.page.click("#stop button")
    screen.saved(1)
    screen.told("Đã liên lạc lại được")
    assert screen.words("#stop") == ""


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_leaving_with_decisions_that_are_not_saved_is_warned_of(at):
    with at.screen() as screen:
        screen.page.route("**/api/decide", lambda route: route.abort())
        screen.press("j")
        screen.shown()
        screen.press("a")
        screen.page.wait_for_selector("#stop button")
        asked = []
        screen.page.on("dialog", lambda dialog: asked.append(dialog.type))
        screen.page.close(run_before_unload=True)
        screen.page.wait_for_timeout(500)
        assert asked == ["beforeunload"]


def test_next_evidence_is_there_within_a_tenth_of_a_second(screen):
    screen.press("j")
    screen.shown()
    screen.page.wait_for_load_state("networkidle")
    times = sorted(_time_of_accepting(screen) for _ in range(15))
    assert times[len(times) // 2] < 100, times


def _time_of_accepting(screen):
    screen.page.wait_for_timeout(120)
    return screen.page.evaluate("""() => new Promise((done) => {
      const began = performance.now();
      const reading = document.querySelector("#reading");
      const before = reading.dataset.key;
      document.querySelector("#list").dispatchEvent(
        new KeyboardEvent("keydown", {code: "KeyA", key: "a", bubbles: true, cancelable: true}));
      const look = () => reading.dataset.key !== before ? done(performance.now() - began) : requestAnimationFrame(look);
      look();
    })""")


def test_a_hundred_thousand_rows_are_only_as_many_elements_as_are_seen(at):
    def rows(route):
        asked = dict(pair.split("=") for pair in route.request.url.partition("?")[2].split("&"))
        first = int(asked["from"])
        known = {**sample, "type": "item", "kind": "count"}
        told = [{**known, "key": f"item/0/{n}", "value": str(n)} for n in range(first, min(first + 100, 100_000))]
        route.fulfill(json={"total": 100_000, "from": first, "rows": told})

    with at.screen() as screen:
        sample = screen.list_of()[1]
        screen.page.route("**/api/rows*", rows)
        screen.press("/")
        screen.find("bất kỳ")
        assert screen.words("#count") == "100.000 mục"
        screen.press("End")
        screen.page.wait_for_selector("#list [aria-posinset='100000'][data-key='item/0/99999']")
        assert screen.page.locator("#list [role=option]").count() < 60
        screen.page.evaluate("document.querySelector('#list').scrollTop /= 2")
        screen.page.wait_for_selector("#list [data-key='item/0/49999']")
