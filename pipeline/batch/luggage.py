"""Rule packs on the way to other machines: what stands in folders is sent along, the rest must be there already."""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from pipeline.batch.reports import load_rules
from pipeline.rulebook.manifest import read_manifest
from pipeline.rulebook.places import Home, home_of, shipped_folder

_SUFFIXES = (".yaml", ".csv", ".py")  # of all that a pack is made of
_DECODER = msgspec.msgpack.Decoder(dict[str, bytes])


class Luggage(Struct, frozen=True):
    """Rules that were asked for: `names` of packs, each with the folder it has in `files` or nothing.

    `files` are the files of the packs in folders and of those they build on. `digests` are those of the packs that
    reports choose from, in order.
    """

    names: tuple[tuple[str, str], ...]
    files: bytes
    digests: tuple[str, ...]


def packed(rules: str | Sequence[str]) -> Luggage:
    """Return what another machine needs to read by `rules`; RulesError for a fault in them."""
    asked = (rules,) if isinstance(rules, str) else tuple(rules)
    digests = tuple(pack.digest for pack in load_rules(asked))
    names, folders = [], dict[Path, None]()
    for name in asked:
        own = list(_folders(home_of(name)))
        names.append((name, _place(own[0]) if own else ""))
        folders |= dict.fromkeys(own)
    files = {
        (PurePosixPath(_place(folder)) / path.relative_to(folder).as_posix()).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in _SUFFIXES and path.is_file()
    }
    return Luggage(tuple(names), zlib.compress(msgspec.msgpack.encode(files)), digests)


@lru_cache(maxsize=8)
def unpacked(luggage: Luggage, place: str) -> tuple[str, ...]:
    """Return the rules by which this machine reads as the one that `luggage` comes from.

    RulesError where a pack is not here; ValueError where packs here differ from those there. What was sent stays in
    a new folder inside `place`.
    """
    files = _DECODER.decode(zlib.decompress(luggage.files))
    folder = tempfile.mkdtemp(prefix="rules-", dir=place) if files else place
    for name, data in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    rules = tuple(str(Path(folder, place)) if place else name for name, place in luggage.names)
    packs = load_rules(rules)
    if tuple(pack.digest for pack in packs) != luggage.digests:
        raise ValueError(", ".join(pack.id for pack in packs))
    return rules


def _folders(home: Home) -> Iterator[Path]:
    """Yield the folder of a pack, and of those it builds on, but for what is shipped or installed."""
    if home.package or home.folder.is_relative_to(shipped_folder().resolve()):
        return
    yield home.folder
    for name in read_manifest(home.folder).extends:
        yield from _folders(home_of(name, beside=home.folder.parent))


def _place(folder: Path) -> str:
    """Return where `folder` stands among what is sent: as on its disk, since packs name each other by their paths."""
    return PurePosixPath(re.sub(r"\W", "", folder.anchor) or "disk", *folder.parts[1:]).as_posix()
