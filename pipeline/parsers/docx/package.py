"""Opening a DOCX: the XML parts to read, or the reason why they can't be had."""

from __future__ import annotations

import posixpath
from io import BytesIO
from zipfile import ZipFile

from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.package import Package
from lxml import etree
from msgspec import Struct

from pipeline.parsers.archives import ZIP_ERRORS, check_archive
from pipeline.parsers.docx.strict import to_transitional
from pipeline.parsers.docx.xml import R, W
from pipeline.parsers.xml import Element, parse_xml, raise_if_beyond, require_plain
from pipeline.problems import ParseError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_97 = "WordDocument".encode("utf-16-le")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# python-docx takes a well-formed and complete package for granted: on others it fails in these ways.
_MISUSE = (LookupError, ValueError, AttributeError, TypeError, AssertionError)
_PACKAGE_ERRORS = (etree.LxmlError, OpcError, PythonDocxError, *_MISUSE)


class Parts(Struct, frozen=True):
    """The body of a DOCX and the roots of the other parts that hold words or tell how to read them."""

    body: Element
    styles: Element | None
    numbering: Element | None
    notes: dict[str, Element]
    headers: tuple[Element, ...]
    footers: tuple[Element, ...]


def open_parts(data: bytes) -> Parts:
    """Return the parts of a DOCX; raise ParseError if it is empty, damaged, protected, or no DOCX at all."""
    _check(data)
    try:
        return _read_parts(_open(to_transitional(data)).main_document_part)
    except etree.XMLSyntaxError as error:
        raise_if_beyond(error)
        raise damaged(f"XML: {error.msg}") from error
    except KeyError as error:
        raise damaged(f"missing part: {error.args[0] if error.args else ''}") from error
    except ZIP_ERRORS as error:
        raise damaged(f"ZIP: {error}") from error
    except _PACKAGE_ERRORS as error:
        raise damaged("not a Word package") from error


def damaged(reason: str) -> ParseError:
    """Return the error for a DOCX that can't be read, with a reason of a few words."""
    return ParseError("file.damaged", format="DOCX", reason=reason.splitlines()[0][:120])


def _check(data: bytes) -> None:
    """Raise ParseError for what can be told before anything is unpacked."""
    if not data:
        raise ParseError("file.empty")
    if data.startswith(_OLE):
        raise _ole_error(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            check_archive(archive, data, "DOCX")
    except (*ZIP_ERRORS, ValueError) as error:
        raise damaged(f"ZIP: {error}") from error


def _ole_error(data: bytes) -> ParseError:
    """Return the error for an OLE file: Word wraps a DOCX with a password in one, and a DOC is one."""
    if _ENCRYPTED in data:
        return ParseError("file.encrypted", format="DOCX")
    if _WORD_97 in data:
        return ParseError("file.format", found="DOC")
    return damaged("OLE, not ZIP")


def _open(data: bytes) -> Package:
    """Open with python-docx, which wants every part that a relationship names; Word doesn't mind."""
    try:
        return Package.open(BytesIO(data))
    except KeyError:
        repaired = _without_dangling(data)
        if repaired is None:
            raise
        return Package.open(BytesIO(repaired))


def _without_dangling(data: bytes) -> bytes | None:
    """Return the archive without relationships to parts that it lacks, or None if it lacks none."""
    repaired, dropped = BytesIO(), 0
    with ZipFile(BytesIO(data)) as old, ZipFile(repaired, "w") as new:
        names = set(old.namelist())
        for name in names:
            content = old.read(name)
            if name.endswith(".rels"):
                root = parse_xml(content)
                dropped += _drop_dangling(root, name, names)
                content = etree.tostring(root)
            new.writestr(name, content)
    return repaired.getvalue() if dropped else None


def _drop_dangling(root: Element, name: str, names: set[str]) -> int:
    """Remove from a relationships part those whose target is not among `names`, and return how many."""
    folder = posixpath.dirname(posixpath.dirname(name))
    dangling = [
        relationship
        for relationship in root.findall(_RELATIONSHIP)
        if relationship.get("TargetMode") != "External"
        and posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", "")))[1:] not in names
    ]
    for relationship in dangling:
        root.remove(relationship)
    return len(dangling)


def _read_parts(main: Part) -> Parts:
    body = _root(main).find(W + "body")
    if body is None:
        raise damaged("no body of a Word document")
    notes = {"footnote": _first(main, RT.FOOTNOTES), "endnote": _first(main, RT.ENDNOTES)}
    return Parts(
        body=body,
        styles=_first(main, RT.STYLES),
        numbering=_first(main, RT.NUMBERING),
        notes={kind: root for kind, root in notes.items() if root is not None},
        headers=_referenced(main, body, "headerReference"),
        footers=_referenced(main, body, "footerReference"),
    )


def _first(main: Part, kind: str) -> Element | None:
    targets = (rel.target_part for rel in main.rels.values() if rel.reltype == kind and not rel.is_external)
    part = next(targets, None)
    return None if part is None else _root(part)


def _referenced(main: Part, body: Element, name: str) -> tuple[Element, ...]:
    """Return the headers or footers in the order in which the sections name them, each once."""
    ids = dict.fromkeys(reference.get(R + "id", "") for reference in body.iter(W + name))
    parts = main.related_parts
    return tuple(_root(parts[each]) for each in ids if each in parts)


def _root(part: Part) -> Element:
    """Return the XML of a part, parsed by python-docx already or here where that leaves it alone."""
    parsed: Element | None = getattr(part, "element", None)
    if parsed is None:
        return parse_xml(part.blob)
    require_plain(parsed)
    return parsed
