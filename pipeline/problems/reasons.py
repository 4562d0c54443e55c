"""Why a file of a rule pack can't be read, an example fails or a table can't be written: words within messages."""

from __future__ import annotations

from pipeline.problems.kinds import Said

YAML: Said = {
    "tab": (
        "thụt lề bằng phím Tab; xóa dấu Tab ở đầu dòng, gõ dấu cách thay vào",
        "the line is indented with a tab; delete it and type spaces instead",
    ),
    "colon": (
        "dòng này thiếu dấu hai chấm; viết «khóa: giá trị», hoặc «- » ở đầu nếu là một mục của danh sách",
        "this line has no colon; write “key: value”, or begin it with “- ” if it is an entry of a list",
    ),
    "space": (
        "sau dấu hai chấm phải có một dấu cách; viết «khóa: giá trị»",
        "a space must follow the colon; write “key: value”",
    ),
    "indent": (
        "dòng này thụt lề không khớp với các dòng trên; các khóa của cùng một mục phải thẳng hàng, chỉ dùng dấu cách",
        "the indentation of this line does not fit the lines above; keys of one entry must stand in one column, set "
        "with spaces",
    ),
    "quote": (
        "dấu nháy mở ở dòng này không có dấu đóng; thêm dấu nháy ở cuối giá trị",
        "the quotation mark that opens on this line is never closed; add one at the end of the value",
    ),
    "bracket": (
        "ngoặc {sign} mở ở dòng này không có ngoặc đóng, hoặc bên trong thiếu dấu phẩy; thêm vào",
        "the bracket {sign} that opens on this line is never closed, or lacks a comma inside; add it",
    ),
    "comment": (
        "dấu # sau một dấu cách mở đầu ghi chú, nên phần sau nó bị bỏ; đặt cụm từ có # trong dấu nháy đơn, ví dụ "
        "'mở # lớp'",
        "a # after a space begins a remark, and the rest of the line is lost; put the phrase into single quotes, such "
        "as 'mở # lớp'",
    ),
    "comma": (
        "thiếu dấu phẩy giữa hai mục trong ngoặc, ở cột {column}; thêm «, », hoặc đặt cả giá trị trong dấu nháy đơn",
        "a comma is missing between two entries in brackets, at column {column}; add “, ”, or put the whole value into "
        "single quotes",
    ),
    "closing": (
        "thừa ngoặc đóng {sign} ở cột {column}; xóa đi, hoặc đặt cả giá trị trong dấu nháy đơn",
        "there is a closing bracket {sign} too many at column {column}; delete it, or put the whole value into single "
        "quotes",
    ),
    "after": (
        "còn chữ sau dấu nháy hoặc ngoặc đóng, ở cột {column}; đặt cả giá trị trong một cặp nháy đơn, dấu nháy đơn bên "
        "trong thì viết hai lần ('')",
        "there are words after the closing quotation mark or bracket, at column {column}; put the whole value into one "
        "pair of single quotes, and write a single quote inside it twice ('')",
    ),
    "value": (
        "giá trị có «: » ở cột {column}; đặt cả giá trị trong dấu nháy đơn, ví dụ 'Tổng số: 12 hộ'",
        "the value has “: ” at column {column}; put the whole value into single quotes, such as 'Tổng số: 12 hộ'",
    ),
    "sign": (
        "giá trị không được bắt đầu bằng {sign} (cột {column}); đặt cả giá trị trong dấu nháy đơn",
        "a value can't begin with {sign} (column {column}); put the whole value into single quotes",
    ),
    "escape": (
        "trong dấu nháy kép, \\ có nghĩa riêng (cột {column}); dùng dấu nháy đơn '…'",
        "within double quotes \\ has a meaning of its own (column {column}); use single quotes '…'",
    ),
    "block": (
        "sau | hoặc > phải xuống dòng; hoặc đặt cả giá trị trong dấu nháy đơn",
        "a line break must follow | or >; or put the whole value into single quotes",
    ),
    "documents": (
        "dòng «---» chia tệp làm hai; xóa dòng ấy",
        "the line “---” splits the file in two; delete it",
    ),
    "control": (
        "có ký tự điều khiển không nhìn thấy; xóa dòng này rồi gõ lại",
        "the line holds a control character that can't be seen; delete it and type it again",
    ),
    "encoding": (
        "tệp không ở mã UTF-8; mở bằng Notepad, chọn Lưu dưới dạng, Mã hóa: UTF-8",
        "the file is not in UTF-8; open it with Notepad, choose Save as, Encoding: UTF-8",
    ),
    "unreadable": ("không mở được tệp ({detail})", "the file can't be opened ({detail})"),
    "other": (
        "không hiểu được từ cột {column}; xem dấu hai chấm, dấu nháy, ngoặc và thụt lề của dòng này và dòng trên nó",
        "it can't be understood from column {column} on; look at the colon, the quotation marks, the brackets and the "
        "indentation of this line and the one above",
    ),
}

