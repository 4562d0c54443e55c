"""Counts in running text: the number, its unit and object, and what the words around it make of it."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from decimal import Decimal

from msgspec.structs import replace

from pipeline.extract.amounts import Amount, Unreadable, has_scale, read_amount
from pipeline.extract.claims import BUILT_IN, Claim, Claims
from pipeline.extract.coordinates import joined
from pipeline.extract.given import HookFailed, given
from pipeline.extract.kinds import rules_of
from pipeline.extract.labels import read_label
from pipeline.extract.matching import Candidate, candidates
from pipeline.extract.objects import read_object, read_rate
from pipeline.extract.pairs import PAIR, PART, read_pair
from pipeline.extract.qualifiers import Quality, read_quality
from pipeline.extract.units import MEASURES, UnitReading, read_scale, read_unit
from pipeline.extract.view import View
from pipeline.extract.vocabulary import UNIT, phrases_of
from pipeline.model import Count, Problem
from pipeline.text.numerals import canonical


def find_counts(view: View, claims: Claims) -> tuple[list[Count], list[Problem]]:
    """Return the counts of running text in text order, and the problems of numerals that can't be read."""
    found: list[Count] = []
    problems: list[Problem] = []
    for candidate in candidates(rules_of(view.pack, "count"), view):
        try:
            read = _read(candidate, view, claims, found)
        except HookFailed as failure:
            problems.append(failure.problem)
            continue
        except Unreadable:
            if claims.take(_claim(candidate, candidate.start, candidate.end, "no_item")):
                text = view.text[candidate.start : candidate.end]
                problems.append(Problem("number.unreadable", (("text", text),), candidate.start, candidate.end))
            continue
        if read is None:
            continue
        count, is_doubtful = read
        if claims.take(_claim(candidate, count.start, count.end, "count")):
            insort(found, count, key=_start)
            if is_doubtful:
                problems.append(_ambiguous(candidate, count, view))
    return found, problems


def _ambiguous(candidate: Candidate, count: Count, view: View) -> Problem:
    text = " ".join(view.text[candidate.start : candidate.end].split())
    detail = (("text", text), ("value", canonical(count.value)))
    return Problem("number.ambiguous", detail, candidate.start, candidate.end)


def _start(count: Count) -> int:
    return count.start


def _claim(candidate: Candidate, start: int, end: int, kind: str) -> Claim:
    return Claim(start, end, kind, candidate.rule.id, candidate.rule.title)


def _read(candidate: Candidate, view: View, claims: Claims, found: list[Count]) -> tuple[Count, bool] | None:
    """Return the count that `candidate` is and whether its figure could be read another way, or None for no count."""
    winner = claims.owner(candidate.start, candidate.end)
    if winner is not None:
        claims.lose(candidate.claim(), winner)
        return None
    if view.quoted(candidate.start) or _is_name(candidate, view):
        claims.take(
            Claim(candidate.start, candidate.end, "no_item", f"{BUILT_IN}/ngoac_kep", "Số trong tên gọi, tiêu đề")
        )
        return None
    unit = _unit(candidate, view, found)
    amount = read_amount(candidate, view, unit) if unit else None
    if amount is None or unit is None or (candidate.rule.reads == "zero" and unit.kind in MEASURES):
        return None
    end = max(unit.end, candidate.end)
    half = _HALF_MORE.match(view.folded, end)
    quality = read_quality(view, candidate.start, half.end() if half else end)
    owner = claims.owner(quality.start, candidate.start) if quality.start < candidate.start else None
    if owner is not None:
        between = view.text[owner.end : candidate.start]
        quality = quality._replace(start=candidate.start - len(between.lstrip()))
    count = given(_count(candidate, view, amount, unit, quality), candidate, view, unit.scale)
    if count is not None and not count.value.is_finite():
        raise Unreadable(candidate.whole())
    return None if count is None else (count, amount.is_doubtful)


_TITLED = re.compile(r"[^\W\d_]+[ ][^\W\d_]+")


def _is_name(candidate: Candidate, view: View) -> bool:
    """Tell a name that a number word begins, both written with a capital: «xã Ba Bể», «phường Hai Bà Trưng»."""
    if candidate.rule.reads != "words" or candidate.start == 0 or view.text[candidate.start - 1] != " ":
        return False
    found = _TITLED.match(view.text, candidate.start)
    return found is not None and found[0].istitle()


