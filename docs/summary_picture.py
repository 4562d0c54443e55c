"""Draw the picture of `baocao summary`: the head of the page that a run over the samples leads to, as PNG.

    python docs/summary_picture.py

Writes `docs/pictures/summary.png`. Needs Chromium or Chrome on the path.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.summary import write_summary

HERE = Path(__file__).parent
REPORTS = Path("samples") / "reports"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SIZE = "1120,2960"


def main() -> None:
    """Run baocao over the samples, write the summary, and take its picture."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "pipeline.cli", "run", str(REPORTS), "-o", str(out), "--lang", "vi", "-q"]
        subprocess.run(command, check=True, cwd=HERE.parent)
        page, _ = write_summary(out)
        take(page, HERE / "pictures" / "summary.png")


def take(page: Path, picture: Path) -> None:
    """Take a picture of a page as a browser shows it."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit(f"none of these is on the path: {', '.join(BROWSERS)}")
    picture.parent.mkdir(exist_ok=True)
    shown = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={SIZE}", f"--screenshot={picture}"]
    subprocess.run([browser, *shown, page.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()
