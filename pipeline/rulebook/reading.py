"""Rules and indicators read from the sections of a rule file, each fault with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from pipeline.rulebook.patterns import compile_pattern
from pipeline.rulebook.rules import (
    KINDS,
    LISTED,
    PARTS,
    READS,
    ROLES,
    UNITS,
    ActivityRule,
    Example,
    Indicator,
    PatternRule,
    Rule,
    VerbObject,
)
from pipeline.rulebook.source import Section
from pipeline.rulebook.vocabulary import Vocabulary


def read_rule(section: Section, pack_id: str, fragments: Mapping[str, str], vocabulary: Vocabulary) -> Rule:
    """Return the rule that `section` writes; RulesError for a fault, a rule without examples or rejects among them."""
    rule = Rule(
        id=f"{pack_id}/{section.text('id')}",
        kind=section.choice("finds", KINDS),
        title=section.text("title"),
        why=section.text("why", ""),
        priority=section.number("priority", 0),
        examples=tuple(_example(entry) for entry in section.sections("examples")),
        rejects=tuple(Example(text, (), "", section.line_of("rejects")) for text in section.texts("rejects")),
        path=section.path,
        line=section.line,
    )
    if not rule.examples or not rule.rejects:
        raise section.fault("rules.no_examples", rule=rule.id)
    told = _activity(section, rule, vocabulary) if rule.kind == "activity" else _pattern(section, rule, fragments)
    section.close()
    return told


def read_indicators(file: Section, vocabulary: Vocabulary) -> Iterator[Indicator]:
    """Yield the indicators of a rule file; RulesError for an activity that the vocabulary does not have."""
    for section in file.sections("indicators"):
        for code in section.texts("activities"):
            _known_activity(section, code, vocabulary)
        yield Indicator(
            code=section.text("code"),
            label=section.text("label"),
            unit=section.text("unit", ""),
            units=section.texts("units"),
            activities=section.texts("activities"),
            about=section.texts("about"),
            sentence=section.texts("sentence"),
            unless=section.texts("unless"),
            combine=section.choice("combine", ("sum", "max", "first"), "sum"),
        )
        section.close()


def _known_activity(section: Section, code: str, vocabulary: Vocabulary) -> None:
    if code not in vocabulary.activity_types:
        known = ", ".join(vocabulary.activity_types)
        line = section.line_of("activities")
        raise section.fault("rules.unknown_value", line, key="activities", value=code, known=known)


def _example(section: Section) -> Example:
    text, role = section.text("text"), section.choice("role", ROLES, "")
    expected = tuple((key, section.text(key)) for key in section.keys() if key not in ("text", "role"))  # noqa: SIM118
    section.close()
    return Example(text, expected, role, section.line)


def _parts(rule: Rule) -> dict[str, Any]:
    return {part.name: getattr(rule, part.name) for part in fields(rule)}


def _pattern(section: Section, rule: Rule, fragments: Mapping[str, str]) -> PatternRule:
    units, readings = UNITS[rule.kind == "count"], READS[rule.kind]
    reads = section.choice("reads", readings, readings[0])
    pattern = _compiled(section, fragments)
    missing = _missing_part(rule.kind, reads, pattern)
    if missing:
        raise section.fault("rules.missing_part", section.line_of("pattern"), rule=rule.id, part=missing)
    return PatternRule(
        **_parts(rule),
        pattern=pattern,
        folded=section.choice("case", ("folded", "kept"), "folded") == "folded",
        reads=reads,
        unit=section.choice("unit", units, units[0]),
        unit_required=section.flag("unit_required"),
    )


def _missing_part(kind: str, reads: str, pattern: re.Pattern[str]) -> str:
    """Return the named part that a pattern lacks for what it reads, or an empty string."""
    given = pattern.groupindex
    if kind == "date" and reads in ("moment", "interval", "open"):
        return "" if set("dmyqh") & set(given) else "d, m, y"
    if reads == "list":
        return "" if set(LISTED) & set(given) else ", ".join(LISTED)
    needed = PARTS.get("document_number" if kind == "document_number" else reads, ())
    return next((part for part in needed if part not in given), "")


def _compiled(section: Section, fragments: Mapping[str, str]) -> re.Pattern[str]:
    source, line = section.text("pattern"), section.line_of("pattern")
    try:
        return compile_pattern(source, fragments)
    except KeyError as error:
        raise section.fault("rules.bad_pattern", line, reason=f"không có mảnh mẫu {error}") from error
    except (re.error, RecursionError) as error:
        raise section.fault("rules.bad_pattern", line, reason=str(error)) from error


def _activity(section: Section, rule: Rule, vocabulary: Vocabulary) -> ActivityRule:
    return ActivityRule(
        **_parts(rule),
        activity=section.choice("activity", tuple(vocabulary.activity_types)),
        phrases=section.texts("phrases"),
        verb_objects=tuple(_verb_object(entry) for entry in section.sections("verb_objects")),
        not_after=section.texts("not_after"),
        not_before=section.texts("not_before"),
        attributive=section.flag("attributive"),
        noun=section.flag("noun"),
        units=section.texts("units"),
    )


def _verb_object(section: Section) -> VerbObject:
    verbs, objects = section.texts("verb", required=True), section.texts("object", required=True)
    pair = VerbObject(verbs, objects, section.number("within", 3))
    section.close()
    return pair
