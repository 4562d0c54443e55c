"""The modules whose branches guide the fuzzing: all that a target goes through, imported while atheris looks on."""

from __future__ import annotations

import importlib

_MODULES = (
    "pipeline.parsers", "pipeline.parsers.docx", "pipeline.parsers.pdf", "pipeline.parsers.xlsx",
    "pipeline.parsers.html", "pipeline.parsers.plain", "pipeline.parsers.office.reading", "pipeline.parsers.office.odf",
    "pipeline.parsers.office.striptext", "pipeline.parsers.office.antiword", "pipeline.parsers.office.fields",
    "pipeline.parsers.scan.hocr", "pipeline.parsers.pdf.reading", "pipeline.extract", "pipeline.extract.prove",
    "pipeline.decisions.values", "pipeline.decisions.dates", "pipeline.evaluation.gold", "pipeline.evaluation.outputs",
    "pipeline.cache.codec", "pipeline.cache.sealing", "pipeline.tables.portion", "pipeline.workbook.reading",
    "pipeline.workbook.labels", "pipeline.workbook.stamp", "pipeline.rulebook", "pipeline.rulebook.literals",
    "pipeline.rulebook.openings", "pipeline.rulebook.syntax", "pipeline.text.capitals", "pipeline.text.citations",
    "pipeline.text.gate", "pipeline.text.hyphens", "pipeline.text.variants",
)  # fmt: skip


def import_all() -> None:
    """Import them."""
    for name in _MODULES:
        importlib.import_module(name)
