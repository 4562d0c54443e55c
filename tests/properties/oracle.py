"""What words can say, read anew without the pipeline: the numbers, days and codes that a text allows.

It is generous on purpose: it doesn't tell which reading is right, but which ones the words don't bear out at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape

_FIGURE = re.compile(r"\d+(?:[.,]\d+| \d{3}(?!\d))*")
_SCALES = {
    "chục": 10,
    "trăm": 100,
    "nghìn": 1000,
    "ngàn": 1000,
    "vạn": 10_000,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_TIMES = re.compile(rf"(?<!\w)(?:{'|'.join(_SCALES)})(?:\s+(?:{'|'.join(_SCALES)}))*(?!\w)")
_HALF = re.compile(r"(?<!\w)rư[ỡở]i(?!\w)")
_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_MONTHS = {"giêng": 1, "chạp": 12}
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MILLIONS = re.compile(r"(?<!\w)tr\.?đ(?!\w)")  # «812,5 trđ»
_SPACED_COMMA = re.compile(r"(?<=\d) ,(?=\d)")  # «39 ,4%»
_NEGATIONS = re.compile(r"(?<!\w)(?:không|chưa|chẳng|hết|khỏi)(?!\w)")
_ROMAN = re.compile(r"(?<!\w)[ivx]{1,4}(?!\w)")
_ROMANS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_PART = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?")


def plain(text: str) -> str:
    """Return `text` in lower case with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def amounts(text: str) -> set[Decimal]:
    """Return every amount that the numerals of `text` can write: in figures or words, with its words of scale."""
    text = _SPACED_COMMA.sub(",", _MILLIONS.sub("triệu đồng", plain(text)))
    bare = {value for figure in _FIGURE.findall(text) for value in _readings(figure)} | set(_spoken(text))
    scales = [_product(found[0].split()) for found in _TIMES.finditer(text)] or [Decimal(1)]
    scaled = {value * scale for value in bare for scale in (Decimal(1), *scales)}
    halves = {value + scale / 2 for value in scaled for scale in scales} if _HALF.search(text) else set()
    return scaled | halves | set(_steps(text))


def denies(text: str) -> bool:
    """Tell whether `text` says that there is none."""
    return _NEGATIONS.search(plain(text)) is not None


def _readings(figure: str) -> Iterator[Decimal]:
    """Yield what `figure` can be by the Vietnamese or the English rule; spaces may group, or part two numbers."""
    for written in {figure.replace(" ", ""), *figure.split()}:
        grouped = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?|(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", written)
        if grouped:
            whole, decimals = grouped[1] or grouped[3], grouped[2] or grouped[4] or "0"
            yield Decimal(re.sub("[.,]", "", whole) + "." + decimals)
        if re.fullmatch(r"\d+(?:[.,]\d+)?", written):
            yield Decimal(written.replace(",", "."))
        elif not grouped:
            yield from map(Decimal, re.split("[.,]", written))


def _steps(text: str) -> Iterator[Decimal]:
    """Yield the sums of figures that follow each other, each with a scale: «1 tỷ 680 triệu»."""
    names = "|".join(_SCALES)
    for run in re.finditer(rf"(?:{_FIGURE.pattern}(?: (?:{names})(?!\w))+ ?)+(?:{_FIGURE.pattern})?", text):
        steps = re.findall(rf"({_FIGURE.pattern})((?: (?:{names})(?!\w))*)", run[0])
        yield sum((_sure(figure) * _product(scale.split()) for figure, scale in steps), Decimal(0))


def _sure(figure: str) -> Decimal:
    """Return what `figure` writes by the Vietnamese rule: a dot or a space groups, a comma marks decimals."""
    whole, _, decimals = figure.partition(",")
    grouped = re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", whole)
    return Decimal(
        (re.sub("[ .]", "", whole) if grouped else whole.split()[-1])
        + ("." + re.sub(r"\D", "", decimals) if decimals else "")
    )


def _product(scales: Iterable[str]) -> Decimal:
    made = Decimal(1)
    for scale in scales:
        made *= _SCALES[scale]
    return made


def _spoken(text: str) -> Iterator[Decimal]:
    """Yield the numbers that runs of number words say: «hai mươi mốt», «một trăm linh hai»."""
    words = re.findall(r"\w+", text)
    for first in range(len(words)):
        total = group = digit = Decimal(0)
        for word in words[first : first + 12]:
            if word in _WORDS:
                digit = Decimal(_WORDS[word])
            elif word == "mười":
                group, digit = group + 10, Decimal(0)
            elif word in ("mươi", "chục"):
                group, digit = group + 10 * digit, Decimal(0)
            elif word == "trăm":
                group, digit = (group + digit) * 100, Decimal(0)
            elif word in _SCALES:
                total, group, digit = total + (group + digit) * _SCALES[word], Decimal(0), Decimal(0)
            elif word not in ("linh", "lẻ"):
                break
            yield total + group + digit


def moments(edtf: str) -> Iterator[tuple[str, str, str]]:
    """Yield year, month and day of each end of `edtf`, empty where it does not say them."""
    for part in re.split(r"[/,]", edtf.strip("[]{}")):
        if found := _PART.fullmatch(part):
            yield found[1], found[2] or "", found[3] or ""


def ordinals(text: str) -> set[int]:
    """Return every number that can count years, months or days in `text`: figures, Roman ones, words.

    Two figures after a stroke may be the last of a year.
    """
    text = plain(text)
    short = [int(figure) for figure in re.findall(r"(?<=[/-])\d\d(?!\d)", text)]
    figures = {int(figure) for figure in re.findall(r"\d{1,4}", text)}
    romans = {_ROMANS[roman] for roman in _ROMAN.findall(text) if roman in _ROMANS}
    spoken = {int(value) for value in _spoken(text)}
    english = {at for at, month in enumerate(_ENGLISH, 1) if re.search(rf"\b{month}", text)}
    years = {century + year for year in short for century in (1900, 2000)}
    return (
        figures
        | years
        | romans
        | spoken
        | english
        | {_MONTHS[word] for word in re.findall(r"\w+", text) if word in _MONTHS}
    )


def code_letters(code: str) -> str:
    """Return the letters of the code of a document, as it is written in any way."""
    return re.sub(r"[\W\d_]", "", plain(unescape(code)).replace("ð", "đ"))


def code_numbers(code: str) -> list[int]:
    """Return the numbers of the code of a document; a dot may group one («1.713/QĐ-UBND»)."""
    return [int(figure.replace(".", "")) for figure in re.findall(r"\d+(?:\.\d{3})*", code)]
