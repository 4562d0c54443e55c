"""Who issued a cited document: the words after «của», the words before, else the body that its symbol names."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.extract.document_numbers.lists import goes_on, of_one_body, one_body
from pipeline.extract.document_numbers.symbols import bodies_of, type_code, type_table
from pipeline.extract.view import View
from pipeline.extract.vocabulary import DOCUMENT_TYPE
from pipeline.model import DocumentNumber
from pipeline.rulebook import Pack
from pipeline.rulebook.patterns import alternatives
from pipeline.text.codes import without_term
from pipeline.text.fold import fold

_DATE = r"(?:ngày (?:\d{1,2} tháng \d{1,2} năm \d{4}|[\d/. -]+))"
_BEHIND = re.compile(
    rf"[ ,(]*{_DATE}?[ ,)]*"
    r"(?:của|do|(?:đã )?được(?= [^.;()\n\t\d]{2,70} (?:ký|ban hành|thông qua)(?!\w)))[ ]+(?=[^\W\d_])"
)
_NAME_COMMA = re.compile(r",[ ](?=[^\W\d_]+(?:[ ][^\W\d_]+){0,3}[ ]và[ ][A-ZĐÂÊÔƠƯĂÁÀẢÃẠÉÍÓÚÝ])")
_LOWER_BODIES = ("huyện", "tỉnh", "thành", "xã", "phường", "cấp")
_OF_BEFORE = re.compile(rf"[ ]của (?P<name>[^,;.()\d\n\t]{{2,70}}?)[ ,:(]*{_DATE}?[ ,:(]*(?:số(?: hiệu)?:?)?[ ]*$")
_NUMBER_WORD = re.compile(r"[ ,:(]*(?:văn bản )?(?:số(?: hiệu)?:?)?[ ]*$")
_JOINT = re.compile(r"lt$|lt[nb]$|ln$|^(?:ctr|ct|kh|qc)ph$")
_PLACE = re.compile(
    r"(?:ủy ban|ubnd|hđnd|hội đồng|thường trực|chủ tịch)\b.*?[ ](?:tỉnh|huyện|xã|phường|quận|thành phố)(?=[ ])"
)


def named_issuer(number: DocumentNumber, edge: int, previous_end: int, view: View) -> str:
    """Return the issuer of `number` that the words name, or nothing; `edge` is where number and date end.

    The words stand behind («của UBND tỉnh»), between type and number («Quyết định của Giám đốc Sở số …»), or
    are who issues it («UBND tỉnh ban hành Kế hoạch số …»), unless the symbol names another body.
    """
    return (
        _named_behind(number, edge, view)
        or _named_between(number, previous_end, view)
        or _named_as_subject(number, previous_end, view)
    )


def share_issuers(numbers: list[DocumentNumber], issuers: list[str], view: View) -> list[str]:
    """Return `issuers` with those of lists given to each number listed, and the symbols' where words give none."""
    shared = list(issuers)
    for at in range(len(numbers) - 2, -1, -1):
        if not shared[at] and shared[at + 1] and of_one_body(numbers[at], numbers[at + 1], view):
            shared[at] = shared[at + 1]
    for at in range(1, len(numbers)):
        if shared[at] or not shared[at - 1]:
            continue
        before, number = numbers[at - 1], numbers[at]
        if of_one_body(before, number, view) or (
            one_body(before, number, view) and goes_on(before, number.start, view)
        ):
            shared[at] = shared[at - 1]
    return [name or issuer_of_symbol(number.value, view.pack) for number, name in zip(numbers, shared, strict=True)]


@lru_cache(maxsize=16)
def _ends(pack: Pack) -> re.Pattern[str]:
    """Return the pattern of what ends an issuer's name: a mark, a word of `ends_issuer`, a further document's type."""
    words = alternatives(pack.words.get("ends_issuer", ()))
    types = alternatives([entry.name for entry in pack.vocabulary.document_types])
    return re.compile(
        rf"[,;:()\n\t\"“”]|(?<!tp)(?<!tx)\.|[ ](?:{words}|(?:ký|thông qua)(?!\w)|và[ ](?:các[ ])?{types})"
    )


