"""The fixed parts of a paper: letterhead, title, «Kính gửi», and «Nơi nhận» beside the signatures.

Boxes and type as Nghị định 30/2020/NĐ-CP (state) and Hướng dẫn 36-HD/VPTW (Party) set them.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx_runs import Face, Setting, line
from lxml.etree import _Element
from ooxml import el, millimetres
from source import Front, Signature

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
STARS = {"party": "*", "union": "***"}
"""What stands below the issuer instead of a rule, by layout."""
RECIPIENTS = "Nơi nhận:"
_MIDDLE = Setting(align="center")
_OVERHANG = millimetres(12)  # how much the letterhead is wider than the text


def letterhead(front: Front, width: int) -> list[_Element]:
    """Return the letterhead: two columns without rules, or plain lines where the layout has none."""
    if front.layout == "none":
        lines = [line(front.number, Setting(align="left"))] if front.number else []
        if front.place_date:
            lines.append(line(front.place_date, Setting(align="right", before=60), Face(italic=True)))
        return lines
    width += _OVERHANG
    left = round(width * (0.44 if front.layout == "state" else 0.47))
    rows = [
        [_left(front, left), _right(front, width - left)],
        [
            _number(front),
            [line(front.place_date, Setting(align="center", before=60), Face(italic=True, size=26))],
        ],
    ]
    made = [_plain_table(rows, [left, width - left])]
    if front.draft:
        made.append(line(front.draft, Setting(align="left", left=round(left / 3), before=60), Face(bold=True)))
    return made


def title(front: Front) -> list[_Element]:
    """Return the type in capitals, the subject and the short rule below them."""
    if not front.title:
        return []
    made = [line(front.title, Setting(align="center", before=300), Face(bold=True, size=28))]
    made.extend(line(text, _MIDDLE, Face(bold=True, size=28)) for text in front.subject)
    made.append(_rule(millimetres(110)))
    return made


def addressees(front: Front) -> list[_Element]:
    """Return the «Kính gửi» lines: one in the middle, several below each other."""
    if len(front.to) == 1:
        return [line(front.to[0], Setting(align="center", before=120, after=120))]
    first = Setting(align="left", left=millimetres(22), before=120)
    below = Setting(align="left", left=millimetres(46))
    return [line(text, below if n else first) for n, text in enumerate(front.to)]


def ending(front: Front, width: int) -> list[_Element]:
    """Return «Nơi nhận» and the signatures side by side in a table without rules."""
    signatures = [_signature(one) for one in front.signature]
    if not signatures and not front.recipients:
        return []
    first = round(width * {0: 1.0, 1: 0.48}.get(len(signatures), 0.34))
    if len(signatures) > 1 and not front.recipients:
        first = 0
    beside = [(width - first) // max(len(signatures), 1)] * len(signatures)
    cells = [_recipients(front.recipients), *signatures] if first else signatures
    return [line("", Setting()), _plain_table([cells], [first, *beside] if first else beside)]


def _left(front: Front, width: int) -> list[_Element]:
    size = _fitting((*front.parent, *front.issuer), 23)
    made = [line(text, _MIDDLE, Face(size=size)) for text in front.parent]
    made.extend(line(text, _MIDDLE, Face(bold=True, size=size)) for text in front.issuer)
    made.append(line(STARS[front.layout], _MIDDLE) if front.layout in STARS else _rule(round(width * 0.66)))
    return made


def _right(front: Front, width: int) -> list[_Element]:
    if front.layout in STARS:
        body = PARTY if front.layout == "party" else UNION
        return [line(body, _MIDDLE, Face(bold=True, size=30)), _rule(round(width * 0.2))]
    country = line(COUNTRY, _MIDDLE, Face(bold=True, size=24))
    return [country, line(MOTTO, _MIDDLE, Face(bold=True, size=26)), _rule(round(width * 0.45))]


def _number(front: Front) -> list[_Element]:
    made = [line(text, Setting(align="center", before=60), Face(size=26)) for text in front.number.split("\n")]
    if not front.title:
        made.extend(line(text, _MIDDLE, Face(size=24)) for text in front.subject)
    return made


def _recipients(lines: Sequence[str]) -> list[_Element]:
    if not lines:
        return [line("", Setting())]
    head = line(RECIPIENTS, Setting(align="left"), Face(bold=True, italic=True, size=24))
    return [head, *(line(text, Setting(align="left"), Face(size=22)) for text in lines)]


def _signature(signature: Signature) -> list[_Element]:
    size = _fitting(signature.lines, 27)
    made = [line(text, _MIDDLE, Face(bold=True, size=size)) for text in signature.lines]
    made.extend(line("", _MIDDLE) for _ in range(4))
    if signature.name:
        made.append(line(signature.name, _MIDDLE, Face(bold=True, size=26)))
    return made


def _fitting(lines: Sequence[str], letters: int) -> int:
    """Return the size in half points at which `lines` fit where `letters` letters fit at 13 points."""
    longest = max((len(text) for text in lines), default=0)
    return 26 if longest <= letters else 24 if longest <= letters * 1.1 else 22


def _rule(margin: int) -> _Element:
    """Return an empty paragraph whose upper edge is a rule in the middle, `margin` twips shorter."""
    rule = line("", Setting(align="center", left=margin // 2, right=margin // 2, before=50, line=160), Face(size=8))
    edge = el("pBdr", el("top", val="single", sz=6, space=1, color="000000"))
    rule[0].insert(0, edge)
    return rule


def _plain_table(rows: list[list[list[_Element]]], widths: list[int]) -> _Element:
    properties = el(
        "tblPr",
        el("tblW", w=sum(widths), type="dxa"),
        el("jc", val="center"),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=40, type="dxa"), el("right", w=40, type="dxa")),
    )
    made = el("tbl", properties, el("tblGrid", *(el("gridCol", w=w) for w in widths)))
    for row in rows:
        cells = [el("tc", el("tcPr", el("tcW", w=w, type="dxa")), *cell) for cell, w in zip(row, widths, strict=True)]
        made.append(el("tr", *cells))
    return made
