"""The words of `baocao summary` on the command line."""

from __future__ import annotations

SUMMARY: dict[str, tuple[str, str]] = {
    "summary.short": (
        "Lập trang tổng hợp có biểu đồ từ các bảng kết quả.",
        "Make a page with plots that sums up the tables of a run.",
    ),
    "summary.help": (
        "Lập một trang HTML tổng hợp các bảng trong KẾT_QUẢ: thông tin theo loại và hoạt động, chỉ tiêu của các đơn vị "
        "đặt cạnh nhau và so với năm trước, văn bản được viện dẫn, lịch, con số đã giải thích được, tình hình rà soát, "
        "vấn đề cần xem lại. Trang không cần mạng, không chạy mã, in được trên giấy A4. Mỗi biểu đồ còn được ghi riêng "
        "thành SVG và PNG vào thư mục cùng tên. Mọi quyết định rà soát đến lúc này đều được tính.",
        "Make one HTML page that sums up the tables in OUT: items by kind and activity, indicators of departments side "
        "by side and against the year before, cited documents, a calendar, numerals explained, how much was reviewed, "
        "and problems. The page needs no network, runs no script and prints on A4. Each plot is written as SVG and PNG "
        "too, into a folder of the page's name. All decisions of reviewers by now count.",
    ),
    "summary.out": (
        "Tệp HTML cần ghi. Mặc định: summary.html trong KẾT_QUẢ.",
        "The HTML file to write. Default: summary.html in OUT.",
    ),
    "summary.written": ("Trang tổng hợp: {page}", "Summary: {page}"),
    "summary.plots": ("Biểu đồ (SVG, PNG): {folder}", "Plots (SVG, PNG): {folder}"),
}
