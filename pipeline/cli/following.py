"""The words of a run while it goes on, in both languages; `pipeline.cli.messages` has them all."""

from __future__ import annotations

FOLLOWING: dict[str, tuple[str, str]] = {
    "run.json": (
        "In diễn biến thành các dòng JSON ra đầu ra chuẩn cho chương trình khác đọc, thay cho tiến độ và tóm tắt.",
        "Print what happens as lines of JSON to standard output, for programs, instead of progress and summary.",
    ),
    "run.quiet": (
        "Không in tiến độ và tóm tắt; chỉ báo tệp không đọc được.",
        "Print neither progress nor summary; only tell which files could not be read.",
    ),
    "run.record": (
        "Nguồn gốc các bảng (phiên bản, bộ quy tắc, mã băm của từng tệp): run.json; nhật ký: run.log.jsonl.",
        "What made them (versions, rule packs, every file's hash): run.json. Log: run.log.jsonl.",
    ),
    "progress.preparing": ("Đang chuẩn bị", "Preparing"),
    "progress.reading": ("Đang đọc", "Reading"),
    "progress.writing": ("Đang ghi bảng", "Writing tables"),
    "progress.files": ("{done}/{total} tệp", "{done}/{total} files"),
    "progress.files.unknown": ("{done} tệp", "{done} files"),
    "progress.left": ("còn khoảng {time}", "about {time} left"),
    "progress.soon": ("sắp xong", "nearly done"),
    "progress.unsaid": ("đang ước lượng…", "estimating…"),
    "progress.pages": ("{count} trang", "{count} pages"),
    "progress.pages.one": ("1 trang", "1 page"),
    "progress.rate.second": ("{rate} tệp/giây", "{rate} files/s"),
    "progress.rate.minute": ("{rate} tệp/phút", "{rate} files/min"),
    "progress.elapsed": ("đã chạy {time}", "{time} so far"),
    "progress.kept": ("{count} đã có sẵn", "{count} known already"),
    "progress.failed": ("{count} không đọc được", "{count} not read"),
    "progress.partial": ("{count} đọc một phần", "{count} read in part"),
    "progress.now": ("Lúc này: ", "Now: "),
    "progress.slowest": ("Lâu nhất: ", "Slowest: "),
    "time.seconds": ("{seconds} giây", "{seconds} s"),
    "time.minutes": ("{minutes} phút", "{minutes} min"),
    "time.hours": ("{hours} giờ {minutes} phút", "{hours} h {minutes} min"),
    "time.days": ("{days} ngày {hours} giờ", "{days} d {hours} h"),
}
