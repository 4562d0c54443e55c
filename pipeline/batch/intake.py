"""What of a run needs reading: a result that is kept, or the content of a file that is read, is not read again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from pipeline.batch.folder import Source
from pipeline.batch.spool import Spool
from pipeline.cache import fingerprint
from pipeline.tables.portion import Portion

Content = tuple[str, str]
"""What decides what is read of a file: the SHA-256 of its bytes, and its suffix."""

Taken = Callable[[Portion, float | None], None]
"""Told of every portion, and in how many seconds it was read, or None where it was known without reading."""


class Intake:
    """The portions of a run on their way into its spool: those that are known, and those that are read.

    `known` has the portion of a content, or None. `taken` is told of each portion when it is in the spool.
    """

    def __init__(self, spool: Spool, known: Callable[[Content], Portion | None], taken: Taken) -> None:
        self._spool = spool
        self._known = known
        self._taken = taken
        self._places: dict[Content, int] = {}
        self._contents: dict[str, Content] = {}  # of the files that are being read
        self._waiting: dict[Content, list[Source]] = {}  # files of a content that is being read
        self._again: deque[Source] = deque()

    def missing(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Yield those of `sources` that must be read, and take the others; `read` gets the portions of the former."""
        for source in sources:
            content = content_of(source)
            if content is None:
                yield source
            elif content in self._places:
                self._take(self._spool[self._places[content]].named(source.file))
            elif content in self._waiting:
                self._waiting[content].append(source)
            elif (portion := self._known(content)) is not None:
                self._places[content] = len(self._spool)
                self._take(portion.named(source.file))
            else:
                self._waiting[content] = []
                self._contents[source.file] = content
                yield source

    def left(self) -> list[Source]:
        """Return the files that waited for one whose content turned out to be another; they must be read."""
        left = list(self._again)
        self._again.clear()
        return left

    def read(self, portion: Portion, seconds: float) -> Content | None:
        """Take the portion of a file that was read, for the files of its content too; return what it may be kept as."""
        content = self._contents.pop(portion.file, None)
        at = len(self._spool)
        self._take(portion, seconds)
        if content is None:
            return None
        waiting = self._waiting.pop(content)
        if portion.content != content[0]:  # the file was changed meanwhile
            self._again.extend(waiting)
            return None
        self._places[content] = at
        for source in waiting:
            self._take(portion.named(source.file))
        return content

    def _take(self, portion: Portion, seconds: float | None = None) -> None:
        self._spool.add(portion)
        self._taken(portion, seconds)


def content_of(source: Source) -> Content | None:
    """Return the content of a file, or None where it can't be read."""
    content, _ = fingerprint(source.path)
    return (content, source.path.suffix.lower()) if content else None
