"""Surnames in a line that is a person's name: a coarse scan gives them a wrong tone, and there are few of them."""

from __future__ import annotations

import re
import unicodedata

_SURNAMES = """
An Âu Bạch Bành Bùi Cao Châu Chu Cù Dương Đàm Đào Đặng Đậu Đinh Đoàn Đỗ Đồng Giang Hà Hồ Hoàng Hứa Huỳnh Khổng Kiều
La Lại Lâm Lê Lương Lưu Lý Mạc Mai Nghiêm Ngô Nguyễn Nhan Ninh Nông Ông Phạm Phan Phùng Quách Tạ Tăng Thạch Thái Thân
Tiêu Tô Tôn Tống Trần Triệu Trịnh Trương Từ Ung Văn Viên Võ Vũ Vương
"""
_RANK = re.compile(r"(?:[A-ZĐ][\w.]*\.|Đại|Thượng|Trung|Thiếu|tá|úy|tướng|Bác|sĩ|Tiến|Thạc)")
_LEAST, _MOST = 3, 5  # syllables of a name; of two a place may be made
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_ALIKE = "\u0301\u0309\u0303"  # acute, hook and tilde


def surname_of(line: tuple[str, ...]) -> tuple[int, str] | None:
    """Return which word of a line is a surname read with a wrong tone, and what it is; None where there is none.

    The line has to be a name and nothing else, behind ranks and degrees; «Vụ Tổ chức» and «Hà Nội» are none.
    """
    start = next((at for at, word in enumerate(line) if not _RANK.fullmatch(word)), len(line))
    name = line[start:]
    if not _LEAST <= len(name) <= _MOST or not all(word.isalpha() and word.istitle() for word in name):
        return None
    read = unicodedata.normalize("NFD", name[0])
    tones = [mark for mark in read if mark in _TONES]
    if name[0] in _KNOWN or any(mark not in _ALIKE for mark in tones):
        return None
    meant = [known for known in _KNOWN if _toneless(known) == _toneless(name[0])]
    return (start, meant[0]) if len(meant) == 1 else None


def _toneless(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))


_KNOWN = frozenset(_SURNAMES.split())
