"""What stands on a PDF page above its own text: signature appearances, stamps, form fields, typed-over text.

pdfium reads none of it with the page. So the page is flattened in a copy of the file, in memory, which draws the
appearances into the page, and what is new there was theirs. A field or a note without an appearance has its words set
in its rectangle here (ISO 32000-1, 12.5.5 and 12.7.3.3).
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from enum import StrEnum
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct, field

from pipeline.parsers.pdf.characters import Character, Drawing, read_drawing
from pipeline.parsers.pdf.frames import Box, page_frame
from pipeline.text.clean import clean

_MOST = 2000  # annotations of a page
_KINDS = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW | pdfium.FPDF_ANNOT_FLAG_INVISIBLE
_DEPTH = 5  # of forms in an appearance: real ones nest three
_SMALLEST, _LARGEST = 3.0, 48.0  # letters in points: a watermark is larger
_REACH = 2.0  # points that letters may stand out of their rectangle
_MOST_WORDS = 4000
_FONT_SIZE = re.compile(r"([\d.]+)\s+Tf")
_USUAL_SIZE, _SIZE_IN_BOX = 12.0, 0.75
_LETTER, _PITCH, _INSET, _HEIGHT = 0.5, 1.15, 2.0, 0.7  # letters set here: shares of the size; the inset in points


class Carrier(StrEnum):
    """What carries words over a page."""

    SIGNATURE = "signature"
    STAMP = "stamp"
    FIELD = "field"
    TYPED = "typed"


class Stamp(Struct, frozen=True):
    """The words of one annotation at their places on the page as shown, and its rectangle there."""

    carrier: Carrier
    box: Box
    characters: Sequence[Character]


class _Found(Struct):
    """An annotation to be read: its words where it has no appearance, and the letters of its appearance."""

    carrier: Carrier
    box: Box
    words: str = ""
    style: str = ""
    aligned: int = 0
    letters: list[Character] = field(default_factory=list)


class Annotations:
    """The annotations of one PDF, in a copy of it that is opened when the first page with any is met."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None
        self._form: Any = None
        self._callbacks: Any = None

    def close(self) -> None:
        """Let go of the copy."""
        if self._form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._form)
        if self._pdf is not None:
            self._pdf.close()

    def stamps(self, page: Any, drawing: Drawing) -> list[Stamp]:
        """Return the words over `page`, an open pdfium page that draws `drawing`; none if pdfium fails on them.

        A scan has none: whoever reads its image sees the appearances there.
        """
        if not _has_any(page):
            return []
        if drawing.has_image and not any(c.text.isalpha() for c in drawing.characters):
            return []
        with suppress(pypdfium2.PdfiumError):
            self._open()
            return _read(self._pdf, self._form, drawing)
        return []

    def _open(self) -> None:
        if self._pdf is None:
            self._pdf = pypdfium2.PdfDocument(self._data)
            if pdfium.FPDF_GetFormType(self._pdf.raw) != pdfium.FORMTYPE_NONE:
                # Not the document's own init_forms: it would draw text fields anew, in fonts without our letters.
                self._callbacks = pdfium.FPDF_FORMFILLINFO(version=2)
                self._form = pdfium.FPDFDOC_InitFormFillEnvironment(self._pdf.raw, self._callbacks)


def _has_any(page: Any) -> bool:
    """Tell whether a page has annotations that may be read; most have none, or links alone."""
    count = pdfium.FPDFPage_GetAnnotCount(page)
    return 0 < count <= _MOST and any(_kind(page, at) in _KINDS for at in range(count))


def _kind(page: Any, at: int) -> int:
    with _annotation(page, at) as annotation:
        return int(pdfium.FPDFAnnot_GetSubtype(annotation)) if annotation else pdfium.FPDF_ANNOT_UNKNOWN


def _read(pdf: Any, form: Any, drawing: Drawing) -> list[Stamp]:
    at = drawing.number - 1
    with closing(pdf[at]) as page:
        found, has_letters = _find(page.raw, form)
        flat = has_letters and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    if flat:
        with closing(pdf[at]) as page:
            _give_out(_new(read_drawing(page.raw, at + 1), drawing), found)
    stamps = (Stamp(one.carrier, one.box, one.letters or list(_set(one))) for one in found)
    return [stamp for stamp in stamps if any(c.text != " " for c in stamp.characters)]


def _find(page: Any, form: Any) -> tuple[list[_Found], bool]:
    """Return the annotations to be read, and whether an appearance of them has text; the others are taken off."""
    frame = page_frame(page)
    found: list[_Found] = []
    has_letters = False
    for at in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
        with _annotation(page, at) as annotation:
            carrier = _carrier(annotation, form) if annotation else None
            rect = pdfium.FS_RECTF()
            if carrier and pdfium.FPDFAnnot_GetRect(annotation, rect):
                box = frame.place_box(rect.left, rect.bottom, rect.right, rect.top)
                found.append(_described(annotation, form, carrier, box))
                has_letters |= _draws_text(annotation)
                continue
        pdfium.FPDFPage_RemoveAnnot(page, at)
    return found[::-1], has_letters


