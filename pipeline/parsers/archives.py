"""ZIP archives, which DOCX, ODT and XLSX are: what they may unpack to, and how reading them fails.

Nothing is ever unpacked onto the disk: members are read into memory by the names that the format gives them, so a
name with `../` in it leads nowhere. Archives inside an archive are not opened.
"""

from __future__ import annotations

import struct
import zlib
from lzma import LZMAError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.parsers.limits import exceeded, limits, require
from pipeline.parsers.xml import check_part, libxml2_counts_depth, looks_like_xml
from pipeline.problems import ParseError

SMALL = 20_000_000
"""Bytes that may be unpacked whatever the ratio."""

ZIP_ERRORS = (BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""What reading a damaged archive raises."""

_XML = (".xml", ".rels")
_CHUNK = 1_000_000
_HEAD = 1024
_LOCAL_HEADER, _LENGTHS = 30, struct.Struct("<26xHH")  # APPNOTE.TXT, 4.3.7


def check_archive(archive: ZipFile, data: bytes, form: str) -> None:
    """Raise ParseError for an archive of these `data` that has a password or holds more than the limits allow.

    `form` is what the error calls its format. All is told by the directory of the archive, and BadZipFile is raised
    where that doesn't tell the truth: a member that is read is unpacked whole, whatever it says.
    """
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise ParseError("file.encrypted", format=form)
    require("parts", len(members))
    unpacked = sum(member.file_size for member in members)
    require("unpacked_size", unpacked)
    if unpacked > SMALL and unpacked > limits().unpacked_ratio * len(data):
        raise exceeded("unpacked_ratio", unpacked // max(len(data), 1))
    for member in members:
        if member.file_size > limits().xml_size and _is_xml(archive, member):
            raise exceeded("xml_size", member.file_size)
        _check_size(member, data)


def check_members(archive: ZipFile, deep: bool = False) -> None:
    """Look into the members of an archive that another program is going to read.

    ParseError where an XML member declares entities, which are not replaced where we read it, or, if it is looked
    into `deep`, has tags in each other beyond `xml_depth`.
    """
    for member in archive.infolist():
        if member.filename.lower().endswith(_XML):
            with archive.open(member) as part:
                check_part(part, deep or not libxml2_counts_depth())


def _check_size(member: ZipInfo, data: bytes) -> None:
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile("packed as no program packs reports")
    if member.compress_type == ZIP_DEFLATED and _unpacked(data, member) > member.file_size:
        raise BadZipFile("a member is larger than it says")


def _is_xml(archive: ZipFile, member: ZipInfo) -> bool:
    """Tell whether a member may be XML: any name of one may be that of a part."""
    if member.filename.lower().endswith(_XML):
        return True
    with archive.open(member) as part:
        return looks_like_xml(part.read(_HEAD))


def _unpacked(data: bytes, member: ZipInfo) -> int:
    """Return how many bytes a deflated member unpacks to, counted no further than to one beyond what it says."""
    at = member.header_offset
    name, extra = _LENGTHS.unpack_from(data, at)
    at += _LOCAL_HEADER + name + extra
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    packed, count = data[at : at + member.compress_size], 0
    while packed and count <= member.file_size and not inflate.eof:
        count += len(inflate.decompress(packed, _CHUNK))
        packed = inflate.unconsumed_tail
    return count
