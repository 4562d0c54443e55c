"""Labels of headings and list items: «Phần thứ nhất», «I.», «A-», «1/.», «2.2», «a)», «(1)», «-»."""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.extract.structure.words import CAPITAL

_ROMAN = r"(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|V?I{1,3}|V)"
_ORDINAL = r"(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
_PATH = r"(?:\.\d{1,2})"
_DATE = r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{4}"
_COUNTED = rf"\s+(?:{_ROMAN}|\d{{1,3}}|[A-Z])(?!\w)\s?[.:/–-]*(?:\s+|$)"
# A closing mark may touch the words; a dash or slash may not touch a figure («12 - 15 lớp», «12/15 xã»).
_CLOSED = rf"(?:\s?/\s?\.|\s?[.)])(?:\s+|$|(?=[{CAPITAL}“\"«]))"
_DASHED = rf"\s?[-–—](?:\s+(?!\d)|$|(?=[{CAPITAL}]{{2}}))"
_SLASHED = r"/(?:\s+(?!\d)|$)"
_MARK = rf"(?:{_CLOSED}|{_DASHED}|{_SLASHED})"
_STAR = r"(?: [❖♦◆✽✦] | \*{1,3} ) (?:\s+ | (?=[^\W\d_]))"
_BULLET = r"[-–—+•●▪■□◦○·‣➢➤►✓✔\uf000-\uf0ff] (?:\s+ | (?=[^\W\d_]))"
_KINDS = re.compile(
    rf"""
      (?P<part>      (?i:phần)   (?: \s+ (?i:thứ) \s+ (?i:{_ORDINAL}) [.:]? (?:\s+|$) | {_COUNTED} ) )
    | (?P<chapter>   (?i:chương) {_COUNTED} )
    | (?P<section>   (?:Mục|MỤC) {_COUNTED} )
    | (?P<article>   (?:Điều|ĐIỀU) \s+ \d{{1,3}} [a-zđ]? \s? [.:] (?:\s+|$) )
    | (?P<roman>     {_ROMAN} (?:{_MARK} | (?P<below>{_PATH}{{1,3}}) (?: {_MARK} | \s+ (?=[^\W\d_]))) )
    | (?P<capital>   [A-HĐK-M] (?:{_MARK} | (?P<under>{_PATH}{{1,3}}) (?: {_MARK} | \s+ (?=[^\W\d_]))) )
    | (?P<number>    (?!{_DATE}) \d{{1,2}} (?P<path>{_PATH}{{0,3}}) {_MARK} )
    | (?P<unclosed>  \d{{1,2}} {_PATH}{{1,3}} \s+ (?=[^\W\d_]) )
    | (?P<bracketed> \( (?:\d{{1,2}} | [a-zđ] | [ivx]{{1,4}} | [IVX]{{1,4}}) \) \s* )
    | (?P<letter>    (?: [a-zđ] | [ivx]{{2,4}} ) {_PATH}? (?: {_CLOSED} | [-/] (?:\s+(?!\d)|$) ) )
    | (?P<star>      {_STAR} )
    | (?P<bullet>    {_BULLET} )
    """,
    re.VERBOSE,
)
_DRAWN = re.compile(f"{_STAR} | {_BULLET}", re.VERBOSE)


class Label(Struct, frozen=True):
    """A label at the head of a text: its kind (`number.1` is «1.1.»), and where the words after it start."""

    kind: str
    end: int

    @property
    def is_bullet(self) -> bool:
        """Tell whether the label is a dash, dot or star, which numbers nothing."""
        return self.kind in ("bullet", "star")


def read_label(text: str) -> Label | None:
    """Return the label that `text` begins with, or None; it may stand alone («Chương I»).

    Dates («30.6.2019»), ranges («12 - 15 lớp») and decimals («2.5 ha») are none.
    """
    found = _KINDS.match(text)
    if found is None:
        return None
    kind = found.lastgroup or ""
    if kind == "unclosed":
        depth = found[0].count(".")
        return Label(f"number.{depth}", found.end()) if text[found.end()].isupper() else None
    path = found["path"] or found["below"] or found["under"]
    if path:
        family = "number" if found["path"] else "roman" if found["below"] else "capital"
        return Label(f"{family}.{path.count('.')}", found.end())
    return Label(kind, found.end())


def after_bullet(text: str, start: int, end: int) -> int:
    """Return where the words behind a dash, dot or star at `start` begin, or `start` where there is none."""
    found = _DRAWN.match(text, start, end)
    return found.end() if found else start
