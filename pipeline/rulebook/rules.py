"""What a rule says: its kind, its pattern or phrases, and the examples it must prove."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

KINDS = ("document_number", "date", "count", "activity", "no_item")
"""What a rule may find: the four kinds of item, or a numeral that is named but is no item."""

READS = {
    "document_number": ("number",),
    "date": ("moment", "interval", "open", "list", "first_months", "last_months", "worded"),
    "count": ("number", "range", "part", "pair", "words", "zero"),
    "no_item": ("",),
}
"""How the named parts of a pattern are read, by kind; `rules/README.md` tells what each needs."""

UNITS = (("any", "none"), ("after", "before", "none", "given", "inherited"))
"""Where the unit of a rule's number may stand: of other rules, and of a count's."""
PARTS: dict[str, tuple[str, ...]] = {
    "number": ("n",), "range": ("n", "n2"), "part": ("n", "n2"), "pair": ("n", "n2"), "words": ("n",),
    "document_number": ("number", "rest"), "first_months": ("n",), "last_months": ("n",),
}  # fmt: skip
"""The named parts that a pattern must have for what it reads; a date's moment needs any of `d m y q h`."""
LISTED = ("dates", "days", "months", "quarters", "years")
"""The parts that hold the numerals of a list of dates, each an item; a pattern that reads a list has one of them."""
STRUCTURE_LISTS = (
    "weak_phrases", "bodies", "partial_bodies", "partial_ends", "mottos", "marks", "copy_codes", "openings",
    "addresses", "recipients", "authorities", "titles", "preparers", "ranks", "signed", "captions", "appendices",
    "placeholders", "abbreviations", "lettered", "leading_words", "topics", "actions",
)  # fmt: skip
"""The word lists that the letterhead, headings and signature are recognised by."""
ROLES = ("result", "assessment", "limitation", "plan", "proposal")
"""The roles that a section of a report may have."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the columns that the rule's item in it must show; `role` is the section it stands in."""

    text: str
    expected: tuple[tuple[str, str], ...]
    role: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule has: an id `pack/name`, words for people, and its proofs."""

    id: str
    kind: str
    title: str
    why: str
    priority: int
    examples: tuple[Example, ...]
    rejects: tuple[Example, ...]
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class PatternRule(Rule):
    """A rule that finds by a compiled pattern with named parts.

    `folded` patterns run on the folded text (lower case, one tone placement), others on the text as printed.
    `unit` says where a count's unit stands: `after` or `before` the number, `given` by the part named `unit`,
    `inherited` from the count before it in the sentence, or `none`; a `no_item` rule with `none` gives way where
    a unit follows the number («mức độ 4» but «4 mức»).
    """

    pattern: re.Pattern[str]
    folded: bool
    reads: str
    unit: str = "any"
    unit_required: bool = False


@dataclass(frozen=True, slots=True)
class VerbObject:
    """A verb and what it acts on, at most `within` syllables after it: «lắp dựng … pano»; `#` is any numeral."""

    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    within: int


@dataclass(frozen=True, slots=True)
class ActivityRule(Rule):
    """A rule that finds an activity by phrases, or by verbs with their objects, where they are used as verbs.

    `not_after` and `not_before` are words that, beside the phrase, make it something else. `attributive`
    lets the phrase count when it describes a product («bài viết tuyên truyền …»). `noun` marks phrases that
    are activities as nouns («họp báo»). `units` are the units that a count of this activity has.
    """

    activity: str
    phrases: tuple[str, ...]
    verb_objects: tuple[VerbObject, ...]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    attributive: bool
    noun: bool
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that a rule pack wants of each report: which counts it takes and how it combines them.

    A count is taken when each of the given conditions holds: its unit, its activity, a phrase in its object,
    a phrase in its sentence. `combine` is `sum`, `max` or `first`.
    """

    code: str
    label: str
    unit: str
    units: tuple[str, ...]
    activities: tuple[str, ...]
    about: tuple[str, ...]
    sentence: tuple[str, ...]
    unless: tuple[str, ...]
    combine: str
