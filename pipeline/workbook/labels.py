"""Every word of the workbook but its guide, in Vietnamese and in English: sheets, headings, choices, values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.decisions import STATES
from pipeline.tables.labels import column_labels, field_labels, value_labels

Said = tuple[str, str]
"""Words in Vietnamese and in English."""


def _both(labels: Callable[[str], Mapping[str, str]]) -> dict[str, Said]:
    english = labels("en")
    return {name: (text, english[name]) for name, text in labels("vi").items()}


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

_OWN: dict[str, Said] = {
    "decision": ("Quyết định", "Decision"),
    "correction": ("Sửa thành", "Corrected value"),
    "unit_correction": ("Đơn vị sửa thành", "Corrected unit"),
    "remark": ("Ghi chú", "Note"),
    "state": ("Rà soát", "Review"),
    "column": ("Cột của bảng", "Table column"),
    "read": ("Đọc tệp", "Read"),
    "date": ("Ngày báo cáo", "Date"),
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
    **{name: (name, name) for name in ("item_id", "problem_id", "report_id", "row_mark")},
}
_OF_TABLES = {**_both(field_labels), **_both(column_labels)}
HEADS: dict[str, Said] = {**{name: both for name, both in _OF_TABLES.items() if name != "note"}, **_OWN}
"""The heading of every column; those of ids are the same in both languages."""

CHOICES: dict[str, dict[str, Said]] = {
    "items": {"accepted": ("Chấp nhận", "Accept"), "corrected": ("Sửa", "Correct"), "rejected": ("Bác bỏ", "Reject")},
    "reports": {"accepted": ("Chấp nhận", "Accept")},
    "problems": {"accepted": ("Đã xử lý", "Seen to"), "rejected": ("Không phải vấn đề", "Not a problem")},
}
"""What can be chosen in the decision column of each sheet, by what the log calls it."""

_ALSO = {"đúng": "accepted", "sai": "rejected"}
"""What people write of an item beside what can be chosen."""

_EDITED = {word.casefold() for word in CHOICES["items"]["corrected"]}

PROBLEM_STATES: dict[str, Said] = {**STATES, **CHOICES["problems"]}


def said(words: Said, lang: str) -> str:
    """Return `words` in one language."""
    return words[lang != "vi"]


def head(column: str, lang: str) -> str:
    """Return the heading of a column."""
    return said(HEADS[column], lang)


def named(column: str, text: str, lang: str) -> str:
    """Return what the tables' `text` in a column is called; what has no name of its own is as it is."""
    return value_labels(column, lang).get(text, text)


def choice(sheet: str, action: str, lang: str) -> str:
    """Return what is chosen in the decision column of `sheet` for an action; nothing for none."""
    words = CHOICES[sheet].get(action)
    return said(words, lang) if words else ""


def action_of(sheet: str, text: str) -> str | None:
    """Return the action that a decision cell names in either language, "" for an empty cell, None for what is none."""
    folded = " ".join(text.split()).casefold()
    if not folded or (sheet == "reports" and folded in _EDITED):  # there what was edited tells
        return ""
    words: Mapping[str, Said] = CHOICES[sheet]
    named = next((action for action, both in words.items() if folded in (word.casefold() for word in both)), None)
    also = _ALSO.get(folded)
    return also if named is None and also in words and sheet != "problems" else named


def column_of(heading: str) -> str | None:
    """Return the column that a heading names in either language, or None."""
    return _COLUMNS.get(" ".join(heading.split()).casefold())


_COLUMNS = {words[lang].casefold(): column for lang in (1, 0) for column, words in HEADS.items()}
