"""Signatures: the end of a report, who signed it, on whose behalf, and who receives it."""

from __future__ import annotations

import pytest
from test_structure_words import WORDS, document

from pipeline.extract.structure import read_structure

HEAD = "BÁO CÁO\nCông tác năm 2023\nĐơn vị đã tổ chức 05 lớp tập huấn.\n"

# text, authority, title, name
SIGNERS = {
    "deputy for the head": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Thị Ánh Tuyết",
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Thị Ánh Tuyết"),
    ),
    "two lines of authority in one block, signed mark, a table": (
        "Nơi nhận:|- Như trên;|- Lưu: VT.\tTM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH|(Đã ký)|Lê Văn Tám",
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Tám"),
    ),
    "the authority on the label's line": (
        "Nơi nhận: TL. CHỦ TỊCH\n- Sở;\n- Lưu: VT.\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nPhùng Ngọc Hà",
        ("TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Phùng Ngọc Hà"),
    ),
    "columns mixed line by line": (
        "Nơi nhận:   TM. ỦY BAN NHÂN DÂN\n- UBND tỉnh;   CHỦ TỊCH\n- Sở Y tế; Trần Văn Bảy\n- Lưu: VT.",
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bảy"),
    ),
    "Party form": (
        "Nơi nhận:\n- Thường trực Tỉnh uỷ,\n- Lưu Văn phòng.\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nLò Thị Mai",
        ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lò Thị Mai"),
    ),
    "a further title above the name": (
        "Nơi nhận:\n- Như trên.\nTRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\nHồ Văn Niên",
        ("", "TRƯỞNG BAN", "Hồ Văn Niên"),
    ),
    "no authority, a rank before the name": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nPGS.TS. Đoàn Hữu Nam",
        ("", "GIÁM ĐỐC", "Đoàn Hữu Nam"),
    ),
    "a rank of its own line and a name in capitals": (
        "Nơi nhận:\n- Lưu: VT.\nTUQ. CHỦ TỊCH\nCHỈ HUY TRƯỞNG\nĐại tá\nY BIÊR NIÊ",
        ("TUQ. CHỦ TỊCH", "CHỈ HUY TRƯỞNG", "Y BIÊR NIÊ"),
    ),
    "the board's name goes on below the authority": (
        "Nơi nhận:\n- Lưu: VT.\nTM. BAN CHỈ ĐẠO\nCÔNG TÁC ĐỐI NGOẠI\nTRƯỞNG BAN\nVõ Văn Kiên",
        ("TM. BAN CHỈ ĐẠO CÔNG TÁC ĐỐI NGOẠI", "TRƯỞNG BAN", "Võ Văn Kiên"),
    ),
    "a title that no list has": (
        "Nơi nhận:\n- Lưu: VT.\nTL. BỘ TRƯỞNG\nĐẠI DIỆN THƯƠNG MẠI\nVõ Văn Kiên",
        ("TL. BỘ TRƯỞNG", "ĐẠI DIỆN THƯƠNG MẠI", "Võ Văn Kiên"),
    ),
    "the signature above the recipients": (
        "Q. GIÁM ĐỐC\nVõ Văn Kiên\nNơi nhận:\n- Như trên;\n- Lưu: VT.",
        ("Q. GIÁM ĐỐC", "", "Võ Văn Kiên"),
    ),
    "two signers side by side: the first": (
        "Nơi nhận:|- Lưu: VT.\tCHỦ TRÌ|Võ Văn Kiên\tTHƯ KÝ|Lê Thị Tư",
        ("", "CHỦ TRÌ", "Võ Văn Kiên"),
    ),
    "no recipients": (
        "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\nTrần Thị Ngọc Bích\nPHỤ LỤC\nHọ và tên\tTRƯỞNG PHÒNG",
        ("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Trần Thị Ngọc Bích"),
    ),
    "not signed yet": (
        "Nơi nhận:\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", ""),
    ),
    "no signature": ("Hết.", ("", "", "")),
}


@pytest.mark.parametrize(("text", "expected"), SIGNERS.values(), ids=SIGNERS.keys())
def test_signer(text: str, expected: tuple[str, str, str]) -> None:
    fields = read_structure(document(HEAD + text), WORDS).fields
    assert (fields.signer_authority, fields.signer_title, fields.signer) == expected


RECIPIENTS = {
    "end marks and dashes go": (
        "Nơi nhận:\n- Như trên;\n+ Sở Y tế (b/c);\n- Lưu: VT, VP.",
        ("Như trên", "Sở Y tế (b/c)", "Lưu: VT, VP"),
    ),
    "a line without a dash goes on": (
        "Nơi nhận:\n- Các sở: Y tế,\nTài chính, Nội vụ;\n- Lưu: VT.",
        ("Các sở: Y tế, Tài chính, Nội vụ", "Lưu: VT"),
    ),
    "no dashes at all": ("Nơi nhận:\nNhư trên\nLưu: VT.", ("Như trên", "Lưu: VT")),
    "on the label's line": ("Nơi nhận: Như trên; Lưu: VT.", ("Như trên", "Lưu: VT")),
    "the text below is none": ("Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Tám\nBiểu số 1", ("Lưu: VT",)),
    "«Nơi nhận:» in the body": (
        "Nơi nhận: Bộ phận một cửa\nThời gian: 05 ngày\nSố lượng: 02 bộ\nKết quả tốt.",
        (),
    ),
    "«Nơi nhận» in a sentence is no label": ("Nơi nhận hồ sơ được niêm yết công khai.", ()),
}


@pytest.mark.parametrize(("text", "expected"), RECIPIENTS.values(), ids=RECIPIENTS.keys())
def test_recipients(text: str, expected: tuple[str, ...]) -> None:
    assert read_structure(document(HEAD + text), WORDS).fields.recipients == expected


def test_what_follows_the_signature_is_an_appendix() -> None:
    text = HEAD + "Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn Tám\nPHỤ LỤC\nDANH MỤC VĂN BẢN"
    structure = read_structure(document(text), WORDS)
    assert structure.appendix_start == text.index("PHỤ LỤC")
    assert [section.heading for section in structure.sections] == ["PHỤ LỤC DANH MỤC VĂN BẢN"]


def test_spans_hold_the_words_of_their_columns() -> None:
    text = HEAD + "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Văn Tám"
    structure = read_structure(document(text), WORDS)
    assert structure.recipients_span and structure.signature_span
    assert text[slice(*structure.recipients_span)] == "- Như trên;\n- Lưu: VT."
    assert text[slice(*structure.signature_span)] == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Văn Tám"


def test_a_report_behind_its_cover_letter_has_a_letterhead_and_signature_of_its_own() -> None:
    letter = "SỞ Y TẾ\nSố: 05/SYT-NV\nV/v báo cáo\nKính gửi: Bộ Y tế.\nSở gửi kèm báo cáo./.\n"
    report = "SỞ Y TẾ\nSố: 06/BC-SYT\nBÁO CÁO\nKết quả\nI. KẾT QUẢ\nTốt.\n"
    end = "Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\n"
    text = f"{letter}{end}Lê Văn Tám\n{report}{end}Võ Thị Chín"
    structure = read_structure(document(text), WORDS)
    assert (structure.fields.number, structure.fields.signer) == ("05/SYT-NV", "Lê Văn Tám")
    assert [section.heading for section in structure.sections] == ["I. KẾT QUẢ"]
    assert structure.appendix_start == text.index(report)
    assert [s.kind for s in structure.sentences].count("signature") == 8
