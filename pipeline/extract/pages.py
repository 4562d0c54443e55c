"""A Markdown page of a rule pack for people: what it is for, its indicators, its rules, and what they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.extract.outcomes import Outcome, outcomes
from pipeline.rulebook import CORE, ActivityRule, Example, Indicator, Pack, Rule
from pipeline.rulebook.lookup import own_indicators, own_rules
from pipeline.rulebook.manifest import read_manifest
from pipeline.rulebook.rules import KINDS
from pipeline.rulebook.shapes import key_words
from pipeline.rulebook.sketch import read_sketch
from pipeline.rulebook.vocabulary import load_vocabulary
from pipeline.rulebook.written import purpose

_NAMES = {
    "document_number": "số ký hiệu",
    "date": "ngày",
    "count": "số liệu",
    "activity": "hoạt động",
    "no_item": "số bỏ qua",
}
_MARKS = str.maketrans({"|": r"\|", "*": r"\*", "_": r"\_", "<": "&lt;", "`": r"\`", "~": r"\~", "\n": " ", "\t": " "})


def page(pack: Pack) -> str:
    """Return the page of `pack`: its own rules and indicators, with what it makes of their examples."""
    rules, indicators = own_rules(pack), own_indicators(pack)
    return "\n".join(
        [
            f"# {_plain(pack.title)}",
            "",
            f"<!-- Trang này do `baocao rules docs` viết từ các tệp của bộ {pack.id}; sửa ở đó, đừng sửa ở đây. -->",
            "",
            *([*pack.about.strip().splitlines(), ""] if pack.about.strip() else []),
            *_summary(pack, rules, indicators),
            *_recognition(pack),
            *_changes(pack, rules),
            *_indicators(pack, indicators),
            *_rules(pack, rules),
        ]
    )


def _summary(pack: Pack, rules: Iterable[Rule], indicators: Iterable[Indicator]) -> Iterator[str]:
    counts = {kind: sum(rule.kind == kind for rule in rules) for kind in KINDS}
    told = ", ".join(f"{count} {_NAMES[kind]}" for kind, count in counts.items() if count)
    vocabulary = load_vocabulary(pack.folder / "vocabulary")
    tables = {
        "đơn vị": len(vocabulary.units),
        "cơ quan": len(vocabulary.agencies),
        "loại văn bản": len(vocabulary.document_types),
        "loại hoạt động": len(vocabulary.activity_types),
    }
    rows = {
        "mã": f"`{pack.id}`",
        "phiên bản": _plain(pack.version),
        "kế thừa": ", ".join(f"`{name}`" for name in pack.extends) or "–",
        "quy tắc": f"{sum(counts.values())}: {told}" if told else "–",
        "chỉ tiêu": str(len(tuple(indicators))),
        "từ vựng": ", ".join(f"{count} {name}" for name, count in tables.items() if count) or "–",
    }
    yield from _table(("bộ quy tắc", ""), rows.items())


def _recognition(pack: Pack) -> Iterator[str]:
    yield from ("## Dùng cho báo cáo nào", "")
    told = pack.recognise
    rows = {
        "trích yếu có": told.subject,
        "tên cơ quan có": told.issuer,
        "tiêu đề mục có": told.headings,
        "trừ khi có": told.unless,
    }
    filled = [(key, ", ".join(f"«{_plain(phrase)}»" for phrase in phrases)) for key, phrases in rows.items() if phrases]
    if filled:
        yield from _table(("báo cáo", "một trong các cụm từ"), filled)
    elif pack.id == CORE:
        yield from ("Mọi báo cáo mà không bộ nào khác nhận.", "")
    else:
        yield from (f"Bộ này không tự chọn báo cáo; chạy với `--rules {pack.id}`.", "")


def _changes(pack: Pack, rules: Iterable[Rule]) -> Iterator[str]:
    """Yield what of the packs below does not hold: replaced by rules of the pack, or disabled."""
    off = read_manifest(pack.folder).disable
    words = [f"{name}: {_plain(', '.join(left))}" for name, left in off.words]
    rows = [(f"`{rule.overrides}`", f"thay bằng `{rule.id}`") for rule in rules if rule.overrides]
    rows += [(f"`{name}`", "tắt") for name in (*off.rules, *off.indicators)]
    rows += [(f"«{_plain(unit)}»", "không là đơn vị") for unit in off.units]
    rows += [(told, "bỏ khỏi danh sách") for told in words]
    if rows:
        yield from ("## Khác bộ kế thừa", "")
        yield from _table(("của bộ kế thừa", "ở bộ này"), rows)


def _indicators(pack: Pack, indicators: Iterable[Indicator]) -> Iterator[str]:
    rows = [
        (
            f"**{_plain(told.label)}**<br>`{told.code}`",
            _plain(told.unit) or "–",
            _plain(told.means) or "–",
            _outcomes(outcomes(told, pack)),
            _rejects(told),
        )
        for told in indicators
    ]
    if rows:
        yield from ("## Chỉ tiêu", "")
        yield from _table(("chỉ tiêu", "đơn vị", "tính cái gì", "câu → giá trị", "không tính"), rows)


def _rules(pack: Pack, rules: Iterable[Rule]) -> Iterator[str]:
    files: dict[Path, list[Rule]] = {}
    for rule in rules:
        files.setdefault(rule.path, []).append(rule)
    if not files:
        return
    yield from ("## Quy tắc", "")
    names = {path: path.relative_to(pack.folder).as_posix() for path in sorted(files)}
    index = [
        (f"[`{name}`](#{_anchor(name)})", str(len(files[path])), _plain(purpose(path) or _titles(files[path])))
        for path, name in names.items()
    ]
    yield from _table(("tệp", "quy tắc", "về"), index)
    for path, name in names.items():
        yield from (f"### {name}", "")
        rows = [_row(rule, pack) for rule in sorted(files[path], key=lambda rule: rule.line)]
        yield from _table(("quy tắc", "tìm", "vì sao", "câu → kết quả", "không tìm thấy ở"), rows)


def _titles(rules: Iterable[Rule]) -> str:
    return "; ".join(rule.title for rule in rules)


def _row(rule: Rule, pack: Pack) -> tuple[str, ...]:
    name = f"**{_plain(rule.title)}**<br>`{rule.id.partition('/')[2]}`"
    made = _outcomes(outcomes(rule, pack))
    found = _NAMES[rule.kind]
    if isinstance(rule, ActivityRule):
        found += f":<br>{_plain(pack.vocabulary.activity_types[rule.activity].name_vi)}"
    return name, found, _plain(rule.why) or "–", made, _rejects(rule)


def _outcomes(made: Iterable[Outcome]) -> str:
    return "<br>".join(f"{_shown(one.example)} → {_told(one)}" for one in made)


def _told(outcome: Outcome) -> str:
    columns = [f"{column}: {_plain(value)}" for column, value in outcome.columns if column != "value"]
    value = [f"**{_plain(value)}**" for column, value in outcome.columns if column == "value"]
    return " · ".join([*value, *columns]) or "không thấy gì"


def _rejects(told: Rule | Indicator) -> str:
    return "<br>".join(map(_shown, told.rejects))


def _shown(example: Example) -> str:
    """Return the text of an example, and its table in HTML, since a cell of Markdown can hold no other."""
    text = f"«{_plain(example.text)}»" if example.text else ""
    role = f" (ở mục {key_words()['values']['role'][example.role]})" if example.role else ""
    return text + role + (_drawn(example.table) if example.table else "")


def _drawn(table: str) -> str:
    rows: dict[int, str] = {}
    cells = read_sketch(table)
    heads = max(cell.row_span for cell in cells if cell.row == 1)
    for cell in cells:
        spans = {"rowspan": cell.row_span, "colspan": cell.column_span}
        told = "".join(f' {name}="{span}"' for name, span in spans.items() if span > 1)
        name = "th" if cell.row <= heads or cell.bold else "td"
        rows[cell.row] = rows.get(cell.row, "") + f"<{name}{told}>{_plain(cell.text)}</{name}>"
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows.values()) + "</table>"


def _plain(text: str) -> str:
    """Return `text` on one line with nothing in it that means something to Markdown."""
    return " ".join(text.translate(_MARKS).split())


def _anchor(heading: str) -> str:
    """Return the anchor that Markdown readers give to `heading`, a file's name."""
    return "".join(c for c in heading.lower() if c.isalnum() or c in "-_")


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = list(heads)
    yield _line(cells)
    yield _line(["---"] * len(cells))
    yield from (_line(row) for row in rows)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
