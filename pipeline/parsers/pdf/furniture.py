"""Text on a page that is none of the report: what signing tools and registries print over it.

«Ký bởi: … Thời gian ký: …», «Signature Not Verified», the stamp of arrival «ĐẾN Số: … Ngày: …», «SAO Y; …; 12/03/2024
10:15:00», a publisher's name with e-mail and time. Their numbers and days are nobody's; they are kept as footers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.parsers.pdf.annotations import Carrier, Stamp
from pipeline.parsers.pdf.blanks import fill_blanks
from pipeline.parsers.pdf.characters import Character, text_of
from pipeline.parsers.pdf.lines import row_to_line
from pipeline.parsers.pdf.rows import GUTTER, Row, characters_to_rows, row_of

Notice = Sequence[Row]
"""The rows of one text that is none of the report."""

_DAY, _CLOCK = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}", r"\d{1,2}:\d{2}(?::\d{2})?"
_SEEDS = (
    r"ký (?:số )?bởi|người ký|thời gian ký|ngày ký|digitally signed by|signed by|signature (?:not verified|valid)"
    r"|(?:(?:công )?văn (?:bản )?)?đến$|sao y\b"
)
_SEED = re.compile(_SEEDS, re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:{_SEEDS}|(?:e-?mail|cơ quan|tổ chức|đơn vị|chức vụ|chức danh|date|reason|location|lý do|địa điểm|vị trí"
    r"|số|ngày|giờ|chuyển|kính chuyển|lưu hồ sơ|số và ký hiệu hs)\s*:)",
    re.IGNORECASE,
)
_TIMED = re.compile(rf"\S@\S|{_DAY}\D{{0,3}}{_CLOCK}|{_CLOCK}\D{{0,3}}{_DAY}|^{_CLOCK}|[+-]\d\d[:']\d\d", re.MULTILINE)
_TOOL = re.compile(rf"^(?:{_SEEDS})|https?://|mã xác thực|tra cứu|chữ ký số", re.IGNORECASE | re.MULTILINE)
_QUICK = (  # one of these is on every page with a notice, spaces left out
    *(("kýbởi",), ("kýsốbởi",), ("ngườiký:",), ("thờigianký",), ("ngàyký:",), ("signedby",), ("signature",), ("saoy",)),
    ("ĐẾN", "Số:", "Ngày:"),
)

_SAME_LEFT = 3.0  # points
_SMALL = 0.95  # of the usual size
_SAME_SIZE, _PITCH, _VALUE, _PARTED = 0.1, 1.9, 4.0, 1.2  # shares of the size
_TOP, _BOTTOM, _WIDEST = 0.2, 0.88, 0.6  # shares of the page

_NUMBER_LINE = re.compile(r"số\s*[:.]?\s*\d+\s*[/-]\s*[^\W\d_]", re.IGNORECASE)
_DATE_LINE = re.compile(r"ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:KT|TM|TL|TUQ|K/T|T/M|T/L|Q)[. ]")
_NAME = re.compile(r"(?:[^\W\d_]{1,4}\.\s?)*(?:[^\W\d_]+ ){1,4}[^\W\d_]+")
_UNDER_TITLE = 13.0  # sizes: room for the hand and the seal


class Settled(NamedTuple):
    """The characters of a page's report, and the notices that stand over it."""

    characters: Sequence[Character]
    notices: list[Notice]


def settle(characters: Sequence[Character], stamps: Sequence[Stamp], width: float, height: float) -> Settled:
    """Return what a page says: its own text and the stamps that belong to it, and apart from it what does not."""
    characters, notices = _without_notices(characters, width, height)
    if not stamps:
        return Settled(characters, notices)
    texts = [stamp for stamp in stamps if not _is_tool(stamp)]
    notices += [characters_to_rows(stamp.characters) for stamp in stamps if _is_tool(stamp)]
    characters, rest = fill_blanks(characters, texts)
    rows = characters_to_rows(characters)
    for stamp, left in rest:
        if left and _stands(stamp.carrier, left, rows):
            characters = [*characters, *(c for row in left for c in row.characters)]
        elif left:
            notices.append(left)
    return Settled(characters, notices)


def _text(rows: Sequence[Row]) -> str:
    return "\n".join(row_to_line(row, 0).text for row in rows)


def _is_tool(stamp: Stamp) -> bool:
    """Tell what a signing tool says of itself by its words; what was typed into a field is always the report's."""
    if stamp.carrier is Carrier.FIELD:
        return False
    text = _text(characters_to_rows(stamp.characters))
    return bool(_TOOL.search(text) or (stamp.carrier is not Carrier.TYPED and _TIMED.search(text)))


