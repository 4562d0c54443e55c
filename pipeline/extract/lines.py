"""Where in a text a pattern has to be tried: at words and signs that it can begin with, or in lines with its words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, zip_longest

from pipeline.rulebook.known import Pattern
from pipeline.rulebook.literals import Needs, Words
from pipeline.rulebook.openings import LENGTH, Openings, signs
from pipeline.text.tokens import fold_all

Span = tuple[int, int]


class Lines:
    """The lines of one text, and which of them hold what.

    `words` tells where each run of letters starts, where that is known; anything else in it does no harm.
    """

    def __init__(self, text: str, words: Mapping[str, list[int]] | None = None) -> None:
        self.text = text
        self._words = _places_of_words(text) if words is None else words
        self._present: dict[Words, bool] = {}

    def matches(
        self, pattern: Pattern, beyond: Callable[[re.Match[str]], int] = re.Match.end
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern` but for empty ones, in text order; the next begins `beyond` the one before."""
        text, at = self.text, 0
        told = pattern.openings
        if told is None:
            for start, end in self.to_search(pattern):
                search = pattern.compiled.search
                while (found := search(text, max(at, start), end + 2)) and found.start() <= end:
                    if found.end() > found.start():
                        yield found
                    at = max(beyond(found), found.start() + 1)
            return
        for place in self._begins(pattern, told):
            if place >= at and (found := pattern.compiled.match(text, place)) and found.end() > place:
                yield found
                at = max(beyond(found), place + 1)

    def to_search(self, pattern: Pattern) -> list[Span]:
        """Return the stretches of the text that hold every match of `pattern`: lines, all of the text, or nothing.

        A stretch ends where a line end stands. Two characters from there on must be seen by `pattern`: it may look at
        the line end, and `$` holds before the last one of what is seen.
        """
        needed = pattern.needs
        if not self._has(needed):
            return []
        if not needed.in_line:
            return [(0, len(self.text))]
        held: Sequence[int] = range(len(self._lines))
        for words in needed.words:
            held = self._holding(words, held)
        return self._spans_of(held)

    def _has(self, needed: Needs) -> bool:
        """Tell whether the text has what a pattern needs, wherever it stands."""
        for words in needed.words:
            if words not in self._present:
                self._present[words] = any(map(self.text.__contains__, words))
            if not self._present[words]:
                return False
        return True

    def _holding(self, words: Words, among: Iterable[int]) -> list[int]:
        """Return those of the lines `among` that hold any of `words`."""
        lines = self._lines
        if len(words) == 1:
            (word,) = words
            return [at for at in among if word in lines[at]]
        return [at for at in among if any(map(lines[at].__contains__, words))]

    def _spans_of(self, lines: Iterable[int]) -> list[Span]:
        """Return the spans of `lines`, those of neighbours as one."""
        borders, spans, beyond = self._borders, list[Span](), -1
        for line in lines:
            start = spans.pop()[0] if line == beyond else borders[line]
            spans.append((start, borders[line + 1] - 1))
            beyond = line + 1
        return spans

    @cached_property
    def _lines(self) -> list[str]:
        """The lines with their ends, which the last has here too."""
        return [f"{line}\n" for line in self.text.split("\n")]

    @cached_property
    def _borders(self) -> list[int]:
        """Where each line starts, and where one behind the last would."""
        return list(accumulate(map(len, self._lines), initial=0))

    def _begins(self, pattern: Pattern, told: Openings) -> list[int]:
        """Return where `pattern` may match, in text order; of few places no more is asked, if it is compiled."""
        few = _FEW if pattern.is_compiled else 0
        if len(told.beginnings) > few and not self._has(pattern.needs):
            return []
        words, numerals, places = self._words, self._numerals, list[int]()
        for before in told.behind:
            places += self._behind[before]
        if places and pattern.needs.in_line:
            places.sort()
            spans = self.to_search(pattern)
            places = [p for start, end in spans for p in places[bisect_left(places, start) : bisect_right(places, end)]]
        for word in told.words & words.keys():
            places += words[word]
        for beginning in told.beginnings:
            places += self._beginnings[beginning]
        for numeral in told.numerals & numerals.keys():
            places += numerals[numeral]
        for mark in told.marks:
            places += self._marks[mark]
        if len(places) > few and not self._has(pattern.needs):
            return []
        places.sort()
        return places

    @cached_property
    def _marks(self) -> _Marks:
        return _Marks(self.text)

    @cached_property
    def _behind(self) -> _Marks:
        return _Marks(self.text, behind=True)

    @cached_property
    def _beginnings(self) -> _Beginnings:
        return _Beginnings(self._words)

    @cached_property
    def _numerals(self) -> Mapping[str, list[int]]:
        """Where numerals stand, by all that their signs and those of what stands behind them begin with."""
        pieces = _NUMERAL.split(self.text)  # what stands before each numeral, the numeral, and so on to the end
        places = list(accumulate(map(len, pieces)))[:-1:2]
        between = [signs(piece) if "  " in piece else piece for piece in pieces[2::2]]
        found = defaultdict[str, list[int]](list)
        for place, behind, further in zip_longest(places, between, between[1:]):
            told = f"0{behind[:LENGTH]}" if further is None else f"0{behind[:LENGTH]}0{further[:LENGTH]}"
            found[told[:LENGTH]].append(place)
        begun = defaultdict[str, list[int]](list)
        for told, at in found.items():
            for end in range(1, len(told) + 1):
                begun[told[:end]] += at
        return begun


class _Beginnings(dict[str, list[int]]):
    """Where words stand in a text, by what they begin with: looked for when asked for."""

    def __init__(self, places: Mapping[str, list[int]]) -> None:
        super().__init__()
        self._places = places
        self._words = defaultdict[str, list[str]](list)
        for word in places:
            self._words[word[:1]].append(word)

    def __missing__(self, beginning: str) -> list[int]:
        known = self[beginning] = []
        for word in self._words.get(beginning[:1], ()):
            if word.startswith(beginning):
                known += self._places[word]
        return known


class _Marks(dict[str, list[int]]):
    """Where marks stand in a text, or where they end, with the text's start for none: looked for when asked for."""

    def __init__(self, text: str, *, behind: bool = False) -> None:
        super().__init__({"": [0]})
        self._text, self._behind = text, behind

    def __missing__(self, mark: str) -> list[int]:
        found = re.finditer(re.escape(mark), self._text)
        places = self[mark] = [one.end() if self._behind else one.start() for one in found]
        return places


def _places_of_words(text: str) -> dict[str, list[int]]:
    found = defaultdict[str, list[int]](list)
    for word in _WORD.finditer(text):
        found[word[0]].append(word.start())
    return dict(found)


def folded_places(text: str, words: Mapping[str, list[int]]) -> Mapping[str, list[int]] | None:
    """Return where the words of `text` folded start, from where those of `text` do; None where they tell not.

    A word folds alike wherever it stands, but for one whose last letter is a sigma.
    """
    if "Σ" in text:
        return None
    found: dict[str, list[int]] = {}
    for word, folded in zip(words, fold_all(list(words)), strict=True):
        found[folded] = [*found[folded], *words[word]] if folded in found else words[word]
    return found


_FEW = 8
"""Places at which a pattern is sooner tried than asked what it needs, if it needn't be compiled for that."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"(\d+)")
