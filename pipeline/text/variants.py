"""Among many codes of one number, those that are a slip apart, found without comparing each two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import combinations

from pipeline.text.citations import Code, is_variant, strokeless

_Parts = tuple[str, ...]
_DROPPED = 2  # letters that a slip may leave out


def variants(codes: Iterable[Code], known: Container[str] = ()) -> set[tuple[Code, Code]]:
    """Return the pairs of `codes`, in whichever order `is_variant` holds for them."""
    by_parts: defaultdict[_Parts, list[Code]] = defaultdict(list)
    alike: defaultdict[tuple[object, ...], list[Code]] = defaultdict(list)
    for code in dict.fromkeys(codes):
        by_parts[code.parts].append(code)
        alike[strokeless(code)].append(code)
        for form in _with_any_letter(code.parts):
            alike[form].append(code)
    pairs = {pair for same in alike.values() for pair in combinations(same, 2)}
    for parts, longer in by_parts.items():
        for form in _shorter(parts):
            pairs.update((one, other) for one in longer for other in by_parts.get(form, ()))
    both = (pair for one, other in pairs for pair in ((one, other), (other, one)))
    return {(one, other) for one, other in both if is_variant(one, other, known)}


def _with_any_letter(parts: _Parts) -> Iterator[tuple[object, ...]]:
    """Yield what codes share of which one letter in one part differs."""
    for at, part in enumerate(parts):
        for letter in range(len(part)):
            yield at, letter, *parts[:at], part[:letter] + part[letter + 1 :], *parts[at + 1 :]


def _shorter(parts: _Parts) -> Iterator[_Parts]:
    """Yield the parts of codes without the last part, or without a letter or two in one part."""
    yield parts[:-1]
    for at, part in enumerate(parts):
        for count in range(1, _DROPPED + 1):
            for kept in combinations(part, len(part) - count) if len(part) > count else ():
                yield *parts[:at], "".join(kept), *parts[at + 1 :]
