"""What the review page calls rows, states and problems; `pipeline.tables.labels` has what all else is called."""

from __future__ import annotations

import re

from pipeline.decisions import STATES
from pipeline.problems import CATALOGUE
from pipeline.tables.labels import column_labels, field_labels, in_language, value_labels

_PARTICULAR = re.compile(r"[«“]?\{\w+\}[»”]?")
_SENTENCE = re.compile(r"[.;] |\.$")
_BESIDE = {"problem": ("Vấn đề", "Problem"), "letterhead": ("Đầu văn bản", "Letterhead")}
_CHOSEN = ("status", "qualifier", "change", "role")


def labels(lang: str) -> dict[str, str]:
    """Return every label in `lang`, by group and name: `kind.count`, `state.accepted`, `column.unit`."""
    groups = {
        "kind": kind_labels(lang),
        "state": in_language(STATES, lang),
        **{column: value_labels(column, lang) for column in _CHOSEN},
        "column": column_labels(lang),
        "field": field_labels(lang),
        "problem": problem_labels(lang),
    }
    return {f"{group}.{name}": text for group, words in groups.items() for name, text in words.items()}


def kind_labels(lang: str) -> dict[str, str]:
    """Return what the kinds of rows are called."""
    return {**value_labels("kind", lang), **in_language(_BESIDE, lang)}


def problem_labels(lang: str) -> dict[str, str]:
    """Return what the problems are called, by code: the first sentence of their message without particulars."""
    told = {code: kind.en if lang == "en" else kind.vi for code, kind in CATALOGUE.items()}
    return {code: _SENTENCE.split(_PARTICULAR.sub("…", text), maxsplit=1)[0] for code, text in told.items()}
