"""DOC, ODT and RTF to Document: through LibreOffice and the walk of the DOCX, else through a lighter reader."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from pipeline.model import Document, Problem
from pipeline.parsers.docx import read_docx
from pipeline.parsers.office.fields import without_present
from pipeline.parsers.office.forms import FORMS, check
from pipeline.parsers.office.workshop import workshop
from pipeline.problems import ParseError


def read_office(data: bytes, form: str) -> Document:
    """Return the Document of a file in one of FORMS, in the format that its form has.

    Where there is no LibreOffice, or it can't convert the file, a lighter reader reads what it can and the
    Document says so in a problem. ParseError for a file with a password, without text, or that neither can
    read, and `file.no_reader` where there is no program for it at all.
    """
    check(data, form)
    with workshop() as shop:
        converted = None if shop is None else shop.docx_of(data, form)
    if converted is not None:
        try:
            return _read_converted(converted, FORMS[form].format)
        except ParseError as error:
            if error.problem.code != "file.damaged":
                raise
    return _read_lighter(data, form, "file.lighter" if shop is None else "file.not_converted")


def _read_converted(docx: bytes, format_name: str) -> Document:
    """Return the Document of a DOCX of LibreOffice's, with a problem where a date in it isn't the report's."""
    docx, dated = without_present(docx)
    document = replace(read_docx(docx), format=format_name)
    problem = Problem("date.automatic", (("format", format_name.upper()),))
    return replace(document, problems=(*document.problems, problem)) if dated else document


def _read_lighter(data: bytes, form: str, code: str) -> Document:
    """Return what the lighter reader of a form reads, with the problem `code`."""
    name = FORMS[form].format.upper()
    reader, read = _LIGHTER.get(form, ("", _nothing))
    try:
        document = read(data)
    except ParseError as error:
        if code == "file.not_converted" and error.problem.code == "file.damaged":
            raise ParseError("file.damaged", format=name, reason=f"LibreOffice, {reader}") from error
        raise
    if document is None and code == "file.not_converted":
        raise ParseError("file.damaged", format=name, reason="LibreOffice")
    if document is None:
        raise ParseError("file.no_reader", format=name)
    problem = Problem(code, (("format", name), ("reader", reader)))
    return replace(document, format=FORMS[form].format, problems=(problem, *document.problems))


def _nothing(data: bytes) -> None:
    return None


def _read_doc(data: bytes) -> Document | None:
    from pipeline.parsers.office.antiword import read_doc

    return read_doc(data)


def _read_odt(data: bytes) -> Document:
    from pipeline.parsers.office.odf import read_odt

    return read_odt(data)


def _read_rtf(data: bytes) -> Document:
    from pipeline.parsers.office.striptext import read_rtf

    return read_rtf(data)


_LIGHTER: dict[str, tuple[str, Callable[[bytes], Document | None]]] = {
    "doc": ("antiword", _read_doc),
    "odt": ("baocao", _read_odt),
    "rtf": ("striprtf", _read_rtf),
}
