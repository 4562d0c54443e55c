"""A rule pack proves its own examples: each must give the item it promises, each reject must give none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from pipeline.extract import Extraction, extract
from pipeline.extract.drawing import Drawing
from pipeline.model import Block, BlockKind, Count, DateMention, Document, Item
from pipeline.rulebook import Example, Indicator, Pack, Rule
from pipeline.rulebook.lookup import own_indicators, own_rules
from pipeline.rulebook.rules import NUMERIC
from pipeline.rulebook.source import nearest
from pipeline.text.clean import clean
from pipeline.text.numerals import canonical

_COLUMNS = {"first_day": "date_start", "last_day": "date_end"}
_HEADINGS = {
    "": "Kết quả thực hiện",
    "result": "Kết quả thực hiện",
    "assessment": "Đánh giá chung",
    "limitation": "Hạn chế, tồn tại",
    "plan": "Phương hướng, nhiệm vụ",
    "proposal": "Kiến nghị, đề xuất",
}


class Failure(Struct, frozen=True):
    """An example that a rule does not prove: where it stands, its text, what it wants, and what was found instead.

    `reason` is a name in `problems.reasons.EXAMPLE`; `wanted` and `found` are written as in a rule file. `winner` is
    the id of the rule that took it where the rule found it and another was first.
    """

    rule: str
    path: Path
    line: int
    text: str
    reason: str
    wanted: str = ""
    found: str = ""
    is_reject: bool = False
    winner: str = ""

    @property
    def place(self) -> str:
        """The file and line of the example."""
        return f"{self.path}:{self.line}"


def prove(pack: Pack, inherited: bool = True) -> Iterator[Failure]:
    """Yield every example of `pack` that its rule or indicator fails, and every reject that it finds something in.

    All are read with the whole pack. Without `inherited` only those that the pack writes itself are proven.
    """
    yield from prove_rules(pack, inherited)
    yield from prove_indicators(pack, inherited)


def prove_rules(pack: Pack, inherited: bool = True) -> Iterator[Failure]:
    """Yield what `prove` finds of rules."""
    for rule in pack.rules() if inherited else own_rules(pack):
        for example in rule.examples:
            extraction = _extraction(example, pack)
            fault = _example_fault(rule, example, extraction)
            if fault:
                winner = _winner(rule, extraction)
                yield Failure(rule.id, rule.path, example.line, example.told, *fault, winner=winner)
        for reject in rule.rejects:
            found = _made_by(rule, _extraction(reject, pack))
            if found:
                told = "», «".join(found)
                yield Failure(rule.id, rule.path, reject.line, reject.told, "taken", found=told, is_reject=True)


def prove_indicators(pack: Pack, inherited: bool = True) -> Iterator[Failure]:
    """Yield what `prove` finds of indicators."""
    for indicator in pack.indicators if inherited else own_indicators(pack):
        code, path = indicator.code, indicator.path
        for example in indicator.examples:
            value = indicated(indicator, _extraction(example, pack))
            wanted = dict(example.expected).get("value", "")
            if value != wanted:
                told = (_written({"value": wanted}), _written({"value": value}))
                yield Failure(code, path, example.line, example.told, _value_fault(wanted, value), *told)
        for reject in indicator.rejects:
            value = indicated(indicator, _extraction(reject, pack))
            if value:
                told = ("", _written({"value": value}))
                yield Failure(code, path, reject.line, reject.told, "value", *told, is_reject=True)


def _value_fault(wanted: str, value: str) -> str:
    """Return the name of the reason why an indicator's `value` is not the one `wanted`; either may be empty."""
    if not wanted:
        return "unasked"
    if not value:
        return "no_value"
    return "comma" if wanted.replace(",", ".") == value else "columns"


def indicated(indicator: Indicator, extraction: Extraction) -> str:
    """Return the value of an indicator as the tables write it, empty where the text states none."""
    found = next(v for v in extraction.indicators if v.code == indicator.code)
    return canonical(found.value) if found.value is not None else ""


def _winner(rule: Rule, extraction: Extraction) -> str:
    """Return the id of the rule that took what `rule` found, where it found something and lost all of it."""
    lost = [loss.winner.rule for loss in extraction.lost if loss.claim.rule == rule.id]
    return lost[0] if lost and not _made_by(rule, extraction) else ""


def passage(text: str, role: str = "", table: str = "") -> Document:
    """Return `text` as the one paragraph of a section of the given role, as rules see it in a report.

    The table that `table` draws stands below it, or alone where there is no text.
    """
    drawing = Drawing()
    drawing.add(Block(BlockKind.HEADING, 0, 0, 3, level=1, bold=True), f"I. {_HEADINGS[role].upper()}")
    if text or not table:
        drawing.add(Block(BlockKind.PARAGRAPH, 0, 0), clean(text))
    if table:
        drawing.add_table(clean(table))
    return drawing.document()


def _extraction(example: Example, pack: Pack) -> Extraction:
    return extract(passage(example.text, example.role, example.table), pack)


def _made_by(rule: Rule, extraction: Extraction) -> list[str]:
    text = extraction.structure.document.text
    return [text[c.start : c.end] for c in extraction.claims if c.rule == rule.id] + [
        text[i.start : i.end] for i in extraction.items if i.rule == rule.id and rule.kind == "activity"
    ]


def columns_of(item: Item) -> dict[str, str]:
    """Return the columns that an item fills, as the table writes them."""
    columns: dict[str, str] = {}
    for name, value in asdict(item).items():
        if isinstance(item, Count) and name in NUMERIC:
            value = canonical(value) if value is not None else ""
        columns[_COLUMNS.get(name, name) if isinstance(item, DateMention) else name] = str(value)
    return columns


def _example_fault(rule: Rule, example: Example, extraction: Extraction) -> tuple[str, str, str] | None:
    """Return why an example fails, with what it wants and what was found, or None."""
    expected = dict(example.expected)
    if not _made_by(rule, extraction):
        return "nothing", "", ""
    code = expected.pop("problem", None)
    if code:
        return None if code in {p.code for p in extraction.problems} else ("problem", code, "")
    if not expected:
        return None
    made = [columns_of(item) for item in extraction.items if item.rule == rule.id]
    if any(all(columns.get(key) == value for key, value in expected.items()) for columns in made):
        return None
    known = dict.fromkeys(key for columns in made for key in columns)
    unknown = next((key for key in expected if key not in known), "") if made else ""
    if unknown:
        return "no_column", unknown, nearest(unknown, known).partition(",")[0]
    found = dict.fromkeys(_written({key: columns[key] for key in expected if key in columns}) for columns in made)
    return "columns" if made else "no_item", _written(expected), " | ".join(found)


_PLAIN = re.compile(r"[^\W\d_][\w/.% -]*")


def _written(columns: Mapping[str, str]) -> str:
    """Return columns as an example gives them: `value: '35', unit: hộ`."""
    return ", ".join(f"{key}: {_scalar(value)}" for key, value in columns.items())


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
