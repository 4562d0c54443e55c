"""The objects that a PDF page draws, those in forms among them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import unchecked

FORM_DEPTH = 3
"""How deep forms that stand in forms are followed."""

_object_of = unchecked(pdfium.FPDFPage_GetObject, pdfium.FPDF_PAGEOBJECT)
_part_of = unchecked(pdfium.FPDFFormObj_GetObject, pdfium.FPDF_PAGEOBJECT)
_kind_of = unchecked(pdfium.FPDFPageObj_GetType, ctypes.c_int)


def page_objects(page: Any) -> Iterator[tuple[Any, int, int]]:
    """Yield each object of an open pdfium page, its kind, and how many forms it stands in; a form before its parts."""
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _with_parts(_object_of(page, at), 0)


def _with_parts(item: Any, depth: int) -> Iterator[tuple[Any, int, int]]:
    kind = _kind_of(item)
    yield item, kind, depth
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _with_parts(_part_of(item, at), depth + 1)
