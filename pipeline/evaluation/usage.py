"""How a rule pack does: what each rule finds, what reviewers said of it, what never fired, and what a rule costs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from pipeline.batch import FileUse, load_rules, owner_of
from pipeline.decisions import ADDED, current_tables, find_log
from pipeline.evaluation.outputs import read_output, span_of
from pipeline.evaluation.pairing import Row
from pipeline.extract.timing import PHRASES
from pipeline.rulebook import Rule
from pipeline.rulebook.rules import KINDS
from pipeline.tables.publishing import whole

VERDICTS = ("accepted", "corrected", "rejected")


class RuleUse(Struct, frozen=True):
    """One rule: what it found in how many files, and how that was judged.

    `hits` is None where that can't be known: tables have no rows of `no_item` rules. `share` is the rule's part of all
    matching time, `ratio` its time to that of the median pattern; None where it was not measured, or is not its own.
    """

    rule: str
    kind: str
    title: str
    hits: int | None
    files: int
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    problems: int = 0
    share: float | None = None
    ratio: float | None = None

    @property
    def reviewed(self) -> int:
        """Return how many of its items a reader judged."""
        return self.accepted + self.corrected + self.rejected

    def part(self, verdict: str) -> float | None:
        """Return the part of its reviewed items that one of `VERDICTS` was given to, from 0 to 1; None of no items."""
        count: int = getattr(self, verdict)
        return count / self.reviewed if self.reviewed else None


class Usage(Struct, frozen=True):
    """All rules of the packs of `files` reports, those that found most first.

    `phrase_share` is the part of the matching time that all phrases together take. `unknown` are packs whose
    rules could not be found, `other` those whose rules are not the ones that made the tables. `missed` counts, by kind,
    what reviewers added since no rule had found it.
    """

    files: int
    packs: tuple[str, ...]
    rules: tuple[RuleUse, ...]
    phrase_share: float | None = None
    unknown: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, int], ...] = ()


def usage_of_output(out: Path, rules: str | Sequence[str] = (), measured: Sequence[FileUse] = ()) -> Usage:
    """Return how the rules did in the run whose tables are in `out`, with all that was decided on them by now.

    `rules` is the pack of the run, where it did not come with baocao. `measured` are the same reports as
    `gather_usage` reads them: from there come the times and the hits of `no_item` rules, which tables don't tell.
    """
    uses = _of_tables(out)
    timed = [replace(use, hits=_named(use), problems=Counter(), pack="") for use in measured]
    usage = _usage([*uses, *timed], rules, bool(measured))
    return replace(usage, files=len(uses), other=_other(out, usage.packs, rules))


def usage_of_reports(uses: Sequence[FileUse], rules: str | Sequence[str] = ()) -> Usage:
    """Return how the rules do in reports that `gather_usage` read, with the `rules` that it was given."""
    return _usage(uses, rules, True)


def most_rejected(usage: Usage) -> Usage:
    """Return `usage` with the rules first that reviewers rejected most items of, and of those the greatest part."""
    ranked = sorted(usage.rules, key=lambda rule: (-rule.rejected, -(rule.part("rejected") or 0)))
    return replace(usage, rules=tuple(ranked))


def _of_tables(out: Path) -> list[FileUse]:
    log = find_log(out)
    if log is not None:  # decisions made since the run are in no table yet
        with log, whole(out):
            read = current_tables(out, ledger=log.standing())
            return [_use(one.report["file"], one.report, one.items, one.problems) for one in read]
    tables = read_output(out)
    return [
        _use(file, report, tables.items.get(file, []), tables.problems.get(file, []))
        for file, report in tables.reports.items()
    ]


def _use(file: str, report: Row, rows: Sequence[Row], problems: Sequence[Row]) -> FileUse:
    items = [row for row in rows if row["rule"] != ADDED]
    missed = Counter((ADDED, row["kind"]) for row in rows if row["rule"] == ADDED)
    spans = [(span, row["rule"]) for row in items if (span := span_of(row))]
    places = [span for row in problems if (span := span_of(row))]
    return FileUse(
        file,
        report["rule_pack"],
        Counter(row["rule"] for row in items),
        Counter(rule for place in places if (rule := owner_of(place, spans))),
        Counter((row["rule"], row["review"]) for row in items if row.get("review") in VERDICTS) + missed,
        {row["rule"]: row["kind"] for row in items},
    )


def _named(use: FileUse) -> Counter[str]:
    """Return the hits of a file's `no_item` rules alone."""
    return Counter({rule: hits for rule, hits in use.hits.items() if use.kinds[rule] == "no_item"})


