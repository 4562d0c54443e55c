"""Makes `pdf_report.pdf`, a report of two pages with everything invented, by LibreOffice.

Run it by hand (`python tests/data/make_pdf_report.py`); it needs `soffice` and Liberation Serif.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        *[("office", "office"), ("style", "style"), ("text", "text"), ("table", "table")],
        *[("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")],
    ]
)
_STYLES = """
<style:style style:name="Standard" style:family="paragraph">
 <style:text-properties style:font-name="LS" fo:font-size="14pt"/></style:style>
<style:style style:name="Body" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:text-align="justify" fo:text-indent="1.27cm"
 fo:margin-bottom="0.2cm"/></style:style>
<style:style style:name="Bold" style:family="paragraph" style:parent-style-name="Body">
 <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Centre" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Centre">
 <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Cell" style:family="paragraph" style:parent-style-name="Standard">
 <style:text-properties fo:font-size="12pt"/></style:style>
<style:style style:name="Small" style:family="paragraph" style:parent-style-name="Standard">
 <style:text-properties fo:font-size="11pt"/></style:style>
<style:style style:name="Note" style:family="paragraph" style:parent-style-name="Standard">
 <style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="Raised" style:family="text">
 <style:text-properties style:text-position="super 58%"/></style:style>
<text:notes-configuration text:note-class="footnote" text:citation-style-name="Raised" style:num-format="1"/>
"""
_PAGE = """
<style:style style:name="Ruled" style:family="table-cell">
 <style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #000000"/></style:style>
<style:style style:name="Narrow" style:family="table-column">
 <style:table-column-properties style:column-width="6.4cm"/></style:style>
<style:style style:name="Wide" style:family="table-column">
 <style:table-column-properties style:column-width="9.6cm"/></style:style>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm"
 fo:margin-top="1cm" fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="2cm">
 <style:footnote-sep
 style:width="0.018cm" style:rel-width="25%" style:color="#000000" style:line-style="solid"
 style:distance-before-sep="0.1cm" style:distance-after-sep="0.1cm"/></style:page-layout-properties>
 <style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
</style:page-layout>
"""
_BLANK = '<text:s text:c="8"/>'


def paragraph(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def note(number: int, words: str) -> str:
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body>{paragraph('Note', words)}</text:note-body></text:note>"
    )


def side_by_side(left: list[str], right: list[str]) -> str:
    cells = "".join(f"<table:table-cell>{''.join(side)}</table:table-cell>" for side in (left, right))
    columns = "".join(f'<table:table-column table:style-name="{style}"/>' for style in ("Narrow", "Wide"))
    return f"<table:table>{columns}<table:table-row>{cells}</table:table-row></table:table>"


def ruled_cell(words: str, columns: int = 1, rows: int = 1) -> str:
    spans = f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
    covered = "<table:covered-table-cell/>" * (columns - 1)
    content = paragraph("Cell", words)
    return f'<table:table-cell table:style-name="Ruled" {spans}>{content}</table:table-cell>{covered}'


def ruled_table(rows: int) -> str:
    covered = "<table:covered-table-cell/>"
    head = (
        f"<table:table-row>{ruled_cell('STT', rows=2)}{ruled_cell('Cơ quan, đơn vị', rows=2)}"
        f"{ruled_cell('Số đoàn', columns=2)}</table:table-row>"
        f"<table:table-row>{covered * 2}{ruled_cell('Đoàn vào')}{ruled_cell('Đoàn ra')}</table:table-row>"
    )
    body = "".join(
        "<table:table-row>"
        + "".join(map(ruled_cell, (str(n), f"Đơn vị thứ {n} của tỉnh", str(3 * n), f"{n} đoàn")))
        + "</table:table-row>"
        for n in range(1, rows + 1)
    )
    columns = "<table:table-column/>" * 4
    return f"<table:table>{columns}<table:table-header-rows>{head}</table:table-header-rows>{body}</table:table>"


def report() -> str:
    raised = '<text:span text:style-name="Raised">2</text:span>'
    return "".join(
        [
            side_by_side(
                [
                    paragraph("Centre", "UBND TỈNH AN THỊNH"),
                    paragraph("Title", "SỞ NGOẠI VỤ"),
                    paragraph("Centre", f"Số:{_BLANK}/BC-SNgV"),
                ],
                [
                    paragraph("Centre", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
                    paragraph("Centre", "Độc lập - Tự do - Hạnh phúc"),
                    paragraph("Centre", f"An Thịnh, ngày{_BLANK}tháng 10 năm 2025"),
                ],
            ),
            paragraph("Title", "BÁO CÁO"),
            paragraph("Centre", "Kết quả công tác đối ngoại quý III năm 2025"),
            paragraph(
                "Body",
                "Thực hiện Kế hoạch số 142/KH-UBND ngày 15/01/2025 của tỉnh về công tác đối ngoại năm 2025, "
                "trong quý III, cơ quan đã chủ trì đón 12 đoàn khách"
                f"{note(1, 'Theo Công văn số 15/UBND-NC ngày 05/7/2025.')}, "
                f"tổ chức trưng bày trên diện tích 27 m{raised} tại trung tâm hội nghị của tỉnh.",
            ),
            paragraph("Bold", "I. BÁO CÁO"),
            paragraph(
                "Body",
                "1. Công tác lễ tân: đã đón, tiễn các đoàn khách chu đáo, an toàn"
                f"{note(2, 'Gồm các đoàn khách đến từ tháng 7 đến tháng 9.')}. "
                + "Các đoàn đều được bố trí đi thăm và làm việc tại nhiều cơ quan, đơn vị của tỉnh. "
                * 3,
            ),
            paragraph("Body", "Chi tiết như sau:"),
            ruled_table(26),
            paragraph("Body", "Trên đây là báo cáo của cơ quan./."),
            side_by_side(
                [paragraph("Small", words) for words in ("Nơi nhận:", "- Như trên;", "- Các sở;", "- Lưu: VT.")],
                [
                    paragraph("Centre", "KT. GIÁM ĐỐC"),
                    paragraph("Centre", "PHÓ GIÁM ĐỐC"),
                    paragraph("Centre", ""),
                    paragraph("Centre", ""),
                    paragraph("Centre", "Lê Văn An"),
                ],
            ),
        ]
    )


def flat_odt() -> str:
    header = f"<style:header>{paragraph('Centre', '<text:page-number/>')}</style:header>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>'
        '<style:font-face style:name="LS" svg:font-family="\'Liberation Serif\'"/></office:font-face-decls>'
        f"<office:styles>{_STYLES}</office:styles><office:automatic-styles>{_PAGE}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"{header}</style:master-page></office:master-styles>"
        f"<office:body><office:text>{report()}</office:text></office:body></office:document>"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pdf_report.fodt"
        source.write_text(flat_odt(), encoding="utf-8")
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*command, "--outdir", str(HERE), str(source)], check=True, timeout=120)


if __name__ == "__main__":
    main()
