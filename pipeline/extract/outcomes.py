"""What the examples of a rule or an indicator really give, for people to read."""

from __future__ import annotations

from msgspec import Struct

from pipeline.extract import Extraction, extract
from pipeline.extract.prove import columns_of, indicated, passage
from pipeline.model import Item
from pipeline.rulebook import Example, Indicator, Pack, Rule

_UNSHOWN = ("start", "end", "sentence", "rule", "part_of", "date_start", "date_end")
_USUAL = {"status": "done"}


class Outcome(Struct, frozen=True):
    """An example and the filled columns of what was found in it, none where nothing was found.

    Columns with their usual value are left out. Of a rule that finds no item it is the `text` that it takes.
    """

    example: Example
    columns: tuple[tuple[str, str], ...]


def outcomes(told: Rule | Indicator, pack: Pack) -> tuple[Outcome, ...]:
    """Return what `pack` makes of each example of a rule or an indicator of its own or inherited."""
    return tuple(Outcome(example, tuple(_columns(told, example, pack).items())) for example in told.examples)


def _columns(told: Rule | Indicator, example: Example, pack: Pack) -> dict[str, str]:
    extraction = extract(passage(example.text, example.role, example.table), pack)
    if not isinstance(told, Indicator):
        return _found(told, example, extraction)
    value = indicated(told, extraction)
    return {"value": value} if value else {}


def _found(rule: Rule, example: Example, extraction: Extraction) -> dict[str, str]:
    expected = dict(example.expected)
    code = expected.pop("problem", "")
    problem = {"problem": code} if code in {p.code for p in extraction.problems} and code else {}
    items = [item for item in extraction.items if item.rule == rule.id]
    if not items:
        text = extraction.structure.document.text
        taken = [text[claim.start : claim.end] for claim in extraction.claims if claim.rule == rule.id]
        return {"text": taken[0], **problem} if taken else problem
    fitting = (item for item in items if expected.items() <= columns_of(item).items())
    return {**filled(next(fitting, items[0])), **problem}


def filled(item: Item) -> dict[str, str]:
    """Return the columns of an item that people look at: those with a value, but for its place and usual values."""
    defaults = item.__struct_defaults__
    usual = dict(zip(item.__struct_fields__[-len(defaults) :], map(str, defaults), strict=True)) | _USUAL
    return {
        column: value
        for column, value in columns_of(item).items()
        if value and column not in _UNSHOWN and value != usual.get(column)
    }
