"""Stretches of a sentence in which no deed is told: titles of documents, quotations, topics, purposes, advice."""

from __future__ import annotations

import re

from pipeline.extract.structure import Sentence
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, UNIT

_QUOTES = re.compile(r"[“\"«][^”\"»\n]{0,200}[”\"»]")


def find_zones(view: View, sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the stretches of a sentence in which no deed is told, each with what it is."""
    start, end = sentence.start, sentence.end
    zones = [(q.start(), q.end(), "trong ngoặc kép") for q in _QUOTES.finditer(view.text, start, end)]
    zones += [(p.start(), p.end(), "trong ngoặc đơn") for p in _FIGURES.finditer(view.folded, start, end)]
    zones += [(p.start(), p.end(), "mục đích") for p in _PURPOSE.finditer(view.folded, start, end)]
    for name in view.phrases_in(DOCUMENT_TYPE, start, end):
        if view.text[name.start].isupper() and _opens_title(view, name) and not _longer(view, name):
            zones += _title(view, name, sentence)
    for topic in view.phrases_in("words/opens_topic", start, end):
        zones.append((topic.end, _title_end(view, topic.end, end, deeds=False), "nội dung, chủ đề"))
    for cause in view.phrases_in("words/opens_cause", start, end):
        if not _NO_CAUSE.search(view.folded, max(start, cause.start - 4), cause.start):
            clause = _CAUSE.match(view.folded, cause.end, end)
            zones.append((cause.start, clause.end() if clause else cause.end, "nguyên nhân, điều kiện"))
    for advice in view.phrases_in("words/opens_advice", start, end):
        if view.text[max(0, advice.start - 2) : advice.start - 1].isdigit():
            continue  # «có 9 kiến nghị» counts, and advises nobody
        asks = _ASKS.match(advice.words) and not view.text[start : advice.start].strip(" -–+*•")
        until = _title_end(view, advice.end, end, bodies=False)
        if asks:  # «Kiến nghị UBND tỉnh bổ sung biên chế, hỗ trợ kinh phí …; …»
            mark = view.text.find(";", advice.end, end)
            until = max(until, mark if mark >= 0 else end)
        zones.append((advice.end, until, "việc tham mưu cho cấp khác"))
    return zones


_ASKS = re.compile(r"(?:đề nghị|kiến nghị)(?!\w)")
_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|góp phần)[ ](?!lại |xảy ra |xẩy ra )[^,;:.()\d\n\t]{3,90}")

_CAUSE = re.compile(r"(?! đó| vậy| thế)(?:(?! thì | nên )[^,;:()\n\t]){3,160}")
_NO_CAUSE = re.compile(r"(?<!\w)(?:tự|lý)[ ]$")
_FIGURES = re.compile(r"\((?![^()]*(?<!\w)(?:đã|đang|sẽ)(?!\w))[^()\n\t]*\d[^()\n\t]*\)")
_CODE = re.compile(
    r"(?:[ ]số:?)?[ ]?\d[\w/\-]*(?:(?:,| và| số| và số)[ ]\d[\w/\-]*)*"
    r"(?:,?[ ]ngày[ ]\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})?"
)


def _title(view: View, name: Phrase, sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the title of a document, or nothing where a deed stands behind its number instead.

    «ban hành Quyết định số 21-QĐ/TU kiện toàn Ban …» tells that a board was reshuffled, and then goes on as a title;
    plans and programmes have titles.
    """
    start = name.end
    code = _CODE.match(view.text, name.end, sentence.end)
    deed = view.deeds.get(code.end() + 1) if code else None
    if deed is not None:
        if _followed(view, name, sentence):
            return []
        issued = _ISSUED.search(view.folded, max(sentence.start, name.start - 24), name.start)
        listed = view.text[max(sentence.start, name.start - 2) : name.start] == "; "
        if (issued or listed) and view.phrase_at("words/performs", name.start) is not None:
            start = deed
    return [(start, _title_end(view, start, sentence.end), "tên văn bản")]


def _followed(view: View, name: Phrase, sentence: Sentence) -> bool:
    """Tell whether a body acts by a document that only stands between: «Huyện đoàn theo Kế hoạch số 5 tổ chức …»."""
    by = _BY.search(view.folded, max(sentence.start, name.start - 60), name.start)
    if by is None:
        return False
    start = max(sentence.start, view.text.rfind(",", sentence.start, by.start()) + 1)
    body = view.phrase_at("words/acting_body", start + (view.text[start] == " "))
    return body is not None and body.end <= by.start()


_BY = re.compile(r"(?<!\w)(?:theo|thực hiện|căn cứ)[ ]$")


_ISSUED = re.compile(r"(?<!\w)(?:ban hành|ký|ra|phát hành|gửi|có|các|và)[ ]$")


def _longer(view: View, name: Phrase) -> bool:
    """Tell whether the name of a type is part of a longer one: «Luật sư», «Báo cáo viên», «Sở Kế hoạch và Đầu tư»."""
    unit = view.phrase_at(UNIT, name.start)
    return (unit is not None and unit.end > name.end) or bool(
        _AGENCY.search(view.folded, max(0, name.start - 40), name.start)
    )


_AGENCY = re.compile(r"(?<!\w)(?:sở|bộ|phòng|vụ|cục|ngành|viện)[ ](?:(?:tài chính|kinh tế|tổng hợp)[ ]?[-–,][ ]?)?$")


def _opens_title(view: View, name: Phrase) -> bool:
    word = view.folded[name.end : name.end + 12].strip()
    return not word.startswith((",", ";", "."))


_TITLE_BREAK = re.compile(
    r"[;)\n\t]|,[ ]|[.][ ]"
    r"|[ ]và[ ](?=(?:đã|đang|sẽ|quán triệt|tiến hành|mở \d|triển khai đến|phổ biến đến"
    r"|(?:gửi|cử|mở|in|cấp|phát|trao|tặng|đăng|treo|tổ chức)(?: được)? \d|tổ chức (?:hội nghị|họp|quán triệt))(?!\w)"
    r"|[A-ZĐ][^\W\d]+[ ])"
)


def _title_end(view: View, start: int, end: int, bodies: bool = True, deeds: bool = True) -> int:
    """Return where a title that begins at `start` ends: at a mark after which a new clause begins.

    With `bodies`, a body that acts opens a clause too; after «tham mưu» bodies are listed, so it does not.
    With `deeds`, so does any deed behind a semicolon; in what is made known («tuyên truyền về …; …») it does not.
    """
    code = _CODE.match(view.text, start, end)
    if code and _JOINED.match(view.folded, code.end()) and code.end() + 4 in view.deeds:
        return code.end()  # «ban hành Kế hoạch số 6/KH-SCT và chỉ đạo …»
    for mark in _TITLE_BREAK.finditer(view.text, start, end):
        if mark[0][0] in ")\n\t.":
            return mark.start()
        if mark[0].strip() == "và":
            if not view.text[mark.end()].isupper() or mark.end() in view.deeds:  # «… và Lễ kỷ niệm …»
                return mark.start()
            continue
        joined = mark.start() in view.verb_ends and mark.end() in view.deeds
        if mark[0][0] == "," and (joined or mark.start() in view.joined_marks):
            continue  # «điều động, bổ nhiệm» is one
        if _clause_opens(view, mark[0][0], mark.end(), end, bodies, deeds):
            return mark.start()
    return end


def _clause_opens(view: View, mark: str, at: int, end: int, bodies: bool, deeds: bool) -> bool:
    """Tell whether a new clause begins at `at`: a connective, an aspect word, or a body that acts."""
    while at < end and view.text[at] == " ":
        at += 1
    if view.phrase_at("words/opens_clause", at) or _counts_deed(view, at, end):
        return True
    if mark == ";" and deeds and (at in view.deeds or _names_document(view, at)):
        return True
    if mark == ";" and _BODY_ACTED.match(view.folded, at, end):
        return True
    if not bodies:
        return False
    if _BODY_ACTED.match(view.folded, at, end):
        return True
    subject = view.phrase_at("words/acting_body", at) or _later_subject(view, at, end)
    if subject is None:
        return False
    at = subject.start
    reach = min(end, at + 90)
    stop = view.text.find(";", at, reach)
    return bool(view.phrases_in("words/aspect", at, stop if stop > 0 else reach)) or view.text[at].isupper()


def _names_document(view: View, at: int) -> bool:
    """Tell whether a further document is named at `at`: «ban hành Kế hoạch …; các Công văn …»."""
    name = view.phrase_at(DOCUMENT_TYPE, at + 4 if view.folded.startswith("các ", at) else at)
    return name is not None and view.text[name.start].isupper()


def _later_subject(view: View, at: int, end: int) -> Phrase | None:
    """Return the body that acts after words of time: «sáu tháng đầu năm 2025 Sở … tham mưu»."""
    comma = view.text.find(",", at, end)
    reach = min(at + 45, comma if comma > 0 else end)
    later = [p for p in view.phrases_in("words/acting_body", at, reach) if view.text[p.start].isupper()]
    return later[0] if later and _TIMED.match(view.folded, at) else None


_TIMED = re.compile(
    r"(?:trong|từ|đến|ngay|tính|đầu|cuối|\d|một|hai|ba|sáu|chín|năm|quý|tháng|ngày|tuần|hằng|hàng)(?!\w)"
)
_BODY_ACTED = re.compile(r"(?:[\w/]+[ ]){1,12}(?:đã|đang|sẽ)(?!\w)")
_JOINED = re.compile(r"[ ]và[ ]")
_NUMBER_NEAR = re.compile(r"[ ](?:(?!năm |tháng |ngày |số )[^\W\d_]+[ ]){0,3}\d")


def _counts_deed(view: View, at: int, end: int) -> bool:
    """Tell whether a phrase of an activity begins at `at` and a number follows: «sản xuất 12 chuyên mục»."""
    deed = view.deeds.get(at)
    return deed is not None and bool(_NUMBER_NEAR.match(view.text, deed, end))
