"""The browser that the tests drive."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager

import pytest

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first one that is there is used; the one without windows shows a page in half the time."""


@contextmanager
def browser():
    """Give Chromium; the test is skipped where it is missing, or Playwright is."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("chromium is missing")
    root = hasattr(os, "getuid") and os.getuid() == 0
    with api.sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if root else [])
