"""Usual confusions of OCR put right where the grammar of codes, dates and headings leaves one reading only.

Nothing is guessed: what could be read in two ways stays as it was read, for a person to look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from pipeline.parsers.scan.amounts import unit_of
from pipeline.parsers.scan.compounds import settled
from pipeline.parsers.scan.hocr import Letter, Word
from pipeline.parsers.scan.names import surname_of

_DIGITS = str.maketrans("OoQDlI|!SB", "0000111158")
_FIGURE = r"[\dOoQDlI|!SB]"
_CODE = r"(?:[A-ZĐ]{1,6}[a-z]{0,2}[A-ZĐ]{0,4})"  # BC, QĐ, CTr, TTr, QyĐ
_TYPES = "BC|CT|CV|CĐ|GM|HD|KH|KL|NQ|NĐ|QĐ|QC|TB|TTr|TT|CTr|ĐA|PA"
"""Codes that types of documents have in symbols (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

_DATE = re.compile(rf"([(“\"]*)({_FIGURE}{{1,2}})([/.-])({_FIGURE}{{1,2}})\3({_FIGURE}{{4}})([).,;:”\"]*)")
_MONTH_YEAR = re.compile(rf"([(“\"]*)({_FIGURE}{{1,2}})/([12l|I]{_FIGURE}{{3}})([).,;:”\"]*)")
_NUMBER = re.compile(rf"([(“\"]*)((?=[^/-]*\d)[\dOolI|]{_FIGURE}*(?:/[12lI|]{_FIGURE}{{3}}(?=/))?)([/-]{_CODE}[-/].*)")
_LOST_SLASH = re.compile(rf"([(“\"]*)(\d+)[l|I!]((?:{_TYPES})-[A-ZĐ].*)")
_AGENCY = re.compile(r"(?<=[-/])(?:UBN[O0Q]|[UÚ]BND)(?![^\W_])|^UBN[O0Q](?![^\W_])")
_COUNCIL = re.compile(r"(?<![^\W\d_])H[DÐĐ]{1,3}N[DO0](?![^\W_])")
_DECISION = re.compile(r"(?<=[\d/-])(?:QD|OĐ|QÐ|OD|0Đ|ỌĐ|QĐĐ)(?=[-/])")
_ASSEMBLY = re.compile(r"(?<=QH)[Il|](?=\d(?!\w))|(?<=QH)[Il|][SB](?!\w)")  # the 15th National Assembly: QH15
_GROUPED = re.compile(r"(?=.*\d{3})[\dOlI|]{1,3}(?:\.[\dOlI|]{3})+")  # l.791.827: figures in groups of three
_PER_MILLE = re.compile(r"(?<![^\W\d_])%[oO](?![^\W_])")
_SPURIOUS = re.compile(r"(?<=QH)[Il|](?=1\d(?!\w))")  # QHI15: there was no 115th assembly
_PREMIER = re.compile(r"(?<=[-/])[TI][TI]E?g(?![^\W_])")
_COMMITTEE = re.compile(r"(?<=/)ĐĐU(?![^\W_])")  # a Party committee's code is ĐU
_DECREE = re.compile(r"(?<=[\d]/)N[DÐ](?=-CP)")

_LABEL = re.compile(r"S[ôoốớởỗổồộõòỏ6éêề][:;.,]?")
_QUARTER = re.compile(r"(?:[lI|!]|[lI1|!]{2,3}|H[lI1|!]?|[lI1|!]H|[lI1|!]V)(?![^\W_])")
_ROMAN = str.maketrans({"l": "I", "1": "I", "|": "I", "!": "I", "H": "II"})
_MONTH = re.compile(r"th[áảâàaăấ]ng", re.IGNORECASE)
_YEAR = re.compile(r"n[ăāãâaàảà]m", re.IGNORECASE)
_HEADING = re.compile(r"([IVX]{0,3})L|[I|l]{1,3}[.,]|H[.,]|HI[.,]|IH[.,]")

_HEADS = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ",
    "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "KẾ HOẠCH", "PHƯƠNG ÁN", "ĐỀ ÁN", "DỰ ÁN",
    "BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH", "HỢP ĐỒNG", "CÔNG VĂN", "CÔNG ĐIỆN", "KẾT LUẬN", "THÔNG TRI", "PHỤ LỤC",
}  # fmt: skip
"""Lines that an office prints in capitals, the names of types among them (Nghị định 30/2020/NĐ-CP, Điều 7)."""

