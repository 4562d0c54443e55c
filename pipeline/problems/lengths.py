"""Problems of texts with longer words and sentences than any report has."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind

LENGTHS: dict[str, ProblemKind] = {
    "text.long_word": ProblemKind(
        "warning",
        "Có {count} đoạn chữ dài trên 1.000 ký tự mà không có dấu cách (ảnh hoặc dữ liệu mã hóa dán vào?), không đọc; "
        "đoạn đầu tiên ở đây. Nếu là nội dung báo cáo, sửa lại dấu cách rồi chạy lại.",
        "There are {count} stretches of over 1,000 characters without a space (an encoded picture or data pasted in?), "
        "which were not read; the first is here. If they belong to the report, put their spaces back and run again.",
    ),
    "text.long_sentence": ProblemKind(
        "warning",
        "Có {count} chỗ câu dài trên 4.000 ký tự nên phải đọc thành từng phần; chỗ đầu tiên ở đây. Kiểm tra giá trị ở "
        "các câu này, hoặc đề nghị nơi gửi gửi tệp còn ngắt đoạn.",
        "At {count} places a sentence of over 4,000 characters was read in pieces; the first is here. Check the values "
        "of such sentences, or ask the sender for a file that still has its paragraphs.",
    ),
}