def _stands(carrier: Carrier, stamp: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Tell whether a stamp that fills no blank is text of the report: where the page says nothing else.

    A line of number or date; a signer's name, with or without his title, below a line in capitals. Else it is a seal,
    or a publisher.
    """
    if carrier in (Carrier.FIELD, Carrier.TYPED):
        return True
    left, right = min(row.left for row in stamp), max(row.right for row in stamp)
    top, bottom = min(row.top for row in stamp), max(row.bottom for row in stamp)
    parts = [(row, _between(row, left, right)) for row in rows]
    if any(part for row, part in parts if top < row.base - row.size / 3 < bottom):
        return False
    lines = _text(stamp).split("\n")
    if any(_NUMBER_LINE.match(line) or _DATE_LINE.search(line) or _AUTHORITY.match(line) for line in lines):
        return True
    above = [(row, part) for row, part in parts if part and row.base < top + row.size / 3]
    names = [line for line in lines if line.istitle() and _NAME.fullmatch(line)]
    if not above or not names or not all(line.isupper() or line in names for line in lines):
        return False
    row, part = above[-1]
    return part.isupper() and top - row.base < _UNDER_TITLE * row.size


def _between(row: Row, left: float, right: float) -> str:
    """Return the letters of a row from `left` to `right`."""
    return "".join(c.text for c in row.characters if c.text != " " and left < (c.left + c.right) / 2 < right)


def _without_notices(characters: Sequence[Character], width: float, height: float) -> Settled:
    """Return a page's own characters without the notices that a tool wrote into the page itself."""
    if not _may_hold_notice(characters):
        return Settled(characters, [])
    size, _ = Counter(round(c.size, 1) for c in characters).most_common(1)[0]
    runs = [run for row in characters_to_rows(characters) for run in _runs(row)]
    notices: list[Notice] = []
    for seed in runs:
        if _SEED.match(_text([seed])) and not any(seed in notice for notice in notices):
            block = _block(runs, seed)
            if _is_notice(block, size, width, height):
                notices.append(block)
    if not notices:
        return Settled(characters, [])
    held = {c for block in notices for run in block for c in run.characters}
    return Settled([c for c in characters if c not in held], notices)


def _may_hold_notice(characters: Sequence[Character]) -> bool:
    rough = unicodedata.normalize("NFC", text_of(characters).replace(" ", ""))
    small = rough.lower()
    return any(all(word in (small if word.islower() else rough) for word in words) for words in _QUICK)


def _runs(row: Row) -> Iterator[Row]:
    """Yield the parts of a row that stand in columns of their own."""
    run: list[Character] = []
    pen = 0.0
    for character in row.characters:
        if run and character.text != " " and character.left - pen > max(GUTTER, _PARTED * row.size):
            yield from filter(None, [row_of(run)])
            run = []
        run.append(character)
        if character.text != " ":
            pen = max(pen, character.right)
    yield from filter(None, [row_of(run)])


def _block(runs: Sequence[Row], seed: Row) -> list[Row]:
    """Return the lines of a notice that `seed` is a line of: set alike, below each other, from label to label."""
    alike = [run for run in runs if _is_alike(run, seed)]
    groups = [[alike[0]]]
    for run in alike[1:]:
        if run.base - groups[-1][-1].base > _PITCH * seed.size:
            groups.append([])
        groups[-1].append(run)
    block = next(group for group in groups if seed in group)
    told = [at for at, run in enumerate(block) if _is_told(_text([run]))]
    block = block[told[0] : told[-1] + 1]
    values = [run for run in runs if any(_is_value(run, label) for label in block)]
    return sorted([*block, *values], key=lambda run: (run.base, run.left))


def _is_alike(run: Row, seed: Row) -> bool:
    return abs(run.left - seed.left) <= _SAME_LEFT and abs(run.size - seed.size) <= _SAME_SIZE * seed.size


def _is_told(text: str) -> bool:
    return bool(_LABEL.match(text) or _TIMED.search(text))


def _is_value(run: Row, label: Row) -> bool:
    """Tell what stands a little to the right of a label in its line."""
    return abs(run.base - label.base) < label.size / 3 and 0.0 < run.left - label.right < _VALUE * label.size


def _is_notice(block: Sequence[Row], size: float, width: float, height: float) -> bool:
    """Tell a notice from a paragraph that begins with the same words.

    It has two labels or a time of day, is narrow, and is set small or at the upper or lower end of the page.
    """
    texts = [_text([run]) for run in block]
    if max(run.right - run.left for run in block) > _WIDEST * width:
        return False
    if sum(bool(_LABEL.match(text)) for text in texts) < 2 and not _TIMED.search("\n".join(texts)):
        return False
    at_end = block[-1].base < _TOP * height or block[0].base > _BOTTOM * height
    return at_end or block[0].size < _SMALL * size
