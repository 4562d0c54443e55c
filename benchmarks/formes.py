"""Papers set with marks in the places of the words that vary, one for each source, length and format."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from docx_writer import source_to_docx
from scan_writer import pdf_to_scan
from source import Source, source_of
from text_writer import source_to_text
from xlsx_writer import source_to_xlsx

from benchmarks.flow import flow_to_html, flow_to_odt_content, flow_to_rtf, odt, rtf_words, source_to_flow, zipped
from benchmarks.printing import flow_to_pdf, texts, with_texts
from benchmarks.wording import Said, Setting, Wording, escaped

Forme = Callable[[Said], bytes]
_BETWEEN = "\x1f"
_SET_IN_DOCX = ("word/document.xml", "word/footnotes.xml")


def forme(kind: str, marked: Wording, name: str) -> Forme:
    """Return what prints reports of `marked`, called `name`, as `kind`."""
    source = source_of(name, marked.text.encode())
    return _MAKERS[kind](marked, source)


def _docx(marked: Wording, source: Source) -> Forme:
    with zipfile.ZipFile(io.BytesIO(source_to_docx(source))) as package:
        members = {name: package.read(name) for name in package.namelist()}
    settings = {name: Setting(members[name].decode()) for name in _SET_IN_DOCX}

    def printed(said: Said) -> bytes:
        words = [escaped(word) for word in marked.words(said)]
        return zipped(members | {name: setting.filled(words).encode() for name, setting in settings.items()})

    return printed


def _typed(marked: Wording, source: Source, markdown: bool) -> Forme:
    setting = Setting(source_to_text(source, markdown))
    return lambda said: setting.filled(marked.words(said)).encode()


def _pdf(marked: Wording, source: Source) -> Forme:
    flow = source_to_flow(source)
    setting = Setting(_BETWEEN.join(texts(flow)))
    return lambda said: flow_to_pdf(with_texts(flow, setting.filled(marked.words(said)).split(_BETWEEN)))


def _scan(marked: Wording, source: Source) -> Forme:
    printed = _pdf(marked, source)
    return lambda said: pdf_to_scan(printed(said), "clean", said.number)


def _html(marked: Wording, source: Source) -> Forme:
    setting = Setting(flow_to_html(source_to_flow(source)))
    return lambda said: setting.filled([escaped(word) for word in marked.words(said)]).encode()


def _odt(marked: Wording, source: Source) -> Forme:
    setting = Setting(flow_to_odt_content(source_to_flow(source)))
    return lambda said: odt(setting.filled([escaped(word) for word in marked.words(said)]))


def _rtf(marked: Wording, source: Source) -> Forme:
    setting = Setting(flow_to_rtf(source_to_flow(source)))
    return lambda said: setting.filled([rtf_words(word) for word in marked.words(said)]).encode("ascii")


def _xlsx(marked: Wording, source: Source) -> Forme:
    """Figures of a workbook are numbers of its cells, so each one is written anew."""
    setting = Setting(marked.text)
    return lambda said: source_to_xlsx(source_of(source.name, setting.filled(marked.words(said)).encode()))


def old_word(path: Path, place: str) -> Forme:
    """Return what prints reports like the DOC at `path`: its text is stored plainly, and replaced letter by letter.

    So a place has as many letters as `place`, a number as many digits as before. What is counted differs, and does
    not sum up.
    """
    stored = path.read_bytes().decode("utf-16-le", "surrogatepass")
    start, end = stored.index(f"{place}, ngày"), stored.index("Nơi nhận:")
    number = stored.rindex("Số ", 0, start) + len("Số ")

    def printed(said: Said) -> bytes:
        def drawn(found: re.Match[str]) -> str:
            least = 10 ** (len(found[0]) - 1)
            return str(least + (int(found[0]) + zlib.crc32(f"{said.number}{said.place}".encode())) % (9 * least))

        body = re.sub(
            r"(?<![\w.,/-])[1-9]\d{1,2}(?= (?!tháng|năm|ngày|giờ)[a-zđà-ỹ])|(?<=số )[1-9]\d{1,3}(?=-)",
            drawn,
            stored[start:end],
        )
        body = re.sub(r"ngày \d\d tháng", f"ngày {said.day} tháng", body, count=1)
        text = stored[:number] + str(said.number) + stored[number + len(str(said.number)) : start] + body + stored[end:]
        text = text.replace(place, said.place).replace(place.upper(), said.place.upper())
        return text.encode("utf-16-le", "surrogatepass")

    return printed


_MAKERS: dict[str, Callable[[Wording, Source], Forme]] = {
    "docx": _docx,
    "pdf": _pdf,
    "scan": _scan,
    "txt": lambda marked, source: _typed(marked, source, False),
    "md": lambda marked, source: _typed(marked, source, True),
    "html": _html,
    "odt": _odt,
    "rtf": _rtf,
    "xlsx": _xlsx,
}
