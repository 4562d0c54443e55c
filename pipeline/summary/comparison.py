"""Indicators of departments side by side, and against the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from msgspec import Struct

from pipeline.summary.names import Sender
from pipeline.summary.tally import PREVIOUS, Tally

CHOSEN = 6
"""How many indicators of a group are drawn."""

_DERIVED = (PREVIOUS, "_tang_giam")


class Group(Struct, frozen=True):
    """Indicators that reports of one rule pack share; `pack` is empty where those of several packs do.

    `values` has a row a report and a column an indicator; `names` are what the columns are called. `chosen` are drawn.
    `corrected` has what the machine read where a reviewer corrected a value.
    """

    pack: str
    values: pd.DataFrame
    names: dict[str, str]
    chosen: list[str]
    corrected: dict[tuple[int, str], str]


def groups_of(tally: Tally, order: Sequence[str] = ()) -> list[Group]:
    """Return the groups of indicators that any report states, those of one pack before those that are shared.

    Indicators come in the `order` of their codes, and those that are not in it after all others.
    """
    places = {code: at for at, code in enumerate(dict.fromkeys(order))}
    stated = pd.DataFrame([(one.report, one.code, one.value) for one in tally.indicators], columns=_COLUMNS)
    packs = {code: next(iter(packs)) if len(packs) == 1 else "" for code, packs in tally.asked.items()}
    names = {one.code: _name(one.label, one.unit) for one in tally.indicators}
    corrected = {(one.report, one.code): one.machine for one in tally.indicators if one.machine}
    found = []
    for pack in sorted(set(packs.values()), key=lambda pack: (not pack, pack)):
        codes = [code for code in packs if packs[code] == pack and code in names]
        codes.sort(key=lambda code: places.get(code, len(places)))
        rows = stated[stated["code"].isin(codes)]
        if not rows.empty:
            values = rows.pivot(index="report", columns="code", values="value").reindex(columns=codes)
            found.append(_group(pack, values, names, corrected))
    return found


_COLUMNS = ["report", "code", "value"]


def _group(
    pack: str, values: pd.DataFrame, names: Mapping[str, str], corrected: Mapping[tuple[int, str], str]
) -> Group:
    often = (values > 0).sum()
    plain = [code for code in values.columns if not code.endswith(_DERIVED)]
    chosen = sorted(plain, key=lambda code: -int(often[code]))[:CHOSEN]
    chosen.sort(key=plain.index)
    ordered = values.sort_values(chosen or list(values.columns), ascending=False, na_position="last", kind="stable")
    codes = set(values.columns)
    return Group(
        pack,
        ordered,
        {code: names[code] for code in values.columns},
        chosen,
        {place: machine for place, machine in corrected.items() if place[1] in codes},
    )


def _name(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label


def changes_of(tally: Tally, senders: Sequence[Sender]) -> pd.DataFrame:
    """Return indicators against the year before: `report`, `name`, `before`, `now`, `difference`, `share`, `source`.

    `source` is `own` where the report itself states the value before, `reports` where a report of the same body on
    the same months of the year before does. `share` is missing where there was nothing before.
    """
    stated = [one for one in tally.indicators if not one.code.endswith(_DERIVED)]
    values = {(one.report, one.code): one.value for one in stated}
    earlier = _earlier(tally, senders)
    rows = []
    for one in stated:
        told = {"own": one.previous, "reports": values.get((earlier.get(one.report, -1), one.code))}
        rows += [
            (one.report, _name(one.label, one.unit), before, one.value, source)
            for source, before in told.items()
            if before is not None
        ]
    frame = pd.DataFrame(rows, columns=["report", "name", "before", "now", "source"])
    frame["difference"] = frame["now"] - frame["before"]
    frame["share"] = (frame["difference"] / frame["before"]).where(frame["before"] > 0)
    return frame


def _earlier(tally: Tally, senders: Sequence[Sender]) -> dict[int, int]:
    """Return, by report, the one of the same body on the same months of the year before."""
    spans: dict[tuple[object, ...], int] = {}
    keys: dict[int, tuple[object, ...]] = {}
    order = sorted(range(len(senders)), key=lambda at: (tally.reports[at].row["date"], senders[at].file))
    for at in order:
        row, sender = tally.reports[at].row, senders[at]
        if sender.issuer and row["period_start"] and row["period_end"]:
            span = (int(row["period_end"][:4]) - int(row["period_start"][:4]), row["period_start"][5:7])
            keys[at] = (*sender.key, *span, row["period_end"][5:7], row["rule_pack"])
            spans[(*keys[at], int(row["period_end"][:4]))] = at
    before = {at: (*key, int(tally.reports[at].row["period_end"][:4]) - 1) for at, key in keys.items()}
    return {at: spans[key] for at, key in before.items() if key in spans}
