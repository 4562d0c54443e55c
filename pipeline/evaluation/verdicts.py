"""What reviewers say of single items: the row that each verdict is about, who gave it, and what stands beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from pipeline.decisions import (
    Entry,
    Ledger,
    ReportTables,
    Standing,
    State,
    SubjectKind,
    ledger_of,
    machine_tables,
    seen_of_addition,
    seen_of_item,
    standing,
)
from pipeline.evaluation.pairing import Row
from pipeline.tables.publishing import whole
from pipeline.text.fold import fold

Span = tuple[int, int]


class Verdict(Struct, frozen=True):
    """What was said of one item: `row` is the machine's, of an addition what the reviewer wrote; `said` corrects it.

    `rank` tells which of the items of its rule in its sentence it is, from 0. `mention` is where its words stand in
    the sentence, and `kept` where those of its rule do that nobody rejected; `mention` is None where that is unclear.
    """

    state: State
    row: Row
    said: Row
    pack: str
    reviewer: str
    at: str
    note: str
    entries: tuple[Entry, ...]
    rank: int = 0
    mention: Span | None = None
    kept: tuple[Span, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence of the item on one line, without signs that no text file may have."""
        return plain_line(self.row.get("sentence", ""))


class Verdicts(Struct):
    """All verdicts on items of a run, by file and place.

    `changed` are decisions on what the machine reads otherwise now, `gone` on items that are in the tables no more,
    `others` on letterheads and problems: none of them teaches a rule.
    """

    all: list[Verdict] = field(default_factory=list)
    changed: int = 0
    gone: int = 0
    others: int = 0


def read_verdicts(out: Path) -> Verdicts:
    """Return what reviewers say of the items in the tables of `out`, by all decisions of its log as of now.

    BaocaoError `review.no_tables` or `review.log` where that can't be read.
    """
    with whole(out):
        ledger = ledger_of(out)
        found, met = Verdicts(), set[str]()
        for tables in machine_tables(out):
            if tables.report["report_id"] not in met:  # a second file of one content has the same items
                met.add(tables.report["report_id"])
                _add_report(tables, ledger, found)
        _count_rest(ledger, found)
    return found


def plain_line(text: str) -> str:
    """Return `text` on one line, each sign that is not printed a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _add_report(tables: ReportTables, ledger: Ledger, found: Verdicts) -> None:
    judged = {row["item_id"]: _standing(row, ledger) for row in tables.items}
    pack = tables.report["rule_pack"]
    by_sentence: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables.items:
        by_sentence[row["rule"], row["sentence"]].append(row)
    for rows in by_sentence.values():
        if any(judged[row["item_id"]].entries for row in rows):
            _add(found, _verdicts_in(rows, judged, pack))
    seen = seen_of_addition(tables.report)
    ids = ledger.additions(tables.report["report_id"])
    told = [(one, standing(ledger.of(one), seen)) for one in ids]
    _add(found, (_addition(tables, one, stands, pack) for one, stands in told if stands.entries))


def _standing(row: Row, ledger: Ledger) -> Standing:
    entries = ledger.of(row["item_id"])
    return standing(entries, seen_of_item(row)) if entries else Standing()


def _add(found: Verdicts, verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        if verdict.state is State.CHANGED:
            found.changed += 1
        else:
            found.all.append(verdict)


def _verdicts_in(rows: Sequence[Row], judged: dict[str, Standing], pack: str) -> Iterator[Verdict]:
    """Yield the verdicts on the items of one rule in one sentence."""
    spans = _mentions(rows)
    kept = tuple(
        span
        for row, span in zip(rows, spans, strict=True)
        if span is not None and judged[row["item_id"]].state is not State.REJECTED
    )
    for rank, (row, span) in enumerate(zip(rows, spans, strict=True)):
        stands = judged[row["item_id"]]
        if stands.entries:
            told = (stands.reviewer, stands.at, stands.note, stands.entries)
            yield Verdict(stands.state, row, dict(stands.said), pack, *told, rank, span, kept)


def _mentions(rows: Sequence[Row]) -> list[Span | None]:
    """Return where the words of each item stand in the sentence that `rows` share; they come in its order."""
    spans: list[Span | None] = []
    since = 0
    for row in rows:
        sentence, words = fold(plain_line(row["sentence"])), fold(plain_line(row["text"]))
        at = sentence.find(words, since) if words else -1
        spans.append((at, at + len(words)) if at >= 0 else None)
        since = at + len(words) if at >= 0 else since
    return spans


def _addition(tables: ReportTables, item: str, stands: Standing, pack: str) -> Verdict:
    report = tables.report
    row = {"item_id": item, "report_id": report["report_id"], "file": report["file"], "rule": ""}
    first = next((entry.decision for entry in stands.entries if entry.decision and entry.decision.said), None)
    said = dict(stands.said or (first.said if first else {}))
    mention = _mentions([{"sentence": "", "text": "", **said}])[0]
    told = (stands.reviewer, stands.at, stands.note, stands.entries)
    return Verdict(stands.state, row | said, {}, pack, *told, 0, mention)


def _count_rest(ledger: Ledger, found: Verdicts) -> None:
    """Count the decisions that are about no item in the tables."""
    known = {verdict.row["item_id"] for verdict in found.all}
    kinds = Counter(
        entries[0].decision.subject.kind
        for one in ledger.subjects()
        if one not in known and (entries := ledger.of(one)) and entries[0].decision
    )
    found.others = kinds[SubjectKind.FIELD] + kinds[SubjectKind.PROBLEM]
    found.gone = kinds[SubjectKind.ITEM] + kinds[SubjectKind.ADDITION] - found.changed
