"""What kinds, columns, fields of a letterhead and their values are called, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping

_Words = dict[str, tuple[str, str]]

_KINDS: _Words = {
    "document_number": ("Số, ký hiệu", "Document number"),
    "date": ("Ngày, kỳ", "Date"),
    "count": ("Số liệu", "Count"),
    "activity": ("Hoạt động", "Activity"),
}

_STATUSES: _Words = {
    "done": ("Đã làm", "Done"),
    "planned": ("Sẽ làm", "Planned"),
    "none": ("Không phát sinh", "None happened"),
}

_QUALIFIERS: _Words = {
    "exact": ("Đúng bằng", "Exactly"),
    "more_than": ("Hơn", "More than"),
    "less_than": ("Dưới", "Less than"),
    "about": ("Khoảng", "About"),
    "at_least": ("Ít nhất", "At least"),
    "at_most": ("Tối đa", "At most"),
}

_CHANGES: _Words = {"increase": ("Tăng", "Increase"), "decrease": ("Giảm", "Decrease")}

_ROLES: _Words = {
    "own": ("Của báo cáo này", "Of this report"),
    "cited": ("Viện dẫn", "Cited"),
    "report": ("Ngày của báo cáo", "Date of the report"),
    "document": ("Ngày của văn bản viện dẫn", "Date of a cited document"),
    "text": ("Trong lời văn", "In the text"),
}

_READ: _Words = {
    "ok": ("Đủ", "In full"),
    "partial": ("Một phần", "In part"),
    "failed": ("Không đọc được", "Not read"),
}

_SEVERITIES: _Words = {
    "error": ("Lỗi", "Error"),
    "warning": ("Cảnh báo", "Warning"),
    "notice": ("Ghi chú", "Notice"),
}

_COLUMNS: _Words = {
    "file": ("Tệp", "File"),
    "page": ("Trang", "Page"),
    "section": ("Đề mục", "Section"),
    "rule": ("Quy tắc", "Rule"),
    "reviewer": ("Người rà soát", "Reviewer"),
    "reviewed_at": ("Thời điểm rà soát", "Reviewed at"),
    "note": ("Ghi chú", "Note"),
    "value": ("Giá trị", "Value"),
    "value_max": ("Đến (nếu là khoảng)", "Up to (of a range)"),
    "total": ("Trên tổng số (mẫu số)", "Out of"),
    "previous": ("Kỳ trước", "Before"),
    "unit": ("Đơn vị", "Unit"),
    "per": ("Tính trên mỗi", "Per"),
    "object": ("Đối tượng", "Object"),
    "qualifier": ("Mức chính xác", "Exactness"),
    "change": ("Tăng, giảm", "Change"),
    "document_type": ("Loại văn bản", "Document type"),
    "issued_date": ("Ngày ban hành", "Issued on"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "role": ("Vai trò", "Role"),
    "date_start": ("Từ ngày", "From"),
    "date_end": ("Đến ngày", "To"),
    "activity_type": ("Hoạt động", "Activity"),
    "status": ("Tình trạng", "Status"),
    "column": ("Cột", "Column"),
    "text": ("Nguyên văn", "Words"),
    "sentence": ("Câu", "Sentence"),
    "kind": ("Loại", "Kind"),
    "code": ("Mã", "Code"),
    "message": ("Nội dung", "Message"),
}

_FIELDS: _Words = {
    "number": ("Số, ký hiệu", "Number"),
    "symbol": ("Ký hiệu", "Symbol"),
    "document_type": ("Loại văn bản", "Document type"),
    "subject": ("Trích yếu", "Subject"),
    "parent_issuer": ("Cơ quan chủ quản", "Parent body"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "place": ("Địa danh", "Place"),
    "date": ("Ngày văn bản", "Date"),
    "period_start": ("Kỳ báo cáo từ", "Period from"),
    "period_end": ("Kỳ báo cáo đến", "Period to"),
    "basis": ("Căn cứ", "Basis"),
    "recipients": ("Nơi nhận", "Recipients"),
    "signer": ("Người ký", "Signer"),
    "signer_title": ("Chức vụ", "Title"),
    "signer_authority": ("Quyền hạn ký", "Signs for"),
}

_VALUES: dict[str, _Words] = {
    "kind": _KINDS,
    "status": _STATUSES,
    "qualifier": _QUALIFIERS,
    "change": _CHANGES,
    "role": _ROLES,
    "read": _READ,
    "severity": _SEVERITIES,
}


def column_labels(lang: str) -> dict[str, str]:
    """Return what the columns of an item and of a problem are called."""
    return in_language(_COLUMNS, lang)


def field_labels(lang: str) -> dict[str, str]:
    """Return what the fields of a letterhead are called."""
    return in_language(_FIELDS, lang)


def value_labels(column: str, lang: str) -> dict[str, str]:
    """Return what the values of a column of few values are called; `read` is how far a report could be read."""
    return in_language(_VALUES.get(column, {}), lang)


def in_language(words: Mapping[str, tuple[str, str]], lang: str) -> dict[str, str]:
    """Return the words of one language, by name."""
    return {name: pair[lang == "en"] for name, pair in words.items()}
