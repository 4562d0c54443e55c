"""Ways to type, store and send the same text, and the samples typed in each of them."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable
from html import escape, unescape
from io import BytesIO
from pathlib import Path

Change = Callable[[str], str]

_SPACE = re.compile(r"(?<=\S) (?=\S)")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)(?=\d)")


def _spaces(other: str) -> Change:
    return lambda text: _SPACE.sub(other, text)


def _inside(mark: str) -> Change:
    """Return what puts `mark` between letters, between some and not others, and between all digits."""

    def put(text: str) -> str:
        text = _BETWEEN_LETTERS.sub(lambda found: mark if found.start() % 3 == 0 else "", text)
        return _BETWEEN_DIGITS.sub(mark, text)

    return put


WORDS: dict[str, Change] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "doubled spaces": _spaces("  "),
    "no-break spaces": _spaces("\u00a0"),
    "narrow no-break spaces": _spaces("\u202f"),
    "thin spaces": _spaces("\u2009"),
    "a space and a no-break space": _spaces(" \u00a0"),
    "soft hyphens": _inside("\u00ad"),
    "zero-width spaces": _inside("\u200b"),
    "zero-width spaces beside spaces": _spaces("\u200b \u200b"),
    "zero-width non-joiners": _inside("\u200c"),
    "word joiners": _inside("\u2060"),
    "byte order marks inside": _inside("\ufeff"),
    "marks of direction": _inside("\u200e"),
    "spaces at the ends of lines": lambda text: text.replace("\n", "  \n"),
}
"""Ways to type the words of a report."""

FILES: dict[str, Callable[[str], bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without its mark": lambda text: text.encode("utf-16-le"),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "line ends at the end": lambda text: (text + "\n\n\n").encode(),
}
"""Ways to store a text file."""

_TAG = re.compile(r"(<!--.*?-->|<(style|script|head)\b.*?</\2\s*>|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_PARTS = {
    ".docx": (re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml"), "w:t"),
    ".xlsx": (re.compile(r"xl/(?:sharedStrings|worksheets/[^/]*)\.xml"), "t"),
}


def retyped(path: Path, change: Change) -> bytes:
    """Return the bytes of the file at `path` with `change` made to its words, and to nothing else."""
    if path.suffix in _PARTS:
        return _with_parts(path, *_PARTS[path.suffix], change)
    text = path.read_text(encoding="utf-8")
    return (_with_nodes(text, change) if path.suffix == ".html" else change(text)).encode()


def _with_nodes(page: str, change: Change) -> str:
    pieces, done = [], 0
    for tag in _TAG.finditer(page):
        pieces += (_shown(page[done : tag.start()], change), tag[0])
        done = tag.end()
    return "".join((*pieces, page[done:]))


def _shown(node: str, change: Change) -> str:
    return escape(change(unescape(node)), quote=False) if node.strip() else node


def _with_parts(path: Path, parts: re.Pattern[str], tag: str, change: Change) -> bytes:
    held = BytesIO()
    words = re.compile(rf"(<{tag}(?: [^>]*)?>)([^<]+)(?=</{tag}>)")
    with zipfile.ZipFile(path) as was, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as now:
        for name in was.namelist():
            data = was.read(name)
            if parts.fullmatch(name):
                data = words.sub(lambda found: found[1] + _shown(found[2], change), data.decode()).encode()
            now.writestr(name, data)
    return held.getvalue()
