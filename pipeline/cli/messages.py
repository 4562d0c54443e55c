"""Every word of the command line, in Vietnamese and in English."""

from __future__ import annotations

from msgspec import Struct

from pipeline.cli.decided import DECIDED
from pipeline.cli.following import FOLLOWING
from pipeline.cli.measured import MEASURED
from pipeline.cli.review_words import REVIEWING
from pipeline.cli.rules.messages import RULES
from pipeline.cli.stored import STORED
from pipeline.cli.summary_words import SUMMARY
from pipeline.cli.watched import WATCHED
from pipeline.cli.workbook_words import WORKBOOK

_WORDS: dict[str, tuple[str, str]] = {
    **RULES,
    **DECIDED,
    **REVIEWING,
    **WORKBOOK,
    **SUMMARY,
    **MEASURED,
    **FOLLOWING,
    **WATCHED,
    **STORED,
    "help": (
        "Đọc báo cáo hành chính (DOCX, PDF, TXT, MD) và lập một bảng tổng hợp: số ký hiệu văn bản, ngày, "
        "số liệu, hoạt động; dòng nào cũng kèm câu chứng cứ.\n\nBắt đầu:  baocao run THƯ_MỤC_BÁO_CÁO -o "
        "THƯ_MỤC_KẾT_QUẢ",
        "Read administrative reports (DOCX, PDF, TXT, MD) and make one table of document numbers, dates, "
        "counts and activities, each row with the sentence that proves it.\n\nStart with:  baocao run "
        "REPORTS -o RESULTS",
    ),
    "help.usage": ("Cách dùng: ", "Usage: "),
    "help.options": ("Tùy chọn", "Options"),
    "help.commands": ("Lệnh", "Commands"),
    "help.option": ("In hướng dẫn này.", "Show this help."),
    "help.version": ("In phiên bản.", "Show the version."),
    "help.required": ("[bắt buộc]", "[required]"),
    "metavar.options": ("[TÙY CHỌN]", "[OPTIONS]"),
    "metavar.command": ("LỆNH …", "COMMAND …"),
    "metavar.folder": ("THƯ_MỤC", "FOLDER"),
    "metavar.out": ("THƯ_MỤC", "FOLDER"),
    "metavar.file": ("TỆP", "FILE"),
    "metavar.text": ("CHỮ", "TEXT"),
    "metavar.rules": ("BỘ", "PACK"),
    "metavar.packs": ("BỘ…", "PACK…"),
    "metavar.name": ("TÊN", "NAME"),
    "metavar.before": ("KẾT_QUẢ_TRƯỚC", "OUT1"),
    "metavar.after": ("KẾT_QUẢ_SAU", "OUT2"),
    "metavar.workers": ("SỐ", "N"),
    "metavar.seconds": ("GIÂY", "SECONDS"),
    "metavar.size": ("CỠ", "SIZE"),
    "metavar.limit": ("TÊN=SỐ", "NAME=NUMBER"),
    "metavar.results": ("KẾT_QUẢ", "OUT"),
    "metavar.gold": ("ĐÁP_ÁN…", "GOLD…"),
    "metavar.least": ("CHỈ_SỐ=MỨC", "FIGURE=LEAST"),
    "run.short": (
        "Đọc một thư mục báo cáo, ghi các bảng kết quả.",
        "Read a folder of reports, write the tables.",
    ),
    "run.help": (
        "Đọc mọi báo cáo trong THƯ_MỤC (kể cả thư mục con) và ghi bảng tổng hợp consolidated.csv cùng các "
        "bảng reports.csv, indicators.csv, problems.csv, references.csv. Tệp không đọc được không ảnh hưởng tệp khác: "
        "nó có một dòng trong reports.csv kèm cách khắc phục.",
        "Read every report in FOLDER and below and write the table consolidated.csv, with reports.csv, "
        "indicators.csv, problems.csv and references.csv beside it. A file that can't be read never costs another: it "
        "has a row in reports.csv that says what to do.",
    ),
    "run.out": ("Nơi ghi các bảng kết quả.", "Where the tables are written."),
    "metavar.cluster": ("ĐỊA_CHỈ", "ADDRESS"),
    "run.cluster": (
        "Đọc trên cụm máy Dask: địa chỉ của scheduler (tcp://…), hoặc local:N là N tiến trình trên máy này. Thư mục "
        "khi ấy có thể ở kho dùng chung (s3://, gs://, sftp://). Xem docs/cluster.md.",
        "Read on a Dask cluster: the scheduler's address (tcp://…), or local:N for N processes on this machine. "
        "Folders may be in a store then (s3://, gs://, sftp://). See docs/cluster.md.",
    ),
    "run.workers": ("Số tệp đọc cùng lúc.", "How many files are read at a time."),
    "option.rules": (
        "Bộ quy tắc: tên bộ có sẵn, bộ đã cài, hoặc thư mục chứa bộ. Ghi một lần: dùng cho mọi báo cáo; ghi nhiều lần: "
        "mỗi báo cáo tự chọn trong đó. Mặc định: tự chọn trong mọi bộ.",
        "A rule pack: a shipped or installed one by name, or a pack's folder. Given once: for every report; several "
        "times: each report chooses among them. Default: chosen among all packs.",
    ),
    "option.timeout": (
        "Số giây nhiều nhất để đọc một tệp; quá thì bỏ tệp đó, đọc tiếp các tệp khác. Mặc định: 600.",
        "Seconds that reading one file may take; then it is left, and the others go on. Default: 600.",
    ),
    "option.memory": (
        "Bộ nhớ nhiều nhất cho mỗi tiến trình đọc tệp, như 2GB; 0 là không giới hạn. Mặc định: 3GB.",
        "Memory that each process which reads may have, such as 2GB; 0 is without a limit. Default: 3GB.",
    ),
    "option.limit": (
        "Đổi một giới hạn của tệp, như pages=9000 hoặc file_size=1GB; dùng được nhiều lần. Các tên: docs/limits.md.",
        "Change a limit of what a file may hold, such as pages=9000 or file_size=1GB; may be given several times. The "
        "names: docs/limits.md.",
    ),
    "option.passwords": (
        "Tệp văn bản, mỗi dòng một mật khẩu, để mở các báo cáo có mật khẩu (PDF, Word, Excel).",
        "A text file with one password on each line, which open reports that have one (PDF, Word, Excel).",
    ),
    "option.no_cache": (
        "Đọc lại mọi tệp: không dùng, cũng không giữ những gì đã đọc ở các lần chạy trước.",
        "Read every file anew: neither use what earlier runs have read nor keep anything.",
    ),
    "option.lang": (
        "Ngôn ngữ của thông báo. Mặc định: theo máy.",
        "Language of messages. Default: the machine's.",
    ),
    "text.short": ("In văn bản của một báo cáo như baocao đọc.", "Print a report's text as baocao reads it."),
    "text.help": (
        "In văn bản của TỆP như baocao đọc được. Cột start và end của các bảng là vị trí ký tự trong văn bản này.",
        "Print the text of FILE as baocao reads it. The columns start and end of the tables count its characters.",
    ),
    "explain.short": (
        "Giải thích từng câu: thấy gì, vì sao.",
        "Explain each sentence: what was found, and why.",
    ),
    "explain.help": (
        "Với từng câu của TỆP: thông tin nào được trích và theo quy tắc nào, cụm từ nào không lấy và vì "
        "sao, số nào không phải số liệu, số nào chưa giải thích được.",
        "For each sentence of FILE: what was found and by which rule, which phrases were not taken and "
        "why, which numerals are no counts, and which are not explained.",
    ),
    "explain.at": ("Chỉ những câu có chữ này.", "Only the sentences that hold this text."),
    "explain.with_lost": (
        "Cả những gì quy tắc tìm thấy nhưng nhường chỗ cho quy tắc khác.",
        "Also what rules found that gave way to other rules.",
    ),
    "explain.hidden": (
        "Không kể {count} chỗ đã nhường cho quy tắc khác; xem bằng --lost.",
        "Not shown: {count} places that gave way to other rules; see them with --lost.",
    ),
    "explain.not_found": ("{file}: không có câu nào chứa «{text}».", "{file}: no sentence holds “{text}”."),
    "explain.head": (
        "{file} · bộ quy tắc {pack} ({title}) · {items} thông tin trong {sentences} câu",
        "{file} · rule pack {pack} ({title}) · {items} items in {sentences} sentences",
    ),
    "explain.page": ("trang {page}", "page {page}"),
    "explain.lost": ("thuộc về «{winner}» ({title})", "belongs to “{winner}” ({title})"),
    "label.document_number": ("số văn bản", "document"),
    "label.date": ("ngày", "date"),
    "label.count": ("số liệu", "count"),
    "label.activity": ("hoạt động", "activity"),
    "label.lost": ("nhường chỗ", "gave way"),
    "label.refused": ("không lấy", "not taken"),
    "label.no_item": ("bỏ qua", "no item"),
    "label.problem": ("XEM LẠI", "CHECK"),
    "kind.document_number": ("Số, ký hiệu văn bản", "Document numbers"),
    "kind.date": ("Ngày, thời kỳ", "Dates and periods"),
    "kind.count": ("Số liệu", "Counts"),
    "kind.activity": ("Hoạt động", "Activities"),
    "status.ok": ("đọc đủ", "read in full"),
    "status.partial": ("đọc một phần", "read in part"),
    "status.failed": ("không đọc được", "not read"),
    "run.files": ("Đã xử lý {files} tệp:", "{files} files:"),
    "run.items": ("Thông tin trích được", "What was found"),
    "run.problems": ("Cần xem lại (chi tiết ở problems.csv)", "To look at (details in problems.csv)"),
    "run.proven.one": (
        "1 bảng tự chứng: tổng khớp với các dòng.",
        "1 table proves itself: its totals are the sums of its rows.",
    ),
    "run.proven.many": (
        "{count} bảng tự chứng: tổng khớp với các dòng.",
        "{count} tables prove themselves: their totals are the sums of their rows.",
    ),
    "run.unread": ("Tệp chưa đọc được hết và cách khắc phục", "Files not read in full, and what to do"),
    "run.more": ("… và {count} tệp khác: xem reports.csv.", "… and {count} more: see reports.csv."),
    "run.unchanged": (
        "Báo cáo và quy tắc không đổi từ lần chạy trước, nên các bảng được giữ nguyên.",
        "Reports and rules are those of the run before, so its tables were left as they are.",
    ),
    "run.tables": (
        "Các bảng ở {folder}; mở bằng Excel: indicators_wide.csv (chỉ tiêu), consolidated.csv (từng thông tin).",
        "Tables: {folder}. Open indicators_wide.csv (indicators) and consolidated.csv (every item).",
    ),
    "doctor.short": (
        "Kiểm tra các chương trình hỗ trợ có trên máy.",
        "Check which helping programs this machine has.",
    ),
    "doctor.help": (
        "Cho biết các chương trình hỗ trợ (LibreOffice, antiword, Tesseract) có trên máy không, phiên bản nào, thiếu "
        "thì mất gì và cài thế nào. Kết thúc với mã 0 nếu đủ, 1 nếu thiếu.",
        "Say which helping programs (LibreOffice, antiword, Tesseract) this machine has, in which versions, what is "
        "lost without them, and how to install them. Ends with 0 if all are there, 1 if not.",
    ),
    "doctor.program": ("Chương trình", "Program"),
    "doctor.version": ("Phiên bản", "Version"),
    "doctor.lost": ("Nếu không có", "Without it"),
    "doctor.there": ("có", "there"),
    "doctor.missing": ("chưa có", "missing"),
    "doctor.broken": ("không chạy được", "does not run"),
    "doctor.spare": ("không cần", "not needed"),
    "doctor.libreoffice": (
        "DOC, ODT, RTF chỉ đọc được một phần: mất số thứ tự tự động, chú thích, ô gộp của bảng.",
        "DOC, ODT and RTF are read only in part: automatic numbers, footnotes and merged cells are lost.",
    ),
    "doctor.antiword": (
        "Không sao nếu có LibreOffice. Thiếu cả hai thì không đọc được DOC.",
        "Nothing if LibreOffice is there. Without both, DOC files can't be read.",
    ),
    "doctor.tesseract": (
        "Không đọc được bản quét (PDF ảnh, ảnh chụp).",
        "Scans (PDF without text, pictures) can't be read.",
    ),
    "doctor.vie": (
        "Không đọc được bản quét tiếng Việt: Tesseract cần dữ liệu này.",
        "Scans in Vietnamese can't be read: Tesseract needs these data.",
    ),
    "doctor.install": ("Cách cài", "How to install"),
    "doctor.antiword.other": ("không cần, hãy cài LibreOffice", "not needed: install LibreOffice"),
    "doctor.vie.windows": (
        "chạy lại bộ cài Tesseract, chọn Additional language data > Vietnamese",
        "run Tesseract's installer again, tick Additional language data > Vietnamese",
    ),
    "doctor.packages": ("Gói Python", "Python packages"),
    "doctor.reinstall": ("Thiếu gói {names}. Cài lại: pip install baocao", "Missing: {names}. Run: pip install baocao"),
    "doctor.complete": ("Đủ các chương trình hỗ trợ.", "All helping programs are there."),
    "doctor.incomplete": (
        "Thiếu: {names}. Cài xong thì mở cửa sổ dòng lệnh mới và chạy lại baocao doctor.",
        "Missing: {names}. Once installed, open a new terminal and run baocao doctor again.",
    ),
    "interrupted": (
        "Đã dừng theo yêu cầu. Không có bảng nào bị ghi dở; các bảng cũ (nếu có) còn nguyên.",
        "Stopped as asked. No table is half-written; older tables are as before.",
    ),
    "usage.no_option": ("không có tùy chọn {name}.", "there is no option {name}."),
    "usage.no_command": ("không có lệnh «{name}».", "there is no command “{name}”."),
    "usage.missing": ("còn thiếu {name}.", "{name} is missing."),
    "usage.bad": ("giá trị của {name} không hợp lệ.", "the value of {name} is not valid."),
    "usage.extra": (
        "thừa «{extra}». Nếu đường dẫn có dấu cách, hãy đặt nó trong ngoặc kép.",
        "“{extra}” is too much. If a path holds spaces, put it in double quotes.",
    ),
    "usage.other": ("chưa hiểu lệnh này ({reason}).", "this call is not understood ({reason})."),
    "usage.see": ("Xem hướng dẫn: {command} --help", "For help: {command} --help"),
}


class Words(Struct, frozen=True):
    """The words of one language: `words("run.files", files="3")`."""

    lang: str

    def __call__(self, key: str, **detail: object) -> str:
        """Return the words at `key` with `detail` put in."""
        return _WORDS[key][0 if self.lang == "vi" else 1].format(**detail)
