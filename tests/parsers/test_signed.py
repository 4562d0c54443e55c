"""Signed PDFs: what stands in the appearances of signatures, in stamps and fields, and what the signatures say."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pdf_sketch import WORDS, Sketch
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, FloatObject, NameObject, NumberObject
from reportlab.lib.pagesizes import A4

from pipeline.model import BlockKind, DigitalSignature, Document
from pipeline.parsers.pdf import read_pdf
from pipeline.parsers.pdf.signatures import pdf_time

sys.path.insert(0, str(Path(__file__).parents[2] / "samples"))
from stamp_writer import Stamp, message, pdf_to_signed

NAME, OFFICE = "Trần Thị Mẫu", "Sở Ngoại vụ"
SIGNERS = [
    (NAME, OFFICE, "2025-10-28T16:20:00+07:00"),
    (OFFICE, "UBND tỉnh An Thịnh", "2025-10-29T08:05:30+07:00"),
]
NUMBER, DATE = "Số:{}/BC-SNgV", "An Thịnh, ngày {} tháng {} năm 2025"
TITLES = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


def paper(
    blank: str = "", month: str = "10", turn: int = 0, over: Callable[[Sketch], None] = lambda sketch: None
) -> bytes:
    """Draw a report with blanks of 30 points for number and day, filled with `blank`; no name is printed.

    `over` draws more onto the page.
    """
    sketch = Sketch(invariant=1)
    if turn:
        sketch.canvas.setPageRotation(turn)
        sketch.canvas.translate(*{90: (A4[1], 0.0), 180: A4, 270: (0.0, A4[0])}[turn])
        sketch.canvas.rotate(turn)
    sketch.centred(60, "UBND TỈNH AN THỊNH", 13, middle=165)
    sketch.centred(76, "SỞ NGOẠI VỤ", 13, bold=True, middle=165)
    sketch.text(sketch.text(100, 100, f"Số:{blank}", 13) + (0 if blank else 34), 100, "/BC-SNgV", 13)
    sketch.centred(60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, middle=405)
    end = sketch.text(320, 101, f"An Thịnh, ngày{blank}", 13) + (0 if blank else 26)
    end = sketch.text(end, 101, f"tháng {month}", 13) + (0 if month else 24)
    sketch.text(end, 101, " năm 2025", 13)
    sketch.centred(140, "BÁO CÁO", bold=True)
    for at in range(4):
        sketch.paragraph(170 + 80 * at, WORDS)
    for at, title in enumerate(TITLES):
        sketch.centred(500 + 17 * at, title, bold=True, middle=430)
    over(sketch)
    return sketch.data()


PLAIN = paper()


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def body(document: Document) -> list[str]:
    return texts(document, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def stamped(*stamps: Stamp, pdf: bytes = PLAIN) -> Document:
    return read_pdf(pdf_to_signed(pdf, stamps, SIGNERS))


@pytest.mark.parametrize("kind", ["signature", "stamp", "field", "freetext"])
def test_number_and_day_are_read_at_their_place(kind):
    found = body(stamped(Stamp(1, "Số:…/", "228", kind), Stamp(1, "ngày…tháng", "28", kind)))
    assert [found[2], found[4]] == [NUMBER.format(" 228"), DATE.format(28, 10)]


@pytest.mark.parametrize("kind", ["field", "freetext"])
def test_words_without_an_appearance_are_read_in_their_rectangle(kind):
    stamps = [Stamp(1, "Số:…/", "228", kind, drawn=False), Stamp(1, "ngày…tháng", "28", kind, drawn=False)]
    found = body(stamped(*stamps))
    assert [found[2], found[4]] == [NUMBER.format(" 228"), DATE.format(28, 10)]


@pytest.mark.parametrize("shift", [-6, -3, 0, 3, 6])
@pytest.mark.parametrize("size", [9, 13, 18])
def test_a_stamp_off_the_line_and_of_another_size_stands_in_it(shift, size):
    stamps = [Stamp(1, "Số:…/", "17", size=size, shift=shift), Stamp(1, "ngày…tháng", "05", size=size, shift=shift)]
    found = body(stamped(*stamps))
    assert [found[2], found[4]] == [NUMBER.format(" 17"), DATE.format("05", 10)]


@pytest.mark.parametrize("aside", [-12, -6, 6, 12])
def test_a_stamp_that_overlaps_the_words_beside_its_blank_is_set_into_it(aside):
    left = 126 + 7 + aside
    (found,) = [text for text in body(stamped(Stamp(1, (left, 86, left + 30, 104), "228"))) if "BC-SNgV" in text]
    assert found == NUMBER.format(" 228")


@pytest.mark.parametrize("dots", ["………", "........", "______", " ……… ", ". . . . . ."])
def test_dots_under_a_stamp_vanish(dots):
    stamps = [Stamp(1, "Số:…/", "228"), Stamp(1, "ngày…tháng", "28"), Stamp(1, "tháng…năm", "9")]
    found = body(stamped(*stamps, pdf=paper(dots, month="")))
    assert [found[2], found[4]] == [NUMBER.format(" 228"), DATE.format(28, 9)]


def test_blanks_that_nothing_is_stamped_into_stay_blank_and_the_signing_time_is_no_date():
    document = stamped(Stamp(1, "ngày…tháng", "28"))
    found = body(document)
    assert "".join(found[2].split()) == NUMBER.format("") and found[4] == DATE.format(28, 10)
    assert "2025-10-29" not in document.text and "16:20" not in document.text


def test_a_stamp_with_symbol_fills_a_number_line_that_ends():
    sketch = Sketch()
    sketch.text(100, 100, "Số:", 13)
    sketch.text(330, 100, "An Thịnh, ngày 05 tháng 10 năm 2025", 13)
    sketch.paragraph(150, WORDS)
    document = stamped(Stamp(1, (122, 86, 220, 104), "228/BC-SNgV"), pdf=sketch.data())
    assert "Số: 228/BC-SNgV" in texts(document)[0]


def test_whole_lines_of_number_and_date_stand_by_themselves():
    sketch = Sketch()
    sketch.centred(76, "SỞ NGOẠI VỤ", 13, bold=True, middle=165)
    sketch.centred(76, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True, middle=405)
    sketch.paragraph(150, WORDS)
    stamps = [Stamp(1, (100, 86, 220, 104), "Số: 228/BC-SNgV"), Stamp(1, (330, 87, 560, 105), DATE.format(28, 10))]
    document = stamped(*stamps, pdf=sketch.data())
    assert body(document)[1::2][:2] == ["Số: 228/BC-SNgV", DATE.format(28, 10)]


def test_a_name_below_a_title_is_text_and_the_same_name_elsewhere_is_not():
    document = stamped(Stamp(1, (380, 560, 520, 580), NAME), Stamp(1, (60, 780, 200, 800), NAME, "stamp"))
    assert body(document)[-3:] == [*TITLES, NAME]
    assert texts(document, BlockKind.FOOTER) == [NAME]


@pytest.mark.parametrize("words", ["PHÓ GIÁM ĐỐC\n" + NAME, "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n" + NAME])
def test_titles_stamped_with_the_name_are_text(words):
    sketch = Sketch()
    for at in range(4):
        sketch.paragraph(80 + 80 * at, WORDS)
    if not words.startswith("KT."):
        sketch.centred(480, "KT. GIÁM ĐỐC", bold=True, middle=430)
    document = stamped(Stamp(1, (380, 486, 520, 560), words), pdf=sketch.data())
    assert body(document)[-3:] == [*TITLES, NAME]


def test_a_seal_below_a_title_is_not_text():
    document = stamped(Stamp(1, (380, 540, 520, 560), "SỞ NGOẠI VỤ"))
    assert body(document)[-2:] == TITLES and texts(document, BlockKind.FOOTER) == ["SỞ NGOẠI VỤ"]


TOOLS = [
    "Sở Ngoại vụ\nsnv@anthinh.example\n28.10.2025 16:20:05 +07:00",
    "Ký bởi: Trần Thị Mẫu\nCơ quan: Sở Ngoại vụ\nThời gian ký: 28.10.2025 16:20:05 +07:00",
    "Người ký: Trần Thị Mẫu\nNgày ký: 28-10-2025",
    "Signature Not Verified\nDigitally signed by Trần Thị Mẫu\nDate: 2025.10.28 16:20:05 +07:00",
    "SAO Y; Văn phòng; 30/10/2025 07:45:00",
    "ĐẾN\nSố: 4417\nNgày: 30/10/2025",
]


@pytest.mark.parametrize("words", TOOLS)
@pytest.mark.parametrize("kind", ["signature", "stamp"])
@pytest.mark.parametrize("place", [(60, 5, 260, 45), (390, 5, 590, 45), (90, 100, 290, 140), (400, 530, 590, 570)])
def test_what_a_tool_says_of_itself_is_apart_from_the_text_and_not_lost(words, kind, place):
    document = stamped(Stamp(1, place, words, kind, size=8))
    assert body(document) == body(read_pdf(PLAIN))
    assert texts(document, BlockKind.FOOTER) == [words.replace("\n", " ")]


@pytest.mark.parametrize("words", TOOLS[1:])
@pytest.mark.parametrize(("left", "top"), [(60, 20), (400, 20), (330, 790)])
def test_what_a_tool_writes_into_the_page_itself_is_apart_too(words, left, top):
    def draw(sketch: Sketch) -> None:
        for at, line in enumerate(words.split("\n")):
            sketch.text(left, top + 9 * at, line, 8)

    document = read_pdf(paper(over=draw))
    assert body(document) == body(read_pdf(PLAIN))
    assert "".join(texts(document, BlockKind.FOOTER)).split() == words.split()


@pytest.mark.parametrize(
    "words",
    [
        "Ngày ký: 05/10/2025 là ngày hai bên gửi văn bản cho Sở Ngoại vụ.",
        "Người ký: Giám đốc Sở Ngoại vụ, theo ủy quyền của tỉnh An Thịnh.",
        "Sao y bản chính: 12 bản; gửi các phòng, ban của Sở.",
    ],
)
def test_a_paragraph_that_begins_like_a_tool_is_text(words):
    document = read_pdf(paper(over=lambda sketch: sketch.text(121, 560, words) and None))
    assert words in body(document) and not texts(document, BlockKind.FOOTER)


def test_signatures_tell_who_signed_and_when_in_the_order_of_signing():
    document = stamped(Stamp(1, "Số:…/", "228", signer=1), Stamp(1, (400, 540, 500, 560), "", signer=0))
    assert document.signatures == (
        DigitalSignature(NAME, "2025-10-28T16:20:00+07:00"),
        DigitalSignature(OFFICE, "2025-10-29T08:05:30+07:00"),
    )


def test_a_pdf_without_signatures_has_none():
    assert read_pdf(PLAIN).signatures == ()


def signed_with(**values: object) -> tuple[DigitalSignature, ...]:
    """Return what is read of one signature whose dictionary has `values` for those given; None takes one out."""
    writer = PdfWriter(clone_from=BytesIO(pdf_to_signed(PLAIN, [], SIGNERS[:1])))
    signature = writer._root_object["/AcroForm"]["/Fields"][0].get_object()["/V"].get_object()
    for key, value in values.items():
        signature.pop(NameObject(f"/{key}"))
        if value is not None:
            signature[NameObject(f"/{key}")] = value
    return read_pdf(written(writer)).signatures


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


CMS = message(SIGNERS[0])


@pytest.mark.parametrize(
    ("contents", "holder"),
    [
        (b"", ""),
        (b"\0" * 8000, ""),
        (b"\x30\x82\x7f\xff" + CMS[4:], ""),
        (CMS[: len(CMS) // 2], ""),
        (message(("", OFFICE, "2025-10-28T16:20:00")), OFFICE),
        (message(("Trần  Thị\nMẫu", OFFICE, "2025-10-28T16:20:00")), NAME),
    ],
)
def test_a_broken_message_costs_its_words_alone(contents, holder):
    assert signed_with(Contents=ByteStringObject(contents)) == (DigitalSignature(holder, "2025-10-28T16:20:00+07:00"),)


def test_any_damage_to_a_message_is_borne():
    chance = random.Random(7)
    for _ in range(60):
        damaged = bytearray(CMS)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert len(signed_with(Contents=ByteStringObject(bytes(damaged)))) == 1


def test_the_clock_of_the_wall_written_as_utc_is_told_by_the_field():
    local = message((NAME, OFFICE, "2025-10-28T16:20:00+00:00"))
    (signature,) = signed_with(Contents=ByteStringObject(local))
    assert signature.time == "2025-10-28T16:20:00+07:00"


def test_the_time_in_the_message_goes_before_that_of_the_field():
    later = message((NAME, OFFICE, "2025-10-28T09:25:11+00:00"))
    (signature,) = signed_with(Contents=ByteStringObject(later))
    assert signature.time == "2025-10-28T16:25:11+07:00"


def test_a_time_stamp_is_nobodys_signature():
    assert signed_with(SubFilter=NameObject("/ETSI.RFC3161")) == ()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("D:20251028162000+07'00'", "2025-10-28T16:20:00+07:00"),
        ("D:20251028092000Z", "2025-10-28T09:20:00+00:00"),
        ("D:20251028092000Z00'00'", "2025-10-28T09:20:00+00:00"),
        ("D:20251028162000-03'30", "2025-10-28T16:20:00-03:30"),
        ("20251028162000", "2025-10-28T16:20:00+07:00"),
        ("D:202510281620", "2025-10-28T16:20:00+07:00"),
        ("D:20251328162000", None),
        ("D:20251028162000+99'00'", None),
        ("28/10/2025", None),
        ("", None),
    ],
)
def test_times_of_a_pdf(text, time):
    found = pdf_time(text)
    assert (found.isoformat() if found else None) == time


def annotated(*annotations: dict[str, object], pdf: bytes = PLAIN) -> Document:
    """Read `pdf` with these dictionaries as its annotations."""
    writer = PdfWriter(clone_from=BytesIO(pdf_to_signed(pdf, [Stamp(1, "Số:…/", "228", "stamp")])))
    page = writer.pages[0]
    drawn = page["/Annots"][0].get_object()
    given = [{**drawn, **{NameObject(key): value for key, value in one.items()}} for one in annotations]
    kept = (DictionaryObject({key: value for key, value in one.items() if value is not None}) for one in given)
    page[NameObject("/Annots")] = ArrayObject(writer._add_object(one) for one in kept)
    return read_pdf(written(writer))


def rect(*edges: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, edges))


@pytest.mark.parametrize(
    ("annotation", "number"),
    [
        ({}, " 228"),
        ({"/F": NumberObject(1)}, ""),
        ({"/F": NumberObject(2)}, ""),
        ({"/F": NumberObject(32)}, ""),
        ({"/AP": None}, " 228"),
        ({"/AP": None, "/Contents": None}, ""),
        ({"/Rect": None}, ""),
        ({"/Rect": rect(0, 0, 0, 0)}, ""),
        ({"/Rect": rect(-1e9, -1e9, 1e9, 1e9)}, ""),
        ({"/Rect": rect(0, 0, 595, 842)}, ""),
        ({"/Subtype": NameObject("/Link")}, ""),
        ({"/Subtype": NameObject("/Widget"), "/FT": NameObject("/Btn")}, ""),
        ({"/Subtype": NameObject("/Widget"), "/FT": NameObject("/Sig")}, " 228"),
        ({"/Subtype": None}, ""),
    ],
)
def test_only_what_is_shown_at_the_blank_fills_it(annotation, number):
    found = [text for text in body(annotated(annotation)) if "BC-SNgV" in text]
    assert ["".join(text.split()) for text in found] == ["".join(NUMBER.format(number).split())]


def test_many_annotations_are_read_past():
    aside = {"/Rect": rect(20, 20, 60, 30)}
    document = annotated({}, *[aside] * 499)
    assert body(document)[2] == NUMBER.format(" 228")


@pytest.mark.parametrize("is_drawn", [True, False])
@pytest.mark.parametrize(
    ("turn", "box", "matrix"),
    [
        (90, (86, 130, 104, 158), (0, 1, -1, 0, 0, 0)),
        (180, (A4[0] - 158, 86, A4[0] - 130, 104), (-1, 0, 0, -1, 0, 0)),
        (270, (A4[1] - 104, A4[0] - 158, A4[1] - 86, A4[0] - 130), (0, -1, 1, 0, 0, 0)),
    ],
)
def test_a_stamp_on_a_turned_page_is_read_as_it_is_shown(turn, box, matrix, is_drawn):
    stamped_page = pdf_to_signed(paper(turn=turn), [Stamp(1, (0, 0, 28, 18), "228", "freetext", drawn=is_drawn)])
    writer = PdfWriter(clone_from=BytesIO(stamped_page))
    (annotation,) = (one.get_object() for one in writer.pages[0]["/Annots"])
    annotation[NameObject("/Rect")] = rect(*box)
    if is_drawn:
        annotation["/AP"]["/N"].get_object()[NameObject("/Matrix")] = rect(*matrix)
    assert body(read_pdf(written(writer)))[2] == NUMBER.format(" 228")
