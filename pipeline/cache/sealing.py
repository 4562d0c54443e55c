"""A checksum before each value, of the value and the key it stands under: what damage made of either is seen."""

from __future__ import annotations

import hashlib

_CHECK = 16  # bytes


def sealed(key: bytes, value: bytes) -> bytes:
    """Return `value` with its checksum before it."""
    return _checksum(key, value) + value


def unsealed(key: bytes, found: object) -> bytes | None:
    """Return the value in what was `found` under `key`, or None where it was put under another or is damaged."""
    if not isinstance(found, bytes) or _checksum(key, found[_CHECK:]) != found[:_CHECK]:
        return None
    return found[_CHECK:]


def _checksum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECK, key=key[:64]).digest()