PATTERN: Said = {
    "missing ), unterminated subpattern": ("thiếu ngoặc đóng )", "missing )"),
    "unbalanced parenthesis": ("thừa ngoặc đóng )", "a ) too many"),
    "unterminated character set": ("thiếu ngoặc đóng ]", "missing ]"),
    "nothing to repeat": ("trước dấu * + ? không có gì để lặp", "nothing stands before * + ? to be repeated"),
    "multiple repeat": ("hai dấu lặp liền nhau", "two signs of repetition in a row"),
    "min repeat greater than max repeat": (
        "trong {{…}} số đầu lớn hơn số sau",
        "in {{…}} the first number is greater than the second",
    ),
    "look-behind requires fixed-width pattern": (
        "trong (?<=…) và (?<!…) không được có * + ?",
        "a look-behind, (?<=…) or (?<!…), can't hold * + ?",
    ),
    "missing >, unterminated name": ("tên phần thiếu dấu >: (?P<tên>…)", "missing > after a name: (?P<name>…)"),
    "bad escape": ("dấu \\ đứng trước một chữ không có nghĩa gì", "\\ stands before a letter that means nothing"),
    "unknown extension": ("sau (? là dấu lạ; phần có tên viết (?P<tên>…)", "after (? stands an unknown sign"),
    "fragments in a circle": ("các mảnh mẫu chèn nhau vòng tròn", "fragments put each other in, in a circle"),
}

WANTED: Said = {
    "text": ("một chuỗi chữ", "a text"),
    "number": ("một số nguyên", "a whole number"),
    "texts": ("một danh sách chuỗi chữ, ví dụ [một, hai]", "a list of texts, such as [one, two]"),
    "quoted": (
        "một danh sách chuỗi chữ; mục này có dấu hai chấm, đặt cả mục trong dấu nháy đơn",
        "a list of texts; this entry has a colon, put all of it into single quotes",
    ),
    "list": (
        "một danh sách, mỗi mục bắt đầu bằng «- »; chưa có mục nào thì bỏ cả khóa",
        "a list, each entry beginning with “- ”; if it has none yet, leave the key out",
    ),
    "lists": ("danh sách các danh sách", "a list of lists"),
    "entries": ("một danh sách chuỗi chữ hoặc khóa: giá trị", "a list of texts, or of key: value"),
}

TABLE: Said = {
    "unreadable": YAML["unreadable"],
    "encoding": (
        "tệp không ở mã UTF-8; trong Excel chọn Lưu dưới dạng, loại CSV UTF-8",
        "the file is not in UTF-8; in Excel choose Save as, type CSV UTF-8",
    ),
    "head": (
        "dòng đầu phải là {columns}, ngăn bằng dấu phẩy",
        "the first line must be {columns}, separated by commas",
    ),
    "cells": (
        "phải có đúng {count} cột; ô có dấu phẩy thì đặt trong dấu nháy kép",
        "it must have exactly {count} columns; put a cell that holds a comma into double quotes",
    ),
}

DRAWING: Said = {
    "bars": ("dòng «{row}» phải mở và đóng bằng «|»", "the line “{row}” must begin and end with “|”"),
    "cells": (
        "hàng «{row}» có {count} ô, hàng đầu có {wanted}",
        "the row “{row}” has {count} cells, and the first row {wanted}",
    ),
    "left": (
        "«<» nối ô bên trái, nên không đứng đầu hàng",
        "“<” goes on from the cell at its left, so it can't be the first",
    ),
    "above": (
        "«^» nối ô bên trên, nên không đứng ở hàng đầu",
        "“^” goes on from the cell above, so it can't be in the first row",
    ),
    "rows": (
        "cần ít nhất một hàng tiêu đề và một hàng số liệu",
        "a row of heads and a row of figures are the least it needs",
    ),
}

HOOK: Said = {
    "form": ("phải có dạng gói.mô_đun:hàm", "it must be written package.module:function"),
    "folder": ("bộ này là thư mục, không phải gói cài đặt", "this pack is a folder, no installed package"),
    "elsewhere": ("hàm phải ở trong gói {package}", "the function must be in the package {package}"),
}

EXAMPLE: Said = {
    "nothing": ("không tìm thấy gì", "nothing is found"),
    "columns": ("cần {wanted}; lại được {found}", "wanted {wanted}; got {found}"),
    "comma": (
        "cần {wanted}, ra đúng số ấy; ghi số theo máy, dấu chấm là dấu thập phân: {found}",
        "wanted {wanted}, and it is that number; write it as in the tables, with a point: {found}",
    ),
    "no_column": (
        "kết quả không có cột «{wanted}» (có phải «{found}»?)",
        "what is found has no column “{wanted}” (“{found}”?)",
    ),
    "no_item": (
        "cần {wanted}; quy tắc lấy chữ mà không cho ra dòng nào",
        "wanted {wanted}; it takes words, but gives no row",
    ),
    "unasked": (
        "ra {found} mà ví dụ không ghi value; nếu đúng thì ghi vào ví dụ",
        "it gives {found}, and the example has no value; write it there if it is right",
    ),
    "problem": ("không báo vấn đề {wanted}", "the problem {wanted} is not reported"),
    "no_value": ("cần {wanted}; không ra giá trị nào", "wanted {wanted}; there is no value"),
    "taken": ("lấy «{found}»", "it takes “{found}”"),
    "value": ("ra {found}", "it gives {found}"),
}

OUTPUT: Said = {
    "full": ("ổ đĩa đã đầy", "the disk is full"),
    "too_large": ("tệp quá lớn đối với ổ đĩa này", "the file is too large for this disk"),
    "read_only": ("ổ đĩa chỉ cho đọc", "the disk can only be read"),
    "denied": (
        "không có quyền ghi, hoặc một chương trình khác đang mở tệp",
        "writing is not allowed, or another program holds a file open",
    ),
    "a_file": ("đường dẫn này là một tệp, không phải thư mục", "this path is a file and no folder"),
}
