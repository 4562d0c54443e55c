"""Several signers beside each other: papers of two offices, minutes, tables with their writer."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.structure.signing import (
    is_authority,
    is_rank,
    is_signed_mark,
    is_small_title,
    is_title,
    name_in,
    names_signer,
)
from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, is_capitals, one_line, starts_with
from pipeline.text.fold import fold

_LONGEST = 60  # characters of a strip of a signature
_MOST = 16  # strips behind the first signer's where another may sign


class Signer(Struct, frozen=True):
    """Who signed: the lines of authority, the title right below them, the name, and the strips of these."""

    authority: tuple[str, ...] = ()
    title: str = ""
    name: str = ""
    pieces: tuple[Strip, ...] = ()


def choose_signer(
    strips: Sequence[Strip], signing: Sequence[Strip], first: int, last: int, words: StructureWords
) -> tuple[Signer, int]:
    """Return the signer who gives the report's row, and the place of the last strip of all signers.

    `signing` are the lines found to be a signature, within the strips from `first` to `last`. Of several signers
    the first in the text, which is the left one, counts. Where he only wrote the paper down (`preparers`: «THƯ KÝ»,
    «NGƯỜI LẬP BIỂU»), they stand in the order of their ranks, and the last one answers for it.
    """
    alone = signer_of(signing, words)
    start = next((at for at in range(first, last + 1) if signing and strips[at].start >= signing[0].start), None)
    if start is None:
        return alone, last
    end = last + 1
    while end < min(last + _MOST, len(strips)) and _is_of_signature(strips[end], words):
        end += 1
    signers = list(_signers(strips[start:end], words))
    if len(signers) < 2:
        return alone, last
    chosen = signers[-1] if _only_prepared(signers[0], words) else signers[0]
    ends = max(piece.start for one in signers for piece in one.pieces)
    return chosen, max(last, *(at for at in range(start, end) if strips[at].start <= ends))


def signer_of(signing: Sequence[Strip], words: StructureWords) -> Signer:
    """Return the signer that `signing` names: lines of authority, the title right below, the first name below that."""
    count = 0
    while count < len(signing) and is_authority(signing[count], words):
        count += 1
    below = list(signing[count:])
    authority = [piece.text for piece in signing[:count]]
    if authority and len(below) > 1 and not is_title(below[0], words) and is_title(below[1], words):
        authority.append(below.pop(0).text)  # «TM. BAN CHỈ ĐẠO» goes on: «CÔNG TÁC THÔNG TIN ĐỐI NGOẠI»
    names = [(at, name) for at, piece in enumerate(below) if (name := name_in(piece, words))]
    if names and names[0][0] == 0 and (len(names) == 1 or not is_capitals(below[0].text)):
        return Signer(tuple(authority), "", names[0][1], tuple(signing))
    titled = bool(below) and (is_capitals(below[0].text) or is_small_title(below[0], words))
    title = one_line(below[0].text) if titled else ""
    return Signer(tuple(authority), title, next((name for at, name in names if at > 0), ""), tuple(signing))


def _signers(strips: Sequence[Strip], words: StructureWords) -> list[Signer]:
    """Return those with a name and an authority or title, column by column."""
    columns: dict[int, list[Strip]] = {}
    for strip in strips:
        if strip.is_rule or is_signed_mark(strip, words) or is_rank(strip, words):
            continue
        columns.setdefault(_column(strip), []).append(strip)
    found = [one for column in columns.values() for one in _one_by_one(column, words)]
    return [one for one in found if one.name and (one.authority or one.title)]


def _column(strip: Strip) -> int:
    """Return what tells the column of a strip: its table's, or how many strips stand before it on its line."""
    return strip.block.column or strip.tab


def _one_by_one(column: Sequence[Strip], words: StructureWords) -> list[Signer]:
    """Return the signers of a column, one below the other, each from its first authority or title to its name."""
    found: list[Signer] = []
    begun: list[Strip] = []
    for piece in column:
        begins = is_authority(piece, words) or is_title(piece, words) or is_small_title(piece, words)
        if not begun and not begins:
            continue
        begun.append(piece)
        if names_signer(begun, words):
            found.append(signer_of(begun, words))
            begun = []
    return found


def _is_of_signature(strip: Strip, words: StructureWords) -> bool:
    if len(strip.text) > _LONGEST or starts_with(strip.folded, words.appendices):
        return False
    if strip.is_rule or is_signed_mark(strip, words) or is_rank(strip, words):
        return True
    titled = is_authority(strip, words) or is_title(strip, words) or is_small_title(strip, words)
    return titled or bool(name_in(strip, words))


def _only_prepared(signer: Signer, words: StructureWords) -> bool:
    return bool(starts_with(fold(signer.title), words.preparers))
