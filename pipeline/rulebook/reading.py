"""Rules read from the sections of a rule file, each fault with its file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from pipeline.rulebook.columns import read_given, read_hook
from pipeline.rulebook.known import Pattern
from pipeline.rulebook.patterns import compile_pattern, complaint, phrases_pattern
from pipeline.rulebook.rules import (
    CASES,
    KINDS,
    LISTED,
    PARTS,
    POINT,
    READS,
    ROLES,
    SCOPES,
    UNITS,
    ActivityRule,
    Context,
    Example,
    PatternRule,
    Rule,
    TokenPattern,
    VerbObject,
)
from pipeline.rulebook.sketch import SketchError, read_sketch
from pipeline.rulebook.source import Section, maybe, nearest
from pipeline.rulebook.tokens import read_tokens
from pipeline.rulebook.vocabulary import Vocabulary


class Reading(Struct, frozen=True):
    """What a rule is read with: its pack's id and Python package (empty for a folder), fragments and vocabulary."""

    pack: str
    package: str
    fragments: Mapping[str, str]
    vocabulary: Vocabulary


def read_rule(section: Section, reading: Reading) -> Rule:
    """Return the rule that `section` writes; RulesError for a fault, a rule without examples or rejects among them."""
    rule = Rule(
        id=f"{reading.pack}/{section.text('id')}",
        kind=section.choice("finds", KINDS),
        title=section.text("title"),
        why=section.text("why", ""),
        priority=section.number("priority", 0),
        examples=read_examples(section),
        rejects=read_rejects(section),
        path=section.path,
        line=section.line,
        where=_where(section),
        gives=(),
        hook=read_hook(section, reading.package),
        overrides=section.text("overrides", ""),
    )
    if not rule.examples or not rule.rejects:
        raise section.fault("rules.no_examples", rule=rule.id)
    told = _activity(section, rule, reading) if rule.kind == "activity" else _pattern(section, rule, reading)
    section.close()
    return told


def read_examples(section: Section) -> tuple[Example, ...]:
    """Return the examples of a rule or an indicator."""
    return tuple(_example(entry) for entry in section.sections("examples"))


def read_rejects(section: Section) -> tuple[Example, ...]:
    """Return the rejects of a rule or an indicator: texts in which it must find nothing."""
    return tuple(_reject(entry, line) for entry, line in section.entries("rejects"))


