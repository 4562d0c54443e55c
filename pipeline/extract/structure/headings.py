"""Headings: which blocks are one, and which begin with one that runs into their text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.structure.labels import Label, read_label
from pipeline.extract.structure.words import StructureWords, is_capitals, one_line, starts_with
from pipeline.model import Block, BlockKind
from pipeline.text.fold import fold

_LONGEST = 250  # characters of a heading in capitals or of a heading style
_LABELLED = 160
_UNLABELLED = 150
_RUN_IN = 110
_RUN_IN_WORDS = 7
_TOPIC_WORDS = 16
_LEADING_WORDS = 10
_OPEN_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
# «05 lớp», «12 xã»: a heading counts nothing; years, months and quarters do not count.
_QUANTITY = re.compile(r"(?<![\w/.,])(?:0\d|\d{2,3}|\d+[.,]\d+)\s+(?!tháng|năm|quý|ngày|tuần|kỳ|/)[^\W\d_]")
_LEADS_ON = re.compile(r"(?:(?<!\w)(?:sau|sau đây|gồm|như|là|cụ thể|đó|số)|^(?:tổng )?số (?:lượng )?.*)$")
_SENTENCE = re.compile(r"[.;?!]\s")
_FIGURE_ALONE = re.compile(r"[\d.,/%\s]+[^\W\d_]{0,12}[\s.;]*$")
_COLON = re.compile(r":(?=\s)")


class Heading(Struct, frozen=True):
    """A heading: the first and last block it takes, the kind of its label or setting, its span and its words.

    `rest` is where the text begins that the heading runs into; it equals the last block's end where there is
    none. `bare` headings are a label alone («Chương I»).
    """

    first: int
    last: int
    kind: str
    start: int
    text: str
    rest: int
    run_in: bool = False
    bare: bool = False


def find_headings(text: str, blocks: Sequence[Block], words: StructureWords) -> list[Heading]:
    """Return the headings among `blocks`, in order; blocks of a letterhead, signature or table hold none.

    A heading is styled as one, set in capitals or bold on a line of its own, or labelled and short; a list of
    such labelled lines with nothing between them is a list («1. …» at once followed by «2. …»).
    """
    found: list[Heading] = []
    listed = -1  # the place of the last block that was taken for an item of a list of short lines
    for index, block in enumerate(blocks):
        if block.kind not in _OPEN_KINDS or not text[block.start : block.end].strip():
            continue
        label = _label_of(text, block)
        heading = _styled(text, block, index, label) or _set_off(text, block, index, label, words)
        if heading is None and label and label.kind != "bullet":
            heading = _labelled(text, block, index, label)
            if heading and _in_list(text, label, blocks, index, listed):
                heading, listed = None, index
            heading = heading or (None if label.is_bullet else _run_in(text, block, index, label, words))
        if heading is None and label is None and found and found[-1].bare and found[-1].last == index - 1:
            heading = _name_below(text, block, index)
        if heading and heading.kind == "bold" and _is_cell(blocks, index + 1):
            continue  # the title of a table
        if heading and found and _goes_on(found[-1], heading):
            found[-1] = _joined(found[-1], heading)
        elif heading:
            found.append(heading)
    return found


def _name_below(text: str, block: Block, index: int) -> Heading | None:
    """Return the name that stands below the label of a part, chapter or section: «Mục 1» over «Giáo dục»."""
    words = text[block.start : block.end].strip()
    if len(words) > _UNLABELLED or words[-1] in ".;,:" or not words[0].isupper() or _SENTENCE.search(words):
        return None
    return _heading(text, index, block, "name", block.start, block.end)


def _is_cell(blocks: Sequence[Block], index: int) -> bool:
    return index < len(blocks) and blocks[index].kind is BlockKind.CELL


def _goes_on(above: Heading, heading: Heading) -> bool:
    """Tell whether a heading goes on from the block above: «Chương I» over its name, both in capitals."""
    if heading.first != above.last + 1 or above.run_in or heading.kind not in ("capitals", "bold", "name", "style.1"):
        return False
    return above.bare or (is_capitals(above.text) and is_capitals(heading.text))


def _joined(above: Heading, heading: Heading) -> Heading:
    words = f"{above.text} {heading.text}"
    return Heading(above.first, heading.last, above.kind, above.start, words, heading.rest, heading.run_in)


def _label_of(text: str, block: Block) -> Label | None:
    label = read_label(text[block.start : min(block.end, block.start + 60)])
    if label is None and block.content > block.start:
        return Label("bullet", block.content - block.start)
    return label


def _heading(text: str, index: int, block: Block, kind: str, words_at: int, rest: int) -> Heading:
    """Return the heading that a block is, or begins with; `words_at` is where its words start."""
    label, words = one_line(text[block.start : words_at]), one_line(text[words_at:rest]).rstrip(" :")
    run_in = rest < block.end
    return Heading(index, index, kind, block.start, f"{label} {words}".strip(), rest, run_in, not words)


def _styled(text: str, block: Block, index: int, label: Label | None) -> Heading | None:
    """Return a heading that the writer's style says is one; a paragraph in that style is none."""
    if block.kind is not BlockKind.HEADING:
        return None
    words = text[block.start : block.end]
    if len(words) > _LABELLED and not is_capitals(words) and re.search(r"[.;]\s*$|:\s", words):
        return None
    kind = label.kind if label and not label.is_bullet else f"style.{block.level or 1}"
    return _heading(text, index, block, kind, block.start + (label.end if label else 0), block.end)


