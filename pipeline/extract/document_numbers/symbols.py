"""What symbols of documents are made of: the code of a type, the body that issues, and the types of a pack by code."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from pipeline.rulebook import Pack
from pipeline.text.codes import symbol_of, without_term
from pipeline.text.fold import fold

LAWS = "qh"
"""The code of laws and resolutions alike: `59/2020/QH14`."""

_CODES = re.compile(r"[-/.&]")
_SEPARATORS = re.compile(r"[-/]")
_PARTY = re.compile(r"\d+[A-Za-zđĐ]?-")


def in_party_form(value: str) -> bool:
    """Tell whether a hyphen follows the number, as in papers of the Party and of the Youth Union: `12-BC/TU`."""
    return bool(_PARTY.match(value))


class TypeTable(Struct, frozen=True):
    """The document types of a pack: names by folded code, in Party form and in any other, and codes by folded name."""

    party: dict[str, str]
    other: dict[str, str]
    codes: dict[tuple[str, bool], frozenset[str]]
    variants: frozenset[str]

    def owner(self, code: str, party: bool) -> str:
        """Return the type that a folded code stands for in a symbol of Party form or of any other, or nothing."""
        first, second = (self.party, self.other) if party else (self.other, self.party)
        return first.get(code) or second.get(code, "")

    def fits(self, name: str, code: str, party: bool) -> bool:
        """Tell whether a symbol that begins with `code` may be of the type of this folded name."""
        return code in self.codes.get((name, party), ())


@lru_cache(maxsize=16)
def type_table(pack: Pack) -> TypeTable:
    """Return the types of `pack`, read at its first use; packs are told apart by identity."""
    party: dict[str, str] = {}
    other: dict[str, str] = {}
    codes: dict[tuple[str, bool], set[str]] = {}
    variants: set[str] = set()
    for entry in pack.vocabulary.document_types:
        code, name = fold(entry.code), fold(entry.name)
        (party if entry.system == "party" else other).setdefault(code, entry.name)
        variants.update([code] if entry.system == "variant" else [])
        for form in (True, False):
            if not (entry.system == "party" and not form and code == LAWS):  # «Luật Quy hoạch số 21/2017/QH14»
                codes.setdefault((name, form), set()).add(code)
    for names in (party, other):
        names.pop("", None)
    return TypeTable(party, other, {key: frozenset(held) for key, held in codes.items()}, frozenset(variants))


def type_code(value: str, table: TypeTable) -> str:
    """Return the folded part of a symbol that names the type, where it does, else its first part: `qđ` of `qđst-ds`."""
    first, pair = _codes(_symbol(value))
    return pair if pair in table.other else first


@lru_cache(maxsize=1024)
def _symbol(value: str) -> str:
    """Return the symbol of a document number, folded: each is asked for several times, and lists repeat them."""
    return fold(symbol_of(value))


@lru_cache(maxsize=1024)
def _codes(symbol: str) -> tuple[str, str]:
    """Return the first part of a folded symbol without its term, and its first two parts: `qđst`, `qđst-ds`."""
    parts = _CODES.split(symbol)
    return without_term(parts[0]), "-".join(parts[:2])


def bodies_of(value: str, table: TypeTable) -> list[str]:
    """Return the folded parts of a symbol behind its type code, the issuing body's first: `ubnd`, `vx` of UBND-VX."""
    symbol = _symbol(value)
    parts = [part for part in _SEPARATORS.split(symbol) if part]
    if in_party_form(value) and "/" in symbol:
        first, *behind = symbol.split("/")
        return [part for half in behind for part in half.split("-")] if table.owner(first, True) else parts
    typed = len(parts) > 1 and bool(table.owner(without_term(parts[0]), party=False))
    return parts[1:] if typed else parts
