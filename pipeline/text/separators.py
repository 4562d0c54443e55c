"""Which separators a text writes its numbers with, and what a number says that could be read two ways.

Luật Kế toán, Điều 12: a dot groups thousands and a comma marks decimals. Texts pasted from software have it the other
way round (`1,234` is then a thousand and not one and a bit), and some group with spaces or apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from pipeline.text.numerals import read_figure


class Style(Enum):
    """How numbers are separated: `1.234,5` or `1,234.5`."""

    LOCAL = "local"
    ENGLISH = "english"


_COMMA_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_SURE_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})")
_SURE_LOCAL = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+")
_SURE_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_SURE_DECIMALS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}|\d+,(?:\d{1,2}|\d{4,})|0,\d+")
_DECIMAL_DOT = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_IN_PROSE = re.compile(r"\d(?<![\w.,/-].)\d*(?:[.,]\d+)+(?=[ ]?(?:%|/\d|[^\W\d_]))(?![a-zđ]?[)-])")


def style_of(numerals: Iterable[str]) -> Style | None:
    """Return the style that most of `numerals` are sure to be written in, or None where they don't say."""
    known = list(numerals)
    english = sum(bool(_SURE_ENGLISH.fullmatch(n)) for n in known)
    local = sum(bool(_SURE_LOCAL.fullmatch(n)) for n in known)
    if not english and not local:
        return None
    return Style.ENGLISH if english > local else Style.LOCAL


def style_of_prose(text: str) -> Style | None:
    """Return the style of the numbers of a text that a word or `%` follows, or None where they don't say.

    A decimal dot alone («3.4%») is a slip that reports with dots between thousands have too, and says nothing.
    """
    numerals = _IN_PROSE.findall(text)
    english = sum(bool(_SURE_GROUPS.fullmatch(n)) for n in numerals)
    local = sum(bool(_SURE_DECIMALS.fullmatch(n)) for n in numerals)
    if english or local:
        return Style.ENGLISH if english > local else Style.LOCAL
    dotted = any(_DECIMAL_DOT.fullmatch(n) for n in numerals)
    return Style.LOCAL if not dotted and any(_ONE_DOT.fullmatch(n) for n in numerals) else None


def read_styled(text: str, style: Style) -> Decimal | None:
    """Return the number that `text` writes in figures of `style`, or None where that allows no sure reading."""
    if style is Style.ENGLISH and _COMMA_GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return read_figure(text)


def has_two_readings(text: str) -> bool:
    """Tell whether `text` is a thousand or one and a bit, as its style may be: `1,234`."""
    return _ONE_COMMA.fullmatch(text) is not None


def read_in_prose(text: str, style: Style | None, is_whole: bool) -> tuple[Decimal | None, bool]:
    """Return the number that `text` writes, None where nobody can tell, and whether another reading was as good.

    `is_whole` says that what it counts has no fractions (people, documents): «1,250 người» are a thousand and more.
    `style` is that of the report.
    """
    if _ONE_COMMA.fullmatch(text) and is_whole:
        return Decimal(text.replace(",", "")), style is not Style.ENGLISH
    if _ONE_COMMA.fullmatch(text):
        return read_styled(text, style or Style.LOCAL), style is None
    if _ONE_DOT.fullmatch(text) and not is_whole and style is not Style.LOCAL:
        return (Decimal(text) if style is Style.ENGLISH else read_figure(text)), True
    return read_styled(text, style or Style.LOCAL), False


# What may not stand before a numeral is asked behind its first figure: a search then tries figures alone.
_NAMED_BEFORE = "".join(
    f"(?<!{word} .)"
    for word in (
        "tháng", "ngày", "quý", "năm", "điều", "khoản", "điểm", "mục", "số", "lớp", "khóa", "loại", "nhóm", "thôn",
        "tổ", "ấp", "phố", "phường", "quận", "lần", "thứ", "đợt", "kỳ", "tuyến", "km", "lộ", "tập", "chương", "bảng",
        "biểu", "mẫu", "lục", "đội", "cấp", "án", "định", "luật", "vùng", "khu", "tầng", "tuần", "bậc", "hạng",
    )
)  # fmt: skip
_ALONE = r"(?<![\w.,/'’-].)"
_SPACED = re.compile(
    rf"[1-9]{_ALONE}{_NAMED_BEFORE}(?<!\d .)\d{{0,2}}"
    r"(?:(?:[ ]\d{3}){2,}(?:,\d+)?(?![\w/]|[.,]\d|[ -]\d)|[ ]\d{3}(?:,\d+)?(?=[ ]?(?:%|[^\W\d_]{2}|[gmđ](?!\w))))"
    rf"|[1-9]{_ALONE}\d{{0,2}}(?:['’]\d{{3}})+(?![\w'’])"
)
_STRAY_SPACE = re.compile(r"(\d(?<![\d.,].)\d{0,2})[ ](,\d{1,2})(?=[ ]?[%‰])")


def with_groups_joined(text: str) -> str:
    """Return a folded text with dots between groups of thousands, of exactly the same length.

    «1 250 000» and «1'250'000» are `1.250.000`; a space strayed before a decimal comma («39 ,4%») goes behind it.
    """
    joined = _SPACED.sub(lambda found: re.sub("[ '’]", ".", found[0]), text)
    return _STRAY_SPACE.sub(r"\1\2 ", joined)
