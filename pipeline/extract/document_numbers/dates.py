"""The date of issue of a cited document: behind its number, before it, or given once for a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from msgspec.structs import replace

from pipeline.extract.document_numbers.issuers import named_issuer, share_issuers
from pipeline.extract.document_numbers.lists import of_one_body, side_by_side
from pipeline.extract.document_numbers.reading import further_at
from pipeline.extract.view import View
from pipeline.extract.vocabulary import DOCUMENT_TYPE
from pipeline.model import DateMention, DocumentNumber

_NAME = r"(?:(?!(?:về|tổ chức|triển khai|thực hiện|phê duyệt) )(?:tp\.|tx\.|[^;.()\n\t0-9])){2,90}?"
_ISSUED = r"(?:(?:đã|được|đều|cùng|vừa|mới|do) )*(?:ký ban hành|ban hành|ký|phát hành|thông qua|công bố)"
_AFTER = re.compile(
    rf"[ ,(]*(?:(?:đã|được|đều) )*(?:(?:của|do) {_NAME})?(?:[ ]?\([^()\n\t0-9]{{1,60}}\))?[ ,(]*"
    rf"(?:(?:được|do) (?:{_NAME} )?)?(?:{_ISSUED})?[ ]*(?:(?:cùng|đều|vào|lần lượt|lần lượt vào|các)[ ]*)*"
)
_AFTER_SUMMARY = re.compile(rf"[^;.\n\t0-9]{{0,160}}[ ,(](?:{_ISSUED}[ ]*(?:vào |cùng )?|,[ ]*)")
_OF_BODY = re.compile(r"[ ,)]*của [^\W\d_]")
_BEFORE_NAME = re.compile(r"[ ,(]*(?:của [^,;.()\d\n\t]{2,70})?[ ,(]*(?:(?:được )?(?:ban hành|ký) )?(?:số:? )?")
_BEFORE_NUMBER = re.compile(r"[ ,:()]*(?:của [^,;.()\d\n\t]{2,70}?)?[ ,:(]*(?:(?:văn bản )?số(?: hiệu)?:?)?[ ]*")
_DEED = re.compile(
    r"[^.;\n\t]*(?<!\w)(?:ban hành|ra|ký|có|gửi|phát hành|thông qua|trình|công bố|đã có)"
    r"(?P<object>(?: (?:các|những|một số|\d{1,3}|văn bản|kèm theo|tiếp|bổ sung))*"
    r"(?: (?!của )[^\d.;,:()\n\t]{2,40})??)[ :(]*"
)
_BY_DECISION = re.compile(
    r"[^.;\n\t]*(?<!\w)(?:phê duyệt|công nhận|thành lập|giao|phân bổ|bổ nhiệm|kiện toàn|điều chỉnh|khen thưởng|tặng)"
    r" [^.;\n\t]{2,140} (?:tại|bằng|theo) (?:các )?"
)
_CARRIES_OUT = re.compile(r"(?<!\w)(?:thực hiện|triển khai|quán triệt|theo|căn cứ|về|tại|trên cơ sở|hội nghị)(?!\w)")
_SUBJECT = re.compile(r"[ ]?,?[ ](?P<name>(?=[^\W\d_a-zđ])(?:(?! về )[^,;.()\n\t]){2,70})")
_NUMBER_WORD = re.compile(r"[ :(]*(?:số(?: hiệu)?:?)?[ ]*$")
_BETWEEN_DATES = re.compile(r"[ ]*(?:,|;|và)?[ ]*(?:ngày )?")
_SHARED_DAY = re.compile(r"(?<!\w)(?:cùng|đều)(?: được)?(?: ký| ban hành)? ?$")


def join_dates(
    numbers: list[DocumentNumber], dates: list[DateMention], view: View
) -> tuple[list[DocumentNumber], list[DateMention]]:
    """Return numbers with their date of issue and issuer, and dates with the role `document` where they are one."""
    joining = _Joining(numbers, dates, view)
    days: list[str] = []
    issuers: list[str] = []
    for at, number in enumerate(numbers):
        issued, edge = joining.dated(at)
        further = further_at(number.start, number.end, view)
        if further:
            days.append(further.date)
            issuers.append(further.issuer)
        else:
            days.append(issued if number.role == "cited" else "")
            issuers.append(named_issuer(number, edge, numbers[at - 1].end if at else 0, view))
    told = zip(numbers, days, share_issuers(numbers, issuers, view), strict=True)
    joined = [replace(number, issued_date=day, issuer=issuer) for number, day, issuer in told]
    taken = joining.taken
    roles = [replace(d, role="document") if i in taken and d.role == "text" else d for i, d in enumerate(dates)]
    return joined, roles


class _Joining:
    """Which date belongs to which number of one report: indices into its dates, by index of the number."""

    def __init__(self, numbers: list[DocumentNumber], dates: list[DateMention], view: View) -> None:
        self.numbers, self.dates, self.view = numbers, dates, view
        self.starts = [d.start for d in dates]
        self.of: dict[int, int] = {}
        self.taken: set[int] = set()
        self.before: set[int] = set()
        for at in range(len(numbers)):
            self._find(at)
        self._share_back()
        self._share_on()
        self._one_each()

    def dated(self, at: int) -> tuple[str, int]:
        """Return the date of the number at `at`, or nothing, and where number and date end."""
        number = self.numbers[at]
        index = self.of.get(at)
        if index is None:
            return "", number.end
        return self.dates[index].value, max(number.end, self.dates[index].end if self._is_own(at, index) else 0)

    def _is_own(self, at: int, index: int) -> bool:
        limit = self.numbers[at + 1].start if at + 1 < len(self.numbers) else len(self.view.text)
        return self.numbers[at].end <= self.dates[index].start < limit

    def _find(self, at: int) -> None:
        index = self._after(at)
        if index is None:
            index = self._before(at)
            if index is not None:
                self.before.add(at)
        if index is not None:
            self.of[at] = index
            self.taken.add(index)

    def _after(self, at: int) -> int | None:
        """Return the day right behind a number, its issuer or summary between them allowed, or None."""
        number, view = self.numbers[at], self.view
        index = bisect_left(self.starts, number.end)
        if index == len(self.dates) or not _is_day(self.dates[index]):
            return None
        mention = self.dates[index]
        if not self._is_own(at, index) or mention.start - number.end > 180:
            return None
        if _AFTER.fullmatch(view.folded, number.end, mention.start):
            return None if self._opens_clause(number, mention) else index
        told = _AFTER_SUMMARY.fullmatch(view.folded, number.end, mention.start)
        if not told or view.phrases_in(DOCUMENT_TYPE, number.end, mention.start):
            return None
        comma = view.folded[number.end : mention.start].rstrip().endswith(",")
        return index if not comma or _OF_BODY.match(view.folded, mention.end) else None

    def _opens_clause(self, number: DocumentNumber, mention: DateMention) -> bool:
        """Tell whether a day behind a comma is when the clause's body acts: «Theo Công văn …, ngày …, Sở tổ chức …»."""
        view = self.view
        if "," not in view.text[number.end : mention.start]:
            return False
        subject = _SUBJECT.match(view.text, mention.end)
        return subject is not None and any(at in view.deeds for at in range(*subject.span("name")))

    def _before(self, at: int) -> int | None:
        """Return the day before a number that is its date of issue: of its type, or of the deed of issuing it."""
        number, view = self.numbers[at], self.view
        index = bisect_left(self.starts, number.start) - 1
        if index < 0 or index in self.taken or not _is_day(self.dates[index]):
            return None
        mention = self.dates[index]
        previous = self.numbers[at - 1].end if at else 0
        if mention.end > number.start or mention.start < max(number.sentence[0], previous, number.start - 260):
            return None
        if _BEFORE_NUMBER.fullmatch(view.folded, mention.end, number.start):
            return index if _named_before(mention, view) else None
        return index if number.start - mention.end < 200 and self._is_issued(mention, number) else None

    def _is_issued(self, mention: DateMention, number: DocumentNumber) -> bool:
        """Tell whether the words from a day to a number say that it was issued then, not carried out or received."""
        view = self.view
        word = _NUMBER_WORD.search(view.folded, mention.end, number.start)
        edge = word.start() if word else number.start
        names = [n for n in view.phrases_in(DOCUMENT_TYPE, mention.end, edge) if n.end == edge]
        edge = names[0].start if names else edge
        if _BY_DECISION.fullmatch(view.folded, mention.end, edge):
            return True
        deed = _DEED.fullmatch(view.folded, mention.end, edge)
        return bool(deed) and not (deed and _CARRIES_OUT.search(deed["object"]))

    def _share_back(self) -> None:
        """Give the date behind a list to every number of it: «số 12, 13/QĐ-UBND ngày …», «… và … cùng ngày …»."""
        for at in range(len(self.numbers) - 2, -1, -1):
            index = self.of.get(at + 1)
            if at in self.of or index is None or at + 1 in self.before:
                continue
            one, after = self.numbers[at], self.numbers[at + 1]
            same_day = _SHARED_DAY.search(
                self.view.folded, max(0, self.dates[index].start - 40), self.dates[index].start
            )
            if side_by_side(one, after, self.view) or (same_day and of_one_body(one, after, self.view)):
                self.of[at] = index

    def _share_on(self) -> None:
        """Give the date before a list to every number of it: «Ngày …, Sở ban hành Quyết định số 12 và số 13/QĐ-STC»."""
        for at in range(1, len(self.numbers)):
            open_still = at not in self.of and at - 1 in self.before
            if open_still and of_one_body(self.numbers[at - 1], self.numbers[at], self.view):
                self.of[at] = self.of[at - 1]
                self.before.add(at)

    def _one_each(self) -> None:
        """Give days behind a list one to each number where they are as many: «số 3, 4/QĐ-STC ngày 5/6, 7/6/2024»."""
        at = 0
        while at < len(self.numbers):
            last = at
            while (
                last + 1 < len(self.numbers)
                and self.of.get(last + 1) is not None
                and (self.of.get(last) == self.of[last + 1])
            ):
                last += 1
            if last > at and at not in self.before:
                self._spread(at, last)
            at = last + 1

    def _spread(self, first: int, last: int) -> None:
        index, count = self.of[last], last - first + 1
        days = self.dates[index : index + count]
        chained = all(_BETWEEN_DATES.fullmatch(self.view.folded, a.end, b.start) for a, b in pairwise(days))
        if len(days) == count and chained and all(map(_is_day, days)):
            for offset in range(count):
                self.of[first + offset] = index + offset
                self.taken.add(index + offset)


def _is_day(mention: DateMention) -> bool:
    return len(mention.value) == 10 or mention.value.startswith("XXXX")


def _named_before(mention: DateMention, view: View) -> bool:
    """Tell whether a document's type, its issuer allowed, stands right before a day: «Công văn ngày 12/5/2024»."""
    names = view.phrases_in(DOCUMENT_TYPE, max(0, mention.start - 110), mention.start)
    return bool(names) and bool(_BEFORE_NAME.fullmatch(view.folded, names[-1].end, mention.start))