def _count(candidate: Candidate, view: View, amount: Amount, unit: UnitReading, quality: Quality) -> Count:
    span = quality.start, quality.end
    sentence = view.sentence_at(candidate.start)
    reads, second = candidate.rule.reads, amount.second
    if second is not None and reads in (PART, PAIR):
        reads = read_pair(view, (candidate.start, max(unit.end, candidate.end)), amount.value, second, reads)
    second = second * unit.scale if second is not None else None
    limit = sentence.end if sentence else len(view.text)
    zero = reads == "zero" or (amount.value == 0 and unit.kind not in MEASURES)
    qualifier = quality.qualifier
    if qualifier == "exact" and second is None and candidate.part("below"):
        qualifier = "less_than"
    named = _object(candidate, view, unit, span, limit)
    return Count(
        *span,
        (sentence.start, sentence.end) if sentence else span,
        candidate.rule.id,
        _sum(amount.value, unit, view),
        value_max=second if reads == "range" else None,
        total=second if reads == PART else None,
        previous=second if reads == PAIR else None,
        unit=unit.unit,
        per=unit.per or read_rate(view, span[1], named),
        object=named,
        qualifier=qualifier,
        change=_signed(candidate) or quality.change,
        status=_status(candidate, view, unit, zero),
    )


_REASON = re.compile(r"(?<!\w)(?:do|vì|bởi)(?:[ ][^\W\d_]+){0,5}[ ]$")


def _status(candidate: Candidate, view: View, unit: UnitReading, is_zero: bool) -> str:
    """Return whether a count is done, planned, or a statement that something did not occur.

    A nought that is aimed at («phấn đấu không để xảy ra …») states nothing of the period: it is planned. Three are
    stated all the same: what is not there «chưa», as yet; the reason given for a plan («do không có …»); and the
    answer «không» to a label among the proposals, which says that there are none.
    """
    at = candidate.start
    planned = is_planned(view, at)
    if not is_zero or not planned:
        return "planned" if planned else "none" if is_zero else "done"
    if view.folded.startswith("chưa", at) or _REASON.search(view.folded, view.clause(at)[0], at):
        return "none"
    answers = candidate.rule.reads == "zero" and unit.end <= candidate.end and not _names_inside(candidate)
    return "none" if answers and view.role_at(at) == "proposal" else "planned"


def _names_inside(candidate: Candidate) -> bool:
    """Tell whether a match holds the words for what it counts: «không xử lý cán bộ nào», not «Số đơn: không»."""
    return candidate.part("unit") is not None and candidate.start_of("unit") >= candidate.start


def _signed(candidate: Candidate) -> str:
    """Return the change that a sign before the number says: «(+5%)», «(↓20%)»."""
    return "increase" if candidate.part("rise") else "decrease" if candidate.part("fall") else ""


def _object(candidate: Candidate, view: View, unit: UnitReading, span: tuple[int, int], limit: int) -> str:
    """Return what is counted: a label that the pattern names, the words behind the unit, or those before the number."""
    label = candidate.part("label")
    if label is not None:
        at = candidate.start_of("label")
        return " ".join(view.text[at : at + len(label)].split())
    if candidate.rule.unit == "before" and candidate.part("unit") is not None:
        known = view.phrase_at(UNIT, candidate.start_of("unit"))
        return read_object(view, known.end, candidate.start, unit) if known else ""
    if candidate.rule.unit != "after":
        return ""
    return read_object(view, span[1], limit, unit) or read_label(view, span[0], unit)


_HALF_MORE = re.compile(r"[ ]rưỡi(?!\w)")


def _sum(value: Decimal, unit: UnitReading, view: View) -> Decimal:
    """Return the value with its scale; «1 ngày rưỡi» is half a day more."""
    return (value + Decimal("0.5") if _HALF_MORE.match(view.folded, unit.end) else value) * unit.scale


_NOT_INHERITED = MEASURES - {"area", "mass", "volume", "length"}
_LIST_ON = re.compile(r"(?:(?:,| và)[ ][^\W\d_]+(?:[ ][^\W\d_]+){0,5}[ ]\d+(?:[.,]\d+)*){1,8}(?=[ ])")


