"""What a report of the load test says: a sample's source with its variable words marked, and the words of one report.

A marked word is one private letter (from U+F0000), so that a paper is set once and its words are put in many times.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import PEOPLE

FIRST = 0xF0000
_MARKED = re.compile("([\U000f0000-\U000ffffd])")
_NATIONAL = re.compile(r"-CP\b|-TTg\b|UBTVQH|/QH\d|TT-B|TTLT|QĐ-B|[-/]TW\b|BCT\b")
"""Documents of the country: the same number in every report, whoever cites them."""
_COUNT = r"\d{1,3}(?:\.\d{3})*(?!\d)"
_TOKENS = re.compile(
    r"(?P<code>(?P<number>\d{1,4})(?P<suffix>(?:/\d{4})?(?:/\s?|-)[A-ZĐ][\w&.]*(?:[-/][\w&.-]*\w)?))"
    r"|(?P<date>\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)\d{4}(?!\d)|\d{1,2}/\d{1,2}(?![\d.,]))"
    rf"|(?<![\w.,/:@^+-])(?P<part>{_COUNT})/(?P<whole>{_COUNT})(?= [a-zđà-ỹ])"
    rf"|(?<![\w.,/:@^+-])(?P<count>{_COUNT})(?= [a-zđà-ỹ])(?! (?:tháng|năm|giờ|phút|ngày|tuổi)\b)"
    rf"|(?<=\| )[+-]?(?P<cell>{_COUNT})(?= \|)"
)
_NO_COUNT_AFTER = re.compile(
    r"\b(?:ngày|tháng|năm|quý|điều|khoản|điểm|số|thứ|khóa|kỳ|mục|phần|bảng|biểu|mẫu|án|độ|bậc|ql|km|giờ|phút|từ|lần) $",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[\^(\w+)\]")
_NOTE_TEXT = re.compile(r"^\[\^(\w+)\]:.*(?:\n(?!\n|\[\^|[|#@]).+)*", re.MULTILINE)
_SIGNATURE = "=== signature ==="


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for words: of which kind, and what stood there in the source."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one report says of its own, whatever its source: `factor` multiplies its counts, so that sums stay sums."""

    place: str
    number: int
    day: int
    month: int
    year: int
    factor: int

    @property
    def date(self) -> str:
        """Return its date as ISO 8601 has it."""
        return f"{self.year}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A source text with marks in it, and what each mark stands for; `suffix` follows the report's own number."""

    text: str
    slots: tuple[Slot, ...]
    suffix: str

    def words(self, said: Said) -> list[str]:
        """Return the words of one report for each slot."""
        return [_WORDS[slot.kind](slot.text, said) for slot in self.slots]


class Setting:
    """Something set with marks in it, ready to be filled."""

    def __init__(self, text: str) -> None:
        self._parts = _MARKED.split(text)
        self._slots = [ord(mark) - FIRST for mark in self._parts[1::2]]

    def filled(self, words: Sequence[str]) -> str:
        """Return the text with `words` in the place of the marks."""
        parts = self._parts.copy()
        parts[1::2] = [words[slot] for slot in self._slots]
        return "".join(parts)


def escaped(word: str) -> str:
    """Return a word as XML has it."""
    return word.replace("&", "&amp;").replace("<", "&lt;")


