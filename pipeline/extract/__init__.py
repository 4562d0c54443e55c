"""From a Document to its Items: structure, then claims in order, then what follows from them."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from pipeline.extract.accounting import claim_labels, claim_named, numerals_in, unexplained
from pipeline.extract.activities import Refusal, find_activities
from pipeline.extract.breakdowns import with_parts
from pipeline.extract.certainty import uncertain
from pipeline.extract.checks import contradictions
from pipeline.extract.claims import Claim, Claims, Loss
from pipeline.extract.counts import carry_changes, find_counts
from pipeline.extract.dates import find_dates
from pipeline.extract.document_numbers import find_document_numbers, join_dates, number_ranges
from pipeline.extract.fields import complete_fields, further_documents
from pipeline.extract.grids import read_tables, with_heads, with_periods
from pipeline.extract.indicators import find_indicators
from pipeline.extract.issue_dates import with_issue_dates
from pipeline.extract.measures import tie_counts
from pipeline.extract.recognition import choose
from pipeline.extract.structure import Structure, read_structure
from pipeline.extract.view import View
from pipeline.extract.words import structure_words
from pipeline.model import Document, IndicatorValue, Item, Problem, ReportFields
from pipeline.rulebook import Pack


class Extraction(Struct, frozen=True):
    """What a rule pack finds in one document, and the account of how: who claimed what, and what lost.

    `proven_tables` counts the tables whose totals all are the sums of their parts, `numerals` all numerals of the text.
    """

    pack: Pack
    structure: Structure
    fields: ReportFields
    items: tuple[Item, ...]
    indicators: tuple[IndicatorValue, ...]
    problems: tuple[Problem, ...]
    claims: tuple[Claim, ...]
    lost: tuple[Loss, ...]
    refused: tuple[Refusal, ...]
    proven_tables: int = 0
    numerals: int = 0


def extract(document: Document, *packs: Pack) -> Extraction:
    """Return the items, fields and indicators that a rule pack finds in `document`.

    Of several `packs` each report gets the one that knows it, and the first where none does or several claim it alike.
    Spans are claimed in order: labels and named numerals, document numbers, table cells, dates, counts; so no year
    becomes a count and no document number a quantity. A numeral that nobody claims is a problem.
    """
    structure = read_structure(document, structure_words(packs[0]))
    choice = choose(structure, packs)
    if structure_words(choice.pack) != structure_words(packs[0]):
        structure = read_structure(document, structure_words(choice.pack))
    extraction = extract_view(View(structure, choice.pack))
    return replace(extraction, problems=(*choice.problems(), *extraction.problems)) if choice.rivals else extraction


def extract_view(view: View) -> Extraction:
    """Return what the rules of the view's pack find in it."""
    claims = Claims()
    claim_labels(view, claims)
    claim_named(view, claims, early=True)
    numbers, number_problems = find_document_numbers(view, claims)
    tables = read_tables(view, claims)
    dates, date_problems = find_dates(view, claims)
    numbers, dates = join_dates(numbers, dates, view)
    dates = with_issue_dates(dates, numbers, view)
    claim_named(view, claims, early=False)
    counts, count_problems = find_counts(view, claims)
    activities, refused, deed_problems = find_activities(view)
    counts = tie_counts(carry_changes(counts, view), activities, view)
    fields = complete_fields(view, numbers, dates)
    counts = with_periods([*tables.counts, *with_heads(counts, tables, view)], tables, dates, fields, view)
    counts = with_parts(counts, view)
    items: list[Item] = [*numbers, *dates, *counts, *activities]
    items = [_in_whole_sentence(item, view) for item in items]
    items.sort(key=lambda item: (item.start, item.end, type(item).__name__))
    problems = [
        *view.document.problems,
        *tables.problems,
        *number_problems,
        *number_ranges(numbers, view),
        *date_problems,
        *count_problems,
        *deed_problems,
        *unexplained(view, claims),
        *uncertain(view, items),
        *further_documents(view.structure),
        *contradictions(view, items, fields),
    ]
    problems.sort(key=lambda p: (p.start is not None, p.start or 0))
    return Extraction(
        view.pack,
        view.structure,
        fields,
        tuple(items),
        find_indicators(view, items, fields),
        tuple(problems),
        claims.all(),
        tuple(claims.lost),
        tuple(refused),
        tables.proven,
        numerals_in(view.text),
    )


def _in_whole_sentence(item: Item, view: View) -> Item:
    """Return `item` with a sentence that it ends in: the lines of a title are one text, though each is a sentence."""
    if item.end <= item.sentence[1]:
        return item
    last = view.sentence_at(item.end - 1)
    if last is None:
        return item
    return replace(item, sentence=(item.sentence[0], max(item.end, last.end)))
