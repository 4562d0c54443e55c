"""The type of a cited document: from the words before its number, the list it stands in, else its symbol."""

from __future__ import annotations

import re

from msgspec import Struct

from pipeline.extract.document_numbers.lists import goes_on, listed
from pipeline.extract.document_numbers.symbols import LAWS, TypeTable, in_party_form, type_code, type_table
from pipeline.extract.view import View
from pipeline.extract.vocabulary import DOCUMENT_TYPE, phrases_of
from pipeline.model import DocumentNumber
from pipeline.text.codes import crossed, symbol_of
from pipeline.text.fold import fold

_ENDS_CLAUSE = "\n\t.;"
_CLAUSE = 160  # characters before a number in which its type may be named
_NUMBER_WORD = re.compile(r"số(?: hiệu| ký hiệu)?[ ]*:?[ ]*$")
_ABBREVIATION = re.compile(r"(?<!\w)[A-ZĐ][A-Za-zđĐ]{1,4}(?=[ ]?[ :(]?$)")
_BESIDE = re.compile(
    r"[ ,:(“\"]*(?:của [^,;.()\d]{2,70}?)?[ ,:(]*"
    r"(?:ngày (?:\d{1,2} tháng \d{1,2} năm \d{4}|[\d/.\- ]+)(?:của [^,;.()\d]{2,70}?)?)?[ ,:(]*"
)


class Typed(Struct, frozen=True):
    """What type a number has, and its value: the code is put right where the printed type says which it is.

    `printed` tells whether the type stands in words, before this number or before the list it goes on.
    """

    name: str
    value: str
    printed: bool = False


def type_of(start: int, value: str, view: View, before: DocumentNumber | None, before_printed: bool) -> Typed:
    """Return the type of the document whose number `value` begins at `start`; `before` is the number before it.

    The words win («Quyết định số …»), then the type of a list that fits the symbol, then the symbol. A Party
    `QĐ` without words may be a decision or a regulation, and `QH14` a law or a resolution: no type.
    """
    table, party = type_table(view.pack), in_party_form(value)
    code = type_code(value, table)
    named = _named_type(start, code, party, view, table)
    if named:
        return Typed(named, _put_right(value, code, named, table, party), True)
    carried = before.document_type if before else ""
    if before is not None and carried and _carries(before, carried, start, value, code, party, view, table):
        right = _put_right(value, code, carried, table, party) if before_printed else value
        return Typed(carried, right, before_printed)
    if code == LAWS or (party and code == "qđ"):
        return Typed("", value)
    return Typed(_type_of_symbol(value, code, party, view, table), value)


def _carries(
    before: DocumentNumber,
    carried: str,
    start: int,
    value: str,
    code: str,
    party: bool,
    view: View,
    table: TypeTable,
) -> bool:
    """Tell whether the type of the number before holds for this one: they are listed, and its symbol allows it."""
    alike = type_code(before.value, table) == code or crossed(type_code(before.value, table)) == code
    if not listed(before.end, start, view) and not (alike and goes_on(before, start, view)):
        return False
    if table.fits(fold(carried), code, party) or (alike and table.fits(fold(carried), crossed(code), party)):
        return True
    if table.owner(code, party):
        return False
    return alike or view.pack.vocabulary.agency(code) is None


def _type_of_symbol(value: str, code: str, party: bool, view: View, table: TypeTable) -> str:
    parts = fold(symbol_of(value)).split("-")
    if len(parts) > 1 and "-".join(parts[:2]) in view.pack.vocabulary.agencies:  # «1234/CT-TTHT» is a tax office's
        return "Công văn"
    owner = table.owner(code, party)
    if owner:
        return owner
    stem = max((c for c in ("qđ", "hđ", "bb", "tb", "kl") if code.startswith(c) and len(code) > 3), key=len, default="")
    if stem and view.pack.vocabulary.agency(code) is None:  # «QĐXPHC», «HĐKT», «BBLV»
        return table.owner(stem, party)
    legal = re.match(r"\d+[/-](?:19|20)\d\d/", value)
    return "Công văn" if not legal and view.pack.vocabulary.agency(code) is not None else ""


def _put_right(value: str, code: str, name: str, table: TypeTable, party: bool) -> str:
    """Return `value` with HĐ for HD and the like where the printed type owns that code and not the printed one."""
    other = crossed(code)
    owned = table.fits(fold(name), code, party) and code not in table.variants
    if owned or not table.fits(fold(name), other, party) or other in table.variants or other == code:
        return value
    at = fold(value).find(code)
    printed = value[at : at + len(code)]
    return value[:at] + printed.translate(str.maketrans("dđDĐ", "đdĐD")) + value[at + len(code) :]


def _named_type(start: int, code: str, party: bool, view: View, table: TypeTable) -> str:
    """Return the type whose name stands before `start`: the one that owns the symbol's code, else the nearest."""
    low = _clause_start(view.folded, max(0, start - _CLAUSE), start)
    number = _NUMBER_WORD.search(view.folded, low, start)
    edge = number.start() if number else start
    names = view.phrases_in(DOCUMENT_TYPE, low, edge)
    names = [n for n in names if not any(o is not n and o.start <= n.start and n.end <= o.end for o in names)]
    canonical = phrases_of(view.pack).document_types
    beside = bool(names) and bool(_BESIDE.fullmatch(view.folded, names[-1].end, edge))
    reaching = [n for n in names if not re.search(r"\d", view.folded[n.end : edge])]
    fitting = [n for n in reaching or names[-1:] if table.fits(n.words, code, party)]
    if fitting and (number or beside):
        return canonical[fitting[-1].words]
    return canonical[names[-1].words] if beside else _abbreviated(low, edge, code, party, view, table)


def _clause_start(text: str, low: int, end: int) -> int:
    """Return where the clause that ends at `end`, or before a line end there, begins in `text[low:end]`."""
    stop = end - 1 if low < end and text[end - 1] == "\n" else end
    return max(low, *(text.rfind(mark, low, stop) + 1 for mark in _ENDS_CLAUSE))


def _abbreviated(low: int, edge: int, code: str, party: bool, view: View, table: TypeTable) -> str:
    """Return the type whose code stands for its name right before the number: «CV số 1070/TCT», «NĐ 30/2020/NĐ-CP»."""
    short = _ABBREVIATION.search(view.text, max(low, edge - 8), edge)
    name = table.owner(fold(short[0]), party) if short and fold(short[0]) != LAWS else ""
    fits = name and (table.fits(fold(name), code, party) or not table.owner(code, party))
    return name if fits else ""
