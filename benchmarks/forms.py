"""Forms of text, from a plain report to what only an attacker writes, each as long as is asked for.

Those of `TEXTS` go through the parser of plain text; those of `DOCUMENTS` are what no plain text gives: tables,
footnotes, very many small blocks, put together by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice

from pipeline.model import Block, BlockKind, Document

_HEAD = """\
UBND TỈNH HẢI YÊN
SỞ NGOẠI VỤ
Số: 125/BC-SNgV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Yên, ngày 15 tháng 12 năm 2024

BÁO CÁO
Kết quả công tác đối ngoại năm 2024

"""
_BODY = """\
I. KẾT QUẢ THỰC HIỆN

1. Công tác đoàn ra, đoàn vào

a) Năm 2024, Sở đã tham mưu tổ chức 12 đoàn ra với 86 lượt người, giảm 3 đoàn so với cùng kỳ năm 2023; đón 25 đoàn vào.

b) Thực hiện Kế hoạch số 45/KH-UBND ngày 10/02/2024 của Ủy ban nhân dân tỉnh, Sở đã tổ chức 04 lớp tập huấn cho 320 \
cán bộ, công chức; trong đó có 150 nữ, 170 nam.

2. Công tác thông tin đối ngoại

Trong kỳ, Sở đã phát hành 1.500 cuốn lịch, đăng 245 tin, bài trên trang thông tin điện tử, đạt 98,5% kế hoạch. Không \
có trường hợp vi phạm quy định về bảo vệ bí mật nhà nước.

- Từ ngày 01/3 đến ngày 15/6/2024, phối hợp với Bộ Ngoại giao tổ chức 02 hội nghị với sự tham gia của 180 đại biểu.

- Tiếp nhận 3.450 hồ sơ, đã giải quyết 3.400 hồ sơ, còn 50 hồ sơ đang giải quyết. Tổng kinh phí 2,5 tỷ đồng.

II. PHƯƠNG HƯỚNG, NHIỆM VỤ

1. Tiếp tục triển khai Nghị quyết số 12-NQ/TU ngày 20 tháng 3 năm 2023 của Tỉnh ủy; phấn đấu đón 30 đoàn vào.

