"""Columns that a rule says itself: `gives`, as text or as an expression over its parts, and the hook for the rest."""

from __future__ import annotations

import re

from pipeline.rulebook.expressions import names_of
from pipeline.rulebook.rules import GIVEN, is_numeric
from pipeline.rulebook.source import Section
from pipeline.rulebook.vocabulary import Vocabulary

CHOICES = {
    "qualifier": ("exact", "more_than", "less_than", "about", "at_least", "at_most"),
    "change": ("increase", "decrease"),
    "status": ("done", "planned", "none"),
    "role": ("text", "document"),
}
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
HOOK = re.compile(r"([A-Za-z_][\w.]*):([A-Za-z_]\w*)")


def read_given(
    section: Section, kind: str, parts: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[str, str], ...]:
    """Return the columns at `gives`; RulesError for a column that the kind has not, or a part that no match has."""
    given = section.section("gives")
    if given is None:
        return ()
    allowed = GIVEN.get(kind, ())
    given.only(allowed)
    for column in given.keys():  # noqa: SIM118
        text = given.text(column)
        if is_numeric(kind, column):
            _check_expression(given, column, text, parts)
        elif column in CHOICES:
            given.choice(column, CHOICES[column])
        elif column == "activity_type":
            given.choice(column, tuple(vocabulary.activity_types))
        else:
            _check_template(given, column, text, parts)
    return tuple((column, given.text(column)) for column in given.keys())  # noqa: SIM118


def _check_expression(section: Section, column: str, text: str, parts: frozenset[str]) -> None:
    try:
        unknown = sorted(names_of(text) - parts)
        reason = ", ".join(unknown)
    except ValueError as error:
        reason = str(error)
    if reason:
        known = ", ".join(sorted(parts))
        line = section.line_of(column)
        raise section.fault("rules.bad_expression", line, expression=text, reason=reason, known=known)


def _check_template(section: Section, column: str, text: str, parts: frozenset[str]) -> None:
    for name in PLACEHOLDER.findall(text):
        if name not in parts:
            known = ", ".join(sorted(parts))
            raise section.fault("rules.unknown_value", section.line_of(column), key=column, value=name, known=known)


def read_hook(section: Section, package: str) -> str:
    """Return the function at `hook`, which must be of the installed package that the pack comes with."""
    hook = section.text("hook", "")
    if not hook:
        return ""
    found, line = HOOK.fullmatch(hook), section.line_of("hook")
    if not found:
        raise section.fault("rules.hook_refused", line, hook=hook, reason="form")
    if not package:
        raise section.fault("rules.hook_refused", line, hook=hook, reason="folder")
    if found[1] != package and not found[1].startswith(f"{package}."):
        raise section.fault("rules.hook_refused", line, hook=hook, reason="elsewhere", package=package)
    return hook
