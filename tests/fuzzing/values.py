"""Targets that are no parsers: numerals, dates, codes, letters, rule packs, gold, caches, workbooks, tables."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzzing import seeds
from tests.fuzzing.mutations import bytes_mutated
from tests.fuzzing.promises import hold

PIECES = (
    *("1.250", "1,5", "1,234,567", "0,125", "7.2", "12/15", "2024", "05", "1 250 000", "1'250", "85,5%", "tỷ", "triệu"),
    *("nghìn", "trăm", "rưỡi", "linh", "mười", "hai", "mươi", "mốt", "lăm", "không", "năm", "ngày", "tháng", "quý III"),
    *("ngày 05/4/2024", "31/02/2024", "từ ngày 18/4 – 21/4/2024", "6 tháng đầu năm", "29/02/2023", "tuần 12"),
    *("số 812/UBND-KT", "12/2024/NĐ-CP", "4287/QĐ-UBND", "Nghị quyết", "Kế hoạch", "Điều 5", "khoản 2", "03/CT-TTg"),
    *("trên", "dưới", "gần", "ít nhất", "tăng", "giảm", "so với cùng kỳ", "đạt", "trong đó", "bao gồm", "lượt người"),
    *("đồng", "ha", "m²", "%", "‰", "vụ", "hộ", "lớp tập huấn", "đã tổ chức", "không có", "sẽ", "phấn đấu", "chưa"),
    *("I.", "II.", "1.", "a)", "-", "–", "—", "(", ")", "“", "”", ";", ":", ",", ".", "/", "…", "\t", "|", "Nơi nhận:"),
    *("KT. GIÁM ĐỐC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO", "Kính gửi:", "Số: 12/BC-SNV", "\u0301"),
    *("XIV", "iv", "²", "½", "\u0662", "1e5", "-5", "0", "00", "99999999999999999999", "N°", "No.", "&amp;", "<b>"),
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """Return a short text with pieces of values put in, taken out and moved, or its bytes changed."""
    if not random.randrange(4):
        return bytes_mutated(data, random)[:400]
    parts = re.findall(r"\w+|\s+|[^\w\s]+", data.decode("utf-8", "replace"))
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(parts) + 1)
        put = [random.choice((random.choice(PIECES), *parts[:1], *parts[-1:]))]
        parts[at : at + random.choice((0, 0, 1, 2))] = random.choice((put, [*put, " "], [" ", *put], []))
    return "".join(parts).encode("utf-8", "replace")[:400]


def _text(data: bytes) -> str:
    return data[:400].decode("utf-8", "replace")


def _encoded(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


def numeral_seeds() -> list[bytes]:
    return _encoded(
        "1.250", "1,5", "1,234,567.89", "12.500 người; 7,125 ha", "hai trăm linh năm nghìn", "1 tỷ 250 triệu", "0.5%",
        "một nghìn hai trăm tỷ ba trăm linh năm triệu", "hai triệu rưỡi", "1 250 000 đồng", "1'250'000", "39 ,4%",
    )  # fmt: skip


def numerals(data: bytes) -> None:
    from pipeline.text import separators
    from pipeline.text.fold import fold
    from pipeline.text.numerals import canonical, read_figure, read_steps, read_words

    text = _text(data)
    folded = fold(text)
    hold("folding keeps the length", len(folded) == len(text))
    joined = separators.with_groups_joined(folded)
    hold("joining keeps the length", len(joined) == len(folded))
    separators.style_of_prose(text)
    tokens = text.split()
    style = separators.style_of(tokens)
    for told in dict.fromkeys((text, joined, *tokens[:12])):
        value = read_figure(told)
        if value is not None:
            hold("a figure keeps its digits", _digits(format(value, "f")) == _digits(told))
            hold("a written number reads back", Decimal(canonical(value)) == value)
        for number in (*(separators.read_styled(told, each) for each in separators.Style), read_steps(told)):
            hold("a number is finite", number is None or (number.is_finite() and number >= 0))
        for whole in (False, True):
            separators.read_in_prose(told, style, whole)
    words = folded.split()
    read = read_words(words)
    if read is not None:
        value, taken = read
        hold("words are taken and no more", value >= 0 and 1 <= taken <= len(words))
        hold("the words alone say the same", read_words(words[:taken]) == read)


def _digits(text: str) -> str:
    """Return the digits of a figure in ASCII, without zeros that don't count."""
    told = "".join(str(unicodedata.digit(c)) for c in text if c.isdecimal())
    return told.strip("0")


