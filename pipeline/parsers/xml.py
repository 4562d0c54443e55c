"""What readers of XML share: parsing that opens nothing else, and whole numbers in attributes."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from lxml import etree

from pipeline.parsers.limits import exceeded, limits

Element = etree._Element

_CHUNK = 4096
_TOO_DEEP = "Excessive depth"


class _Told(Exception):
    """The beginning of a part has told what it has to tell."""


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML file or part; no entity is replaced, and nothing that it names is opened.

    Raises lxml's XMLSyntaxError; ParseError as `require_plain`.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise_if_deep(error)
        raise
    require_plain(root)
    return root


def raise_if_deep(error: etree.XMLSyntaxError) -> None:
    """Raise ParseError `file.limit` where libxml2 gave up over tags in each other too deeply."""
    if _TOO_DEEP in str(error.msg):
        raise exceeded("xml_depth") from error


def require_plain(root: Element) -> None:
    """Raise ParseError `file.limit` where the file of `root` declares entities, or its tags nest beyond `xml_depth`.

    libxml2 itself lets no more than 256 tags in each other pass, so they are counted only where less is allowed.
    """
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):  # type: ignore[attr-defined]
        raise exceeded("xml_entities")
    most = limits().xml_depth
    if most < 256:
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > most:
                raise exceeded("xml_depth")


def declares_entities(part: IO[bytes]) -> bool:
    """Tell whether an XML part declares entities of its own, which no program that writes reports does.

    It is read until its first element. What is no XML declares none.
    """
    found = False

    def doctype(name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        nonlocal found
        found = bool(has_subset)
        raise _Told

    def element(name: str, attributes: dict[str, str]) -> None:
        raise _Told

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, element
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk)
    except (_Told, expat.ExpatError):
        pass
    return found


def whole(text: str | None, default: int) -> int:
    """Return `text` as a whole number, or `default` where it is none; nine digits are enough for any."""
    try:
        return int(text[:9]) if text else default
    except ValueError:
        return default
