"""The parts of a pattern's source, and the farthest that they come in a text."""

from __future__ import annotations

import pytest

from pipeline.rulebook import load_pack
from pipeline.rulebook.parts import longest_prefix, top_parts

FRAGMENTS = {"so": r"(?P<n>\d+(?:\.\d+)*)", "bac": "triệu|tỷ"}


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("năm", ["năm"]),
        ("năm học", ["năm", " ", "học"]),
        (r"{so} ?(?:ha|mẫu)(?!\w)", ["{so}", " ?", "(?:ha|mẫu)", r"(?!\w)"]),
        (r"\d{1,3}[.,\]|)]x+?y", [r"\d{1,3}", r"[.,\]|)]", "x+?", "y"]),
        (r"a\.b", [r"a\.b"]),
        (r"(?P<n>\d|(a|b))(?P=n)*", [r"(?P<n>\d|(a|b))", "(?P=n)*"]),
        ("xã|thị trấn|", ["xã", "thị", " ", "trấn"]),
        ("(?<=số |mục )x++(?>a|b)", ["(?<=số |mục )", "x++", "(?>a|b)"]),
        ("một\n  hai", ["một", "hai"]),
        ("{so}{2}", ["{so}{2}"]),
        (r"^\bx$", ["^", r"\b", "x", "$"]),
        ("", []),
    ],
)
def test_parts(source: str, parts: list[str]) -> None:
    found = top_parts(source)
    assert [part.source for part in found] == parts
    assert all(source[part.start : part.end] == part.source for part in found)


def test_branches_are_numbered() -> None:
    assert [part.branch for part in top_parts("xã|thị trấn|phường")] == [0, 1, 1, 1, 2]


def test_the_parts_of_shipped_patterns_are_all_of_their_source() -> None:
    for rule in load_pack("core").patterns:
        parts = top_parts(rule.source)
        assert sum(part.end - part.start for part in parts) == len(rule.source) - max(p.branch for p in parts)


TEXT = "ủy ban đã cấp 1.200 cây giống\nvà 35 triệu đồng cho 4 hộ; năm 2024 cấp 18 tấn phân.\n"


@pytest.mark.parametrize(
    ("source", "matched", "failed", "there"),
    [
        ("{so} quyển", "1.200 ", "quyển", "cây giống"),
        ("cấp {so} cây giống", "cấp 1.200 cây giống", None, ""),
        ("cấp {so} cây giống mới", "cấp 1.200 cây giống", " ", ""),
        ("cấp {so} (?:tạ|kg) phân", "cấp 1.200 ", "(?:tạ|kg)", "cây giống"),
        (r"cho {so} hộ (?:nghèo|cận nghèo)", "cho 4 hộ", " ", "; năm 2024 cấp 18 tấn phân."),
        ("(?P<at>{so} {bac}) usd", "35 triệu ", "usd", "đồng cho 4 hộ; năm 2024 cấp 18 tấn phân."),
        ("năm học|(?P<at>năm {so} cấp {so2})", "năm 2024 cấp ", "{so2}", "18 tấn phân."),
        ("cấp(?! 18) {so} (?=tấn)", "cấp 1.200 ", "(?=tấn)", "cây giống"),
    ],
)
def test_the_nearest_miss(source: str, matched: str, failed: str | None, there: str) -> None:
    miss = longest_prefix(source, FRAGMENTS | {"so2": r"\d{4}"}, TEXT)
    assert miss is not None
    assert (miss.matched, miss.failed and miss.failed.source) == (matched, failed)
    assert TEXT[miss.start : miss.end] == matched
    assert failed is None or (there.startswith(miss.there) and bool(miss.there) == bool(there))


@pytest.mark.parametrize("source", ["quyển {so}", "(?:quyển)? ?xe", "(?<=giống)x"])
def test_where_nothing_stands_there_is_no_miss(source: str) -> None:
    assert longest_prefix(source, FRAGMENTS, TEXT) is None