def date_seeds() -> list[bytes]:
    return _encoded(
        "2024", "2024-05", "2024-05-06", "XXXX-05-06", "2024-33", "2024-40/2025-41", "2024-05-06/..", "16/10/2023",
        "Quý II/2024", "6 tháng đầu năm 2024", "17/07 (không rõ năm)", "ngày 05 tháng 4 năm 2024", "12/2024",
    )  # fmt: skip


def dates(data: bytes) -> None:
    from pipeline.decisions.dates import read_date, shown_date
    from pipeline.parsers.pdf.signatures import pdf_time
    from pipeline.text.edtf import Moment, bounds, interval, year_of

    text = _text(data)
    for told in dict.fromkeys((text, *text.split()[:6])):
        pdf_time(told)
        value = read_date(told)
        if value is not None:
            first, last = bounds(value)
            hold("an interval runs forward", not first or not last or first <= last)
            hold("a date that is shown is read back", read_date(shown_date(value)) == value)
            year_of(value)
    numbers = [int(n) for n in re.findall(r"[0-9]{1,4}", text)[:8]]
    if len(numbers) >= 4:
        one, other = _moments(numbers)
        if one.exists() and other.exists():
            told = interval(one, other)
            first, last = bounds(told)
            hold("days exist", all(len(day) in (0, 10) for day in (first, last)))
        hold("an open interval has no last day", not one.exists() or bounds(interval(one, None))[1] == "")
        Moment.filled(one, other)


def _moments(numbers: list[int]) -> tuple[object, object]:
    from pipeline.text.edtf import Moment

    kinds = numbers[0] % 5, numbers[1] % 5
    made = []
    for kind, at in zip(kinds, (1, 2), strict=True):
        year, month, day = numbers[at], numbers[at + 1] % 14, numbers[-at] % 33
        made.append(
            (
                Moment(year),
                Moment(year, month),
                Moment(year, month, day),
                Moment(None, month, day),
                Moment(year, quarter=month),
            )[kind]
        )
    return made[0], made[1]


def code_seeds() -> list[bytes]:
    return _encoded(
        "812/UBND-KT", "4287/QĐ-UBND", "12/2024/NĐ-CP", "03/CT-TTg", "1.234/BC-STTTT", "05-NQ/TW", "12/ВС-UBND",
        "Số: 7/KH&amp;ĐT", "12 – 15/BC", "Ủy ban nhân dân huyện Đắk Hà", "NQ 01/2023/NQ-HĐND15",
    )  # fmt: skip


def codes(data: bytes) -> None:
    from pipeline.text import citations
    from pipeline.text import codes as written
    from pipeline.text.variants import variants

    text = _text(data)
    tokens = text.split()[:6]
    known = []
    for told in dict.fromkeys((text, *tokens)):
        code = written.canonical_number(told)
        hold("a canonical number is one", written.canonical_number(code) == code)
        hold("a symbol is part of its code", code.endswith(written.symbol_of(code)))
        written.without_term(written.crossed(told))
        known.append(citations.code_of(code))
    for one, other in itertools.pairwise(known):
        citations.is_variant(one, other)
        hold("both ways alike", citations.is_misprint(one.key, other.key) == citations.is_misprint(other.key, one.key))
        citations.is_swap(one.key, other.key)
        citations.strokeless(one)
        citations.is_local(one)
        citations.is_national(one, text)
        citations.is_one_document(one, ("", ""), (text, told), True)
    variants(dict.fromkeys(known))
    citations.same_office(text, " ".join(tokens[::-1]))
    citations.seat(text)
    for one, other in itertools.pairwise(tokens):
        citations.clash(one, other)


