"""Items that the machine missed: where marked words stand, and what the machine would read in them by themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import accumulate

from pipeline.decisions import EDITABLE, corrected, shown
from pipeline.extract import extract
from pipeline.extract.structure import read_structure
from pipeline.extract.words import structure_words
from pipeline.model import Block, BlockKind, Document
from pipeline.problems import BaocaoError
from pipeline.rulebook import Pack
from pipeline.tables import FoundItem, ReportResult
from pipeline.tables.cells import unguarded
from pipeline.tables.rows import item_rows
from pipeline.text.numerals import canonical, read_words
from pipeline.text.tokens import norms

_LONGEST = 1_000
"""Characters of words that can be marked as one item."""

_PART = re.compile(r"\S+")
_TYPED = ("document_number", "date", "count")  # kinds whose value is written out, the most particular first


def place_of(document: Document, pack: Pack, start: int, end: int) -> dict[str, str] | None:
    """Return where marked words stand: text, sentence, section, page, start and end, but for white space around them.

    None where there are no words, or more than an item has.
    """
    text = document.text[max(start, 0) : end]
    start = max(start, 0) + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    if not 0 < end - start <= _LONGEST:
        return None
    structure = read_structure(document, structure_words(pack))
    sentence = next((one for one in structure.sentences if one.start <= start < one.end), None)
    page = document.page_at(start)
    path = structure.sections[sentence.section].path if sentence is not None and sentence.section >= 0 else ()
    around = (sentence.start, max(sentence.end, end)) if sentence is not None else (start, end)
    return {
        "text": _on_one_line(document.text[start:end]),
        "sentence": _on_one_line(document.text[slice(*around)]),
        "section": " > ".join(path),
        "page": "" if page is None else str(page),
        "start": str(start),
        "end": str(end),
    }


def found_again(text: str, said: Mapping[str, str]) -> tuple[int, int] | None:
    """Return from where to where the words of an addition stand in another `text`, within their sentence.

    None unless there is exactly one such place. Any white space is as good as another.
    """
    parts = [(found.start(), found.group()) for found in _PART.finditer(text)]
    firsts = list(accumulate((len(part) + 1 for _, part in parts), initial=0))
    folded = " ".join(part for _, part in parts)
    words, sentence = said["text"], said.get("sentence", "") or said["text"]
    inside = {
        first + at for first in _places(folded, sentence) for at in _places(sentence, words)
    }  # fmt: skip
    if len(inside) != 1:
        return None
    (at,) = inside

    def place(offset: int) -> int:
        part = bisect_right(firsts, offset) - 1
        return parts[part][0] + offset - firsts[part]

    return place(at), place(at + len(words) - 1) + 1


def _places(text: str, words: str) -> Iterator[int]:
    """Yield where `words` stand in `text`."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def suggestion(text: str, pack: Pack) -> tuple[str, dict[str, str]]:
    """Return the kind of item that marked words are, and what their columns would say, as people write it."""
    words = _on_one_line(text)
    for cells in _extracted(words, pack):
        told = {name: shown(cells["kind"], name, unguarded(cells.get(name, ""))) for name in EDITABLE[cells["kind"]]}
        return cells["kind"], {name: cell for name, cell in told.items() if cell}
    for kind in _TYPED:
        with suppress(BaocaoError):
            said = corrected(kind, {"value": words}, {})
            return kind, {"value": shown(kind, "value", said["value"])}
    number = read_words(norms(words))
    if number is not None and number[1] == len(norms(words)):
        return "count", {"value": shown("count", "value", canonical(number[0]))}
    return kind_of(words), {}


def kind_of(words: str) -> str:
    """Return the likely kind of an item of which nothing is known but its words."""
    return "count" if any(letter.isdecimal() for letter in words) else "activity"


def _extracted(words: str, pack: Pack) -> Iterator[Mapping[str, str]]:
    """Yield what the rules find in words that stand alone, figures first, and what takes most of them."""
    if not words:
        return
    document = Document(words, "txt", (Block(BlockKind.PARAGRAPH, 0, len(words)),))
    items = [
        FoundItem(item, words[item.start : item.end], words)
        for item in extract(document, pack).items
        if 2 * (item.end - item.start) >= len(words) or _has_all_figures(words, item.start, item.end)
    ]
    rows = item_rows(ReportResult("", "", items=tuple(items)))
    yield from sorted(rows, key=lambda row: (row["kind"] == "activity", int(row["start"]) - int(row["end"])))


def _has_all_figures(words: str, start: int, end: int) -> bool:
    places = [at for at, letter in enumerate(words) if letter.isdecimal()]
    return bool(places) and start <= places[0] and places[-1] < end


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
