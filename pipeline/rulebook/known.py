"""Patterns, and what is known of each before it is tried: its parts, what a text must hold, what a match begins with.

Of the shipped rules that is worked out beforehand: `known.json` has it (`python -m pipeline.rulebook.publish`). So
their patterns are compiled when they are first tried, which in a short text most never are. A pattern that is not
there is compiled at once, and a file that is missing or damaged is one that has none.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.rulebook.literals import Needs, needs
from pipeline.rulebook.openings import Openings, openings

KNOWN = Path(__file__).with_name("known.json")
"""What is known of the patterns of the shipped rules, by the digest of each."""

_PLAIN = re.UNICODE
"""The flags of patterns that are worked out beforehand."""


class Known(Struct, frozen=True):
    """What is known of one pattern: the numbers of its named parts, what a text must hold, what a match begins with."""

    parts: Mapping[str, int]
    needs: Needs
    openings: Openings | None


class Pattern:
    """A regular expression that is asked as one of `re` is, and what is told from it alone.

    It is compiled at once, and `re.error` tells what is wrong with it, unless it is `known`: then when it is first
    tried. Two are equal that are written alike.
    """

    def __init__(self, pattern: str, known: Known | None = None) -> None:
        self.pattern = pattern
        self._known = known
        self.flags = _PLAIN if known is not None else self.compiled.flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as `re` has it."""
        return re.compile(self.pattern)

    @property
    def is_compiled(self) -> bool:
        """Whether trying it costs no more than the search."""
        return "compiled" in self.__dict__

    @property
    def groupindex(self) -> Mapping[str, int]:
        """The numbers of the named parts."""
        return self._known.parts if self._known is not None else self.compiled.groupindex

    @cached_property
    def needs(self) -> Needs:
        """What a text must hold for a match to be in it."""
        return self._known.needs if self._known is not None else needs(self.pattern, self.flags)

    @cached_property
    def openings(self) -> Openings | None:
        """What a match begins with, as far as the pattern tells."""
        return self._known.openings if self._known is not None else openings(self.pattern, self.flags)

    def prepare(self) -> None:
        """Work out all of it now, which else is done when it is first asked for."""
        self.compiled, self.needs, self.openings  # noqa: B018

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in `text`, as `re` does."""
        return self.compiled.search(text, start, end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in `text`, as `re` does."""
        return self.compiled.finditer(text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self.pattern == other.pattern

    def __hash__(self) -> int:
        return hash(self.pattern)

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r})"


@lru_cache(maxsize=4096)
def pattern_of(written: str) -> Pattern:
    """Return the pattern that is `written` as `re` takes it; `re.error` where it is none."""
    told = _published().get(_digest(written))
    return Pattern(written, _from_plain(told))


def published(patterns: Iterable[Pattern]) -> str:
    """Return what `known.json` says of `patterns`, but for those with flags of their own; a line each."""
    plain = {_digest(one.pattern): _to_plain(one.compiled) for one in patterns if one.compiled.flags == _PLAIN}
    lines = [f"{json.dumps(key)}: {json.dumps(plain[key], ensure_ascii=False)}" for key in sorted(plain)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _digest(written: str) -> str:
    return hashlib.blake2b(written.encode(errors="surrogatepass"), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _published() -> Mapping[str, Any]:
    try:
        told = json.loads(KNOWN.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _to_plain(pattern: re.Pattern[str]) -> list[Any]:
    needed, told = needs(pattern.pattern, pattern.flags), openings(pattern.pattern, pattern.flags)
    begun = told and [sorted(of) for of in (told.words, told.beginnings, told.numerals, told.marks, told.behind)]
    return [dict(pattern.groupindex), [sorted(words) for words in needed.words], needed.in_line, begun]


def _from_plain(plain: Any) -> Known | None:
    try:
        parts, words, in_line, begun = plain
        told = begun and Openings(*map(frozenset, begun))
        return Known(parts, Needs(tuple(map(frozenset, words)), in_line), told)
    except (TypeError, ValueError):
        return None
