"""Number and day filled into the letterhead by hand: what was read there is dropped, and the blank stays blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from msgspec.structs import replace

from pipeline.parsers.pdf.frames import Box
from pipeline.parsers.scan.hocr import Letter, Word

_NUMBER = re.compile(
    r"S[ốôoớởổồõòỏ6éê](?:[:;.]|(?=[\d/]))\s*(?P<blank>\S(?:.*?\S)?)??\s*(?P<code>[/-]?\s?[A-ZĐ]{2,}[A-Za-zĐ]*[/-].*)"
)
_DAY = re.compile(r"[Nn]gày\s*(?P<blank>\S(?:.*?\S)?)??\s*tháng", re.IGNORECASE)
_MONTH = re.compile(r"gày\b.{0,12}?tháng\s*(?P<blank>\S(?:.*?\S)?)??\s*năm", re.IGNORECASE)
_FILLED_IN = re.compile(r"S[ốôoớởổồõòỏ6éê][:;.]|ng[àaáạ]y|th[áaả]ng", re.IGNORECASE)
_BLANKS = (_NUMBER, _DAY, _MONTH)
_NATIONAL = re.compile("C[ỘỌÔO]NGH[ÒOÓ][AÀ]X[ÃAĂ]|NGHĨAVI|C[ỘỌÔO]NGS[ẢAÀ]NVI|[DĐ][ộọôo]clập", re.IGNORECASE)
_LETTERHEAD = 0.4  # of the page, at most
_LONGEST = 70  # characters; a line of the letterhead is short
_DOTS = ".…_"
_PRINTED_NUMBER = re.compile(r"\d+[a-zđ]?(?:\.\d+)?")

# How printed figures are: shares of a capital's height, and the least confidence.
_HEIGHT = 0.16
_DROP = 0.13
_SURE = 0.8
_LEAST_PRINTED = 4  # letters to compare with


def drop_handwriting(words: Sequence[Word], height: float, strokes: Sequence[Box]) -> tuple[list[Word], list[Box]]:
    """Return the words of a page of that height without figures by hand in its letterhead, and where they stood.

    A printed number has the height and baseline of the letters beside it and is read with confidence; all else
    between «Số:» and the symbol, «ngày» and «tháng», is taken for a hand's: rather a blank than a wrong number.
    """
    kept: list[Word] = []
    blanks: list[Box] = []
    letterhead = _has_letterhead(words, height)
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        text = " ".join(word.text for word in line)
        if letterhead and len(text) <= _LONGEST and line[0].bottom < _LETTERHEAD * height:
            for pattern in _BLANKS:
                line = _without(line, pattern, blanks)
            blanks += _beside(line, text, strokes)
        kept += line
    return kept, blanks


def _has_letterhead(words: Sequence[Word], height: float) -> bool:
    """Tell a first page by the national name or the Party's, of which OCR may lose marks."""
    top = "".join(word.text for word in words if word.bottom < _LETTERHEAD * height)
    return bool(_NATIONAL.search(top))


def _beside(line: Sequence[Word], text: str, strokes: Sequence[Box]) -> Iterator[Box]:
    """Yield the strokes, painted over before, that stood in a line of the number or the date."""
    if not _FILLED_IN.search(text):
        return
    top, bottom = min(word.top for word in line), max(word.bottom for word in line)
    left, right = line[0].left, max(word.right for word in line)
    for box in strokes:
        if box[1] < bottom and box[3] > top and box[0] > left and box[2] < right:
            yield box


def _without(line: list[Word], pattern: re.Pattern[str], blanks: list[Box]) -> list[Word]:
    text = " ".join(word.text for word in line)
    found = pattern.search(text)
    if not found or not found["blank"] or not found["blank"].strip(_DOTS + " "):
        return line
    low, high = found.span("blank")
    inside = [letter for at, letter in _places(line) if low <= at < high]
    others = [letter for at, letter in _places(line) if not low <= at < high]
    if _is_printed(found["blank"], inside, others):
        return line
    blanks.append(
        (
            min(c.left for c in inside),
            min(c.top for c in inside),
            max(c.right for c in inside),
            max(c.bottom for c in inside),
        )
    )
    return list(_kept(line, low, high))


def _kept(line: Sequence[Word], low: int, high: int) -> Iterator[Word]:
    start = 0
    for word in line:
        places = _word_places(word, start)
        letters = tuple(letter for at, letter in places if not low <= at < high)
        if letters:
            yield replace(word, letters=letters)
        start += len(word.text) + 1


def _places(line: Sequence[Word]) -> Iterator[tuple[int, Letter]]:
    """Yield each letter of a line with its offset in the words joined by spaces."""
    start = 0
    for word in line:
        yield from _word_places(word, start)
        start += len(word.text) + 1


def _word_places(word: Word, start: int) -> Iterator[tuple[int, Letter]]:
    for letter in word.letters:
        yield start, letter
        start += len(letter.text)


def _is_printed(text: str, inside: Sequence[Letter], others: Sequence[Letter]) -> bool:
    """Tell print by its text, its confidence, its height and where it stands, against the rest of the line."""
    if not _PRINTED_NUMBER.fullmatch(text) or min(letter.sure for letter in inside) < _SURE:
        return False
    capitals = [c for c in others if c.text.isupper() and c.text.isascii() and c.text not in "QJ"]
    tall = capitals if len(capitals) >= _LEAST_PRINTED else [c for c in others if c.text in "tdhlbkT0123456789"]
    if len(tall) < 2:
        return True
    height = median(c.bottom - c.top for c in tall)
    base = median(c.bottom for c in tall)
    figures = [c for c in inside if c.text.isdigit()]
    return all(
        abs(c.bottom - c.top - height) <= _HEIGHT * height and abs(c.bottom - base) <= _DROP * height for c in figures
    )
