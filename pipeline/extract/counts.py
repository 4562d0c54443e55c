"""Counts in running text: the number, its unit and object, and what the words around it make of it."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.claims import BUILT_IN, Claim, Claims
from pipeline.extract.labels import read_label
from pipeline.extract.matching import Candidate, candidates
from pipeline.extract.objects import read_object, read_rate
from pipeline.extract.units import MEASURES, UnitReading, as_printed, read_scale, read_unit
from pipeline.extract.view import Phrase, View
from pipeline.extract.vocabulary import CHANGES, QUALIFIERS, UNIT, phrases_of
from pipeline.model import Count, Problem
from pipeline.text.numerals import SCALES, read_figure, read_words


@dataclass(frozen=True, slots=True)
class Amount:
    """The number or numbers of one candidate, before unit and scale."""

    value: Decimal
    second: Decimal | None = None


class Unreadable(Exception):
    """A numeral whose separators allow no sure reading."""


def find_counts(view: View, claims: Claims) -> tuple[list[Count], list[Problem]]:
    """Return the counts of running text in text order, and the problems of numerals that can't be read."""
    rules = [r for r in view.pack.patterns if r.kind == "count"]
    found: list[Count] = []
    problems: list[Problem] = []
    for candidate in candidates(rules, view):
        try:
            count = _read(candidate, view, claims, found)
        except Unreadable:
            if claims.take(_claim(candidate, candidate.start, candidate.end, "no_item")):
                text = view.text[candidate.start : candidate.end]
                problems.append(Problem("number.unreadable", (("text", text),), candidate.start, candidate.end))
            continue
        if count is not None and claims.take(_claim(candidate, count.start, count.end, "count")):
            insort(found, count, key=_start)
    return found, problems


def _start(count: Count) -> int:
    return count.start


def _claim(candidate: Candidate, start: int, end: int, kind: str) -> Claim:
    return Claim(start, end, kind, candidate.rule.id, candidate.rule.title)


_NAME = re.compile(r"[^\W\d_a-zđ]\w*(?:[ ][^\W\d_a-zđ]\w*)+")  # «Hai Bà Trưng», «Ba Bể»


def _figure(text: str | None) -> Decimal:
    value = read_figure((text or "").strip())
    if value is None:
        raise Unreadable(text)
    return value


def _amount(candidate: Candidate, view: View) -> Amount | None:
    """Return the numbers of `candidate` as its rule reads them, or None where the words say no number."""
    reads = candidate.rule.reads
    if reads == "zero":
        return Amount(Decimal(0))
    if reads == "words":
        words = (candidate.part("n") or "").split()
        read = None if _NAME.match(view.text, candidate.start) else read_words(words)
        return Amount(read[0]) if read and read[1] == len(words) else None
    second = candidate.part("n2")
    return Amount(_figure(candidate.part("n")), _figure(second) if second else None)


def _read(candidate: Candidate, view: View, claims: Claims, found: list[Count]) -> Count | None:
    if claims.owner(candidate.start, candidate.end):
        claims.take(_claim(candidate, candidate.start, candidate.end, "count"))
        return None
    if view.quoted(candidate.start) or _is_name(candidate, view):
        claims.take(
            Claim(candidate.start, candidate.end, "no_item", f"{BUILT_IN}/ngoac_kep", "Số trong tên gọi, tiêu đề")
        )
        return None
    amount = _amount(candidate, view)
    inherits = candidate.rule.unit == "inherited"
    unit = _unit_inherited(candidate, found) if inherits else _unit(candidate, view)
    if amount is None or unit is None:
        return None
    if candidate.rule.reads == "zero" and unit.kind in MEASURES:
        return None
    start, qualifier, change = _before(candidate.start, view)
    owner = claims.owner(start, candidate.start) if start < candidate.start else None
    start = max(start, owner.end) if owner else start
    end = max(unit.end, candidate.end)
    half = _HALF_MORE.match(view.folded, end)
    end = half.end() if half else end
    after = _AFTER.match(view.folded, end)
    if after and qualifier == "exact":
        qualifier, end = ("at_least" if after[1] == "lên" else "at_most"), after.end()
    return _count(candidate, view, amount, unit, (start, end), qualifier, change)


