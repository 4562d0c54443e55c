"""When two citations name one document: codes that differ by a slip, dates that contradict, offices that may be one.

Numbers of administrative documents begin anew every year and each office has its own (Nghị định 30/2020/NĐ-CP,
Phụ lục I, mục 3), so a code alone names no document: its year does, and its office where the symbol names none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from enum import IntEnum
from functools import lru_cache

from msgspec import Struct

from pipeline.text.codes import symbol_of
from pipeline.text.fold import fold

_HEAD = re.compile(r"0*(\d+(?:\.\d+)?)(?:[/-]((?:19|20)\d\d)(?=/))?")
_SEPARATORS = re.compile(r"[-/.&,]+")
_NATIONAL = re.compile(r"(?:cp|ttg|ctn|tw|vpcp|(?:ub)?(?:tv)?qh\d*)")
_NATIONAL_OFFICE = re.compile(
    r"(?:bộ(?! chỉ huy| đội| phận)|chính phủ|thủ tướng|quốc hội|chủ tịch nước|ban bí thư|trung ương)\b"
)
_LOCAL = re.compile(r"(?:ct)?(?:ubnd|hđnd|ub|ủy ban nhân dân)|bcđ|bch|tu|hu|đu|mttq|ubmttq|tổ công tác")
_STROKES = str.maketrans("đ", "d")


class Code(Struct, frozen=True):
    """A document's code taken apart: its number without zeros, the year inside it, and its symbol's parts, folded."""

    number: str
    year: str
    parts: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what all spellings of the code share: capitals and separators play no part."""
        return "/".join((self.number, self.year, "".join(self.parts)))


@lru_cache(maxsize=4096)
def code_of(canonical: str) -> Code:
    """Return the parts of a canonical document number, as `canonical_number` gives it."""
    head = _HEAD.match(canonical)
    parts = tuple(part for part in _SEPARATORS.split(fold(symbol_of(canonical))) if part)
    return Code(head[1], head[2] or "", parts) if head else Code("", "", parts)


def is_national(code: Code, issuer: str) -> bool:
    """Tell whether only one office of the country has this symbol: a number and year then name one document."""
    return any(map(_NATIONAL.fullmatch, code.parts)) or bool(_NATIONAL_OFFICE.match(fold(issuer)))


def is_local(code: Code) -> bool:
    """Tell whether offices of many places and levels share this symbol: «UBND» says neither which nor where."""
    return not code.parts or bool(_LOCAL.fullmatch(code.parts[-1])) or any(map(_LOCAL.fullmatch, code.parts[1:]))


class Clash(IntEnum):
    """How two dates of one number stand to each other: no contradiction, unlike dates of one year, or a slip."""

    NONE = 0
    UNLIKE = 1
    SLIP = 2


def clash(one: str, other: str) -> Clash:
    """Return how two EDTF days given with one number contradict; other years are other documents, as a rule.

    A slip leaves two of day, month and year as they are, or swaps day and month. Dates without day or year say nothing.
    """
    if one == other or not (is_day(one) and is_day(other)):
        return Clash.NONE
    (year, month, day), (year2, month2, day2) = one.split("-"), other.split("-")
    if (month, day) == (month2, day2):
        return Clash.SLIP
    if year != year2:
        return Clash.NONE
    slip = month == month2 or day == day2 or (month, day) == (day2, month2)
    return Clash.SLIP if slip else Clash.UNLIKE


def is_day(edtf: str) -> bool:
    """Tell whether `edtf` is one day of a known year."""
    return len(edtf) == 10 and edtf[:4].isdecimal()


_LEVEL = r"(?i:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)"
_CAPITAL = r"[A-ZĐÂÊÔƠƯĂÁÀẢÃẠÉÈẺẼẸÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤÝỲỶỸỴẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ]"
_PLACE = re.compile(rf"(?<!\w)({_LEVEL})(?!\w)((?:[ ](?!{_LEVEL}(?!\w)){_CAPITAL}[\w’'-]*)*)")


@lru_cache(maxsize=4096)
def seat(issuer: str) -> tuple[str, str]:
    """Return level and name of the place that an office is of, folded, as far as its name tells: `("tỉnh", "")`."""
    found = _PLACE.search(issuer)
    if not found:
        return "", ""
    level = fold(found[1]).rstrip(".")
    return "thành phố" if level == "tp" else level, " ".join(fold(found[2]).split())


def same_office(one: str, other: str) -> bool | None:
    """Tell whether two issuers are one office: True where both name one place, None where the names don't tell."""
    (level, name), (level2, name2) = seat(one), seat(other)
    if (level and level2 and level != level2) or (name and name2 and name != name2):
        return False
    return True if name and name == name2 else None