"""
_CLAUSE = (
    "tổ chức 12 đoàn ra với 86 lượt người theo Kế hoạch số 45/KH-UBND ngày 10/02/2024, trong đó có 50 nữ và 36 nam; "
)
_SIGNED = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn An\n\n"
_WRAPPED = "trong năm qua đã tổ chức được 12 đoàn ra với tổng số 86 lượt người đi,\n"
_OF_ONE_DAY = "Ban hành Kế hoạch số {}/KH-UBND ngày 10/02/2024 về việc phòng, chống dịch bệnh mùa hè.\n\n"


def _full(pieces: Iterable[str], size: int) -> str:
    """Return `pieces`, over and over, up to `size` characters."""
    made: list[str] = []
    length = 0
    for piece in cycle(pieces):
        made.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(made)[:size]


def _report(size: int) -> str:
    return _HEAD + _full([_BODY], size)


def _numbered(piece: str) -> Callable[[int], str]:
    """Return a form of `piece` over and over, each with its number at `{}`."""
    return lambda size: "".join(islice((piece.format(at) for at in range(1, size)), max(1, size // len(piece))))[:size]


def _within(piece: str) -> Callable[[int], str]:
    """Return a form of `piece` over and over in the body of a report."""
    return lambda size: f"{_HEAD}I. KẾT QUẢ\n\nTrong năm, {_full([piece], size)}\n"


def _mixture(seed: int, line: int) -> Callable[[int], str]:
    """Return a form of words that rules look for, in any order; a line end comes after some `line` of them."""

    def made(size: int) -> str:
        chance = random.Random(seed)
        words = [chance.choice(_WORDS) + chance.choice(_BETWEEN) for _ in range(400)]
        ends = ["\n" if chance.randrange(line) == 0 else "" for _ in words]
        return _HEAD + _full([word + end for word, end in zip(words, ends, strict=True)], size)

    return made


def _under_sum(size: int) -> str:
    return f"{_HEAD}Tổng số 999999 người, gồm:\n\n" + _numbered("- Xã Yên {}: 2 người.\n\n")(size)


_VOCABULARY = """
số Số ngày tháng năm quý từ đến và không có tổng trong_đó gồm đạt tăng giảm so_với cùng_kỳ kế_hoạch Kế_hoạch Báo_cáo
Quyết_định UBND BC-UBND 12/KH-UBND 1 12 2024 1.250 3,5 15/6 15/6/2024 I II a) 1. % tỷ_đồng triệu người lượt_người vụ
đoàn hồ_sơ tổ_chức tuyên_truyền phối_hợp đã được của về_việc Ủy_ban_nhân_dân_tỉnh Sở_Ngoại_vụ hội_nghị lớp bình_quân
"""
_WORDS = [word.replace("_", " ") for word in _VOCABULARY.split()]
_BETWEEN = (" ", " ", " ", " ", ", ", "; ", ": ", ". ", " (", ") ", "/", "-", " – ", "“", "”")

TEXTS: dict[str, Callable[[int], str]] = {
    "report": _report,
    "report in one line": lambda size: _full([" ".join((_HEAD + _BODY).split()) + " "], size),
    "one sentence": _within(_CLAUSE),
    "one sentence of short clauses": _within("đón 12 đoàn, "),
    "one sentence of figures": _within("đạt 12 vụ (tăng 3 vụ, giảm 2%) "),
    "one sentence of deeds": _within("phối hợp tổ chức tuyên truyền, "),
    "figures in brackets": _within("12 vụ (3 người, 4 nữ (5 nam "),
    "short lines": lambda size: _HEAD + _full(["đón 12 đoàn\n"], size),
    "short paragraphs": lambda size: _HEAD + _full(["Đã đón 12 đoàn.\n\n"], size),
    "headings": _numbered("I. KẾT QUẢ {}\n\n1. Đoàn ra\n\na) Về đoàn vào: có 2 đoàn.\n\n"),
    "list": _numbered("- Trong đó {} người.\n"),
    "list under a sum": _under_sum,
    "letterheads": lambda size: _full([_HEAD], size),
    "signatures": lambda size: _HEAD + _full([_SIGNED], size),
    "footnotes": _numbered("Đã tổ chức 12 lớp[{0}].\n\n[{0}] Theo Kế hoạch số {0}/KH-UBND.\n\n"),
    "document numbers": _numbered("Kế hoạch số {0}/KH-UBND ngày 10/02/2024; "),
    "one document number": _within("Kế hoạch số 45/KH-UBND ngày 10/02/2024, "),
    "numbers of one kind": _numbered("Quyết định số {}, "),
    "dates": _within("ngày 12/3/2024, từ ngày 1/3 đến ngày 15/6/2024; "),
    "one wrapped sentence": lambda size: _HEAD + _full([_WRAPPED], size),
    "numbers of one day": _numbered(_OF_ONE_DAY),
    "days of one number": _numbered("Kế hoạch số 45/KH-UBND ngày {0}/02/2024 và {0} đoàn.\n\n"),
    "figures of one thing": _numbered("Đã tổ chức tập huấn {} lượt cán bộ công chức.\n\n"),
    "parts of parts": lambda size: _full(["Trong đó có 12 người. "], size),
    "parts of parts in paragraphs": lambda size: _full(["Trong đó có 12 người.\n\n"], size),
    "border of a table": lambda size: "|" + "-" * size + "x",
    "words and marks": _mixture(1, 10**9),
    "words and marks in lines": _mixture(2, 60),
    "digits": lambda size: "1" * size,
    "figures with dots": lambda size: _full(["123."], size),
    "figures with commas": lambda size: _full(["12,"], size),
    "figures with spaces": lambda size: _full(["123 "], size),
    "figures with slashes": lambda size: _full(["1/"], size),
    "figures with hyphens": lambda size: _full(["12-"], size),
    "labels": lambda size: _full(["1."], size),
    "Roman labels": lambda size: _full(["I. "], size),
    "số số": lambda size: _full(["số "], size),
    "Số: Số:": lambda size: _full(["Số: "], size),
    "ngày ngày": lambda size: _full(["ngày "], size),
    "ngày 1 ngày 1": lambda size: _full(["ngày 1 "], size),
    "từ đến": lambda size: _full(["từ 1 đến "], size),
    "tháng, tháng": lambda size: _full(["tháng 1, 2, 3, 4 và "], size),
    "months": lambda size: _full(["1/2024, 2/2024, "], size),
    "years": lambda size: _full(["2021, 2022, 2023, 2024-2025, "], size),
    "shares": lambda size: _full(["12,5%, "], size),
    "và, và,": lambda size: _full(["và, "], size),
    "không có": lambda size: _full(["không có "], size),
    "trong đó": lambda size: _full(["trong đó có 12 người, "], size),
    "code of one kind": lambda size: _full(["12/UBND-"], size),
    "code of parts": lambda size: _full(["12/KH-UBND-"], size),
    "codes": lambda size: _full(["12/KH-UBND "], size),
    "opening brackets": lambda size: "(" * size,
    "closing brackets": lambda size: ")" * size,
    "brackets around figures": lambda size: _full(["(1"], size),
    "opening quotes": lambda size: _full(["“a "], size),
    "one quote": lambda size: '"' + _full(["a "], size),
    "straight quotes": lambda size: _full(['"a '], size),
    "capital syllables": lambda size: _full(["HẢI YÊN "], size),
    "capitalised syllables": lambda size: _full(["Hải Yên "], size),
    "one word": lambda size: "a" * size,
    "one capital word": lambda size: "A" * size,
    "one accented word": lambda size: "a\u0300" * (size // 2),
    "accents alone": lambda size: "a" + "\u0300" * size,
    "letters of another script": lambda size: _full(["Аb"], size),
    "letters before Unicode": lambda size: _full(["Uû ban nh©n d©n tØnh "], size),
    "letters before Unicode in one word": lambda size: _full(["nh©n"], size),
    "dots": lambda size: "a" + "." * size,
    "spaced dots": lambda size: "a" + ". " * (size // 2),
    "hyphens": lambda size: "a" + "-" * size,
    "hyphened letters": lambda size: "a-" * (size // 2),
    "en dashes": lambda size: "a" + "–" * size,
    "stars": lambda size: "a" + "*" * size,
    "underscores": lambda size: "a" + "_" * size,
    "slashes": lambda size: "a" + "/" * size,
    "spaces": lambda size: "a" + " " * size + "b",
    "tabs": lambda size: "a" + "\t" * size + "b",
    "line ends": lambda size: "a" + "\n" * size + "b",
    "spaces and line ends": lambda size: "a" + " \n" * (size // 2) + "b",
    "form feeds": lambda size: "a" + "\f" * size + "b",
    "zero-width spaces": lambda size: "a" + "\u200b" * size + "b",
    "soft hyphens": lambda size: "a\u00ad" * (size // 2),
    "letters on lines": lambda size: _full(["a\n"], size),
    "figures on lines": lambda size: _full(["1\n"], size),
    "lines of pipes": lambda size: _full(["| 1 | 2 |\n"], size),
    "one line of pipes": lambda size: _full(["| 1 "], size),
    "lines of tabs": lambda size: _full(["1\t2\t3\n"], size),
    "one line of tabs": lambda size: _full(["1\t"], size),
    "lines of columns": lambda size: _full(["Số đoàn      12      15\n"], size),
    "one line of columns": lambda size: _full(["12      "], size),
    "page numbers": _numbered("Trang {}\n\n\f"),
    "marks of notes": lambda size: _full(["a[1] "], size),
}  # fmt: skip


def _cells(rows: Iterable[tuple[str, ...]]) -> Document:
    """Return a document of one table."""
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if pieces:
                pieces.append("\t" if column > 1 else "\n")
                length += 1
            pieces.append(cell)
            place = {"table": 1, "row": row, "column": column}
            if cell:
                blocks.append(Block(BlockKind.CELL, length, length + len(cell), **place))
            length += len(cell)
    return Document("".join(pieces), "docx", tuple(blocks))


def _long_table(size: int) -> Document:
    head = ("STT", "Xã", "Số lớp", "Số người", "Tỷ lệ (%)")
    rows = ((str(at), f"Xã Yên {at}", str(at % 90), str(at % 700), "12,5") for at in range(1, 1 + size // 28))
    return _cells([head, *rows, ("", "Tổng cộng", "999", "9999", "")])


def _wide_table(size: int) -> Document:
    wide = max(2, size // 16)
    return _cells([
        ("Nội dung", *(f"Xã {at}" for at in range(wide))),
        ("Số lớp", *(str(at % 90) for at in range(wide))),
        ("Số người", *(str(at % 90) for at in range(wide))),
    ])  # fmt: skip


def _tables(size: int) -> Document:
    """Return very many tables of two rows."""
    one = ("Nội dung", "Số lớp"), ("Xã Yên", "12")
    blocks: list[Block] = []
    pieces: list[str] = []
    length = 0
    for table in range(1, 1 + size // 40):
        for kind, text, row, column in [(BlockKind.PARAGRAPH, "Bảng sau:", 0, 0), *_places(one)]:
            pieces.append(text + "\n")
            place = {"table": table if row else 0, "row": row, "column": column}
            blocks.append(Block(kind, length, length + len(text), **place))
            length += len(text) + 1
    return Document("".join(pieces), "docx", tuple(blocks))


def _places(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[BlockKind, str, int, int]]:
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            yield BlockKind.CELL, cell, row, column


def _paragraphs(kind: BlockKind, text: str, anchored: bool = False) -> Callable[[int], Document]:
    """Return a form of very many blocks of one kind."""

    def made(size: int) -> Document:
        lead = "Báo cáo năm 2024"
        words = [text.format(at) for at in range(1, 1 + size // (len(text) + 1))]
        blocks = [Block(BlockKind.PARAGRAPH, 0, len(lead))]
        at = len(lead)
        for word in words:
            anchor = 5 if anchored else None
            level = 1 if kind is BlockKind.HEADING else 0
            blocks.append(Block(kind, at + 1, at + 1 + len(word), anchor=anchor, level=level))
            at += 1 + len(word)
        return Document("\n".join([lead, *words]), "docx", tuple(blocks))

    return made


def _one_cell(size: int) -> Document:
    return _cells([("Nội dung", "Kết quả"), ("Đoàn ra", _full([_CLAUSE], size))])


DOCUMENTS: dict[str, Callable[[int], Document]] = {
    "long table": _long_table,
    "wide table": _wide_table,
    "many tables": _tables,
    "one cell": _one_cell,
    "blocks of a letter": _paragraphs(BlockKind.PARAGRAPH, "a"),
    "blocks of a figure": _paragraphs(BlockKind.PARAGRAPH, "{}"),
    "styled headings": _paragraphs(BlockKind.HEADING, "Về đoàn {}"),
    "headings in capitals": _paragraphs(BlockKind.PARAGRAPH, "KẾT QUẢ {}"),
    "list items": _paragraphs(BlockKind.LIST_ITEM, "Đón {} đoàn"),
    "notes": _paragraphs(BlockKind.FOOTNOTE, "Kế hoạch số {}/KH-UBND.", anchored=True),
    "running heads": _paragraphs(BlockKind.HEADER, "Trang {}"),
}
