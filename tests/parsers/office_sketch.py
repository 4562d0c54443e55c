"""A stand-in for LibreOffice that converts, crashes or hangs as it is told, and files for it to convert."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CRASH, HANG, REFUSE = b"<crash>", b"<hang>", b"<refuse>"

_SOFFICE = """#!{python}
import os, subprocess, sys, time
from pathlib import Path
arguments = sys.argv[1:]
if arguments == ["--version"]:
    sys.exit()
out, here = Path(arguments[arguments.index("--outdir") + 1]), Path(__file__).parent
files = [Path(argument) for argument in arguments[arguments.index("--outdir") + 2 :]]
with (here / "calls").open("a") as calls:
    calls.write(" ".join(file.name for file in files) + "\\n")
for file in files:
    data = file.read_bytes()
    if b"<crash>" in data:
        (out / (file.stem + ".docx")).write_bytes(b"PK half")
        os.abort()
    if b"<hang>" in data:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        with (here / "pids").open("a") as pids:
            pids.write("%d\\n%d\\n" % (os.getpid(), child.pid))
        time.sleep(600)
    at = data.find(b"PK\\x03\\x04")
    if b"<refuse>" not in data and at >= 0:
        (out / (file.stem + ".docx")).write_bytes(data[at:])
"""


class FakeSoffice:
    """A script that stands in for LibreOffice; it notes each call, and the processes of one that hangs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "soffice"
        self.path.write_text(_SOFFICE.format(python=sys.executable), encoding="utf-8")
        self.path.chmod(0o755)

    def calls(self) -> list[list[str]]:
        """Return the names of the files given in each call."""
        noted = self.folder / "calls"
        return [line.split() for line in noted.read_text().splitlines()] if noted.exists() else []

    def hanging(self, wait: float = 0.0) -> list[int]:
        """Return the processes of calls that hung, once there are some or `wait` seconds are over."""
        noted, last = self.folder / "pids", time.monotonic() + wait
        while time.monotonic() < last and not noted.exists():
            time.sleep(0.05)
        return [int(line) for line in noted.read_text().split()] if noted.exists() else []


def doc_of(docx: bytes, *orders: bytes) -> bytes:
    """Return what passes for a DOC: the stand-in makes `docx` of it, unless `orders` say otherwise."""
    head = OLE + bytes(248) + "WordDocument\0".encode("utf-16-le")
    return head + b"".join(orders) + docx


def is_running(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
