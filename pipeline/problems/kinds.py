"""What a problem is made of: its severity and its words in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.model import Problem

Said = Mapping[str, tuple[str, str]]
"""Words by a short English name: in Vietnamese and in English."""


class ProblemKind(Struct, frozen=True):
    """One kind of problem: severity (`error`, `warning`, `notice`) and a message template per language.

    `said` has, for details whose value is the name of a reason, the words of each reason; those are templates too.
    """

    severity: str
    vi: str
    en: str
    said: Mapping[str, Said] = field(default_factory=dict)

    def message(self, problem: Problem, lang: str = "vi") -> str:
        """Return the words for `problem` in `lang`: what is wrong and what to do."""
        detail = dict(problem.detail)
        words = {
            key: told[detail[key]][lang != "vi"].format(**detail)
            for key, told in self.said.items()
            if detail.get(key) in told
        }
        return (self.vi if lang == "vi" else self.en).format(**{**detail, **words})