def check_units(section: Section, key: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the units at `key`; RulesError for one that the vocabulary does not have."""
    units = section.texts(key)
    for unit, line in zip(units, section.lines_in(key), strict=True):
        if not vocabulary.knows_unit(unit):
            raise section.fault("rules.unknown_unit", line, unit=unit, near=maybe(vocabulary.near_unit(unit)))
    return units


_COLUMN = re.compile(r"[a-z_]+")


def _example(section: Section) -> Example:
    told = _told(section)
    keys = [key for key in section.keys() if key not in ("text", "role", "table")]  # noqa: SIM118
    for key in keys:
        if not _COLUMN.fullmatch(key):  # the rest of a sentence that a comma cut off
            raise section.fault("rules.cut_text", section.line_of(key), text=key)
    expected = tuple((key, section.text(key)) for key in keys)
    section.close()
    return replace(told, expected=expected)


def _reject(entry: str | Section, line: int) -> Example:
    if isinstance(entry, str):
        return Example(entry, (), "", line)
    told = _told(entry)
    entry.close()
    return told


def _told(section: Section) -> Example:
    """Return the text, the table, or both, of an example; RulesError where the table is drawn wrong."""
    table, role = section.text("table", ""), section.choice("role", ROLES, "")
    text = section.text("text", "") if table else section.text("text")
    try:
        if table or section.has("table"):
            read_sketch(table)
    except SketchError as error:
        line = section.line_in_text("table", error.line)
        raise section.fault("rules.bad_drawing", line, **error.detail) from error
    return Example(text, (), role, section.line, table)


def _where(section: Section) -> Context | None:
    where = section.section("where")
    if where is None:
        return None
    context = Context(
        roles=where.choices("role", ROLES),
        not_roles=where.choices("not_role", ROLES),
        sections=where.texts("section"),
        not_sections=where.texts("not_section"),
        scopes=where.choices("scope", SCOPES),
        after=where.texts("after"),
        not_after=where.texts("not_after"),
        before=where.texts("before"),
        not_before=where.texts("not_before"),
        within=where.number("within", 0),
        sentence=where.texts("sentence"),
        without=where.texts("without"),
    )
    where.close()
    return context


def _parts(rule: Rule) -> dict[str, Any]:
    return asdict(rule)


def _pattern(section: Section, rule: Rule, reading: Reading) -> PatternRule:
    units, readings = UNITS[rule.kind == "count"], READS[rule.kind]
    reads = section.choice("reads", readings, readings[0])
    key = _one_of(section, rule, ("pattern", "phrases", "tokens"))
    source, pattern, tokens = _found_by(section, key, reading.fragments)
    told = PatternRule(
        **_parts(rule),
        source=source,
        phrases=section.texts("phrases") if key == "phrases" else (),
        pattern=pattern,
        tokens=tokens,
        folded=key != "pattern" or section.choice("case", CASES, CASES[0]) == CASES[0],
        reads=reads,
        unit=section.choice("unit", units, units[0]),
        unit_required=section.flag("unit_required"),
    )
    missing = _missing_part(rule.kind, reads, told.parts())
    if missing:
        raise section.fault("rules.missing_part", section.line_of(key), rule=rule.id, part=missing)
    return replace(told, gives=read_given(section, rule.kind, told.parts(), reading.vocabulary))


def _found_by(
    section: Section, key: str, fragments: Mapping[str, str]
) -> tuple[str, Pattern | None, tuple[TokenPattern, ...]]:
    if key == "tokens":
        return "", None, read_tokens(section)
    source = section.text("pattern") if key == "pattern" else phrases_pattern(section.texts("phrases"))
    return source, _compiled(source, section, section.line_of(key), fragments), ()


def _one_of(section: Section, rule: Rule, keys: tuple[str, ...]) -> str:
    given = [key for key in keys if section.has(key)]
    if len(given) != 1:
        raise section.fault("rules.one_of", rule=rule.id, keys=", ".join(keys))
    return given[0]


def _missing_part(kind: str, reads: str, given: frozenset[str]) -> str:
    """Return the named part that a pattern lacks for what it reads, or an empty string."""
    any_of, needed = needed_parts(kind, reads)
    if any_of:
        return "" if set(any_of) & given else ", ".join(any_of)
    return next((part for part in needed if part not in given), "")


def needed_parts(kind: str, reads: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the named parts of which a pattern needs any one, and those that it needs all, for what it reads."""
    if kind == "date" and reads in ("moment", "interval", "open"):
        return POINT, ()
    if reads == "list":
        return LISTED, ()
    return (), PARTS.get("document_number" if kind == "document_number" else reads, ())


def _compiled(source: str, section: Section, line: int, fragments: Mapping[str, str]) -> Pattern:
    try:
        return compile_pattern(source, fragments)
    except KeyError as error:
        name = str(error.args[0])
        raise section.fault("rules.unknown_fragment", line, name=name, known=nearest(name, fragments)) from error
    except (re.error, RecursionError) as error:
        raise section.fault("rules.bad_pattern", line, reason=complaint(error)) from error


def _activity(section: Section, rule: Rule, reading: Reading) -> ActivityRule:
    if not any(section.has(key) for key in ("phrases", "tokens", "verb_objects")):
        raise section.fault("rules.one_of", rule=rule.id, keys="phrases, tokens, verb_objects")
    given = read_given(section, rule.kind, frozenset(), reading.vocabulary)
    return ActivityRule(
        **_parts(replace(rule, gives=given)),
        activity=section.choice("activity", tuple(reading.vocabulary.activity_types)),
        phrases=section.texts("phrases"),
        tokens=read_tokens(section),
        verb_objects=tuple(_verb_object(entry) for entry in section.sections("verb_objects")),
        not_after=section.texts("not_after"),
        not_before=section.texts("not_before"),
        attributive=section.flag("attributive"),
        noun=section.flag("noun"),
        units=check_units(section, "units", reading.vocabulary),
    )


def _verb_object(section: Section) -> VerbObject:
    verbs, objects = section.texts("verb", required=True), section.texts("object", required=True)
    pair = VerbObject(verbs, objects, section.number("within", 3))
    section.close()
    return pair
