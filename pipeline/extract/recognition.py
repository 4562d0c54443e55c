"""Which rule pack a report is read with: the one that knows it, by its subject, its issuer or a heading."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.extract.contexts import holds_any
from pipeline.extract.structure import Structure
from pipeline.model import Problem
from pipeline.rulebook import Pack
from pipeline.text.fold import fold


class Claimant(Struct, frozen=True):
    """A pack that claims a report, and the phrase that it knows it by."""

    pack: Pack
    phrase: str


class Choice(Struct, frozen=True):
    """The pack that a report is read with, and where several claim it with equal right, all that do."""

    pack: Pack
    rivals: tuple[Claimant, ...] = ()

    def problems(self) -> tuple[Problem, ...]:
        """Return the problem that several packs claim the report, or nothing."""
        if not self.rivals:
            return ()
        packs = ", ".join(rival.pack.id for rival in self.rivals)
        words = "», «".join(dict.fromkeys(rival.phrase for rival in self.rivals))
        return (Problem("pack.ambiguous", (("packs", packs), ("words", words), ("used", self.pack.id))),)


def choose(structure: Structure, packs: Sequence[Pack]) -> Choice:
    """Return which of `packs` a report is read with; the first is for reports that no other claims.

    The subject decides before the issuer, the issuer before headings. Of packs that claim it by the same, one that
    builds on all others wins; else none does, and the first is taken.
    """
    if len(packs) == 1:
        return Choice(packs[0])
    fields = structure.fields
    told = [
        ("subject", fold(fields.subject)),
        ("issuer", fold(f"{fields.parent_issuer} \n {fields.issuer}")),
        ("headings", fold(" \n ".join(section.heading for section in structure.sections))),
    ]
    everything = " \n ".join(text for _, text in told[:2])
    for where, text in told:
        claims = [found for pack in packs if (found := _claim(pack, where, text, everything))]
        if claims:
            return _decide(packs[0], claims)
    return Choice(packs[0])


def _claim(pack: Pack, where: str, text: str, everything: str) -> Claimant | None:
    if holds_any(everything, pack.recognise.unless):
        return None
    phrases: tuple[str, ...] = getattr(pack.recognise, where)
    return next((Claimant(pack, phrase) for phrase in phrases if holds_any(text, (phrase,))), None)


def _decide(first: Pack, claims: list[Claimant]) -> Choice:
    for claim in claims:
        if all(other is claim or other.pack.id in claim.pack.lineage for other in claims):
            return Choice(claim.pack)
    return Choice(first, tuple(claims))
