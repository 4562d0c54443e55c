"""Which activity a count measures: one of its own sentence, by unit first and by nearness next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from pipeline.extract.units import MEASURES
from pipeline.extract.view import View
from pipeline.model import Activity, Count
from pipeline.rulebook import Pack
from pipeline.text.fold import fold

Mention = tuple[int, str]
"""Where a deed is told, and its code."""


def tie_counts(counts: list[Count], activities: list[Activity], view: View) -> list[Count]:
    """Return `counts` with the code of the activity that each measures, where its sentence tells one.

    An activity stands once a sentence and code, but each place that names it again counts as near. A measure
    (money, area, shares) needs a deed that is measured so, in its own part of the sentence; a thing counted takes
    the deed that it names («02 cuộc hội đàm»), what stands nearest before it there, else what follows («03 đồng
    chí được khen thưởng»).
    """
    told: dict[tuple[int, int], list[Activity]] = defaultdict(list)
    for activity in activities:
        told[activity.sentence].append(activity)
    counted = {count.sentence for count in counts}
    mentions = {sentence: _mentions(sentence, of, view) for sentence, of in told.items() if sentence in counted}
    units, measures = _units(view.pack)
    tied = []
    for count in counts:
        near = mentions.get(count.sentence)
        code = _measured(count, near, units, measures, view) if near else ""
        tied.append(replace(count, activity_type=code) if code else count)
    return tied


@lru_cache(maxsize=16)
def _units(pack: Pack) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Return the units that the activities of each code are counted in, and those that are measures, all folded."""
    units: dict[str, set[str]] = defaultdict(set)
    for rule in pack.activities:
        units[rule.activity].update(map(fold, rule.units))
    known = pack.vocabulary.units.items()
    measures = frozenset(fold(u.name or name) for name, u in known if u.kind in MEASURES)
    return {code: frozenset(of) for code, of in units.items()}, measures


@lru_cache(maxsize=16)
def _rules(pack: Pack) -> Mapping[str, list[str]]:
    """Return the ids of the rules of each activity's code."""
    rules: dict[str, list[str]] = defaultdict(list)
    for rule in pack.activities:
        rules[rule.activity].append(rule.id)
    return rules


def _mentions(sentence: tuple[int, int], activities: list[Activity], view: View) -> list[Mention]:
    places = {(activity.start, activity.value) for activity in activities}
    for code in {activity.value for activity in activities}:
        for rule in _rules(view.pack).get(code, ()):
            again = view.phrases_in(rule, *sentence)
            places.update((p.start, code) for p in again if not view.text[p.start].isupper())
    return sorted(places)


def _measured(
    count: Count,
    near: list[Mention],
    units: Mapping[str, frozenset[str]],
    measures: frozenset[str],
    view: View,
) -> str:
    """Return the code of the mention that `count` measures, or an empty string."""
    unit = fold(count.unit)
    is_measure = unit in measures
    low, high = _part(count, view)
    for at, code in reversed(near):
        if at < count.end and (at >= low or not is_measure) and unit in units[code]:
            return code
    inside = [mention for mention in near if low <= mention[0] < high]
    if not is_measure:
        named = [code for at, code in inside if count.end <= at <= count.end + 1]
        led = [code for at, code in inside if at < count.end]
        if named or led:
            return named[0] if named else led[-1]
    for at, code in inside if is_measure else near:
        if at >= count.end and unit in units[code]:
            return code
    return next((code for at, code in inside if at >= count.end and not is_measure), "")


def _part(count: Count, view: View) -> tuple[int, int]:
    """Return the stretch between semicolons that the count stands in."""
    start, end = count.sentence
    low = view.text.rfind(";", start, count.start) + 1
    high = view.text.find(";", count.end, end)
    return max(low, start), high if high >= 0 else end
