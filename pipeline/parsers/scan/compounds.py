"""Common words of reports that coarse scans give a wrong tone: hook, tilde and acute look alike there."""

from __future__ import annotations

import unicodedata
from functools import cache

_ACUTE, _HOOK, _TILDE = "\u0301", "\u0309", "\u0303"

# Words of two syllables of which no other word differs by these tones alone; then such of one syllable.
_COMPOUNDS = """
biển báo | biển đảo | biểu dương | bác sĩ | bảo hiểm | bảo tồn | bảo vệ | bảo đảm | bồi dưỡng | bổ nhiệm | bổ sung
cao điểm | chiến sĩ | chuyển biến | chuyển giao | chuyển đổi | chấn chỉnh | chặt chẽ | chỉ thị | chỉ tiêu | chỉ đạo
cải cách | cải thiện | cảnh báo | cấp phát | cổ động | cổng thông | cụ thể | củng cố | cử tri | cửa khẩu | diễn biến
diễn đàn | giải ngân | giải pháp | giải quyết | giảm nghèo | hiểu biết | hiệu quả | hướng dẫn | hưởng ứng | hải quan
hải đảo | hậu quả | hỗ trợ | hữu nghị | khả năng | khẩn trương | khởi công | khởi tố | kiểm soát | kiểm tra
kiểm điểm | kiểu mẫu | kết quả | kỷ luật | kỷ niệm | kỹ năng | kỹ thuật | lãnh đạo | lễ hội | lữ hành | mẫu mực
mở rộng | mỹ thuật | nghĩa vụ | ngưỡng mộ | nhập khẩu | nỗ lực | phát triển | phản hồi | phản ánh | phẩm chất
phổ biến | phổ cập | phủ sóng | quản lý | quảng bá | quảng trường | rủi ro | sản phẩm | sản xuất | sẵn sàng | sổ tay
sửa chữa | sửa đổi | thiểu số | thí điểm | thẩm quyền | thẩm định | thể chế | thể dục | thể hiện | thể thao
thỏa thuận | thời điểm | thủ tục | thủy sản | tiềm ẩn | tiểu ban | tiểu học | triển khai | triển lãm | trưởng ban
trưởng phòng | trọng điểm | trụ sở | tuyển chọn | tuyển dụng | tuyển sinh | tưởng niệm | tải trọng | tập thể | tổ chức
tổ quốc | tổn thất | tổng cộng | tổng hợp | tổng kết | tổng mức | tổng quan | tổng số | tổng thể | tỷ lệ | tỷ đồng
văn bản | vĩnh long | vũ khí | xuất khẩu | xã hội | xử lý | xử phạt | điều chỉnh | điểm cầu | đảm bảo | đẩy mạnh
đặc điểm | địa điểm | đổi mới | ảnh hưởng | ấn phẩm | ủng hộ | ủy ban | ủy quyền | ủy viên
"""
_SINGLE = "buổi những"


def settled(syllables: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the word of one or two syllables that `syllables`, in any case, can only be; None if not known.

    An acute may have been a hook or a tilde, but not the other way: «thành phố biển» is not «phổ biến».
    """
    read = tuple(unicodedata.normalize("NFD", syllable.lower()) for syllable in syllables)
    known = _known().get(tuple(map(_blurred, read)))
    if known is None or not all(map(_can_be, read, known)):
        return None
    return tuple(_as_case(word, like) for word, like in zip(known, syllables, strict=True))


@cache
def _known() -> dict[tuple[str, ...], tuple[str, ...]]:
    words = [tuple(word.split()) for line in _COMPOUNDS.splitlines() for word in line.split("|") if word.strip()]
    words += [(word,) for word in _SINGLE.split()]
    return {tuple(map(_blurred, word)): word for word in words if len(word) <= 2}


def _blurred(syllable: str) -> str:
    """Return a syllable with hook, tilde and acute as one mark."""
    apart = unicodedata.normalize("NFD", syllable)
    return apart.replace(_HOOK, _ACUTE).replace(_TILDE, _ACUTE)


def _can_be(read: str, known: str) -> bool:
    return _ACUTE in read or read == unicodedata.normalize("NFD", known)


def _as_case(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word
