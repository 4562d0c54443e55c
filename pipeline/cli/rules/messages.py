"""The words of `baocao rules …`, in Vietnamese and in English; `pipeline.cli.messages` has them all."""

from __future__ import annotations

RULES: dict[str, tuple[str, str]] = {
    "rules.short": ("Công cụ cho người viết quy tắc.", "Tools for whoever writes rules."),
    "rules.help": (
        "Công cụ cho người viết bộ quy tắc. Xem từng lệnh: baocao rules LỆNH --help",
        "Tools for whoever writes rule packs. For each of them: baocao rules COMMAND --help",
    ),
    "rules.diff.short": (
        "So hai lần chạy trước và sau khi sửa quy tắc.",
        "Compare two runs, before and after a change of rules.",
    ),
    "rules.diff.help": (
        "So hai thư mục kết quả của baocao run trên cùng các báo cáo, trước và sau khi sửa quy tắc: thêm gì, mất gì, "
        "đổi gì, theo từng quy tắc. Kết thúc với mã 0 nếu không có gì khác, 1 nếu có, 2 nếu gọi sai.",
        "Compare two folders of results of baocao run over the same reports, before and after a change of rules: what "
        "was gained, lost and altered, rule by rule. Ends with 0 if nothing differs, 1 if something does, 2 for a "
        "wrong call.",
    ),
    "rules.diff.limit": (
        "Số thay đổi in ra cho mỗi quy tắc; 0: tất cả. Mặc định: {shown}.",
        "How many changes of each rule are printed; 0: all. Default: {shown}.",
    ),
    "rules.diff.csv": ("Ghi mọi thay đổi vào tệp CSV này.", "Write every change to this CSV file."),
    "rules.diff.none": ("Không có gì khác trong {reports} báo cáo.", "Nothing differs in {reports} reports."),
    "rules.diff.head": ("So {reports} báo cáo: {changes} thay đổi", "{reports} reports compared: {changes} changes"),
    "rules.diff.gained": ("thêm", "gained"),
    "rules.diff.lost": ("mất", "lost"),
    "rules.diff.altered": ("đổi", "altered"),
    "rules.diff.renamed": ("chỉ đổi quy tắc", "rule alone"),
    "rules.diff.rule": ("quy tắc", "rule"),
    "rules.diff.report.gained": ("Báo cáo chỉ có ở lần chạy sau", "Reports in the second run only"),
    "rules.diff.report.lost": ("Báo cáo chỉ có ở lần chạy trước", "Reports in the first run only"),
    "rules.diff.report.altered": ("Báo cáo đổi nội dung, không so", "Reports whose content changed, not compared"),
    "rules.diff.indicator": ("Chỉ tiêu", "Indicators"),
    "rules.diff.field": ("Cột của báo cáo", "Report fields"),
    "rules.diff.problem": ("Vấn đề", "Problems"),
    "rules.diff.explained": ("nay thuộc {rule}", "now of {rule}"),
    "rules.diff.unexplained": ("trước thuộc {rule}", "was of {rule}"),
    "rules.diff.unowned": ("không thông tin nào ở đó", "no item stands there"),
    "rules.diff.more": ("… và {count} thay đổi nữa: --limit 0 hoặc --csv", "… and {count} more: --limit 0 or --csv"),
    "rules.diff.written": ("Mọi thay đổi ở {file}.", "All changes: {file}."),
    "rules.stats.short": (
        "Mỗi quy tắc trích được gì, tốn bao nhiêu.",
        "What each rule finds, and what it costs.",
    ),
    "rules.stats.help": (
        "THƯ_MỤC là kết quả của baocao run: đếm theo quy tắc số thông tin, số báo cáo, tỉ lệ người đọc đã chấp nhận, "
        "sửa, bác (cột review), số vấn đề, và những quy tắc chưa khớp lần nào. THƯ_MỤC cũng có thể là thư mục báo "
        "cáo: khi đó quy tắc được chạy trên các báo cáo, không ghi bảng nào, và đo thêm phần thời gian của từng quy "
        "tắc. Muốn cả hai: chỉ kết quả, và thư mục báo cáo ở --reports.",
        "FOLDER is what baocao run wrote: count by rule the items, the reports, the share that readers accepted, "
        "corrected and rejected (column review), the problems, and the rules that never fired. FOLDER may also be a "
        "folder of reports: the rules are then run over them, no table is written, and each rule's share of the time "
        "is measured as well. For both, name the results, and the reports with --reports.",
    ),
    "rules.stats.reports": (
        "Các báo cáo của kết quả này, để đo thời gian và quy tắc no_item.",
        "The reports of these results, to measure times and no_item rules.",
    ),
    "rules.stats.csv": ("Ghi mọi quy tắc vào tệp CSV này.", "Write every rule to this CSV file."),
    "rules.stats.head": (
        "{fired} trên {rules} quy tắc đã khớp trong {files} báo cáo · bộ quy tắc: {packs}",
        "{fired} of {rules} rules fired in {files} reports · rule packs: {packs}",
    ),
    "rules.stats.rule": ("quy tắc", "rule"),
    "rules.stats.kind": ("loại", "kind"),
    "rules.stats.hits": ("lần", "hits"),
    "rules.stats.files": ("báo cáo", "reports"),
    "rules.stats.verdicts": ("nhận/sửa/bác", "acc/corr/rej"),
    "rules.stats.problems": ("vấn đề", "problems"),
    "rules.stats.share": ("thời gian", "time"),
    "rules.stats.ratio": ("×giữa", "×median"),
    "rules.stats.title": ("tên", "title"),
    "rules.stats.phrases": ("(mọi cụm từ, một lượt)", "(all phrases, one pass)"),
    "rules.stats.timed": (
        "thời gian: phần của quy tắc trong mọi thời gian so khớp; ×giữa: gấp mấy lần mẫu đứng giữa.",
        "time: the rule's part of all matching time; ×median: how many times that of the median pattern.",
    ),
    "rules.stats.reviewed": (
        "nhận/sửa/bác: phần trăm trong số thông tin của quy tắc mà người đọc đã rà soát.",
        "acc/corr/rej: per cent accepted, corrected and rejected of the rule's items that were reviewed.",
    ),
    "rules.stats.silent": ("Chưa khớp lần nào: {count} quy tắc", "Never fired: {count} rules"),
    "rules.stats.slowest": ("Tốn thời gian nhất", "Slowest patterns"),
    "rules.stats.inherited": (
        "Quy tắc thừa kế chưa khớp lần nào: {packs} (đủ danh sách: --csv TỆP).",
        "Inherited rules that never fired: {packs} (all of them: --csv FILE).",
    ),
    "rules.stats.hidden": (
        "{count} quy tắc no_item không để lại dòng nào trong bảng: đo bằng --reports.",
        "{count} no_item rules leave no row in the tables: measure them with --reports.",
    ),
    "rules.stats.unknown": (
        "Không thấy bộ quy tắc {packs} nên không biết quy tắc nào chưa khớp: chỉ nó bằng --rules.",
        "The rule pack {packs} was not found, so rules that never fired are not known: name it with --rules.",
    ),
    "rules.stats.other": (
        "Bộ quy tắc {packs} đã sửa từ lần chạy này: chạy lại baocao run để các số khớp với quy tắc.",
        "The rule pack {packs} was changed since this run: run baocao run again for figures of these rules.",
    ),
    "rules.stats.written": ("Mọi quy tắc ở {file}.", "All rules: {file}."),
}
