"""The words of `baocao gaps` and `baocao evaluate`, in both languages; `pipeline.cli.messages` has them all."""

from __future__ import annotations

MEASURED: dict[str, tuple[str, str]] = {
    "gaps.short": (
        "Liệt kê những gì quy tắc chưa hiểu trong một thư mục.",
        "List what the rules do not understand in a folder.",
    ),
    "gaps.help": (
        "Đọc mọi báo cáo trong THƯ_MỤC và liệt kê những chỗ quy tắc chưa hiểu, gộp theo mẫu, gặp nhiều nhất đứng "
        "trước: việc cần làm cho người viết quy tắc. Mỗi mẫu kèm câu ví dụ và nơi cần thêm trong bộ quy tắc.",
        "Read every report in FOLDER and list what the rules do not understand, grouped by pattern, the most frequent "
        "first: a work-list for whoever writes rules. Each pattern has a sentence and the place in the pack to add to.",
    ),
    "gaps.out": ("Ghi mọi mẫu, mỗi mẫu ba ví dụ, vào tệp CSV này.", "Write all patterns with examples to this CSV."),
    "gaps.head": (
        "Quy tắc chưa hiểu {groups} mẫu trong {files} báo cáo.",
        "The rules do not understand {groups} patterns in {files} reports.",
    ),
    "gaps.places": ("{places} chỗ, {groups} mẫu", "{places} places, {groups} patterns"),
    "gaps.where": ("Thêm vào bộ quy tắc: {where}", "Add to a rule pack: {where}"),
    "gaps.own": (
        "Để biết tệp cần sửa: chỉ bộ quy tắc của mình bằng --rules (tạo bộ: baocao rules new BỘ).",
        "To see which file to change: name your own rule pack with --rules (make one: baocao rules new PACK).",
    ),
    "gaps.or": ("Hoặc: {told}", "Or: {told}"),
    "gaps.rule": ("quy tắc (finds: {finds})", "a rule (finds: {finds})"),
    "gaps.key": ("khóa {name}", "the key {name}"),
    "gaps.add_row": ("Thêm dòng vào {file}", "Add a row to {file}"),
    "gaps.make_table": ("Chưa có {file}: tạo tệp, dòng đầu là {head}", "No {file} yet: make it, first line {head}"),
    "gaps.add_rule": ("Thêm quy tắc (finds: {finds}) vào {file}", "Add a rule (finds: {finds}) to {file}"),
    "gaps.make_rules": (
        "Chưa có tệp quy tắc nào: tạo {file} với khóa rules, trong đó có quy tắc (finds: {finds})",
        "No file of rules yet: make {file} with the key rules and in it a rule (finds: {finds})",
    ),
    "gaps.add_key": ("Thêm vào khóa {name} ở {file}", "Add to the key {name} in {file}"),
    "gaps.make_key": (
        "Chưa có tệp quy tắc nào: tạo {file} với khóa {name}",
        "No file of rules yet: make {file} with the key {name}",
    ),
    "gaps.count": ("chỗ", "places"),
    "gaps.reports": ("báo cáo", "reports"),
    "gaps.pattern": ("mẫu", "pattern"),
    "gaps.example": ("ví dụ", "example"),
    "gaps.more": ("… và {count} mẫu nữa: dùng -o để ghi ra CSV.", "… and {count} more: write them with -o."),
    "gaps.written": ("Đủ các mẫu và ví dụ ở {file}.", "All patterns and examples: {file}."),
    "gaps.unwritten": ("Ghi đủ các mẫu ra CSV: thêm -o TỆP.csv", "To write all patterns as CSV: -o FILE.csv"),
    "gap.numeral": ("Số chưa quy tắc nào giải thích", "Numerals that no rule explains"),
    "gap.unit": ("Đơn vị ngoài từ vựng", "Units that the vocabulary lacks"),
    "gap.symbol": ("Mã lạ trong ký hiệu văn bản", "Unknown codes in document symbols"),
    "gap.heading": ("Đề mục chưa rõ vai trò", "Headings without a role"),
    "gap.verb": ("Động từ chưa thành hoạt động", "Verbs that gave no activity"),
    "gap.refused": (
        "Cụm từ hoạt động bị loại, câu không có hoạt động nào khác",
        "Activities refused, nothing else told",
    ),
    "evaluate.short": (
        "Chấm kết quả theo đáp án: đúng, sót, thừa.",
        "Score results against gold: right, missed, wrong.",
    ),
    "evaluate.help": (
        "So các bảng trong KẾT_QUẢ với ĐÁP_ÁN (tệp JSON hoặc thư mục): độ đúng, độ phủ, F1 theo loại, theo bộ quy "
        "tắc, theo định dạng, và từng chỗ sót, chỗ thừa. Với --least, mã kết thúc là 1 nếu chỉ số nào thấp hơn mức.",
        "Compare the tables in OUT with GOLD (JSON files or folders): precision, recall and F1 by kind, rule pack and "
        "format, and each item missed or wrong. With --least the exit status is 1 where a figure is under its level.",
    ),
    "evaluate.files": (
        "Thư mục các báo cáo; cần khi đáp án chỉ nói về một đoạn.",
        "Folder of the reports; needed where gold is about a part.",
    ),
    "evaluate.csv": ("Ghi mọi chỗ sai khác vào tệp CSV này.", "Write every fault to this CSV file."),
    "evaluate.json": ("In JSON thay cho bảng.", "Print JSON instead of tables."),
    "evaluate.least": (
        "Mức thấp nhất chấp nhận, ví dụ count=0.95; nhắc lại được. Chỉ số: all, loại, loại.precision, loại.recall, "
        "loại.loose, issued_date, document_type, report_fields, indicators, rule_pack.",
        "Least figure accepted, such as count=0.95; may be repeated. Figures: all, KIND, KIND.precision, KIND.recall, "
        "KIND.loose, issued_date, document_type, report_fields, indicators, rule_pack.",
    ),
    "evaluate.head": ("{reports} báo cáo có đáp án", "{reports} reports with gold"),
    "evaluate.kind": ("loại", "kind"),
    "evaluate.precision": ("độ đúng", "precision"),
    "evaluate.recall": ("độ phủ", "recall"),
    "evaluate.f1": ("F1", "F1"),
    "evaluate.loose": ("F1 lỏng", "loose F1"),
    "evaluate.gold": ("đáp án", "gold"),
    "evaluate.missed": ("sót", "missed"),
    "evaluate.wrong": ("thừa", "wrong"),
    "evaluate.all": ("tất cả", "all"),
    "evaluate.attributes": ("Cột của số văn bản", "Columns of document numbers"),
    "evaluate.fields": ("Cột của báo cáo", "Report fields"),
    "evaluate.indicators": ("Chỉ tiêu", "Indicators"),
    "evaluate.report_fields": ("cột báo cáo", "report fields"),
    "evaluate.packs": ("bộ quy tắc", "rule pack"),
    "evaluate.formats": ("định dạng", "format"),
    "evaluate.where": ("tệp", "file"),
    "evaluate.text": ("nguyên văn", "text"),
    "evaluate.wanted": ("đáp án", "wanted"),
    "evaluate.found": ("kết quả", "found"),
    "evaluate.no_faults": ("Không có chỗ nào sai khác đáp án.", "Nothing differs from the gold."),
    "evaluate.more": ("… và {count} chỗ nữa: dùng --csv để ghi đủ.", "… and {count} more: write all with --csv."),
    "evaluate.listed": ("Đủ các chỗ sai khác ở {file}.", "All faults: {file}."),
    "evaluate.fallen": ("{name} là {figure:.4f}, dưới mức {asked}.", "{name} is {figure:.4f}, under {asked}."),
    "evaluate.unmeasured": (
        "{name}: đáp án không có gì để đo, nên không đạt mức {asked}.",
        "{name}: the gold has nothing to measure it by, so it does not reach {asked}.",
    ),
    "evaluate.bad_least": (
        "--least phải có dạng CHỈ_SỐ=MỨC với mức từ 0 đến 1, không phải «{part}».",
        "--least is FIGURE=LEAST with a level from 0 to 1, not “{part}”.",
    ),
    "evaluate.no_figure": (
        "không có chỉ số «{name}»; có: {known}.",
        "there is no figure “{name}”; there are: {known}.",
    ),
    "fault.missed": ("sót", "missed"),
    "fault.misread": ("đọc sai", "misread"),
    "fault.wrong": ("thừa", "wrong"),
    "fault.attribute": ("sai cột", "column"),
    "fault.field": ("sai cột báo cáo", "field"),
    "fault.indicator": ("sai chỉ tiêu", "indicator"),
    "fault.segment": ("không thấy đoạn", "no such part"),
    "fault.report": ("không có báo cáo", "no report"),
}
