"""What must hold of whatever was read: of a Document's text, blocks, pages and lines, and of what is found in it."""

from __future__ import annotations

import unicodedata
import zlib
from functools import cache
from itertools import pairwise

from pipeline.cache.codec import pack, unpack
from pipeline.extract import Extraction, extract
from pipeline.extract.prove import passage
from pipeline.model import Activity, Count, DateMention, Document
from pipeline.problems import CATALOGUE
from pipeline.rulebook import Pack, load_pack
from pipeline.text.edtf import bounds
from pipeline.text.numerals import canonical
from tests.fuzzing.promises import hold

_SMALL = 2000  # characters of a text that the extractor is tried on
_ONE_IN = 8  # documents of parsers, since the extractor takes longer than most of them


@cache
def packs() -> tuple[Pack, ...]:
    """Return the packs that texts are tried with."""
    return load_pack("core"), load_pack("doi_ngoai")


@cache
def _all_loaded() -> bool:
    """Have everything that extraction loads once loaded by the first document, so that no later one pays for it."""
    check_extraction(extract(passage("Sở đã tổ chức 05 lớp tập huấn ngày 05/4/2024."), *packs()))
    return True


def check_document(document: Document) -> None:
    """Raise Broken where a Document isn't what its description says."""
    text = document.text
    hold("text is there", text.strip())
    hold("text is NFC", unicodedata.is_normalized("NFC", text))
    hold("no carriage return in the text", "\r" not in text)
    for block in document.blocks:
        hold("block within the text", 0 <= block.start <= block.content <= block.end <= len(text))
        hold("places from 1 or none", block.table >= 0 and block.row >= 0 and block.column >= 0)
        hold("a cell has a place", not block.table or (block.row and block.column))
        hold("spans of at least 1", block.row_span >= 1 and block.column_span >= 1)
        hold("anchor within the text", block.anchor is None or 0 <= block.anchor <= len(text))
    for one, other in pairwise(document.blocks):
        hold("blocks are ordered", one.end <= other.start)
        hold("only line ends and tabs between blocks", not text[one.end : other.start].strip("\n\t"))
    _check_pages(document)
    for problem in document.problems:
        hold("problem in the catalogue", CATALOGUE[problem.code].message(problem, "vi"))
        hold("problem within the text", problem.start is None or 0 <= problem.start <= (problem.end or 0) <= len(text))
    packed = pack(document)
    hold("a document is kept as it is", packed is None or unpack(packed) == document)


def _check_pages(document: Document) -> None:
    numbers = [page.number for page in document.pages]
    hold("pages in order", numbers == sorted(set(numbers)))
    for line in document.lines:
        hold("line within the text", 0 <= line.start <= line.end <= len(document.text))
        hold("line on a page", line.page in numbers)
        hold("an edge for each character", len(line.edges) in (0, 2 * (line.end - line.start)))
        hold("a confidence for each character", len(line.confidence) in (0, line.end - line.start))
    for line, following in pairwise(document.lines):
        hold("lines are ordered", line.start <= following.start)


def check_found(document: Document) -> None:
    """Raise Broken where what the extractor finds in a Document breaks a promise; small texts alone, one in some."""
    text = document.text
    if _all_loaded() and len(text) <= _SMALL and not zlib.crc32(text.encode("utf-8", "surrogatepass")) % _ONE_IN:
        check_extraction(extract(document, *packs()))


def check_extraction(extraction: Extraction) -> None:
    """Raise Broken where an item isn't where it says, overlaps another number, or doesn't follow from its text."""
    text = extraction.structure.document.text
    for item in extraction.items:
        low, high = item.sentence
        words = text[item.start : item.end]
        hold("item has words", words and words.strip() == words)
        hold("item begins in its sentence", 0 <= low <= item.start < high <= len(text))
        hold("item ends in its sentence", item.end <= high)
        if isinstance(item, DateMention):
            hold("days follow from the value", (item.first_day, item.last_day) == bounds(item.value))
        if isinstance(item, Count):
            hold("a count is finite", item.value.is_finite() and canonical(item.value))
            hold("a count's total is within the text", item.part_of is None or 0 <= item.part_of[0] < item.part_of[1])
    spans = sorted((item.start, item.end) for item in extraction.items if not isinstance(item, Activity))
    hold("numbers don't overlap", all(one[1] <= other[0] for one, other in pairwise(spans)))
    claims = sorted((claim.start, claim.end) for claim in extraction.claims)
    hold("claims don't overlap", all(one[1] <= other[0] for one, other in pairwise(claims)))
    _check_numerals(extraction, text)
    for problem in extraction.problems:
        hold("problem in the catalogue", CATALOGUE[problem.code].message(problem, "vi"))
        hold(
            "problem within the text", problem.start is None or problem.start <= (problem.end or len(text)) <= len(text)
        )


def _check_numerals(extraction: Extraction, text: str) -> None:
    """Every numeral has an owner or is told as a problem; what stands in no sentence is nobody's."""
    owned = sorted(
        [(claim.start, claim.end) for claim in extraction.claims]
        + [(p.start, p.end) for p in extraction.problems if p.start is not None and p.end is not None]
    )
    told = bytearray(len(text))
    for start, end in owned:
        told[start:end] = b"\x01" * (end - start)
    missing = [at for at, character in enumerate(text) if character in "0123456789" and not told[at]]
    hold("every numeral is accounted for", not missing)
