"""The page: all parts of the summary as one HTML file that needs nothing else, and runs no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from pipeline.summary.coverage import explained_section, review_section
from pipeline.summary.drawing import faces, settings
from pipeline.summary.figures import changes_section, indicators_section
from pipeline.summary.findings import Findings
from pipeline.summary.overview import (
    dates_section,
    documents_section,
    items_section,
    problems_section,
    reports_section,
)
from pipeline.summary.sections import Context, Section
from pipeline.summary.words import Wording

_HERE = Path(__file__).parent
_PARTS = (
    reports_section, items_section, indicators_section, changes_section, documents_section, dates_section,
    explained_section, review_section, problems_section,
)  # fmt: skip


def sections_of(findings: Findings, context: Context) -> list[Section]:
    """Return the parts of the page with their plots drawn."""
    with settings():
        return [part(findings, context) for part in _PARTS]


def page_of(findings: Findings, sections: Sequence[Section], seal: dict[str, Any], words: Wording) -> str:
    """Return the page of a run whose `run.json` begins as `seal`."""
    style = f"{faces()}\n{(_HERE / 'page.css').read_text(encoding='utf-8')}"
    folder = str(seal.get("arguments", {}).get("folder", ""))
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((_HERE / "page.html").read_text(encoding="utf-8"))
    return template.render(
        words=words,
        policy=_policy(style),
        style=style,
        folder=folder,
        lead=_lead(findings, folder, words),
        at=_told(str(seal.get("ended", "")), words),
        figures=_key_figures(findings, words),
        sections=sections,
    )


def _policy(style: str) -> str:
    """Return what the page may do: show itself in this very style with the fonts that are in it."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allowed = f"style-src 'sha256-{digest}'; font-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _lead(findings: Findings, folder: str, words: Wording) -> str:
    head = findings.head
    reports = sum(head.statuses.values())
    if not head.since:
        return words("lead.undated", reports=reports, folder=folder)
    return words("lead", reports=reports, folder=folder, since=words.day(head.since), until=words.day(head.until))


def _told(ended: str, words: Wording) -> str:
    """Return the time that a run ended, nothing where it is not known."""
    try:
        at = datetime.fromisoformat(ended).astimezone(UTC)
    except ValueError:
        return ""
    return f"{at:%H:%M} {words.day(f'{at:%Y-%m-%d}')} (UTC)"


def _key_figures(findings: Findings, words: Wording) -> list[tuple[str, str]]:
    head, explained = findings.head, findings.explained
    states = findings.reviewed_kinds.sum()
    items, opened = int(states.sum()), int(states[""])
    figures = [
        (words.number(sum(head.statuses.values())), words("figure.reports")),
        (words.number(head.items), words("figure.items")),
    ]
    if not explained.empty:
        share = words.share(int(explained["explained"].sum()), int(explained["numerals"].sum()))
        figures.append((share, words("figure.explained")))
    if items:
        figures.append((words.share(items - opened, items), words("figure.reviewed")))
    return figures