def letter_seeds() -> list[bytes]:
    return _encoded(
        "Uỷ ban nhân dân", "hoà bình", "B¸o c¸o kÕt qu¶ thùc hiÖn", "BAÙO CAÙO KEÁT QUAÛ", "tuy\u00adên truyền",
        "CÔNG BÁO",        "12/ВС-UBND", "é\u0302", "ﬁ ǅ ẞ İ", "thuỷ lợi; quý III", "Ð·i héi", "µ ý",
    )  # fmt: skip


def letters(data: bytes) -> None:
    from pipeline.tables import cells
    from pipeline.text.capitals import put_capitals
    from pipeline.text.clean import clean
    from pipeline.text.fold import fold
    from pipeline.text.gate import by_gate, decode_legacy
    from pipeline.text.hyphens import hyphens_to_letters
    from pipeline.text.legacy import from_1258, tcvn3_to_unicode, vni_to_unicode
    from pipeline.text.syllables import is_syllable, valid_share
    from pipeline.text.tokens import norms, syllables

    text = _text(data)
    cleaned = clean(text)
    hold("clean text is NFC", unicodedata.is_normalized("NFC", cleaned))
    hold("clean text is clean", clean(cleaned) == cleaned)
    folded = fold(cleaned)
    hold("folding keeps the length", len(folded) == len(cleaned))
    hold("folded text is folded", fold(folded) == folded)
    for decode in (tcvn3_to_unicode, vni_to_unicode, from_1258, hyphens_to_letters, put_capitals):
        decode(text)
    for font in ("", ".VnTime", ".VnTimeH", "VNI-Times"):
        decode_legacy(text, font)
    by_gate(text.split("\n"))
    hold("a share between 0 and 1", 0 <= valid_share(text) <= 1)
    norms(text)
    for word in syllables(cleaned)[:20]:
        is_syllable(word)
    cell = cells.text_cell(text)
    hold("a cell is no formula", not cell.startswith(("=", "+", "@", "\t")) and "\n" not in cell)
    hold("a cell gives its text back", cells.unguarded(cells.guarded(text)) == text)
    cell.encode("utf-8")


def typed_seeds() -> list[bytes]:
    return _encoded(
        "1.234,5", "2 triệu rưỡi", "1 tỷ 250 triệu", "16/10/2023", "85,5 %", "12/BC-SNV", "−5", "1’250", "họp"
    )


def typed(data: bytes) -> None:
    from pipeline.decisions.values import EDITABLE, corrected, corrected_field, read_number, reviewer_name, shown_number
    from pipeline.problems import BaocaoError
    from pipeline.text.numerals import canonical
    from pipeline.workbook.cells import cell_of, cut, text_of, told
    from pipeline.workbook.labels import column_of
    from pipeline.workbook.stamp import stamp_from

    text = _text(data)
    number = read_number(text)
    if number is not None:
        hold("a typed number is finite", number.is_finite())
        hold("a number that is shown is read back", read_number(shown_number(canonical(number))) == number)
    for kind, names in EDITABLE.items():
        for name in names:
            _refused(lambda kind=kind, name=name: corrected(kind, {name: text}, {}))
    for name in ("date", "period_start", "number", "basis", "signer"):
        _refused(lambda name=name: corrected_field(name, text))
    for form in ("text", "number", "date", "value"):
        cell = cell_of(text, form, "count")
        hold("a cell is read back", text_of(cell) == told(cell) if isinstance(cell, str) else told(cell))
    cut(text)
    column_of(text)
    head = [["baocao workbook", "1"], *([name, "x/3"] for name in ("made_from", "mark", "exported", "lang"))]
    stamp = stamp_from([*head, ["sheet", "id", "seen", "entries"], ["items", "1", text, text]])
    hold("a stamp has a last entry", stamp is None or stamp.last == 3)
    try:
        reviewer_name(text)
    except BaocaoError:
        return


def _refused(read: object) -> None:
    from pipeline.problems import BaocaoError

    try:
        read()  # type: ignore[operator]
    except BaocaoError:
        return


