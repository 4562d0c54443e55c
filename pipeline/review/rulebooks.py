"""The rule packs that a run chose from, and what their activities are called."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.batch.reports import load_rules
from pipeline.rulebook import Pack


class Rulebooks:
    """The packs of a run, by id; labels are in the language `lang`.

    Where its `rules` are not found, those that are shipped tell how a text is built and what activities are called.
    """

    def __init__(self, rules: Sequence[str] | None, lang: str) -> None:
        self.rules = rules
        packs = load_rules(rules or ())
        self._first = packs[0]
        self._packs = {pack.id: pack for pack in packs}
        self.activities = {
            code: (one.name_en if lang == "en" else one.name_vi) or code
            for pack in packs
            for code, one in sorted(pack.vocabulary.activity_types.items())
        }

    def pack(self, name: str) -> Pack:
        """Return the pack that a report was read with, the first where it is not among them."""
        return self._packs.get(name, self._first)
