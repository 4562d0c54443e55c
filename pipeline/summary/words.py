"""The words of the summary in Vietnamese and in English, and numbers as each language writes them."""

from __future__ import annotations

import math

from msgspec import Struct

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Tổng hợp báo cáo", "Summary of reports"),
    "lead": (
        "Từ {reports} báo cáo trong thư mục {folder}, nội dung từ {since} đến {until}.",
        "From {reports} reports in the folder {folder}, about {since} to {until}.",
    ),
    "lead.undated": ("Từ {reports} báo cáo trong thư mục {folder}.", "From {reports} reports in the folder {folder}."),
    "run": ("Các bảng được lập lúc {at}.", "The tables were made at {at}."),
    "rejected": (
        "Thông tin mà người rà soát đã bác bỏ không được tính, trừ ở mục Rà soát.",
        "Items that a reviewer rejected are not counted, except under Review.",
    ),
    "figures": ("Số chính", "Key figures"),
    "figure.reports": ("báo cáo", "reports"),
    "figure.items": ("thông tin trích được", "items found"),
    "figure.explained": ("con số đã giải thích được", "of the numerals explained"),
    "figure.reviewed": ("thông tin đã có người rà soát", "of the items reviewed"),
    "contents": ("Mục lục", "Contents"),
    "skip": ("Đến nội dung", "Skip to content"),
    "table": ("Số liệu của hình", "The figures of this plot"),
    "table.only": ("Số liệu", "Figures"),
    "cut": (
        "Bảng chỉ gồm {shown} trong {all} dòng; đủ ở {file}.",
        "The table has {shown} of {all} rows; {file} has all.",
    ),
    "rest": ("{count} mục còn lại", "{count} others"),
    "rest.reports": ("{count} báo cáo còn lại", "{count} other reports"),
    "rest.whole": ("{count} báo cáo khác, đều trọn vẹn", "{count} other reports, all complete"),
    "rest.median": ("Trung vị của {count} báo cáo còn lại", "Median of {count} other reports"),
    "all": ("Tất cả", "All"),
    "sum": ("Cộng", "Sum"),
    "nothing": ("Không có gì để tổng hợp ở mục này.", "There is nothing to tell here."),
    "day.since": ("trước {year}", "before {year}"),
    "reports": ("Báo cáo", "Reports"),
    "reports.title": (
        "{ok} báo cáo đọc được hết, {partial} đọc được một phần, {failed} không đọc được",
        "{ok} reports read in full, {partial} in part, {failed} not at all",
    ),
    "reports.caption": ("Số báo cáo theo bộ quy tắc đã áp dụng.", "Reports by the rule pack that was applied."),
    "reports.pack": ("Bộ quy tắc", "Rule pack"),
    "reports.unread": ("Tệp chưa đọc được hết", "Files not read in full"),
    "reports.status": ("Tình trạng", "Status"),
    "reports.why": ("Vì sao, cần làm gì", "Why, and what to do"),
    "status.ok": ("đọc được hết", "read in full"),
    "status.partial": ("đọc được một phần", "read in part"),
    "status.failed": ("không đọc được", "not read"),
    "items": ("Thông tin trích được", "Items"),
    "kinds.title": (
        "{items} thông tin, nhiều nhất là {most} ({count})",
        "{items} items, most of them {most} ({count})",
    ),
    "kinds.caption": (
        "Số thông tin theo loại; số ký hiệu và ngày không có tình trạng thực hiện.",
        "Items by kind; document numbers and dates have no state of being done.",
    ),
    "kind": ("Loại", "Kind"),
    "kind.document_number": ("số, ký hiệu văn bản", "document numbers"),
    "kind.date": ("ngày, kỳ", "dates"),
    "kind.count": ("số liệu", "counts"),
    "kind.activity": ("hoạt động", "activities"),
    "done": ("đã làm", "done"),
    "planned": ("sẽ làm", "planned"),
    "none": ("không phát sinh", "did not occur"),
    "": ("không xét", "not told"),
    "activities.title": (
        "{items} hoạt động: {done} đã làm, {planned} sẽ làm, {none} không phát sinh",
        "{items} activities: {done} done, {planned} planned, {none} that did not occur",
    ),
    "activities.caption": ("Số lần nhắc tới mỗi loại hoạt động.", "How often each type of activity is told of."),
    "activity": ("Hoạt động", "Activity"),
    "indicators": ("Chỉ tiêu của các đơn vị", "Indicators of departments"),
    "group.title": (
        "{pack}: {indicators} chỉ tiêu của {reports} báo cáo",
        "{pack}: {indicators} indicators of {reports} reports",
    ),
    "group.first": ("; {name}: cao nhất ở {label} ({value})", "; {name}: highest at {label} ({value})"),
    "group.shared": ("Chỉ tiêu chung", "Shared indicators"),
    "group.caption": (
        "Mỗi cột có thang riêng, xếp theo cột đầu; «–» là báo cáo không nêu. Hình vẽ {drawn} chỉ tiêu mà nhiều báo "
        "cáo có số liệu nhất, bảng dưới có đủ.",
        "Each column has a scale of its own; rows are sorted by the first. “–” is not stated. Drawn are the {drawn} "
        "indicators that most reports have a figure of; the table below has all.",
    ),
    "group.alone": (
        "Chỉ một báo cáo nêu các chỉ tiêu này nên không có hình so sánh.",
        "Only one report states these indicators, so that there is nothing to compare in a plot.",
    ),
    "group.corrected": (
        "* Giá trị do người rà soát sửa (cột màu vàng); bảng ghi cả giá trị máy đọc.",
        "* A value that a reviewer corrected (yellow bars); the table has what the machine read too.",
    ),
    "department": ("Đơn vị", "Department"),
    "file": ("Tệp", "File"),
    "machine": ("{value}* (máy đọc {machine})", "{value}* (machine read {machine})"),
    "changes": ("So với năm trước", "Against the year before"),
    "changes.title": (
        "{up} chỉ tiêu tăng, {down} giảm, {same} không đổi so với năm trước",
        "{up} indicators rose, {down} fell and {same} stayed as they were the year before",
    ),
    "changes.own": ("Theo số kỳ trước ghi trong chính báo cáo", "By the earlier value that the report itself states"),
    "changes.reports": (
        "Theo hai báo cáo của cùng cơ quan, cùng kỳ của hai năm liền nhau",
        "By two reports of one body, on the same months of two years in a row",
    ),
    "changes.caption": (
        "Mức tăng, giảm tính bằng phần trăm của kỳ trước; cột dài hơn 200 % được cắt ở đó.{few}",
        "Rise or fall in per cent of the period before; bars are cut at 200 %.{few}",
    ),
    "changes.few": (
        " Hình có {shown} mức thay đổi lớn nhất trong {all}.",
        " The plot has the {shown} largest of {all} changes.",
    ),
    "changes.none": (
        "Không báo cáo nào nêu số kỳ trước của một chỉ tiêu, và không cơ quan nào có báo cáo cùng kỳ của "
        "hai năm liền nhau.",
        "No report states an indicator's earlier value, and no body has reports on the same months of two years in a "
        "row.",
    ),
    "change.up": ("tăng", "rise"),
    "change.down": ("giảm", "fall"),
    "change.indicator": ("Chỉ tiêu", "Indicator"),
    "change.before": ("Kỳ trước", "Before"),
    "change.now": ("Kỳ này", "Now"),
    "change.difference": ("Tăng, giảm", "Change"),
    "change.share": ("Tăng, giảm (%)", "Change (%)"),
    "documents": ("Văn bản được viện dẫn", "Cited documents"),
    "documents.title": (
        "{documents} văn bản được viện dẫn; {shared} văn bản có từ hai báo cáo viện dẫn trở lên",
        "{documents} documents are cited, {shared} of them by two reports or more",
    ),
    "documents.caption": (
        "Số lần mỗi báo cáo (cột) viện dẫn mỗi văn bản (dòng). Hình gồm {rows} văn bản được nhiều báo cáo viện dẫn "
        "nhất và {columns} báo cáo viện dẫn chúng nhiều nhất; số ký hiệu của chính báo cáo không tính.",
        "How often each report (column) cites each document (row): the {rows} documents that most reports cite, and "
        "the {columns} reports that cite them most. A report's own number does not count.",
    ),
    "documents.alone": (
        "Số lần viện dẫn {rows} văn bản được nhắc tới nhiều nhất; số ký hiệu của chính báo cáo không tính.",
        "How often the {rows} documents that are named most are cited. A report's own number does not count.",
    ),
    "documents.document": ("Văn bản", "Document"),
    "documents.issuer": ("Cơ quan ban hành", "Issuer"),
    "documents.reports": ("Số báo cáo", "Reports"),
    "documents.mentions": ("Số lần", "Mentions"),
    "documents.by": ("Báo cáo viện dẫn", "Cited by"),
    "documents.count": ("{count} báo cáo", "{count} reports"),
    "documents.more": ("{names} và {count} báo cáo khác", "{names} and {count} more"),
    "dates": ("Lịch", "Calendar"),
    "dates.title": (
        "{named} lần nhắc tới ngày hoặc tháng, nhiều nhất là tháng {month} ({count})",
        "Days or months are named {named} times, most often in {month} ({count})",
    ),
    "dates.caption": (
        "Mỗi ô: số lần lời văn báo cáo nhắc tới tháng ấy hoặc một ngày trong đó. Ô viền đỏ: tháng có báo cáo được ký. "
        "Đã làm, sẽ làm: theo hoạt động trong cùng câu. Ngày của văn bản viện dẫn không tính; {wide} lần nhắc cả năm, "
        "quý, kỳ hoặc không rõ năm không có trong lịch.",
        "Each cell: how often the reports' own words name the month or a day in it. Red edges: months in which reports "
        "are dated. Done and planned: by the activities in the same sentence. Dates of cited documents do not count; "
        "{wide} mentions of whole years, quarters or spans, or without a year, are not in the calendar.",
    ),
    "dates.all": ("Mọi ngày được nhắc tới", "All days named"),
    "dates.done": ("Đã làm", "Done"),
    "dates.planned": ("Sẽ làm", "Planned"),
    "dates.month": ("Tháng", "Month"),
    "dates.sent": ("Báo cáo ký trong tháng", "Reports dated"),
    "explained": ("Con số đã giải thích được", "Numerals explained"),
    "explained.title": (
        "{share} con số trong báo cáo đã giải thích được; {whole}/{reports} báo cáo không còn con số nào chưa rõ",
        "{share} of the numerals are explained; {whole} of {reports} reports have none left",
    ),
    "explained.caption": (
        "Tỷ lệ con số trong báo cáo mà quy tắc hiểu là gì; con số chưa giải thích được có ở mục Vấn đề cần xem lại. "
        "Báo cáo còn nhiều con số chưa rõ đứng trước.",
        "The share of numerals whose meaning the rules know; those that are not explained are listed under Problems. "
        "Reports with most left come first.",
    ),
    "explained.none": (
        "Các bảng này chưa ghi mỗi báo cáo có bao nhiêu con số.",
        "These tables do not tell how many numerals the reports have.",
    ),
    "explained.numerals": ("Con số", "Numerals"),
    "explained.explained": ("Đã giải thích", "Explained"),
    "explained.share": ("Tỷ lệ", "Share"),
    "explained.of": ("{share} ({part}/{all})", "{share} ({part}/{all})"),
    "review": ("Rà soát", "Review"),
    "review.title": (
        "{share} thông tin đã có người rà soát: {accepted} chấp nhận, {corrected} sửa, {rejected} bác bỏ",
        "{share} of the items are reviewed: {accepted} accepted, {corrected} corrected, {rejected} rejected",
    ),
    "review.caption": (
        "Tỷ lệ theo loại thông tin; {added} thông tin do người rà soát thêm được tính là chấp nhận.",
        "Shares by kind of item; {added} items that reviewers added count as accepted.",
    ),
    "review.by_report": (
        "{reports} báo cáo còn thông tin chưa ai rà soát",
        "{reports} reports have items left to review",
    ),
    "review.by_report.caption": (
        "Báo cáo còn nhiều thông tin chưa rà soát đứng trước.",
        "Reports with most left to review come first.",
    ),
    "review.none": ("Chưa có thông tin nào được rà soát.", "No item is reviewed yet."),
    "accepted": ("chấp nhận", "accepted"),
    "corrected": ("sửa", "corrected"),
    "rejected.state": ("bác bỏ", "rejected"),
    "open": ("chưa rà soát", "open"),
    "reviewed.of": ("{part}/{all} đã rà soát", "{part} of {all} reviewed"),
    "problems": ("Vấn đề cần xem lại", "Problems"),
    "problems.title": (
        "{places} chỗ cần xem lại, nhiều nhất là «{most}» ({count})",
        "{places} places to look at, most of them “{most}” ({count})",
    ),
    "problems.caption": (
        "Số chỗ theo mã vấn đề; những chỗ người rà soát cho là không phải vấn đề không tính.",
        "Places by code of problem; those that a reviewer said are none do not count.",
    ),
    "problems.none": ("Không có vấn đề nào.", "There are no problems."),
    "problems.code": ("Mã", "Code"),
    "problems.what": ("Vấn đề", "Problem"),
    "problems.severity": ("Mức độ", "Severity"),
    "problems.places": ("Số chỗ", "Places"),
    "problems.reports": ("Số báo cáo", "Reports"),
    "error": ("lỗi", "error"),
    "warning": ("cảnh báo", "warning"),
    "notice": ("ghi chú", "notice"),
}
_SIGNS = (str.maketrans("-", "−"), str.maketrans(",.-", ".,−"))
_SCALES = {"vi": ((1e9, "tỷ"), (1e6, "triệu")), "en": ((1e9, "bn"), (1e6, "m"))}


