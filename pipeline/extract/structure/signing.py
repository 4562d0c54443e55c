"""What a line of a signature block is: an authority («KT. GIÁM ĐỐC»), a title, a name, or none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import CAPITAL, StructureWords, is_capitals, one_line, starts_with
from pipeline.text.fold import fold

_NAME_WORD = rf"[{CAPITAL}][^\W\d_]*(?:['’][^\W\d_]*)?"
_NAME = re.compile(rf"{_NAME_WORD}(?:[ -]{_NAME_WORD}){{1,4}}")
_ENTRY_END = re.compile(r"[;.:]\s+|\s{3,}")
_WIDE_SPACE = " " * 3
_WIDE = re.compile(rf"(?<=\S){_WIDE_SPACE} *(?=\S)")
_DEPUTY = re.compile(r"K/?T\W.{3,60}?\s(?P<title>PHÓ\s.{3,60})")
_MOST_NAME = 40
_LONGEST_ENTRY = 250


def is_authority(strip: Strip, words: StructureWords) -> bool:
    """Tell whether a strip says on whose behalf is signed: «KT. GIÁM ĐỐC», «T/M BAN THƯỜNG VỤ»."""
    prefix = _authority_prefix(strip.folded, words)
    return bool(prefix) and len(strip.text) > len(prefix) + 2 and is_capitals(strip.text)


def is_title(strip: Strip, words: StructureWords) -> bool:
    """Tell whether a strip is a position in capitals: «PHÓ GIÁM ĐỐC», «CHỦ TỊCH»."""
    return bool(starts_with(strip.folded, words.titles)) and is_capitals(strip.text)


def is_small_title(strip: Strip, words: StructureWords) -> bool:
    """Tell whether a strip is a position and nothing else, not in capitals: «Hiệu trưởng»."""
    return strip.text[0].isupper() and one_line(strip.folded).rstrip(" :.") in words.titles


def name_in(strip: Strip, words: StructureWords) -> str:
    """Return the personal name that a strip is, without ranks and «(Đã ký)», or an empty string.

    A name is two to five capitalised words; one in capitals throughout is told from a title by its words.
    """
    text = _after_signed(one_line(strip.text), words)
    text = _after_ranks(text, words).strip(" ./")
    if len(text) > _MOST_NAME or not _NAME.fullmatch(text):
        return ""
    folded = fold(text)
    others = (words.titles, words.bodies, words.mottos, words.marks, words.appendices)
    if any(starts_with(folded, phrases) for phrases in others) or _authority_prefix(folded, words):
        return ""
    return text


def is_signed_mark(strip: Strip, words: StructureWords) -> bool:
    """Tell whether a strip stands for the signature itself: «(Đã ký)», «(ký tên, đóng dấu)»."""
    return bool(starts_with(strip.folded.lstrip("([ "), words.signed)) and not name_in(strip, words)


def is_rank(strip: Strip, words: StructureWords) -> bool:
    """Tell whether a strip is a rank or degree alone, printed above the name: «Đại tá»."""
    return bool(starts_with(strip.folded, words.ranks)) and not _after_ranks(strip.text, words).strip(" .,-")


def names_signer(signing: Sequence[Strip], words: StructureWords) -> bool:
    """Tell whether the last strip is the name; in capitals it is one only below a title, not to be it."""
    titled = any(is_title(piece, words) or is_small_title(piece, words) for piece in signing[:-1])
    plain = len(signing) > 1 and not is_capitals(signing[-1].text)
    return (titled or plain) and bool(name_in(signing[-1], words))


def split_wide(strip: Strip, words: StructureWords) -> Iterator[Strip]:
    """Yield the parts of a line that wide spaces set side by side if each belongs to a signature, else the line.

    A deputy's title that the parser put behind the authority («KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC») is a part too.
    """
    deputy = _DEPUTY.match(strip.text) if is_authority(strip, words) else None
    if deputy:
        middle = strip.start + deputy.start("title")
        halves = strip.part(strip.start, middle), strip.part(middle, strip.end)
        yield from (half for half in halves if half)
        return
    if _WIDE_SPACE not in strip.text or len(strip.text) > _LONGEST_ENTRY:
        yield strip
        return
    ends = [gap.span() for gap in _WIDE.finditer(strip.text)]
    bounds = [0, *(offset for gap in ends for offset in gap), len(strip.text)]
    spans = zip(bounds[::2], bounds[1::2], strict=True)
    parts = [part for low, high in spans if (part := strip.part(strip.start + low, strip.start + high))]
    if len(parts) > 1 and all(is_authority(p, words) or is_title(p, words) or name_in(p, words) for p in parts):
        yield from (replace(part, tab=strip.tab + at) for at, part in enumerate(parts))
    else:
        yield strip


def split_entry(strip: Strip, words: StructureWords) -> Iterator[Strip]:
    """Yield a line of the recipients and what of the signature is printed beside it, if any.

    «- UBND tỉnh;   PHÓ GIÁM ĐỐC» is two; so is «Nơi nhận: TL. CHỦ TỊCH».
    """
    one = is_authority(strip, words) or len(strip.text) > _LONGEST_ENTRY
    for gap in _ENTRY_END.finditer("" if one else strip.text):
        beside = strip.part(strip.start + gap.end(), strip.end)
        if beside and _signs(beside, gap[0], words):
            entry = strip.part(strip.start, strip.start + gap.start() + 1)
            yield from (part for part in (entry, beside) if part)
            return
    yield strip


def _signs(strip: Strip, gap: str, words: StructureWords) -> bool:
    if is_authority(strip, words) or is_title(strip, words):
        return True
    return gap[0] in ";." and strip.text[0] not in "-–+" and bool(name_in(strip, words))


def _authority_prefix(folded: str, words: StructureWords) -> str:
    """Return the authority that folded text begins with and a mark or space closes: «kt.», «t/m », «q. »."""
    if not folded.startswith(words.authorities):
        return ""
    prefix = next(a for a in words.authorities if folded.startswith(a))
    return prefix if folded[len(prefix) : len(prefix) + 1] in (".", " ", ":") else ""


def _after_signed(text: str, words: StructureWords) -> str:
    folded = fold(text)
    opened = folded.lstrip("([ ")
    if not starts_with(opened, words.signed):
        return text
    close = max(text.find(")"), text.find("]"))
    return text[close + 1 :].strip() if close >= 0 else ""


def _after_ranks(text: str, words: StructureWords) -> str:
    """Return `text` without the ranks and degrees before it: «PGS.TS. Nguyễn …», «Đại tá Lê …»."""
    while rank := starts_with(fold(text), words.ranks):
        text = text[len(rank) :].lstrip(" .,-")
    return text
