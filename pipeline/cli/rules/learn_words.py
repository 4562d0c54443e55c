"""The words of `baocao rules learn`, and of reviews in `rules stats`; `pipeline.cli.messages` has them all."""

from __future__ import annotations

LEARNING: dict[str, tuple[str, str]] = {
    "rules.stats.sort": (
        "Quy tắc nào đứng trước: khớp nhiều nhất (hits, mặc định) hay bị bác nhiều nhất (rejected).",
        "Which rules come first: those that fire most (hits, the default) or are rejected most (rejected).",
    ),
    "rules.stats.judged": ("đã rà soát", "reviewed"),
    "rules.stats.counted": (
        "đã rà soát: số thông tin của quy tắc được nhận/sửa/bác, kể cả sau lần chạy này.",
        "reviewed: how many of the rule's items were accepted/corrected/rejected, also since this run.",
    ),
    "rules.stats.missed": ("Bỏ sót, người đọc đã thêm", "Missed, added by readers"),
    "rules.learn.short": (
        "Kết quả rà soát gợi ý ví dụ nào cho quy tắc.",
        "Which examples review suggests for the rules.",
    ),
    "rules.learn.help": (
        "Từ những gì người rà soát đã sửa, bác và thêm trong KẾT_QUẢ của baocao run, đề xuất ví dụ (examples) và câu "
        "không được khớp (rejects) cho từng quy tắc, viết đúng như trong tệp quy tắc, kèm nguồn, người rà soát, và quy "
        "tắc hiện nay đã đạt hay chưa. Lệnh không sửa bộ quy tắc: anh chị chọn rồi dán vào, sau đó chạy baocao rules "
        "check. Câu trích giữ nguyên chữ của báo cáo: xóa tên người trước khi chia sẻ.",
        "From what reviewers corrected, rejected and added in OUT, the results of baocao run, suggest examples and "
        "rejects for each rule, written as rule files have them, with their source, the reviewer, and whether the rule "
        "passes today. No pack is changed: choose, paste, then run baocao rules check. Sentences are as the reports "
        "have them: take out names of people before you share them.",
    ),
    "rules.learn.out": (
        "Ghi đề xuất vào tệp này thay vì in ra.",
        "Write the suggestions to this file, not the screen.",
    ),
    "rules.learn.accepted": (
        "Thêm ví dụ từ những gì được chấp nhận, mỗi dạng câu mới một ví dụ.",
        "Give examples of what was accepted as well, one for each new form of sentence.",
    ),
    "rules.learn.rules": (
        "Bộ quy tắc; ghi được nhiều lần. Mặc định: các bộ của lần chạy.",
        "Rule pack; may be given several times. Default: those of the run.",
    ),
    "rules.learn.none": (
        "Chưa có gì để học: chưa ai rà soát thông tin nào trong {folder}.",
        "Nothing to learn yet: no item in {folder} was reviewed.",
    ),
    "rules.learn.nothing": (
        "Không có gì mới để học từ {verdicts} thông tin đã rà soát trong {folder}.",
        "Nothing new to learn from the {verdicts} items reviewed in {folder}.",
    ),
    "rules.learn.head": (
        "Rà soát {verdicts} thông tin trong {folder} cho {lessons} đề xuất: {failing} chưa đạt, {passing} đã đạt.",
        "{verdicts} items reviewed in {folder} give {lessons} suggestions: {failing} fail today, {passing} pass.",
    ),
    "rules.learn.paste": (
        "Dán dòng cần dùng vào khóa cùng tên của quy tắc, rồi chạy: baocao rules check BỘ",
        "Paste the lines that you want below the key of that name, then run: baocao rules check PACK",
    ),
    "rules.learn.optional": (
        "Những gì được chấp nhận còn cho {count} ví dụ nữa: thêm --accepted.",
        "What was accepted would give {count} more examples: add --accepted.",
    ),
    "rules.learn.disputed": (
        "Còn tranh chấp, chưa đề xuất gì: {count}",
        "Disputed, nothing is suggested: {count}",
    ),
    "rules.learn.changed": (
        "Máy nay đọc ra khác với lúc rà soát, nên không dùng: {count} quyết định.",
        "Decisions on what the machine reads otherwise now, not used: {count}.",
    ),
    "rules.learn.gone": (
        "Bảng nay không còn thông tin được rà soát, nên không dùng: {count} quyết định.",
        "Decisions on what is no longer in the tables, not used: {count}.",
    ),
    "rules.learn.others": (
        "Về phần đầu văn bản hoặc vấn đề, không thuộc quy tắc nào: {count} quyết định.",
        "Decisions on letterheads and problems, which no rule is about: {count}.",
    ),
    "rules.learn.written": ("Đề xuất ở {file}.", "The suggestions: {file}."),
    "rules.learn.file": ("tệp: {file} · bộ {pack}", "file: {file} · pack {pack}"),
    "rules.learn.line": ("dòng {line}: {title}", "line {line}: {title}"),
    "rules.learn.replace": (
        "{list} viết trong ngoặc vuông ở tệp quy tắc: thay cả khóa. Các câu đã có:",
        "{list} stands in brackets in the rule file: replace the whole key. What it has now:",
    ),
    "rules.learn.new": ("Đề xuất:", "Suggested:"),
    "rules.learn.passes": ("ĐÃ ĐẠT", "PASSES"),
    "rules.learn.fails": ("CHƯA ĐẠT", "FAILS"),
    "rules.learn.finds": ("quy tắc nay cho ra: {found}", "today the rule gives: {found}"),
    "rules.learn.finds_nothing": (
        "quy tắc nay không thấy gì khi câu đứng riêng",
        "today the rule finds nothing in the sentence alone",
    ),
    "rules.learn.times": ("gặp {count} chỗ", "{count} places"),
    "rules.learn.more": ("… và {count} chỗ nữa", "… and {count} more"),
    "rules.learn.against": (
        "cùng dạng câu có {count} chỗ được chấp nhận: xem lại",
        "{count} of the same form were accepted: look again",
    ),
    "rules.learn.near": ("quy tắc khác cũng gần: {rules}", "other rules that came near: {rules}"),
    "rules.learn.untold": (
        "ví dụ không ghi được cột đã sửa: {columns}",
        "corrected columns that an example can't show: {columns}",
    ),
    "rules.learn.trouble.narrow": (
        "câu còn có thông tin đúng của quy tắc này: tự rút gọn rồi bỏ dấu #",
        "the sentence holds what the rule finds rightly too: shorten it, then take away the #",
    ),
    "rules.learn.trouble.columns": (
        "phải tự viết: chỗ sửa là bỏ trống một cột, hoặc vai trò của ngày, số văn bản",
        "to be written by hand: a column was emptied, or the role of a date or document corrected",
    ),
    "rules.learn.trouble.home": (
        "chỉ đạt với bộ {pack}, không dán vào đây được",
        "only passes with the pack {pack}, so it can't stand here",
    ),
    "rules.learn.unplaced.built_in": (
        "Máy đọc bảng và phần đầu văn bản, không theo quy tắc nào",
        "Read in tables and letterheads, by no rule",
    ),
    "rules.learn.unplaced.unknown": ("Quy tắc nay không còn", "Of rules that are there no more"),
    "rules.learn.unplaced.unclaimed": (
        "Bỏ sót, chưa quy tắc nào gần: viết quy tắc mới, hoặc thêm cách nói cho quy tắc cùng loại",
        "Missed, and no rule came near: write a new one, or add the wording to one of its kind",
    ),
    "rules.learn.examples": ("phải tìm thấy", "to be found"),
    "rules.learn.rejects": ("không được tìm thấy", "not to be found"),
    "rules.learn.page": ("trang {page}", "page {page}"),
    "rules.learn.span": ("ký tự {start}–{end}", "characters {start}–{end}"),
    "rules.learn.cell": ("ô «{row} | {column}»", "cell “{row} | {column}”"),
    "rules.learn.accepted_by": ("chấp nhận", "accepted"),
    "rules.learn.corrected_by": ("sửa", "corrected"),
    "rules.learn.rejected_by": ("bác", "rejected"),
    "rules.learn.added_by": ("thêm", "added"),
}
