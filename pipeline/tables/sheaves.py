"""Mentions of a code that agree in date and office, as far as they name them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.references import Wording
from pipeline.text.citations import seat

_NO_FILES: set[int] = set()  # of the many that share none


class Sheaf:
    """Wordings that agree in date and office; an office named with its place says more than one without.

    `first` and `files` count the files of the mentions: where the first one stands, and those shared with other
    sheaves. `size` is the number of mentions, and `is_report` tells that a file of the folder is the document.
    """

    __slots__ = ("date", "files", "first", "is_report", "issuer", "localities", "size", "wordings")

    def __init__(self, wording: Wording, first: int) -> None:
        self.date = wording.date
        self.issuer = wording.issuer
        self.first = first
        self.size = 0
        self.wordings: list[int] = []
        self.files = _NO_FILES
        self.localities: set[str] = set()
        self.is_report = False  # of the folder: two of two days are two documents

    def add(self, number: int, wording: Wording, count: int) -> None:
        """Take in `count` mentions of the wording with this number."""
        self.wordings.append(number)
        self.size += count
        if wording.locality:
            self.localities.add(wording.locality)
        self.is_report |= wording.own
        self.take(wording.issuer)

    def take(self, issuer: str) -> None:
        """Take the office of a mention for that of the document if it says more."""
        if not seat(self.issuer)[1] and (seat(issuer) > seat(self.issuer) or not self.issuer):
            self.issuer = issuer

    def share(self, files: set[int]) -> None:
        """Note that other sheaves have mentions in `files` too."""
        if files:
            self.files = self.files or set()
            self.files |= files

    def absorb(self, other: Sheaf, says: Sequence[Wording]) -> bool:
        """Take all mentions of `other` in, by what each wording `says`; tell whether this changed what is compared."""
        before = self._compared()
        self.wordings += other.wordings
        self.size += other.size
        self.share(other.files)
        self.localities |= other.localities
        self.is_report |= other.is_report
        for wording in other.wordings:
            self.take(says[wording].issuer)
        return before != self._compared()

    def _compared(self) -> tuple[str, int, int, bool]:
        return self.issuer, len(self.files), len(self.localities), self.is_report

    def near(self, other: Sheaf) -> bool:
        """Tell whether one report, or reports of one place, mention both."""
        return not (self.files.isdisjoint(other.files) and self.localities.isdisjoint(other.localities))
