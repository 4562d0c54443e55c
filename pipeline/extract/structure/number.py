"""The report's own number: «Số: 12/BC-UBND», «Số 12-BC/TU», with whatever is left blank or wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords
from pipeline.text.codes import tight

_U = "A-ZĐÂÊÔƠƯĂ"
# One part of a symbol: UBND, BC, CTr, QyĐ, SNgV, K4, eBB916, STP.ĐKT, CTĐ&TTN; a word such as «Trà» or «An» is none.
_PART = (
    rf"(?:[a-f](?=[{_U}]{{2}})[{_U}]+[0-9]*|[{_U}]+[a-zđ]{{1,2}}[{_U}0-9][{_U}a-zđ0-9]*|[{_U}]{{2,}}[a-zđ]{{1,2}}|"
    rf"[{_U}][{_U}0-9]*)"
    rf"(?:(?:&amp;|[.&])[{_U}0-9]+)*(?![^\W_])"
)
_JOINT = r"\s?[-–/]\s?"
SYMBOL = rf"{_PART}(?:{_JOINT}{_PART})*"
_BLANK = r"[\s.…_]{0,80}"
_DIGITS = r"(?P<digits>\d{1,5}(?:\.\d{1,2})?[a-zđ]?)"
_YEAR = r"(?P<year>(?:19|20)\d\d\s?/\s?)?"
# `So`, `Sô`, `Sớ`, `S6` are what OCR makes of «Số».
_LABEL = r"(?<!\w)(?:[Ss][ốôoớ6]|SỐ)(?:\s*[:.]|(?=[\s.…_\d]))"
# A scan where the hand that filled in the blank has written over the slash.
_LOST_MARK = rf"(?<=[\s.…_]{{3}})(?={_PART}[-–]{_PART})"
_LABELLED = re.compile(
    rf"{_LABEL}{_BLANK}{_DIGITS}?{_BLANK}(?P<mark>[/–-]-?|(?<=\d)(?=\s{_PART}\s?/)|{_LOST_MARK})\s*{_YEAR}"
    rf"(?P<symbol>{SYMBOL})(?P<open>\s?[-–/](?=\s|$))?"
)
_BARE = re.compile(rf"{_DIGITS}\s?(?P<mark>[/–-])\s?{_YEAR}(?P<symbol>{SYMBOL})(?P<open>[-–/])?")
_WRAPPED = re.compile(SYMBOL)
_WRAPPED_WITHIN = 4


class OwnNumber(Struct, frozen=True):
    """The number line: what it says, where digits and symbol stand (None if blank), all it covers."""

    number: str
    symbol: str
    span: tuple[int, int] | None
    covers: tuple[tuple[int, int], ...]


def read_number(text: str, strips: Sequence[Strip], words: StructureWords) -> OwnNumber | None:
    """Return the own number among the strips of a letterhead, or None where no symbol is printed.

    A house number, the number of an incoming stamp (neither has a symbol) and that of a certified copy
    («12/SY-UBND») are not the report's own.
    """
    if not strips:
        return None
    starts = {strip.start for strip in strips}
    labelled = _LABELLED.finditer(text, strips[0].start, strips[-1].end)
    found = [m for m in labelled if m.start() in starts or m[0][0] == "S"]
    found.sort(key=lambda m: m.start() not in starts)
    found += [m for s in strips if (m := _BARE.fullmatch(text, s.start, s.end))]
    copies = {code.lower() for code in words.copy_codes}
    own = (m for m in found if re.split(r"[-/]", m["symbol"])[0].lower() not in copies)
    match = next(own, None)
    return _own_number(match, strips) if match else None


def is_number_line(text: str, strip: Strip) -> bool:
    """Tell whether a strip begins with a labelled number and symbol: «Số: 12/BC-SYT», «Số:     /BC-SYT»."""
    return bool(_LABELLED.match(text, strip.start, strip.end))


def _own_number(match: re.Match[str], strips: Sequence[Strip]) -> OwnNumber:
    covers = [match.span()]
    symbol = match["symbol"]
    if match["open"]:
        wrapped = _wrapped(match.end(), strips)
        if wrapped:
            covers.append((wrapped.start, wrapped.end))
            symbol += match["open"] + wrapped.text
    symbol = tight(symbol)
    digits = match["digits"]
    if not digits:
        return OwnNumber("", symbol, None, tuple(covers))
    mark = tight(match["mark"])[:1] or ("-" if "/" in symbol else "/")
    number = digits.zfill(2) + mark + tight(match["year"] or "") + symbol
    return OwnNumber(number, symbol, (match.start("digits"), match.end("symbol")), tuple(covers))


def _wrapped(end: int, strips: Sequence[Strip]) -> Strip | None:
    """Return the strip below that goes on with a symbol broken at its hyphen: «142/KH-» over «UBND»."""
    below = [strip for strip in strips if strip.start >= end][:_WRAPPED_WITHIN]
    return next((strip for strip in below if _WRAPPED.fullmatch(strip.text)), None)