def expression_seeds() -> list[bytes]:
    return _encoded("n * 12", "a + b", "-(n / 2)", "n * 1000 - a / 3", "((n))", "1e3 * n")


def expressions(data: bytes) -> None:
    from pipeline.rulebook.expressions import names_of, value_of

    text = _text(data)
    try:
        names = names_of(text)
    except ValueError:
        return
    value_of(text, dict.fromkeys(names, Decimal("12.5")))


def signature(data: bytes) -> None:
    """Read a CMS message, and the same bytes as a PDF's date."""
    from pipeline.parsers.pdf.signatures import _cms_words, _time, pdf_time

    holder, signed = _cms_words(data)
    hold("a holder on one line", "\n" not in holder and unicodedata.is_normalized("NFC", holder))
    _time(signed, pdf_time(data[:60].decode("latin-1")))


def mht_pages() -> list[bytes]:
    page = seeds.texts("html")[0][:3000]
    head = (
        b"From: <Saved>\r\nSubject: =?utf-8?B?QsOhbyBjw6Fv?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n----x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    quoted = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1258\r\nContent-Transfer-Encoding: "
    return [
        head + page + b"\r\n----x--\r\n",
        quoted + b"quoted-printable\r\n\r\n<p>B=E1o c=E1o =3D 5</p>",
        quoted + b"base64\r\n\r\nPHA+QsOhbyBjw6FvPC9wPg==\r\n",
    ]


def csv_tables() -> list[bytes]:
    return _encoded(
        'STT;Nội dung;Số\n1;Đoàn ra;1.234,5\n2;"Tỷ; lệ";12,5%\n', "STT\tNội dung\tSố\n1\tĐoàn\t5\n", 'a,b\n"x\ny",2\n'
    )


# Rule packs


def _written(name: str, data: bytes) -> Path:
    from tests.fuzzing.targets import folder

    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def yaml_source(data: bytes) -> None:
    """Read bytes as a file of rules, and ask for every value as if it were of every type."""
    from pipeline.rulebook.source import RulesError, Section, read_yaml

    def ask(section: Section, depth: int) -> None:
        for key in section.keys():  # noqa: SIM118
            section.line_of(key), section.lines_in(key)
            for read in (section.text, section.texts, section.flag, lambda k: section.number(k, 0)):
                try:
                    read(key)
                except RulesError:
                    continue
            for walk in (section.sections, section.entries, section.lists):
                try:
                    found = list(walk(key))
                except RulesError:
                    continue
                for one in found[:3]:
                    if isinstance(one, Section) and depth < 4:
                        ask(one, depth + 1)
        section.only(("rules",))

    ask(read_yaml(_written("rules.yaml", data[:5000])), 0)


_MARK = b"\n=== "
_PACK_FILES = ("pack.yaml", "rules.yaml", "settings.yaml", "vocabulary/activity_types.csv", "vocabulary/units.csv")


@cache
def pack_seeds() -> tuple[bytes, ...]:
    from tests.rulebook.test_rule_pack import PACK

    return (_MARK.join(PACK[name].encode() for name in _PACK_FILES),)


def pack(data: bytes) -> None:
    """Read a whole pack, whose files stand one after the other in the bytes."""
    from pipeline.rulebook import load_pack, read_pack
    from pipeline.rulebook.pack import forget_packs

    parts = data[:8000].split(_MARK)
    for name, part in zip(_PACK_FILES, (*parts, *[b""] * len(_PACK_FILES)), strict=False):
        path = _written(f"goi/{name}", part)
    here = str(path.parents[1])
    forget_packs()
    read_pack(here)
    load_pack(here)


def patterns(data: bytes) -> None:
    """Compile a pattern, and ask of it what a check of a pack does before it meets a text."""
    from pipeline.rulebook import literals, openings, syntax
    from pipeline.rulebook.patterns import compile_pattern

    text = data[:300].decode("utf-8", "replace")
    try:
        compiled = compile_pattern(text, {"so": r"\d+", "ngay": "ngày|hôm"})
    except (re.error, KeyError, RecursionError, OverflowError):
        return
    if syntax.is_plain(compiled.pattern, compiled.flags):
        syntax.parse(compiled.pattern)
    literals.needs(compiled.pattern, compiled.flags)
    openings.openings(compiled.pattern, compiled.flags)


# What is kept and handed back


def gold_seeds() -> list[bytes]:
    from tests.fuzzing.seeds import SAMPLES

    made = []
    for path in sorted((SAMPLES / "gold").glob("*.json"))[:6]:
        gold = json.loads(path.read_text(encoding="utf-8"))
        for segment in gold["segments"]:
            segment["items"] = segment["items"][:3]
        made.append(json.dumps(gold, ensure_ascii=False, indent=0).encode())
    return made


def gold(data: bytes) -> None:
    from pipeline.evaluation.gold import read_gold

    read_gold(_written("gold.json", data))


def kept_seeds() -> list[bytes]:
    from pipeline.cache.codec import pack as packed
    from pipeline.parsers.plain import read_text

    document = read_text(seeds.texts("txt", 800)[0], markdown=False)
    return [packed(document) or b""]


def kept(data: bytes) -> None:
    """Read bytes as a kept document and as a kept portion, also as what their compression held."""
    import zlib

    from pipeline.cache.codec import unpack
    from pipeline.cache.sealing import sealed, unsealed
    from pipeline.tables.portion import decode

    for told in (data, zlib.compress(data, 1)):
        unpack(told)
        decode(told)
    hold("what is sealed is had back", unsealed(b"key", sealed(b"key", data)) == data)
    unsealed(b"key", data)


@cache
def workbook_seeds() -> tuple[bytes, ...]:
    """Return a workbook as an export makes it, in small."""
    from io import BytesIO

    from xlsxwriter import Workbook

    from pipeline.workbook.stamp import NAME, Shown, Stamp, row_of, rows_of

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Số liệu")
    for row, cells in enumerate((["item_id", "decision", "correction"], ["a1", "Đúng", ""], ["a2", "Sửa", 1234.5])):
        sheet.write_row(row, 0, cells)
    hidden = book.add_worksheet(NAME)
    stamp = Stamp("run", "log/3", "2025-01-01T00:00:00+00:00", "vi")
    shown = row_of("items", "a1", Shown({"": "d", "x": "e"}, {"": "f"}))
    for row, cells in enumerate((*rows_of(stamp), shown)):
        hidden.write_row(row, 0, list(cells))
    book.close()
    return (seeds._stored(out.getvalue()),)


def workbook(data: bytes) -> None:
    from pipeline.workbook.reading import read_workbook

    found = read_workbook(_written("review.xlsx", data))
    hold("rows have numbers", all(row.number > 0 for row in found.rows))


def table_seeds() -> list[bytes]:
    return _encoded(
        "item_id,file,kind,text,value,sentence,page,start,end,rule\r\na,b.docx,count,5,5,có 5 vụ,1,3,4,core/x\r\n",
        "report_id,file,rule_pack\r\na,b.docx,core\r\n",
    )


def tables(data: bytes) -> None:
    """Read the tables of a run back, one of them changed, as comparing runs does."""
    from pipeline.evaluation.outputs import read_output, span_of, start_of

    whole = {
        "reports": "report_id,file,rule_pack\r\na,b.docx,core\r\n",
        "indicators": "file,indicator,value,item_ids\r\n",
        "problems": "file,code,text,start,end,page\r\n",
        "consolidated": "item_id,file,kind,text,value,sentence,page,start,end,rule\r\n",
    }
    changed = "consolidated" if data.startswith(b"item") else "reports"
    for name, text in whole.items():
        path = _written(f"out/{name}.csv", data if name == changed else text.encode())
    output = read_output(path.parent)
    for row in _rows(output.items):
        span_of(row), start_of(row)


def _rows(found: dict[str, list[dict[str, str]]]) -> Iterator[dict[str, str]]:
    for rows in found.values():
        yield from rows
