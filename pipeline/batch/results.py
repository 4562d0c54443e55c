"""The results of earlier runs, as a run asks for them by the content of a file, and what it keeps for the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pipeline.batch.intake import Content
from pipeline.cache import DocumentCache, ResultKey, result_key
from pipeline.rulebook import Pack
from pipeline.tables.portion import Portion


class Results:
    """The results that the `cache`, if there is one, has by `packs` in `lang`; at the end it is brought to its size."""

    def __init__(self, cache: DocumentCache | None, packs: Sequence[Pack], lang: str) -> None:
        self._cache, self._packs, self._lang = cache, tuple(packs), lang

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._cache is not None:
            self._cache.prune()
            self._cache.close()

    def known(self, content: Content) -> Portion | None:
        """Return the portion of a file of `content`, under no name, or None where it has to be read."""
        return None if self._cache is None else self._cache.result(self._key(content))

    def keep(self, content: Content | None, portion: Portion) -> None:
        """Keep what was read of a file of `content`, if that would be read the same another time."""
        if self._cache is not None and content is not None:
            self._cache.keep(self._key(content), portion)

    def _key(self, content: Content) -> ResultKey | None:
        return result_key(*content, self._packs, self._lang)
