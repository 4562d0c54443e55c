"""Files that would fill a memory or a disk, or never end, each small as it arrives; and all that may arrive, planted.

Every one is larger, deeper or longer than a limit as it stands: it is refused by name, or read in part and told so.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.hostile.damage import damaged_files
from tests.hostile.made import (
    ODT_TEXT,
    PAGE_WORDS,
    WORDS,
    deflated,
    docx,
    docx_parts,
    fodt,
    html,
    mht,
    odf_xml,
    ods,
    ods_row,
    ods_table,
    odt,
    paragraphs,
    pdf,
    pdf_of,
    pdf_stream,
    rtf,
    sheet_row,
    word_xml,
    xlsx,
    xlsx_parts,
    zipped,
)
from tests.hostile.names import plant_names

Named = Iterator[tuple[str, bytes]]

ZEROS = 25_000_000
"""Bytes of one swollen part: above what may be unpacked whatever the ratio, a thousand times its archive."""

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)
"""A billion laughs: ten entities, each of ten of the one before."""

_SWELLING = "word/media/a.bin", "xl/media/a.bin", "Pictures/a.bin"


def plant(folder: Path) -> dict[str, list[Path]]:
    """Put every file of every class into subfolders of `folder`, and return those that a run takes up, by class.

    The classes are `bombs`, `endless`, `damaged` and `names`, which needs a POSIX file system. Those that are `endless`
    take all the time that a file may have.
    """
    planted: dict[str, list[Path]] = {}
    for name, files in (("bombs", bombs()), ("endless", endless()), ("damaged", damaged_files())):
        (folder / name).mkdir(parents=True)
        planted[name] = []
        for file, data in files:
            path = folder / name / file
            path.write_bytes(data)
            planted[name].append(path)
    planted["names"] = plant_names(folder / "names")
    return planted


def bombs() -> Named:
    """Yield every bomb with a name of its own; those of `endless` are not among them."""
    yield from _archives()
    yield from _entities()
    yield from _deep()
    yield from _wide()
    yield from pdf_bombs()


def _archives() -> Named:
    forms: Mapping[str, tuple[Callable[..., bytes], str]] = {
        "docx": (docx, _SWELLING[0]),
        "xlsx": (xlsx, _SWELLING[1]),
        "odt": (odt, _SWELLING[2]),
        "ods": (ods, _SWELLING[2]),
    }
    zeros = bytes(ZEROS)
    for form, (make, name) in forms.items():
        yield f"ratio.{form}", make(more={name: zeros})
        yield f"lying.{form}", lying(make(more={name: zeros}), name)
        yield f"nested.{form}", make(more={name: nested()})
        yield f"overlapping.{form}", overlapping(make())
        yield f"parts.{form}", make(more={f"custom/{at}": b"" for at in range(10_001)})
        yield f"nested_whole.{form}", nested(f"a.{form}")
    main = word_xml(paragraphs(WORDS)).encode()
    yield "lying_main.docx", lying(docx(more={"word/document.xml": main + b" " * ZEROS}), "word/document.xml")
    sheet = xlsx_parts()["xl/worksheets/sheet1.xml"]
    swollen = str(sheet).encode() + b" " * ZEROS
    yield "lying_sheet.xlsx", lying(xlsx(more={"xl/worksheets/sheet1.xml": swollen}), "xl/worksheets/sheet1.xml")
    content = odf_xml(ODT_TEXT, "text").encode() + b" " * ZEROS
    yield "lying_content.odt", lying(odt(more={"content.xml": content}), "content.xml")


def lying(archive: bytes, name: str, says: int = 10) -> bytes:
    """Return `archive` with a directory, and a local header, that say `name` unpacks to no more than so many bytes."""
    out = bytearray(archive)
    wanted = name.encode()
    at = -1
    while (at := archive.find(wanted, at + 1)) >= 0:
        if archive[at - 30 : at - 26] == b"PK\x03\x04":
            struct.pack_into("<I", out, at - 30 + 22, says)
        elif archive[at - 46 : at - 42] == b"PK\x01\x02":
            struct.pack_into("<I", out, at - 46 + 24, says)
    return bytes(out)


def nested(name: str = "a.zip", times: int = 6) -> bytes:
    """Return archives in an archive, the innermost full of zeros, in the manner of 42.zip."""
    inner = zipped({"zeros": bytes(1_000_000)})
    for _ in range(times):
        inner = zipped({f"{at}-{name}": inner for at in range(8)})
    return inner


def overlapping(archive: bytes, times: int = 200) -> bytes:
    """Return `archive` with a directory in which many more members share the bytes of one of five million zeros."""
    with ZipFile(BytesIO(archive)) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(ZipInfo(name), content)
        new.writestr("custom/kernel", bytes(5_000_000))
        kernel = new.getinfo("custom/kernel")
        for at in range(times):
            other = ZipInfo(f"custom/{at}")
            other.compress_type, other.CRC = kernel.compress_type, kernel.CRC
            other.file_size, other.compress_size = kernel.file_size, kernel.compress_size
            other.header_offset = kernel.header_offset
            new.filelist.append(other)
            new.NameToInfo[other.filename] = other
    return out.getvalue()


def _entities() -> Named:
    use = "&j;"
    comment = f"<!--{'x' * 100_000}-->"
    quadratic = f'<!DOCTYPE a [<!ENTITY j "{"x" * 50_000}">]>'
    for name, before in (("laughs", LAUGHS), ("late_laughs", comment + LAUGHS), ("quadratic", quadratic)):
        much = use * (20_000 if name == "quadratic" else 1)
        yield f"{name}.docx", docx(paragraphs(much), before=before)
        yield f"{name}.xlsx", xlsx(sheet_row(1, much), before=before)
        yield f"{name}.odt", odt(f"<text:p>{much}</text:p>", before=before)
        yield f"{name}.ods", ods(ods_table(ods_row(much)), before=before)
        yield f"{name}.fodt", fodt(f"<text:p>{much}</text:p>", before=before)
        yield f"{name}.html", f'<?xml version="1.0"?>{before}<html><body><p>{much}</p></body></html>'.encode()
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{word_xml(paragraphs(use), LAUGHS)}'.encode("utf-16")
    yield "laughs_utf16.docx", docx(more={"word/document.xml": wide})
    yield "laughs_rels.docx", docx(more={"_rels/.rels": LAUGHS + str(docx_parts()["_rels/.rels"])})
    yield "laughs_types.docx", docx(more={"[Content_Types].xml": LAUGHS + str(docx_parts()["[Content_Types].xml"])})
    yield "laughs_unnamed.docx", unnamed(word_xml(paragraphs(use), LAUGHS))


def unnamed(document: str) -> bytes:
    """Return a DOCX whose main part has a name that does not say that it is XML."""
    parts = docx_parts()
    del parts["word/document.xml"]
    for part in ("[Content_Types].xml", "_rels/.rels"):
        parts[part] = str(parts[part]).replace("word/document.xml", "word/document.bin")
    return zipped({**parts, "word/document.bin": document})


def _deep() -> Named:
    depth = 100_000
    yield "deep.docx", docx("<w:p>" + "<w:smartTag>" * depth + "</w:smartTag>" * depth + "</w:p>")
    yield "deep_tables.docx", docx("<w:tbl><w:tr><w:tc>" * 80 + paragraphs(WORDS) + "</w:tc></w:tr></w:tbl>" * 80)
    yield "deep.xlsx", xlsx("<row>" * depth + "</row>" * depth)
    spans = "<text:span>" * depth + "</text:span>" * depth
    yield "deep.odt", odt(f"<text:p>{spans}</text:p>")
    yield "deep.fodt", fodt(f"<text:p>{spans}</text:p>")
    yield "deep.ods", ods(ods_table(ods_row(spans)))
    for tag in ("div", "b", "table><tr><td", "ul><li", "svg", "blockquote"):
        yield f"deep_{tag[:3]}.html", html(f"<{tag}>" * depth)
    yield "deep.mht", mht("<div>" * depth)
    yield "deep.rtf", rtf("{" * depth + "a" + "}" * depth)
    yield "deep.md", b"> " * depth + b"a\n" + b"".join(b" " * at + b"- a\n" for at in range(0, 2000, 2))
    parts = b"".join(
        b"--b%d\r\nContent-Type: multipart/related; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(5000)
    )
    yield "deep_parts.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n\r\n" + parts


def _wide() -> Named:
    far = "1" * 9
    yield "far.xlsx", xlsx(sheet_row(1, WORDS) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "merged.xlsx", xlsx(after=merged)
    rows = "".join(sheet_row(at, *"abcdefghij") for at in range(1, 20_101))
    yield "cells.xlsx", xlsx(rows)
    yield "cells.xls", b"\n".join(b",".join(b"abcdefghij"[n : n + 1] for n in range(10)) for _ in range(20_100))
    wide_row = f"<w:tr>{'<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>' * 100}</w:tr>"
    yield "cells.docx", docx(f"<w:tbl>{wide_row * 2_010}</w:tbl>")
    spanned = f'<w:tc><w:tcPr><w:gridSpan w:val="{far}"/></w:tcPr>{paragraphs("a")}</w:tc>'
    yield "spans.docx", docx(f"<w:tbl><w:tr>{spanned * 3}</w:tr></w:tbl>")
    repeated = f' table:number-columns-repeated="{far}" table:number-columns-spanned="{far}"'
    yield "repeated.ods", ods(ods_table(ods_row(WORDS, attributes=repeated)))
    yield (
        "repeated_rows.ods",
        ods(
            ods_table(
                ods_row(WORDS).replace("<table:table-row", f'<table:table-row table:number-rows-repeated="{far}"')
            )
        ),
    )
    yield "spaces.odt", odt(f'<text:p>a<text:s text:c="{far}"/>b</text:p>')
    yield "spans.html", html(f'<table><tr><td colspan="{far}" rowspan="{far}">a<td>b</table>')
    yield "cells.html", html(f"<table>{('<tr>' + '<td>a' * 100) * 2_010}</table>")
    yield "characters.txt", ("Đã mở 12 lớp. " * 10 + "\n").encode() * 150_000
    yield "characters.html", html("<p>" + "a " * 10_100_000)
    yield "binary.rtf", rtf(f"\\bin{far} a")
    yield "control.rtf", rtf(f"\\u{far}?\\cellx{far}\\trowd\\li{far} a" * 1000)


def pdf_bombs(blanks: int = 201_000_000) -> Named:
    """Yield the bombs that are PDF, whose streams unpack to so many `blanks`."""
    once = deflated(b" " * blanks)
    yield "stream.pdf", pdf(pdf_stream(once, "/Filter /FlateDecode"))
    yield "twice.pdf", pdf(pdf_stream(zlib.compress(once, 9), "/Filter [/FlateDecode /FlateDecode]"))
    yield "escaped.pdf", pdf(pdf_stream(once, "/F#69lter /Fl#61teDecode"))
    yield "behind.pdf", pdf(pdf_stream(once, f"/Filter /FlateDecode /Note ({'x' * 5000})"))
    yield "named.pdf", pdf(pdf_stream(once, "/Filter /FlateDecode /Note ( obj )"))
    yield "referred.pdf", pdf(pdf_stream(once, "/Filter 5 0 R"), more=(b"/FlateDecode",))
    yield "picture_of_words.pdf", pdf(pdf_stream(once, "/Filter /FlateDecode /Subtype /Image"))
    yield "run_length.pdf", pdf(pdf_stream(b"\x81 " * (blanks // 125), "/Filter /RunLengthDecode"))
    yield "lzw.pdf", pdf(pdf_stream(deflated(lzw_blanks(blanks)), "/Filter [/FlateDecode /LZWDecode]"))
    yield "tree.pdf", pdf(pages=10_000)
    for name, count in (("low", 1), ("high", 2_000_000_000), ("none", 0), ("below", -5)):
        yield f"count_{name}.pdf", pdf(pages=3, count=count)
    yield "loop.pdf", pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])
    chain = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (at + 3) for at in range(20_000)]
    leaf = b"<< /Type /Page /MediaBox [0 0 9 9] >>"
    yield "deep_tree.pdf", pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", *chain, leaf])
    yield "deep_array.pdf", pdf(more=(b"[" * 100_000 + b"]" * 100_000,))
    rules = b"0 0 m 9 9 l S\n" * 200_100
    yield "objects_of_page.pdf", pdf(pdf_stream(deflated(PAGE_WORDS.encode() + rules), "/Filter /FlateDecode"))
    words = b"BT /F 1 Tf 1 1 Td " + (b"(" + b"a" * 100 + b") Tj 0 1 Td ") * 2_010 + b"ET"
    yield "characters_of_page.pdf", pdf(pdf_stream(deflated(words), "/Filter /FlateDecode"))
    shown = pdf_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    for name, width, bits in (("picture", 60_000, 1), ("wide_picture", 12_000, 8)):
        entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {width} /ColorSpace /DeviceGray "
        picture = pdf_stream(
            deflated(bytes(width * width * bits // 800)), f"{entries} /BitsPerComponent {bits} /Filter /FlateDecode"
        )
        yield f"{name}.pdf", pdf(shown, resources="/XObject << /I 5 0 R >>", more=(picture,))
    listed = pdf_stream(deflated(b"0 0 " * 10), "/Type /ObjStm /N 900000000 /First 40 /Filter /FlateDecode")
    yield "listed.pdf", pdf(more=(listed,))
    yield "previous.pdf", pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9")


def endless() -> Named:
    """Yield what only the time for one file ends: forms of a PDF that each draw the next twenty times over."""
    body = b"/X Do " * 20
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d /Resources << /XObject << /X %d 0 R >> >> >>"
    forms = tuple(form % (len(body), at + 6) + b"\nstream\n" + body + b"\nendstream" for at in range(12))
    yield "forms.pdf", pdf(pdf_stream(b"/X Do"), resources="/XObject << /X 5 0 R >>", more=forms)


def lzw_blanks(blanks: int) -> bytes:
    """Return blanks packed by LZW: codes of nine to twelve bits, each one byte longer than the one before."""
    bits = 0
    filled = 0
    out = bytearray()

    def put(code: int, width: int) -> None:
        nonlocal bits, filled
        bits, filled = bits << width | code, filled + width
        while filled >= 8:
            out.append(bits >> (filled - 8) & 0xFF)
            filled -= 8
        bits &= (1 << filled) - 1

    made = 0
    while made < blanks:
        put(256, 9)
        put(32, 9)
        made, length, following = made + 1, 1, 258
        while following < 4094:
            width = 9 if following < 511 else 10 if following < 1023 else 11 if following < 2047 else 12
            put(following, width)
            length, following = length + 1, following + 1
            made += length
    put(257, 9)
    return bytes(out) + bytes([bits << (8 - filled) & 0xFF])
