"""Markdown into lines of plain text: what is set off by marks is known, and the marks are gone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from msgspec.structs import replace

from pipeline.model import BlockKind
from pipeline.parsers.plain.columns import split_columns
from pipeline.parsers.plain.emphasis import BOLD_OFF, BOLD_ON, strip_emphasis
from pipeline.parsers.plain.lines import LINE_END_INSIDE, TextLine
from pipeline.parsers.plain.tables import find_tables
from pipeline.text.clean import clean

# A character that a backslash or a code span takes out of the markup is read as itself, but in disguise:
# moved into a private plane of Unicode, from which it comes back at the end.
_PLANE = 0xF0000
_DISGUISED = re.compile("[\U000f0000-\U000f00ff]")
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n`]*\n(.*?)(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)([^\n]+?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HARD_BREAK = re.compile(r"(?:\\| {2,})\n")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_LINK = re.compile(
    r"""\[([^\[\]]+)\]\((?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\)"""
)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*(?:https?:|mailto:|[<#./])\S*(?:[ \t]+[\"'(][^\n]*)?$", re.MULTILINE
)
_REFERRING = re.compile(r"\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+|[^\s<>@]+@[^\s<>]+)>")
_LINE_BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|center|code|div|em|figure|font|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|small"
    r"|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>\n]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&#?\w{1,31};")
_STRUCK = re.compile(r"~~(?=\S)(?:(?!\n\s*\n).)+?~~", re.DOTALL)

_QUOTE = re.compile(r"^ {0,3}(?:>(?!\s*\d[\d.,]*\s*%) ?)+")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$")
_BOLD = re.compile(f"{BOLD_ON}[^{BOLD_OFF}]*{BOLD_OFF}?")
_FINAL = "\x04"


def markdown_to_lines(text: str) -> list[TextLine]:
    """Return the lines of a Markdown text, `clean` before, with headings, tables and bold lines known.

    Marks that pair up (`**`, `[…](…)`, a fence, a tag) are taken out; a sign that only looks like one, a line
    of stars or `5 * 3`, stays. Struck-out words are no longer part of the report and go.
    """
    lines = [_plain(line) for line in _lines(_inline(_DISGUISED.sub("", text)))]
    return split_columns([_undisguised(line) for line in find_tables(lines)])


def _inline(text: str) -> str:
    """Return `text` without the marks that stand inside lines."""
    text = _FENCE.sub(lambda found: _disguise(found[2]), text)
    text = _ESCAPE.sub(lambda found: _disguise(found[1]), text)
    text = _CODE.sub(lambda found: _disguise(found[2]), text)
    text = _IMAGE.sub("", _COMMENT.sub("", text))
    text = _without_references(_LINK.sub(r"\1", text))
    text = _LINE_BREAK.sub(LINE_END_INSIDE, _ADDRESS.sub(r"\1", text))
    text = _STRUCK.sub("", _TAG.sub("", text))
    text = strip_emphasis(_HARD_BREAK.sub(_FINAL + "\n", text))
    return _ENTITY.sub(lambda found: _entity(found[0]), text)


def _without_references(text: str) -> str:
    """Return `text` with `[words][name]` as `words`, and without the lines that say where names lead."""
    names = {name.casefold() for name in _REFERENCE.findall(text)}
    if not names:
        return text

    def words(found: re.Match[str]) -> str:
        return found[1] if (found[2] or found[1]).casefold() in names else found[0]

    return _REFERRING.sub(words, _REFERENCE.sub("", text))


def _entity(entity: str) -> str:
    """Return the character that an HTML entity names; one that looks like markup comes in disguise."""
    return _disguise(clean(html.unescape(entity)).replace("\n", " "))


def _disguise(text: str) -> str:
    return _MARKUP.sub(lambda found: chr(_PLANE + ord(found[0])), text)


def _undisguised(line: TextLine) -> TextLine:
    cells = tuple(_bare(cell) for cell in line.cells)
    return replace(line, text=_bare(line.text), cells=cells)


def _bare(text: str) -> str:
    shown = _DISGUISED.sub(lambda found: chr(ord(found[0]) - _PLANE), text)
    return normalize("NFC", re.sub(f"[{BOLD_ON}{BOLD_OFF}{_FINAL}]", "", shown))


def _lines(text: str) -> Iterator[TextLine]:
    """Yield the lines of `text`, headings as such, without quote marks and rules."""
    lines = [_QUOTE.sub("", line) for line in text.split("\n")]
    for at, line in enumerate(lines):
        heading = _HEADING.match(line)
        underline = 0 if heading else _underline_level(lines, at + 1)
        if heading:
            yield TextLine(heading[2] or "", BlockKind.HEADING, len(heading[1]))
        elif underline:
            yield TextLine(line, BlockKind.HEADING, underline)
        elif not _UNDERLINE.match(line) and not _RULE.match(line):
            yield TextLine(line)


def _underline_level(lines: Sequence[str], at: int) -> int:
    """Return the heading level that line `at` gives the line before it by underlining it, or 0.

    A line of `-` as long as the words is an underline; another one is the rule of a letterhead.
    """
    found = _UNDERLINE.match(lines[at]) if at < len(lines) else None
    before = lines[at - 1]
    if not found or not before.strip() or "|" in before:
        return 0
    is_alone = at < 2 or not lines[at - 2].strip()
    if found[1].startswith("="):
        return int(is_alone)
    return 2 if is_alone and len(found[1]) == len(_bare(before).strip()) else 0


def _plain(line: TextLine) -> TextLine:
    """Return `line` with its bold type and hard line end known, and without their marks."""
    rest, times = _BOLD.subn("", line.text)
    bold = times > 0 and sum(map(str.isalpha, rest)) <= 1  # the letter of a label
    text = re.sub(f"[{BOLD_ON}{BOLD_OFF}]", "", line.text)
    return replace(line, text=text.replace(_FINAL, ""), bold=bold, final=_FINAL in text)
