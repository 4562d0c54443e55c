"""Which activity a count measures: one of its own sentence, by unit first and by nearness next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from pipeline.extract.units import MEASURES
from pipeline.extract.view import View
from pipeline.model import Activity, Count
from pipeline.text.fold import fold


def tie_counts(counts: list[Count], activities: list[Activity], view: View) -> list[Count]:
    """Return `counts` with the code of the activity that each measures, where its sentence tells one."""
    by_sentence: dict[tuple[int, int], list[Activity]] = defaultdict(list)
    for activity in activities:
        by_sentence[activity.sentence].append(activity)
    units = {rule.id: frozenset(map(fold, rule.units)) for rule in view.pack.activities}
    kinds = {fold(unit.name or name): unit.kind for name, unit in view.pack.vocabulary.units.items()}
    tied = []
    for count in counts:
        unit = fold(count.unit)
        near = by_sentence.get(count.sentence, [])
        fitting = [a for a in near if unit in units[a.rule]]
        before = [a for a in near if a.start < count.end and kinds.get(unit) not in MEASURES]
        best = fitting[-1:] or before[-1:]
        tied.append(replace(count, activity_type=best[0].value) if best else count)
    return tied