_MARKS = ".,;:!?()[]“”\"'…-–"
Line = list[Word]


def repair(words: Sequence[Word]) -> list[Word]:
    """Return the words with confusions put right; a letter that was put right stays as sure as it was read."""
    repaired: list[Word] = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        for mend in _MENDERS:
            line = mend(line)
        repaired += line
    return repaired


def _codes(line: Line) -> Line:
    """Put right the numbers of documents and dates in figures: each is one word."""
    return [_reworded(word, _code(word.text)) for word in line]


def _code(text: str) -> str:
    text = _PER_MILLE.sub("‰", text)
    date = _DATE.fullmatch(text)
    if date:
        day, month, year = (date[at].translate(_DIGITS) for at in (2, 4, 5))
        exists = 1 <= int(day) <= 31 and 1 <= int(month) <= 12 and year[:2] in ("19", "20")
        sure = sum(c.isdigit() for c in text) >= 4
        return f"{date[1]}{day}{date[3]}{month}{date[3]}{year}{date[6]}" if exists and sure else text
    month = _MONTH_YEAR.fullmatch(text)
    if month and sum(c.isdigit() for c in text) >= 3:
        number, year = (month[at].translate(_DIGITS) for at in (2, 3))
        exists = 1 <= int(number) <= 12 and year[:2] in ("19", "20")
        return f"{month[1]}{number}/{year}{month[4]}" if exists else text
    if _GROUPED.fullmatch(text.rstrip(_MARKS)):
        return text.translate(_DIGITS)
    lost = _LOST_SLASH.fullmatch(text)
    if lost:
        text = f"{lost[1]}{lost[2]}/{lost[3]}"
    number = _NUMBER.fullmatch(text)
    if number:
        text = number[1] + number[2].translate(_DIGITS) + number[3]
    if any(c.isupper() for c in text):
        text = _AGENCY.sub("UBND", _COUNCIL.sub("HĐND", text))
        text = _ASSEMBLY.sub(lambda found: found[0].translate(_DIGITS), _SPURIOUS.sub("", text))
        text = _PREMIER.sub("TTg", _COMMITTEE.sub("ĐU", text))
        text = _DECREE.sub("NĐ", _DECISION.sub("QĐ", text))
    return text


def _number_label(line: Line) -> Line:
    """Put right «Số:» at the start of a line, before a number or the blank for one."""
    if len(line) < 2 or not _LABEL.fullmatch(line[0].text):
        return line
    follows = line[1].text
    closed = line[0].text[-1] in ":;.,"
    if not (closed and (follows[0].isdigit() or follows[0] in "/…._" or "/" in follows)):
        return line
    return [_reworded(line[0], "Số:"), *line[1:]]


def _quarters(line: Line) -> Line:
    """Put right the Roman number after «quý»; a single 1 is as good as I there."""
    mended = list(line)
    for at, (before, word) in enumerate(pairwise(line), 1):
        found = _QUARTER.match(word.text) if before.text.lower() == "quý" else None
        if found:
            mended[at] = _reworded(word, found[0].translate(_ROMAN) + word.text[found.end() :])
    return mended


def _date_words(line: Line) -> Line:
    """Put right «tháng» and «năm» where they stand in a date, between its numbers or blanks."""
    mended = list(line)
    for at, word in enumerate(line):
        before = mended[at - 1].text.strip(".…,") if at else ""
        after = line[at + 1].text.strip(".…,;:)") if at + 1 < len(line) else ""
        in_date = any(w.text.lower() == "ngày" for w in line[max(at - 2, 0) : at])
        if _MONTH.fullmatch(word.text) and in_date and (after.isdigit() or _follows_year(line, at)):
            mended[at] = _reworded(word, _like(word.text, "tháng"))
        in_month = any(w.text.lower() == "tháng" for w in mended[max(at - 2, 0) : at])
        year = after.isdigit() and len(after) == 4
        if _YEAR.fullmatch(word.text) and year and (before.isdigit() or before == "tháng") and in_month:
            mended[at] = _reworded(word, _like(word.text, "năm"))
    return mended


