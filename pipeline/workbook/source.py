"""What a workbook is made from and compared with: a run's tables, its log as of now, and names of activities."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from pipeline.decisions import Ledger, find_log
from pipeline.problems import BaocaoError
from pipeline.rulebook.places import home_of, shipped_packs
from pipeline.rulebook.vocabulary import load_vocabulary
from pipeline.tables.publishing import SEAL, head_of_seal, whole
from pipeline.workbook.lines import Names, Reviewed, reviewed


class Source(Struct, frozen=True):
    """The tables in a folder with their log: `mark` is that of the log, `head` what the seal tells of the run."""

    out: Path
    lang: str
    head: dict[str, Any]
    ledger: Ledger
    mark: str
    names: Names

    def reports(self) -> Iterator[Reviewed]:
        """Yield each report of the tables, by file."""
        return reviewed(self.out, self.lang, self.ledger)


@contextmanager
def opened(out: Path, lang: str) -> Iterator[Source]:
    """Give the tables in `out`, which stay those of one run inside.

    BaocaoError `review.no_tables` where there are none, `review.log`, `run.half`, `run.renewed`.
    """
    with whole(out):
        try:
            head = head_of_seal(out / SEAL)
        except (OSError, ValueError) as error:
            raise BaocaoError("review.no_tables", file=SEAL, folder=str(out)) from error
        ledger, mark = _log_of(out)
        yield Source(out, lang, head, ledger, mark, activity_names(head, lang))


def activity_names(head: dict[str, Any], lang: str) -> Names:
    """Return what activities are called in the packs of a run, by their codes; a pack that is gone has no names."""
    given = head.get("arguments", {}).get("rules", [])
    used = [pack["id"] for pack in head.get("rule_packs", [])]
    names: dict[str, str] = {}
    for pack in dict.fromkeys([*shipped_packs(), *used, *given]):
        try:
            folder = home_of(str(pack)).folder
        except BaocaoError:
            continue
        types = load_vocabulary(folder / "vocabulary").activity_types
        names |= {code: one.name_vi if lang == "vi" else one.name_en for code, one in types.items()}
    return names


def _log_of(out: Path) -> tuple[Ledger, str]:
    """Return what all decisions come to, and the log's mark when that was all."""
    log = find_log(out)
    if log is None:
        return Ledger(), ""
    with log:
        ledger = log.standing()
        return ledger, f"{log.mark().rpartition('/')[0]}/{ledger.last}"
