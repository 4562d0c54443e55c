"""What the review page calls kinds, states, columns, fields and their values, in Vietnamese and in English."""

from __future__ import annotations

import re

from pipeline.problems import CATALOGUE

_Words = dict[str, tuple[str, str]]

_PARTICULAR = re.compile(r"[«“]?\{\w+\}[»”]?")
_SENTENCE = re.compile(r"[.;] |\.$")

_KINDS: _Words = {
    "document_number": ("Số, ký hiệu", "Document number"),
    "date": ("Ngày, kỳ", "Date"),
    "count": ("Số liệu", "Count"),
    "activity": ("Hoạt động", "Activity"),
    "problem": ("Vấn đề", "Problem"),
    "letterhead": ("Đầu văn bản", "Letterhead"),
}

_STATES: _Words = {
    "": ("Chưa xem", "Open"),
    "accepted": ("Chấp nhận", "Accepted"),
    "corrected": ("Đã sửa", "Corrected"),
    "rejected": ("Bác bỏ", "Rejected"),
    "added": ("Thêm vào", "Added"),
    "disputed": ("Ý kiến khác nhau", "Disputed"),
    "changed": ("Đã khác trước", "Changed"),
}

_STATUSES: _Words = {
    "done": ("Đã làm", "Done"),
    "planned": ("Sẽ làm", "Planned"),
    "none": ("Không phát sinh", "None happened"),
}

_QUALIFIERS: _Words = {
    "exact": ("Đúng", "Exactly"),
    "more_than": ("Trên", "More than"),
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

_COLUMNS: _Words = {
    "value": ("Giá trị", "Value"),
    "value_max": ("Đến", "Up to"),
    "total": ("Trên tổng số", "Out of"),
    "previous": ("Kỳ trước", "Before"),
    "unit": ("Đơn vị", "Unit"),
    "per": ("Tính trên", "Per"),
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

_GROUPS: dict[str, _Words] = {
    "kind": _KINDS,
    "state": _STATES,
    "status": _STATUSES,
    "qualifier": _QUALIFIERS,
    "change": _CHANGES,
    "role": _ROLES,
    "column": _COLUMNS,
    "field": _FIELDS,
}


def labels(lang: str) -> dict[str, str]:
    """Return every label in `lang`, by group and name: `kind.count`, `state.accepted`, `column.unit`."""
    told = {f"{group}.{name}": text for group, words in _GROUPS.items() for name, text in _in(words, lang).items()}
    return {**told, **{f"problem.{code}": text for code, text in problem_labels(lang).items()}}


def kind_labels(lang: str) -> dict[str, str]:
    """Return what the kinds of rows are called."""
    return _in(_KINDS, lang)


def state_labels(lang: str) -> dict[str, str]:
    """Return what the states of a row are called; `""` is that of a row nobody looked at."""
    return _in(_STATES, lang)


def choice_labels(column: str, lang: str) -> dict[str, str]:
    """Return what the values of a column of few values are called: status, qualifier, change or role."""
    return _in(_GROUPS[column], lang)


def problem_labels(lang: str) -> dict[str, str]:
    """Return what the problems are called, by code: the first sentence of their message without particulars."""
    told = {code: kind.en if lang == "en" else kind.vi for code, kind in CATALOGUE.items()}
    return {code: _SENTENCE.split(_PARTICULAR.sub("…", text), maxsplit=1)[0] for code, text in told.items()}


def column_labels(lang: str) -> dict[str, str]:
    """Return what the columns of an item are called."""
    return _in(_COLUMNS, lang)


def field_labels(lang: str) -> dict[str, str]:
    """Return what the fields of a letterhead are called."""
    return _in(_FIELDS, lang)


def _in(words: _Words, lang: str) -> dict[str, str]:
    return {key: pair[lang == "en"] for key, pair in words.items()}
