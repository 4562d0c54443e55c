"""What reading one file may take, and what a process that reads has taken."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from msgspec import Struct

from pipeline.parsers.limits import NAMES, FileLimits, limits


class Limits(Struct, frozen=True):
    """The bounds of reading: `seconds` for one file, conversions and OCR included, and `memory` for its process.

    `memory` is in bytes of address space, 0 for no bound. A process that has read so many `files` is replaced.
    `content` is what a file may hold; None leaves that to the environment.
    """

    seconds: float = 600.0
    memory: int = 3_000_000_000
    files: int = 500
    content: FileLimits | None = None

    @classmethod
    def of(cls, told: Mapping[str, float]) -> Limits:
        """Return the bounds that `told` has by name, as `run.json` does; those that it lacks are the usual ones."""
        own = {name: told[name] for name in cls.__struct_fields__ if name in told}
        held = {name: int(told[name]) for name in NAMES if name in told}
        return cls(**own, content=FileLimits(**held) if held else None)  # type: ignore[arg-type]

    def told(self) -> dict[str, float]:
        """Return all bounds by name."""
        own = {name: getattr(self, name) for name in self.__struct_fields__ if name != "content"}
        return own | asdict(self.content or limits())


LIMITS = Limits()
"""The limits where no others are given."""
LEAST_MEMORY = 800_000_000
"""The least memory that may be asked for: reading a usual PDF takes 450 MB of address space, most of it code."""


def hold_to(memory: int) -> None:
    """Hold this process to `memory` bytes of address space, where the system knows such a bound; 0 is none.

    Only Linux keeps to it for all that a process allocates. The bound can be lifted again, for programs that it starts.
    """
    if memory and sys.platform == "linux":
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        with suppress(ValueError, OSError):  # the system allows less anyway
            resource.setrlimit(resource.RLIMIT_AS, (memory, most))


def peak_memory(pid: int | None = None) -> int | None:
    """Return the most bytes of address space that a process has had, this one by default.

    None where that isn't known: the process has ended, or the system doesn't tell.
    """
    try:
        status = Path(f"/proc/{pid or 'self'}/status").read_bytes()
    except OSError:
        return None
    _, found, rest = status.partition(b"VmPeak:")
    return int(rest.split(maxsplit=1)[0]) * 1024 if found else None
