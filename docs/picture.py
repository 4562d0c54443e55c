"""Draw the README's picture: a real run over the samples, its summary and a few rows of its table, as SVG.

    python docs/picture.py

Writes `docs/picture.svg`. Rows are chosen below by file and words; every value is read from the run's own tables.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipeline.tables import read_tables

HERE = Path(__file__).parent
REPORTS = HERE.parent / "samples" / "reports"

ROWS = (
    ("batgt_quangtri_2024.docx", "21/KH- BATGT"),
    ("batgt_quangtri_2024.docx", "209/155"),
    ("batgt_quangtri_2024.docx", "Lắp dựng 18 pa nô"),
    ("btgtu_haugiang_2023.docx", "từ ngày 05/6 đến ngày 20/6/2023"),
    ("cat_pccc_2024.pdf", "9.318/9.540 cơ sở"),
    ("lhhn_haiphong_2024.docx", "1.500 cuốn"),
    ("lhhn_haiphong_2024.docx", "trên 4.200 lượt"),
    ("sngv_nghean_2022.docx", "từ 3 đến 5 thỏa thuận"),
    ("snv_phutho_2024h1.docx", "2.217/5.329 tỷ đồng"),
    ("stp_2022.md", "36/38 nhiệm vụ"),
    ("stttt_bentre_2021.docx", "không có đoàn"),
    ("svhttdl_vinhlong_2025.pdf", "ít nhất 02 hãng"),
)
KINDS = {
    "document_number": ("số, ký hiệu", "#0e7490", "#cffafe"),
    "date": ("ngày, kỳ", "#7e22ce", "#f3e8ff"),
    "count": ("số liệu", "#15803d", "#dcfce7"),
    "activity": ("hoạt động", "#1d4ed8", "#dbeafe"),
}
BESIDE = (("value_max", "đến"), ("total", "trên tổng"), ("previous", "kỳ trước"))
FILES = (
    ("consolidated.csv", "mỗi dòng một thông tin, kèm câu chứng cứ và vị trí"),
    ("reports.csv", "mỗi dòng một tệp, kể cả tệp không đọc được"),
    ("indicators.csv", "mỗi dòng một chỉ tiêu của một báo cáo"),
    ("indicators_wide.csv", "mỗi dòng một báo cáo, mỗi cột một chỉ tiêu"),
    ("references.csv", "mỗi dòng một văn bản được viện dẫn"),
    ("problems.csv", "những chỗ cần người xem lại"),
    ("datapackage.json", "mô tả các cột (Frictionless Data Package)"),
)
STATES = {
    "more_than": "trên", "at_least": "ít nhất", "about": "khoảng", "planned": "sẽ làm", "none": "không có",
}  # fmt: skip

WIDTH, EDGE, LINE, SIZE, ROW_PAD = 1320, 16, 18, 13, 9
SANS = "'Segoe UI','Helvetica Neue',Arial,'Noto Sans','DejaVu Sans',sans-serif"
MONO = "Consolas,Menlo,'Noto Sans Mono','DejaVu Sans Mono',monospace"


class Field(NamedTuple):
    """A column of the picture: its Vietnamese heading, the table's own column names, and its width."""

    heading: str
    names: str
    width: int


FIELDS = (
    Field("Báo cáo", "file", 170),
    Field("Loại", "kind", 92),
    Field("Nguyên văn", "text", 140),
    Field("Giá trị", "value", 164),
    Field("Đơn vị", "unit", 80),
    Field("Đối tượng", "object", 112),
    Field("Câu chứng cứ", "sentence", 412),
    Field("Trang, vị trí", "page, start–end", 118),
)


