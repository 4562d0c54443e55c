"""Indicators read from the sections of a rule file, each fault with its file and line."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from pipeline.rulebook.reading import check_units, read_examples, read_rejects
from pipeline.rulebook.rules import COMBINES, INDICATED, PERIODS, ROLES, TAKES, Indicator
from pipeline.rulebook.source import Section
from pipeline.rulebook.vocabulary import Vocabulary


def read_indicator(section: Section, vocabulary: Vocabulary) -> Indicator:
    """Return the indicator that `section` writes; RulesError for an activity or unit that the vocabulary has not."""
    indicator = Indicator(
        code=section.text("code"),
        label=section.text("label"),
        unit=section.text("unit", ""),
        means=section.text("means", ""),
        **_conditions(section, vocabulary),
        combine=section.choice("combine", COMBINES, COMBINES[0]),
        examples=read_examples(section),
        rejects=read_rejects(section),
        path=section.path,
        line=section.line,
    )
    ways = tuple(_way(way, vocabulary, indicator) for way in section.sections("otherwise"))
    section.close()
    if not indicator.examples or not indicator.rejects:
        raise section.fault("rules.no_examples", rule=indicator.code)
    return replace(indicator, otherwise=ways)


def _way(section: Section, vocabulary: Vocabulary, indicator: Indicator) -> Indicator:
    """Return a further way to find the figure of `indicator`: own conditions; units and sum as above if not told."""
    combine = section.choice("combine", COMBINES, indicator.combine)
    way = replace(indicator, **_conditions(section, vocabulary), combine=combine)
    section.close()
    return way if way.units else replace(way, units=indicator.units)


def _conditions(section: Section, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "units": check_units(section, "units", vocabulary),
        "activities": section.choices("activities", tuple(vocabulary.activity_types)),
        "about": section.texts("about"),
        "unless": section.texts("unless"),
        "topic": section.texts("topic"),
        "not_of": section.texts("not_of"),
        "sentence": section.texts("sentence"),
        "sentence_unless": section.texts("sentence_unless"),
        "column": section.texts("column"),
        "column_unless": section.texts("column_unless"),
        "sections": section.texts("section"),
        "not_sections": section.texts("not_section"),
        "roles": section.choices("role", ROLES),
        "status": section.choices("status", INDICATED) or ("done",),
        "any_period": section.choice("period", PERIODS, PERIODS[0]) == "any",
        "takes": section.choice("takes", TAKES, TAKES[0]),
    }