def month_of(path: Path) -> tuple[int, int]:
    """Return the year and month (12 where the source has none) that the report of a source is dated."""
    found = re.search(r"^place_date:.*?tháng\s*(\d*)\s*năm\s*(\d{4})", path.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise ValueError(f"{path.name}: no date to be filled in")
    return int(found[2]), int(found[1] or 12)


def wording(sources: Sequence[Path], places: Sequence[str], share: float = 1.0) -> Wording:
    """Return the first source, or a `share` of it, with the bodies of the others after its own, words marked.

    `places` are the names that the report's own place takes the place of.
    """
    front, main, appendix = _parted(sources[0])
    bodies = [(main, appendix)] + [_parted(path)[1:] for path in sources[1:]]
    if share < 1:
        bodies = [(_beginning(main, share), "")]
    elif len(bodies) > 1:
        titles = [f"## PHẦN THỨ {n}: NỘI DUNG CHI TIẾT\n\n" for n in range(1, len(bodies) + 1)]
        bodies = [(title + one, other) for title, (one, other) in zip(titles, bodies, strict=True)]
    named = [tuple(_renamed(text, n) for text in body) for n, body in enumerate(bodies)]
    body = "\n\n".join(one for one, _ in named)
    appendices = "\n\n".join(other for _, other in named if other.strip())
    if any(re.search("^(?:#+ )?@", one + "\n" + other, re.MULTILINE) for one, other in bodies):
        front = re.sub("^numbering:.*\n", "", front, flags=re.MULTILINE) + "\nnumbering: auto"
    slots: dict[Slot, int] = {}
    front, number, suffix, date = _front(front, slots)
    marked = _marked(f"{body}\n\n{_SIGNATURE}\n\n{appendices}\n", slots, number + suffix, date)
    text = f"---\n{front}\n---\n\n{marked}"
    for name in places:
        text = text.replace(name, _mark(slots, "place", "")).replace(name.upper(), _mark(slots, "capitals", ""))
    return Wording(text, tuple(slots), suffix)


def _parted(path: Path) -> tuple[str, str, str]:
    """Return front matter, body and appendix of a source."""
    _, front, body = re.split("^---$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
    main, _, appendix = body.partition(_SIGNATURE)
    return front.strip(), main.strip(), appendix.strip()


def _beginning(main: str, share: float) -> str:
    """Return the first blocks of a body, with the texts of the notes that they refer to."""
    notes = {found[1]: found[0] for found in _NOTE_TEXT.finditer(main)}
    blocks = [block for block in re.split(r"\n{2,}", _NOTE_TEXT.sub("", main)) if block.strip()]
    kept = "\n\n".join(blocks[: max(6, round(share * len(blocks)))])
    return "\n\n".join([kept, *(notes[name] for name in _NOTE.findall(kept))])


def _renamed(body: str, n: int) -> str:
    """Return a body whose notes have names of their own, and whose automatic labels go on from those before."""
    body = _NOTE.sub(rf"[^n{n}x\1]", body)
    for labels, first in ((r"[IVX]+", "I"), (r"\d+", "1"), (r"[a-zđ]", "a")):
        body = re.sub(rf"^((?:#+ )?@){labels}(?=\s)", rf"\g<1>{first}", body, flags=re.MULTILINE)
    return body


def _mark(slots: dict[Slot, int], kind: str, text: str) -> str:
    return chr(FIRST + slots.setdefault(Slot(kind, text), len(slots)))


def _front(front: str, slots: dict[Slot, int]) -> tuple[str, str, str, str]:
    """Return the front matter with number, date and names marked, and what stood there: number, suffix and date."""
    given = re.search(r'^number: "Số:?\s*(\d*)\s*(.*)"$', front, re.MULTILINE)
    dated = re.search(r'^place_date: "([^,]*), ngày\s*(\d*)\s*tháng\s*(\d*)\s*năm (\d{4})"$', front, re.MULTILINE)
    if not given or not dated:
        raise ValueError("front matter without a number or a date to be filled in")
    suffix = given[2].replace("\\n", "")
    number, day, month = (_mark(slots, kind, "") for kind in ("number", "day", "month"))
    front = front.replace(given[0], f'number: "Số: {number}{suffix}"')
    front = front.replace(dated[0], f'place_date: "{dated[1]}, ngày {day} tháng {month} năm {dated[4]}"')
    front = re.sub(
        r"^(\s*-?\s*name: ).*$", lambda found: found[1] + _mark(slots, "name", ""), front, flags=re.MULTILINE
    )
    front = re.sub(r"^outputs:.*$", "outputs: [docx]", front, flags=re.MULTILINE)
    return front, given[1], suffix, f"{dated[2]}/{dated[3]}/{dated[4]}"


def _marked(body: str, slots: dict[Slot, int], own: str, date: str) -> str:
    """Return `body` with the numbers of documents that are no country's, its own date and its counts marked."""

    def count(text: str) -> str:
        return _mark(slots, "count", text)

    def marked(found: re.Match[str]) -> str:
        if found["code"]:
            if found["code"] == own:
                return _mark(slots, "number", "") + found["suffix"]
            if _NATIONAL.search(found["suffix"]):
                return found[0]
            return _mark(slots, "cited", found[0]) + found["suffix"]
        if found["date"]:
            return _mark(slots, "date", "") if found[0] == date else found[0]
        if found["part"]:
            return "/".join(count(found[name]) for name in ("part", "whole"))
        if found["cell"]:
            row = body[body.rfind("\n", 0, found.start()) + 1 : found.start()]
            first = row.strip() == "|"  # the row's own number
            return (
                found[0] if first or found["cell"] == "100" else found[0][: -len(found["cell"])] + count(found["cell"])
            )
        before = body[max(0, found.start() - 12) : found.start()]
        return found[0] if _NO_COUNT_AFTER.search(before) else count(found[0])

    return _TOKENS.sub(marked, body)


def _cited(text: str, said: Said) -> str:
    """Return the number of a document of the place: the same in all reports from there, another one elsewhere."""
    number = zlib.crc32(f"{said.place}:{text}".encode()) % 4900 + 1
    return f"{number:02}"


def _count(text: str, said: Said) -> str:
    value = int(text.replace(".", "")) * said.factor
    return f"{value:,}".replace(",", ".") if value > 999 else f"{value:0{len(text)}}"


def _name(text: str, said: Said) -> str:
    drawn = zlib.crc32(f"{said.place}:{said.number}".encode())
    return " ".join(each[drawn // step % len(each)] for each, step in zip(PEOPLE, (1, 20, 320), strict=True))


def _month(month: int) -> str:
    return f"{month:02}" if month < 3 else f"{month}"


_WORDS: dict[str, Callable[[str, Said], str]] = {
    "place": lambda text, said: said.place,
    "capitals": lambda text, said: said.place.upper(),
    "number": lambda text, said: f"{said.number:02}",
    "day": lambda text, said: f"{said.day:02}",
    "month": lambda text, said: _month(said.month),
    "date": lambda text, said: f"{said.day:02}/{_month(said.month)}/{said.year}",
    "name": _name,
    "cited": _cited,
    "count": _count,
}
