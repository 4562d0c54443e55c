"""Draw the picture of the workbook: `baocao export --xlsx` of a run over the samples, its sheet of items, as PNG.

    python docs/workbook_picture.py

Writes `docs/pictures/workbook.png`. LibreOffice prints the sheet, so what is seen is what a spreadsheet makes of it. A
few decisions of a reviewer are in it; every other cell is read from the run's own tables.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.decisions import Action, Decision, Subject, SubjectKind, machine_tables, open_log, seen_of_item
from pipeline.workbook import write_workbook

HERE = Path(__file__).parent
REPORTS = HERE.parent / "samples" / "reports"
PICTURE = HERE / "pictures" / "workbook.png"

FILE = "batgt_huyen_2023.pdf"
ROWS = 17
DECIDED = {  # by the words of an item: what a reviewer says of it
    "41/BC-BATGT": (Action.ACCEPT, {}, ""),
    "ngày 08 tháng 12 năm 2023": (Action.ACCEPT, {}, ""),
    "215/BATGT-VP": (Action.CORRECT, {"value": "215/BATGT-VPTT"}, "theo bản giấy"),
    "năm 2024": (Action.REJECT, {}, "năm của nhiệm vụ, không lấy"),
}
REVIEWER = "Nguyễn Thị Lan"
SCALE = 2.0


def main() -> None:
    """Run, decide, export, print and cut out."""
    with tempfile.TemporaryDirectory() as folder:
        out, book = Path(folder) / "out", Path(folder) / "workbook.xlsx"
        subprocess.run([sys.executable, "-m", "pipeline.cli", "run", str(REPORTS), "-o", str(out), "-q"], check=True)
        with open_log(out) as log:
            log.append(list(_decisions(out)))
        write_workbook(out, book, "vi")
        _keep_items(book)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={Path(folder).as_uri()}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(book),
            ],
            check=True,
            capture_output=True,
        )
        page = pypdfium2.PdfDocument(book.with_suffix(".pdf"))[0]
        picture = page.render(scale=SCALE).to_pil()
    ink = picture.convert("L").point(lambda light: 0 if light > 250 else 255)
    PICTURE.parent.mkdir(exist_ok=True)
    picture.crop(ink.getbbox()).quantize(64).save(PICTURE, optimize=True)
    print(PICTURE, PICTURE.stat().st_size)


def _decisions(out: Path) -> Iterator[Decision]:
    for tables in machine_tables(out):
        for row in tables.items:
            if row["file"] == FILE and row["text"] in DECIDED:
                action, said, note = DECIDED[row["text"]]
                subject = Subject(SubjectKind.ITEM, row["item_id"], row["report_id"], row["file"])
                yield Decision(subject, action, REVIEWER, seen_of_item(row), said, note)


def _keep_items(path: Path) -> None:
    """Leave of the workbook the head and first rows of the sheet of items, on one wide page."""
    book = openpyxl.load_workbook(path, rich_text=True)
    for name in book.sheetnames:
        if name != "Thông tin":
            del book[name]
    sheet: Worksheet = book["Thông tin"]
    sheet.delete_rows(ROWS + 2, sheet.max_row)
    sheet.auto_filter.ref = None
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(0.2, 0.2, 0.2, 0.2)
    book.save(path)


if __name__ == "__main__":
    main()
