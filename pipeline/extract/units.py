"""What stands around a number: its unit, its denominator, what it counts, and how it is qualified."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import UNIT, phrases_of
from pipeline.text.numerals import SCALES

MEASURES = frozenset({"money", "area", "length", "mass", "volume", "power", "ratio", "time"})
"""Kinds of units that measure; of these nothing is said to «not exist», and no object is needed."""

_SCALE = re.compile(r"[ ]?(" + "|".join(SCALES) + r")(?!\w)")
_SIGNS = re.compile(r"[ ]?(%|‰|m²|km²|m2|km2|m³|m3|đ(?!/c)|°c)(?![\w])")
_MILLIONS = re.compile(r"[ ]?(?:tr\.?[ ]?(?:đồng|đ)|trd|triệu[ ]?đ)(?!\w)")  # «812,5 trđ»
_DONG_BY_OCR = re.compile(r"[ ](?:đông|đổng|dồng|đòng)(?!\w)")  # a mark lost or changed in a scan
_ASIDE = re.compile(r"[ ]?\([^()\n\t]{1,60}\)")
_POWER = re.compile(r"(?<=m)[23](?!\w)")
_POWERS = {"2": "²", "3": "³"}
_PER = re.compile(r"[ ]?/[ ]?(?:1 |01 )?(10{0,2}(?:[.]000)+ )?([^\W\d_]+(?:[ ][^\W\d_]+)?)")


class UnitReading(NamedTuple):
    """A unit read at a place: as the table writes it, its kind, the scale words before it, and where it ends."""

    unit: str
    kind: str
    scale: Decimal
    end: int
    per: str = ""


def read_scale(view: View, at: int) -> tuple[Decimal, int]:
    """Return the product of the scale words at `at` («nghìn tỷ»: 10^12) and where they end."""
    scale, end = Decimal(1), at
    while found := _SCALE.match(view.folded, end):
        scale, end = scale * SCALES[found[1]], found.end()
    return scale, end


def read_unit(view: View, at: int) -> UnitReading | None:
    """Return the unit that stands right after a number ending at `at`, with scale words before it, or None.

    Known units win, the longest first; else the noun is taken as it is printed. A unit may stand behind an
    aside in brackets: «49 (đến tháng 4 năm 2025) Hội viên».
    """
    millions = _MILLIONS.match(view.folded, at)
    if millions:
        return UnitReading("đồng", "money", SCALES["triệu"], millions.end())
    scale, end = read_scale(view, at)
    misread = _DONG_BY_OCR.match(view.folded, end) if scale >= SCALES["nghìn"] else None
    if misread:
        return UnitReading("đồng", "money", scale, misread.end())
    reading = _known(view, end, scale) or _noun(view, end, scale)
    if reading is not None:
        return _with_per(view, reading)
    if scale >= SCALES["triệu"]:  # «đầu tư 150 tỷ» says đồng
        return _with_per(view, UnitReading("đồng", "money", scale, end))
    aside = _ASIDE.match(view.text, end)
    beyond = _known(view, aside.end(), scale) if aside else None
    return UnitReading(beyond.unit, beyond.kind, scale, end) if beyond else None


def _known(view: View, at: int, scale: Decimal) -> UnitReading | None:
    sign = _SIGNS.match(view.folded, at)
    if sign:
        unit = view.pack.vocabulary.units[sign[1]]
        return UnitReading(unit.name or sign[1], unit.kind, scale, sign.end())
    millions = _MILLIONS.match(view.folded, at)
    if millions:
        return UnitReading("đồng", "money", scale * SCALES["triệu"], millions.end())
    start = at
    while view.text[start : start + 1] in (" ", "“"):
        start += 1
    phrase = view.phrase_at(UNIT, start)
    if phrase is None:
        return None
    unit = phrases_of(view.pack).units[phrase.words]
    if phrase.end - phrase.start == 1 and view.text[phrase.start].isupper():  # «5 M»: no metres
        return None
    return UnitReading(unit.name or as_printed(view, phrase), unit.kind, scale, phrase.end)


def as_printed(view: View, phrase: Phrase) -> str:
    """Return the words of a unit as the report spells them, in lower case."""
    return " ".join(view.text[phrase.start : phrase.end].split()).lower()


def _is_name(view: View, start: int, end: int) -> bool:
    """Tell whether a unit's words are printed as a name: «Điều 12 Luật …»; «TTHC», «USD» are not."""
    word = view.text[start:end].split()[0]
    return word[0].isupper() and not word.isupper()


_WORD = re.compile(r"[^\W\d_]+")


_FIRST = re.compile(r"[ ]+[“\"]?([^\W\d_]+)")
_SECOND = re.compile(r"[ ]([^\W\d_]+)")
_PERSON = re.compile(r"[ ]viên(?!\w)")  # «12 sáng lập viên»
_ABBREVIATION = re.compile(r"[A-ZĐÂÊÔƠƯĂ]{2,7}")


def _noun(view: View, at: int, scale: Decimal) -> UnitReading | None:
    """Take the two lower-case syllables after a number as its unit where the vocabulary has none, or an abbreviation.

    Nouns that the vocabulary doesn't know are mostly of two syllables («tác giả»); the second is left where it is
    no part of a noun («3 khối của …»).
    """
    first = _FIRST.match(view.text, at)
    if not first or _stops(view, first.start(1)):
        return None
    end = first.end()
    if first[1].islower():
        second = _SECOND.match(view.text, end)
        end = second.end() if second and not _stops(view, second.start(1)) else end
        person = _PERSON.match(view.text, end)
        end = person.end() if person else end
    elif not _ABBREVIATION.fullmatch(first[1]):
        return None
    return UnitReading(" ".join(view.text[first.start(1) : end].split()).lower(), "noun", scale, end)


def _stops(view: View, at: int) -> bool:
    """Tell whether a word that no noun phrase goes on with (list `ends_object`) begins at or after `at`."""
    while view.text[at : at + 1] == " ":
        at += 1
    return view.phrase_at("words/ends_object", at) is not None


def counted(view: View, at: int) -> bool:
    """Tell whether a known unit or a scale word follows the number that ends at `at`: then it counts something."""
    scale, end = read_scale(view, at)
    reading = _known(view, end, scale)
    return end > at or (reading is not None and not _is_name(view, at, reading.end))


def _with_per(view: View, reading: UnitReading) -> UnitReading:
    found = _PER.match(view.folded, reading.end)
    if not found or not reading.unit:
        return reading
    phrase = view.phrase_at(UNIT, found.start(2))
    if phrase is None:
        return reading
    end, per = phrase.end, (found[1] or "") + phrase.words
    power = _POWER.match(view.folded, end)
    if power:  # «250 người/km2»
        end, per = power.end(), per + _POWERS[power[0]]
    while (more := _PER.match(view.folded, end)) and (again := view.phrase_at(UNIT, more.start(2))):
        end, per = again.end, f"{per}/{again.words}"
    return UnitReading(reading.unit, reading.kind, reading.scale, end, per)