_AFTER = re.compile(r"[ ]trở (lên|xuống)(?!\w)")


_TITLED = re.compile(r"[^\W\d_]+[ ][^\W\d_]+")


def _is_name(candidate: Candidate, view: View) -> bool:
    """Tell a name that a number word begins, both written with a capital: «xã Ba Bể», «phường Hai Bà Trưng»."""
    if candidate.rule.reads != "words" or candidate.start == 0 or view.text[candidate.start - 1] != " ":
        return False
    found = _TITLED.match(view.text, candidate.start)
    return found is not None and found[0].istitle()


def _count(
    candidate: Candidate,
    view: View,
    amount: Amount,
    unit: UnitReading,
    span: tuple[int, int],
    qualifier: str,
    change: str,
) -> Count:
    sentence = view.sentence_at(candidate.start)
    reads, second = candidate.rule.reads, amount.second
    own = candidate.part("scale2")
    second = second * (_scale_of(own) if own else unit.scale) if second is not None else None
    limit = sentence.end if sentence else len(view.text)
    zero = reads == "zero" or (amount.value == 0 and unit.kind not in MEASURES)
    if candidate.part("below") and qualifier == "exact" and second is None:
        qualifier = "less_than"
    named = _object(candidate, view, unit, span, limit)
    return Count(
        *span,
        (sentence.start, sentence.end) if sentence else span,
        candidate.rule.id,
        _sum(candidate, amount.value, unit, view),
        value_max=second if reads == "range" else None,
        total=second if reads == "part" else None,
        previous=second if reads == "pair" else None,
        unit=unit.unit,
        per=unit.per or read_rate(view, span[1], named),
        object=named,
        qualifier=qualifier,
        change=change,
        status="none" if zero else "planned" if is_planned(view, span[0]) else "done",
    )


def _scale_of(words: str) -> Decimal:
    scale = Decimal(1)
    for word in words.split():
        scale *= SCALES[word]
    return scale


def _object(candidate: Candidate, view: View, unit: UnitReading, span: tuple[int, int], limit: int) -> str:
    """Return what is counted: a label that the pattern names, the words behind the unit, or those before the number."""
    label = candidate.part("label")
    if label is not None:
        return " ".join(label.split())
    if candidate.rule.unit == "before" and candidate.part("unit") is not None:
        known = view.phrase_at(UNIT, candidate.match.start("unit"))
        return read_object(view, known.end, candidate.start, unit) if known else ""
    if candidate.rule.unit != "after":
        return ""
    return read_object(view, span[1], limit, unit) or read_label(view, span[0], unit)


_HALF_MORE = re.compile(r"[ ]rưỡi(?!\w)")


def _sum(candidate: Candidate, value: Decimal, unit: UnitReading, view: View) -> Decimal:
    """Return the value with its scale; «1 tỷ 250 triệu» adds the smaller part that the pattern names."""
    if _HALF_MORE.match(view.folded, unit.end):  # «1 ngày rưỡi»
        value += Decimal("0.5")
    if candidate.part("scale2"):
        return value * SCALES[(candidate.part("scale") or "").strip()]
    smaller, name = candidate.part("n3"), candidate.part("scale3")
    if smaller and name:
        first = SCALES[(candidate.part("scale") or "").strip()]
        return value * first + _figure(smaller) * SCALES[name.strip()]
    return value * unit.scale


def _unit_inherited(candidate: Candidate, found: list[Count]) -> UnitReading | None:
    """Return the unit of the nearest count before `candidate` in its sentence that is no rate, or None."""
    at = bisect_left(found, candidate.start, key=_start)
    for whole in reversed(found[max(0, at - 4) : at]):
        if whole.sentence[1] < candidate.start:
            break
        if whole.unit not in ("%", "‰"):
            return UnitReading(whole.unit, "noun", Decimal(1), candidate.end)
    return None


