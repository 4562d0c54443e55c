"""One thing that review teaches a rule: a text, and what the rule is to find in it, or that it is to find nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from pipeline.decisions import State
from pipeline.evaluation.verdicts import Verdict
from pipeline.rulebook import Example, Rule
from pipeline.text.fold import fold

_NUMERAL = re.compile(r"\d+(?:[.,/]\d+)*")


class Lesson(Struct, frozen=True):
    """An example or a reject for `rule`, and what today's rule makes of it.

    `trouble` says why it can't be put into the rule as it is: `narrow` (the sentence holds what the rule is to find as
    well), `columns` (no example can say what was corrected), `home` (the pack that the report was read with passes it,
    but not the one that has the rule). Where `rule` is None there is no rule to give it to: `built_in` (tables are
    read by none), `unknown` (none is called `rule_id` now) or `unclaimed` (none came near an addition).

    `untold` are corrected columns that an example can't show. `found` is what the rule finds instead, `near` are other
    rules that came near. `verdicts` are all of this form; `against` counts what was accepted of a reject's form.
    """

    rule: Rule | None
    rule_id: str
    kind: str
    is_reject: bool
    example: Example
    verdicts: tuple[Verdict, ...]
    untold: tuple[str, ...] = ()
    trouble: str = ""
    passes: bool = False
    found: tuple[Mapping[str, str], ...] = ()
    near: tuple[str, ...] = ()
    against: int = 0

    @property
    def is_optional(self) -> bool:
        """Tell whether it only secures what the rule reads right."""
        return self.verdicts[0].state is State.ACCEPTED


def form_of(text: str) -> str:
    """Return the form of a sentence: its words, folded, each numeral a `#`."""
    return _NUMERAL.sub("#", " ".join(fold(text).split()))
