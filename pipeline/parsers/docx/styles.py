"""What a paragraph and a run of a DOCX look like once their styles are followed to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from pipeline.parsers.docx.xml import VAL, W, child, number, switch, value
from pipeline.parsers.fonts import is_legacy
from pipeline.parsers.xml import Element, whole

_HEADING = re.compile(r"heading ([1-9])")
_BODY_LEVEL = 9  # w:outlineLvl counts headings from 0; 9 is body text
_PPR, _RPR = W + "pPr", W + "rPr"
_STYLE, _NUMBERED, _OUTLINE, _ALIGNED = W + "pStyle", W + "numPr", W + "outlineLvl", W + "jc"
_RUN_STYLE, _FONTS, _ASCII, _ABOVE_ASCII = W + "rStyle", W + "rFonts", W + "ascii", W + "hAnsi"
_BOLD, _STRUCK, _STRUCK_TWICE, _HIDDEN = W + "b", W + "strike", W + "dstrike", W + "vanish"
_DELETED = {W + "del", W + "moveFrom"}

Properties = dict[str, Element]


class Look(Struct, frozen=True):
    """How a run is printed, as far as reading it needs."""

    bold: bool = False
    struck: bool = False
    struck_twice: bool = False
    hidden: bool = False
    font: str = ""

    @property
    def dropped(self) -> bool:
        """Whether the words of the run are no longer, or never were, part of the report."""
        return self.struck or self.struck_twice or self.hidden


class Setting(Struct, frozen=True):
    """How a paragraph is set: its style, its heading level (0 for none), and its place in a list.

    `list_level` counts from 0; it is None where the list itself has to tell it by the style `list_style`.
    `joined` where its paragraph mark is deleted, so that it goes on with the next paragraph.
    """

    style: str = ""
    heading: int = 0
    centred: bool = False
    list_id: str = ""
    list_level: int | None = None
    list_style: str = ""
    joined: bool = False


class _SetByParagraph(NamedTuple):
    """What a `w:pPr` sets, None where it is silent; most paragraphs of a report set the same few things.

    `outline` and `list_level` are -1 where they are no number.
    """

    aligned: str | None
    outline: int
    list_id: str | None
    list_level: int
    joined: bool


class _SetByRun(NamedTuple):
    """What a `w:rPr` sets, None where it is silent; `font` may be empty too."""

    bold: bool | None
    struck: bool | None
    struck_twice: bool | None
    hidden: bool | None
    font: str | None


class Styles:
    """The styles of one document, each followed up its `basedOn` chain once (ISO/IEC 29500-1, 17.7)."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next((style.get(W + "styleId", "") for style in styles if _is_default(style)), "")
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._plain = _printed(Look(), _set_by_run(_properties(defaults)))
        self._looks: dict[str, Look] = {}
        self._settings: dict[str, Setting] = {}
        self._set: dict[tuple[str, _SetByParagraph], Setting] = {}
        self._looked: dict[tuple[str, str, _SetByRun], Look] = {}

    def setting(self, paragraph: Element) -> Setting:
        """Return how `paragraph` is set: its own properties before those of its style."""
        own = _properties(child(paragraph, _PPR))
        style = _val(own, _STYLE) or ""
        style = style if style in self._styles else self._default
        told = _set_by_paragraph(own)
        setting = self._set.get((style, told))
        if setting is None:
            setting = self._set[style, told] = _override(self._style_setting(style), told)
        return setting

    def look(self, paragraph_style: str, properties: Element | None) -> Look:
        """Return how a run with the given `w:rPr` is printed in a paragraph of `paragraph_style`."""
        own = _properties(properties)
        run_style, told = _val(own, _RUN_STYLE) or "", _set_by_run(own)
        look = self._looked.get((paragraph_style, run_style, told))
        if look is None:
            base = _toggled(self._plain, self._style_look(paragraph_style), self._style_look(run_style))
            look = self._looked[paragraph_style, run_style, told] = _printed(base, told)
        return look

    def _style_look(self, style: str) -> Look:
        if style not in self._looks:
            look = Look()
            for link in reversed(list(self._chain(style))):
                look = _printed(look, _set_by_run(_properties(child(link, _RPR))))
            self._looks[style] = look
        return self._looks[style]

    def _style_setting(self, style: str) -> Setting:
        if style not in self._settings:
            setting = Setting(style)
            for link in reversed(list(self._chain(style))):
                setting = _override(setting, _set_by_paragraph(_properties(child(link, _PPR))), link)
            self._settings[style] = setting
        return self._settings[style]

    def _chain(self, style: str | None) -> Iterator[Element]:
        """Yield a style and those it is based on, nearest first, each once even where they go in a circle."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")


def _is_default(style: Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")


def _properties(element: Element | None) -> Properties:
    """Return what a `w:pPr` or `w:rPr` sets, by tag: one pass is cheaper than many a `find`."""
    return {} if element is None else {each.tag: each for each in element}


def _val(own: Properties, tag: str) -> str | None:
    return own[tag].get(VAL) if tag in own else None


def _set_by_paragraph(own: Properties) -> _SetByParagraph:
    numbered = own.get(_NUMBERED)
    return _SetByParagraph(
        aligned=_val(own, _ALIGNED),
        outline=whole(_val(own, _OUTLINE), -1),
        list_id=value(numbered, "numId"),
        list_level=number(numbered, "ilvl", -1),
        joined=_RPR in own and any(each.tag in _DELETED for each in own[_RPR]),
    )


def _set_by_run(own: Properties) -> _SetByRun:
    fonts = own.get(_FONTS)
    return _SetByRun(
        bold=switch(own[_BOLD]) if _BOLD in own else None,
        struck=switch(own[_STRUCK]) if _STRUCK in own else None,
        struck_twice=switch(own[_STRUCK_TWICE]) if _STRUCK_TWICE in own else None,
        hidden=switch(own[_HIDDEN]) if _HIDDEN in own else None,
        font=None if fonts is None else _font(fonts),
    )


def _printed(base: Look, own: _SetByRun) -> Look:
    """Return `base` with what a `w:rPr` sets anew."""
    return Look(
        bold=base.bold if own.bold is None else own.bold,
        struck=base.struck if own.struck is None else own.struck,
        struck_twice=base.struck_twice if own.struck_twice is None else own.struck_twice,
        hidden=base.hidden if own.hidden is None else own.hidden,
        font=own.font or base.font,
    )


def _font(fonts: Element) -> str:
    """Return the font of the Latin letters; one from before Unicode may be set for those above ASCII alone."""
    plain, above = fonts.get(_ASCII, ""), fonts.get(_ABOVE_ASCII, "")
    return above if not plain or is_legacy(above) else plain


def _toggled(plain: Look, paragraph: Look, run: Look) -> Look:
    """Return the look that a document and two styles give: a toggle that both styles set is off (17.7.3)."""
    return Look(
        bold=plain.bold or paragraph.bold != run.bold,
        struck=plain.struck or paragraph.struck != run.struck,
        struck_twice=plain.struck_twice or paragraph.struck_twice != run.struck_twice,
        hidden=plain.hidden or paragraph.hidden != run.hidden,
        font=run.font or paragraph.font or plain.font,
    )


def _override(base: Setting, own: _SetByParagraph, style: Element | None = None) -> Setting:
    """Return `base` with what a `w:pPr`, of a paragraph or of `style`, sets anew."""
    list_id, list_level, list_style = _list(base, own, style)
    return Setting(
        style=base.style,
        heading=_heading(base, own, style),
        centred=base.centred if own.aligned is None else own.aligned == "center",
        list_id=list_id,
        list_level=list_level,
        list_style=list_style,
        joined=style is None and own.joined,
    )


def _list(base: Setting, own: _SetByParagraph, style: Element | None) -> tuple[str, int | None, str]:
    """Return the list, level and style that tells the level; a new list doesn't keep the level of the old."""
    known = own.list_level if 0 <= own.list_level < _BODY_LEVEL else None
    if own.list_id is None:
        return base.list_id, base.list_level if known is None else known, base.list_style
    return own.list_id, known, "" if style is None else style.get(W + "styleId", "")


def _heading(base: Setting, own: _SetByParagraph, style: Element | None) -> int:
    """Return the heading level: the outline level, or the number in the name of a built-in style."""
    name = (value(style, "name") or "").casefold()
    if own.outline >= 0 and name != "title":
        return own.outline + 1 if own.outline < _BODY_LEVEL else 0
    named = _HEADING.fullmatch(name)
    return int(named[1]) if named else base.heading
