"""Whole reports set in fonts from before Unicode: the same text and blocks as in Unicode."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.parsers.docx import read_docx
from pipeline.parsers.plain import read_text

SAMPLES = Path(__file__).parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))
from docx_writer import source_to_docx  # noqa: E402
from legacy_writer import text_to_bytes  # noqa: E402
from source import Source, read_source  # noqa: E402
from text_writer import source_to_text  # noqa: E402

sys.path.remove(str(SAMPLES))

# Footnotes and tables; tracked changes and automatic numbers; columns kept with spaces; text copied out of a PDF.
NAMES = ("batgt_quangtri_2024", "stnmt_dongthap_2023m9", "sxd_atgt_2025q1", "ubnd_huyen_thanhchuong_2023")
IN_CP1252 = NAMES[1:]  # the first has a minus, which no such file can hold


def source_in(name: str, font: str) -> Source:
    source = read_source(SAMPLES / "sources" / f"{name}.txt")
    first = source.papers[0]
    return replace(source, papers=(replace(first, front=replace(first.front, font=font)), *source.papers[1:]))


@pytest.mark.parametrize("font", ["tcvn3", "vni", "mixed"])
@pytest.mark.parametrize("name", NAMES)
def test_docx(name: str, font: str) -> None:
    usual, old = (read_docx(source_to_docx(source_in(name, each))) for each in ("unicode", font))
    assert old.text.split("\n") == usual.text.split("\n")
    assert old.blocks == usual.blocks
    assert [problem.code for problem in old.problems] == ["text.legacy"]


@pytest.mark.parametrize("font", ["tcvn3", "vni", "mixed"])
@pytest.mark.parametrize("name", IN_CP1252)
def test_txt(name: str, font: str) -> None:
    text = source_to_text(source_in(name, "unicode"))
    usual, old = read_text(text.encode(), markdown=False), read_text(text_to_bytes(text, font), markdown=False)
    assert old.text.split("\n") == usual.text.split("\n")
    assert old.blocks == usual.blocks
    assert [problem.code for problem in old.problems] == ["text.legacy"]