def _usage(uses: Sequence[FileUse], rules: str | Sequence[str], all_seen: bool) -> Usage:
    used = sorted({use.pack for use in uses if use.pack})
    packs = {pack.id: pack for pack in load_rules(rules)}
    known = {rule.id: rule for name in used if name in packs for rule in packs[name].rules()}
    seconds = sum((Counter(use.seconds) for use in uses), Counter[str]())
    found = _Found(uses, seconds)
    told = [found.rule(name, known.get(name), all_seen) for name in known.keys() | found.hits.keys()]
    told.sort(key=lambda use: (use.hits is None, -(use.hits or 0), -use.files, use.rule))
    unread = tuple((use.file, use.error) for use in uses if use.error)
    unknown = tuple(name for name in used if name not in packs)
    return Usage(len(uses), tuple(used), tuple(told), found.share(PHRASES), unknown, (), unread, found.missed())


class _Found:
    """All files together, asked rule by rule."""

    def __init__(self, uses: Iterable[FileUse], seconds: Mapping[str, float]) -> None:
        self.hits, self.files, self.problems = Counter[str](), Counter[str](), Counter[str]()
        self.reviews = Counter[tuple[str, str]]()
        self.kinds: dict[str, str] = {}
        self.seconds, self.all_seconds = seconds, sum(seconds.values())
        self.median = median([taken for rule, taken in seconds.items() if rule != PHRASES] or [0.0])
        for use in uses:
            self.hits.update(use.hits)
            self.files.update(use.hits.keys())
            self.problems.update(use.problems)
            self.reviews.update(use.reviews)
            self.kinds |= use.kinds

    def share(self, rule: str) -> float | None:
        """Return the part of all matching time that `rule` takes, from 0 to 1."""
        return self.seconds[rule] / self.all_seconds if self.all_seconds and rule in self.seconds else None

    def missed(self) -> tuple[tuple[str, int], ...]:
        """Return how many items of each kind reviewers added, of those kinds that there are any of."""
        return tuple((kind, self.reviews[ADDED, kind]) for kind in KINDS if self.reviews[ADDED, kind])

    def rule(self, name: str, rule: Rule | None, all_seen: bool) -> RuleUse:
        """Return the figures of one rule, which `rule` describes where its pack is known."""
        kind = rule.kind if rule else self.kinds[name]
        hidden = kind == "no_item" and not all_seen
        accepted, corrected, rejected = (self.reviews[name, verdict] for verdict in VERDICTS)
        timed = self.median > 0 and name in self.seconds
        return RuleUse(
            name,
            kind,
            rule.title if rule else "",
            None if hidden else self.hits[name],
            self.files[name],
            accepted,
            corrected,
            rejected,
            self.problems[name],
            self.share(name),
            self.seconds[name] / self.median if timed else None,
        )


def _other(out: Path, packs: Iterable[str], rules: str | Sequence[str]) -> tuple[str, ...]:
    """Return those of `packs` whose rules are now others than the run's data package names."""
    now = {pack.id: pack.digest for pack in load_rules(rules)}
    then = _digests(out / "datapackage.json")
    return tuple(name for name in packs if name in now and name in then and now[name] != then[name])


def _digests(package: Path) -> dict[str, str]:
    try:
        told = json.loads(package.read_text(encoding="utf-8"))
        return {pack["id"]: pack["digest"] for pack in told["rule_packs"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
