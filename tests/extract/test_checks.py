"""Mistakes planted in invented reports, each with the two texts that contradict; and near misses that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract import extract
from pipeline.extract.checks import parts
from pipeline.extract.prove import passage
from pipeline.extract.structure import read_structure
from pipeline.extract.view import View
from pipeline.extract.words import structure_words
from pipeline.model import Count, ReportFields
from pipeline.parsers.plain import read_text
from pipeline.problems import CATALOGUE
from pipeline.rulebook import load_pack
from tests.extract.table_sketch import drawn

PACK = load_pack("core")
CODES = {code for code in CATALOGUE if code.split(".")[0] in ("reference", "percentage", "pair", "part", "parts", "indicator")}
CODES.add("date.after_report")

LETTERHEAD = """SỞ NỘI VỤ
Số: 214/BC-SNV

Trà Vinh, ngày 20 tháng 11 năm 2024

BÁO CÁO
Kết quả công tác năm 2024

I. KẾT QUẢ THỰC HIỆN

"""
