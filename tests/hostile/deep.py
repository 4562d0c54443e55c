"""Files that are small and want much: entities that multiply, and things inside things inside things."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.model import Document
from pipeline.parsers import parse
from pipeline.problems import ParseError
from tests.hostile.packages import (
    body,
    docx_parts,
    fodt,
    ods_parts,
    odt_parts,
    paragraph,
    xhtml,
    xlsx_parts,
    xml,
    zipped,
)
from tests.hostile.planting import objects, with_entity

DEPTH = 100_000
_LAUGHS = '<!ENTITY a "ha ha ha ha">' + "".join(
    f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
WAYS = {
    "laughs": (f"<!DOCTYPE r [{_LAUGHS}]>", "&i;"),
    "quadratic": (f'<!DOCTYPE r [<!ENTITY x "{"x" * 100_000}">]>', "&x;" * 20_000),
}
_PARTS = {
    "docx": (
        "word/document.xml",
        "word/styles.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/header.xml",
    ),
    "xlsx": ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/sheet1.xml", "xl/styles.xml"),
    "odt": ("content.xml", "styles.xml", "META-INF/manifest.xml"),
    "ods": ("content.xml", "META-INF/manifest.xml"),
}


def multiplying() -> Iterator[tuple[str, bytes]]:
    """Yield files whose entities stand for gigabytes."""
    packages = {"docx": docx_parts(), "xlsx": xlsx_parts(), "ods": ods_parts(), "odt": odt_parts()}
    for way, (doctype, inside) in WAYS.items():
        for suffix, parts in packages.items():
            for part in _PARTS[suffix]:
                changed = {**parts, part: with_entity(part, parts[part], doctype, inside)}
                yield f"{way}-{part.strip('[]').replace('/', '_')}.{suffix}", zipped(changed)
        yield f"{way}.xhtml", xhtml(f"<p>{inside}</p>", doctype.replace("DOCTYPE r", "DOCTYPE html"))
        yield f"{way}.html", xhtml(f"<p>{inside}</p>", doctype.replace("DOCTYPE r", "DOCTYPE html"))
        yield f"{way}.fodt", fodt(f"<text:p>{inside}</text:p>", doctype=doctype)


def nested() -> Iterator[tuple[str, bytes]]:
    """Yield files that nest far deeper than any report."""

    def within(opening: str, closing: str, inside: str = "", times: int = DEPTH) -> str:
        return opening * times + inside + closing * times

    for times in (200, DEPTH):
        cell = within("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", paragraph("12 lớp"), times)
        content = within("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", paragraph("12 lớp"), times)
        boxes = within(
            "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", paragraph("12 lớp"), times
        )
        for name, inside in (("tables", cell), ("controls", content), ("boxes", boxes)):
            yield f"{name}-{times}.docx", zipped({**docx_parts(), "word/document.xml": xml(body(inside))})
        rows = within("<table><tr><td>", "</td></tr></table>", "12 lớp", times)
        for name, tag in (("div", "div"), ("list", "ul><li"), ("span", "span")):
            ends = "></".join(reversed(tag.split("><")))
            yield f"{name}-{times}.html", f"<html><body>{within(f'<{tag}>', f'</{ends}>', '12 lớp', times)}".encode()
        yield f"table-{times}.html", f"<html><body>{rows}".encode()
        yield f"groups-{times}.rtf", (r"{\rtf1 " + within("{", "}", "12 lop", times) + "}").encode()
        sections = within("<text:section>", "</text:section>", "<text:p>12 lớp</text:p>", times)
        yield f"sections-{times}.odt", zipped(odt_parts(sections))
        yield f"sections-{times}.fodt", fodt(sections)
        spans = "<text:p>" + within("<text:span>", "</text:span>", "12 lớp", times) + "</text:p>"
        yield f"spans-{times}.odt", zipped(odt_parts(spans))
        sheet = xlsx_parts()["xl/sheet1.xml"].replace("<sheetData>", within("<x>", "</x>", "", times) + "<sheetData>")
        yield f"deep-{times}.xlsx", zipped({**xlsx_parts(), "xl/sheet1.xml": sheet})
        strings = xlsx_parts()["xl/sharedStrings.xml"].replace("</t>", "</t>" + within("<r>", "</r>", "", times))
        yield f"strings-{times}.xlsx", zipped({**xlsx_parts(), "xl/sharedStrings.xml": strings})
        groups = ods_parts()["content.xml"].replace(
            "<table:table-row>",
            within("<table:table-row-group>", "</table:table-row-group>", "", times) + "<table:table-row>",
        )
        yield f"groups-{times}.ods", zipped({**ods_parts(), "content.xml": groups})
        yield f"quotes-{times}.md", (">" * times + " 12 lớp").encode()
        yield f"lists-{times}.md", "".join(f"{' ' * (2 * at)}- 12 lớp\n" for at in range(min(times, 500))).encode()
        yield from _nested_pdf(times)
    yield "parts.mht", _nested_mail(5_000)


def _nested_mail(times: int) -> bytes:
    head = "MIME-Version: 1.0\n"
    opened = "".join(f'Content-Type: multipart/related; boundary="b{at}"\n\n--b{at}\n' for at in range(times))
    page = "Content-Type: text/html; charset=utf-8\n\n<html><body><p>12 lớp</p></body></html>\n"
    return (head + opened + page + "".join(f"--b{at}--\n" for at in reversed(range(times)))).encode()


def _nested_pdf(times: int) -> Iterator[tuple[str, bytes]]:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    most = min(times, 5_000)
    chain = [f"<< /Type /Pages /Kids [{at + 1} 0 R] /Count 1 /Parent {at - 1} 0 R >>" for at in range(2, most)]
    yield f"pages-{times}.pdf", objects("<< /Type /Catalog /Pages 2 0 R >>", *chain, page)
    yield f"loop-{times}.pdf", objects("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
    arrays = "[" * times + "]" * times
    yield f"arrays-{times}.pdf", objects("<< /Type /Catalog /Pages 2 0 R >>", pages, page, arrays)
    yield f"catalog-{times}.pdf", objects(f"<< /Type /Catalog /Pages 2 0 R /X {arrays} >>", pages, page)
    annotations = page.replace("/MediaBox", f"/Annots {arrays} /MediaBox")
    yield f"annotations-{times}.pdf", objects("<< /Type /Catalog /Pages 2 0 R >>", pages, annotations)
    outlines = [f"<< /Title (a) /Parent {at - 1} 0 R /First {at + 1} 0 R >>" for at in range(4, most)]
    catalog = "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /AcroForm << /Fields [4 0 R] >> >>"
    yield f"outlines-{times}.pdf", objects(catalog, pages, page, *outlines, "<< /Title (z) >>")
    kids = [f"<< /T (a) /FT /Sig /Kids [{at + 1} 0 R] /Parent {at - 1} 0 R >>" for at in range(4, most)]
    yield f"fields-{times}.pdf", objects(catalog, pages, page, *kids, "<< /T (z) >>")
    states = f"<< /Length {4 * times} >> stream\n{'q ' * times}{'Q ' * times}\nendstream"
    drawn = page.replace("/MediaBox", "/Contents 4 0 R /MediaBox")
    yield f"states-{times}.pdf", objects("<< /Type /Catalog /Pages 2 0 R >>", pages, drawn, states)
    inside = f"/T {'<< /A ' * times}{'>> ' * times} BDC EMC"
    marked = f"<< /Length {len(inside)} >> stream\n{inside}\nendstream"
    yield f"marked-{times}.pdf", objects("<< /Type /Catalog /Pages 2 0 R >>", pages, drawn, marked)


def main(folder: str) -> None:
    """Read every file of a folder and print what came of each: one line of JSON, with the most memory by then in MB."""
    os.environ["BAOCAO_SOFFICE"] = str(Path(folder) / "none")
    for path in [Path(folder) / "first.txt", *sorted(Path(folder).iterdir())]:
        print(f"{path.name}", file=sys.stderr, flush=True)
        began = time.process_time()
        try:
            came = parse(path)
            code = "" if isinstance(came, Document) else "?"
        except ParseError as error:
            code = error.problem.code
        except BaseException as error:
            code = f"!{type(error).__name__}"
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps([path.name, code, most, round(time.process_time() - began, 2)]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
