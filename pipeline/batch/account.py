"""What a run adds up while portions come in, and the summary that it ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from pipeline.batch.folder import Source
from pipeline.batch.record import Input, input_of
from pipeline.batch.workers import Progress, Step
from pipeline.decisions import Amendments
from pipeline.tables.identity import KINDS
from pipeline.tables.portion import Portion
from pipeline.tables.result import FoundProblem


class Summary(Struct, frozen=True):
    """What came of a run: files by status, items by kind, problems by code, and the files not read in full.

    `unread` holds file, status and what to do; each count is there for every status and kind, 0 included.
    `proven_tables` counts the tables whose totals are the sums of their parts. `unchanged` tables were left standing.
    `review` counts what people decided by where it stands.
    """

    out: Path | str
    files: dict[str, int]
    items: dict[str, int]
    problems: dict[str, int]
    unread: tuple[tuple[str, str, str], ...]
    proven_tables: int = 0
    unchanged: bool = False
    review: dict[str, int] = field(default_factory=dict)


class Account:
    """What a run adds up while portions come in; it tells `progress` of each."""

    def __init__(self, out: Path | str, total: int, progress: Progress) -> None:
        self.packs: set[str] = set()
        self.suffixes: set[str] = set()
        self.reports: set[str] = set()
        self.review: dict[str, int] = {}
        self._out = out
        self._total, self._done = total, 0
        self._progress = progress
        self._files = Counter(ok=0, partial=0, failed=0)
        self._items = Counter(dict.fromkeys(KINDS, 0))
        self._problems: Counter[str] = Counter()
        self._unread: list[tuple[str, str, str]] = []
        self._proven_tables = 0
        self._unchanged = False
        self._seconds: dict[str, float] = {}  # of the files that were read

    def begun(self, source: Source) -> None:
        """Tell that a file is being read."""
        self._progress(Step(self._done, self._total, source.file))

    def take(self, portion: Portion, seconds: float | None) -> None:
        """Add up one portion."""
        self._done += 1
        self.reports.add(portion.report_id)
        self.packs.add(portion.rule_pack)
        self.suffixes.add(PurePosixPath(portion.file).suffix.lower().removeprefix("."))
        self._files[portion.status] += 1
        self._items.update(portion.items)
        self._problems.update(portion.problems)
        self._proven_tables += portion.proven_tables
        if seconds is not None:
            self._seconds[portion.file] = seconds
        if portion.status != "ok":
            self._unread.append((portion.file, portion.status, portion.error))
        self._progress(Step(self._done, self._total, portion.file, portion, seconds or 0.0, seconds is None))

    def told(self, found: Iterable[tuple[str, list[FoundProblem]]]) -> Iterator[tuple[str, list[FoundProblem]]]:
        """Yield the problems that only a look at all reports shows, by file, each counted."""
        for file, problems in found:
            self._problems.update(problem.code for problem in problems)
            yield file, problems

    def decided(self, amendments: Amendments) -> None:
        """Add up what came of the decisions of people, when all tables have been amended."""
        self._problems.update(amendments.problems)
        self._items.update(amendments.added)
        self.review = dict(sorted(amendments.states.items()))

    def recall(self, counts: Mapping[str, object], review: Mapping[str, object]) -> None:
        """Take what was counted in a run over the same reports, whose tables are left as they are."""
        standing = review["standing"]
        assert isinstance(standing, Mapping)
        self.review = dict(standing)
        items, problems = counts["items"], counts["problems"]
        assert isinstance(items, Mapping) and isinstance(problems, Mapping)
        self._items = Counter(dict(items))
        self._problems = Counter(dict(problems))
        self._unchanged = True

    def inputs(self, portions: Iterable[Portion]) -> Iterator[Input]:
        """Yield the entry of the file of each of `portions` for the record."""
        for portion in portions:
            yield input_of(portion, self._seconds.get(portion.file))

    def counts(self) -> dict[str, object]:
        """Return what the record counts."""
        summary = self.summary()
        known = {"kept": self._done - len(self._seconds), "proven_tables": summary.proven_tables}
        return {"files": summary.files, "items": summary.items, "problems": summary.problems, **known}

    def summary(self) -> Summary:
        """Return what came of the run."""
        return Summary(
            self._out,
            dict(self._files),
            dict(self._items),
            dict(sorted(self._problems.items(), key=lambda pair: (-pair[1], pair[0]))),
            tuple(sorted(self._unread)),
            self._proven_tables,
            self._unchanged,
            self.review,
        )
