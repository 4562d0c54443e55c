"""Problems of rule packs: what is wrong, at which line, and what to do."""

from __future__ import annotations

from pipeline.problems.kinds import ProblemKind
from pipeline.problems.reasons import DRAWING, EXAMPLE, HOOK, PATTERN, TABLE, WANTED, YAML

RULES: dict[str, ProblemKind] = {
    "rules.bad_yaml": ProblemKind(
        "error",
        "{place}: tệp quy tắc sai cú pháp: {reason}.",
        "{place}: the rule file breaks the grammar of YAML: {reason}.",
        {"reason": YAML},
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
    "rules.missing_key": ProblemKind(
        "error", "{place}: thiếu khóa «{key}»{near}.", "{place}: the key “{key}” is missing{near}."
    ),
    "rules.wrong_type": ProblemKind(
        "error",
        "{place}: «{key}» phải là {wanted}.",
        "{place}: “{key}” must be {wanted}.",
        {"wanted": WANTED},
    ),
    "rules.not_keys": ProblemKind(
        "error",
        "{place}: chỗ này phải là các dòng khóa: giá trị.",
        "{place}: here must be lines of key: value.",
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
        {"reason": PATTERN},
    ),
    "rules.unknown_fragment": ProblemKind(
        "error",
        "{place}: mẫu chèn {{{name}}}, nhưng không có mảnh hay danh sách từ nào tên ấy; có phải «{known}»?",
        "{place}: the pattern puts in {{{name}}}, but no fragment or word list is called that; did you mean “{known}”?",
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
    "rules.cut_text": ProblemKind(
        "error",
        "{place}: câu của ví dụ bị cắt ở dấu phẩy trước «{text}»; đặt cả câu trong dấu nháy đơn: text: '…, …'.",
        "{place}: the text of the example is cut at the comma before “{text}”; put all of it into single quotes: "
        "text: '…, …'.",
    ),
    "rules.bad_drawing": ProblemKind(
        "error",
        "{place}: bảng của ví dụ vẽ sai: {reason}; mỗi hàng một dòng «| ô | ô |», hàng nào cũng đủ số ô.",
        "{place}: the table of the example is drawn wrong: {reason}; write a line “| cell | cell |” for each row, "
        "all with as many cells.",
        {"reason": DRAWING},
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
        "{place}: bảng từ vựng sai: {reason}.",
        "{place}: the vocabulary table is wrong: {reason}.",
        {"reason": TABLE},
    ),
    "rules.unknown_cell": ProblemKind(
        "error",
        "{place}: cột «{key}» không nhận «{value}»{near}; dùng một trong: {known}.",
        "{place}: the column “{key}” does not take “{value}”{near}; use one of: {known}.",
    ),
    "rules.unknown_unit": ProblemKind(
        "error",
        "{place}: đơn vị «{unit}» không có trong vocabulary/units.csv; thêm một dòng vào bảng ấy{near}.",
        "{place}: the unit “{unit}” is not in vocabulary/units.csv; add a row there{near}.",
    ),
    "rules.unknown_list": ProblemKind(
        "error",
        "{place}: danh sách từ «{name}» không ai đọc: không phải danh sách baocao biết, cũng không mẫu nào chèn "
        "{{{name}}}. Có phải «{known}»?",
        "{place}: nobody reads the word list “{name}”: baocao knows none of that name and no pattern puts {{{name}}} "
        "in. Did you mean “{known}”?",
    ),
    "rules.unknown_rule": ProblemKind(
        "error",
        "{place}: không có quy tắc, chỉ tiêu hay từ «{name}» trong các bộ kế thừa; có phải «{known}»?",
        "{place}: the packs that this one extends have no rule, indicator or word “{name}”; did you mean “{known}”?",
    ),
    "rules.unknown_column": ProblemKind(
        "error",
        "{place}: columns ghi «{name}», nhưng không có chỉ tiêu nào mã ấy; có phải «{known}»?",
        "{place}: columns names “{name}”, but no indicator has that code; did you mean “{known}”?",
    ),
    "rules.one_of": ProblemKind(
        "error",
        "{place}: quy tắc «{rule}» phải có đúng một trong các khóa: {keys}.",
        "{place}: the rule “{rule}” must have exactly one of the keys {keys}.",
    ),
    "rules.bad_expression": ProblemKind(
        "error",
        "{place}: không tính được «{expression}» ({reason}); chỉ dùng + - * / ( ) với số và tên các phần của mẫu: "
        "{known}.",
        "{place}: “{expression}” can't be computed ({reason}); use + - * / ( ) with numbers and the names of the "
        "pattern's parts: {known}.",
    ),
    "rules.hook_refused": ProblemKind(
        "error",
        "{place}: hook «{hook}» không chạy: {reason}. Chỉ bộ cài bằng pip mới được kèm mã Python; bộ là thư mục thì "
        "diễn đạt bằng pattern, where, gives.",
        "{place}: the hook “{hook}” is not run: {reason}. Only packs installed with pip may carry Python; in a folder "
        "say it with pattern, where, gives.",
        {"reason": HOOK},
    ),
    "rules.hook_failed": ProblemKind(
        "error",
        "Hook của quy tắc {rule} gặp lỗi ({reason}) ở «{text}», nên quy tắc ấy không cho kết quả ở đây. Báo cho "
        "người viết bộ quy tắc.",
        "The hook of the rule {rule} failed ({reason}) at “{text}” and gave no item there. Tell the pack's author.",
    ),
    "rules.example": ProblemKind(
        "error",
        "{place}: ví dụ «{text}» của {rule} chưa đúng: {reason}. Xem thiếu gì bằng baocao rules try, rồi sửa; hoặc "
        "sửa ví dụ nếu nó sai.",
        "{place}: the example “{text}” of {rule} fails: {reason}. See what is missing with baocao rules try and "
        "mend it, or mend the example if that is wrong.",
        {"reason": EXAMPLE},
    ),
    "rules.reject": ProblemKind(
        "error",
        "{place}: câu loại trừ «{text}» của {rule} lại bị tìm thấy: {reason}. Thu hẹp (quy tắc: where, "
        "not_after, not_before; chỉ tiêu: unless, section), hoặc bỏ câu ấy nếu nó sai.",
        "{place}: the reject “{text}” of {rule} is found: {reason}. Narrow it (a rule: where, not_after, not_before; "
        "an indicator: unless, section), or remove the reject if it is wrong.",
        {"reason": EXAMPLE},
    ),
    "rules.shadowed": ProblemKind(
        "error",
        "{place}: {rule} bị che: {winner} luôn lấy mất «{text}». Cho {rule} priority cao hơn, tắt quy tắc kia "
        "(disable, overrides), hoặc bỏ {rule}.",
        "{place}: {rule} is shadowed: {winner} always takes “{text}” first. Give {rule} a higher priority, disable or "
        "override the other, or remove {rule}.",
    ),
    "rules.idle_spelling": ProblemKind(
        "error",
        "{place}: trong {rule}, «{part}» không bao giờ khớp: chữ được đọc ở dạng thống nhất, «{instead}». Viết như "
        "thế, hoặc đặt case: kept.",
        "{place}: in {rule}, “{part}” never matches: text is read in one spelling, “{instead}”. Write it so, or set "
        "case: kept.",
    ),
    "rules.idle_sign": ProblemKind(
        "error",
        "{place}: trong {rule}, «{part}» không bao giờ khớp: văn bản đã làm sạch không còn dấu ấy. Bỏ nó đi.",
        "{place}: in {rule}, “{part}” never matches: cleaned text has no such sign. Take it out.",
    ),
    "rules.idle_taken": ProblemKind(
        "error",
        "{place}: trong {rule}, nhánh «{part}» không bao giờ tới lượt: «{instead}» đứng trước luôn khớp rồi. Đặt nhánh "
        "dài trước, hoặc bỏ nhánh này.",
        "{place}: in {rule}, the alternative “{part}” is never reached: “{instead}” before it always matches first. "
        "Put the longer one first, or take this one out.",
    ),
    "rules.idle_contradicted": ProblemKind(
        "error",
        "{place}: trong {rule}, «{part}» không bao giờ khớp: «{instead}» đòi chữ khác ở đúng chỗ ấy. Sửa một "
        "trong hai.",
        "{place}: in {rule}, “{part}” never matches: “{instead}” wants something else at that place. Mend one of them.",
    ),
    "rules.idle_empty": ProblemKind(
        "error",
        "{place}: trong {rule}, {where} có một cụm từ trống («{part}»). Bỏ nó đi.",
        "{place}: in {rule}, {where} has an empty phrase (“{part}”). Take it out.",
    ),
    "rules.repeated_phrase": ProblemKind(
        "error",
        "{place}: trong {rule}, {where} có «{part}» hai lần («{instead}» là cùng một cụm). Giữ lại một.",
        "{place}: in {rule}, {where} has “{part}” twice (“{instead}” is the same phrase). Keep one.",
    ),
    "rules.backtracking": ProblemKind(
        "error",
        "{place}: mẫu của {rule} có thể chạy rất lâu ({degree}) với một câu như «{text}». Đừng lặp một nhóm đã có "
        "dấu lặp bên trong; giới hạn số lần lặp, hoặc làm cho các nhánh không trùng nhau.",
        "{place}: the pattern of {rule} can run for very long ({degree}) on a text like “{text}”. Don't repeat a group "
        "that repeats inside; bound the repeats, or make the alternatives exclude each other.",
    ),
    "rules.slow": ProblemKind(
        "warning",
        "{place}: {rule} chậm: {ratio} lần quy tắc thường, {share} thời gian của cả bộ. Mở đầu mẫu bằng một chữ cố "
        "định, bớt nhánh.",
        "{place}: {rule} is slow: {ratio} times a usual rule, {share} of the whole pack's time. Let the pattern begin "
        "with a fixed word, with fewer branches.",
    ),
    "rules.unrecognised": ProblemKind(
        "warning",
        "{place}: bộ này không bao giờ được tự chọn; thêm recognise (cụm từ trong trích yếu), nếu không phải chạy với "
        "--rules.",
        "{place}: this pack is never chosen by itself; add recognise (phrases of the subject), or run with --rules.",
    ),
    "rules.exists": ProblemKind(
        "error",
        "{place} đã có; chọn tên khác, hoặc xóa thư mục ấy nếu không cần nữa.",
        "{place} exists already; choose another name, or remove that folder if it is not needed.",
    ),
    "rules.bad_id": ProblemKind(
        "error",
        "«{name}» không dùng làm mã được: chỉ chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ.",
        "“{name}” can't be an id: only lower-case letters a–z, digits and underscores, beginning with a letter.",
    ),
    "rules.no_rule": ProblemKind(
        "error",
        "Không có quy tắc hay chỉ tiêu «{name}»; gần nhất: {known}. Xem hết bằng: baocao rules list. Nếu nó ở một bộ "
        "riêng, thêm --rules THƯ_MỤC_CỦA_BỘ.",
        "There is no rule or indicator “{name}”; nearest: {known}. See them all with: baocao rules list. If it is in a "
        "pack of your own, add --rules FOLDER_OF_THE_PACK.",
    ),
    "pack.ambiguous": ProblemKind(
        "warning",
        "Hai bộ quy tắc cùng nhận báo cáo này: {packs} (theo «{words}»). Đã dùng {used}; chạy riêng tệp này với "
        "--rules để chọn bộ.",
        "Several rule packs claim this report: {packs} (by “{words}”). {used} was applied; run this file with --rules "
        "to choose.",
    ),
}
