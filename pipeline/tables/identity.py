"""Ids of items that a review can hold on to: they say what was found, not where or by which rule."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import lt

from pipeline.model import Activity, Count, DateMention, DocumentNumber, Item
from pipeline.tables.result import FoundItem
from pipeline.text.fold import fold

_LENGTH = 12
_BETWEEN_WORDS = re.compile(r"[^\w ]+")
_KINDS: dict[type[Item], str] = {
    DocumentNumber: "document_number",
    DateMention: "date",
    Count: "count",
    Activity: "activity",
}
KINDS = tuple(_KINDS.values())
"""The kinds of item, in the order that summaries list them."""


def kind_of(item: Item) -> str:
    """Return the kind of `item` as the tables name it."""
    return _KINDS[type(item)]


def reading_order(found: FoundItem) -> tuple[int, int, str, str]:
    """Return what items of one report are sorted by: start, end, kind, and value where those are equal."""
    item = found.item
    return item.start, item.end, kind_of(item), str(item.value)


def in_reading_order(items: Sequence[FoundItem]) -> Sequence[int]:
    """Return the places of `items` among them in their `reading_order`."""
    spans = [(found.item.start, found.item.end) for found in items]
    if all(map(lt, spans, islice(spans, 1, None))):  # as rules give them but where two of them read the same words
        return range(len(items))
    return sorted(range(len(items)), key=lambda at: reading_order(items[at]))


def content_id(*parts: str) -> str:
    """Return 12 hexadecimal digits that stand for `parts`."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def item_ids(report_id: str, items: Sequence[FoundItem]) -> list[str]:
    """Return the id of each of `items`: of the report, the kind, the words, and the ordinal among equals.

    Offsets, pages, spacing and spelling variants play no part, nor does anything elsewhere in the report;
    so an item keeps its id when a parser or a rule gets better. An activity is told apart by its code.
    """
    ids = [""] * len(items)
    seen: dict[tuple[str, ...], int] = {}
    for at in in_reading_order(items):
        found = items[at]
        said = found.item.value if isinstance(found.item, Activity) else " ".join(fold(found.text).split())
        key = (kind_of(found.item), _words(found.sentence), said)
        seen[key] = seen.get(key, 0) + 1
        ids[at] = content_id(report_id, *key, str(seen[key]))
    return ids


def problem_ids(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the id of each of a report's problems, given as cells by column in their order.

    It is of the report, the code, the words here and in another file, and the ordinal among equals; where there are no
    words, of the page. Offsets and the message, which is in some language, play no part.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for row in rows:
        other = row["other_file"] if row["other_file"] != row["file"] else ""
        key = (row["code"], row["text"] or row["page"], other, row["other_text"])
        seen[key] += 1
        ids.append(content_id(row["report_id"], "problem", *key, str(seen[key])))
    return ids


@lru_cache(maxsize=1024)
def _words(sentence: str) -> str:
    return " ".join(_BETWEEN_WORDS.sub(" ", fold(sentence)).split())
