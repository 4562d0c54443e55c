"""The way a report is typed and stored does not change what it says: NFC or NFD, line ends, spaces, soft hyphens."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.parsers import parse
from tests.documents import document
from tests.properties.telling import Told, told, told_of
from tests.properties.typed import FILES, WORDS, retyped
from tests.test_samples import SAMPLES

_LEGACY = ("ldld_tayninh_2010", "sldtbxh_camau_2008")
"""Reports in fonts from before Unicode: the soft hyphen is a letter of theirs («ư» of TCVN3), so none can be put in."""
_REPORTS = sorted((SAMPLES / "reports").iterdir())
TEXTS = [
    SAMPLES / "reports" / name for name in ("shd_mot_cua_2024.txt", "ubnd_huyen_thanhchuong_2023.txt", "stp_2022.md")
]
OTHERS = [path for path in _REPORTS if path.suffix in (".html", ".xlsx")]
_SMALL = ("btgtu_haugiang_2023", "cat_gt_2024m6", "doan_lamdong_2022", "vpub_chuyen_2024", "stttt_bentre_2021")
DOCX = [path for path in _REPORTS if path.suffix == ".docx" and path.stem in (*_LEGACY, *_SMALL)]
_USUAL = ("NFD", "doubled spaces", "soft hyphens", "a space and a no-break space")


@cache
def as_sent(path) -> Told:
    return told(document(path))


def compare(path, data: bytes, folder) -> None:
    now, was = told_of(path, data, folder), as_sent(path)
    assert set(now.items) ^ set(was.items) == set()
    assert now == was
    assert len(was.items) > 50


@pytest.mark.parametrize("way", WORDS)
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_words_typed_otherwise_say_the_same(path, way, tmp_path):
    data = retyped(path, WORDS[way])
    assert data != path.read_bytes()
    compare(path, data, tmp_path)


@pytest.mark.parametrize("way", [*_USUAL, "no-break spaces", "zero-width spaces"])
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_words_of_pages_and_sheets_typed_otherwise_say_the_same(path, way, tmp_path):
    data = retyped(path, WORDS[way])
    assert data != retyped(path, lambda text: text)
    compare(path, data, tmp_path)


@pytest.mark.parametrize("at", range(len(DOCX)), ids=lambda at: DOCX[at].name)
def test_words_of_word_typed_otherwise_say_the_same(at, tmp_path):
    """Each is typed in one way, in turn: all ways of all samples take minutes."""
    path, way = DOCX[at], _USUAL[at % len(_USUAL)]
    way = "NFD" if path.stem in _LEGACY else way
    data = retyped(path, WORDS[way])
    assert data != retyped(path, lambda text: text)
    compare(path, data, tmp_path)


@pytest.mark.parametrize("way", FILES)
@pytest.mark.parametrize("path", [TEXTS[0], TEXTS[-1], *OTHERS[:1]], ids=lambda path: path.name)
def test_a_text_stored_otherwise_says_the_same(path, way, tmp_path):
    text = path.read_text(encoding="utf-8") + "\n"
    if path.suffix == ".html" and "without its mark" in way:
        pytest.skip("a page is told by its first bytes, and these are no tag")
    assert FILES[way](text) != text.encode()
    compare(path, FILES[way](text), tmp_path)


_CSV = (
    "STT;Chỉ tiêu;Đơn vị tính;Năm 2023, ước;Năm 2024\n"
    "1;Số lớp tập huấn;lớp;12;1.250\n2;Số vụ, việc;vụ;15;9\n3;Kinh phí;triệu đồng;1.500,5;2.000\n"
)


@pytest.mark.parametrize("way", [*FILES, "NFD", "doubled spaces", "soft hyphens", "no-break spaces"])
def test_a_delimited_file_stored_otherwise_says_the_same(way, tmp_path):
    plain, other = tmp_path / "plain.xls", tmp_path / "other.xls"
    plain.write_text(_CSV, encoding="utf-8", newline="")
    other.write_bytes(FILES[way](_CSV) if way in FILES else WORDS[way](_CSV).encode())
    was = told(parse(plain))
    assert told(parse(other)) == was
    assert [item[1] for item in was.items if item[0] == "Count"] == ["12", "1.250", "15", "9", "1.500,5", "2.000"]
