"""Every word of the workbook but its guide, in Vietnamese and in English: sheets, headings, choices, values."""

from __future__ import annotations

from collections.abc import Mapping

Said = tuple[str, str]
"""Words in Vietnamese and in English."""

GUIDE: Said = ("Hướng dẫn", "Guide")
SHEETS: dict[str, Said] = {
    "reports": ("Báo cáo", "Reports"),
    "items": ("Thông tin", "Items"),
    "indicators": ("Chỉ tiêu", "Indicators"),
    "problems": ("Vấn đề", "Problems"),
}
FILES: dict[str, Said] = {
    "reports": ("bao_cao", "reports"),
    "items": ("thong_tin", "items"),
    "indicators": ("chi_tieu", "indicators"),
    "problems": ("van_de", "problems"),
}
"""The names of CSV files, without suffix, in letters that every system has."""

HEADS: dict[str, Said] = {
    "file": ("Tệp", "File"),
    "page": ("Trang", "Page"),
    "kind": ("Loại", "Kind"),
    "sentence": ("Câu chứng cứ", "Sentence"),
    "text": ("Nguyên văn", "Text"),
    "value": ("Giá trị", "Value"),
    "unit": ("Đơn vị", "Unit"),
    "decision": ("Quyết định", "Decision"),
    "correction": ("Sửa thành", "Corrected value"),
    "unit_correction": ("Đơn vị sửa thành", "Corrected unit"),
    "remark": ("Ghi chú", "Note"),
    "state": ("Tình trạng", "State"),
    "reviewer": ("Người rà soát", "Reviewer"),
    "reviewed_at": ("Thời điểm rà soát (UTC)", "Reviewed at (UTC)"),
    "object": ("Đối tượng", "Object"),
    "section": ("Đề mục", "Section"),
    "value_max": ("Đến", "Up to"),
    "total": ("Trên tổng", "Out of"),
    "previous": ("Kỳ trước", "Previous"),
    "per": ("Trên mỗi", "Per"),
    "qualifier": ("Mức chính xác", "Qualifier"),
    "change": ("Tăng, giảm", "Change"),
    "document_type": ("Loại văn bản", "Document type"),
    "issued_date": ("Ngày ban hành", "Issued on"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "role": ("Vai trò", "Role"),
    "date_start": ("Từ ngày", "From"),
    "date_end": ("Đến ngày", "To"),
    "activity_type": ("Hoạt động", "Activity"),
    "status": ("Thực hiện", "Status"),
    "column": ("Cột của bảng", "Table column"),
    "rule": ("Quy tắc", "Rule"),
    "read": ("Đọc tệp", "Read"),
    "number": ("Số ký hiệu", "Number"),
    "date": ("Ngày báo cáo", "Date"),
    "subject": ("Trích yếu", "Subject"),
    "parent_issuer": ("Cơ quan chủ quản", "Parent body"),
    "symbol": ("Ký hiệu", "Symbol"),
    "place": ("Địa danh", "Place"),
    "period_start": ("Kỳ từ ngày", "Period from"),
    "period_end": ("Kỳ đến ngày", "Period to"),
    "basis": ("Căn cứ", "Basis"),
    "recipients": ("Nơi nhận", "Recipients"),
    "signer": ("Người ký", "Signer"),
    "signer_title": ("Chức vụ", "Signer's title"),
    "signer_authority": ("Quyền hạn ký", "Signer's authority"),
    "items": ("Số thông tin", "Items"),
    "pages": ("Số trang", "Pages"),
    "format": ("Định dạng", "Format"),
    "error": ("Chưa đọc được", "Not read"),
    "rule_pack": ("Bộ quy tắc", "Rule pack"),
    "severity": ("Mức độ", "Severity"),
    "message": ("Vấn đề và cách xử lý", "Problem and what to do"),
    "other_file": ("Tệp thứ hai", "Other file"),
    "other_page": ("Trang (tệp thứ hai)", "Other page"),
    "other_text": ("Chữ ở chỗ thứ hai", "Other text"),
    "code": ("Mã vấn đề", "Problem code"),
    "item_id": ("item_id", "item_id"),
    "problem_id": ("problem_id", "problem_id"),
    "report_id": ("report_id", "report_id"),
    "row_mark": ("row_mark", "row_mark"),
}
"""The heading of every column; those of ids are the same in both languages."""

CHOICES: dict[str, dict[str, Said]] = {
    "items": {"accepted": ("Đúng", "Accept"), "corrected": ("Sửa", "Correct"), "rejected": ("Sai", "Reject")},
    "reports": {"accepted": ("Đúng", "Accept")},
    "problems": {"accepted": ("Đã xử lý", "Seen to"), "rejected": ("Không phải vấn đề", "Not a problem")},
}
"""What can be chosen in the decision column of each sheet, by what the log calls it."""

STATES: dict[str, Said] = {
    "": ("chưa rà soát", "open"),
    "accepted": ("đúng", "accepted"),
    "corrected": ("đã sửa", "corrected"),
    "rejected": ("sai", "rejected"),
    "added": ("người thêm", "added"),
    "disputed": ("bất đồng", "disputed"),
    "changed": ("chứng cứ đã đổi", "evidence changed"),
}
PROBLEM_STATES: dict[str, Said] = {**STATES, **CHOICES["problems"]}

_VALUES: dict[str, dict[str, Said]] = {
    "kind": {
        "document_number": ("Số văn bản", "Document number"),
        "date": ("Ngày, kỳ", "Date"),
        "count": ("Số liệu", "Count"),
        "activity": ("Hoạt động", "Activity"),
    },
    "qualifier": {
        "exact": ("đúng", "exact"),
        "more_than": ("trên", "more than"),
        "less_than": ("dưới", "less than"),
        "about": ("khoảng", "about"),
        "at_least": ("ít nhất", "at least"),
        "at_most": ("tối đa", "at most"),
    },
    "change": {"increase": ("tăng", "increase"), "decrease": ("giảm", "decrease")},
    "role": {
        "own": ("của báo cáo", "own"),
        "cited": ("viện dẫn", "cited"),
        "report": ("của báo cáo", "of the report"),
        "document": ("của văn bản viện dẫn", "of a cited document"),
        "text": ("trong lời văn", "in the text"),
    },
    "status": {
        "done": ("đã làm", "done"),
        "planned": ("sẽ làm", "planned"),
        "none": ("không phát sinh", "none"),
    },
    "read": {
        "ok": ("đủ", "in full"),
        "partial": ("một phần", "in part"),
        "failed": ("không đọc được", "not read"),
    },
    "severity": {
        "error": ("lỗi", "error"),
        "warning": ("cảnh báo", "warning"),
        "notice": ("ghi chú", "notice"),
    },
}


def said(words: Said, lang: str) -> str:
    """Return `words` in one language."""
    return words[lang != "vi"]


def head(column: str, lang: str) -> str:
    """Return the heading of a column."""
    return said(HEADS[column], lang)


def named(column: str, text: str, lang: str) -> str:
    """Return what the tables' `text` in a column is called; what has no name of its own is as it is."""
    words = _VALUES.get(column, {}).get(text)
    return said(words, lang) if words else text


def choice(sheet: str, action: str, lang: str) -> str:
    """Return what is chosen in the decision column of `sheet` for an action; nothing for none."""
    words = CHOICES[sheet].get(action)
    return said(words, lang) if words else ""


def action_of(sheet: str, text: str) -> str | None:
    """Return the action that a decision cell names in either language, "" for an empty cell, None for what is none."""
    folded = " ".join(text.split()).casefold()
    if not folded:
        return ""
    words: Mapping[str, Said] = CHOICES[sheet]
    return next((action for action, both in words.items() if folded in (word.casefold() for word in both)), None)


def column_of(heading: str) -> str | None:
    """Return the column that a heading names in either language, or None."""
    return _COLUMNS.get(" ".join(heading.split()).casefold())


_COLUMNS = {words[lang].casefold(): column for lang in (1, 0) for column, words in HEADS.items()}
