"""Whether an OLE file hangs together ([MS-CFB]): calamine follows its chains of sectors as far as they say they go.

A ring of sectors, a sector far behind the end or a stream longer than the file would each have it ask for memory
without end, and a process that asks for too much is gone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

LAST = 0xFFFFFFFA
"""Sector numbers from here on are no sectors: free, the end of a chain, tables."""
LEAST = 4096
"""Bytes of a stream that is kept in whole sectors; smaller ones are in the small sectors of the root."""

_ENTRY, _NAME, _START, _LENGTH = 128, 64, 116, 120
_ENDS, _ENDLESS, _ON_THE_WAY = 1, 2, 3
_SMALL = 64  # bytes of a sector of small streams
_SLACK = 1 << 16  # sectors that may be missing at the end of a file that was cut off


def hangs_together(data: bytes) -> bool:
    """Tell whether every chain of sectors in an OLE file ends, within the file or near behind its end."""
    try:
        return _Compound(data).is_whole()
    except struct.error:
        return False


class _Compound:
    """The header of an OLE file and its table of which sector follows which."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        self._size = 1 << shift if shift in (9, 12) else 0
        self._sectors = len(data) // self._size + _SLACK if self._size else 0
        self._chains = self._small = _Chains((), 0)

    def is_whole(self) -> bool:
        """Tell whether all chains end."""
        if not self._size or not self._counts_fit():
            return False
        listed = self._listed()
        if listed is None:
            return False
        self._chains = _Chains(numbers_in(b"".join(map(self._sector, listed))), self._sectors)
        directory, small = (struct.unpack_from("<I", self._data, at)[0] for at in (48, 60))
        if not (self._chains.ends(directory) and self._chains.ends(small)):
            return False
        self._small = _Chains(numbers_in(self._chained(small)), self._sectors * self._size // _SMALL)
        entries = list(_entries(self._chained(directory)))
        return bool(entries) and all(self._entry_ends(entry, at == 0) for at, entry in enumerate(entries))

    def _counts_fit(self) -> bool:
        """Tell whether the file could hold as many sectors of each table as its header says."""
        return all(struct.unpack_from("<I", self._data, at)[0] <= self._sectors for at in (40, 44, 64, 72))

    def _listed(self) -> list[int] | None:
        """Return the sectors of the table of sectors, None where their list has no end or they are not in the file."""
        listed = [number for number in struct.unpack_from("<109I", self._data, 76) if number < LAST]
        more, seen = struct.unpack_from("<I", self._data, 68)[0], set[int]()
        while more < LAST:
            if more in seen or more >= self._sectors:
                return None
            seen.add(more)
            *numbers, more = numbers_in(self._sector(more)) or (LAST,)
            listed += [number for number in numbers if number < LAST]
        is_inside = len(listed) <= self._sectors and all(number < self._sectors for number in listed)
        return listed if is_inside else None

    def _entry_ends(self, entry: bytes, is_root: bool) -> bool:
        start = struct.unpack_from("<I", entry, _START)[0]
        length = struct.unpack_from("<I" if self._size == 512 else "<Q", entry, _LENGTH)[0]
        if not length and not is_root:
            return True
        if length > self._sectors * self._size:
            return False
        return (self._chains if is_root or length >= LEAST else self._small).ends(start)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._data[at : at + self._size]

    def _chained(self, number: int) -> bytes:
        pieces: list[bytes] = []
        while number < len(self._chains.following):
            pieces.append(self._sector(number))
            number = self._chains.following[number]
        return b"".join(pieces)


class _Chains:
    """Which sector follows which, none of them beyond `most`; each is walked from once, however many chains join it."""

    def __init__(self, following: Sequence[int], most: int) -> None:
        self.following, self._most = following, most
        self._known = bytearray(len(following))

    def ends(self, number: int) -> bool:
        """Tell whether the chain from `number` on ends, without a ring and without a sector beyond the last."""
        path: list[int] = []
        while number < len(self.following) and not self._known[number]:
            self._known[number] = _ON_THE_WAY
            path.append(number)
            number = self.following[number]
        ends = self._known[number] == _ENDS if number < len(self.following) else number < self._most or number >= LAST
        for each in path:
            self._known[each] = _ENDS if ends else _ENDLESS
        return ends


def _entries(directory: bytes) -> Iterator[bytes]:
    """Yield the entries of the directory that have a name."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        if entry[_NAME : _NAME + 2] != b"\0\0":
            yield entry


def numbers_in(raw: bytes) -> tuple[int, ...]:
    """Return the sector numbers that a sector or a table of them lists."""
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