def _unit(candidate: Candidate, view: View) -> UnitReading | None:
    """Return the unit of `candidate` as its rule says where to look, or None where it has to have one."""
    rule = candidate.rule
    if rule.unit == "none":
        scale, end = read_scale(view, candidate.end)
        return UnitReading("", "", scale, end)
    if rule.unit in ("given", "before"):
        scale, end = read_scale(view, candidate.end)
        after = read_unit(view, candidate.end) if rule.unit == "before" else None
        if after and after.unit and after.kind != "noun":
            return after
        return UnitReading(_unit_given(candidate, view), "noun", scale, end)
    reading = read_unit(view, candidate.end)
    if reading is None or not reading.unit:
        return None
    return None if rule.unit_required and reading.kind == "noun" else reading


def _unit_given(candidate: Candidate, view: View) -> str:
    """Return the unit that the pattern's part `unit` begins with, or its words where the vocabulary has none."""
    words = candidate.part("unit")
    if words is None:
        return ""
    known = view.phrase_at(UNIT, candidate.match.start("unit"))
    name = phrases_of(view.pack).units[known.words].name if known else ""
    return name or (as_printed(view, known) if known else " ".join(words.split()))


def _before(start: int, view: View) -> tuple[int, str, str]:
    """Return where the words that qualify a number at `start` begin, its qualifier and its change."""
    qualifier, at = "exact", start
    label, phrase = _longest_before(view, start)
    if phrase is not None and label in QUALIFIERS and not _is_located(view, phrase, start):
        qualifier, at = label, phrase.start
        label, phrase = _longest_before(view, at)
    return at, qualifier, label if phrase is not None and label in CHANGES else ""


def _longest_before(view: View, at: int) -> tuple[str, Phrase | None]:
    """Return the longest phrase of quality or change that ends at `at`, with its label."""
    edge, best, found = _trimmed(view, at), "", None
    for label in (*QUALIFIERS, *CHANGES):
        phrase = view.phrase_before(f"words/{label}", edge)
        if phrase is not None and (found is None or phrase.start < found.start):
            best, found = label, phrase
    return best, found


_NUMBER_AND_NOUN = re.compile(r"(\d+(?:[.,]\d+)*)[ ]?([^\W\d_]+(?:[ ][^\W\d_]+)?)")


def _is_located(view: View, phrase: Phrase, start: int) -> bool:
    """Tell whether «trên» only says where: «trên 07 tuyến đường», not «trên 100 tuyến»; bounds are round numbers."""
    found = _NUMBER_AND_NOUN.match(view.folded, start)
    if phrase.words != "trên" or found is None:
        return False
    places = view.pack.words.get("located", ())
    placed = any(found[2] == place or found[2].startswith(place + " ") for place in places)
    return placed and (found[1].startswith("0") or not found[1].endswith("0"))


def _trimmed(view: View, at: int) -> int:
    while at > 0 and view.text[at - 1] == " ":
        at -= 1
    return at


_PLAN_ROLES = ("plan", "proposal")


def is_planned(view: View, at: int) -> bool:
    """Tell whether what stands at `at` is planned: by its section, or by a word of the clause before it."""
    if view.role_at(at) in _PLAN_ROLES:
        return True
    sentence = view.sentence_at(at)
    start = max(view.clause(at)[0], sentence.start if sentence else 0)
    return bool(view.phrases_in("words/planned", start, at))


_LISTED = re.compile(r"(?:[ ][^\W\d_]+){0,6}(?:[ ]?\([^()\n\t]*\))?(?:,| và)[ ]")


def carry_changes(counts: list[Count], view: View) -> list[Count]:
    """Return `counts` with a change carried over a list: «tăng 54 vụ, 127 đối tượng» says both grew."""
    carried: list[Count] = []
    for count in counts:
        before = carried[-1] if carried else None
        listed = before is not None and _LISTED.fullmatch(view.folded, before.end, count.start)
        if before and listed and not count.change and count.unit not in ("%", "‰"):
            count = replace(count, change=before.change)
        carried.append(count)
    return carried
