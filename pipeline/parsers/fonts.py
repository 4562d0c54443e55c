"""Fonts that were made before Unicode: what runs in them print, in any format that names the font of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from unicodedata import normalize

from pipeline.text.gate import Piece, capital, read_words
from pipeline.text.legacy import Encoding, font_of
from pipeline.text.readings import READINGS, Reading, is_suspect

_Run = tuple[str, str]  # text and font


def is_legacy(font: str) -> bool:
    """Tell whether the letters of `font` are not those of Unicode."""
    return font_of(font).encoding is not Encoding.UNICODE


class Fonts:
    """Turns runs into Unicode; remembers over one document what words of other fonts were in, as names may lie."""

    def __init__(self) -> None:
        self.converted = False
        self._last = Reading.AS_IS

    def decode(self, texts: Sequence[str], fonts: Sequence[str]) -> list[str]:
        """Return what the runs of one paragraph print, each with a text and a font: as many texts."""
        if self._last is Reading.AS_IS and not any(map(is_legacy, fonts)) and not is_suspect("".join(texts)):
            return list(texts)
        texts = [normalize("NFC", text) for text in texts]  # their letters are whole ones
        decoded: list[str] = []
        before = ""
        for guess, group in groupby(zip(texts, fonts, strict=True), key=lambda run: READINGS[font_of(run[1]).encoding]):
            decoded += self._stretch(guess, list(group), before)
            before = "".join(decoded)[-40:]
        return decoded

    def _stretch(self, guess: Reading, runs: list[_Run], before: str) -> Iterator[str]:
        """Return the texts of neighbours of one encoding: a letter of VNI may be in two runs."""
        text = "".join(map(itemgetter(0), runs))
        read = read_words(text, guess or self._last, before)
        if guess is Reading.AS_IS:
            self._last = read.last
        self.converted = self.converted or read.converted
        return _cut(read.pieces, runs)


def _cut(pieces: Sequence[Piece], runs: Sequence[_Run]) -> Iterator[str]:
    """Yield the printed text of each run; a letter stored in two runs is printed in the first."""
    waiting = list(reversed(pieces))
    owed = 0  # characters of the next run that are printed already
    for text, font in runs:
        printed, left = "", len(text) - owed
        while waiting and left > 0:
            piece = waiting.pop()
            if len(piece.stored) == len(piece.printed) and len(piece.stored) > left:
                waiting.append(Piece(piece.stored[left:], piece.printed[left:], piece.kept))
                piece = Piece(piece.stored[:left], piece.printed[:left], piece.kept)
            printed += capital(piece) if font_of(font).capitals else piece.printed
            left -= len(piece.stored)
        owed = -left
        yield printed
