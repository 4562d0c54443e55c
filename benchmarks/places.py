"""Names of provinces, and made-up names of districts, communes and people."""


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


PROVINCES = _names(
    "An Giang, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định, Bình Dương, Bình Phước, Bình Thuận, Cà Mau,"
    "Cao Bằng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Tĩnh, Hải Dương,"
    "Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An,"
    "Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh,"
    "Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Tiền Giang, Trà Vinh, Tuyên Quang,"
    "Vĩnh Long, Vĩnh Phúc, Yên Bái"
)

_FIRST = _names(
    "An, Bình, Châu, Đông, Hòa, Hưng, Khánh, Lộc, Long, Minh, Mỹ, Nam, Ngọc, Phú, Phước, Quảng, Sơn, Tân, Tây, Thạnh,"
    "Vĩnh, Xuân, Yên"
)
_SECOND = _names(
    "Hà, Hải, Hiệp, Hòa, Khê, Lâm, Lập, Lễ, Lợi, Lương, Mỹ, Nghĩa, Phong, Sơn, Thành, Thịnh, Thọ, Trạch, Trung, Vinh"
)
COMMUNES = tuple(f"{first} {second}" for first in _FIRST for second in _SECOND if first != second)

PEOPLE = (
    _names("Nguyễn, Trần, Lê, Phạm, Hoàng, Phan, Vũ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Đinh, Mai, Trịnh, Lương, Cao"),
    _names("Văn, Thị, Minh, Thanh, Quốc, Ngọc, Đức, Hữu, Xuân, Thu, Kim, Hồng, Gia, Bảo, Anh, Trọng"),
    _names(
        "An, Bình, Châu, Dũng, Giang, Hà, Hải, Hạnh, Hiếu, Hòa, Hùng, Hương, Khánh, Lan, Linh, Long, Nam, Nga, Phúc"
    ),
)
"""Family, middle and given names."""
