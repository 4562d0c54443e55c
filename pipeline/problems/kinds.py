"""What a problem is made of: its severity and its words in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Problem


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem: severity (`error`, `warning`, `notice`) and a message template per language."""

    severity: str
    vi: str
    en: str

    def message(self, problem: Problem, lang: str = "vi") -> str:
        """Return the words for `problem` in `lang`: what is wrong and what to do."""
        return (self.vi if lang == "vi" else self.en).format(**dict(problem.detail))
