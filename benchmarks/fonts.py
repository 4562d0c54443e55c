"""The letters of a font as they go into a PDF: cut down once to those of reports."""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

_FONTS = Path("/usr/share/fonts/truetype")
_FACES = (
    ("liberation2/LiberationSerif-Regular.ttf", "liberation2/LiberationSerif-Bold.ttf"),
    ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    ("dejavu/DejaVuSerifCondensed.ttf", "dejavu/DejaVuSerifCondensed-Bold.ttf"),
)
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
_LETTERS = [*map(chr, range(32, 127)), *_VOWELS[1:], *_VOWELS.upper(), *"“”‘’«»–—…•‰²³°×±≥≤½€§"]
_SYSTEM = "/Registry(Adobe)/Ordering(Identity)/Supplement 0"

Word = tuple[str, float]
"""The glyphs of a word in hexadecimal, and its width at size 1."""


class FontError(RuntimeError):
    """No font with Vietnamese letters was found."""


class Face:
    """One face of a font, cut down to the letters of reports."""

    def __init__(self, path: Path) -> None:
        font = TTFontFile(str(path))
        known = [letter for letter in dict.fromkeys(_LETTERS) if font.charToGlyph.get(ord(letter))]
        if "ữ" not in known or "Ỉ" not in known:
            raise FontError(f"{path.name} has no Vietnamese letters")
        order: dict[int, int] = {}
        for letter in known:
            order.setdefault(font.charToGlyph[ord(letter)], len(order) + 1)
        self.glyphs = {letter: order[font.charToGlyph[ord(letter)]] for letter in known}
        self.widths = {letter: font.charWidths[ord(letter)] / 1000 for letter in known}
        self.program = font.makeSubset([ord(letter) for letter in known])
        self.name = font.name.decode() if isinstance(font.name, bytes) else str(font.name)
        self._words: dict[str, Word] = {}

    def word(self, text: str) -> Word:
        """Return the glyphs and the width of a word; letters that the font lacks are question marks."""
        made = self._words.get(text)
        if made is None:
            letters = [letter if letter in self.glyphs else "?" for letter in text]
            made = "".join(f"{self.glyphs[letter]:04X}" for letter in letters), sum(self.widths[x] for x in letters)
            self._words[text] = made
        return made

    def objects(self, first: int) -> list[bytes]:
        """Return the five objects of the font, the first of which gets the number `first`."""
        widths = {self.glyphs[letter]: round(1000 * width) for letter, width in self.widths.items()}
        listed = " ".join(str(widths.get(glyph, 500)) for glyph in range(1, max(widths) + 1))
        shared = f"/BaseFont /AAAAAA+{self.name}"
        return [
            f"<</Type/Font/Subtype/Type0{shared}/Encoding/Identity-H/DescendantFonts[{first + 1} 0 R]"
            f"/ToUnicode {first + 3} 0 R>>".encode(),
            f"<</Type/Font/Subtype/CIDFontType2{shared}/CIDSystemInfo<<{_SYSTEM}>>/CIDToGIDMap/Identity/DW 500"
            f"/W[1[{listed}]]/FontDescriptor {first + 2} 0 R>>".encode(),
            f"<</Type/FontDescriptor/FontName/AAAAAA+{self.name}/Flags 4/FontBBox[-200 -300 1200 1000]/ItalicAngle 0"
            f"/Ascent 891/Descent -216/CapHeight 662/StemV 80/FontFile2 {first + 4} 0 R>>".encode(),
            stream(self._to_unicode()),
            stream(self.program, f"/Length1 {len(self.program)}"),
        ]

    def _to_unicode(self) -> bytes:
        pairs = [f"<{glyph:04X}> <{ord(letter):04X}>" for letter, glyph in self.glyphs.items()]
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        listed = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def "
            "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{listed}\nendcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()


def stream(data: bytes, keys: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<</Length {len(packed)}/Filter/FlateDecode{keys}>>stream\n".encode() + packed + b"\nendstream"


@lru_cache(maxsize=1)
def faces() -> tuple[Face, Face]:
    """Return a regular and a bold face with Vietnamese letters; FontError where there are none."""
    for regular, bold in _FACES:
        try:
            return Face(_FONTS / regular), Face(_FONTS / bold)
        except Exception:  # not there, or without these letters
            continue
    raise FontError("no font with Vietnamese letters: install fonts-liberation2 or fonts-dejavu")


@lru_cache(maxsize=1)
def font_objects() -> list[bytes]:
    """Return the objects of both faces, which are numbers 3 to 12 of a PDF; the faces themselves are 3 and 8."""
    regular, bold = faces()
    return [*regular.objects(3), *bold.objects(8)]
