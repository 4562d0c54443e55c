"""What readers of XML share: parsing that opens nothing else, and whole numbers in attributes."""

from __future__ import annotations

from contextlib import suppress
from typing import IO
from xml.parsers import expat

from lxml import etree

from pipeline.parsers.limits import exceeded, limits, require

Element = etree._Element

_CHUNK = 1 << 16
_BEYOND = {
    "Excessive depth": "xml_depth",
    "entity amplification": "xml_entities",
    "entity reference loop": "xml_entities",
}
_LIBXML2_DEPTH = 256
_BEGINNINGS = (
    b"<",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00<",
    b"\x00\x00",
    b"\x4c\x6f",
)  # the last is EBCDIC


class _Told(Exception):
    """The beginning of a part has told what it has to tell."""


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML file or part; no entity is replaced, and nothing that it names is opened.

    Raises lxml's XMLSyntaxError; ParseError as `require_plain`.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise_if_beyond(error)
        raise
    require_plain(root)
    return root


def raise_if_beyond(error: etree.XMLSyntaxError) -> None:
    """Raise ParseError `file.limit` where libxml2 gave up over tags in each other too deeply, or over entities."""
    for told, limit in _BEYOND.items():
        if told in str(error.msg):
            raise exceeded(limit) from error


def require_plain(root: Element) -> None:
    """Raise ParseError `file.limit` where the file of `root` declares entities, or its tags nest beyond `xml_depth`.

    libxml2 itself lets no more than 256 tags in each other pass, so they are counted only where less is allowed.
    """
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None:
        require("xml_entities", len(list(declared.iterentities())))  # type: ignore[attr-defined]
    most = limits().xml_depth
    if not libxml2_counts_depth():
        depth = 0
        for event, _ in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > most:
                raise exceeded("xml_depth")


def check_part(part: IO[bytes], deep: bool = False) -> None:
    """Raise ParseError `file.limit` for an XML part with more entities of its own than `xml_entities`.

    It is read until its first element, or all of it where `deep`, and then its tags may not nest beyond `xml_depth`.
    What is no XML is for its reader to refuse. No entity is replaced: the part is left at the first that is too many.
    """
    most, depth, entities = limits().xml_depth, 0, 0

    def entity(*declared: object) -> None:
        nonlocal entities
        entities += 1
        require("xml_entities", entities)

    def start(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if not deep:
            raise _Told
        if depth > most:
            raise exceeded("xml_depth")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.EntityDeclHandler, parser.StartElementHandler, parser.EndElementHandler = entity, start, end
    with suppress(_Told, expat.ExpatError, LookupError, ValueError):  # the last two: encodings that it doesn't know
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk)


def looks_like_xml(head: bytes) -> bool:
    """Tell whether a part that begins with `head` may be XML, in whichever encoding."""
    return not head.strip() or head.lstrip().startswith(_BEGINNINGS)


def libxml2_counts_depth() -> bool:
    """Tell whether `xml_depth` is what libxml2 itself allows, so that nobody else needs to count."""
    return limits().xml_depth >= _LIBXML2_DEPTH


def whole(text: str | None, default: int) -> int:
    """Return `text` as a whole number, or `default` where it is none; nine digits are enough for any."""
    try:
        return int(text[:9]) if text else default
    except ValueError:
        return default