def _unit_shared(candidate: Candidate, view: View, found: list[Count]) -> UnitReading | None:
    """Return the unit that `candidate` shares with other counts, or None.

    That is the unit of the nearest count of things before it in its clause, else of the last number of the list that
    it begins («khai sinh 88, khai tử 31, kết hôn 40 trường hợp»), else of the nearest one before it in its sentence.
    """
    before = _things_before(candidate, view, found)
    clause = view.clause(candidate.start)[0]
    if before is not None and before.start >= clause:
        return UnitReading(before.unit, "noun", Decimal(1), candidate.end)
    listed = _LIST_ON.match(view.folded, candidate.end)
    last = read_unit(view, listed.end()) if listed else None
    if last is not None and last.unit and last.kind != "noun" and last.kind not in _NOT_INHERITED:
        return last._replace(end=candidate.end)
    return UnitReading(before.unit, "noun", Decimal(1), candidate.end) if before else None


def _things_before(candidate: Candidate, view: View, found: list[Count]) -> Count | None:
    units = phrases_of(view.pack).units
    at = bisect_left(found, candidate.start, key=_start)
    for count in reversed(found[max(0, at - 8) : at]):
        if count.sentence[1] < candidate.start:
            break
        known = units.get(count.unit)
        if count.unit and (known.kind if known else "noun") not in _NOT_INHERITED:
            return count
    return None


def _unit(candidate: Candidate, view: View, found: list[Count]) -> UnitReading | None:
    """Return the unit of `candidate` as its rule says where to look, or None where it has to have one."""
    rule = candidate.rule
    if rule.unit == "inherited":
        shared = _unit_shared(candidate, view, found)
        return UnitReading("", "", Decimal(1), candidate.end) if shared is None and not rule.unit_required else shared
    if rule.unit == "none":
        return UnitReading("", "", *read_scale(view, candidate.end))
    if rule.unit in ("given", "before"):
        given = _unit_given(candidate, view)
        return None if rule.unit_required and given.kind == "noun" else given
    reading = read_unit(view, candidate.end)
    if (reading is None or reading.kind in ("noun", "")) and has_scale(candidate):
        return UnitReading("đồng", "money", Decimal(1), candidate.end)
    if reading is None or not reading.unit or (rule.unit_required and reading.kind == "noun"):
        return None
    return joined(view, reading)


def _unit_given(candidate: Candidate, view: View) -> UnitReading:
    """Return the unit that the pattern's part `unit` begins with; a measure right after the number wins over a label.

    Where the vocabulary has none, it is the words of that part. Scale words may stand after the number or in the part.
    """
    scale, end = read_scale(view, candidate.end)
    after = read_unit(view, candidate.end)
    if after and after.unit and after.kind != "noun" and (candidate.rule.unit == "before" or end > candidate.end):
        return after
    words = candidate.part("unit")
    if words is None:
        return UnitReading("", "noun", scale, end)
    known = read_unit(view, candidate.start_of("unit"))
    if known is None or known.kind == "noun":
        return UnitReading(" ".join(words.split()), "noun", scale, end)
    return UnitReading(known.unit, known.kind, scale if end > candidate.end else known.scale, end)


def is_planned(view: View, at: int) -> bool:
    """Tell whether what stands at `at` is planned: by its section, or by a word of the clause before it."""
    if view.is_ahead(at):
        return True
    sentence = view.sentence_at(at)
    planned = view.phrases_in("words/planned", sentence.start, at) if sentence else []
    return bool(planned) and planned[-1].start >= view.clause(at)[0]


_LISTED = re.compile(r"(?:[ ][^\W\d_]+){0,6}(?:[ ]?\([^()\n\t]*\))?(?:,| và)[ ]")


def carry_changes(counts: list[Count], view: View) -> list[Count]:
    """Return `counts` with a change carried over a list: «tăng 54 vụ, 127 đối tượng» says both grew."""
    carried: list[Count] = []
    for count in counts:
        change = carried[-1].change if carried else ""
        if change and not count.change and count.unit not in ("%", "‰"):
            listed = _LISTED.fullmatch(view.folded, carried[-1].end, count.start)
            count = replace(count, change=change) if listed else count
        carried.append(count)
    return carried
