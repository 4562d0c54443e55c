"""What is fuzzed: every parser, the extractor, and every reader of what people write or keep, each as `bytes -> None`.

A target may raise what it says, typed errors of ours, and nothing else. OCR and LibreOffice are left out: what they
write is fuzzed in their place (`hocr`, `fields`).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pipeline.problems import BaocaoError, ParseError
from tests.fuzzing import seeds, values
from tests.fuzzing.mutations import (
    Mutate,
    bytes_mutated,
    lines_mutated,
    overwritten,
    package_mutated,
    pdf_mutated,
    words_mutated,
)
from tests.fuzzing.promises import hold

if TYPE_CHECKING:
    from pipeline.model import Document

PROGRAMS = ("BAOCAO_SOFFICE", "BAOCAO_TESSERACT", "BAOCAO_ANTIWORD")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to fuzz: what is done with an input, which errors may come of it, where inputs come from and change.

    `share` is its part of all executions, in thousandths; `structured` changes know the format, so that libFuzzer's own
    are tried in some executions alone.
    """

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate
    share: int
    allowed: tuple[type[BaseException], ...] = (ParseError,)
    structured: bool = True


def without_programs() -> None:
    """Have no program found: what OCR and LibreOffice take a second for must not slow an execution down."""
    os.environ.update(dict.fromkeys(PROGRAMS, "none"))
    os.environ["RUST_BACKTRACE"] = "0"  # calamine's own failures are not looked into


