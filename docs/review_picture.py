"""Make docs/pictures/review.png, the review page over the samples as the README shows it: run it again to renew.

It needs Playwright, and Chromium as `chromium`.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from pipeline.batch import run
from pipeline.cache import user_cache
from pipeline.review import Order, prepared

HERE = Path(__file__).parent
REPORTS = HERE.parent / "samples" / "reports"
REVIEWER = "Nguyễn Thị An"
FILE, WORDS = "batgt_huyen_2023.pdf", "2.588 trường hợp"
WINDOW = {"width": 1366, "height": 768}


def main() -> None:
    """Run baocao over the samples, review some of it, and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        out, cache = Path(folder) / "baocao_2024", user_cache(os.environ)
        run(REPORTS, out, cache=cache, lang="vi")
        with prepared(Order(out, "vi", REPORTS, cache, REVIEWER, port=0)) as serving:
            thread = threading.Thread(target=serving.run, daemon=True)
            thread.start()
            picture = picture_of(serving.url)
            serving.server.should_exit = True
            thread.join()
    path = HERE / "pictures" / "review.png"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture)


def picture_of(url: str) -> bytes:
    """Return the page at `url` as PNG, some rows decided, at a row of a PDF."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        page = browser.new_page(viewport=WINDOW)
        page.goto(url)
        page.wait_for_selector("#reading[data-key]")
        page.press("#reviewer", "Enter")  # the name is confirmed
        page.focus("#list")
        decide(page)
        taken = page.screenshot()
        browser.close()
    return small(taken)


def decide(page: Page) -> None:
    """Decide on the rows before the one that is shown."""
    page.click("[data-facet=kind] > button")
    page.check("[data-facet=kind] input[value=count]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#chips .chip")
    page.focus("#list")
    for step in range(200):
        row = page.locator("#list [aria-selected=true]")
        page.wait_for_selector(f"#reading[data-key='{row.get_attribute('data-key')}']")
        if WORDS in page.inner_text("#text .focus") and FILE in row.inner_text():
            break
        page.keyboard.press("r" if step % 11 == 7 else "a")
        page.wait_for_timeout(30)
    page.wait_for_function("() => document.querySelector('#saving').textContent === 'Đã lưu'")
    page.mouse.move(WINDOW["width"] / 2, 1)
    page.wait_for_function("() => getComputedStyle(document.querySelector('#toast')).opacity === '0'")
    page.wait_for_load_state("networkidle")


def small(picture: bytes) -> bytes:
    """Return a PNG in few bytes."""
    told = io.BytesIO()
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(told, "PNG", optimize=True)
    return told.getvalue()


if __name__ == "__main__":
    main()
