"""ZIP archives, which DOCX, ODT and XLSX are: how large they may unpack, and how reading them fails."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from lzma import LZMAError
from zipfile import BadZipFile, ZipInfo

LARGEST = 500_000_000  # bytes, unpacked
RATIO = 200  # unpacked to packed; XML reaches 10 to 50
SMALL = 20_000_000  # bytes that may be unpacked whatever the ratio

TOO_LARGE = "ZIP: unpacks to far more than a report"
"""The reason for which a bomb is refused."""

ZIP_ERRORS = (BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OSError, RuntimeError)
"""What reading a damaged archive raises."""


def is_bomb(members: Iterable[ZipInfo], packed: int) -> bool:
    """Tell whether a ZIP of `packed` bytes unpacks to more than any report does."""
    unpacked = sum(member.file_size for member in members)
    return unpacked > LARGEST or (unpacked > SMALL and unpacked > RATIO * packed)


def is_locked(members: Iterable[ZipInfo]) -> bool:
    """Tell whether a member of a ZIP has a password."""
    return any(member.flag_bits & 1 for member in members)
