"""What a report tells, without where: its items, fields, indicators and problems as they are compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pipeline.extract import extract
from pipeline.extract.prove import columns_of
from pipeline.model import Document, IndicatorValue, Item, ReportFields
from pipeline.parsers import parse
from pipeline.rulebook import candidate_packs

_OF_THE_PLACE = ("start", "end", "sentence", "rule", "part_of")


class Told(NamedTuple):
    """What was read of a report, spaces and line ends in its words aside."""

    items: list[tuple[str, ...]]
    fields: ReportFields
    indicators: list[tuple[Any, ...]]
    problems: list[str]


def told_of(path: Path, data: bytes, folder: Path) -> Told:
    """Return what is told of `data` as a file of the name of `path`, put into `folder`."""
    made = folder / path.name
    made.write_bytes(data)
    return told(parse(made))


def told(document: Document) -> Told:
    """Return what `document` tells."""
    extraction = extract(document, *candidate_packs(()))
    indicators = [_figure(value, extraction.items, document.text) for value in extraction.indicators]
    problems = sorted(problem.code for problem in extraction.problems)
    return Told([said(item, document.text) for item in extraction.items], extraction.fields, indicators, problems)


def said(item: Item, text: str) -> tuple[str, ...]:
    """Return kind, words and columns of `item`, and the words of the total that it is part of."""
    columns = {name: value for name, value in columns_of(item).items() if name not in _OF_THE_PLACE}
    whole = getattr(item, "part_of", None)
    words = (_words(text, item.start, item.end), _words(text, *whole) if whole else "")
    return (type(item).__name__, *words, *(" ".join(value.split()) for value in columns.values()))


def _figure(value: IndicatorValue, items: tuple[Item, ...], text: str) -> tuple[Any, ...]:
    words = tuple(_words(text, items[at].start, items[at].end) for at in value.items)
    return value.code, value.value, value.qualifier, value.status, words


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
