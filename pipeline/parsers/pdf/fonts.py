"""The characters of a PDF page in fonts from before Unicode, turned into what they print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.parsers.pdf.characters import Character, Drawing, text_of
from pipeline.text.gate import Read, capital, read_words
from pipeline.text.legacy import Encoding, Font
from pipeline.text.readings import READINGS, is_suspect

# Shares of the font size.
_SPACE = 0.17
_OTHER_LINE = 0.6


def in_unicode(drawing: Drawing) -> Drawing:
    """Return `drawing` with the characters of TCVN3 and VNI read by the names of their fonts.

    Where these say nothing but the letters look like it, they are read by what makes syllables.
    """
    named = any(font.encoding is not Encoding.UNICODE for _, font in drawing.fonts)
    if not named and not is_suspect(text_of(drawing.characters)):
        return drawing
    characters: list[Character] = []
    converted = False
    for font, part in _parts(drawing):
        text, owners = _text_of(part)
        read = read_words(text, READINGS[font.encoding], before=" " + text_of(characters[-40:]))
        converted = converted or read.converted
        characters += _printed(read, font, part, owners)
    return replace(drawing, characters=characters, fonts=(), converted=converted) if converted else drawing


def _parts(drawing: Drawing) -> Iterator[tuple[Font, Sequence[Character]]]:
    """Yield stretches of characters of one kind of font."""
    starts = [(0, Font()), *drawing.fonts, (len(drawing.characters), Font())]
    for (start, font), (end, _) in pairwise(starts):
        if start < end:
            yield font, drawing.characters[start:end]


def _text_of(characters: Sequence[Character]) -> tuple[str, list[int]]:
    """Return `characters` as lines of words, and for each letter of it the character it is, or -1 for none."""
    letters: list[str] = []
    owners: list[int] = []
    for at, character in enumerate(characters):
        if at and (between := _between(characters[at - 1], character)):
            letters.append(between)
            owners.append(-1)
        letters.append(character.text)
        owners += [at] * len(character.text)
    return "".join(letters), owners


def _between(one: Character, other: Character) -> str:
    """Return the white space that two characters in the order of the file have between them on the page."""
    if abs(other.base - one.base) > _OTHER_LINE * one.size or other.right < one.left:
        return "\n"
    return " " if other.left - one.right > _SPACE * one.size and " " not in (one.text, other.text) else ""


def _printed(read: Read, font: Font, characters: Sequence[Character], owners: Sequence[int]) -> Iterator[Character]:
    """Yield `characters` with the letters that they print; one that is stored as two takes the place of both."""
    at = 0
    for piece in read.pieces:
        printed = capital(piece) if font.capitals else piece.printed
        those = owners[at : at + len(piece.stored)]
        at += len(piece.stored)
        if len(those) != len(printed):
            parts = [characters[owner] for owner in those]
            yield parts[0]._replace(text=printed, right=max(part.right for part in parts))
            continue
        for owner, letter in zip(those, printed, strict=True):
            if owner >= 0:
                yield characters[owner]._replace(text=letter)
