"""WordprocessingML elements: one short way to write them."""

from __future__ import annotations

from lxml import etree
from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

etree.register_namespace("r", R)


def el(name: str, *inside: _Element | None, **attributes: object) -> _Element:
    """Return the element `w:name` with `w:` attributes; children that are None are left out."""
    element = etree.Element(f"{{{W}}}{name}", nsmap={"w": W})
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", str(value))
    element.extend([child for child in inside if child is not None])
    return element


def text_el(name: str, text: str) -> _Element:
    """Return `w:t`, `w:delText` or `w:instrText` holding `text` with its spaces."""
    element = el(name)
    element.set(_XML_SPACE, "preserve")
    element.text = text
    return element


def to_bytes(element: _Element) -> bytes:
    """Return a part of the package whose root is `element`."""
    etree.cleanup_namespaces(element)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def millimetres(length: float) -> int:
    """Return a length in twips."""
    return round(length * 1440 / 25.4)
