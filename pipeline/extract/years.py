"""What several dates of one phrase have in common: a year given once, and ends with a time of day between them."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.view import View
from pipeline.model import DateMention
from pipeline.text.edtf import bounds

_SHARES = re.compile(r"[^.;\n\t()]{0,90}")
_NEXT_TO = re.compile(r"[ ]?(?:,|và)[ ]")  # «quý III, 9 tháng năm 2025»
_TITLED = re.compile(r"[^.\n\t()]{0,120}")  # «… 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2024» in a subject
_COMPARED = re.compile(r"so với|so cùng kỳ|/")
_YEAR_TURNS = 6  # months or half of the quarters back: «tháng 12, nhiệm vụ tháng 01 năm 2025»
_TO = r"[ ]?(?:đến|tới|-|–|—)(?:[ ]hết)?[ ]"
_TIME = r"(?:\d{1,2}[ ]?(?:giờ|h|g)[ ]?(?:\d{1,2}(?:[ ]?phút|')?)?|\d{1,2}:\d{2})"
_OVER_A_TIME = re.compile(rf"{_TO}(?:lúc[ ])?{_TIME},?[ ](?:ngày[ ])?")
_AFTER_A_TIME = re.compile(rf"(?<!\w)(?:từ|kể từ)[ ](?:lúc[ ]|khoảng[ ])?{_TIME},?[ ]$")


def years_shared(found: list[DateMention], view: View) -> list[DateMention]:
    """Give a period without a year that of the next one, where one phrase gives it once for both.

    «kết quả tháng 7, nhiệm vụ tháng 8 năm 2024» and «quý I và quý II năm 2025»: both ends have the kind of
    period and the clause in common. «tháng 12, nhiệm vụ tháng 01 năm 2025» goes over the year's end. A bare day
    such as a holiday keeps its unknown year.
    """
    shared = list(found)
    for at in range(len(found) - 2, -1, -1):
        one, after = shared[at], shared[at + 1]
        if not one.value.startswith("XXXX") or after.value.startswith("XXXX"):
            continue
        same_kind = _shape(one.value) == _shape(after.value) or (len(one.value) == 7 and len(after.value) == 7)
        gap = _between(one, view) if same_kind else _NEXT_TO if len(one.value) == 7 else None
        if gap is not None and gap.fullmatch(view.folded, one.end, after.start):
            year = int(after.value[:4]) - _turns(one, after, view)
            shared[at] = replace(one, value=one.value.replace("XXXX", f"{year:04d}"))
    return shared


def _between(one: DateMention, view: View) -> re.Pattern[str]:
    span = view.structure.subject_span
    return _TITLED if span and span[0] <= one.start < span[1] and len(one.value) != 10 else _SHARES


def _turns(one: DateMention, after: DateMention, view: View) -> bool:
    """Tell whether a month or quarter lies in the year before the one that the next, much earlier in it, gives."""
    if not (len(one.value) == len(after.value) == 7) or _COMPARED.search(view.folded, one.end, after.start):
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
