"""A source as TXT or Markdown: one paragraph a line, or hard-wrapped as copied out of a PDF."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from blocks import Block, PageBreak, Paragraph, Table, TextBox
from docx_layout import COUNTRY, MOTTO, PARTY, RECIPIENTS, STARS, UNION
from marks import Piece, pieces_to_text
from source import Front, Paper, Source

_MARK = "\ue000{}\ue001"  # a footnote's reference while the text is made
_MARKED = re.compile("\ue000(\\w+)\ue001")
_PAGE_LINES = 45
_LEFT = 40  # width of the left column where two stand side by side


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, table or block of lines; `fixed` where its line ends must stay."""

    text: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One wrapped line; `inner` where its paragraph goes on, `forced` where a page ends before it."""

    text: str
    inner: bool = False
    forced: bool = False


_PAGE_END = Passage("\x0c")


def source_to_text(source: Source, markdown: bool = False) -> str:
    """Return the TXT (or Markdown) that the front matter's `txt` and `columns` ask for."""
    passages = _passages(source, source.front.columns, markdown)
    if source.front.txt == "copied":
        return _copied(source, passages, markdown)
    passages = [passage for passage in passages if passage is not _PAGE_END]
    between = "\n\n" if markdown else "\n"
    body = between.join(passage.text for passage in passages)
    return between.join([_MARKED.sub("", body), *_notes(source, _MARKED.findall(body), markdown, 1)]) + "\n"


def source_to_reading(source: Source, inline: bool) -> str:
    """Return the plain text of `source`, its notes at the end or, `inline`, at their references."""
    body = "\n".join(passage.text for passage in _passages(source, columns=False, markdown=False))
    if inline:
        notes = _all_notes(source)
        return _MARKED.sub(lambda mark: f" ({pieces_to_text(notes[mark[1]])}) ", body)
    return "\n".join([_MARKED.sub("", body), *_notes(source, _MARKED.findall(body), False, 1)])


def _notes(source: Source, names: Sequence[str], markdown: bool, first: int) -> list[str]:
    notes = _all_notes(source)
    return [f"[{n}] {pieces_to_text(notes[name], markdown)}" for n, name in enumerate(names, first)]


def _all_notes(source: Source) -> dict[str, tuple[Piece, ...]]:
    return {name: text for paper in source.papers for name, text in paper.body.notes.items()}


def _passages(source: Source, columns: bool, markdown: bool) -> list[Passage]:
    made = _paper(source.papers[0], columns, markdown)
    for paper in source.papers[1:]:
        made += [_PAGE_END, *_paper(paper, columns, markdown)]
    return made


def _paper(paper: Paper, columns: bool, markdown: bool) -> list[Passage]:
    front, body = paper.front, paper.body
    made = _letterhead(front, columns)
    made += [Passage("\n".join([front.title, *front.subject]), fixed=True)] if front.title else []
    made += [Passage(text) for text in front.to]
    made += [p for block in body.main for p in _block(block, markdown)]
    made += _ending(front, columns)
    if body.appendix and not isinstance(body.appendix[0], PageBreak):
        made.append(_PAGE_END)
    made += [p for block in body.appendix for p in _block(block, markdown)]
    return [passage for passage in made if passage.text]


def _letterhead(front: Front, columns: bool) -> list[Passage]:
    star = [STARS[front.layout]] if front.layout in STARS else []
    left, number = [*front.parent, *front.issuer, *star], [front.number]
    if not front.title:
        number += front.subject
    right = {"state": [COUNTRY, MOTTO], "party": [PARTY], "union": [UNION], "none": []}[front.layout]
    if columns:
        made = [Passage(_side_by_side(left, right) + "\n" + _side_by_side(number, [front.place_date]), fixed=True)]
    else:
        made = [Passage(text) for text in (*left, *number, *right, front.place_date)]
    return [*made, Passage(front.draft)]


def _ending(front: Front, columns: bool) -> list[Passage]:
    left = [RECIPIENTS, *front.recipients] if front.recipients else []
    room = ("", "") if columns else ()  # for the hand
    signatures = [text for one in front.signature for text in (*one.lines, *room, one.name)]
    if columns:
        return [Passage(_side_by_side(left, signatures), fixed=True)]
    return [Passage(text) for text in (*left, *signatures)]


def _side_by_side(left: Sequence[str], right: Sequence[str]) -> str:
    pairs = zip_longest(left, right, fillvalue="")
    return "\n".join((f"{a:{_LEFT}}  {b}" if b else a).rstrip() for a, b in pairs)


def _block(block: Block, markdown: bool) -> Iterator[Passage]:
    if isinstance(block, PageBreak):
        yield _PAGE_END
    elif isinstance(block, Table):
        yield Passage(_table(block, markdown), fixed=True)
    elif isinstance(block, TextBox):
        yield Passage(_text(block.pieces, markdown))
    else:
        yield Passage(_paragraph(block, markdown))


def _paragraph(block: Paragraph, markdown: bool) -> str:
    text = _text(block.pieces, markdown)
    return f"{block.label.text} {text}" if block.label and text else text


def _text(pieces: tuple[Piece, ...], markdown: bool) -> str:
    return pieces_to_text(pieces, markdown, _MARK).strip()


def _table(table: Table, markdown: bool) -> str:
    """Set a table's rows on lines; what a merged cell covers is empty."""
    rows = []
    for r, row in enumerate(table.grid):
        owned = [cell if (cell.row, cell.column) == (r, c) else None for c, cell in enumerate(row)]
        rows.append([_text(cell.pieces, markdown).replace("\n", " ") if cell else "" for cell in owned])
    if not markdown:
        return "\n".join("\t".join(row) for row in rows)
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _copied(source: Source, passages: list[Passage], markdown: bool) -> str:
    """Wrap and page `passages` as a PDF viewer copies them: no blank lines but those round a page number."""
    width = 80 + source.pick(16)
    lines = list(_wrapped(passages, width, markdown))
    pages: list[str] = []
    noted = 0
    for page in _paged(lines):
        text = "\n".join(line.text for line in page)
        names = _MARKED.findall(text)
        notes = [_wrap(note, width) for note in _notes(source, names, markdown, noted + 1)]
        noted += len(names)
        pages.append("\n".join([_MARKED.sub("", text), *("\n".join(note) for note in notes)]))
    return "".join(f"\n\n{n}\n\n{page}" if n > 1 else page for n, page in enumerate(pages, 1)) + "\n"


def _wrapped(passages: list[Passage], width: int, markdown: bool) -> Iterator[_Line]:
    forced = False
    for n, passage in enumerate(passages):
        if passage is _PAGE_END:
            forced = True
            continue
        if markdown and n and not forced:
            yield _Line("")
        text = re.sub("\t+", " ", passage.text)
        for part in text.split("\n"):
            part = part.strip()
            wrapped = [part] if passage.fixed and (markdown or "  " in part) else _wrap(part, width)
            for k, line in enumerate(wrapped):
                yield _Line(line, inner=k < len(wrapped) - 1 and not passage.fixed, forced=forced)
                forced = False


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _paged(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Part lines into pages: where one is forced, or in mid-sentence once a page is full."""
    page: list[_Line] = []
    for line in lines:
        if page and line.forced:
            yield page
            page = []
        page.append(line)
        if len(page) >= _PAGE_LINES and line.inner:
            yield page
            page = []
    if page:
        yield page
