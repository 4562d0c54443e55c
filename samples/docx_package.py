"""The parts of a DOCX besides its text, and the zip file around them, byte for byte the same every time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx_runs import Book, Face, Setting, paragraph, pieces_to_runs
from labels import LEVELS, Label
from legacy_writer import set_in
from lxml.etree import _Element
from marks import Piece
from ooxml import el, text_el, to_bytes

_PARTS = Path(__file__).parent / "docx_parts"
_FIXED = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/core.xml": "core.xml",
    "docProps/app.xml": "app.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/header1.xml": "header1.xml",
}
# Number format and printed form of each level, in the order of `labels.LEVELS`.
_FORMATS = (
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("decimal", "%2.%3."),
    ("lowerLetter", "%4)"),
    ("bullet", "-"),
)
_MOMENT = (2024, 1, 2, 9, 0, 0)


def package(document: _Element, labels: list[Label], notes: dict[str, tuple[Piece, ...]], book: Book) -> bytes:
    """Return the DOCX whose main part is `document`; `book` tells which `notes` it refers to."""
    parts = {name: (_PARTS / file).read_bytes() for name, file in _FIXED.items()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"{size}", b"%d" % book.size)
    parts["word/document.xml"] = to_bytes(set_in(document, book.font))
    parts["word/numbering.xml"] = to_bytes(_numbering(labels))
    parts["word/footnotes.xml"] = to_bytes(set_in(_footnotes(notes, book), book.font))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(info, data)
    return out.getvalue()


def _numbering(labels: list[Label]) -> _Element:
    levels = [_level(n, *shape) for n, shape in enumerate(_FORMATS)]
    many = el("abstractNum", el("multiLevelType", val="multilevel"), *levels, abstractNumId=1)
    runs = {label.run: label.restart for label in labels} or {1: len(LEVELS)}
    return el("numbering", many, *(_run_of_list(run, restart) for run, restart in sorted(runs.items())))


def _level(number: int, form: str, text: str) -> _Element:
    return el(
        "lvl",
        el("start", val=1),
        el("numFmt", val=form),
        el("suff", val="space"),
        el("lvlText", val=text),
        el("lvlJc", val="left"),
        ilvl=number,
    )


def _run_of_list(run: int, restart: int) -> _Element:
    again = [el("lvlOverride", el("startOverride", val=1), ilvl=n) for n in range(restart, len(LEVELS))]
    return el("num", el("abstractNumId", val=1), *again, numId=run)


def _footnotes(notes: dict[str, tuple[Piece, ...]], book: Book) -> _Element:
    root = el("footnotes")
    for number, name in ((-1, "separator"), (0, "continuationSeparator")):
        root.append(el("footnote", el("p", el("r", el(name))), type=name, id=number))
    for number, name in enumerate(book.notes, 1):
        mark = el("r", el("rPr", el("rStyle", val="FootnoteReference")), el("footnoteRef"))
        space = el("r", text_el("t", " "))
        runs = [mark, space, *pieces_to_runs(notes[name], book, Face(size=20))]
        root.append(el("footnote", paragraph(runs, Setting(style="FootnoteText")), id=number))
    return root
