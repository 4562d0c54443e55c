"""What a rule says: its kind, its pattern or phrases, and the examples it must prove."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.rulebook.known import Pattern

KINDS = ("document_number", "date", "count", "activity", "no_item")
"""What a rule may find: the four kinds of item, or a numeral that is named but is no item."""

READS = {
    "document_number": ("number",),
    "date": ("moment", "interval", "open", "list", "first_months", "last_months", "worded"),
    "count": ("number", "range", "part", "pair", "words", "zero"),
    "no_item": ("",),
}
"""How the named parts of a pattern are read, by kind; `rules/README.md` tells what each needs."""

CASES = ("folded", "kept")
"""What a pattern runs on: the folded text, or the text as printed."""
UNITS = (("any", "none"), ("after", "before", "none", "given", "inherited"))
"""Where the unit of a rule's number may stand: of other rules, and of a count's."""
PARTS: dict[str, tuple[str, ...]] = {
    "number": ("n",), "range": ("n", "n2"), "part": ("n", "n2"), "pair": ("n", "n2"), "words": ("n",),
    "document_number": ("number", "rest"), "first_months": ("n",), "last_months": ("n",),
}  # fmt: skip
"""The named parts that a pattern must have for what it reads; a date's moment needs any of `d m y q h`."""
POINT = ("d", "m", "y", "q", "h")
"""The parts of a date: a pattern that reads a moment, an interval or an open one has any of them."""
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
SCOPES = ("paragraph", "list_item", "heading", "cell", "footnote", "letterhead")
"""The kinds of block that a rule or an indicator may be bound to."""
WORD_LISTS = (
    "more_than", "less_than", "about", "at_least", "at_most", "increase", "decrease", "planned", "negation",
    "nominaliser", "light_verb", "product", "equipment", "opens_topic", "opens_advice", "opens_clause", "aspect",
    "acting_body", "carries_out", "ends_object", "verb", "ends_phrase", "keeps_object", "acts", "named_by_deed",
    "measured", "names_nothing", "no_part", "compound", "measure", "appraisal", "acts_on", "opens_limitation",
    "performs", "preposition", "opens_cause",
)  # fmt: skip
"""The word lists of a pack that the extractors look for in the text."""
ASKED_LISTS = (
    "accumulated", "asks_issuer", "calls_people", "compared_with", "each", "ends_issuer", "issues", "issuing_body",
    "levels", "located", "other_topics", "own_period", "part_period", "wholes", "work",
)  # fmt: skip
"""The word lists that single readers ask for; any further list must be put into a pattern as `{name}`."""
TABLE_LISTS = (
    "table_ordinal", "table_code", "table_unit", "table_note", "table_date", "table_total", "table_part",
    "table_summary", "table_ratio", "table_compared", "table_increase", "table_decrease", "table_same_period",
    "table_year_before", "table_period_before", "table_this_period", "table_to_date", "table_about", "table_ratio_to",
    "table_difference",
)  # fmt: skip
"""The word lists that heads and rows of tables are read by."""
GIVEN = {
    "document_number": ("value", "document_type", "issuer"),
    "date": ("value", "role"),
    "count": (
        "value", "value_max", "total", "previous", "unit", "per", "object", "qualifier", "change", "status",
        "activity_type",
    ),
    "activity": ("status",),
}  # fmt: skip
"""The columns that a rule may say itself, by what it finds."""
NUMERIC = ("value", "value_max", "total", "previous")
"""The columns of a count that a rule says as an expression over the numbers of its parts."""
TAKES = ("value", "previous", "total", "change")
"""What an indicator takes of a count: its figure, that of the period before, the whole of a part, or a rise or fall."""
INDICATED = ("done", "planned")
"""The statuses of counts that an indicator may take."""
PERIODS = ("report", "any")
"""Of which period an indicator takes the figures of a table that dates them: of the report's own, or of any."""
COMBINES = ("sum", "stated", "parts", "max", "first", "last")
"""How an indicator makes one figure of several; `parts` adds two or more, and has none where only one is told."""


def is_numeric(kind: str, column: str) -> bool:
    """Tell whether a rule of `kind` says `column` as an expression."""
    return kind == "count" and column in NUMERIC


class Example(Struct, frozen=True):
    """A text and the columns that the rule's item in it must show; `role` is the section it stands in.

    `table` is a table drawn in text that stands below it; one of the two may be empty.
    """

    text: str
    expected: tuple[tuple[str, str], ...]
    role: str
    line: int
    table: str = ""

    @property
    def told(self) -> str:
        """The text and the rows of the table, a line each."""
        return "\n".join(filter(None, (self.text, *map(str.strip, self.table.splitlines()))))