def is_one_document(code: Code, dates: tuple[str, str], issuers: tuple[str, str], nearby: bool) -> bool:
    """Tell whether two citations of one code with different days can only be of one document, one of them misdated.

    `nearby` says that they stand in one report or in reports of one place. A symbol that many offices share
    («12/KH-UBND») then names one document only where both name the office alike, or day and month are the same
    or swapped. Reports of different places have to name the place of the office.
    """
    found, office = clash(*dates), same_office(*issuers)
    if found is Clash.NONE or code.parts == ():
        return False
    if is_national(code, issuers[0]) or (code.year and not is_local(code)):
        return True
    if office is False or not (nearby or office):
        return False
    if code.year or office or not is_local(code):
        return True
    return found is Clash.SLIP and (_is_swapped(*dates) or issuers[0] == issuers[1])


def _is_swapped(one: str, other: str) -> bool:
    return one[5:] == other[5:] or (one[5:7] == other[8:] and one[8:] == other[5:7])


def is_variant(one: Code, other: Code, known: Container[str] = ()) -> bool:
    """Tell whether two codes of one number are a slip apart: a stroke, a letter or two, an end that is missing.

    Symbols of two offices that are both `known` are two symbols, and so are those of two types.
    """
    if one.number != other.number or one.key == other.key or (one.year and other.year and one.year != other.year):
        return False
    if strokeless(one) == strokeless(other):
        return True
    shorter, longer = sorted((one.parts, other.parts), key=len)
    if len(longer) == len(shorter) + 1:
        return bool(shorter) and longer[:-1] == shorter
    unlike = (
        [pair for pair in zip(shorter, longer, strict=True) if pair[0] != pair[1]]
        if len(longer) == len(shorter)
        else []
    )
    if len(unlike) != 1 or unlike[0][0] == one.parts[0] or unlike[0][0] == other.parts[0]:
        return False
    a, b = unlike[0]
    return not (a in known and b in known) and _is_slip(a, b)


def strokeless(code: Code) -> tuple[str, ...]:
    """Return the parts of a code's symbol with D for Đ."""
    return tuple(part.translate(_STROKES) for part in code.parts)


_LEAST_LETTERS = 4


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two abbreviations are a letter or two apart, short ones not."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LEAST_LETTERS or len(longer) > len(shorter) + 2:
        return False
    letters = iter(longer)
    if all(letter in letters for letter in shorter):
        return True
    return len(shorter) == len(longer) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def is_misprint(one: str, other: str) -> bool:
    """Tell whether two numbers of as many digits are one digit, or two neighbours that swapped places, apart.

    Numbers that follow each other are two numbers.
    """
    if len(one) != len(other) or len(one) < _LEAST_DIGITS or not (one + other).isdecimal():
        return False
    unlike = sum(a != b for a, b in zip(one, other, strict=True))
    return is_swap(one, other) or (unlike == 1 and abs(int(one) - int(other)) >= 10)


def is_swap(one: str, other: str) -> bool:
    """Tell whether two numbers differ by two neighbouring digits that swapped places: 125 and 152."""
    unlike = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(one) < _LEAST_DIGITS or len(unlike) != 2 or unlike[1] != unlike[0] + 1:
        return False
    first, second = unlike
    return one[first] == other[second] and one[second] == other[first]


_LEAST_DIGITS, _MOST_DIGITS = 3, 30


class Slips:
    """Numbers with their places, to be asked for those that may be a misprint or a swap apart from another.

    Numbers of over `_MOST_DIGITS` are of no report and have none.
    """

    __slots__ = ("_by_number", "_by_rest")

    def __init__(self) -> None:
        self._by_number: defaultdict[str, list[int]] = defaultdict(list)
        self._by_rest: defaultdict[tuple[int, str], list[int]] = defaultdict(list)  # by all digits but one

    def add(self, number: str, place: int) -> None:
        """Keep a number."""
        if _LEAST_DIGITS <= len(number) <= _MOST_DIGITS:
            self._by_number[number].append(place)
            for at in range(len(number)):
                self._by_rest[at, number[:at] + number[at + 1 :]].append(place)

    def near(self, number: str) -> set[int]:
        """Return the places of numbers of as many digits that differ in one, or in two neighbours that swapped."""
        found: set[int] = set()
        if _LEAST_DIGITS <= len(number) <= _MOST_DIGITS:
            for at in range(len(number)):
                found.update(self._by_rest.get((at, number[:at] + number[at + 1 :]), ()))
                found.update(self._by_number.get(number[:at] + number[at : at + 2][::-1] + number[at + 2 :], ()))
        return found


def slips_among(numbers: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of each two of `numbers`, all different, that may be a misprint or a swap apart, sorted."""
    known, found = Slips(), list[tuple[int, int]]()
    for at, number in enumerate(numbers):
        found += [(other, at) for other in known.near(number)]
        known.add(number, at)
    return sorted(found)