class Wording(Struct, frozen=True):
    """The words and numbers of one language: `wording("rest", count=3)`."""

    lang: str

    def __call__(self, key: str, **detail: object) -> str:
        """Return the words at `key`, numbers in `detail` written as the language does."""
        told = {name: self.number(one) if isinstance(one, int | float) else one for name, one in detail.items()}
        return _WORDS[key][self.lang != "vi"].format(**told)

    def number(self, value: float, places: int = 2) -> str:
        """Return a number with its thousands parted and no more than so many decimals: «1.234,5»."""
        if not math.isfinite(value):
            return "–"
        text = f"{value:,.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = "0" if text in ("-0", "") else text
        return text.translate(_SIGNS[self.lang == "vi"])

    def short(self, value: float) -> str:
        """Return a number in few letters, for a plot: «46,3 tỷ»."""
        for size, name in _SCALES["vi" if self.lang == "vi" else "en"]:
            if abs(value) >= size:
                return f"{self.number(value / size)} {name}"
        return self.number(value)

    def share(self, part: float, whole: float = 1.0) -> str:
        """Return a share in per cent; only all is shown as 100, and only nothing as 0."""
        if not whole:
            return "–"
        tenths = round(1000 * part / whole)
        tenths = tenths if part >= whole else min(tenths, 999)
        told = self.number(max(tenths, 1 if part else 0) / 10, 1)
        return f"{told} %" if self.lang == "vi" else f"{told}%"

    def change(self, share: float) -> str:
        """Return a rise or fall in per cent, with its sign."""
        told = self.number(abs(100 * share), 1)
        sign = "+" if share > 0 and told != "0" else "−" if told != "0" else ""
        return f"{sign}{told} %" if self.lang == "vi" else f"{sign}{told}%"

    def day(self, text: str) -> str:
        """Return a day as the language writes it: «31/12/2023»."""
        return "/".join(reversed(text.split("-"))) if self.lang == "vi" else text
