"""Stretches of a sentence in which no deed is told: titles of documents, quotations, topics, purposes, advice."""

from __future__ import annotations

import re

from pipeline.extract.structure import Sentence
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, UNIT

_QUOTES = re.compile(r"[“\"«][^”\"»\n]{0,200}[”\"»]")


def find_zones(view: View, sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the stretches of a sentence in which no deed is told: titles of documents, quotations, topics."""
    zones = [(q.start(), q.end(), "trong ngoặc kép") for q in _QUOTES.finditer(view.text, sentence.start, sentence.end)]
    for name in view.phrases_in(DOCUMENT_TYPE, sentence.start, sentence.end):
        if view.text[name.start].isupper() and _opens_title(view, name) and not _longer(view, name):
            zones.append((name.end, _title_end(view, name.end, sentence.end), "tên văn bản"))
    for topic in view.phrases_in("words/opens_topic", sentence.start, sentence.end):
        zones.append((topic.end, _title_end(view, topic.end, sentence.end, deeds=False), "nội dung, chủ đề"))
    zones += [(p.start(), p.end(), "mục đích") for p in _PURPOSE.finditer(view.folded, sentence.start, sentence.end)]
    for advice in view.phrases_in("words/opens_advice", sentence.start, sentence.end):
        if view.text[
            max(0, advice.start - 2) : advice.start - 1
        ].isdigit():  # «có 9 kiến nghị» counts, and advises nobody
            continue
        end = _title_end(view, advice.end, sentence.end, bodies=False)
        zones.append((advice.end, end, "việc tham mưu cho cấp khác"))
    return zones


_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|góp phần)[ ](?!lại |xảy ra |xẩy ra )[^,;:.()\d\n\t]{3,90}")


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
    r"|tổ chức (?:hội nghị|họp|quán triệt|\d))(?!\w))"
)


def _title_end(view: View, start: int, end: int, bodies: bool = True, deeds: bool = True) -> int:
    """Return where a title that begins at `start` ends: at a mark after which a new clause begins.

    With `bodies`, a body that acts opens a clause too; after «tham mưu» bodies are listed, so it does not.
    With `deeds`, so does any deed behind a semicolon; in what is made known («tuyên truyền về …; …») it does not.
    """
    for mark in _TITLE_BREAK.finditer(view.text, start, end):
        if mark[0][0] in ")\n\t." or mark[0].strip() == "và":
            return mark.start()
        if mark.start() in view.joined_marks or mark.start() in view.verb_ends:  # «điều động, bổ nhiệm» is one
            continue
        if _clause_opens(view, mark[0][0], mark.end(), end, bodies, deeds):
            return mark.start()
    return end


def _clause_opens(view: View, mark: str, at: int, end: int, bodies: bool, deeds: bool) -> bool:
    """Tell whether a new clause begins at `at`: a connective, an aspect word, or a body that acts."""
    while at < end and view.text[at] == " ":
        at += 1
    if view.phrase_at("words/opens_clause", at) or _counts_deed(view, at, end):
        return True
    if mark == ";" and deeds and at in view.deeds:
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
_NUMBER_NEAR = re.compile(r"[ ](?:(?!năm |tháng |ngày |số )[^\W\d_]+[ ]){0,3}\d")


def _counts_deed(view: View, at: int, end: int) -> bool:
    """Tell whether a phrase of an activity begins at `at` and a number follows: «sản xuất 12 chuyên mục»."""
    deed = view.deeds.get(at)
    return deed is not None and bool(_NUMBER_NEAR.match(view.text, deed, end))
