"""Which dates are those of an issue of a document that is cited without a code («Luật … ngày …», «Công văn ngày …»)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import DOCUMENT_TYPE
from pipeline.model import DateMention, DocumentNumber

_FAR = 120
_LAWS = ("luật", "bộ luật", "pháp lệnh", "hiến pháp", "nghị định")
_SENT = ("công văn", "tờ trình", "công điện", "giấy mời", "thư mời", "công thư", "nghị định", "thông tư", "chỉ thị")
_BESIDE = re.compile(
    r"(?:[ ]số)?:?(?:[ ]\d{1,4})?[ ,(]*(?:(?:đã[ ])?(?:được[ ])?(?:ký|ban hành|ký ban hành)[ ])?(?:ngày[ ])?"
)
_ISSUED = re.compile(r".*[ ](?:ký kết|ký|ban hành|thông qua|công bố)[ ,(]*(?:vào[ ])?")
_NAMED = re.compile(r"[^.;:\n\t()\"“”]*")
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:hiệu lực|thi hành|từ|đến|trước|sau|vào|tại|trong|cho|để|hết|(?<!thông )qua|là|dịp"
    r"|khi|lúc|họp|hội nghị)(?!\w)"
)
_ISSUER = re.compile(r"[ ]của[ ]")
_ISSUES = re.compile(
    r"[ ]?,?[ ][^.;:\n\t\d]{0,90}?(?<!\w)(?:ban hành|ký|ra|có|phát hành)(?:[ ](?:các|một|\d{1,2}))?[ ](?=[^\W\d_])"
)
_BOUND = re.compile(r"(?:đến|từ|trước|sau|hết)[ ](?:ngày[ ])?$")
_LISTED = re.compile(r"[ ]?(?:,|;|và)[ ](?:ngày[ ])?")


def with_issue_dates(dates: Sequence[DateMention], numbers: Sequence[DocumentNumber], view: View) -> list[DateMention]:
    """Return `dates` with the role `document` for those on which a document without a code was issued.

    A date that a number was joined with has its role already. «Nghị định 116 của Chính phủ ngày 20/7/2017»; «Ngày
    15/3/2024, Sở ban hành Kế hoạch …»; not «Luật … có hiệu lực từ ngày 01/8/2024», nor a day that a plan is for.
    """
    codes = [number.start for number in numbers]
    found: list[DateMention] = []
    for mention in dates:
        if mention.role == "text" and len(mention.value) == 10:
            before = found[-1] if found else None
            if (
                _beside_code(mention, numbers, codes, view)
                or _follows(before, mention, view)
                or _named(mention, before, codes, view)
                or _issues(mention, codes, view)
            ):
                mention = replace(mention, role="document")
        found.append(mention)
    return found


def _beside_code(mention: DateMention, numbers: Sequence[DocumentNumber], codes: list[int], view: View) -> bool:
    """Tell whether the date stands in the cell beside that of a number, in a table that lists documents."""
    at = bisect_left(codes, mention.start)
    before = at > 0 and view.text[numbers[at - 1].end : mention.start].strip(" ") == "\t"
    return before or (at < len(codes) and view.text[mention.end : codes[at]].strip(" ") == "\t")


def _follows(before: DateMention | None, mention: DateMention, view: View) -> bool:
    """Tell whether a date goes on the list of an issue date («Công văn ngày 05/3, ngày 12/4/2024 của Sở»)."""
    listed = before is not None and before.role == "document" and before.end < mention.start
    if before is None or not listed or not _LISTED.fullmatch(view.folded, before.end, mention.start):
        return False
    return bool(_ISSUER.match(view.folded, mention.end))


def _named(mention: DateMention, before: DateMention | None, codes: list[int], view: View) -> bool:
    """Tell whether the name of a document's type stands before the date, and nothing that dates something else."""
    low = max(mention.sentence[0], mention.start - _FAR, before.end if before else 0)
    at = bisect_left(codes, mention.start)
    low = max(low, codes[at - 1]) if at else low
    names = view.phrases_in(DOCUMENT_TYPE, low, mention.start)
    return bool(names) and _dates(_outermost(names), mention, view)


def _outermost(names: Sequence[Phrase]) -> Phrase:
    last = names[-1]
    return next((n for n in names if n.start <= last.start and last.end <= n.end and n is not last), last)


def _dates(name: Phrase, mention: DateMention, view: View) -> bool:
    capital = view.text[name.start].isupper()
    gap = view.folded[name.end : mention.start]
    if _BESIDE.fullmatch(gap):
        return capital or name.words in _SENT
    if not capital or not _NAMED.fullmatch(gap):
        return False
    if name.words in _LAWS:  # «Luật Phòng, chống …»: what a law is about is written in words of deeds
        return not _ELSEWHERE.search(view.text, name.end, mention.start)
    if _ELSEWHERE.search(gap):
        return False
    owned = _ISSUER.search(gap) or _ISSUER.match(view.folded, mention.end)
    return bool(_ISSUED.fullmatch(gap)) or (owned is not None and "," not in gap)


def _issues(mention: DateMention, codes: list[int], view: View) -> bool:
    """Tell whether a body issued a document on the date: «Ngày 15/3/2024, Sở ban hành Kế hoạch …»."""
    opening = _ISSUES.match(view.folded, mention.end)
    if opening is None or _BOUND.search(view.folded, max(0, mention.start - 12), mention.start):
        return False
    name = view.phrase_at(DOCUMENT_TYPE, opening.end())
    if name is None or not view.text[name.start].isupper():
        return False
    told = sum(at in view.deeds for at in range(mention.end, opening.end()))
    at = bisect_left(codes, mention.end)
    return told <= 1 and not (at < len(codes) and codes[at] < min(opening.end() + _FAR, mention.sentence[1]))