@lru_cache(maxsize=16)
def _issues(pack: Pack) -> re.Pattern[str]:
    """Return the pattern of a clause in which a body issues a document, up to the document's type."""
    bodies = alternatives(pack.words.get("issuing_body", ()))
    verbs = alternatives(pack.words.get("issues", ()))
    others = alternatives([*pack.words.get("ends_issuer", ()), *pack.words.get("asks_issuer", ())])
    return re.compile(
        rf"(?P<name>{bodies}(?:(?!,|{others}|{verbs})[^;.()\n\t]){{0,80}}?)[ ,]+"
        rf"(?:(?:đã|cũng|vừa|kịp thời|chủ động|tiếp tục|cũng đã|đã có|trực tiếp)[ ])*{verbs}"
        r"(?:[ ](?:các|những|một số|\d{1,3}|văn bản|bổ sung|tiếp))*[ ,:(]*$"
    )


def _named_behind(number: DocumentNumber, edge: int, view: View) -> str:
    opening = _BEHIND.match(view.folded, number.end) or _BEHIND.match(view.folded, edge)
    return _name_at(opening.end(), view) if opening else ""


def _name_at(start: int, view: View) -> str:
    """Return the name of the body that begins at `start`, or nothing where no name does."""
    ends = _ends(view.pack)
    end = ends.search(view.folded, start)
    stop = end.start() if end else len(view.text)
    inner = _NAME_COMMA.match(view.text, stop)
    if inner:
        after = ends.search(view.folded, inner.end())
        stop = after.start() if after else stop
    name = _without_rest(" ".join(view.text[start:stop].split()))
    return name if name[:1].isupper() or name.split(" ")[0] in _LOWER_BODIES else ""


def _without_rest(name: str) -> str:
    """Return a name without what is no part of it: «HĐND tỉnh khóa XVI» and «UBND tỉnh kinh phí …» end at «tỉnh»."""
    place = _PLACE.match(fold(name))
    return name[: place.end()] if place and name[place.end() + 1 : place.end() + 2].islower() else name


def _named_between(number: DocumentNumber, previous_end: int, view: View) -> str:
    found = _OF_BEFORE.search(view.folded, max(previous_end, number.start - 130), number.start)
    if not found or not view.phrase_before(DOCUMENT_TYPE, found.start()):
        return ""
    return _name_at(found.start("name"), view)


def _named_as_subject(number: DocumentNumber, previous_end: int, view: View) -> str:
    sentence = view.sentence_at(number.start)
    low = max(previous_end, number.start - 200, sentence.start if sentence else 0)
    word = _NUMBER_WORD.search(view.folded, low, number.start)
    edge = word.start() if word else number.start
    names = [n for n in view.phrases_in(DOCUMENT_TYPE, low, edge) if n.end == edge]
    found = _issues(view.pack).search(view.folded, low, names[0].start if names else edge)
    if not found:
        return ""
    name = _without_rest(" ".join(view.text[slice(*found.span("name"))].split()))
    return name if " " in name and _is_of_symbol(name, number.value, view.pack) else ""


def _is_of_symbol(name: str, value: str, pack: Pack) -> bool:
    """Tell whether the body of that name may be the one of the symbol: one that the table doesn't know may be any."""
    resolved = fold(issuer_of_symbol(value, pack))
    if not resolved or resolved.startswith("ban chấp hành"):
        return True
    known = pack.vocabulary.agencies
    said = " ".join(known.get(word) or word if len(word) > 3 else word for word in fold(name).split(" "))
    return " ".join(resolved.split(" ")[:2]) in fold(said)


def issuer_of_symbol(value: str, pack: Pack) -> str:
    """Return the body that a symbol names, those of a joint document with `; ` between them, or nothing."""
    table = type_table(pack)
    parts = bodies_of(value, table)
    if _JOINT.search(type_code(value, table)):
        names = [pack.vocabulary.agency(without_term(part)) or "" for part in parts]
        return "; ".join(dict.fromkeys(names)) if all(names) else ""
    pair = pack.vocabulary.agencies.get("-".join(parts[:2]), "")
    return pair or (pack.vocabulary.agency(without_term(parts[0])) or "" if parts else "")
