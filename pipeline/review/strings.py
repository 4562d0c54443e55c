"""Texts that many decisions have in common, each kept once: columns, units, sentences in which several items stand."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from pipeline.decisions import Cells, Decision, Subject


class Strings:
    """Texts that were met."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def decision(self, decision: Decision) -> Decision:
        """Return a decision, its texts being those that were met before where they are the same."""
        one = decision.subject
        subject = Subject(one.kind, one.id, self._of(one.report_id), self._of(one.file))
        seen, said = self._cells(decision.seen), self._cells(decision.said)
        return replace(decision, subject=subject, reviewer=self._of(decision.reviewer), seen=seen, said=said)

    def _cells(self, cells: Mapping[str, str]) -> Cells:
        return {self._of(name): self._of(cell) for name, cell in cells.items()}

    def _of(self, text: str) -> str:
        return self._known.setdefault(text, text)
