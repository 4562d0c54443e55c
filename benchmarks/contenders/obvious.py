"""The obvious script: what a good colleague writes in an hour to get numbers, dates, counts and deeds out of reports.

    python -m benchmarks.contenders.obvious FOLDER OUT.csv

pdfplumber and python-docx read, spaCy's PhraseMatcher looks for the types of documents and the phrases of activities
(those of the shipped rules, some hundreds), four regular expressions and dateparser for the rest, and pandas writes a
CSV. It knows no sections, signatures, tables or units, and tells of nothing that it doesn't read.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pdfplumber
import spacy
import yaml
from dateparser.search import search_dates
from spacy.matcher import PhraseMatcher

RULES = Path(__file__).parents[2] / "rules"
PATTERNS = {
    "document_number": re.compile(r"\b\d{1,5}(?:/\d{4})?/(?:[A-ZĐ][\wĐđ&.]*)(?:-[A-ZĐ][\wĐđ&.]*)*"),
    "date": re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"),
    "date_in_words": re.compile(r"\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\b", re.IGNORECASE),
    "count": re.compile(r"\b\d{1,3}(?:\.\d{3})*(?:,\d+)?\s+[a-zđà-ỹ]+(?:\s+[a-zđà-ỹ]+)?"),
}
Row = dict[str, Any]


def phrases() -> Iterator[tuple[str, str]]:
    """Yield what is looked for, with its label: types of documents, phrases of activities."""
    with (RULES / "core" / "vocabulary" / "document_types.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield "document_type", row["name"]
    for path in sorted(RULES.rglob("*.yaml")):
        rules = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("rules") or ()
        for rule in rules:
            if rule.get("finds") == "activity":
                for phrase in rule.get("phrases") or ():
                    if "#" not in phrase:
                        yield rule["activity"], phrase


def paragraphs(path: Path) -> list[str]:
    """Return the pages of a PDF, or the paragraphs and cells of a DOCX."""
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            return [page.extract_text() or "" for page in pdf.pages]
    document = docx.Document(str(path))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            found += [cell.text for cell in row.cells]
    return found


def matcher(language: Any) -> PhraseMatcher:
    """Return what finds the phrases, whatever their case."""
    made, labelled = PhraseMatcher(language.vocab, attr="LOWER"), dict[str, list[Any]]()
    for label, phrase in phrases():
        labelled.setdefault(label, []).append(language.make_doc(phrase))
    for label, docs in labelled.items():
        made.add(label, docs)
    return made


def rows_of(path: Path, language: Any, matching: PhraseMatcher) -> Iterator[Row]:
    """Yield a row for whatever is found in a report."""
    for text in paragraphs(path):
        for kind, pattern in PATTERNS.items():
            for found in pattern.finditer(text):
                yield {"file": path.name, "kind": kind, "text": found[0], "value": ""}
        doc = language(text)
        for label, start, end in matching(doc):
            kind = language.vocab.strings[label]
            yield {"file": path.name, "kind": kind, "text": doc[start:end].text, "value": ""}
        for words, day in search_dates(text, languages=["vi"]) or ():
            yield {"file": path.name, "kind": "parsed_date", "text": words, "value": day.date().isoformat()}


def main(folder: Path, out: Path) -> None:
    """Read all PDFs and DOCX below `folder` into one CSV."""
    language = spacy.blank("xx")
    matching = matcher(language)
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".pdf", ".docx"))
    rows = [row for path in files for row in rows_of(path, language, matching)]
    pd.DataFrame(rows, columns=["file", "kind", "text", "value"]).to_csv(out, index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
