"""Patterns as analysts write them, compiled: named fragments put in, a space for any run of spaces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.rulebook.known import Pattern, pattern_of
from pipeline.text.fold import fold

FRAGMENT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
"""A fragment or word list that a pattern puts in: `{name}`."""


def alternatives(phrases: Sequence[str]) -> str:
    """Return a pattern for any of `phrases` in folded form, the longest first, whole words only."""
    return _alternatives(tuple(phrases))  # packs share most lists


@lru_cache(maxsize=1024)
def _alternatives(phrases: tuple[str, ...]) -> str:
    ordered = sorted({fold(p) for p in phrases}, key=lambda p: (-len(p), p))
    return r"(?<!\w)(?:" + "|".join(re.escape(p).replace(r"\ ", " ") for p in ordered) + r")(?!\w)"


_NUMBER = r"(?P<n>\d+(?:[.,]\d+)*)(?![.,]?\d)"


def phrases_pattern(phrases: Sequence[str]) -> str:
    """Return a pattern for any of `phrases`, the longest first, with `#` in one as its part `n`, a number.

    What it takes as its own (`at`) goes from the number to the phrase's end, or is the whole phrase without one.
    """
    ordered = sorted({fold(p.strip()) for p in phrases}, key=lambda p: (-len(p), p))
    return r"(?<![\w.,])(?:" + "|".join(_with_number(phrase) for phrase in ordered) + r")(?!\w)"


def _with_number(phrase: str) -> str:
    before, mark, after = phrase.partition("#")
    told = re.escape(before).replace(r"\ ", " "), re.escape(after).replace(r"\ ", " ")
    return f"{told[0]}(?P<at>{_NUMBER}{told[1]})" if mark else f"(?P<at>{told[0]})"


def insertable(words: Mapping[str, Sequence[str]], fragments: Mapping[str, str]) -> dict[str, str]:
    """Return what a pattern may put in by `{name}`: word lists as alternatives, and fragments, which win."""
    return {**{name: alternatives(phrases) for name, phrases in words.items() if phrases}, **fragments}


def expand(pattern: str, fragments: Mapping[str, str], depth: int = 0) -> str:
    """Return `pattern` with each `{name}` replaced by its fragment.

    Raises `KeyError` with the name of an unknown fragment, `RecursionError` for fragments in a circle.
    """
    if depth > 20:
        raise RecursionError("fragments in a circle")

    def put(found: re.Match[str]) -> str:
        return "(?:" + expand(fragments[found[1]], fragments, depth + 1) + ")"

    return FRAGMENT.sub(put, pattern)


def spaced(pattern: str) -> str:
    r"""Return `pattern` with literal spaces and `\s` standing for spaces of any width, and line ends dropped.

    Matches never cross a line, because line ends of the text are paragraph ends.
    """
    return _SPACED.sub(_with_spaces, re.sub(r"\n *", "", pattern))


_SPACED = re.compile(
    r"(?P<class>\[(?:\\.?|[^\]\\])*\]?)|\\s(?P<counted>(?=[?*+{]))?|\\.?|[ ](?:(?P<loose>[?*])|\+)?", re.DOTALL
)
_SPACE_IN_CLASS = re.compile(r"\\(?:(?P<space>s)|.?)", re.DOTALL)


def _with_spaces(found: re.Match[str]) -> str:
    if found["class"]:
        return _SPACE_IN_CLASS.sub(lambda inside: " " if inside["space"] else inside[0], found[0])
    if found[0] == r"\s":
        return "[ ]+" if found["counted"] is None else "[ ]"
    if found[0][0] == " ":
        return "[ ]*" if found["loose"] else "[ ]+"
    return found[0]


_PART = re.compile(r"\(\?P<(\w+)>")


def numbered(pattern: str) -> str:
    """Return `pattern` with the second part of a name called `name__2`, the third `name__3`, and so on.

    Analysts may name alternatives alike; `re` itself allows each name once.
    """
    seen: dict[str, int] = {}

    def rename(found: re.Match[str]) -> str:
        count = seen[found[1]] = seen.get(found[1], 0) + 1
        return found[0] if count == 1 else f"(?P<{found[1]}__{count}>"

    return _PART.sub(rename, pattern)


_LOOK_BEHIND = re.compile(r"\(\?<([=!])((?:[^()\\]|\\.)*)\)")


def _split_outside_classes(text: str) -> list[str]:
    return re.findall(r"(?:\[[^\]]*\]|\\.|[^|\[\\])+", text)


def _single_spaces(text: str) -> str:
    """Return `text` with its literal spaces, those outside classes, for one space each."""
    return re.sub(r"(\[[^\]]*\])|[ ]", lambda found: found[1] or "[ ]", text)


def looked_behind(pattern: str) -> str:
    """Return `pattern` with look-behinds of several widths split into one each, and single spaces in them.

    `re` wants a fixed width; «not after any of these words» has many.
    """

    def split(found: re.Match[str]) -> str:
        parts = [f"(?<{found[1]}{_single_spaces(part)})" for part in _split_outside_classes(found[2])]
        return "".join(parts) if found[1] == "!" else "(?:" + "|".join(parts) + ")"

    return _LOOK_BEHIND.sub(split, pattern)


def complaint(error: re.error | RecursionError) -> str:
    """Return why a pattern does not compile, in the words of `re` without what they quote.

    Their position is left out: it is one of the compiled pattern, which nobody wrote.
    """
    told = error.msg if isinstance(error, re.error) else str(error)
    kind = re.match(r"[a-z ,)>-]+", told)
    return kind[0].strip() if kind else told


def compile_pattern(pattern: str, fragments: Mapping[str, str]) -> Pattern:
    """Return the form of an analyst's `pattern` that texts are searched with.

    Raises `re.error` where it is no valid expression, `KeyError` for a fragment that nobody defines.
    """
    return pattern_of(numbered(spaced(looked_behind(expand(pattern, fragments)))))
