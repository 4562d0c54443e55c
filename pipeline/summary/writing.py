"""The summary of a run on the disk: its page, and a folder with each plot as SVG and PNG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.decisions import current_tables
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.rulebook import Pack, load_pack
from pipeline.summary.drawing import Drawn
from pipeline.summary.findings import findings_of
from pipeline.summary.page import page_of, sections_of
from pipeline.summary.sections import Context
from pipeline.summary.words import Wording
from pipeline.tables.lasting import replace, writing_to
from pipeline.tables.publishing import SEAL, head_of_seal, staging, whole

PAGE = "summary.html"
"""The page's name beside the tables, where no other is asked for."""

_TITLE = 90


def write_summary(out: Path, page: Path | None = None, lang: str = "vi") -> tuple[Path, Path]:
    """Write the summary of the tables in `out`, and return where its page and the folder of its plots are.

    The folder stands beside the page and has its name. BaocaoError `review.no_tables` where there are no tables, and
    `run.output` where the summary can't be written; the page that was there is then as before.
    """
    target = page or out / PAGE
    words = Wording(lang)
    with whole(out):
        seal = _seal(out)
        packs = _packs(seal)
        findings = findings_of(current_tables(out, lang), [code for pack in packs for code in pack.columns])
    sections = sections_of(findings, _context(seal, packs, words))
    text = page_of(findings, sections, seal, words)
    folder = target.with_suffix("") if target.suffix else target.with_name(f"{target.name}-plots")
    _write(target, folder, text, [exhibit.plot for section in sections for exhibit in section.exhibits if exhibit.plot])
    return target, folder


def _seal(out: Path) -> dict[str, Any]:
    try:
        return head_of_seal(out / SEAL)
    except (OSError, ValueError) as error:
        raise BaocaoError("review.no_tables", file=SEAL, folder=str(out)) from error


def _context(seal: dict[str, Any], packs: Sequence[Pack], words: Wording) -> Context:
    activities = {
        code: kind.name_vi if words.lang == "vi" else kind.name_en
        for pack in packs
        for code, kind in pack.vocabulary.activity_types.items()
    }
    titles = {pack["id"]: pack["title"] for pack in seal.get("rule_packs", [])}
    return Context(words, titles, activities, {code: _short(code, words.lang) for code in CATALOGUE})


def _packs(seal: dict[str, Any]) -> list[Pack]:
    """Return the rule packs of a run that can still be loaded, those that build on others first."""
    packs = []
    for name in dict.fromkeys(
        [*seal.get("arguments", {}).get("rules", []), *(pack["id"] for pack in seal.get("rule_packs", []))]
    ):
        try:
            packs.append(load_pack(name))
        except BaocaoError:  # a pack of a folder may be gone since
            continue
    return sorted(packs, key=lambda pack: (-len(pack.lineage), pack.id))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _short(code: str, lang: str) -> str:
    """Return what a code of problem means, without what to do: the first clause of its message."""
    kind = CATALOGUE[code]
    told = (kind.vi if lang == "vi" else kind.en).format_map(_Blank())
    first = told.split(". ")[0].split("; ")[0].rstrip(".;")
    return first if len(first) <= _TITLE else f"{first[: _TITLE - 1].rsplit(' ', 1)[0]}…"


def _write(page: Path, folder: Path, text: str, plots: Iterable[Drawn]) -> None:
    """Write the plots, then the page; a plot that an earlier summary had and this one has not is taken away."""
    with writing_to(page):
        folder.mkdir(parents=True, exist_ok=True)
        with staging(page.parent) as staged:
            names = []
            for plot in plots:
                names += [f"{plot.name}.svg", f"{plot.name}.png"]
                (staged / names[-2]).write_bytes(plot.svg)
                (staged / names[-1]).write_bytes(plot.png)
            (staged / "page").write_text(text, encoding="utf-8", newline="\n")
            _forget(folder, names)
            for name in names:
                replace(staged / name, folder / name)
            (folder / _LIST).write_text(json.dumps(sorted(names), indent=1) + "\n", encoding="utf-8")
            replace(staged / "page", page)


_LIST = "plots.json"


def _forget(folder: Path, names: Iterable[str]) -> None:
    """Remove the plots of the summary before that are not among `names`."""
    try:
        told = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    kept = set(names)
    for name in told if isinstance(told, list) else ():
        if isinstance(name, str) and name == Path(name).name and name not in kept:
            (folder / name).unlink(missing_ok=True)
