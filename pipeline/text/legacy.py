"""Vietnamese as it was written before Unicode: the fonts TCVN3 (ABC) and VNI, turned into letters.

Such a font prints Vietnamese letters where Latin-1 has others. A file holds the Latin-1 letters, and only the
name of the font tells what a reader saw: `Uû ban nh©n d©n` in `.VnTime`, `UÛy ban nhaân daân` in `VNI-Times`.
Sources: TCVN 5712:1993, set VN3; VNI for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Encoding(StrEnum):
    """What the letters of a text stand for."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


class Font(NamedTuple):
    """What a font's name says: the encoding of its letters, and whether it prints all of them as capitals."""

    encoding: Encoding = Encoding.UNICODE
    capitals: bool = False


# One byte a letter. Capitals with a tone have none: they are the small letters in a font of capitals.
_TCVN3_ROWS = {
    0xA1: "Ă Â Ê Ô Ơ Ư Đ ă â ê ô ơ ư đ",
    0xB5: "à ả ã á ạ",
    0xBB: "ằ ẳ ẵ ắ",
    0xC6: "ặ ầ ẩ ẫ ấ ậ è",
    0xCE: "ẻ ẽ é ẹ ề ể ễ ế ệ ì ỉ",
    0xDC: "ĩ í ị ò",
    0xE1: "ỏ õ ó ọ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù",
    0xF1: "ủ ũ ú ụ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ",
}
TCVN3: dict[str, str] = {
    chr(first + at): letter for first, row in _TCVN3_ROWS.items() for at, letter in enumerate(row.split())
}
"""Each letter of TCVN3, as the Latin-1 letter that a file holds, and the letter that it prints."""

# A letter, then its marks as a letter of their own: the tone, or a circumflex or breve with its tone.
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}


def _small_vni() -> Iterator[tuple[str, str]]:
    yield from _VNI_ALONE.items()
    for base in "aeouyôö":
        for mark, tone in _VNI_TONES.items():
            yield base + mark, _VNI_ALONE.get(base, base) + tone
    for base in "aeo":
        for mark, tone in _VNI_CIRCUMFLEX.items():
            yield base + mark, base + _CIRCUMFLEX + tone
    for mark, tone in _VNI_BREVE.items():
        yield "a" + mark, "a" + _BREVE + tone


VNI: dict[str, str] = {
    stored.upper() if capital else stored: unicodedata.normalize("NFC", letter.upper() if capital else letter)
    for capital in (True, False)
    for stored, letter in _small_vni()
    if stored != "yï"  # ỵ has a letter of its own
}
"""Each letter of VNI, as the one or two Latin-1 letters that a file holds, and the letter that it prints."""

# A mark may be in the other case than its letter, as keyboards typed it at the start of a sentence.
_VNI_READ = VNI | {stored[0] + stored[1].swapcase(): letter for stored, letter in VNI.items() if len(stored) == 2}
_VNI_LETTER = re.compile(
    "[aA][âáàåãäÂÁÀÅÃÄêéèúüëÊÉÈÚÜË]|[eoEO][âáàåãäÂÁÀÅÃÄ]|[aeouyôöAEOUYÔÖ][ùøûõÙØÛÕ]|[aeouôöAEOUÔÖ][ïÏ]"
    "|[íìæóòîôöñÍÌÆÓÒÎÔÖÑ]"
)

# The same bytes, kept in other ways: as control characters, or in the private area of a font of symbols.
_BYTES = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_BYTES |= {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
_TCVN3_READ = _BYTES | {ord(stored): letter for stored, letter in TCVN3.items()}
_TCVN3_READ |= {0xF000 + ord(stored): letter for stored, letter in TCVN3.items()}

# What the bytes look like when they were read as Windows-1258, which has marks of its own.
_FROM_1258 = {
    ord(bytes([code]).decode("cp1258")): chr(code)
    for code in range(0xC0, 0x100)
    if bytes([code]).decode("cp1258") != chr(code)
}
_LETTER_OF_1258 = re.compile(f"[{''.join(map(chr, _FROM_1258))}]")

_FONT_VNI = re.compile(r"VNI(?:[-_, ]|[A-Z])(?!.*unicode)", re.IGNORECASE)
_FONT_TCVN3 = re.compile(r"[._]?Vn[A-Z\d]|\.vn|vn(?:time|arial)|.*tcvn", re.DOTALL)
_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLE_WORDS = re.compile(r"(?:[-,\s]*(?:bold|italic|oblique|regular|normal|mt))*$", re.IGNORECASE)


@cache
def font_of(name: str) -> Font:
    """Return what the font `name` of a Word or PDF file says of its letters: `.VnTimeH`, `ABCDEF+VNI-Times,Bold`."""
    name = _SUBSET.sub("", name.strip(), count=1)
    if _FONT_VNI.match(name):
        return Font(Encoding.VNI)
    if not _FONT_TCVN3.match(name) and not _FONT_TCVN3.match(name.lower()):
        return Font()
    plain = _STYLE_WORDS.sub("", name)
    return Font(Encoding.TCVN3, plain.endswith("H") or (plain.islower() and plain.endswith("h")))


def tcvn3_to_unicode(text: str) -> str:
    """Return what `text` prints in a font such as `.VnTime`: as many characters."""
    return text.translate(_TCVN3_READ)


def vni_to_unicode(text: str) -> str:
    """Return what `text` prints in a font such as `VNI-Times`; a letter and its mark become one letter."""
    return "".join(printed for _, printed in vni_letters(text))


def vni_letters(text: str) -> Iterator[tuple[str, str]]:
    """Yield what `text` is made of, piece by piece: as it is stored, and as it prints in a VNI font.

    Where the two differ in length, the piece is one letter.
    """
    stored, done = text.translate(_BYTES), 0
    for found in _VNI_LETTER.finditer(stored):
        start, end = found.span()
        if start > done:
            yield text[done:start], stored[done:start]
        yield text[start:end], _VNI_READ[found[0]]
        done = end
    if done < len(text):
        yield text[done:], stored[done:]


def may_be_1258(text: str) -> bool:
    """Tell whether `text` has letters that bytes of old fonts become when they are read as Windows-1258."""
    return _LETTER_OF_1258.search(text) is not None


def from_1258(text: str) -> str:
    """Return the Latin-1 letters of bytes that were read as Windows-1258."""
    return text.translate(_FROM_1258)
