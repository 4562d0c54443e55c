"""What several dates of one phrase have in common: a year given once, and ends with a time of day between them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from pipeline.extract.view import View
from pipeline.model import DateMention
from pipeline.text.edtf import bounds

_SHARES = re.compile(r"[^.;\n\t()]{0,90}")
_NEXT_TO = re.compile(r"[ ]?(?:,|và)[ ]")  # «quý III, 9 tháng năm 2025»
_TITLED = re.compile(r"[^.\n\t()]{0,120}")  # «… 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2024» in a subject
_COMPARED = re.compile(r"so với|cùng kỳ|so sánh")
_FEAST = re.compile(r"(?:kỷ niệm|chào mừng|quốc khánh|dịp|nhân|lễ|thành lập|truyền thống)[^.;\n\t\d]{0,70}$")
_PARTS_OF_A_YEAR = (7, 15)  # letters of «2024-09», «2024-35» and of «2024-01/2024-09»
_YEAR_TURNS = 6  # months or half of the quarters back: «tháng 12, nhiệm vụ tháng 01 năm 2025»
_TO = r"[ ]?(?:đến|tới|-|–|—)(?:[ ]hết)?[ ]"
_TIME = r"(?:\d{1,2}[ ]?(?:giờ|h|g)[ ]?(?:\d{1,2}(?:[ ]?phút|')?)?|\d{1,2}:\d{2})"
_OVER_A_TIME = re.compile(rf"{_TO}(?:lúc[ ])?{_TIME},?[ ](?:ngày[ ])?")
_AFTER_A_TIME = re.compile(rf"(?<!\w)(?:từ|kể từ)[ ](?:lúc[ ]|khoảng[ ])?{_TIME},?[ ]$")


def years_shared(found: list[DateMention], view: View) -> list[DateMention]:
    """Give a period without a year that of the next one, where one phrase gives it once for both.

    «kết quả tháng 7, nhiệm vụ tháng 8 năm 2024», «quý III và 9 tháng đầu năm, nhiệm vụ quý IV năm 2024»: both are
    parts of a year, or both days, in one clause. «tháng 12, nhiệm vụ tháng 01 năm 2025» goes over the year's end.
    What is compared with another year («so với …») and an anniversary keep their unknown year.
    """
    shared = list(found)
    for at in range(len(found) - 2, -1, -1):
        one, after = shared[at], shared[at + 1]
        if not one.value.startswith("XXXX") or after.value.startswith("XXXX"):
            continue
        gap = _gap(one, after, view)
        between = gap.fullmatch(view.folded, one.end, after.start) if gap else None
        if between and not _COMPARED.search(between[0]):
            year = int(after.value[:4]) - _turns(one, after)
            shared[at] = replace(one, value=one.value.replace("XXXX", f"{year:04d}"))
    return shared


def _gap(one: DateMention, after: DateMention, view: View) -> re.Pattern[str] | None:
    """Return what may stand between a date without a year and the one that gives it; None where nothing may."""
    parts = [len(mention.value) in _PARTS_OF_A_YEAR for mention in (one, after)]
    if _shape(one.value) != _shape(after.value) and not all(parts):
        return _NEXT_TO if parts[0] and len(after.value) in (4, *_PARTS_OF_A_YEAR) else None
    if len(one.value) == 10 and _FEAST.search(view.folded, max(0, one.start - 80), one.start):
        return _NEXT_TO
    span = view.structure.subject_span
    titled = span is not None and span[0] <= one.start < span[1] and parts[0]
    return _TITLED if titled else _SHARES


def _turns(one: DateMention, after: DateMention) -> bool:
    """Tell whether a month or quarter lies in the year before the one that the next, much earlier in it, gives."""
    if not len(one.value) == len(after.value) == 7:
        return False
    first, last = (bounds("2024" + value[4:])[0] for value in (one.value, after.value))
    return int(first[5:7]) - int(last[5:7]) > _YEAR_TURNS


def _shape(value: str) -> str:
    return re.sub(r"\d", "0", value.replace("XXXX", "0000"))


def over_times(found: list[DateMention], view: View) -> list[DateMention]:
    """Join two days with a time of day between them: «từ 7 giờ ngày 12/5 đến 7 giờ ngày 13/5/2024» is one period."""
    joined: list[DateMention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before and len(before.value) == len(mention.value) == 10 and _spans_times(before, mention, view):
            last = mention.value.replace("XXXX", before.value[:4])
            joined[-1] = replace(before, end=mention.end, value=f"{before.value}/{last}")
        else:
            joined.append(mention)
    return joined


def _spans_times(first: DateMention, last: DateMention, view: View) -> bool:
    if not _OVER_A_TIME.fullmatch(view.folded, first.end, last.start):
        return False
    return bool(_AFTER_A_TIME.search(view.folded, max(0, first.start - 40), first.start))
