"""What documents and results are kept under: digests of all that they depend on, so that a change of any is a miss."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.cache.version import parser_version, programs, result_version, rules_version
from pipeline.rulebook import Pack


@dataclass(frozen=True, slots=True)
class ResultKey:
    """What the result of a file with `content` (the SHA-256 of its bytes) is kept under, and the document it is of."""

    content: str
    result: bytes
    document: bytes


def document_key(content: str, suffix: str) -> bytes | None:
    """Return what the Document of a file is kept under, or None where that of no file can be."""
    version = parser_version()
    if version is None or not content:
        return None
    return _digest("document", content, suffix.lower(), version, programs())


def result_key(content: str, suffix: str, packs: Sequence[Pack], lang: str) -> ResultKey | None:
    """Return what the portion of a file is kept under, or None where that of no file can be.

    `content` is the SHA-256 of its bytes in hexadecimal, `packs` are all that it chooses from, in their order.
    """
    document, made_by = document_key(content, suffix), made_of(tuple(packs), lang)
    if document is None or made_by is None:
        return None
    return ResultKey(content, hashlib.sha256(b"result" + document + made_by).digest(), document)


@lru_cache(maxsize=8)
def made_of(packs: tuple[Pack, ...], lang: str) -> bytes | None:
    """Return a digest of all that results depend on besides documents: our code, the rules and the language.

    None where the sources of any are not there to be read. Another process that reads by the same has the same.
    """
    code, rules = result_version(), rules_version(packs)
    return None if code is None or rules is None else _digest("made of", code, rules, lang)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).digest()