def _parser(read: Callable[[bytes], Document]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        from tests.fuzzing.checks import check_document, check_found

        document = read(data)
        check_document(document)
        check_found(document)

    return run


@cache
def folder() -> Path:
    """Return a folder in memory, if there is one, for targets that read files."""
    memory = Path("/dev/shm")
    made = tempfile.mkdtemp(prefix="baocao-fuzzing-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def _docx(data: bytes) -> Document:
    from pipeline.parsers.docx import read_docx

    return read_docx(data)


def _fields(data: bytes) -> Document:
    from pipeline.parsers.docx import read_docx
    from pipeline.parsers.office.fields import without_present

    return read_docx(without_present(data)[0])


def _pdf(data: bytes) -> Document:
    from pipeline.parsers.pdf import read_pdf

    return read_pdf(data)


def _xlsx(data: bytes) -> Document:
    from pipeline.parsers.xlsx import read_xlsx

    return read_xlsx(data)


def _csv(data: bytes) -> Document:
    from pipeline.parsers.xlsx import read_delimited

    return read_delimited(data)


def _office(form: str) -> Callable[[bytes], Document]:
    def read(data: bytes) -> Document:
        from pipeline.parsers.office.reading import read_office

        return read_office(data, form)

    return read


def _doc(data: bytes) -> Document:
    """Read a DOC as if antiword had printed its bytes as text: starting it would take longer than all else."""
    from pipeline.parsers.office import antiword, forms
    from pipeline.parsers.plain import read_text

    forms.check(data, "doc")
    hold("a filter for every file", forms.import_filter(data, "doc"))
    printed = bytes(byte for byte in data[1536:6000] if 31 < byte < 127 or byte == 10)
    document = read_text(printed, markdown=False)
    hold("a share between 0 and 1", 0 <= antiword._share_read(document.text, data) <= 1)
    return document


def _html(data: bytes) -> Document:
    from pipeline.parsers.html import read_html

    return read_html(data)


def _mht(data: bytes) -> Document:
    from pipeline.parsers.html import read_mht

    return read_mht(data)


def _plain(markdown: bool) -> Callable[[bytes], Document]:
    def read(data: bytes) -> Document:
        from pipeline.parsers.plain import read_text

        return read_text(data, markdown=markdown)

    return read


def _any(data: bytes) -> Document:
    """Read a file whose first byte tells its suffix."""
    from pipeline.parsers import SUFFIXES, parse

    suffixes = sorted(SUFFIXES | {"", "log"})
    path = folder() / f"f.{suffixes[data[0] % len(suffixes)] if data else ''}"
    path.write_bytes(data[1:])
    try:
        return parse(path)
    finally:
        path.unlink()


def _any_seeds() -> list[bytes]:
    from pipeline.parsers import SUFFIXES

    suffixes = sorted(SUFFIXES | {"", "log"})
    heads = [
        b"{\\rtf1 a",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"PK\x03\x04",
        b"%PDF-1.4\n%%EOF",
        b"<html>a",
        b"MIME-Version: 1.0\n",
    ]
    heads += [b"\x89PNG\r\n\x1a\n", b"\xff\xfea\0", b"a;b\n1;2", b"<?xml version='1.0'?><office:document a='b'/>"]
    return [bytes([at]) + head for at in range(len(suffixes)) for head in heads]


def _hocr(data: bytes) -> None:
    from pipeline.parsers.scan.engine import OcrError
    from pipeline.parsers.scan.hocr import hocr_to_words

    try:
        words = hocr_to_words(data.decode("utf-8", "replace"))
    except OcrError:
        return
    for word in words:
        hold("a word is printed", word.text.strip() and word.letters)
        hold("a word has edges", word.left <= word.right or word.left > word.right)
        hold("a word can be moved", word.moved(1, 2, 3).text == word.text)


def _extractor(data: bytes) -> None:
    from pipeline.extract import extract
    from pipeline.parsers.plain import read_text
    from tests.fuzzing.checks import check_extraction, packs

    document = read_text(data[:3000], markdown=False)
    check_extraction(extract(document, *packs()))


def _drawn(data: bytes) -> None:
    from pipeline.extract import extract
    from pipeline.extract.prove import passage
    from pipeline.rulebook.sketch import SketchError
    from tests.fuzzing.checks import check_extraction, packs

    before, _, grid = data[:2000].decode("utf-8", "replace").partition("|")
    try:
        document = passage(before, table="|" + grid.replace("\r", ""))
    except SketchError:
        return
    check_extraction(extract(document, packs()[0]))


_TABLES = (
    "Kết quả năm 2024:\n| STT | Chỉ tiêu | Năm 2023 | Năm 2024 |\n|---|---|---|---|\n| 1 | Đoàn ra | 12 | 1.250 |\n"
    "| 2 | Đoàn vào | 7,5 | - |\n| | Tổng cộng | 19,5 | 1.250 |\n",
    "| Nội dung | Quý I | < | Đơn vị |\n| ^ | Số vụ | Tỷ lệ (%) | ^ |\n| **Huyện A** | 10 | 45,5% | vụ |\n"
    "| Xã B | 12/15 | 0 | ^ |\n",
)


def _reports() -> list[bytes]:
    """Return passages of the samples that are text, some lines each."""
    told: list[bytes] = []
    for data in (*seeds.reports("txt"), *seeds.reports("md")):
        lines = data.splitlines(keepends=True)
        told += [b"".join(lines[at : at + 8])[:900] for at in range(0, len(lines), 8)]
    return told[::2]


@cache
def _vocabulary() -> tuple[str, ...]:
    """Return words that reports are made of, and signs and numbers besides."""
    told = b" ".join(seeds.reports("txt")).decode("utf-8", "replace").split()
    from pipeline.rulebook import load_pack

    rules = load_pack("core").rules()
    examples = [example.text for rule in rules for example in rule.examples if len(example.text) < 60]
    return (*dict.fromkeys(told[:4000]), *values.PIECES, *examples)


def _report_words(data: bytes, random: Random) -> bytes:
    return words_mutated(_vocabulary())(data, random)


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("docx", _parser(_docx), seeds.docx_pieces, package_mutated, 4),
        Target("fields", _parser(_fields), seeds.docx_pieces, package_mutated, 1),
        Target("pdf", _parser(_pdf), seeds.pdf_pages, pdf_mutated, 1),
        Target("xlsx", _parser(_xlsx), seeds.xlsx_books, package_mutated, 3),
        Target("xls", _parser(_xlsx), seeds.xls_books, overwritten, 6),
        Target("ods", _parser(_xlsx), seeds.ods_books, package_mutated, 6),
        Target("odt", _parser(_office("odt")), seeds.odt_pieces, package_mutated, 2),
        Target("rtf", _parser(_office("rtf")), lambda: seeds.texts("rtf"), lines_mutated, 2, structured=False),
        Target("doc", _parser(_doc), lambda: seeds.reports("doc"), overwritten, 2),
        Target("html", _parser(_html), lambda: seeds.texts("html"), lines_mutated, 3, structured=False),
        Target("mht", _parser(_mht), values.mht_pages, lines_mutated, 3, structured=False),
        Target("txt", _parser(_plain(False)), lambda: seeds.texts("txt"), lines_mutated, 3, structured=False),
        Target("md", _parser(_plain(True)), lambda: seeds.texts("md"), lines_mutated, 3, structured=False),
        Target("csv", _parser(_csv), values.csv_tables, lines_mutated, 8, structured=False),
        Target("any", _parser(_any), _any_seeds, bytes_mutated, 15, structured=False),
        Target("hocr", _hocr, lambda: [seeds.hocr_page()], lines_mutated, 20, (), structured=False),
        Target("cms", values.signature, seeds.cms_messages, bytes_mutated, 140, structured=False),
        Target("extract", _extractor, _reports, _report_words, 4),
        Target("drawn", _drawn, lambda: [table.encode() for table in _TABLES], _report_words, 4, ()),
        Target("numerals", values.numerals, values.numeral_seeds, values.mutated, 150, (), structured=False),
        Target("dates", values.dates, values.date_seeds, values.mutated, 220, (), structured=False),
        Target("codes", values.codes, values.code_seeds, values.mutated, 8, (), structured=False),
        Target("letters", values.letters, values.letter_seeds, values.mutated, 25, (), structured=False),
        Target("typed", values.typed, values.typed_seeds, values.mutated, 75, (BaocaoError,), structured=False),
        Target("expressions", values.expressions, values.expression_seeds, bytes_mutated, 170, (), structured=False),
        Target("yaml", values.yaml_source, seeds.rule_files, lines_mutated, 20, (BaocaoError,), structured=False),
        Target("pack", values.pack, values.pack_seeds, lines_mutated, 5, (BaocaoError,), structured=False),
        Target("patterns", values.patterns, seeds.patterns, bytes_mutated, 50, (), structured=False),
        Target("gold", values.gold, values.gold_seeds, lines_mutated, 60, (BaocaoError,), structured=False),
        Target("cache", values.kept, values.kept_seeds, bytes_mutated, 140, (), structured=False),
        Target("workbook", values.workbook, values.workbook_seeds, package_mutated, 3, (BaocaoError,)),
        Target("tables", values.tables, values.table_seeds, lines_mutated, 8, (BaocaoError,), structured=False),
    )
}
"""Every target by its name."""