def main() -> None:
    """Run baocao over the samples and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [sys.executable, "-m", "pipeline.cli", "run", str(REPORTS), "-o", str(out), "--lang", "vi"]
        done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
        summary = done.stdout.replace(str(out), "out")
        table = read_tables(out)["consolidated"]
    path = HERE / "picture.svg"
    path.write_text(picture(summary, [row_of(table, *wanted) for wanted in ROWS]), encoding="utf-8")


def row_of(table: pd.DataFrame, file: str, text: str) -> dict[str, str]:
    """Return the first row of `file` whose words are `text`, as strings; ValueError where there is none."""
    found = table[(table["file"] == file) & (table["text"] == text)]
    if found.empty:
        raise ValueError(f"{file}: no row says «{text}»; choose another in ROWS")
    return {str(name): "" if pd.isna(cell) else shown(cell) for name, cell in found.iloc[0].items()}


def shown(cell: Any) -> str:
    """Return a cell as the CSV has it: whole numbers without a decimal point."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell)


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` in lines that fit `width` pixels, by the usual width of each letter."""
    lines, used = [""], 0.0
    for word in text.split():
        long = sum(9.4 if c.isupper() or c in "mw%" else 4.5 if c in "ijltfr .,:;|'/-" else 7.7 for c in word) + 4.5
        if lines[-1] and used + long > width - 26:
            lines, used = [*lines, ""], 0.0
        lines[-1] += (" " if lines[-1] else "") + word
        used += long
    return lines


def cells_of(row: dict[str, str]) -> list[list[str]]:
    """Return the lines of each cell of `row`; a line that begins with `~` is a small remark."""
    notes = [f"~{name} {row[column]}" for column, name in BESIDE if row[column]]
    notes += [f"~{STATES[row[column]]}" for column in ("qualifier", "status") if row[column] in STATES]
    spots = ([f"tr. {row['page']}"] if row["page"] else []) + [f"~{row['start']}–{row['end']}"]
    texts = [[], [], wrapped(row["text"], FIELDS[2].width), values(row["value"]) + notes]
    texts += [wrapped(row["unit"], FIELDS[4].width), wrapped(row["object"], FIELDS[5].width)]
    texts += [wrapped(row["sentence"], FIELDS[6].width), spots]
    texts[0] = [row["file"]]
    return texts


def values(value: str) -> list[str]:
    """Return a value in lines: an interval is cut at its slash."""
    first, slash, last = value.partition("/")
    return [first + slash, last] if len(value) > 20 and slash else [value]


def picture(summary: str, rows: list[dict[str, str]]) -> str:
    """Return the SVG: a terminal with `summary` above a sheet with `rows`."""
    lines = ["$ baocao run samples/reports -o out", *(line.rstrip() for line in summary.rstrip().splitlines())]
    terminal_height = 46 + len(lines) * 20
    cells = [cells_of(row) for row in rows]
    heights = [max(len(cell) for cell in each) * LINE + 2 * ROW_PAD for each in cells]
    top = EDGE + terminal_height + EDGE
    height = top + 78 + sum(heights) + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#f1f5f9"/>',
        *terminal(lines, terminal_height),
        *sheet(rows, cells, heights, top),
        "</svg>\n",
    ]
    return "\n".join(parts)


def terminal(lines: list[str], height: int) -> Iterator[str]:
    """Yield the terminal window with `lines`, and the files of the run at its right."""
    yield f'<rect x="{EDGE}" y="{EDGE}" width="{WIDTH - 2 * EDGE}" height="{height}" rx="8" fill="#0f172a"/>'
    for at, colour in enumerate(("#f87171", "#fbbf24", "#4ade80")):
        yield f'<circle cx="{EDGE + 18 + 18 * at}" cy="{EDGE + 17}" r="5.5" fill="{colour}"/>'
    for at, line in enumerate(lines):
        yield from terminal_line(line, EDGE + 48 + 20 * at)
    left = WIDTH / 2
    yield words(left, EDGE + 48, "out/", f'font-family="{MONO}" font-size="14" fill="#4ade80"')
    for at, (name, told) in enumerate(FILES):
        y = EDGE + 78 + 28 * at
        yield words(left, y, name, f'font-family="{MONO}" font-size="14" fill="#e2e8f0"')
        yield words(left + 172, y, told, f'font-family="{SANS}" font-size="13" fill="#94a3b8"')


def terminal_line(line: str, y: int) -> Iterator[str]:
    """Yield one line of the terminal; a number that begins it is set flush right."""
    number, _, rest = line.strip().partition("  ")
    if not number.isdigit():
        face, colour = (MONO, "#4ade80") if line.startswith("$") else (SANS, "#e2e8f0")
        yield words(EDGE + 18, y, line, f'font-family="{face}" font-size="14" fill="{colour}"')
        return
    style = f'font-family="{SANS}" font-size="14" fill="#e2e8f0"'
    yield words(EDGE + 70, y, number, style + ' text-anchor="end"')
    yield words(EDGE + 82, y, rest, style)


def words(x: float, y: float, text: str, style: str) -> str:
    """Return a line of text at a place."""
    return f'<text x="{x}" y="{y}" {style}>{escape(text)}</text>'


def sheet(rows: list[dict[str, str]], cells: list[list[list[str]]], heights: list[int], top: int) -> Iterator[str]:
    """Yield the window with the table: a title, the headings, then a row each."""
    width = WIDTH - 2 * EDGE
    frame = 'rx="8" fill="#ffffff" stroke="#cbd5e1"'
    yield f'<rect x="{EDGE}" y="{top}" width="{width}" height="{78 + sum(heights)}" {frame}/>'
    corners = f"M{EDGE} {top + 30}V{top + 8}a8 8 0 0 1 8-8H{EDGE + width - 8}a8 8 0 0 1 8 8V{top + 30}Z"
    yield f'<path d="{corners}" fill="#166534"/>'
    yield words(EDGE + 14, top + 20, "consolidated.csv", f'font-family="{SANS}" font-size="13" fill="#ffffff"')
    yield f'<rect x="{EDGE}" y="{top + 30}" width="{width}" height="44" fill="#f8fafc"/>'
    x = EDGE
    for field in FIELDS:
        yield words(
            x + 9, top + 49, field.heading, f'font-family="{SANS}" font-size="13" font-weight="600" fill="#0f172a"'
        )
        yield words(x + 9, top + 65, field.names, f'font-family="{MONO}" font-size="10.5" fill="#64748b"')
        x += field.width
    y = top + 74
    for row, lines, height in zip(rows, cells, heights, strict=True):
        yield f'<line x1="{EDGE}" x2="{EDGE + width}" y1="{y}" y2="{y}" stroke="#e2e8f0"/>'
        yield from drawn_row(row, lines, y)
        y += height
    x = EDGE
    for field in FIELDS[:-1]:
        x += field.width
        yield f'<line x1="{x}" x2="{x}" y1="{top + 30}" y2="{y}" stroke="#e2e8f0"/>'


def drawn_row(row: dict[str, str], cells: list[list[str]], y: int) -> Iterator[str]:
    """Yield the cells of one row; the words that were read stand out in their sentence."""
    name, ink, paper = KINDS[row["kind"]]
    x = EDGE
    for field, lines in zip(FIELDS, cells, strict=True):
        base = y + ROW_PAD + 13
        if field.names == "kind":
            box = f'x="{x + 7}" y="{y + ROW_PAD - 2}" width="{field.width - 14}" height="20" rx="10"'
            yield f'<rect {box} fill="{paper}"/>'
            style = f'font-family="{SANS}" font-size="12" fill="{ink}" text-anchor="middle"'
            yield words(x + field.width / 2, base - 1, name, style)
        elif field.names == "sentence":
            yield from sentence(lines, row["text"], x + 9, base, ink)
        else:
            for at, line in enumerate(lines):
                yield cell_line(field, line, x + 9, base + LINE * at, ink)
        x += field.width


def cell_line(field: Field, line: str, x: float, y: float, ink: str) -> str:
    """Return one line of a plain cell."""
    small = line.startswith("~")
    face = MONO if field.names == "value" and not small else SANS
    fill = "#64748b" if small or field.names == "file" else ink if field.names == "value" else "#0f172a"
    size = 11.5 if small or field.names == "file" else SIZE
    weight = ' font-weight="600"' if field.names == "value" and not small else ""
    return words(x, y, line.removeprefix("~"), f'font-family="{face}" font-size="{size}" fill="{fill}"{weight}')


def sentence(lines: list[str], text: str, x: float, y: float, ink: str) -> Iterator[str]:
    """Yield the lines of a sentence with `text` in it set in bold, also where a line ends within it."""
    whole = " ".join(lines)
    start = whole.find(text)
    bold = range(start, start + len(text)) if start >= 0 else range(0)
    at = 0
    for number, line in enumerate(lines):
        inside = [at + i in bold for i in range(len(line))]
        first = inside.index(True) if True in inside else len(line)
        last = len(line) - inside[::-1].index(True) if True in inside else len(line)
        marked = f'<tspan font-weight="700" fill="{ink}">{escape(line[first:last])}</tspan>' if first < last else ""
        body = escape(line[:first]) + marked + escape(line[last:])
        style = f'font-family="{SANS}" font-size="{SIZE}" fill="#334155" xml:space="preserve"'
        yield f'<text x="{x}" y="{y + LINE * number}" {style}>{body}</text>'
        at += len(line) + 1


if __name__ == "__main__":
    main()
