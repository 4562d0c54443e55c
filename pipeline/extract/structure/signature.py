"""The end of a report: its recipients, and who signed it on whose behalf."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from pipeline.extract.structure.recipients import join_recipients
from pipeline.extract.structure.signers import choose_signer
from pipeline.extract.structure.signing import (
    is_authority,
    is_rank,
    is_signed_mark,
    is_small_title,
    is_title,
    name_in,
    names_signer,
    split_entry,
)
from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, is_capitals, one_line, starts_with

Span = tuple[int, int]

_MOST_STRIPS = 80  # from «Nơi nhận» to the end of either column
_MOST_MISSES = 8  # strips in between that are neither recipient nor signature: a stamp's words
_ABOVE = 12  # strips above «Nơi nhận» where the signature may stand instead
_TAIL = 40  # strips at the end of a report without recipients
_TO_NAME = 8
_SMALL_TAIL = 8
_BESIDE = 2  # strips between two signers: the office that the second signs for
_ENTRY = 160
_DASHES = "-–—+•*"
_FILED = re.compile(r"(?:^|[;,])[-–—+•*\s]*lưu\b")
_LABEL_END = re.compile(r"\s*(?::\s*|$)")


class Signature(Struct, frozen=True):
    """Who signed, and the recipients; `strips` are all from the first to the last that belong to either."""

    authority: str = ""
    title: str = ""
    name: str = ""
    recipients: tuple[str, ...] = ()
    recipients_span: Span | None = None
    signature_span: Span | None = None
    strips: tuple[Strip, ...] = ()


class _Columns(Struct):
    """The two columns at a report's end as they are told apart; `first` and `last` are places of strips."""

    first: int
    last: int
    entries: list[Strip] = field(default_factory=list)
    signing: list[Strip] = field(default_factory=list)
    named: bool = False
    misses: int = 0

    @property
    def filed(self) -> bool:
        """Tell whether the list of recipients has come to its last line, «Lưu: …»."""
        return bool(self.entries) and any(_FILED.search(entry.folded) for entry in self.entries[-2:])

    @property
    def is_list(self) -> bool:
        """Tell whether the entries can be told from other text without a signature beside them."""
        return self.filed or (bool(self.entries) and all(e.text[0] in _DASHES for e in self.entries))


def read_signature(strips: Sequence[Strip], words: StructureWords) -> Signature:
    """Return recipients and signer among `strips`, those of a report below its letterhead.

    Of several signature blocks the first counts; lines of the columns may be mixed. The signer's title is
    the line right below the authority; a further title is left out. Of several signers side by side see
    `choose_signer`.
    """
    labels = [at for at, strip in enumerate(strips) if _after_label(strip, words) is not None]
    found = [_read_columns(strips, at, words) for at in labels]
    signed = next((columns for columns in found if columns.signing), None)
    listed = next((c for c in found if c.is_list), None)
    columns = signed or _read_tail(strips, words) or _read_small(strips, listed, words) or listed
    return _signature(columns, strips, words) if columns else Signature()


def _after_label(strip: Strip, words: StructureWords) -> int | None:
    """Return the offset behind «Nơi nhận:» in a strip that begins with it, or None."""
    label = starts_with(strip.folded, words.recipients)
    end = _LABEL_END.match(strip.folded, len(label)) if label else None
    return strip.start + end.end() if end else None


def _read_columns(strips: Sequence[Strip], at: int, words: StructureWords) -> _Columns:
    """Return recipients and signature below the label at `at`, or the signature above where there is none."""
    columns = _Columns(at, at)
    label_end = _after_label(strips[at], words) or strips[at].end
    rest = strips[at].part(label_end, strips[at].end)
    for index in range(at, min(at + _MOST_STRIPS, len(strips))):
        if index > at and _after_label(strips[index], words) is not None:
            break
        strip = rest if index == at else strips[index]
        if strip and not _take(strip, columns, words):
            break
        if columns.misses == 0:
            columns.last = index
    if not columns.signing:
        _read_above(strips, columns, words)
    return columns


def _take(strip: Strip, columns: _Columns, words: StructureWords) -> bool:
    """Put a strip into its column and return whether the block goes on."""
    for piece in split_entry(strip, words):
        if piece.is_rule or is_signed_mark(piece, words) or is_rank(piece, words):
            continue
        if _is_signing(piece, columns, words):
            columns.signing.append(piece)
            columns.named = names_signer(columns.signing, words)
        elif _is_entry(piece, columns, words):
            columns.entries.append(piece)
        elif columns.named or len(piece.text) > _ENTRY or starts_with(piece.folded, words.appendices):
            return False
        else:
            columns.misses += 1
            return columns.misses < _MOST_MISSES
        columns.misses = 0
    return True


