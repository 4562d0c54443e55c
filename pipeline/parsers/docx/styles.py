"""What a paragraph and a run of a DOCX look like once their styles are followed to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.parsers.docx.xml import W, number, switch, value
from pipeline.parsers.fonts import is_legacy
from pipeline.parsers.xml import Element, whole

_HEADING = re.compile(r"heading ([1-9])")
_BODY_LEVEL = 9  # w:outlineLvl counts headings from 0; 9 is body text
_VAL, _PPR, _RPR = W + "val", W + "pPr", W + "rPr"
_STYLE, _NUMBERED, _OUTLINE, _ALIGNED = W + "pStyle", W + "numPr", W + "outlineLvl", W + "jc"
_RUN_STYLE, _FONTS = W + "rStyle", W + "rFonts"
_BOLD, _STRUCK, _STRUCK_TWICE, _HIDDEN = W + "b", W + "strike", W + "dstrike", W + "vanish"
_DELETED = {W + "del", W + "moveFrom"}

Properties = dict[str, Element]


@dataclass(frozen=True, slots=True)
class Look:
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


@dataclass(frozen=True, slots=True)
class Setting:
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


class Styles:
    """The styles of one document, each followed up its `basedOn` chain once (ISO/IEC 29500-1, 17.7)."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next((style.get(W + "styleId", "") for style in styles if _is_default(style)), "")
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._plain = _printed(Look(), _properties(defaults))
        self._looks: dict[str, Look] = {}
        self._bases: dict[tuple[str, str], Look] = {}
        self._settings: dict[str, Setting] = {}

    def setting(self, paragraph: Element) -> Setting:
        """Return how `paragraph` is set: its own properties before those of its style."""
        own = _properties(paragraph.find(_PPR))
        style = _val(own, _STYLE) or ""
        base = self._style_setting(style if style in self._styles else self._default)
        return _override(base, own)

    def look(self, paragraph_style: str, properties: Element | None) -> Look:
        """Return how a run with the given `w:rPr` is printed in a paragraph of `paragraph_style`."""
        own = _properties(properties)
        key = (paragraph_style, _val(own, _RUN_STYLE) or "")
        base = self._bases.get(key)
        if base is None:
            base = _toggled(self._plain, *map(self._style_look, key))
            self._bases[key] = base
        return _printed(base, own)

    def _style_look(self, style: str) -> Look:
        if style not in self._looks:
            look = Look()
            for link in reversed(list(self._chain(style))):
                look = _printed(look, _properties(link.find(_RPR)))
            self._looks[style] = look
        return self._looks[style]

    def _style_setting(self, style: str) -> Setting:
        if style not in self._settings:
            setting = Setting(style)
            for link in reversed(list(self._chain(style))):
                setting = _override(setting, _properties(link.find(_PPR)), link)
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
    return {} if element is None else {child.tag: child for child in element}


def _val(own: Properties, tag: str) -> str | None:
    return own[tag].get(_VAL) if tag in own else None


def _printed(base: Look, own: Properties) -> Look:
    """Return `base` with what a `w:rPr` sets anew."""
    fonts = own.get(_FONTS)
    return Look(
        bold=switch(own[_BOLD]) if _BOLD in own else base.bold,
        struck=switch(own[_STRUCK]) if _STRUCK in own else base.struck,
        struck_twice=switch(own[_STRUCK_TWICE]) if _STRUCK_TWICE in own else base.struck_twice,
        hidden=switch(own[_HIDDEN]) if _HIDDEN in own else base.hidden,
        font=base.font if fonts is None else _font(fonts) or base.font,
    )


def _font(fonts: Element) -> str:
    """Return the font of the Latin letters; one from before Unicode may be set for those above ASCII alone."""
    plain, above = (fonts.get(W + name, "") for name in ("ascii", "hAnsi"))
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


def _override(base: Setting, own: Properties, style: Element | None = None) -> Setting:
    """Return `base` with what a `w:pPr`, of a paragraph or of `style`, sets anew."""
    if not own and style is None:
        return base
    aligned = _val(own, _ALIGNED)
    list_id, list_level, list_style = _list(base, own.get(_NUMBERED), style)
    return Setting(
        style=base.style,
        heading=_heading(base, own, style),
        centred=base.centred if aligned is None else aligned == "center",
        list_id=list_id,
        list_level=list_level,
        list_style=list_style,
        joined=style is None and _RPR in own and any(child.tag in _DELETED for child in own[_RPR]),
    )


def _list(base: Setting, numbered: Element | None, style: Element | None) -> tuple[str, int | None, str]:
    """Return the list, level and style that tells the level; a new list doesn't keep the level of the old."""
    if numbered is None:
        return base.list_id, base.list_level, base.list_style
    own = value(numbered, "numId")
    level = number(numbered, "ilvl", -1)
    known = level if 0 <= level < _BODY_LEVEL else None
    if own is None:
        return base.list_id, base.list_level if known is None else known, base.list_style
    return own, known, "" if style is None else style.get(W + "styleId", "")


def _heading(base: Setting, own: Properties, style: Element | None) -> int:
    """Return the heading level: the outline level, or the number in the name of a built-in style."""
    outline = whole(_val(own, _OUTLINE), -1)
    name = (value(style, "name") or "").casefold()
    if outline >= 0 and name != "title":
        return outline + 1 if outline < _BODY_LEVEL else 0
    named = _HEADING.fullmatch(name)
    return int(named[1]) if named else base.heading
