"""Every problem baocao can report: its code, how grave it is, and its words in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Problem


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem: severity (`error`, `warning`, `notice`) and a message template per language."""

    severity: str
    vi: str
    en: str

    def message(self, problem: Problem, lang: str = "vi") -> str:
        """Return the words for `problem` in `lang`: what is wrong and what to do."""
        return (self.vi if lang == "vi" else self.en).format(**dict(problem.detail))


CATALOGUE: dict[str, ProblemKind] = {
    "file.empty": ProblemKind(
        "error",
        "Tệp rỗng (0 byte). Đề nghị nơi gửi gửi lại.",
        "The file is empty (0 bytes). Ask the sender for it again.",
    ),
    "file.unreadable": ProblemKind(
        "error",
        "Không mở được tệp: {reason}. Kiểm tra quyền đọc và ổ đĩa.",
        "The file can't be opened: {reason}. Check its permissions and the disk.",
    ),
    "file.special": ProblemKind(
        "error",
        "Đây không phải tệp thường (ống dẫn hoặc thiết bị), không đọc. Xóa nó khỏi thư mục hoặc thay bằng tệp thật.",
        "This is no ordinary file (a pipe or a device) and was not read. Remove it, or put the real file there.",
    ),
    "file.damaged": ProblemKind(
        "error",
        "Tệp {format} bị hỏng hoặc bị cắt ngang: {reason}. Thử mở bằng Word hoặc trình đọc PDF; nếu không mở được, "
        "đề nghị nơi gửi gửi lại.",
        "The {format} file is damaged or cut off: {reason}. Try it in Word or a PDF reader; if that fails, ask the "
        "sender for it again.",
    ),
    "file.encrypted": ProblemKind(
        "error",
        "Tệp {format} có mật khẩu. Mở tệp, bỏ mật khẩu, lưu lại rồi chạy lại.",
        "The {format} file is protected by a password. Open it, remove the password, save it and run again.",
    ),
    "file.format": ProblemKind(
        "error",
        "Chưa đọc được loại tệp này ({found}). Lưu thành DOCX, PDF có lớp chữ, TXT hoặc MD rồi chạy lại.",
        "This kind of file ({found}) can't be read yet. Save it as DOCX, PDF with text, TXT or MD and run again.",
    ),
    "file.suffix": ProblemKind(
        "notice",
        "Đuôi tệp là .{suffix} nhưng nội dung là {format}; đã đọc theo nội dung.",
        "The file's suffix is .{suffix} but its content is {format}; it was read by its content.",
    ),
    "file.no_text": ProblemKind(
        "error",
        "Tệp không có chữ nào đọc được (ảnh quét?). Cần nhận dạng chữ (OCR) trước.",
        "The file holds no readable text (a scan?). It has to be put through OCR first.",
    ),
    "file.second_document": ProblemKind(
        "notice",
        "Trong tệp còn một văn bản nữa: {document}. Dòng của báo cáo lấy theo văn bản đầu tiên; số liệu của cả hai "
        "đều được trích. Tách thành hai tệp nếu cần mỗi văn bản một dòng.",
        "The file holds one more document: {document}. The report's row is about the first one; the items of both "
        "were read. Split the file if each should have a row.",
    ),
    "page.no_text": ProblemKind(
        "warning",
        "Trang {page} không có lớp chữ (ảnh quét), chưa đọc được.",
        "Page {page} has no text layer (a scan) and was not read.",
    ),
    "page.garbled": ProblemKind(
        "warning",
        "Lớp chữ của trang {page} có vẻ hỏng ({share} âm tiết hợp lệ); kiểm tra lại giá trị lấy từ trang này.",
        "The text layer of page {page} looks damaged ({share} valid syllables); check the values read from it.",
    ),
    "number.unexplained": ProblemKind(
        "warning",
        "Chưa có quy tắc nào giải thích số «{text}»; xem lại câu này.",
        "No rule explains the number “{text}”; look at this sentence.",
    ),
    "number.unreadable": ProblemKind(
        "warning",
        "Không đọc chắc được số «{text}» vì dấu phân cách không rõ; kiểm tra bản gốc.",
        "The number “{text}” can't be read for sure: its separators are unclear. Check the original.",
    ),
    "date.unreadable": ProblemKind(
        "warning",
        "«{text}» không phải ngày có thật; kiểm tra bản gốc.",
        "“{text}” is no date that exists; check the original.",
    ),
    "rules.bad_yaml": ProblemKind(
        "error",
        "{place}: tệp quy tắc không đúng cú pháp YAML ({reason}).",
        "{place}: the rule file is no valid YAML ({reason}).",
    ),
    "rules.repeated_key": ProblemKind(
        "error",
        "{place}: khóa «{key}» ghi hai lần; giữ lại một.",
        "{place}: the key “{key}” is given twice; keep one.",
    ),
    "rules.unknown_key": ProblemKind(
        "error",
        "{place}: không có khóa «{key}»; có phải «{known}»?",
        "{place}: there is no key “{key}”; did you mean “{known}”?",
    ),
    "rules.missing_key": ProblemKind("error", "{place}: thiếu khóa «{key}».", "{place}: the key “{key}” is missing."),
    "rules.wrong_type": ProblemKind(
        "error",
        "{place}: «{key}» phải là {wanted}.",
        "{place}: “{key}” has the wrong type; wanted: {wanted}.",
    ),
    "rules.unknown_value": ProblemKind(
        "error",
        "{place}: «{key}» không nhận giá trị «{value}»; dùng một trong: {known}.",
        "{place}: “{key}” does not take “{value}”; use one of: {known}.",
    ),
    "rules.bad_pattern": ProblemKind(
        "error",
        "{place}: mẫu không dịch được ({reason}); kiểm tra ngoặc và tên mảnh mẫu.",
        "{place}: the pattern does not compile ({reason}); check brackets and fragment names.",
    ),
    "rules.missing_part": ProblemKind(
        "error",
        "{place}: mẫu của quy tắc «{rule}» thiếu phần có tên «{part}», ví dụ (?P<{part}>…).",
        "{place}: the pattern of the rule “{rule}” lacks the named part “{part}”, such as (?P<{part}>…).",
    ),
    "rules.no_examples": ProblemKind(
        "error",
        "{place}: quy tắc «{rule}» phải có cả examples và rejects; thêm ít nhất một mỗi loại.",
        "{place}: the rule “{rule}” needs both examples and rejects; add at least one of each.",
    ),
    "rules.duplicate_id": ProblemKind(
        "error",
        "{place}: mã «{rule}» đã có ở {other}; đổi một trong hai.",
        "{place}: the id “{rule}” is already used at {other}; change one of them.",
    ),
    "rules.not_found": ProblemKind(
        "error",
        "{place}: không có bộ quy tắc «{name}»; bộ có sẵn: {known}, hoặc đường dẫn tới thư mục có pack.yaml.",
        "{place}: there is no rule pack “{name}”; shipped packs: {known}, or give a folder that holds pack.yaml.",
    ),
    "rules.cycle": ProblemKind(
        "error",
        "{place}: bộ quy tắc kế thừa vòng tròn: {chain}.",
        "{place}: rule packs extend each other in a circle: {chain}.",
    ),
    "rules.bad_table": ProblemKind(
        "error",
        "{place}: bảng từ vựng sai ({reason}).",
        "{place}: the vocabulary table is wrong ({reason}).",
    ),
    "file.garbled": ProblemKind(
        "warning",
        "Chữ trong tệp có vẻ hỏng ({share} âm tiết hợp lệ; phông TCVN3, VNI hoặc thiếu dấu?). Chuyển sang "
        "Unicode rồi chạy lại, hoặc kiểm tra lại giá trị lấy từ tệp này.",
        "The text looks damaged ({share} valid syllables; a TCVN3 or VNI font, or no diacritics?). Convert it "
        "to Unicode and run again, or check the values read from it.",
    ),
    "file.crashed": ProblemKind(
        "error",
        "baocao gặp lỗi của chính nó khi đọc tệp {file} ({reason}); các tệp khác không bị ảnh hưởng. "
        "Đề nghị gửi dòng này, và tệp nếu được phép, cho người phát triển baocao.",
        "baocao itself failed on the file {file} ({reason}); the other files are not affected. "
        "Please send this line, and the file if you may, to the developers of baocao.",
    ),
    "run.no_folder": ProblemKind(
        "error",
        "Không mở được thư mục {folder}: {reason}. Kiểm tra lại đường dẫn và quyền đọc.",
        "The folder {folder} can't be opened: {reason}. Check the path and its permissions.",
    ),
    "run.no_reports": ProblemKind(
        "error",
        "Thư mục {folder} không có báo cáo nào. baocao tìm các tệp {suffixes}.",
        "The folder {folder} holds no reports. baocao looks for the files {suffixes}.",
    ),
    "run.output": ProblemKind(
        "error",
        "Không ghi được kết quả vào {folder}: {reason}. Đóng các bảng đang mở (Excel), kiểm tra quyền ghi "
        "và chỗ trống, hoặc chọn thư mục khác. Các bảng cũ còn nguyên.",
        "The results can't be written to {folder}: {reason}. Close tables that are open (Excel), check "
        "permissions and free space, or choose another folder. The tables that were there are as before.",
    ),
}


class BaocaoError(Exception):
    """An error with a place in the catalogue: what is wrong and what to do."""

    def __init__(self, code: str, **detail: str) -> None:
        self.problem = Problem(code, tuple(detail.items()))
        super().__init__(CATALOGUE[code].message(self.problem, "en"))


class ParseError(BaocaoError):
    """A file that can't be turned into a Document."""
