"""Files with a password: opened with one of those that are given, in memory alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from io import BytesIO
from typing import Any

_PDF, _OLE = b"%PDF-", b"\xd0\xcf\x11\xe0"
_HEAD = 1024


def unlocked(data: bytes, passwords: Sequence[str]) -> bytes | None:
    """Return a file as it is without its password, or None where none of `passwords` opens it.

    PDF (ISO 32000), DOCX and XLSX (MS-OFFCRYPTO, agile and standard), DOC and XLS. An ODT is not opened.
    """
    unlock = _unlock_pdf if _PDF in data[:_HEAD] else _unlock_office if data.startswith(_OLE) else None
    tried = (unlock(data, password) for password in passwords) if unlock else ()
    return next((opened for opened in tried if opened), None)


def is_locked(pdf: Any) -> bool:
    """Tell whether an open PDF is encrypted, be it without a password to open it."""
    import pypdfium2.raw as pdfium

    return bool(pdfium.FPDF_GetSecurityHandlerRevision(pdf.raw) >= 0)


def without_lock(pdf: Any) -> bytes:
    """Return an open PDF as it is without its encryption."""
    import pypdfium2.raw as pdfium

    copy = BytesIO()
    pdf.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
    return copy.getvalue()


def _unlock_pdf(data: bytes, password: str) -> bytes | None:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError:
        return None
    with closing(pdf):
        return without_lock(pdf)


def _unlock_office(data: bytes, password: str) -> bytes | None:
    from msoffcrypto import OfficeFile

    opened = BytesIO()
    try:
        file = OfficeFile(BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened)
    except Exception:  # msoffcrypto takes a complete file for granted and fails in any way on other
        return None
    return opened.getvalue()
