"""The account of a report, sentence by sentence: what was found in it, and what was not and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.cli.messages import Words
from pipeline.extract import Extraction
from pipeline.extract.claims import Claim, Loss
from pipeline.extract.structure import Structure
from pipeline.model import Activity, Count, DateMention, DocumentNumber, Item
from pipeline.problems import CATALOGUE
from pipeline.rulebook import Pack
from pipeline.tables.identity import kind_of
from pipeline.text.fold import fold
from pipeline.text.numerals import canonical


class Finding(Struct, frozen=True, order=True):
    """One thing to tell of a sentence: its words, what they were read as, and by which rule or why.

    `kind` is a kind of item, or `lost`, `refused`, `no_item` or `problem`.
    """

    start: int
    end: int
    kind: str
    text: str
    reading: str
    reason: str


class SentenceAccount(Struct, frozen=True):
    """One sentence, the label before it included, with its place and all findings in it, by place."""

    text: str
    start: int
    page: int | None
    section: tuple[str, ...]
    findings: list[Finding] = field(default_factory=list)

    def without(self, kind: str) -> SentenceAccount:
        """Return the account but for the findings of one kind."""
        return replace(self, findings=[finding for finding in self.findings if finding.kind != kind])


def account(extraction: Extraction, pack: Pack, words: Words) -> list[SentenceAccount]:
    """Return every sentence of a report, in order, with what was found and what was refused in it."""
    accounts = list(_sentences(extraction.structure))
    ends = [account.start + len(account.text) for account in accounts]
    for finding in sorted(_findings(extraction, pack, words)):
        at = bisect_right(ends, finding.start)
        if accounts:
            accounts[min(at, len(accounts) - 1)].findings.append(finding)
    return accounts


def holding(accounts: list[SentenceAccount], text: str) -> list[SentenceAccount]:
    """Return the accounts of sentences that hold `text`, whatever its case, spacing and tone placement."""
    wanted = _plain(text)
    return [account for account in accounts if wanted in _plain(account.text)]


def _sentences(structure: Structure) -> Iterator[SentenceAccount]:
    document, before = structure.document, 0
    for sentence in structure.sentences:
        label = document.text[before : sentence.start].lstrip()
        start, before = sentence.start - len(label), sentence.end
        path = structure.sections[sentence.section].path if sentence.section >= 0 else ()
        text = document.text[start : sentence.end]
        yield SentenceAccount(text, start, document.page_at(sentence.start), path)


def _plain(text: str) -> str:
    return fold(" ".join(text.split()))


def _findings(extraction: Extraction, pack: Pack, words: Words) -> Iterator[Finding]:
    text = extraction.structure.document.text
    titles = {rule.id: rule.title for rule in pack.rules()}

    def finding(start: int, end: int, kind: str, reading: str, reason: str) -> Finding:
        return Finding(start, end, kind, " ".join(text[start:end].split()), reading, reason)

    def named(rule: str) -> str:
        return f"{rule} · {titles[rule]}" if rule in titles else rule

    for item in extraction.items:
        yield finding(item.start, item.end, kind_of(item), _reading(item), named(item.rule))
    for claim in extraction.claims:
        if claim.kind == "no_item":
            yield finding(claim.start, claim.end, "no_item", claim.title, claim.rule)
    for (start, end, winner), rules in _lost(extraction.lost).items():
        owner = " ".join(text[winner.start : winner.end].split())
        told = words("explain.lost", winner=owner, title=winner.title)
        yield finding(start, end, "lost", told, ", ".join(rules))
    for refusal in extraction.refused:
        yield finding(refusal.start, refusal.end, "refused", refusal.reason, named(refusal.rule))
    for problem in extraction.problems:
        if problem.start is not None:
            message = CATALOGUE[problem.code].message(problem, words.lang)
            end = problem.start if problem.end is None else problem.end
            yield finding(problem.start, end, "problem", message, problem.code)


def _lost(losses: Iterable[Loss]) -> dict[tuple[int, int, Claim], list[str]]:
    """Return the rules that wanted a span and lost it to a claim of another rule, by span and winner."""
    rules: dict[tuple[int, int, Claim], list[str]] = {}
    for loss in losses:
        if loss.claim.rule != loss.winner.rule:
            rules.setdefault((loss.claim.start, loss.claim.end, loss.winner), []).append(loss.claim.rule)
    return rules


def _reading(item: Item) -> str:
    """Return what an item's words were read as, on one line."""
    match item:
        case DocumentNumber():
            parts = [item.value, item.document_type, item.issued_date, item.issuer, item.role]
        case DateMention():
            parts = [item.value, item.role]
        case Count():
            parts = [_amount(item), item.object, item.change, item.activity_type, item.status]
        case Activity():
            parts = [item.value, item.status]
    return " · ".join(part for part in parts if part)


def _amount(count: Count) -> str:
    """Return a count's number, bounds and unit: `more_than 12/15 xã`."""
    number = canonical(count.value)
    number += f"–{canonical(count.value_max)}" if count.value_max is not None else ""
    number += f"/{canonical(count.total)}" if count.total is not None else ""
    number += f" ({canonical(count.previous)})" if count.previous is not None else ""
    unit = f"{count.unit}/{count.per}" if count.per else count.unit
    qualifier = count.qualifier if count.qualifier != "exact" else ""
    return " ".join(part for part in (qualifier, number, unit) if part)
