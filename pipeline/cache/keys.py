"""What documents and results are kept under: digests of all that they depend on, so that a change of any is a miss."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from pipeline.cache.version import parser_version, programs, result_version, rules_versions
from pipeline.rulebook import Pack
from pipeline.rulebook.deciding import deciding

_RULES = 16  # bytes of the digest of a pack's rules in a key


class ResultKey(Struct, frozen=True):
    """What the result of a file with `content` (the SHA-256 of its bytes) is kept under, and the document it is of.

    Which of the packs a report is read with is known when it has been read: `results` has the key for each, by id.
    All that decides it is in every one of them, so that a result is never found under that of another pack.
    """

    content: str
    document: bytes
    results: Mapping[str, bytes]


class _Grounds(Struct, frozen=True):
    """What results depend on besides documents: what all do, the choice of a pack included, and by id each pack."""

    common: bytes
    rules: Mapping[str, bytes]


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
    document, grounds = document_key(content, suffix), _grounds(tuple(packs), lang)
    if document is None or grounds is None:
        return None
    common = hashlib.sha256(b"result" + document + grounds.common).digest()
    return ResultKey(content, document, {name: common + rules for name, rules in grounds.rules.items()})


def made_of(packs: Sequence[Pack], lang: str) -> bytes | None:
    """Return a digest of all that results depend on besides documents: our code, the rules and the language.

    None where the sources of any are not there to be read. Another process that reads by the same has the same.
    """
    grounds = _grounds(tuple(packs), lang)
    return None if grounds is None else hashlib.sha256(grounds.common + b"".join(grounds.rules.values())).digest()


@lru_cache(maxsize=8)
def _grounds(packs: tuple[Pack, ...], lang: str) -> _Grounds | None:
    code, versions = result_version(), rules_versions(packs)
    if code is None or versions is None:
        return None
    by_id: dict[str, list[str]] = {}  # two packs may have one name, in two folders
    for pack, version in zip(packs, versions, strict=True):
        by_id.setdefault(pack.id, []).append(version)
    rules = {name: _digest("rules", *these)[:_RULES] for name, these in by_id.items()}
    return _Grounds(_digest("made of", code, lang, deciding(packs)), rules)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).digest()