def _follows_year(line: Line, at: int) -> bool:
    return any(_YEAR.fullmatch(word.text) for word in line[at + 1 : at + 3])


def _heads(line: Line) -> Line:
    """Put right the marks of a line that is one of the known ones in capitals."""
    text = " ".join(word.text for word in line)
    known = _BARE_HEADS.get(_bare(text)) if text.isupper() else None
    if not known or known == text:
        return line
    return [_reworded(word, head) for word, head in zip(line, known.split(" "), strict=True)]


def _labels(line: Line) -> Line:
    """Put right the Roman label of a heading in capitals: «I.» is read as «L» or «l.», «II.» as «IL» or «H.»."""
    rest = "".join(word.text for word in line[1:])
    if len(line) < 3 or not rest.isupper() or not _HEADING.fullmatch(line[0].text):
        return line
    label = line[0].text
    roman = label[:-1] + "I" if label.endswith("L") else label[:-1].translate(_ROMAN)
    return [_reworded(line[0], roman + "."), *line[1:]]


def _tones(line: Line) -> Line:
    """Put right the tones of common words, where a coarse scan shows hook, tilde and acute alike."""
    mended = list(line)
    for at, word in enumerate(mended):
        core = word.text.strip(_MARKS)
        pair = at + 1 < len(line) and word.text.endswith(core)
        other = line[at + 1].text.strip(_MARKS) if pair and line[at + 1].text[0] not in _MARKS else ""
        both = settled((core, other)) if core and other else None
        if both:
            mended[at] = _reworded(word, word.text.replace(core, both[0]))
            mended[at + 1] = _reworded(line[at + 1], line[at + 1].text.replace(other, both[1]))
        elif core and (one := settled((core,))):
            mended[at] = _reworded(word, word.text.replace(core, one[0]))
    return mended


def _units(line: Line) -> Line:
    """Put right the unit behind a number or a scale word: «127 tỷ đông»."""
    mended = list(line)
    for at in range(1, len(line)):
        before, word = mended[at - 1].text, mended[at]
        core = word.text.strip(_MARKS)
        unit = unit_of(before, core) if core and word.text.startswith(core) else None
        if unit:
            mended[at] = _reworded(word, word.text.replace(core, _like(core, unit), 1))
    return mended


def _names(line: Line) -> Line:
    """Put right the tone of a surname in a line that is a name: «Đỉnh Trọng Nghĩa» can only be Đinh."""
    found = surname_of(tuple(word.text for word in line))
    if not found:
        return line
    at, surname = found
    return [*line[:at], _reworded(line[at], surname), *line[at + 1 :]]


_MENDERS: tuple[Callable[[Line], Line], ...] = (
    _heads, _labels, _number_label, _codes, _date_words, _quarters, _units, _tones, _names,
)  # fmt: skip


def _reworded(word: Word, text: str) -> Word:
    """Return the word with another text in its place; each letter is as sure as what was read there."""
    if text == word.text:
        return word
    old = word.letters
    if len(text) == len(old):
        return replace(word, letters=tuple(replace(c, text=new) for c, new in zip(old, text, strict=True)))
    return replace(word, letters=tuple(_shared_out(old, text)))


def _shared_out(old: Sequence[Letter], text: str) -> Iterator[Letter]:
    left, right = old[0].left, old[-1].right
    top, bottom = min(c.top for c in old), max(c.bottom for c in old)
    step = (right - left) / len(text)
    for at, letter in enumerate(text):
        sure = old[min(at * len(old) // len(text), len(old) - 1)].sure
        yield Letter(letter, left + at * step, top, left + (at + 1) * step, bottom, sure)


def _like(read: str, word: str) -> str:
    return word.upper() if read.isupper() else word.capitalize() if read[0].isupper() else word


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("Ð", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


_BARE_HEADS = {_bare(head): head for head in _HEADS}
