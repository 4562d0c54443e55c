"""Document numbers: the code, the type before it, the date and issuer after it (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extract.claims import Claims
from pipeline.extract.matching import Candidate, claimed
from pipeline.extract.structure import FurtherDocument
from pipeline.extract.view import View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, phrases_of
from pipeline.model import DateMention, DocumentNumber
from pipeline.rulebook import Pack
from pipeline.rulebook.patterns import alternatives
from pipeline.text.codes import canonical_number, symbol_of
from pipeline.text.fold import fold

_BEFORE = re.compile(r"[^\n\t.;]*$")
_BETWEEN_LISTED = re.compile(
    r"(?:[ ,;:()]|số|và|hoặc|ngày|tháng|năm|\d|/|-|–)*(?:của [^,;.()\n\t]{0,60})?(?:[ ,;:()]|số|và)*"
)
_NUMBER_WORD = re.compile(r"số(?: hiệu)?[ ]*:?[ ]*$")
_ISSUER = re.compile(r"[ ,(]*(?:ngày [\d/. -]+)?[ ,)]*của[ ]+(?=[^\W\d_])")
_DATE_GAP = re.compile(
    r"[ ,;(]*(?:đã )?(?:được )?(?:ký |ban hành |kèm theo )?(?:cùng |đều )?"
    r"(?:của [^;.()\n\t0-9]{2,90}?)?(?:[ ]?\([^()\n\t0-9]{1,40}\))?"
    r"[ ,(]*(?:ký |ban hành )?[ ]*"
)


@dataclass(frozen=True, slots=True)
class _TypeTable:
    """Types by code, and codes by folded type name, of a pack."""

    by_code: dict[str, str]
    codes: dict[str, set[str]]

    @classmethod
    def of(cls, view: View) -> _TypeTable:
        by_code: dict[str, str] = {}
        codes: dict[str, set[str]] = {}
        for entry in view.pack.vocabulary.document_types:
            codes.setdefault(fold(entry.name), set()).add(fold(entry.code))
            if entry.code:
                by_code.setdefault(fold(entry.code), entry.name)
        return cls(by_code, codes)


def find_document_numbers(view: View, claims: Claims) -> list[DocumentNumber]:
    """Return the document numbers of a report, in text order, with the type of each; dates come later."""
    rules = [r for r in view.pack.patterns if r.kind == "document_number"]
    table = _TypeTable.of(view)
    found: list[DocumentNumber] = []
    for candidate in claimed(rules, view, claims):
        found.append(_read(candidate, view, table, found[-1] if found else None))
    return found


def _read(candidate: Candidate, view: View, table: _TypeTable, before: DocumentNumber | None) -> DocumentNumber:
    code = candidate.part("number") or ""
    value = canonical_number(code + (candidate.part("rest") or ""))
    own = view.structure.number_span
    role = "own" if own and own[0] < candidate.end and candidate.start < own[1] else "cited"
    if role == "own" and view.structure.fields.number.startswith(value):
        value = view.structure.fields.number  # the letterhead is read whole where its symbol goes on in another line
    sentence = view.sentence_at(candidate.start)
    further = _further_at(candidate.start, candidate.end, view)
    printed = view.structure.fields.document_type if role == "own" else further.document_type if further else None
    return DocumentNumber(
        candidate.start,
        candidate.end,
        (sentence.start, sentence.end) if sentence else (candidate.start, candidate.end),
        candidate.rule.id,
        value,
        role,
        _type_of(candidate.start, value, view, table, before) if printed is None else printed,
    )


def _further_at(start: int, end: int, view: View) -> FurtherDocument | None:
    """Return the further document of the file whose own number stands in `[start, end)`, or None."""
    spans = ((further, further.number_span) for further in view.structure.further)
    return next((further for further, span in spans if span and span[0] < end and start < span[1]), None)


def _type_of(start: int, value: str, view: View, table: _TypeTable, before: DocumentNumber | None) -> str:
    code = re.sub(r"^(qh)\d+$", r"\1", fold(re.split(r"[-/.&]", symbol_of(value))[0]))
    party = bool(re.match(r"\d+-", value))
    named = _named_type(start, code, view, table)
    if named:
        return named
    if before is not None and before.document_type and _listed_with(before.end, start, view):
        return before.document_type
    if code == "qh" or (party and code == "qđ"):  # a law or a resolution; a decision or a regulation
        return ""
    return table.by_code.get(code) or ("Công văn" if code in view.pack.vocabulary.agencies else "")


def _listed_with(end: int, start: int, view: View) -> bool:
    return start - end < 200 and bool(_BETWEEN_LISTED.fullmatch(view.folded, end, start))


def _named_type(start: int, code: str, view: View, table: _TypeTable) -> str:
    """Return the type whose name stands before `start`: the one that owns the symbol's code, else the nearest."""
    clause = _BEFORE.search(view.folded, max(0, start - 120), start)
    low = clause.start() if clause else start
    number = _NUMBER_WORD.search(view.folded, low, start)
    edge = number.start() if number else start
    names = view.phrases_in(DOCUMENT_TYPE, low, edge)
    names = [n for n in names if not re.search(r"\d", view.folded[n.end : edge])]
    names = [n for n in names if not any(o is not n and o.start <= n.start and n.end <= o.end for o in names)]
    if not names:
        return ""
    canonical = phrases_of(view.pack).document_types
    fitting = [n for n in names if code in table.codes.get(n.words, ())]
    nearest = names[-1]
    adjacent = view.folded[nearest.end : edge].strip(" ,:(") == ""
    if not adjacent and not (fitting and number):
        return ""
    return canonical[(fitting[-1] if fitting else nearest).words]


