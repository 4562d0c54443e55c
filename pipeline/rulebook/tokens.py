"""Token patterns as rule files write them, turned into what spaCy's Matcher takes.

A token pattern is a list: a text stands for its syllables (`#` for any numeral), a mapping for one syllable by the
attributes of spaCy's Matcher, with `PART` naming the part that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.rulebook.patterns import complaint
from pipeline.rulebook.rules import TokenPattern
from pipeline.rulebook.source import Section
from pipeline.text.fold import fold
from pipeline.text.tokens import FLAGS, TEXTS, syllables

OPERATORS = re.compile(r"[!?+*]|\{\d{1,2}\}|\{\d{1,2},\d{1,2}\}")
PART_NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_tokens(section: Section) -> tuple[TokenPattern, ...]:
    """Return the token patterns at `tokens`; RulesError for what spaCy's Matcher would not take."""
    return tuple(_pattern(entries) for entries in section.lists("tokens"))


def _pattern(entries: list[str | Section]) -> TokenPattern:
    tokens: list[Mapping[str, Any]] = []
    parts: list[str] = []
    for entry in entries:
        read = _words(entry) if isinstance(entry, str) else [_token(entry)]
        for token, part in read:
            tokens.append(token)
            parts.append(part)
    return TokenPattern(tuple(tokens), tuple(parts))


def _words(text: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for syllable in syllables(text):
        yield {"NORM": _norm(syllable)}, ""


def _norm(syllable: str) -> str:
    return "#" if syllable[:1].isdigit() else fold(syllable)


def _token(section: Section) -> tuple[Mapping[str, Any], str]:
    token: dict[str, Any] = {}
    for key in section.keys():  # noqa: SIM118
        if key in TEXTS:
            token[key] = _text(section, key)
        elif key in FLAGS:
            token[key] = section.flag(key)
        elif key == "OP":
            token[key] = _matching(section, key, OPERATORS, "! ? + * {2} {0,3}")
    part = _matching(section, "PART", PART_NAME, "n, unit, label …") if section.has("PART") else ""
    section.close()
    return token, part


def _text(section: Section, key: str) -> Any:
    if not section.is_mapping(key):
        text = section.text(key)
        return _norm(text) if key == "NORM" else text
    compared = section.section(key)
    assert compared is not None
    told: dict[str, Any] = {}
    for name in compared.keys():  # noqa: SIM118
        if name in ("IN", "NOT_IN"):
            words = compared.texts(name)
            told[name] = [_norm(word) for word in words] if key == "NORM" else list(words)
        elif name == "REGEX":
            told[name] = _compilable(compared)
    compared.close()
    return told


def _compilable(section: Section) -> str:
    source = section.text("REGEX")
    try:
        re.compile(source)
    except re.error as error:
        raise section.fault("rules.bad_pattern", section.line_of("REGEX"), reason=complaint(error)) from error
    return source


def _matching(section: Section, key: str, form: re.Pattern[str], known: str) -> str:
    value = section.text(key)
    if not form.fullmatch(value):
        raise section.fault("rules.unknown_value", section.line_of(key), key=key, value=value, known=known)
    return value
