"""The first sheet of the workbook: how to review in it and bring it back."""

from __future__ import annotations

from pipeline.workbook.labels import CHOICES, HEADS, SHEETS, Said, said

TITLE: Said = ("Rà soát kết quả đọc báo cáo", "Review of what was read in the reports")
_STEPS: tuple[tuple[Said, Said], ...] = (
    (
        ("1. Ô màu vàng là của anh/chị", "1. Yellow cells are yours"),
        (
            "Chỉ các cột tô vàng được đọc lại. Các cột xám là chứng cứ: có thể lọc, sắp xếp, ẩn, đổi chỗ cột và xóa "
            "bớt dòng, nhưng sửa vào đó thì không có tác dụng.",
            "Only what stands in yellow columns is taken back. Grey columns are evidence: filter, sort, hide, move "
            "columns and delete rows as you like, but changes there have no effect.",
        ),
    ),
    (
        ("2. Trang tính «{items}»: từng thông tin", "2. Sheet “{items}”: item by item"),
        (
            "So câu chứng cứ với giá trị rồi chọn ở cột «{decision}»: {choices}. Chọn «Sửa» thì ghi giá trị đúng vào "
            "«{correction}» (chỉ ghi giá trị mà không chọn gì cũng được hiểu là «Sửa»); đơn vị sai thì ghi đơn vị đúng "
            "vào «{unit_correction}». Để trống là chưa rà soát.",
            "Compare the sentence with the value, then choose under “{decision}”: {choices}. With “Correct”, write the "
            "right value under “{correction}” (a value without a choice counts as “Correct” too), and a right unit "
            "under “{unit_correction}”. Empty means not reviewed.",
        ),
    ),
    (
        ("3. Cách ghi giá trị", "3. How to write values"),
        (
            "Số: 1.234,5 (dấu chấm phân cách nghìn, dấu phẩy thập phân) hoặc 2 triệu rưỡi. Ngày: 16/10/2023, 10/2023, "
            "2023, hoặc 18/4/2023 – 21/4/2023. Số văn bản: 4621/UBND-TH. Hoạt động: tên như trong cột «Giá trị».",
            "Numbers: 1.234,5 (dot between thousands, decimal comma, as in Vietnamese) or 2 triệu rưỡi. Dates: "
            "16/10/2023, 10/2023, 2023, or 18/4/2023 – 21/4/2023. Document numbers: 4621/UBND-TH. Activities: a name "
            "as in “Value”.",
        ),
    ),
    (
        ("4. Trang tính «{reports}»: đầu và cuối văn bản", "4. Sheet “{reports}”: letterhead and signature"),
        (
            "Ô vàng nào sai thì sửa thẳng vào ô đó (xóa trắng nghĩa là văn bản không ghi). Mọi ô của dòng đều đúng, "
            "sau khi sửa, thì chọn «Chấp nhận».",
            "Where a yellow cell is wrong, put it right in the cell itself (an emptied cell means that the report "
            "does not say it). When all cells of a row are right, choose “Accept”.",
        ),
    ),
    (
        ("5. Trang tính «{problems}»: chỗ cần xem", "5. Sheet “{problems}”: what to look at"),
        (
            "Xem rồi chọn {problem_choices}. Trang tính «{indicators}» chỉ để xem: các chỉ tiêu được tính lại khi chạy "
            "lại baocao run.",
            "Look and choose {problem_choices}. The sheet “{indicators}” is for reading only: indicators are worked "
            "out anew when baocao run is run again.",
        ),
    ),
    (
        ("6. Đưa kết quả về", "6. Bring it back"),
        (
            'Lưu tệp (vẫn là .xlsx) rồi chạy:  baocao import KẾT_QUẢ TỆP.xlsx --reviewer "Họ tên". Thêm --dry-run để '
            "xem trước. Dòng nào không nhận được sẽ được liệt kê kèm lý do; chạy lại nhiều lần không sao.",
            'Save the file (still as .xlsx) and run:  baocao import OUT FILE.xlsx --reviewer "Your name". Add '
            "--dry-run to look first. Rows that can't be taken are listed with the reason; running it again does no "
            "harm.",
        ),
    ),
    (
        ("7. Cần biết", "7. Good to know"),
        (
            "Quyết định đã có được điền sẵn; thay bằng lựa chọn khác để đổi ý. Xóa trắng một quyết định thì không rút "
            "lại được nó: muốn rút, dùng nút hoàn tác ở trang baocao review. Bấm vào số trang để mở báo cáo; bấm dấu + "
            "phía trên để mở các cột phụ.",
            "Decisions that stand are filled in; choose something else to change your mind. Emptying a decision does "
            "not take it back: use undo in baocao review. A page number opens the report; the + above opens more "
            "columns.",
        ),
    ),
)


def guide(lang: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the title of the guide, and its steps: what each is about, and what to do."""
    words = {name: said(HEADS[name], lang) for name in ("decision", "correction", "unit_correction")}
    words |= {name: said(sheet, lang) for name, sheet in SHEETS.items()}
    words |= {"choices": _choices("items", lang), "problem_choices": _choices("problems", lang)}
    return said(TITLE, lang), [
        (said(about, lang).format(**words), said(do, lang).format(**words)) for about, do in _STEPS
    ]


def _choices(sheet: str, lang: str) -> str:
    quotes = ("«{}»", "“{}”")[lang != "vi"]
    return ", ".join(quotes.format(said(words, lang)) for words in CHOICES[sheet].values())
