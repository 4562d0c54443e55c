"""Characters of an HTML file into a tree, and which part of the tree is the report."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.parsers.limits import exceeded
from pipeline.parsers.xml import Element
from pipeline.problems import ParseError

# Word keeps a text box in a comment for itself, and beside it a picture or a table for browsers.
_FOR_WORD, _END = "<!--[if gte vml 1]>", "<![endif]-->"
_FOR_BROWSERS, _END_SHOWN = "<![if !vml]>", "<![endif]>"
# LibreOffice ends lines where it likes and indents them by tabs: tabs elsewhere and runs of spaces are the writer's.
_OFFICE = re.compile(r'<meta name="generator" content="(?:Libre|Open)Office', re.IGNORECASE)
_OFFICE_TABS = re.compile(r"(?<=[^\n\t])\t+")
_OFFICE_SPACES = re.compile(r"(\n\t*)?( {2,})(\n\t*)?")
_OFFICE_PICTURE = re.compile(r"(<img\b[^<>]*>)\n")  # stands inside a word where it is anchored
_TAB = '<span style="mso-tab-count:1"></span>'  # as Word writes it
_HEAD = 2000
_TAG = re.compile(r"<[^<>]*>")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_TOO_DEEP = re.compile("depth|nest", re.IGNORECASE)
_FURNITURE = frozenset({"nav", "header", "footer", "aside"})
_NAVIGATION = frozenset({"navigation", "search", "menu", "menubar"})
_BODY_TAGS = frozenset({"main", "article"})
_LEAST_WORDS = 200  # characters that a page's main part has at least


def html_to_tree(text: str) -> Element:
    """Return the root of a page, whatever its faults; ParseError if there is none or its tags nest too deeply."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _with_office_space(_with_text_boxes(text))
    # libxml2 never opens what the page links to: no network, no files.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(_UNPAIRED.sub("", text).encode(), parser)
    except etree.LxmlError as error:
        reason = str(error).splitlines()[0][:120] if str(error) else "no HTML"
        raise ParseError("file.damaged", format="HTML", reason=reason) from error
    if any(_TOO_DEEP.search(error.message) for error in parser.error_log):
        raise exceeded("html_depth")
    if root is None:
        raise ParseError("file.no_text")
    return root


def _with_text_boxes(text: str) -> str:
    """Return `text` with the text boxes that Word hides in comments, where no other copy of them follows."""
    before, *rest = text.split(_FOR_WORD)
    pieces = [before]
    for chunk in rest:
        hidden, _, after = chunk.partition(_END)
        other = after.partition(_END_SHOWN)[0] if after.lstrip().startswith(_FOR_BROWSERS) else ""
        if not _TAG.sub("", other.replace(_FOR_BROWSERS, "")).strip():
            pieces += (f"<div>{_without(box, '<![if !mso]>', _END_SHOWN)}</div>" for box in _boxes(hidden))
        pieces.append(after)
    return "".join(pieces)


def _with_office_space(text: str) -> str:
    """Return `text`, if from LibreOffice, with its tabs marked and with the width of its blanks."""
    if not _OFFICE.search(text[:_HEAD]):
        return text
    text = _OFFICE_PICTURE.sub(r"\1", text)
    text = _OFFICE_SPACES.sub(lambda found: "\xa0" * (bool(found[1]) + len(found[2]) + bool(found[3])), text)
    return _OFFICE_TABS.sub(lambda found: _TAB * len(found[0]), text)


def _boxes(hidden: str) -> list[str]:
    openings = hidden.split("<v:textbox")[1:]
    return [opened.partition(">")[2].partition("</v:textbox>")[0] for opened in openings]


def _without(text: str, opening: str, closing: str) -> str:
    """Return `text` without what stands from each `opening` to the next `closing`."""
    before, *rest = text.split(opening)
    return before + "".join(chunk.partition(closing)[2] for chunk in rest)


def main_part(root: Element) -> tuple[Element, set[Element]]:
    """Return the element to read, and those inside it to leave out: the furniture of a portal's page.

    A page with a menu (`nav`) is one of a portal: its `main` or only `article` is read, else all but what
    its tags call menus, heads, feet and asides. Any other page is read as a whole.
    """
    menus = [e for e in root.iter("nav", "div", "ul") if e.tag == "nav" or e.get("role", "") in _NAVIGATION]
    if not menus:
        return root, set()
    mains = list(root.iter("main")) or [e for e in root.iter("div", "section") if e.get("role") == "main"]
    parts = mains or list(root.iter("article"))
    if len(parts) == 1 and sum(map(len, parts[0].itertext())) >= _LEAST_WORDS:
        return parts[0], set(menus)
    framed = (e for e in root.iter(*_FURNITURE) if not any(outer.tag in _BODY_TAGS for outer in e.iterancestors()))
    return root, {*menus, *framed}