def _set_off(text: str, block: Block, index: int, label: Label | None, words: StructureWords) -> Heading | None:
    """Return a heading that is known by its capitals or by standing bold on a line of its own."""
    line = text[block.start : block.end]
    start = block.start + (label.end if label else 0)
    if label is None and starts_with(fold(line[:_LABELLED]), words.captions):
        return None
    colon = _COLON.search(text, start, min(block.end, start + _LONGEST))
    head = text[start : colon.start() if colon else block.end]
    kind = label.kind if label and not label.is_bullet else "capitals"
    if len(head) <= _LONGEST and is_capitals(head) and (label or len(head.split()) > 1):
        if head.rstrip()[-1] in ".;," and label is None:
            return None
        rest = colon.end() if colon and text[colon.end() : block.end].strip() else block.end
        return _heading(text, index, block, kind, start, rest)
    short = len(line) <= _UNLABELLED and not line.rstrip().endswith((".", ";", ","))
    if block.bold and short and (label or not _QUANTITY.search(head)):
        kind = label.kind if label and not label.is_bullet else "bold"
        return _heading(text, index, block, kind, start, block.end)
    if label and label.kind in ("part", "chapter", "section", "article") and len(line) <= _LONGEST:
        return _heading(text, index, block, label.kind, start, block.end)
    return None


def _labelled(text: str, block: Block, index: int, label: Label) -> Heading | None:
    """Return a heading that is known by its label and by being short and no sentence."""
    start = block.start + label.end
    words = text[start : block.end].strip()
    if not words or len(words) > _LABELLED or words[-1] in ".;,…!?" or not words[0].isupper():
        return None
    if _QUANTITY.search(words) or _COLON.search(words) or _SENTENCE.search(words.replace(";", ",")):
        return None
    if words[-1] == ":" and (len(words.split()) > _LEADING_WORDS or _LEADS_ON.search(fold(words[:-1]))):
        return None
    return _heading(text, index, block, label.kind, start, block.end)


def _run_in(text: str, block: Block, index: int, label: Label, words: StructureWords) -> Heading | None:
    """Return the heading that a labelled paragraph begins with: «a) Về đoàn vào: không có.»

    It names a topic in a few words; «1. Đề nghị UBND tỉnh: …» and «c) Tổng số hội viên: 215» are sentences.
    """
    start = block.start + label.end
    colon = _COLON.search(text, start, min(block.end, start + _RUN_IN))
    if colon is None:
        return None
    head, rest = text[start : colon.start()].strip(), text[colon.end() : block.end].strip()
    folded = fold(head)
    longest = _TOPIC_WORDS if starts_with(folded, words.topics) else _RUN_IN_WORDS
    if not head or not rest or not head[0].isupper() or len(head.split()) > longest:
        return None
    if starts_with(folded, (*words.actions, *words.openings)) or _LEADS_ON.search(folded):
        return None
    if _QUANTITY.search(head) or _SENTENCE.search(head) or _FIGURE_ALONE.match(rest):
        return None
    return _heading(text, index, block, label.kind, start, colon.end())


def _in_list(text: str, label: Label, blocks: Sequence[Block], index: int, listed: int) -> bool:
    """Tell whether a labelled line is an item of a list: one with its kind of label stands beside it."""
    above = blocks[listed:index] if listed == index - 1 else ()
    beside = (_label_of(text, block) for block in (*above, *blocks[index + 1 : index + 2]))
    return any(other is not None and other.kind == label.kind for other in beside)
