"""Text in the guise of a workbook: the values between tabs, semicolons or commas that systems save as .xls."""

from __future__ import annotations

import csv
import re
from io import StringIO

from pipeline.model import Document
from pipeline.parsers.plain.decode import bytes_to_text
from pipeline.parsers.xlsx.reading import sheets_to_document
from pipeline.parsers.xlsx.workbook import Entry, Sheet
from pipeline.problems import ParseError
from pipeline.text.clean import clean

_DELIMITERS = ("\t", ";", ",")
_FIGURE = re.compile(r"[-+]?\d[\d.,/]*\s?%?")
_LINE_END = re.compile(r"\r\n?|\n")
_LINES = 50  # that tell the delimiter
_WIDEST_FIELD = 1_000_000


def read_delimited(data: bytes) -> Document:
    """Return the Document of a text file whose lines are rows; ParseError if it is no text or holds none."""
    text = bytes_to_text(data, "XLS")
    csv.field_size_limit(_WIDEST_FIELD)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise ParseError("file.damaged", format="XLS", reason=str(error)) from error
    entries = [
        Entry(at, column, words, figure=bool(_FIGURE.fullmatch(words)))
        for at, row in enumerate(rows)
        for column, field in enumerate(row)
        if (words := clean(field).strip())
    ]
    return sheets_to_document([Sheet("", entries)])


def _delimiter(text: str) -> str:
    """Return what stands in most of the first lines, tabs before semicolons before commas."""
    lines = [line for line in _LINE_END.split(text, _LINES)[:_LINES] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: sum(sign in line for line in lines))
