"""Every problem baocao can report: its code, how grave it is, and its words in both languages."""

from __future__ import annotations

from pipeline.model import Problem
from pipeline.problems.cache import CACHE
from pipeline.problems.clusters import CLUSTERS
from pipeline.problems.contradictions import CONTRADICTIONS
from pipeline.problems.kinds import ProblemKind
from pipeline.problems.lengths import LENGTHS
from pipeline.problems.limits import LIMITS
from pipeline.problems.lost import LOST
from pipeline.problems.reasons import OUTPUT
from pipeline.problems.review import REVIEW
from pipeline.problems.rules import RULES

__all__ = ["CATALOGUE", "BaocaoError", "ParseError", "ProblemKind"]

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
        "Tệp {format} có mật khẩu. Chạy lại với --passwords TỆP (mỗi dòng một mật khẩu), hoặc mở tệp, bỏ mật khẩu, lưu "
        "lại rồi chạy lại.",
        "The {format} file is protected by a password. Run again with --passwords FILE (one password on each line), or "
        "open it, remove the password, save it and run again.",
    ),
    "file.format": ProblemKind(
        "error",
        "Chưa đọc được loại tệp này ({found}). Lưu thành DOCX, PDF hoặc XLSX rồi chạy lại; tệp nén thì giải nén trước.",
        "This kind of file ({found}) can't be read yet. Save it as DOCX, PDF or XLSX and run again; unpack an archive.",
    ),
    "file.suffix": ProblemKind(
        "notice",
        "Đuôi tệp là .{suffix} nhưng nội dung là {format}; đã đọc theo nội dung.",
        "The file's suffix is .{suffix} but its content is {format}; it was read by its content.",
    ),
    "file.lighter": ProblemKind(
        "warning",
        "Máy chưa có LibreOffice nên tệp {format} chỉ được đọc tạm bằng {reader}: có thể mất số thứ tự tự động, chú "
        "thích cuối trang, ô gộp của bảng, và lẫn cả chữ đã xóa. Cài LibreOffice (xem: baocao doctor) rồi chạy lại, "
        "hoặc lưu tệp thành DOCX.",
        "LibreOffice is not on this machine, so the {format} file was only read by {reader}: automatic numbers, "
        "footnotes and merged cells may be lost, and deleted words may be among the rest. Install LibreOffice (see: "
        "baocao doctor) and run again, or save the file as DOCX.",
    ),
    "file.not_converted": ProblemKind(
        "warning",
        "LibreOffice không chuyển đổi được tệp {format} này nên chỉ đọc tạm bằng {reader}: có thể mất số thứ tự tự "
        "động, chú thích cuối trang, ô gộp của bảng, và lẫn cả chữ đã xóa. Mở tệp bằng Word, lưu thành DOCX rồi "
        "chạy lại.",
        "LibreOffice could not convert this {format} file, so it was only read by {reader}: automatic numbers, "
        "footnotes and merged cells may be lost, and deleted words may be among the rest. Open it in Word, save it as "
        "DOCX and run again.",
    ),
    "file.incomplete": ProblemKind(
        "warning",
        "antiword chỉ đọc được khoảng {share} phần chữ của tệp này, phần còn lại chưa đọc. Cài LibreOffice (xem: "
        "baocao doctor) rồi chạy lại, hoặc lưu tệp thành DOCX.",
        "antiword read only about {share} of this file's text; the rest was not read. Install LibreOffice (see: baocao "
        "doctor) and run again, or save the file as DOCX.",
    ),
    "file.no_reader": ProblemKind(
        "error",
        "Máy chưa có chương trình đọc tệp {format}. Cài LibreOffice (xem: baocao doctor) rồi chạy lại, hoặc lưu tệp "
        "thành DOCX.",
        "There is no program on this machine that reads {format} files. Install LibreOffice (see: baocao doctor) and "
        "run again, or save the file as DOCX.",
    ),
    "file.no_text": ProblemKind(
        "error",
        "Tệp không có chữ nào đọc được. Nếu là ảnh quét: cài Tesseract cùng dữ liệu tiếng Việt (vie) rồi chạy lại; "
        "nếu đã cài, đề nghị nơi gửi quét lại rõ hơn hoặc gửi tệp gốc.",
        "The file holds no readable text. If it is a scan: install Tesseract with its Vietnamese data (vie) and run "
        "again; if they are there, ask the sender for a clearer scan or the original file.",
    ),
    "file.embedded": ProblemKind(
        "warning",
        "Trong tệp có một tài liệu khác được nhúng vào, phần đó chưa đọc. Mở tệp bằng Word, lưu lại rồi chạy lại.",
        "Another document is embedded in this file and was not read. Open the file in Word, save it and run again.",
    ),
    "sheet.hidden": ProblemKind(
        "notice",
        "Trang tính «{name}» bị ẩn nên không đọc. Nếu trang này thuộc báo cáo, bỏ ẩn, lưu lại rồi chạy lại.",
        "The sheet “{name}” is hidden and was not read. If it belongs to the report, unhide it, save and run again.",
    ),
    "sheet.cut": ProblemKind(
        "warning",
        "Trang tính «{name}» vượt giới hạn {limit} ({most} ô) nên chỉ đọc phần đầu. Xóa các ô thừa ở xa hoặc tách tệp, "
        "rồi chạy lại; hoặc chạy lại với --limit {limit}=…",
        "The sheet “{name}” goes beyond the limit {limit} ({most} cells): only its first part was read. Delete stray "
        "cells far away or split the file, and run again; or run again with --limit {limit}=…",
    ),
    "sheet.too_large": ProblemKind(
        "error",
        "Trang tính «{name}» trải trên {rows} dòng × {columns} cột, vượt giới hạn sheet_cells nên không đọc. Xóa các ô "
        "thừa ở xa hoặc lưu thành XLSX, rồi chạy lại; hoặc chạy lại với --limit sheet_cells=…",
        "The sheet “{name}” reaches over {rows} rows × {columns} columns, beyond the limit sheet_cells, and was not "
        "read. Delete stray cells far away or save the file as XLSX, and run again; or with --limit sheet_cells=…",
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
        "Trang {page} không có lớp chữ (ảnh quét), chưa đọc được. Cài Tesseract cùng dữ liệu tiếng Việt (vie), "
        "hoặc ghi đường dẫn của nó vào biến BAOCAO_TESSERACT, rồi chạy lại.",
        "Page {page} has no text layer (a scan) and was not read. Install Tesseract with its Vietnamese data (vie), "
        "or name its path in the variable BAOCAO_TESSERACT, and run again.",
    ),
    "ocr.failed": ProblemKind(
        "warning",
        "Tesseract không đọc được trang {page} ({reason}), trang này bị bỏ qua. Chạy lại; nếu vẫn lỗi, quét lại trang.",
        "Tesseract could not read page {page} ({reason}); the page was left out. Run again; if it fails again, "
        "scan the page anew.",
    ),
    "ocr.uncertain": ProblemKind(
        "warning",
        "Ảnh quét mờ: «{text}» đọc không chắc ({share}); so lại với bản gốc.",
        "An unclear scan: “{text}” was not read for sure ({share}); compare it with the original.",
    ),
    "ocr.handwritten": ProblemKind(
        "warning",
        "Số hoặc ngày ở phần đầu văn bản (trang {page}) có vẻ viết tay nên để trống; điền theo bản gốc.",
        "The number or the day in the letterhead (page {page}) seems to be written by hand and was left blank; "
        "fill it in from the original.",
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
    "number.ambiguous": ProblemKind(
        "notice",
        "Số «{text}» có thể đọc hai cách; đã đọc là {value}, theo đơn vị và theo cách ghi số của báo cáo. Nếu sai, sửa "
        "ở cột value.",
        "The number “{text}” can be read in two ways; it was read as {value}, by its unit and by how the report writes "
        "numbers. If that is wrong, correct the column value.",
    ),
    "number.unreadable": ProblemKind(
        "warning",
        "Không đọc chắc được số «{text}» vì dấu phân cách không rõ; kiểm tra bản gốc.",
        "The number “{text}” can't be read for sure: its separators are unclear. Check the original.",
    ),
    "number.range": ProblemKind(
        "notice",
        "Dãy văn bản từ «{first}» đến «{last}» (khoảng {count} văn bản): chỉ hai số đầu và cuối thành dòng; số ở giữa, "
        "nếu cần, xem danh mục văn bản của nơi gửi.",
        "A range of documents from “{first}” to “{last}” (about {count}): only its two ends became rows. For those "
        "between them see the sender's list of documents.",
    ),
    "table.sum": ProblemKind(
        "warning",
        "Cột «{column}»: tổng in trong bảng là {total} nhưng các phần cộng lại được {sum}; đối chiếu bản gốc, hỏi nơi "
        "gửi con số đúng trước khi dùng.",
        "Column “{column}”: the total printed in the table is {total} but its parts sum to {sum}. Compare with the "
        "original and ask the sender for the right figure before you use it.",
    ),
    "date.unreadable": ProblemKind(
        "warning",
        "«{text}» không phải ngày có thật; kiểm tra bản gốc.",
        "“{text}” is no date that exists; check the original.",
    ),
    "date.automatic": ProblemKind(
        "warning",
        "Tệp {format} có trường ngày tự cập nhật (DATE, TIME): ngày lúc gửi không còn lưu trong tệp nên để trống. Xem "
        "bản in hoặc bản PDF.",
        "The {format} file has a date field that updates itself (DATE, TIME): the day it was sent is no longer in the "
        "file and was left empty. Look at the printed copy or the PDF.",
    ),
    "file.garbled": ProblemKind(
        "warning",
        "Chữ trong tệp có vẻ hỏng ({share} âm tiết hợp lệ; phông cũ không phải TCVN3, VNI, hoặc thiếu dấu?). Chuyển "
        "sang Unicode rồi chạy lại, hoặc kiểm tra lại giá trị lấy từ tệp này.",
        "The text looks damaged ({share} valid syllables; an old font other than TCVN3 and VNI, or no diacritics?). "
        "Convert it to Unicode and run again, or check the values read from it.",
    ),
    "text.legacy": ProblemKind(
        "notice",
        "Chữ TCVN3 (ABC) hoặc VNI đã được chuyển sang Unicode; nếu có từ sai dấu hay sai chữ hoa, đối chiếu bản gốc.",
        "Text in TCVN3 (ABC) or VNI fonts was converted to Unicode; where marks or capitals look wrong, check the "
        "original.",
    ),
    "run.no_folder": ProblemKind(
        "error",
        "Không mở được thư mục {folder}: {reason}. Kiểm tra lại đường dẫn và quyền đọc.",
        "The folder {folder} can't be opened: {reason}. Check the path and its permissions.",
    ),
    "run.no_file": ProblemKind(
        "error",
        "Không có tệp {file}. Kiểm tra lại đường dẫn.",
        "There is no file {file}. Check the path.",
    ),
    "run.no_such_name": ProblemKind(
        "error",
        "Không có tệp {file}. Kiểm tra lại đường dẫn; tên gần giống ở thư mục đó: {known}.",
        "There is no file {file}. Check the path; names like it in that folder: {known}.",
    ),
    "run.is_folder": ProblemKind(
        "error",
        "{folder} là thư mục, còn lệnh này đọc một báo cáo. Hãy nêu một tệp trong đó; cả thư mục thì dùng baocao run.",
        "{folder} is a folder, and this command reads one report. Name a file in it; for all of them use baocao run.",
    ),
    "run.no_reports": ProblemKind(
        "error",
        "Thư mục {folder} không có báo cáo nào. baocao tìm các tệp {suffixes}.",
        "The folder {folder} holds no reports. baocao looks for the files {suffixes}.",
    ),
    "gold.none": ProblemKind(
        "error",
        "Thư mục {folder} không có tệp đáp án .json nào. Kiểm tra lại đường dẫn.",
        "The folder {folder} holds no gold files (.json). Check the path.",
    ),
    "gold.unreadable": ProblemKind(
        "error",
        "Không đọc được tệp đáp án {file}: {reason}. Tệp phải là JSON, mã UTF-8.",
        "The gold file {file} can't be read: {reason}. It has to be JSON in UTF-8.",
    ),
    "gold.missing": ProblemKind(
        "error",
        "Đáp án {file}: thiếu {key}. Thêm khóa này rồi chạy lại.",
        "Gold {file}: {key} is missing. Add that key and run again.",
    ),
    "gold.unknown": ProblemKind(
        "error",
        "Đáp án {file}: {key} là «{value}», phải là một trong: {known}.",
        "Gold {file}: {key} is “{value}” and has to be one of: {known}.",
    ),
    "gold.no_text": ProblemKind(
        "error",
        "Đáp án {file}: {key} là {value}, phải là chữ hoặc số.",
        "Gold {file}: {key} is {value} and has to be text or a number.",
    ),
    "gold.no_number": ProblemKind(
        "error",
        "Đáp án {file}: {key} là «{value}», phải là số thập phân, không nhóm hàng nghìn (1632.5).",
        "Gold {file}: {key} is “{value}” and has to be a decimal number without grouping (1632.5).",
    ),
    "gold.no_list": ProblemKind(
        "error",
        "Đáp án {file}: {key} là {value}, phải là một danh sách trong ngoặc vuông.",
        "Gold {file}: {key} is {value} and has to be a list in square brackets.",
    ),
    "gold.no_object": ProblemKind(
        "error",
        "Đáp án {file}: {key} là {value}, phải là một đối tượng trong ngoặc nhọn.",
        "Gold {file}: {key} is {value} and has to be an object in braces.",
    ),
    "gold.one_end": ProblemKind(
        "error",
        "Đáp án {file}: {key} để trống. Đoạn phải có cả from và to; cả báo cáo thì để trống cả hai.",
        "Gold {file}: {key} is empty. A segment has both from and to; leave both empty for the whole report.",
    ),
    "evaluate.no_tables": ProblemKind(
        "error",
        "Không đọc được bảng {file}: {reason}. Chạy baocao run trước, rồi chỉ đúng thư mục kết quả.",
        "The table {file} can't be read: {reason}. Run baocao run first, then name the folder of its results.",
    ),
    "evaluate.columns": ProblemKind(
        "error",
        "Bảng {file} không như baocao đã ghi, xem cột {columns}: bảng của phiên bản cũ, hoặc đã lưu lại bằng chương "
        "trình bảng tính. Chạy lại baocao run vào một thư mục mới.",
        "The table {file} is not as baocao wrote it, see the columns {columns}: it is of an older version, or a "
        "spreadsheet program saved it. Run baocao run again into a new folder.",
    ),
    "evaluate.no_common": ProblemKind(
        "error",
        "Không báo cáo nào có ở cả {before} và {after} (so theo cột file). Chạy baocao run hai lần trên cùng một thư "
        "mục báo cáo, trước và sau khi sửa quy tắc, vào hai thư mục kết quả.",
        "No report is in both {before} and {after} (they are known by the column file). Run baocao run twice over the "
        "same folder of reports, before and after the rules change, into two folders of results.",
    ),
    "evaluate.no_files": ProblemKind(
        "error",
        "Đáp án của báo cáo {report} chỉ nói về một đoạn, nên cần chính báo cáo; không thấy nó trong {folder}. "
        "Chỉ thư mục chứa nó bằng --files.",
        "The gold of the report {report} is about a part of it, so the report itself is needed and is not in {folder}. "
        "Name its folder with --files.",
    ),
    "evaluate.no_text": ProblemKind(
        "error",
        "Không đọc được báo cáo {file} để tìm đoạn mà đáp án nói tới: {reason}",
        "The report {file} can't be read, to find the part that the gold is about: {reason}",
    ),
    "run.output": ProblemKind(
        "error",
        "Không ghi được kết quả vào {folder}: {reason}. Đóng các bảng đang mở (Excel), kiểm tra quyền ghi "
        "và chỗ trống, hoặc chọn thư mục khác. Các bảng cũ còn nguyên.",
        "The results can't be written to {folder}: {reason}. Close tables that are open (Excel), check "
        "permissions and free space, or choose another folder. The tables that were there are as before.",
        {"reason": OUTPUT},
    ),
    "run.busy": ProblemKind(
        "error",
        "Một lần chạy khác đang ghi vào thư mục {folder}: tiến trình {process} trên máy {host}, bắt đầu lúc {since}. "
        "Đợi lần chạy đó xong, dừng nó bằng Ctrl+C, hoặc chọn thư mục kết quả khác.",
        "Another run is writing to the folder {folder}: process {process} on the machine {host}, begun at {since}. "
        "Wait until it is done, stop it with Ctrl+C, or choose another folder for the results.",
    ),
    "run.others": ProblemKind(
        "error",
        "Bảng mới sẽ thay thư mục {folder}, nhưng trong đó có tệp không phải của baocao: {file}. Chuyển tệp đó đi "
        "nơi khác rồi chạy lại, hoặc chọn thư mục kết quả khác. Các bảng cũ còn nguyên.",
        "The new tables would replace the folder {folder}, which holds a file that is not baocao's: {file}. Move that "
        "file elsewhere and run again, or choose another folder for the results. The tables that were there are as "
        "before.",
    ),
    "run.half": ProblemKind(
        "error",
        "Các bảng trong {folder} đang được thay, hoặc lần thay trước bị ngắt giữa chừng, nên chưa đọc được. Thử lại "
        "sau ít phút; nếu vẫn vậy, chạy lại baocao run vào thư mục đó: nó làm nốt phần còn lại.",
        "The tables in {folder} are being replaced, or replacing them was cut off, and can't be read as they are. Try "
        "again in a few minutes; if it stays so, run baocao run into that folder again, which finishes the rest.",
    ),
    "run.renewed": ProblemKind(
        "error",
        "Các bảng trong {folder} vừa được thay bằng bảng mới trong lúc đang đọc. Chạy lại lệnh này.",
        "The tables in {folder} were replaced by new ones while they were being read. Run this command again.",
    ),
    "watch.busy": ProblemKind(
        "error",
        "Thư mục {folder} đang được một baocao watch khác cập nhật: tiến trình {process} trên máy {host}, bắt đầu lúc "
        "{since}. Dừng nó bằng Ctrl+C, hoặc chọn thư mục kết quả khác.",
        "Another baocao watch keeps the folder {folder} up to date: process {process} on the machine {host}, begun at "
        "{since}. Stop it with Ctrl+C, or choose another folder for the results.",
    ),
    "watch.moved": ProblemKind(
        "notice",
        "Tệp {file} bị xóa hoặc chuyển đi trong lúc cập nhật. Không cần làm gì: thư mục được xem lại từ đầu.",
        "The file {file} was removed or moved in the meantime. There is nothing to do: the folder is looked at anew.",
    ),
    "run.cache_limit": ProblemKind(
        "error",
        "Biến {variable} là «{text}», không phải dung lượng. Ghi như 500MB hoặc 2GB, hoặc bỏ biến này.",
        "The variable {variable} is “{text}”, which is no size. Write one such as 500MB or 2GB, or unset it.",
    ),
    **CACHE,
    **LIMITS,
    **LENGTHS,
    **LOST,
    **CLUSTERS,
    **CONTRADICTIONS,
    **REVIEW,
    **RULES,
}


class BaocaoError(Exception):
    """An error with a place in the catalogue: what is wrong and what to do."""

    def __init__(self, code: str, **detail: str) -> None:
        self.problem = Problem(code, tuple(detail.items()))
        super().__init__(CATALOGUE[code].message(self.problem, "en"))


class ParseError(BaocaoError):
    """A file that can't be turned into a Document."""
