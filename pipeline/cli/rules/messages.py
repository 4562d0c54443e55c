"""The words of `baocao rules …`, in Vietnamese and in English; `pipeline.cli.messages` has them all."""

from __future__ import annotations

from pipeline.cli.rules.learn_words import LEARNING

RULES: dict[str, tuple[str, str]] = {
    **LEARNING,
    "metavar.packs": ("[BỘ…]", "[PACK…]"),
    "metavar.text_or_file": ("CÂU_HOẶC_TỆP", "TEXT_OR_FILE"),
    "rules.check.short": ("Tìm mọi lỗi của bộ quy tắc.", "Find everything wrong with a rule pack."),
    "rules.check.help": (
        "Tìm mọi lỗi của BỘ: cú pháp, khóa lạ, mã trùng, đơn vị lạ, ví dụ sai, quy tắc bị che, mẫu không bao giờ "
        "khớp, mẫu chạy quá lâu. Mỗi lỗi kèm tệp, dòng và cách sửa.\n\nBỘ là tên, thư mục của một bộ, hoặc thư mục "
        "chứa nhiều bộ. Không ghi BỘ: bộ ở thư mục đang đứng; ở đó không có bộ nào thì các bộ có sẵn.",
        "Find everything wrong with PACK: grammar, unknown keys, repeated ids, unknown units, examples that fail, "
        "shadowed rules, patterns that never match or run for too long. Each fault has its file, line and "
        "remedy.\n\nPACK is a name, a pack's folder, or a folder that holds packs. Without PACK: the pack of the "
        "current folder; where there is none, the shipped packs.",
    ),
    "rules.check.inherited": (
        "Chứng minh cả ví dụ của các bộ kế thừa: bộ này có làm hỏng chúng không.",
        "Prove the examples of the packs below as well: whether this pack breaks any.",
    ),
    "rules.check.fine": (
        "{pack}: không có lỗi · {rules} quy tắc, {indicators} chỉ tiêu, {examples} ví dụ đều đúng",
        "{pack}: no faults · {rules} rules, {indicators} indicators, all {examples} examples hold",
    ),
    "rules.check.unproven": (
        "Chưa thử hết các ví dụ: sửa các lỗi trên rồi chạy lại.",
        "Not all examples were tried: mend the faults above and run again.",
    ),
    "rules.check.sight": (
        "Bộ quy tắc {pack} có {count} chỗ cần xem: baocao rules check {pack}",
        "Rule pack {pack}, findings: {count}. See them with: baocao rules check {pack}",
    ),
    "rules.check.faults": ("{pack}: {errors} lỗi, {advice} lời khuyên", "{pack}: {errors} errors, {advice} warnings"),
    "rules.try.short": (
        "Thử một quy tắc trên một câu hay một tệp.",
        "Try one rule on a sentence or a file.",
    ),
    "rules.try.help": (
        "Quy tắc và chỉ tiêu TÊN tìm thấy gì trong CÂU_HOẶC_TỆP; không tìm thấy thì gần nhất là đâu, thiếu phần nào.",
        "What the rule and the indicator NAME find in TEXT_OR_FILE; where they find nothing, the nearest miss and the "
        "part that failed.",
    ),
    "rules.try.role": (
        "Vai trò của mục chứa câu (không dùng cho tệp).",
        "The role of the section that the sentence stands in (not for files).",
    ),
    "rules.try.value": ("Giá trị: {value} {unit}", "Value: {value} {unit}"),
    "rules.try.no_value": ("Không có giá trị.", "No value."),
    "rules.try.nothing": ("Không tìm thấy gì, cũng không có chỗ nào gần giống.", "Nothing found, and nothing near."),
    "rules.try.not_found": ("Không tìm thấy gì; những chỗ gần nhất:", "Nothing found; the nearest:"),
    "rules.try.more": ("… và {count} chỗ nữa", "… and {count} more"),
    "rules.try.found": ("tìm thấy", "found"),
    "rules.try.lost": ("bị lấy mất", "taken by"),
    "rules.try.refused": ("không lấy", "refused"),
    "rules.try.unmet": ("không lấy", "refused"),
    "rules.try.no_unit": ("không lấy", "refused"),
    "rules.try.unfit": ("không tính", "left out"),
    "rules.try.near": ("gần giống", "near"),
    "rules.try.key": ("chưa thỏa khóa «{condition}»", "does not meet “{condition}”"),
    "rules.try.named": ("chữ gọi tên: «{said}»", "named by: “{said}”"),
    "rules.try.other_figure": (
        "là mức tăng giảm, hoặc của kỳ đem so (khóa takes)",
        "a rise or fall, or of the period compared with (key takes)",
    ),
    "rules.try.other_period": (
        "là của kỳ khác, theo đầu cột hoặc chữ trong câu (khóa period)",
        "is of another period, by its head or words of the sentence (key period)",
    ),
    "rules.try.told_already": (
        "là phần của tổng đã tính, hoặc nói lại số đã tính (khóa combine)",
        "part of a total that is taken, or tells again what is taken (key combine)",
    ),
    "rules.try.other_status": ("số của kế hoạch, không phải đã làm (khóa status)", "planned, not done (key status)"),
    "rules.try.other_units": (
        "{count} số khác không có đơn vị mà chỉ tiêu đòi (khóa units)",
        "{count} other numbers have none of the units asked for (key units)",
    ),
    "rules.try.missing": ("thiếu: {part}", "missing: {part}"),
    "rules.try.missing_words": ("thiếu «{part}» của cụm «{phrase}»", "missing “{part}” of “{phrase}”"),
    "rules.try.all_words": ("có đủ chữ của cụm «{phrase}»", "holds all words of “{phrase}”"),
    "rules.try.unit": ("không thấy đơn vị (unit: {unit})", "no unit found (unit: {unit})"),
    "rules.short": ("Công cụ cho người viết quy tắc.", "Tools for whoever writes rules."),
    "rules.help": (
        "Công cụ cho người viết bộ quy tắc. Xem từng lệnh: baocao rules LỆNH --help",
        "Tools for whoever writes rule packs. For each of them: baocao rules COMMAND --help",
    ),
    "rules.new.short": ("Lập một bộ quy tắc mới.", "Start a new rule pack."),
    "rules.new.help": (
        "Lập thư mục BỘ có sẵn một quy tắc, một chỉ tiêu, một đơn vị, một báo cáo mẫu, kèm ghi chú; chạy được ngay. "
        "Tên thư mục là mã của bộ: chữ thường không dấu, chữ số, gạch dưới.",
        "Make the folder PACK with one rule, one indicator, one unit and a sample report, commented and right as it "
        "stands. The folder's name is the pack's id: lower-case letters, digits, underscores.",
    ),
    "rules.new.title": ("Tên của bộ.", "The pack's title."),
    "rules.new.extends": (
        "Bộ kế thừa; ghi được nhiều lần. Mặc định: core.",
        "A pack to build on; may be given several times. Default: core.",
    ),
    "rules.new.untitled": ("Bộ quy tắc {id}", "Rule pack {id}"),
    "rules.new.made": ("Đã lập bộ quy tắc {folder}:", "Made the rule pack {folder}:"),
    "rules.new.next": ("Tiếp theo:", "Next:"),
    "rules.list.short": ("Các bộ quy tắc, hoặc các quy tắc của một bộ.", "The rule packs, or the rules of a pack."),
    "rules.list.help": (
        "Không ghi BỘ: các bộ có sẵn và đã cài. Ghi BỘ (tên hoặc thư mục): các quy tắc và chỉ tiêu viết trong bộ ấy.",
        "Without PACK: the shipped and the installed packs. With PACK, a name or a folder: the rules and indicators "
        "that are written in it.",
    ),
    "rules.list.pack": ("mã bộ", "pack"),
    "rules.list.title": ("tên", "title"),
    "rules.list.version": ("bản", "version"),
    "rules.list.extends": ("kế thừa", "extends"),
    "rules.list.indicators": ("chỉ tiêu", "indicators"),
    "rules.list.place": ("ở", "at"),
    "rules.list.shipped": ("có sẵn", "shipped"),
    "rules.list.installed": ("đã cài", "installed"),
    "rules.list.rules": ("quy tắc", "rules"),
    "rules.list.unplaced": (
        "Tệp và dòng của từng cái: baocao rules show TÊN; mở cửa sổ rộng hơn thì có ở đây.",
        "The file and line of each: baocao rules show NAME, or here in a wider window.",
    ),
    "rules.list.rule": ("quy tắc", "rule"),
    "rules.list.kind": ("loại", "kind"),
    "rules.list.indicator": ("chỉ tiêu", "indicator"),
    "rules.list.unit": ("đơn vị", "unit"),
    "rules.list.head": (
        "{id} {version} · {title} · {rules} quy tắc, {indicators} chỉ tiêu · kế thừa: {extends}",
        "{id} {version} · {title} · {rules} rules, {indicators} indicators · extends: {extends}",
    ),
    "rules.show.short": (
        "Một quy tắc hoặc chỉ tiêu: viết ở đâu, thế nào.",
        "A rule or indicator: where and how written.",
    ),
    "rules.show.help": (
        "In quy tắc hoặc chỉ tiêu có mã TÊN (core/hop, hop, hoặc mã chỉ tiêu): tệp và dòng, nguyên văn, mẫu đã chèn "
        "mảnh, thay cho quy tắc nào, và các ví dụ cho ra gì.",
        "Print the rule or indicator called NAME (core/hop, hop, or an indicator's code): file and line, as written, "
        "the pattern with its fragments put in, what it stands for, and what its examples give.",
    ),
    "rules.show.indicator": ("chỉ tiêu", "indicator"),
    "rules.show.overrides": ("thay cho {name} ({place})", "stands for {name} ({place})"),
    "rules.show.overridden": ("ở bộ {pack} được thay bằng {name} ({place})", "in {pack} replaced by {name} ({place})"),
    "rules.show.disabled": ("bộ {pack} tắt nó", "{pack} disables it"),
    "rules.show.inherited": ("có hiệu lực ở: {packs}", "holds in: {packs}"),
    "rules.show.expanded": ("Mẫu đã chèn mảnh", "Pattern with fragments put in"),
    "rules.show.examples": ("Ví dụ cho ra", "What the examples give"),
    "rules.show.rejects": ("Không tìm thấy ở", "Finds nothing in"),
    "rules.show.nothing": ("không thấy gì", "nothing"),
    "rules.docs.short": ("Viết trang tài liệu của bộ quy tắc.", "Write the page of a rule pack."),
    "rules.docs.help": (
        "Viết cho mỗi BỘ một trang Markdown từ các tệp của nó: dùng cho báo cáo nào, chỉ tiêu, quy tắc, ví dụ cho ra "
        "gì. Không ghi BỘ: mọi bộ có sẵn.",
        "Write a Markdown page for each PACK from its files, in Vietnamese as they are: which reports it is for, "
        "indicators, rules, what the examples give. Without PACK: all shipped packs.",
    ),
    "rules.docs.out": ("Thư mục ghi trang. Mặc định: {folder}.", "Where pages are written. Default: {folder}."),
    "rules.docs.check": (
        "Không ghi; kết thúc với mã 1 nếu trang nào cũ hoặc thiếu.",
        "Write nothing; end with 1 if a page is stale or missing.",
    ),
    "rules.docs.written": ("Đã ghi {file}", "Wrote {file}"),
    "rules.docs.stale": (
        "{file} không còn khớp với bộ quy tắc; chạy lại: baocao rules docs",
        "{file} is stale; run again: baocao rules docs",
    ),
    "rules.docs.current": ("Mọi trang đều mới ({count}).", "All pages are up to date ({count})."),
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
