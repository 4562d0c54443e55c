"""The review page in a browser: what a reviewer sees and presses."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipeline.decisions import find_log
from tests.review.browsing import fresh
from tests.review.serving import copied, made, served_at

PDF, TABLES, TEXT = "batgt_huyen_2023.pdf", "stnmt_dongthap_2023m9.docx", "tyt_xa_2025h1.txt"
SIZE = {"width": 1366, "height": 768}


def tables_of(tmp_path_factory):
    """Return a folder of tables over a PDF, a DOCX with a problem and a plain text, the reports beside it."""
    return made(tmp_path_factory.mktemp("page"), PDF, TABLES, TEXT)


class Seat(NamedTuple):
    """A browser at the address of a review, and the folder of tables that is reviewed."""

    chromium: object
    url: str
    out: Path

    @contextmanager
    def screen(self, reviewer: str = "", **context):
        """Give the page in a window of its own, with its own storage."""
        window = self.chromium.new_context(viewport=SIZE, **context)
        try:
            shown = Screen(window.new_page())
            shown.enter(self.url)
            if reviewer:
                shown.name(reviewer)
            yield shown
        finally:
            window.close()

    def entries(self):
        """Return all entries of the log."""
        with find_log(self.out) as log:
            return list(log.entries())


@contextmanager
def seat(chromium, tables, lang: str = "vi", port: int = 0, reviewer: str = "An"):
    """Give a seat at the review of a copy of `tables`."""
    with copied(tables) as out, served_at(out, reviewer, lang, tables.parent / "reports", port) as url:
        yield Seat(chromium, url, out)


class Screen:
    """One window with the page, and all that went wrong in it."""

    def __init__(self, page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: self._told(message.text) if message.type == "error" else None)

    def _told(self, text: str) -> None:
        if "Failed to load resource" not in text:  # the page says by itself what a refusal means
            self.faults.append(text)

    def enter(self, url: str) -> None:
        """Open the address, and wait for the first row."""
        self.page.goto(fresh(url))
        self.page.wait_for_selector("#reading[data-key]")

    def name(self, reviewer: str) -> None:
        """Put in who reviews."""
        self.page.fill("#reviewer", reviewer)
        self.page.keyboard.press("Enter")
        self.page.focus("#list")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def press_at_once(self, *codes: str) -> None:
        """Press keys within one turn of the page, quicker than anything is answered."""
        self.page.evaluate(
            """codes => { for (const code of codes) document.querySelector("#list").dispatchEvent(
              new KeyboardEvent("keydown", {code, key: code.slice(-1), bubbles: true, cancelable: true})); }""",
            codes,
        )

    @property
    def key(self) -> str:
        """The key of the row at hand."""
        return self.page.get_attribute("#list [aria-selected=true]", "data-key")

    def shown(self) -> str:
        """Return the words of the reading, when the evidence of the row at hand is there."""
        self.page.wait_for_selector(f"#reading[data-key='{self.key}']")
        return self.page.inner_text("#reading")

    def words(self, selector: str) -> str:
        """Return the words of an element."""
        return self.page.inner_text(selector)

    def list_of(self, **query) -> list[dict]:
        """Return the rows of a query, as the server tells them."""
        answer = self.page.request.get(self.base + "/api/rows", params={"limit": "500", **query})
        return answer.json()["rows"]

    @property
    def base(self) -> str:
        """The address without its path."""
        return self.page.evaluate("location.origin")

    def count_of(self, text: str) -> dict:
        """Return the first count in the PDF that stands there as `text`."""
        return next(row for row in self.list_of(report=PDF) if row["kind"] == "count" and row["text"] == text)

    def show_only(self, facet: str, *values: str) -> None:
        """Filter by values of a facet, by the mouse."""
        self.page.click(f"[data-facet={facet}] > button")
        for value in values:
            self.page.check(f"[data-facet={facet}] input[value='{value}']")
        self.press("Escape")
        self.settle()

    def find(self, words: str) -> None:
        """Search, and wait for what is found."""
        with self.page.expect_request("**/api/rows*"):
            self.page.fill("#search", words)
        self.settle()
        self.page.focus("#list")

    def settle(self) -> None:
        """Wait until the list shows what the filter finds."""
        self.page.wait_for_selector("#list:not([aria-busy])")

    def go_to(self, row: dict) -> None:
        """Search for a row's words, and choose it in the list."""
        self.find(row["text"])
        self.page.click(f"#list [data-key='{row['key']}']")
        self.page.focus("#list")
        self.shown()

    def saved(self, count: int) -> None:
        """Wait until `count` rows are told to be decided."""
        self.page.wait_for_function("count => document.querySelector('#bar').value === count", arg=count)
        self.page.wait_for_function("() => !document.querySelector('#saving').classList.contains('is-waiting')")

    def told(self, words: str) -> None:
        """Wait until the page says something in passing."""
        self.page.wait_for_function("words => document.querySelector('#toast').textContent.includes(words)", arg=words)
