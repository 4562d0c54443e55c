"""What a file is, told by its bytes; its suffix decides only where they say nothing."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

PRINTED = {
    "docx": "DOCX",
    "pdf": "PDF",
    "txt": "TXT",
    "md": "MD",
    "doc": "Word 97 (.doc)",
    "xls": "Excel 97 (.xls)",
    "ppt": "PowerPoint 97 (.ppt)",
    "ole": "OLE (MSI, MSG…)",
    "odt": "OpenDocument (.odt)",
    "fodt": "OpenDocument (.fodt)",
    "ods": "OpenDocument (.ods)",
    "odp": "OpenDocument (.odp)",
    "xlsx": "Excel (.xlsx)",
    "pptx": "PowerPoint (.pptx)",
    "epub": "EPUB",
    "csv": "CSV",
    "rtf": "RTF",
    "html": "HTML",
    "mht": "MHTML",
    "xml": "XML",
    "zip": "ZIP",
    "7z": "7z",
    "rar": "RAR",
    "gz": "gzip",
    "png": "PNG",
    "jpg": "JPEG",
    "gif": "GIF",
    "bmp": "BMP",
    "tif": "TIFF",
    "webp": "WebP",
    "heic": "HEIC",
    "ps": "PostScript",
    "exe": "EXE",
}
"""Every format that `sniff` can name but `docx-encrypted`, as it is printed to a reader."""

_HEAD = 1024
_WORD_SUFFIXES = ("docx", "docm", "dotx", "dotm")
_WORD_97_SUFFIXES = ("doc", "dot")
_MARKDOWN_SUFFIXES = ("md", "markdown")

_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gz"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"%!PS", "ps"),
    (b"MZ\x90\x00", "exe"),
)
_PATTERNS = (
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), "bmp"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb".{4}ftyp(?:hei|mif1|avif)", re.DOTALL), "heic"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b", re.I | re.S),
        "html",
    ),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*<office:document\s"), "fodt"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE), "xml"),
    (re.compile(rb"MIME-Version:\s*1\.0\b", re.IGNORECASE), "mht"),
)
# Portals and spreadsheets write pages that begin with any tag, and name them .doc or .xls.
_LOOSE_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:head|meta|title|style|body|table|div|p|center|font|span|h[1-6]|ul|ol|section|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_SUFFIXES = ("txt", *_MARKDOWN_SUFFIXES)
_TEXT_OF = dict.fromkeys(_MARKDOWN_SUFFIXES, "md") | dict.fromkeys(("xls", "xlsx", "xlsm", "ods"), "csv")
_MIME = re.compile(rb"[A-Z][\w-]*:")
_MIME_VERSION = re.compile(rb"^MIME-Version:\s*1\.0\b", re.IGNORECASE | re.MULTILINE)
_MIME_PAGE = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_UTF16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_STREAMS = (
    ("EncryptedPackage", "docx-encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ZIP = b"PK\x03\x04"
_ZIP_MEMBERS = (
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation", "pptx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "odp"),
    (b"mimetypeapplication/epub", "epub"),
)


def sniff(data: bytes, suffix: str) -> str:
    """Return the format of `data`, a key of PRINTED or `docx-encrypted`: by content, text by its suffix.

    `suffix` is the file's, in lower case and without its dot. What is of no known kind is taken for text.
    """
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if data.startswith(_ZIP):
        return _sniff_zip(data, suffix)
    if data.startswith(_OLE):
        left = "doc" if suffix in _WORD_97_SUFFIXES else "ole"  # a DOC that is cut off has lost its directory
        return next((name for stream, name in _OLE_STREAMS if stream.encode("utf-16-le") in data), left)
    found = next((name for magic, name in _MAGIC if data.startswith(magic)), "")
    return found or _sniff_text(_plain_head(data), suffix) or _TEXT_OF.get(suffix, "txt")


def _sniff_text(head: bytes, suffix: str) -> str:
    """Return what the first bytes of a file look like, pages among them, or ""."""
    found = next((name for pattern, name in _PATTERNS if pattern.match(head)), "")
    if found:
        return found
    if _MIME.match(head) and _MIME_VERSION.search(head) and _MIME_PAGE.search(head):
        return "mht"
    return "html" if suffix and suffix not in _TEXT_SUFFIXES and _LOOSE_HTML.match(head) else ""


def _plain_head(data: bytes) -> bytes:
    """Return the first bytes without a byte order mark, as UTF-8 where the mark says UTF-16."""
    head = data[: 4 * _HEAD]
    wide = next((encoding for mark, encoding in _UTF16 if head.startswith(mark)), "")
    return head[2:].decode(wide, errors="replace").encode() if wide else head.removeprefix(b"\xef\xbb\xbf")


def _sniff_zip(data: bytes, suffix: str) -> str:
    """Return what a ZIP holds; of one cut off, what is left of it tells, and else its suffix."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            listed = "\n".join(archive.namelist()).encode(errors="replace")
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        listed = data if b"word/" in data or suffix not in _WORD_SUFFIXES else b"word/document"
    searched = listed + data[:_HEAD]
    return next((name for member, name in _ZIP_MEMBERS if member in searched), "zip")
