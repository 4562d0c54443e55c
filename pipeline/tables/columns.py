"""Columns of every table, in their order: names, types, meanings and what a value may be.

Names and order are the project's output contract; new columns go to the end of their table.
"""

from __future__ import annotations

from msgspec import Struct


class Column(Struct, frozen=True):
    """One column: its Table Schema type and constraints, and its meaning as analysts read it."""

    name: str
    meaning: str
    type: str = "string"
    required: bool = False
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    pattern: str = ""


class Table(Struct, frozen=True):
    """One table: its columns, those that tell its rows apart, and whether rows belong to one of `reports`."""

    name: str
    title: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    of_report: bool = True

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, in order."""
        return [column.name for column in self.columns]


REPORT_KEY = ("report_id", "file")
"""What ties a row to its report; `file` belongs to it because two equal files have one `report_id`."""

_ID = "[0-9a-f]{12}"
_STATUS = ("done", "planned", "none")
_QUALIFIERS = ("exact", "more_than", "less_than", "about", "at_least", "at_most")
KEY = (
    Column("report_id", "Mã báo cáo, tính từ nội dung tệp: cùng nội dung thì cùng mã", required=True, pattern=_ID),
    Column("file", "Đường dẫn của tệp, tính từ thư mục đầu vào", required=True),
)
"""The columns that a row of every table of reports begins with."""
PERIOD = (
    Column("period_start", "Ngày đầu của kỳ báo cáo", "date"),
    Column("period_end", "Ngày cuối của kỳ báo cáo", "date"),
)
_START = Column("start", "Vị trí ký tự đầu, tính từ 0, trong văn bản mà `baocao text TỆP` in ra", "integer", minimum=0)
_END = Column("end", "Vị trí ngay sau ký tự cuối", "integer", minimum=0)
_REVIEWER = Column("reviewer", "Người rà soát, nhiều người thì nối bằng «; »")
_REVIEWED_AT = Column("reviewed_at", "Thời điểm rà soát, theo giờ UTC (ISO 8601)")
_PAGE = Column("page", "Trang, tính từ 1; để trống nếu định dạng tệp không có trang", "integer", minimum=1)

CONSOLIDATED = Table(
    "consolidated",
    "Bảng tổng hợp: mỗi dòng một thông tin trích được",
    (
        Column("item_id", "Mã thông tin; không đổi khi chạy lại trên cùng nội dung", required=True, pattern=_ID),
        *KEY,
        Column(
            "kind",
            "Loại: số ký hiệu văn bản, ngày, số liệu hoặc hoạt động",
            required=True,
            enum=("document_number", "date", "count", "activity"),
        ),
        Column("text", "Nguyên văn trong báo cáo, khoảng trắng rút về một dấu cách", required=True),
        Column(
            "value",
            "Giá trị chuẩn hóa: số ký hiệu viết liền; ngày theo EDTF; số có dấu chấm thập phân; mã hoạt động",
            required=True,
        ),
        Column("value_max", "Cận trên của một khoảng («10 – 15 lượt»: 15)", "number"),
        Column("total", "Tổng thể mà giá trị là một phần («12/15 xã»: 15)", "number"),
        Column("previous", "Số của kỳ so sánh, nếu báo cáo nêu cả cặp («209/155»: 155)", "number"),
        Column("unit", "Đơn vị hoặc danh từ đơn vị, chữ thường; «triệu», «tỷ» đã nhân vào giá trị"),
        Column("per", "Mẫu số của đơn vị («27m²/mặt»: mặt)"),
        Column("object", "Đối tượng được đếm: những từ sau đơn vị gọi tên nó"),
        Column("qualifier", "Mức chính xác: đúng, trên, dưới, khoảng, ít nhất, tối đa", enum=_QUALIFIERS),
        Column("change", "Số liệu là mức tăng hay mức giảm", enum=("increase", "decrease")),
        Column("document_type", "Tên loại văn bản được viện dẫn"),
        Column("issued_date", "Ngày ban hành ghi kèm số ký hiệu, theo EDTF"),
        Column("issuer", "Cơ quan ban hành, theo chữ sau «của» hoặc suy từ ký hiệu"),
        Column(
            "role",
            "Số: của chính báo cáo hay viện dẫn; ngày: của báo cáo, của văn bản viện dẫn hay trong lời văn",
            enum=("own", "cited", "report", "document", "text"),
        ),
        Column("date_start", "Ngày đầu; để trống khi báo cáo không nêu năm; ở số liệu là kỳ ghi ở đầu cột", "date"),
        Column("date_end", "Ngày cuối; để trống khi báo cáo không nêu năm; ở số liệu là kỳ ghi ở đầu cột", "date"),
        Column("activity_type", "Mã hoạt động; ở số liệu là hoạt động mà nó đo"),
        Column("status", "Đã làm, sẽ làm hay không phát sinh", enum=_STATUS),
        Column("section", "Các đề mục phía trên, nối bằng « > »"),
        Column("sentence", "Câu chứa thông tin: chứng cứ để đối chiếu"),
        _PAGE,
        _START,
        _END,
        Column("rule", "Mã quy tắc đã trích, dạng bộ/tên", required=True),
        Column("review", "Kết quả rà soát của người đọc", enum=("accepted", "corrected", "rejected")),
        Column("column", "Tiêu đề cột của ô bảng chứa số liệu; tiêu đề nhiều tầng nối bằng « > »"),
        Column("part_of", "Mã thông tin của số tổng mà số liệu này là một phần («…, trong đó …»)"),
        Column("machine_value", "Giá trị máy đọc, nếu người rà soát đã sửa dòng này"),
        Column("machine_cells", "Các ô khác mà người rà soát đã sửa, như máy đọc (JSON, theo tên cột)"),
        _REVIEWER,
        _REVIEWED_AT,
        Column("note", "Ghi chú của người rà soát"),
    ),
    primary_key=("file", "item_id"),
)

REPORTS = Table(
    "reports",
    "Báo cáo đầu vào: mỗi dòng một tệp, kể cả tệp không đọc được",
    (
        *KEY,
        Column(
            "format",
            "Định dạng của tệp",
            enum=("docx", "pdf", "doc", "odt", "rtf", "html", "xlsx", "txt", "md"),
        ),
        Column("pages", "Số trang, nếu định dạng có trang", "integer", minimum=1),
        Column(
            "status",
            "Đọc được cả, một phần, hay không đọc được",
            required=True,
            enum=("ok", "partial", "failed"),
        ),
        Column("error", "Phần không đọc được và cách khắc phục"),
        Column("text_source", "Chữ lấy từ tệp, từ nhận dạng (OCR) hay cả hai", enum=("text", "ocr", "mixed")),
        Column("number", "Số ký hiệu của chính báo cáo, dạng chuẩn; để trống nếu chưa điền số"),
        Column("symbol", "Phần ký hiệu sau số"),
        Column("document_type", "Tên loại văn bản"),
        Column("subject", "Trích yếu, trên một dòng"),
        Column("parent_issuer", "Cơ quan chủ quản: dòng trên của tên cơ quan"),
        Column("issuer", "Cơ quan ban hành"),
        Column("place", "Địa danh"),
        Column("date", "Ngày của báo cáo theo EDTF; chưa điền ngày thì chỉ có tháng («2023-10»)"),
        *PERIOD,
        Column("basis", "Số ký hiệu các văn bản mà báo cáo nêu là căn cứ thực hiện, nối bằng «; »"),
        Column("recipients", "Nơi nhận, nối bằng «; »"),
        Column("signer", "Họ tên người ký"),
        Column("signer_title", "Chức vụ của người ký"),
        Column("signer_authority", "Quyền hạn ký: TM., KT., TL., TUQ., Q."),
        Column("rule_pack", "Bộ quy tắc đã áp dụng"),
        Column("items", "Số dòng của báo cáo trong bảng tổng hợp", "integer", required=True, minimum=0),
        Column("signed_at", "Thời điểm ký số ghi trong chữ ký, chưa xác thực; không phải ngày của báo cáo"),
        Column("signed_by", "Tên trong chứng thư số đã ký, chưa xác thực, nối bằng «; »"),
        Column(
            "period_source",
            "Kỳ báo cáo đọc từ đâu: mốc số liệu ghi trong báo cáo, trích yếu, lời mở đầu, hay kỳ hạn theo Nghị định "
            "09/2019/NĐ-CP",
            enum=("window", "subject", "opening", "regulation"),
        ),
        Column(
            "numerals",
            "Số chữ số (con số) có trong báo cáo; số nào chưa giải thích được thì ở bảng problems",
            "integer",
            minimum=0,
        ),
        Column("text_id", "Mã của văn bản mà start, end tính theo; văn bản đọc ra khác đi thì mã khác", pattern=_ID),
        Column(
            "review",
            "Kết quả rà soát phần đầu, phần cuối văn bản (số, ngày, người ký …)",
            enum=("accepted", "corrected"),
        ),
        Column("machine_fields", "Các ô mà người rà soát đã sửa, như máy đọc (JSON, theo tên cột)"),
        _REVIEWER,
        _REVIEWED_AT,
    ),
    primary_key=("file",),
    of_report=False,
)

INDICATORS = Table(
    "indicators",
    "Chỉ tiêu: mỗi dòng một chỉ tiêu của bộ quy tắc trong một báo cáo",
    (
        *KEY,
        Column("issuer", "Cơ quan ban hành báo cáo"),
        *PERIOD,
        Column("indicator", "Mã chỉ tiêu", required=True),
        Column("label", "Tên chỉ tiêu", required=True),
        Column("value", "Giá trị; để trống khi báo cáo không nêu", "number"),
        Column("unit", "Đơn vị tính"),
        Column("qualifier", "Mức chính xác, như ở bảng tổng hợp", enum=_QUALIFIERS),
        Column("status", "Đã làm, sẽ làm hay không phát sinh", enum=_STATUS),
        Column("item_ids", "Mã các thông tin mà giá trị được tính từ đó, nối bằng «; »"),
        Column("machine_value", "Giá trị máy tính, nếu kết quả rà soát các thông tin ở trên làm nó khác đi", "number"),
    ),
    primary_key=("file", "indicator"),
)

PROBLEMS = Table(
    "problems",
    "Vấn đề cần biết: mỗi dòng một vấn đề gặp phải",
    (
        *KEY,
        Column("code", "Mã vấn đề", required=True),
        Column(
            "severity",
            "Mức độ: lỗi, cảnh báo, ghi chú",
            required=True,
            enum=("error", "warning", "notice"),
        ),
        Column("message", "Vấn đề là gì và cần làm gì", required=True),
        Column("text", "Chữ mà vấn đề nói tới, nếu có"),
        _START,
        _END,
        _PAGE,
        Column("box", "Khung chữ trên trang: trái, trên, phải, dưới, tính bằng point từ góc trên bên trái"),
        Column("other_file", "Tệp có chỗ thứ hai, nếu hai chỗ mâu thuẫn nhau"),
        Column("other_text", "Chữ ở chỗ thứ hai"),
        Column("other_start", "Vị trí ký tự đầu của chỗ thứ hai", "integer", minimum=0),
        Column("other_end", "Vị trí ngay sau ký tự cuối của chỗ thứ hai", "integer", minimum=0),
        Column("other_page", "Trang của chỗ thứ hai", "integer", minimum=1),
        Column("problem_id", "Mã vấn đề; không đổi khi chạy lại trên cùng nội dung", required=True, pattern=_ID),
        Column("review", "Kết quả rà soát: đã xử lý, hay không phải vấn đề", enum=("accepted", "rejected")),
        _REVIEWER,
    ),
    primary_key=("file", "problem_id"),
)

REFERENCES = Table(
    "references",
    "Văn bản được viện dẫn: mỗi dòng một văn bản mà các báo cáo nhắc tới",
    (
        Column("reference_id", "Mã dòng; không đổi khi chạy lại trên cùng thư mục", required=True, pattern=_ID),
        Column("number", "Số ký hiệu dạng chuẩn; viết nhiều cách thì lấy cách gặp nhiều nhất", required=True),
        Column("document_type", "Tên loại văn bản"),
        Column("issuer", "Cơ quan ban hành"),
        Column(
            "dates",
            "Ngày ban hành mà các báo cáo ghi, theo EDTF, kèm số lần ghi, nối bằng «; »; nhiều hơn một ngày "
            "là có chỗ ghi sai",
        ),
        Column("reports", "Số báo cáo viện dẫn văn bản", "integer", required=True, minimum=1),
        Column("mentions", "Số lần được viện dẫn", "integer", required=True, minimum=1),
        Column("files", "Các tệp viện dẫn, nối bằng «; »", required=True),
        Column("in_folder", "Tệp trong thư mục chính là văn bản này, nếu có"),
    ),
    primary_key=("reference_id",),
    of_report=False,
)

TABLES = (CONSOLIDATED, REPORTS, INDICATORS, PROBLEMS, REFERENCES)
"""The tables of a run whose columns are always the same, in the order they are written."""