def join_dates(
    numbers: list[DocumentNumber], dates: list[DateMention], view: View
) -> tuple[list[DocumentNumber], list[DateMention]]:
    """Return numbers with their date of issue and issuer, and dates with the role `document` where they are one."""
    joined: list[DocumentNumber] = []
    taken: set[int] = set()
    for at, number in enumerate(numbers):
        limit = numbers[at + 1].start if at + 1 < len(numbers) else len(view.text)
        index = _date_after(number, dates, limit, view)
        if index is None:
            index = _date_before(number, numbers[at - 1] if at else None, dates, taken, view)
        issued = dates[index].value if index is not None and number.role == "cited" else ""
        if index is not None:
            taken.add(index)
        edge = dates[index].end if index is not None and dates[index].start > number.end else number.end
        further = _further_at(number.start, number.end, view)
        if further:
            joined.append(replace(number, issued_date=further.date, issuer=further.issuer))
        else:
            joined.append(replace(number, issued_date=issued, issuer=_issuer(number, edge, view)))
    _share_dates(joined, view)
    roles = [replace(d, role="document") if i in taken and d.role == "text" else d for i, d in enumerate(dates)]
    return joined, roles


_SHARED = re.compile(r"(?:[ ]?(?:,|;|và|số)[ ]?)+")


def _share_dates(numbers: list[DocumentNumber], view: View) -> None:
    """Give each number of a list that shares its end («số 12, 13/QĐ-UBND ngày …») the date of the last."""
    for at in range(len(numbers) - 2, -1, -1):
        one, after = numbers[at], numbers[at + 1]
        if not one.issued_date and after.issued_date and _SHARED.fullmatch(view.folded, one.end, after.start):
            numbers[at] = replace(one, issued_date=after.issued_date, issuer=one.issuer or after.issuer)


def _date_after(number: DocumentNumber, dates: list[DateMention], limit: int, view: View) -> int | None:
    for index, mention in enumerate(dates):
        if mention.start >= number.end:
            close = mention.start < limit and mention.start - number.end < 140
            full = len(mention.value) == 10 or mention.value.startswith("XXXX")
            if close and full and _DATE_GAP.fullmatch(view.folded, number.end, mention.start):
                return index
            return None
    return None


_ISSUED = re.compile(r"[^.;\n\t]*?(?:ban hành|ra|ký|có|gửi|ban hành kèm theo)\b[^.;\n\t\d]*?(?:số )?[^.;\n\t\d]*")


def _date_before(
    number: DocumentNumber,
    previous: DocumentNumber | None,
    dates: list[DateMention],
    taken: set[int],
    view: View,
) -> int | None:
    for index in range(len(dates) - 1, -1, -1):
        mention = dates[index]
        if mention.end > number.start:
            continue
        near = number.start - mention.end < 160 and (previous is None or previous.end <= mention.start)
        full = len(mention.value) == 10 and index not in taken
        same = number.sentence[0] <= mention.start
        if near and full and same and _ISSUED.fullmatch(view.folded, mention.end, number.start):
            return index
        return None
    return None


@lru_cache(maxsize=16)
def _issuer_end(pack: Pack) -> re.Pattern[str]:
    """Return the pattern of what ends an issuer's name: a mark, or a word of the list `ends_issuer`."""
    words = alternatives(pack.words.get("ends_issuer", ()))
    return re.compile(r"[,;:.()\n\t\"“”]|[ ]" + words)


_NAME_COMMA = re.compile(r",[ ](?=[^\W\d_]+(?:[ ][^\W\d_]+){0,3}[ ]và[ ][A-ZĐÂÊÔƠƯĂÁÀẢÃẠÉÍÓÚÝ])")


def _issuer(number: DocumentNumber, edge: int, view: View) -> str:
    opening = _ISSUER.match(view.folded, number.end) or _ISSUER.match(view.folded, edge)
    if opening:
        start = opening.end()
        ends = _issuer_end(view.pack)
        end = ends.search(view.folded, start)
        stop = end.start() if end else len(view.text)
        inner = _NAME_COMMA.match(view.text, stop)
        if inner:
            after = ends.search(view.folded, inner.end())
            stop = after.start() if after else stop
        name = view.text[start:stop].strip()
        if name[:1].isupper() or name.split(" ")[0] in ("huyện", "tỉnh", "thành"):
            return " ".join(name.split())
    return _issuer_of_symbol(number.value, view)


def _issuer_of_symbol(value: str, view: View) -> str:
    symbol = fold(symbol_of(value))
    agencies = view.pack.vocabulary.agencies
    for part in (symbol.split("/")[-1], *re.split(r"[-/]", symbol)):
        if agencies.get(part):
            return agencies[part]
    return ""
