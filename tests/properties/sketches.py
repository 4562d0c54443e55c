"""Reports made up of what offices write: a letterhead, sections, sentences with figures, a table, a signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from docx import Document as NewDocument
from hypothesis import strategies as st

_OFFICES = (
    ("UBND TỈNH AN BÌNH", "SỞ Y TẾ", "SYT"),
    ("UBND TỈNH LÂM HÀ", "SỞ NGOẠI VỤ", "SNgV"),
    ("UBND HUYỆN ĐẠI LỘC", "PHÒNG NỘI VỤ", "PNV"),
    ("UBND TỈNH AN BÌNH", "BAN AN TOÀN GIAO THÔNG", "BATGT"),
)
_SUBJECTS = (
    "Kết quả công tác {}",
    "Tình hình, kết quả công tác đối ngoại {}",
    "Công tác bảo đảm an toàn giao thông {}",
)
_PERIODS = ("6 tháng đầu năm {y}", "9 tháng năm {y}", "quý III năm {y}", "năm {y}", "tháng 5 năm {y}")
_SENTENCES = (
    "Sở đã tổ chức {n} lớp tập huấn cho {m} lượt người.",
    "Trong {period}, đơn vị ban hành {n} văn bản, đạt {p}% kế hoạch.",
    "Thực hiện Công văn số {n}/UBND-KT ngày {d} của Ủy ban nhân dân tỉnh, các xã đã kiểm tra {m} hộ.",
    "Toàn tỉnh xảy ra {m} vụ, trong đó {n} vụ nghiêm trọng, so với cùng kỳ tăng {n} vụ.",
    "Kinh phí thực hiện {m} triệu đồng; hỗ trợ {n}/{m} hộ nghèo.",
    "Từ ngày {d} đến ngày {d2}, đoàn gồm {w} thành viên làm việc tại {n} xã.",
    "Không có trường hợp nào vi phạm; không xảy ra sự cố.",
    "Phát hành {n} – {m} cuốn tài liệu; đăng trên {m} tin, bài.",
    "Theo Quyết định số {m}/QĐ-UBND ngày {d}, Hội đồng họp {w} lần.",
    "Tỷ lệ giải quyết đúng hạn đạt {p}% ({n}/{m} hồ sơ).",
    "Nghị quyết số {n}-NQ/TU ngày {d} của Tỉnh ủy được quán triệt đến {w} đơn vị.",
    "Bình quân mỗi xã có {p} km đường, tăng {n} km so với năm {y}.",
)
_PLANS = ("Phấn đấu tổ chức {n} hội nghị trong quý I năm {y}.", "Tiếp tục kiểm tra ít nhất {n} cơ sở.")
_ROWS = ("Số lớp tập huấn", "Số vụ vi phạm", "Số hồ sơ tiếp nhận", "Số hộ được hỗ trợ", "Số cuộc kiểm tra")
_UNITS = ("lớp", "vụ", "hồ sơ", "hộ", "cuộc")
_SPOKEN = ("hai", "ba", "năm", "mười", "mười hai", "hai mươi mốt")


@dataclass(frozen=True)
class Sketch:
    """A report before it is a file: paragraphs in order, and a table that stands after them."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
    end: tuple[str, ...] = field(default=("Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Nguyễn Văn An"))

    def text(self) -> str:
        """The report as a TXT file has it, a line for each paragraph."""
        rows = [" | ".join(("", *row, "")).strip() for row in self.table]
        return "\n\n".join((*self.head, *self.body, *(("\n".join(rows),) if rows else ()), *self.end)) + "\n"

    def docx(self) -> bytes:
        """The report as a DOCX file, its table as one of Word's."""
        made = NewDocument()
        for paragraph in (*self.head, *self.body):
            made.add_paragraph(paragraph)
        if self.table:
            grid = made.add_table(len(self.table), len(self.table[0]))
            for row, cells in zip(grid.rows, self.table, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        for paragraph in self.end:
            made.add_paragraph(paragraph)
        held = BytesIO()
        made.save(held)
        return held.getvalue()


_NUMBERS = st.integers(1, 98)
_YEARS = st.integers(2019, 2025)


@st.composite
def _figures(draw: st.DrawFn) -> str:
    """Return a large number as reports write it: bare, grouped by dots, with decimals."""
    number = draw(st.integers(100, 2_500_000))
    grouped = f"{number:,}".replace(",", ".")
    return draw(st.sampled_from((str(number), grouped, grouped, f"{grouped},5")))


@st.composite
def _days(draw: st.DrawFn) -> str:
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(_YEARS)
    return draw(
        st.sampled_from((f"{day}/{month}/{year}", f"{day:02d}/{month:02d}/{year}", f"{day:02d}/{month}/{year}"))
    )


@st.composite
def sentences(draw: st.DrawFn, patterns: Sequence[str] = _SENTENCES) -> str:
    """Return a sentence of a report, with numbers, dates and documents of its own."""
    year, period = draw(_YEARS), draw(st.sampled_from(_PERIODS))
    return draw(st.sampled_from(patterns)).format(
        n=draw(_NUMBERS), m=draw(_figures()), p=draw(st.sampled_from(("85,5", "100", "9", "72,25"))), d=draw(_days()),
        d2=draw(_days()), w=draw(st.sampled_from(_SPOKEN)), y=year, period=period.format(y=year),
    )  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> Sketch:
    """Return a report of two sections, with a table or without."""
    parent, office, symbol = draw(st.sampled_from(_OFFICES))
    year, number = draw(_YEARS), draw(_NUMBERS)
    period = draw(st.sampled_from(_PERIODS)).format(y=year)
    head = (
        parent, office, f"Số: {number}/BC-{symbol}", f"An Bình, ngày {draw(_NUMBERS) % 28 + 1} tháng 11 năm {year}",
        "BÁO CÁO", draw(st.sampled_from(_SUBJECTS)).format(period),
    )  # fmt: skip
    told = draw(st.lists(sentences(), min_size=1, max_size=6))
    plans = draw(st.lists(sentences(_PLANS), max_size=2))
    body = ("I. KẾT QUẢ THỰC HIỆN", *told, "II. PHƯƠNG HƯỚNG, NHIỆM VỤ", *plans)
    return Sketch(head, body, draw(_tables(year)))


@st.composite
def _tables(draw: st.DrawFn, year: int) -> tuple[tuple[str, ...], ...]:
    rows = draw(st.lists(st.integers(0, len(_ROWS) - 1), max_size=3, unique=True))
    if not rows:
        return ()
    head = ("STT", "Chỉ tiêu", "Đơn vị tính", f"Năm {year - 1}", f"Năm {year}")
    cells = (
        (str(at), _ROWS[row], _UNITS[row], draw(_figures()), str(draw(_NUMBERS))) for at, row in enumerate(rows, 1)
    )
    return (head, *cells)
