"""The problems of files that were lost with the process that read them, and of what bounds such a process."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind

LOST: dict[str, ProblemKind] = {
    "file.crashed": ProblemKind(
        "error",
        "baocao gặp lỗi của chính nó khi đọc tệp {file} ({reason}); các tệp khác không bị ảnh hưởng. "
        "Đề nghị gửi dòng này, và tệp nếu được phép, cho người phát triển baocao.",
        "baocao itself failed on the file {file} ({reason}); the other files are not affected. "
        "Please send this line, and the file if you may, to the developers of baocao.",
    ),
    "file.timeout": ProblemKind(
        "error",
        "Đọc tệp này chưa xong sau {seconds} giây nên đã dừng, hai lần; các tệp khác không bị ảnh hưởng. Chạy lại với "
        "--timeout lớn hơn, hoặc tách tệp thành nhiều phần; tệp chỉ vài trang thì đề nghị nơi gửi gửi lại.",
        "Reading this file was stopped after {seconds} seconds, twice; the other files are not affected. Run again "
        "with a greater --timeout, or split the file; if it has only a few pages, ask the sender for it again.",
    ),
    "file.memory": ProblemKind(
        "error",
        "Đọc tệp này cần nhiều bộ nhớ hơn mức cho phép ({limit}); các tệp khác không bị ảnh hưởng. Chạy lại với "
        "--memory lớn hơn trên máy đủ bộ nhớ, hoặc tách tệp; tệp nhỏ mà báo lỗi này thì có thể là tệp hỏng hoặc tệp "
        "độc hại, đề nghị nơi gửi gửi lại.",
        "Reading this file needs more memory than it may have ({limit}); the other files are not affected. Run again "
        "with a greater --memory on a machine that has it, or split the file; a small file that does this may be "
        "damaged or malicious: ask the sender for it again.",
    ),
    "run.memory": ProblemKind(
        "error",
        "--memory không thể là «{text}». Ghi số byte hoặc kèm đơn vị, như 4GB, ít nhất {least}; 0 là không giới hạn.",
        "--memory can't be “{text}”. Give bytes, or a size such as 4GB, at least {least}; 0 is without a limit.",
    ),
    "run.no_workers": ProblemKind(
        "error",
        "Không khởi động được tiến trình đọc tệp: {reason}. Đóng bớt chương trình hoặc giảm --workers rồi chạy lại.",
        "No process that reads files can be started: {reason}. Close other programs or lower --workers, and run again.",
    ),
}
