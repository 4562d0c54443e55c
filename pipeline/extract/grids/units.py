"""Units of a table's cells: from the unit column, the head, the row's label, the line above the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.extract.grids.words import plain
from pipeline.extract.units import MEASURES
from pipeline.extract.view import View
from pipeline.extract.vocabulary import phrases_of
from pipeline.text.fold import fold
from pipeline.text.numerals import SCALES
from pipeline.text.tokens import norms

_CAPTION = re.compile(r"(?<!\w)(?:(đơn vị tính|đvt|đv tính)[ ]?:?|đơn vị[ ]?:)[ ]?((?:[^\n\t();:.]|\.(?=\S))+)")
_CAPTION_WITHIN = 200
_THOUSANDS_ABOVE = re.compile(r"(?:đơn vị tính|đvt|đơn vị|đv tính)[ ]?:?[ ]?(1[.,]?000)(?=[ ]?[^\W\d])")
_LONGEST_UNIT = 20  # of one that the pack doesn't know
_BRACKETED = re.compile(r"\(([^()]+)\)")
_NAMES_NUMBER = re.compile(r"(?:tổng )?số\b|lượt\b|tổng\b")
_PERIOD = re.compile(
    r"(?:\d+ )?(?:năm|quý|tháng|tuần|kỳ)(?: (?:đầu|cuối) năm)?[ ](?:\d|(?:[ivx]+|nay|này|trước|ngoái|liền|sau)(?!\w))"
)  # «Năm 2024», «Năm nay» count no years
_KIND_OF = re.compile(r"(?:Loại|Tên|Loại hình|Tên loại) ")
_THOUSAND = re.compile(r"1[., ]?000 ?(?=\D)")
_SHORT_SCALE = re.compile(r"(?<!\w)(tr|ng)\.? ?(?=đ)")
_SHORT = {"tr": "triệu ", "ng": "nghìn "}
_GLUED = re.compile(r"(?<!\w)(triệu|nghìn|ngàn|tỷ)[. ]?(?=đ)")


class TableUnit(Struct, frozen=True):
    """A unit with the scale words before it and its denominator; `is_measure` where it measures."""

    name: str = ""
    scale: Decimal = Decimal(1)
    per: str = ""
    is_measure: bool = False


class Units:
    """The units that a pack knows, and how cells, heads and lines write them."""

    def __init__(self, view: View) -> None:
        self._known = phrases_of(view.pack).units
        self._entries = view.pack.vocabulary.units

    def known(self, text: str) -> bool:
        """Tell whether `text` is a unit, scale words and a denominator included."""
        words, _ = self._scaled(text)
        return self._key(words) in self._known or self._parts(words) is not None

    def read(self, text: str) -> TableUnit:
        """Return the unit that `text` writes, in the words of `text` where the pack has none."""
        words, scale = self._scaled(text)
        per = ""
        parts = None if self._key(words) in self._known else self._parts(words)
        if parts:
            words, per = parts
        entry = self._known.get(self._key(words)) or self._entries.get(words)
        name = (entry.name if entry else "") or words
        return TableUnit(name, scale, per, entry is not None and entry.kind in MEASURES)

    def bracketed(self, text: str) -> TableUnit | None:
        """Return the unit that stands in the last brackets of `text` that hold one: «Diện tích (ha)»."""
        for inner in reversed(_BRACKETED.findall(text)):
            words = re.sub(r"^\s*(?:đơn vị tính|đvt|đơn vị)\s*:?\s*", "", fold(inner))
            if self.known(words):
                return self.read(words)
        return None

    def in_caption(self, text: str) -> TableUnit | None:
        """Return the unit that a line «Đơn vị tính: triệu đồng» gives; «Đơn vị: Sở Nội vụ» gives none."""
        lines = list(_CAPTION.finditer(fold(text)))
        found = lines[-1] if lines else None
        words = found[2].strip(" .,") if found else ""
        if not found or not words or not (self.known(words) or (found[1] and len(words) < _LONGEST_UNIT)):
            return None
        return self.read(words)

    def named(self, text: str) -> str:
        """Return the unit that a head names: «Số người», «Số đoàn ra», «Lượt khách»."""
        spoken = norms(text)
        if spoken[:2] in (["tổng", "số"], ["số", "lượng"]):
            spoken = spoken[2:]
        elif spoken[:1] == ["số"]:
            spoken = spoken[1:]
        for length in range(min(4, len(spoken)), 0, -1):
            words = " ".join(spoken[:length])
            if words in self._known:
                return self._known[words].name or words.replace(" ,", ",")
        return ""

    def _scaled(self, text: str) -> tuple[str, Decimal]:
        words = fold(text).strip(" .:")
        scale = Decimal(1)
        thousand = _THOUSAND.match(words)
        if thousand:
            scale, words = Decimal(1000), words[thousand.end() :]
        words = _SHORT_SCALE.sub(lambda found: _SHORT[found[1]], words)
        parts = _GLUED.sub(r"\1 ", words).split()
        while parts and parts[0] in SCALES:
            scale, parts = scale * SCALES[parts[0]], parts[1:]
        if not parts and scale >= SCALES["triệu"]:  # «ĐVT: triệu» says đồng
            parts = ["đồng"]
        return " ".join(parts), scale

    def _key(self, words: str) -> str:
        return " ".join(norms(words))

    def _parts(self, words: str) -> tuple[str, str] | None:
        """Return unit and denominator of «tạ/ha», where both are units."""
        first, slash, per = (part.strip() for part in words.partition("/"))
        if slash and self._key(first) in self._known and self._key(per) in self._known:
            return first, per
        return None


def unit_in_title(units: Units, title: str, about: frozenset[str]) -> str:
    """Return the unit that a table's title is about: «Kết quả giải quyết hồ sơ theo cấp» counts hồ sơ."""
    words = plain(title).split()
    for at in reversed(range(1, len(words))):
        before = {words[at - 1], " ".join(words[max(0, at - 2) : at])}
        unit = units.named(" ".join(words[at:])) if before & about else ""
        if unit:
            return unit
    return ""


