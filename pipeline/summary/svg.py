"""SVG as matplotlib writes it, made fit to stand in a page: no style, no script, no name that another plot has too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

EDGE, TITLE_LINE = 12.0, 16.0
"""What is left empty around a picture of its own, and how far the lines of its title are apart, in points."""

_TITLE = {"font-family": "'Be Vietnam Pro', 'DejaVu Sans', sans-serif", "font-size": "11", "font-weight": "600"}
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML can't hold
_ROUND = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # what matplotlib's style says of everything
_DRAWN = {f"{{{_SVG}}}{name}" for name in ("svg", "g", "defs", "clipPath", "path", "rect", "text", "tspan", "use")}


def legible(words: str) -> str:
    """Return `words` on one line, with what an SVG can't hold replaced by U+FFFD."""
    return " ".join(_UNREADABLE.sub("\ufffd", words).split())


def inline_svg(written: bytes, name: str, title: str) -> str:
    """Return the picture as an `<svg>` for a page: named `name`, and read out as `title`.

    Looks are attributes, which a strict content security policy lets stand, and ids begin with the name.
    """
    root = _cleaned(written, name)
    for size in ("width", "height"):
        del root.attrib[size]
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    told = etree.Element(f"{{{_SVG}}}title", id=f"{name}-title")
    told.text = legible(title)
    root.insert(0, told)
    return _text(root)


def lone_svg(written: bytes, name: str, title: str, lines: Sequence[str], style: str) -> str:
    """Return the picture as a file of its own, under its title in `lines`; `style` has the fonts."""
    picture = _cleaned(written, name)
    width, height = (float(size) for size in str(picture.get("viewBox")).split()[2:])
    top = EDGE + TITLE_LINE * len(lines) + 8
    size = {"width": f"{width + 2 * EDGE:g}", "height": f"{height + top + EDGE:g}"}
    root = etree.fromstring(f'<svg xmlns="{_SVG}" viewBox="0 0 {size["width"]} {size["height"]}"/>')
    for key, value in size.items():
        root.set(key, value)
    etree.SubElement(root, f"{{{_SVG}}}title").text = legible(title)
    etree.SubElement(root, f"{{{_SVG}}}style").text = style
    etree.SubElement(root, f"{{{_SVG}}}rect", {**size, "fill": "#ffffff"})
    for at, line in enumerate(lines):
        place = {"x": f"{EDGE:g}", "y": f"{EDGE + 12 + TITLE_LINE * at:g}"}
        told = etree.SubElement(root, f"{{{_SVG}}}text", {**place, **_TITLE})
        told.text = line
    for key, number in {"x": EDGE, "y": top, "width": width, "height": height}.items():
        picture.set(key, f"{number:g}")
    root.append(picture)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _text(root) + "\n"


def _cleaned(written: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    root = etree.fromstring(written, parser)
    for element in list(root.iter()):
        if element.tag in _DRAWN:
            _restyle(element)
        elif element is not root and (parent := element.getparent()) is not None:
            parent.remove(element)
    _rename(root, name)
    for key, value in _ROUND.items():
        root.set(key, value)
    return root


def _restyle(element: etree._Element) -> None:
    """Turn a style into attributes."""
    for one in _taken(element, "style").split(";"):
        key, colon, value = one.partition(":")
        if colon:
            element.set(key.strip(), value.strip())
    if str(element.get("transform", "")).startswith("rotate(-0 "):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", " ".join(str(element.get("d")).split()))


def _rename(root: etree._Element, name: str) -> None:
    """Let ids begin with `name`, and drop those that nothing refers to."""
    used = {match for element in root.iter() for value in element.attrib.values() for match in _references(str(value))}
    used |= {str(element.get(_XLINK, ""))[1:] for element in root.iter()}
    for element in root.iter():
        known, link = _taken(element, "id"), _taken(element, _XLINK)
        if known and known in used:
            element.set("id", f"{name}-{known}")
        if link:
            element.set("href", f"#{name}-{link[1:]}")
        for key in ("clip-path", "fill"):
            if key in element.attrib:
                element.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", str(element.get(key))))


def _taken(element: etree._Element, key: str) -> str:
    """Take an attribute away and return what it was, nothing where there was none."""
    value = str(element.get(key, ""))
    if value:
        del element.attrib[key]
    return value


def _references(value: str) -> list[str]:
    return _REFERENCE.findall(value)


def _text(root: etree._Element) -> str:
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")