@contextmanager
def _annotation(page: Any, at: int) -> Iterator[Any]:
    annotation = pdfium.FPDFPage_GetAnnot(page, at)
    try:
        yield annotation
    finally:
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _carrier(annotation: Any, form: Any) -> Carrier | None:
    """Tell what an annotation is, None for what shows no words of the report: links, comments, buttons, the hidden."""
    if pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return None
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_STAMP:
        return Carrier.STAMP
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return Carrier.TYPED
    if kind != pdfium.FPDF_ANNOT_WIDGET:
        return None
    return _FIELDS.get(pdfium.FPDFAnnot_GetFormFieldType(form, annotation) if form else -1) or _NAMED_FIELDS.get(
        _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"FT")
    )


_FIELDS = {
    pdfium.FPDF_FORMFIELD_SIGNATURE: Carrier.SIGNATURE,
    pdfium.FPDF_FORMFIELD_TEXTFIELD: Carrier.FIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX: Carrier.FIELD,
    pdfium.FPDF_FORMFIELD_LISTBOX: Carrier.FIELD,
}
_NAMED_FIELDS = {"Sig": Carrier.SIGNATURE, "Tx": Carrier.FIELD, "Ch": Carrier.FIELD}


def _described(annotation: Any, form: Any, carrier: Carrier, box: Box) -> _Found:
    if carrier is Carrier.FIELD:
        words = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation) if form else ""
        words = words or _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"V")
    else:
        words = (
            "" if carrier is Carrier.SIGNATURE else _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
        )
    aligned = ctypes.c_float()
    pdfium.FPDFAnnot_GetNumberValue(annotation, b"Q", aligned)
    style = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"DA")
    return _Found(carrier, box, clean(words[:_MOST_WORDS]), style, int(aligned.value))


def _string(ask: Callable[..., int], *of: Any) -> str:
    """Return a string that pdfium hands over as UTF-16 after its length in bytes was asked for."""
    length = ask(*of, None, 0)
    if length < 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    ask(*of, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _draws_text(annotation: Any) -> bool:
    objects = range(min(pdfium.FPDFAnnot_GetObjectCount(annotation), _MOST))
    return any(_is_text(pdfium.FPDFAnnot_GetObject(annotation, at), _DEPTH) for at in objects)


def _is_text(item: Any, depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind != pdfium.FPDF_PAGEOBJ_FORM or not depth:
        return bool(kind == pdfium.FPDF_PAGEOBJ_TEXT)
    parts = range(max(pdfium.FPDFFormObj_CountObjects(item), 0))
    return any(_is_text(pdfium.FPDFFormObj_GetObject(item, at), depth - 1) for at in parts)


def _new(flat: Drawing, drawing: Drawing) -> Iterator[Character]:
    """Yield the characters of the flattened page that the page itself does not draw."""
    old = Counter(drawing.characters)
    for character in flat.characters:
        if old[character]:
            old[character] -= 1
        elif _SMALLEST <= character.size <= _LARGEST:
            yield character


def _give_out(characters: Iterator[Character], found: Sequence[_Found]) -> None:
    """Give each character to the smallest rectangle that it stands in; what stands in none was cut off by it."""
    by_size = sorted(found, key=lambda one: (one.box[2] - one.box[0]) * (one.box[3] - one.box[1]))
    for character in characters:
        owner = next((one for one in by_size if _is_in(character, one.box)), None)
        if owner:
            owner.letters.append(character)


def _is_in(character: Character, box: Box) -> bool:
    x, y = (character.left + character.right) / 2, character.base - character.size / 3
    return box[0] - _REACH <= x <= box[2] + _REACH and box[1] - _REACH <= y <= box[3] + _REACH


def _set(one: _Found) -> Iterator[Character]:
    """Yield the words of an annotation without an appearance, set in its rectangle as a reader would."""
    lines = [line for line in one.words.split("\n") if line.strip()]
    left, top, right, bottom = one.box
    size = _size(one, (bottom - top) / max(len(lines), 1))
    first = top + _INSET + size if len(lines) > 1 else (top + bottom + _HEIGHT * size) / 2
    for at, line in enumerate(lines):
        step = min(_LETTER * size, max(right - left - 2 * _INSET, 1.0) / len(line))
        free = right - left - 2 * _INSET - step * len(line)
        x = left + _INSET + free * max(0, min(one.aligned, 2)) / 2
        for letter in line:
            yield Character(letter, x, x + step, first + at * _PITCH * size, size)
            x += step


def _size(one: _Found, height: float) -> float:
    given = _FONT_SIZE.search(one.style)
    with suppress(ValueError):
        size = float(given[1]) if given else 0.0
        if _SMALLEST <= size <= _LARGEST:
            return size
    return max(_SMALLEST, min(_USUAL_SIZE, _SIZE_IN_BOX * height))
