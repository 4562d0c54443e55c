"""The words that the structure of a report is known by: data of the rule pack, and how it is matched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.text.fold import fold

CAPITAL = "A-ZÀ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""The capital letters of Vietnamese, to stand in the brackets of a pattern."""

_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_CAPITALS_WITHIN = 400  # characters: a line set in capitals is so from its start
_CAPITALS_SHARE = 0.8  # «SỞ NN&PTNT tỉnh» is set in capitals too


@dataclass(frozen=True, slots=True)
class StructureWords:
    """What the letterhead, headings and signature are recognised by; all phrases are in lower case, folded.

    `document_types` are lower-case names and how they are written, `type_codes` a symbol's first part and
    what it stands for. The phrases of `section_roles` tell what a section is about; those in `weak_phrases`
    do so only outside a section with a role («Kế hoạch …» among results names a document, no plan), and
    `leading_words` may stand before them («Một số hạn chế»). A heading may run into its text if it begins
    with one of `topics` («Về đoàn ra: …»); with one of `actions` («Đề nghị …: …») it is none. `bodies`
    begin the name of an office; `partial_bodies` are no office without the line below them («BAN CHẤP
    HÀNH»), nor is a line that one of `partial_ends` ends («TRUNG TÂM PHÁT TRIỂN»); `placeholders` stand for
    one in a form («TÊN CƠ QUAN»). `marks` are drafts', secrecy and urgency marks; `copy_codes` mark the number
    of a certified copy. `openings` begin the body («Căn cứ»), `addresses` and `recipients` the lines of those
    addressed and informed. `authorities` («tm», «k/t») stand before the body or head that is signed for,
    `titles` begin a signer's position, `preparers` that of one who only wrote the paper down, `ranks` come
    before a name, `signed` in its place. `captions` begin the
    title of a table or picture, `appendices` an appendix. Of `abbreviations` the full stop ends no sentence;
    that of a single letter does behind one of `lettered`.
    """

    document_types: Mapping[str, str]
    type_codes: Mapping[str, str]
    section_roles: tuple[tuple[str, tuple[str, ...]], ...]
    weak_phrases: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    partial_bodies: tuple[str, ...] = ()
    partial_ends: tuple[str, ...] = ()
    mottos: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    copy_codes: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    preparers: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    lettered: tuple[str, ...] = ()
    leading_words: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    type_names: tuple[str, ...] = field(init=False, repr=False)
    types_by_key: Mapping[str, str] = field(init=False, repr=False)
    motto_pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "type_names", tuple(self.document_types))
        by_key = {letters_of(name): canonical for name, canonical in self.document_types.items()}
        object.__setattr__(self, "types_by_key", by_key | {_toneless(k): v for k, v in by_key.items()})
        object.__setattr__(self, "motto_pattern", _any_of(self.mottos))

    def type_named(self, text: str) -> str:
        """Return the type that `text` names and nothing else, be it letter-spaced or without tones."""
        key = letters_of(text)
        return self.types_by_key.get(key) or self.types_by_key.get(_toneless(key), "")

    def type_of_code(self, symbol: str) -> str:
        """Return the type that a symbol's first part stands for, or an empty string: «BC-UBND», «BC/TU»."""
        code = re.split(r"[-/&.]", symbol, maxsplit=1)[0]
        known = {c.lower(): name for c, name in self.type_codes.items()}
        return known.get(code.lower(), "")


def starts_with(text: str, phrases: tuple[str, ...]) -> str:
    """Return the longest of `phrases` that folded `text` begins with as whole words, or an empty string."""
    if not text.startswith(phrases):
        return ""
    found = [p for p in phrases if text.startswith(p) and not text[len(p) : len(p) + 1].isalnum()]
    return max(found, key=len, default="")


def is_capitals(text: str) -> bool:
    """Tell whether `text` is set in capitals: two letters at least, and hardly any of them small."""
    head = text[:_CAPITALS_WITHIN]
    small = sum(map(str.islower, head[: len(head) // 3]))
    if 5 * small > len(head):  # the first words of running text are enough
        return False
    letters = "".join(_LETTERS.findall(head))
    capitals = sum(map(str.isupper, letters))
    return len(letters) > 1 and capitals >= _CAPITALS_SHARE * len(letters)


def one_line(text: str) -> str:
    """Return `text` with white space folded to single spaces."""
    return " ".join(text.split())


def letters_of(text: str) -> str:
    """Return the folded letters of `text` alone: «B Á O  C Á O» is `báocáo`."""
    return fold(_NO_LETTERS.sub("", text))


def _toneless(text: str) -> str:
    """Return `text` without any marks, as poor OCR prints it: `baocao`."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of `phrases` in folded text, with any space and dashes between their words.

    In narrow columns a motto may be glued to the name beside it.
    """
    each = [r"\s*+[-–—_.]?\s*+".join(map(re.escape, re.findall(r"\w+", phrase))) for phrase in phrases]
    longest_first = sorted(each, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(longest_first)})(?!\w)" if each else r"(?!)")
