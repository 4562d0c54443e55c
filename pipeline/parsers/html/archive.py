"""MHTML: a web page with its pictures in one MIME message (RFC 2557), as Word and browsers save it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from pipeline.model import Document
from pipeline.parsers.html.reading import read_html
from pipeline.problems import ParseError

_PAGES = ("text/html", "application/xhtml+xml")


def read_mht(data: bytes) -> Document:
    """Return the Document of the page in an MHTML file; ParseError if it holds none or can't be taken apart."""
    try:
        pages = [part for part in message_from_bytes(data).walk() if part.get_content_type() in _PAGES]
        page, charset = _content(pages[0]) if pages else (b"", "")
    except (RecursionError, ValueError, LookupError) as error:
        raise ParseError("file.damaged", format="MHTML", reason="not a MIME message") from error
    if not page.strip():
        raise ParseError("file.damaged", format="MHTML", reason="no web page in it")
    return read_html(page, charset)


def _content(page: Message) -> tuple[bytes, str]:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b"", page.get_content_charset() or ""
