"""Paragraphs in pieces that no pattern chokes on, so that reading takes time in proportion to the length of a text.

Much of what is asked of a sentence looks at all of it for each thing found in it. Sentences of reports are short; a
text without full stops, a table pasted as one line or an encoded picture need not be.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.extract.structure.words import CAPITAL
from pipeline.model import Block, BlockKind, Document, Problem

LONGEST_PARAGRAPH = 4_000
"""Characters that are read as one paragraph: more than a printed page has. Of the samples and the real reports at hand
no sentence has over 500, and no paragraph over 1,700."""
LONGEST_WORD = 1_000
"""Characters without white space that may be words or numerals; those of reports have up to 30, links some hundreds."""

_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(rf"[.!?…][”\"’»)\]]{{0,3}}(\s)\s*(?=[{CAPITAL}“\"‘«(\[])")
_BREAKS = (re.compile(r";[”\"’»)\]]?(\s)"), re.compile(r"[,:)](\s)(?!\d)"), re.compile(r"[^\W\d_](\s)(?=[^\W\d_])"))
_SPACE = re.compile(r"(\s)")
_SPARED = "¤" * 199 + "\n"  # stands for what is not read: no pattern finds anything in it, or looks far

Span = tuple[int, int]


def in_pieces(document: Document) -> Document:
    """Return `document` with long paragraphs in several blocks of up to `LONGEST_PARAGRAPH`, all offsets as they were.

    They are parted between sentences, and within one only where it is longer than that, which is a problem. What is
    longer than `LONGEST_WORD` without white space is a problem too, and is not read. A line of the
    text is no longer than a paragraph then, be it a row of cells.
    """
    text = document.text
    longest = max((block.end - block.start for block in document.blocks), default=0)
    if longest <= LONGEST_WORD and max(map(len, text.split("\n"))) <= LONGEST_PARAGRAPH:
        return document
    blocks: list[Block] = []
    edits: list[tuple[int, int, str]] = []
    words: list[Span] = []
    sentences: list[Span] = []
    for block in document.blocks:
        if block.end - block.start <= LONGEST_WORD:
            blocks.append(block)
            continue
        at = len(blocks)
        for start, end in _between_long_words(text, block, words):
            for piece in _pieces(text, start, end, edits, sentences):
                blocks.append(_piece(block, *piece, first=len(blocks) == at))
    edits += [(start, end, (_SPARED * (1 + (end - start) // len(_SPARED)))[: end - start]) for start, end in words]
    parted = _edited(text, sorted(edits))
    parted = _edited(parted, list(_rows_parted(parted, blocks)))
    if parted == text:
        return document
    problems = (*document.problems, *_told("text.long_word", words), *_told("text.long_sentence", sentences))
    return replace(document, text=parted, blocks=tuple(blocks), problems=problems)


def _rows_parted(text: str, blocks: list[Block]) -> Iterator[tuple[int, int, str]]:
    """Yield line ends in place of tabs where the cells of a row come to more than a paragraph."""
    start, end = 0, 0
    for block in blocks:
        if text.find("\n", end, block.start) >= 0:
            start = block.start
        elif block.end - start > LONGEST_PARAGRAPH and (tab := text.rfind("\t", end, block.start)) >= 0:
            yield tab, tab + 1, "\n"
            start = block.start
        end = block.end


def _told(code: str, spans: list[Span]) -> Iterator[Problem]:
    """Yield the problem of all `spans`, at the first."""
    if spans:
        yield Problem(code, (("count", str(len(spans))),), *spans[0])


def _between_long_words(text: str, block: Block, words: list[Span]) -> Iterator[Span]:
    """Yield the stretches of a block between words that are too long, which go to `words`."""
    start = block.start
    for word in _WORD.finditer(text, block.start, block.end):
        if word.end() - word.start() > LONGEST_WORD:
            words.append(word.span())
            yield start, word.start()
            start = word.end()
    yield start, block.end


def _pieces(
    text: str, start: int, end: int, edits: list[tuple[int, int, str]], sentences: list[Span]
) -> Iterator[Span]:
    """Yield the pieces of a stretch; the white space between becomes a line end, and `sentences` cut are told."""
    while end - start > LONGEST_PARAGRAPH:
        at, between_sentences = _parting(text, start)
        if not between_sentences:
            sentences.append((max(start, at - 60), at))
        yield from _stripped(text, start, at)
        edits.append((at, at + 1, "\n"))
        start = at + 1
    yield from _stripped(text, start, end)


def _parting(text: str, start: int) -> tuple[int, bool]:
    """Return the best space to part the text at that begins at `start`, and whether a sentence ends there."""
    low, high = start + LONGEST_PARAGRAPH // 2, start + LONGEST_PARAGRAPH
    for pattern in (_SENTENCE_END, *_BREAKS, _SPACE):
        last = deque(pattern.finditer(text, low, high), maxlen=1)
        if last:
            return last[0].start(1), pattern is _SENTENCE_END
    raise AssertionError("no word is longer than half a paragraph")


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    low, high = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if low < high:
        yield low, high


def _piece(block: Block, start: int, end: int, *, first: bool) -> Block:
    """Return a piece of a block; only the first has its label, and is the item or the heading."""
    if first:
        return replace(block, start=start, end=end, content=min(max(block.content, start), end))
    kind = BlockKind.PARAGRAPH if block.kind in (BlockKind.LIST_ITEM, BlockKind.HEADING) else block.kind
    return replace(block, kind=kind, start=start, end=end, content=start)


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, instead in edits:
        parts += (text[done:start], instead)
        done = end
    return "".join([*parts, text[done:]])