def caption_above(view: View, start: int) -> str:
    """Return the words right above a table that may give its unit."""
    return view.text[max(0, start - _CAPTION_WITHIN) : start]


def thousands_above(folded: str, start: int) -> tuple[int, int] | None:
    """Return the span of the «1.000» in «ĐVT: 1.000 đồng» right above a table, which counts nothing."""
    found = _THOUSANDS_ABOVE.search(folded, max(0, start - _CAPTION_WITHIN), start)
    return found.span(1) if found else None


class CellUnits:
    """The units of one table's cells; what a head, a row's words or a unit's name say is worked out once."""

    def __init__(
        self, units: Units, heads: Mapping[int, str], given: Mapping[int, str], caption: str, titled: str
    ) -> None:
        """Take the heads by column, the words of the unit column by row, the lines above and the unit of the title."""
        self._units, self._given = units, given
        self._caption = units.in_caption(caption)
        self._is_share = {column: "%" in head or "‰" in head or "tỷ lệ" in fold(head) for column, head in heads.items()}
        self._heads = heads
        self._bracketed: dict[str, TableUnit | None] = {}
        self._read: dict[str, TableUnit] = {}
        self._named: dict[str, str] = {}
        self._kind = next((unit for head in heads.values() if (unit := self._of_kind(head))), "") or titled

    def shares_in(self, column: int) -> None:
        """Take a column for one of shares: «So với dự toán» without a sign says how many per cent."""
        if not self._in_brackets(self._heads[column]):
            self._is_share[column] = True

    def of(self, row: int, column: int, label: str, sign: str = "") -> TableUnit:
        """Return the unit of a cell; `sign` is a sign of percent that stands in it."""
        head = self._heads[column]
        if sign or self._is_share[column]:
            return TableUnit(sign or ("‰" if "‰" in head else "%"), is_measure=True)
        given = self._given.get(row, "")
        found = self._reading(given) if given else self._in_brackets(head) or self._in_brackets(label)
        return found or self._caption or self._in_words(head, label)

    def _in_words(self, head: str, label: str) -> TableUnit:
        """Return the unit that a head names, the innermost first, then a label «Số …», then the labels' head."""
        name = self._name(head) or (self._name(label) if _NAMES_NUMBER.match(fold(label)) else "") or self._kind
        return self._reading(name) if name else TableUnit()

    def _of_kind(self, head: str) -> str:
        return self._units.named(_KIND_OF.sub("", head)) if _KIND_OF.match(head) else ""

    def _name(self, words: str) -> str:
        if words not in self._named:
            parts = reversed(words.split(" > "))
            named = (self._units.named(part) for part in parts if not _PERIOD.match(fold(part)))
            self._named[words] = next((unit for unit in named if unit), "")
        return self._named[words]

    def _reading(self, words: str) -> TableUnit:
        if words not in self._read:
            self._read[words] = self._units.read(words)
        return self._read[words]

    def _in_brackets(self, words: str) -> TableUnit | None:
        if "(" not in words:
            return None
        if words not in self._bracketed:
            self._bracketed[words] = self._units.bracketed(words)
        return self._bracketed[words]
