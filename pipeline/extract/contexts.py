"""Whether a find stands where its rule wants it: section, block, neighbours, sentence (`where` of a rule)."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.view import View
from pipeline.rulebook import Context
from pipeline.text.fold import fold
from pipeline.text.tokens import syllables


def unmet(context: Context | None, view: View, start: int, end: int) -> str:
    """Return the key of the first condition that `[start, end)` does not meet, or an empty string."""
    if context is None:
        return ""
    return _place_unmet(context, view, start) or _neighbours_unmet(context, view, start, end)


def in_sections(view: View, at: int, phrases: tuple[str, ...]) -> bool:
    """Tell whether a heading above `at` holds any of `phrases`."""
    sentence = view.sentence_at(at)
    if sentence is None or sentence.section < 0:
        return False
    return holds_any(_headings(view.structure.sections[sentence.section].path), phrases)


@lru_cache(maxsize=256)
def _headings(path: tuple[str, ...]) -> str:
    return fold(" \n ".join(path))


def holds_any(folded: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether `folded` holds any of `phrases`, which are folded here."""
    return any(map(folded.__contains__, folded_all(phrases)))


@lru_cache(maxsize=4096)
def folded_all(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return `phrases` folded; the lists of a rule pack are asked for of every find."""
    return tuple(map(fold, phrases))


def _place_unmet(context: Context, view: View, start: int) -> str:
    role = view.role_at(start) if context.roles or context.not_roles else ""
    if context.roles and role not in context.roles:
        return "role"
    if role and role in context.not_roles:
        return "not_role"
    if context.sections and not in_sections(view, start, context.sections):
        return "section"
    if context.not_sections and in_sections(view, start, context.not_sections):
        return "not_section"
    if context.scopes:
        block = view.document.block_at(start)
        if block is None or block.kind.value not in context.scopes:
            return "scope"
    return ""


def _neighbours_unmet(context: Context, view: View, start: int, end: int) -> str:
    if context.after and not _stands_before(view, start, context.after, context.within):
        return "after"
    if context.not_after and _stands_before(view, start, context.not_after, context.within):
        return "not_after"
    if context.before and not _stands_behind(view, end, context.before, context.within):
        return "before"
    if context.not_before and _stands_behind(view, end, context.not_before, context.within):
        return "not_before"
    if context.sentence or context.without:
        sentence = view.sentence_at(start)
        said = view.folded[sentence.start : max(sentence.end, end)] if sentence else ""
        if context.sentence and not holds_any(said, context.sentence):
            return "sentence"
        if holds_any(said, context.without):
            return "without"
    return ""


def _stands_before(view: View, start: int, phrases: tuple[str, ...], within: int) -> bool:
    """Tell whether any of `phrases` stands before `start`, at most `within` syllables and no mark between."""
    last = view.tokens.at(start)
    for gap in range(within + 1):
        if gap and (last - gap < 0 or not view.tokens.norms[last - gap][0].isalnum()):
            return False
        if any(_says(view, last - gap - len(words), words) for words in map(_words, phrases)):
            return True
    return False


def _stands_behind(view: View, end: int, phrases: tuple[str, ...], within: int) -> bool:
    first, norms = view.tokens.at(end), view.tokens.norms
    for gap in range(within + 1):
        if gap and (first + gap > len(norms) or not norms[first + gap - 1][0].isalnum()):
            return False
        if any(_says(view, first + gap, words) for words in map(_words, phrases)):
            return True
    return False


@lru_cache(maxsize=4096)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in syllables(phrase))


def _says(view: View, at: int, words: tuple[str, ...]) -> bool:
    norms = view.tokens.norms
    if at < 0 or at + len(words) > len(norms):
        return False
    told = norms[at : at + len(words)]
    return all(one == word or (word == "#" and one[0].isdigit()) for one, word in zip(told, words, strict=True))
