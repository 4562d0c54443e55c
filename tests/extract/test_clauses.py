"""Why a phrase tells no deed in its clause: the reasons that `baocao explain` shows."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.extract.prove import passage
from pipeline.model import Activity
from pipeline.rulebook import load_pack

PACK = load_pack("core")
REASONS = [
    ("Tuy nhiên, kiểm tra 12 cơ sở mới đạt một nửa.", "kiểm tra", "hạn chế, mở bằng «tuy nhiên»"),
    ("Năm cơ sở chưa được kiểm tra.", "kiểm tra", "đứng sau «được»"),
    ("Ba di tích không được tu bổ.", "tu bổ", "phủ định, bị động"),
    ("Mức độ người dân phối hợp đạt 91%.", "phối hợp", "chủ ngữ là «mức độ»"),
    ("Hiện có 7 doanh nghiệp ký kết hợp đồng.", "ký kết", "tình trạng hiện có"),
    ("Tổ công tác bảo vệ 3 lễ hội.", "lễ hội", "đối tượng của «bảo vệ»"),
    ("Tuyên truyền của xã: 12 buổi.", "Tuyên truyền", "danh từ, đứng trước «của»"),
    ("Ưu tiên trong kiểm tra.", "kiểm tra", "danh từ hóa bởi «trong»"),
    ("Hỗ trợ hộ nghèo: dư nợ 12 tỷ đồng.", "Hỗ trợ", "nhãn đầu mục"),
    ("Tuyên truyền ở thôn còn hạn chế.", "Tuyên truyền", "nhận định «còn hạn chế»"),
    ("Sau khi rà soát các tổ, xã họp dân.", "rà soát", "nguyên nhân, điều kiện"),
    ("Có 90 lượt (tuyên truyền 40, khác 50).", "tuyên truyền", "trong ngoặc đơn"),
]


@pytest.mark.parametrize(("text", "phrase", "reason"), REASONS, ids=[reason for *_, reason in REASONS])
def test_why_a_phrase_is_no_deed(text, phrase, reason):
    document = passage(text)
    refused = {(document.text[r.start : r.end], r.reason) for r in extract(document, PACK).refused}
    assert (phrase, reason) in refused


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Tuy nhiên, Sở đã kiểm tra 12 cơ sở.", {"inspection"}),
        ("Qua rà soát 120 thủ tục, xã bỏ 4 thủ tục.", {"monitor"}),
        ("Hỗ trợ: 12 hộ.", {"support"}),
        ("Kiểm tra của Đội có 5 cuộc; đã kiểm tra 9 chợ.", {"inspection"}),
        ("Tuyên truyền 40 buổi, nhận thức được nâng lên.", {"communicate"}),
        ("Tổng số đơn tiếp nhận: 12 đơn.", {"handle_case"}),
    ],
)
def test_what_stays_a_deed(text, codes):
    assert {item.value for item in extract(passage(text), PACK).items if isinstance(item, Activity)} == codes