def _is_signing(piece: Strip, columns: _Columns, words: StructureWords) -> bool:
    if columns.named or piece.text[0] in _DASHES or starts_with(piece.folded, words.appendices):
        return False
    if is_authority(piece, words) or is_title(piece, words):
        return True
    return bool(columns.signing) and (is_capitals(piece.text) or bool(name_in(piece, words)))


def _is_entry(piece: Strip, columns: _Columns, words: StructureWords) -> bool:
    if len(piece.text) > _ENTRY or starts_with(piece.folded, words.appendices):
        return False
    if columns.filed:
        above = columns.entries[-1]
        return piece.index == above.index or piece.text[0].islower() or above.text[-1] in ",:-"
    return piece.text[0] in _DASHES or not is_capitals(piece.text) or not columns.named


def _read_above(strips: Sequence[Strip], columns: _Columns, words: StructureWords) -> None:
    """Take the signature from the strips right above «Nơi nhận», where it stands there."""
    low = max(0, columns.first - _ABOVE)
    for at in range(low, columns.first):
        if is_authority(strips[at], words) or is_title(strips[at], words):
            columns.signing = list(strips[at : columns.first])
            columns.first = at
            return


def _read_tail(strips: Sequence[Strip], words: StructureWords) -> _Columns | None:
    """Return the signature at the end of a report without recipients: a title with a name below it."""
    end = next((at for at, s in enumerate(strips) if opens_appendix(s, words)), len(strips))
    return _signed_before(strips, end, words) or _signed_before(strips, len(strips), words)


def _signed_before(strips: Sequence[Strip], end: int, words: StructureWords) -> _Columns | None:
    """Return the signature whose last name stands before `end`; signers that stand right above are part of it."""
    found: _Columns | None = None
    for at in range(end - 1, max(-1, end - _TAIL), -1):
        if not is_title(strips[at], words) and not is_authority(strips[at], words):
            continue
        names = [to for to in range(at + 1, min(at + _TO_NAME, end)) if name_in(strips[to], words)]
        if not names or (found and names[0] < found.first - _BESIDE):
            break
        found = _Columns(at, names[-1] if not found else found.last, [], list(strips[at : names[0] + 1]))
    return found


def _read_small(strips: Sequence[Strip], listed: _Columns | None, words: StructureWords) -> _Columns | None:
    """Return the signature at the very end whose title is not in capitals, with the recipients `listed` beside it."""
    end = next((at for at, s in enumerate(strips) if opens_appendix(s, words)), len(strips))
    low = max(0, listed.first - _SMALL_TAIL if listed else end - _SMALL_TAIL)
    for at in range(low, end):
        if not is_small_title(strips[at], words) or not _in_first_row(strips, at):
            continue
        names = [to for to in range(at + 1, min(at + _TO_NAME, end)) if name_in(strips[to], words)]
        if names:
            signing = [strips[at], strips[names[0]]]
            entries = [e for e in listed.entries if e not in signing] if listed else []
            first, last = (listed.first, listed.last) if listed else (at, names[0])
            return _Columns(min(first, at), max(last, names[0]), entries, signing)
    return None


def _in_first_row(strips: Sequence[Strip], at: int) -> bool:
    """Tell whether a strip stands in no table, or in the first row of one: «Giám đốc» in a list of staff does not."""
    table, row, _ = strips[at].place
    return not table or all(s.block.table != table or s.block.row == row for s in strips[max(0, at - _TAIL) : at])


def opens_appendix(strip: Strip, words: StructureWords) -> bool:
    """Tell whether an appendix begins with a strip: «PHỤ LỤC II», «Phụ lục 1: …» on a line of its own."""
    label = starts_with(strip.folded, words.appendices)
    if not label:
        return False
    rest = strip.text[len(label) :].lstrip(" .:0123456789IVX-–")
    return not rest or strip.block.centred or strip.block.bold or is_capitals(strip.text)


def _signature(columns: _Columns, strips: Sequence[Strip], words: StructureWords) -> Signature:
    signing = [piece for piece in columns.signing if not piece.is_rule and not is_signed_mark(piece, words)]
    signer, last = choose_signer(strips, signing, columns.first, columns.last, words)
    return Signature(
        one_line(" ".join(signer.authority)),
        signer.title,
        signer.name,
        join_recipients(columns.entries),
        _span(columns.entries),
        _span(signer.pieces),
        tuple(strips[columns.first : last + 1]),
    )


def _span(strips: Sequence[Strip]) -> Span | None:
    return (min(s.start for s in strips), max(s.end for s in strips)) if strips else None
