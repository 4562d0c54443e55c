"""What a rule says of its finds itself: the columns of `gives`, and those of the hook of an installed pack."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.matching import Candidate
from pipeline.extract.view import View
from pipeline.model import Activity, Count, DateMention, DocumentNumber, Problem
from pipeline.rulebook import Rule
from pipeline.rulebook.columns import PLACEHOLDER
from pipeline.rulebook.expressions import names_of, value_of
from pipeline.rulebook.rules import GIVEN, is_numeric
from pipeline.text.numerals import read_steps

_Item = TypeVar("_Item", DocumentNumber, DateMention, Count, Activity)


class Found(Struct, frozen=True):
    """What a hook is shown: the rule's id, the words found, their sentence, the named parts, the columns so far."""

    rule: str
    text: str
    sentence: str
    parts: Mapping[str, str]
    columns: Mapping[str, str]


Hook = Callable[[Found], Mapping[str, str] | None]
"""Returns the columns to change, or None where the find is none."""


class HookFailed(Exception):
    """A hook raised an error or gave columns that its kind has not; `problem` tells which rule."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def given(item: _Item, candidate: Candidate, view: View, scale: Decimal = Decimal(1)) -> _Item | None:
    """Return `item` with the columns that its rule says itself, or None where the rule's hook refuses it.

    Numbers of a count are expressions over the numbers of its parts, times `scale`; one that can't be computed is
    not a number (NaN). Raises HookFailed.
    """
    rule = candidate.rule
    if rule.gives:
        changes: dict[str, object] = {}
        for column, text in rule.gives:
            is_number = is_numeric(rule.kind, column)
            changes[column] = _computed(text, candidate, scale) if is_number else _filled(text, candidate)
        item = replace(item, **changes)
    if not rule.hook:
        return item
    return hooked(item, rule, view, {name: candidate.part(name) or "" for name in candidate.parts})


def _filled(template: str, candidate: Candidate) -> str:
    """Return `template` with the words of parts in place of their names; a part that did not match is left out."""
    text = PLACEHOLDER.sub(lambda found: candidate.part(found[1]) or "", template)
    return " ".join(text.split())


def _computed(expression: str, candidate: Candidate, scale: Decimal) -> Decimal:
    numbers: dict[str, Decimal] = {}
    for name in names_of(expression):
        read = read_steps((candidate.part(name) or "").strip())
        if read is None:
            return Decimal("NaN")
        numbers[name] = read
    value = value_of(expression, numbers)
    return Decimal("NaN") if value is None else value * scale


def hooked(item: _Item, rule: Rule, view: View, parts: Mapping[str, str]) -> _Item | None:
    """Return `item` as the hook of its rule has it; without a hook as it is."""
    if not rule.hook:
        return item
    text = view.text[item.start : item.end]
    columns = {name: str(getattr(item, name) or "") for name in GIVEN[rule.kind]}
    try:
        told = _function(rule.hook)(Found(rule.id, text, view.text[slice(*item.sentence)], dict(parts), columns))
        return None if told is None else replace(item, **_typed(rule, told))
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        detail = (("rule", rule.id), ("reason", reason), ("text", text))
        raise HookFailed(Problem("rules.hook_failed", detail, item.start, item.end)) from error


@lru_cache(maxsize=64)
def _function(hook: str) -> Hook:
    module, _, name = hook.partition(":")
    function: Hook = getattr(importlib.import_module(module), name)
    return function


def _typed(rule: Rule, told: Mapping[str, str]) -> dict[str, object]:
    unknown = set(told) - set(GIVEN[rule.kind])
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} ?")
    return {name: _number(text) if is_numeric(rule.kind, name) else str(text) for name, text in told.items()}


def _number(text: str) -> Decimal | None:
    if text == "":
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
