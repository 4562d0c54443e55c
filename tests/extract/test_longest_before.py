"""The longest phrase of several lists before a number is what the lists say one by one."""

from __future__ import annotations

from pipeline.extract.prove import passage
from pipeline.extract.structure import read_structure
from pipeline.extract.view import View
from pipeline.extract.vocabulary import CHANGES, QUALIFIERS
from pipeline.extract.words import structure_words
from pipeline.rulebook import candidate_packs

TEXT = "Thu tăng thêm khoảng 5%, giảm gần 3%, hơn 20 vụ, không quá 7 lớp, trên 10 xã, ước tăng hơn 4%, ít nhất 2 đội."


def test_lists_together_say_what_they_say_one_by_one() -> None:
    pack = candidate_packs(())[0]
    view = View(read_structure(passage(TEXT), structure_words(pack)), pack)
    lists, found = (*QUALIFIERS, *CHANGES), 0
    for end in range(len(TEXT) + 1):
        each = [(name, phrase) for name in lists if (phrase := view.phrase_before(f"words/{name}", end)) is not None]
        longest = min(each, key=lambda one: one[1].start, default=None)
        assert view.longest_before(lists, end) == longest
        found += longest is not None
    assert found > 4
