"""Reports as they are read and as they look: Documents and pictures of pages, kept while they are likely to be used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from pipeline.cache import DocumentCache
from pipeline.model import Document
from pipeline.problems import BaocaoError
from pipeline.review.inputs import Inputs
from pipeline.review.parsing import Parsing
from pipeline.tables.identity import content_id

_DOCUMENTS, _PICTURES, _FILES = 24, 96, 4
_RESOLUTION = 110 / 72  # dots per point
_LARGEST = 4000  # dots of a side of a picture
_HEAD = 1024  # bytes in which a PDF says that it is one

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_pdfium = Lock()  # it may be used by one thread of a process at a time


class Kept(Generic[Key, Value]):
    """Values that are made when they are first asked for, the last used of them kept; each is made by one thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._making: dict[Key, Lock] = {}
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of `key`, by `make` where it is not kept."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    self._values.move_to_end(key)
                    return self._values[key]
            value = make()
            with self._lock:
                self._values[key] = value
                while len(self._values) > self._most:
                    gone, _ = self._values.popitem(last=False)
                    self._making.pop(gone, None)
            return value


class Papers:
    """The reports of a run; safe to be used by several threads."""

    def __init__(self, inputs: Inputs, cache: DocumentCache | None, parsing: Parsing) -> None:
        self._inputs = inputs
        self._cache = cache
        self._parsing = parsing
        self._documents: Kept[str, Document] = Kept(_DOCUMENTS)
        self._pictures: Kept[tuple[str, int], bytes] = Kept(_PICTURES)
        self._files: Kept[str, bytes] = Kept(_FILES)

    def document(self, file: str, text_id: str) -> Document:
        """Return the Document of an input, whose text is the one that `text_id` stands for.

        BaocaoError `review.input` and `review.remote` as `Inputs.path` has it, `review.text` where it reads otherwise,
        Refused `reading` where that takes long.
        """
        document = self._document(self._inputs.path(file), self._inputs.content(file))
        if document is None:
            raise BaocaoError("review.text", file=file)
        if text_id and content_id(document.text) != text_id:
            raise BaocaoError("review.text", file=file)
        return document

    def picture(self, file: str, page: int) -> bytes | None:
        """Return the picture of a page of an input as PNG, None where there is none; BaocaoError as `document`."""
        content = self._inputs.content(file)
        self._inputs.path(file)  # it may have been changed since its pictures were made
        found = self._pictures.get((content, page), lambda: self._rendered(file, content, page))
        return found or None

    def _document(self, path: Path, content: str) -> Document | None:
        """Return the Document of a file from the cache, or else by reading it, which another process does."""
        with suppress(_Unread):
            return self._documents.get(content, lambda: self._cached(path))
        document = self._parsing.document(path, content)
        if document is not None:
            self._documents.get(content, lambda: document)
            self._parsing.done(content)
        return document

    def _cached(self, path: Path) -> Document:
        return _not_read(path) if self._cache is None else self._cache.document(path, _not_read)

    def _rendered(self, file: str, content: str, page: int) -> bytes:
        data = self._files.get(content, lambda: self._inputs.data(file)[1])
        return _drawn(data, page) if b"%PDF" in data[:_HEAD] else b""


class _Unread(Exception):
    """A file whose Document is not in the cache."""


def _not_read(path: Path) -> Document:
    raise _Unread(path)


def _drawn(data: bytes, number: int) -> bytes:
    """Return a page of a PDF as PNG, as it is shown: turned and cropped; nothing where it can't be drawn."""
    import pypdfium2

    with _pdfium:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return b""
        try:
            pdf.init_forms()
            if not 1 <= number <= len(pdf):
                return b""
            page = pdf[number - 1]
            longest = max(*page.get_size(), 1.0)
            image = page.render(scale=min(_RESOLUTION, _LARGEST / longest)).to_pil()
        except pypdfium2.PdfiumError:
            return b""
        finally:
            pdf.close()
    written = BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.getvalue()