class Context(Struct, frozen=True):
    """Where a find counts: all that is given must hold, each by any of its words.

    `roles` and `sections` are of the section that it stands in (a phrase of any heading above), `scopes` the kinds
    of block. `after` and `before` are phrases that stand before it and behind it with at most `within` syllables
    between and no mark; `sentence` phrases of its sentence. The `not_` and `without_` lists must not be there.
    """

    roles: tuple[str, ...] = ()
    not_roles: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    not_sections: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    within: int = 0
    sentence: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Rule(Struct, frozen=True):
    """What every rule has: an id `pack/name`, words for people, and its proofs.

    `where` is the context that it asks for, `gives` the columns that it says itself, in the order of the file: text
    with `{part}` for a named part, or, of the numbers of a count, an expression over parts. `hook` names a function
    of an installed pack, `package.module:function`; `overrides` the id of the inherited rule that it stands for.
    """

    id: str
    kind: str
    title: str
    why: str
    priority: int
    examples: tuple[Example, ...]
    rejects: tuple[Example, ...]
    path: Path
    line: int
    where: Context | None
    gives: tuple[tuple[str, str], ...]
    hook: str
    overrides: str


class TokenPattern(Struct, frozen=True):
    """A pattern over syllables in the form of spaCy's Matcher, and the named part that each of them belongs to.

    `parts` is as long as `tokens`, with an empty name where a token is in no part.
    """

    tokens: tuple[Mapping[str, Any], ...]
    parts: tuple[str, ...]


class PatternRule(Rule, frozen=True):
    """A rule that finds by patterns with named parts: a regular expression, or token patterns.

    `source` is the expression as the file has it, or what its `phrases` make; `pattern` is None where there are
    `tokens`. `folded` patterns run on the folded text (lower case, one tone placement), others on the text as printed.
    `unit` says where a count's unit stands: `after` or `before` the number, `given` by the part named `unit`,
    `inherited` from the count before it in the sentence, or `none`; a `no_item` rule with `none` gives way where
    a unit follows the number («mức độ 4» but «4 mức»).
    """

    source: str
    phrases: tuple[str, ...]
    pattern: Pattern | None
    tokens: tuple[TokenPattern, ...]
    folded: bool
    reads: str
    unit: str = "any"
    unit_required: bool = False

    def parts(self) -> frozenset[str]:
        """Return the names of the parts that a match of this rule may have."""
        if self.pattern is not None:
            return frozenset(name.partition("__")[0] for name in self.pattern.groupindex)
        return frozenset(part for tokens in self.tokens for part in tokens.parts if part)


class VerbObject(Struct, frozen=True):
    """A verb and what it acts on, at most `within` syllables after it: «lắp dựng … pano»; `#` is any numeral."""

    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    within: int


class ActivityRule(Rule, frozen=True):
    """A rule that finds an activity by phrases, or by verbs with their objects, where they are used as verbs.

    `not_after` and `not_before` are words that, beside the phrase, make it something else. `attributive`
    lets the phrase count when it describes a product («bài viết tuyên truyền …»). `noun` marks phrases that
    are activities as nouns («họp báo»). `units` are the units that a count of this activity has.
    """

    activity: str
    phrases: tuple[str, ...]
    tokens: tuple[TokenPattern, ...]
    verb_objects: tuple[VerbObject, ...]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    attributive: bool
    noun: bool
    units: tuple[str, ...]


class Indicator(Struct, frozen=True):
    """A figure that a rule pack wants of each report: which counts it takes and how it makes one figure of them.

    A count is taken when each of the given conditions holds: its unit, its activity, a phrase in its unit and object
    (`about`), in its sentence, in the head of its table column, in a heading above it, a phrase of `topic` as what it
    is about: the nearest before it, or in the headings, of all topics of the pack. `takes` says which of its figures,
    `status` which statuses (`done`, `planned`; a stated zero is always taken), `period` whether a figure
    that its table dates to another period than the report's is taken too. `means` is its definition for people.
    `not_of` are phrases that must not be in the words that name a total which the count is a part of.
    `otherwise` are further ways to find the figure, each asked where those before it find nothing, or only parts.
    """

    code: str
    label: str
    unit: str
    means: str
    units: tuple[str, ...]
    activities: tuple[str, ...]
    about: tuple[str, ...]
    unless: tuple[str, ...]
    topic: tuple[str, ...]
    not_of: tuple[str, ...]
    sentence: tuple[str, ...]
    sentence_unless: tuple[str, ...]
    column: tuple[str, ...]
    column_unless: tuple[str, ...]
    sections: tuple[str, ...]
    not_sections: tuple[str, ...]
    roles: tuple[str, ...]
    status: tuple[str, ...]
    any_period: bool
    takes: str
    combine: str
    examples: tuple[Example, ...]
    rejects: tuple[Example, ...]
    path: Path
    line: int
    otherwise: tuple[Indicator, ...] = ()
