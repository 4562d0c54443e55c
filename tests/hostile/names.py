"""Names and places that a folder may hold: any bytes that POSIX allows, links, pipes, sockets, devices."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

from tests.hostile.made import WORDS

NAMES: tuple[bytes, ...] = (
    "Báo cáo số 12.txt".encode(),
    "Ba\u0301o ca\u0301o so\u0302\u0301 12.txt".encode(),
    b"two\nlines.txt",
    b"a\ttab\rand return.txt",
    b"quote\"s 'and' `more`.txt",
    b"-rf --help.txt",
    b"--limit=pages=1.txt",
    b"=1+1.txt",
    b"@SUM(A1).txt",
    b"x" * 251 + b".txt",
    "ệ".encode() * 83 + b".txt",
    b"\xff\xfe not utf-8 \xc3.txt",
    b"B\xe1o c\xe1o.txt",
    b"trailing blank .txt",
    b"  leading blanks.txt",
    b"dots....txt",
    "🇻🇳👨‍👩‍👧.txt".encode(),
    "gnp.\u202etxt.txt".encode(),
    "zero\u200bwidth\u2028line\ufeff.txt".encode(),
    b"\x1b]0;title\x07\x1b[31mred\x1b[0m.txt",
    b"bell\x07back\x08.txt",
    b"$(touch x);`id`|more&.txt",
    b"<script>alert(1)</script>.txt".replace(b"/", b"\\"),
    b"C:\\windows\\win.txt",
    b"up\\..\\..\\up.txt",
    b"%2e%2e%2fup.txt",
    b"con.txt",
    b"UPPER.TXT",
    b"comma,semi;colon.txt",
    b"{brace}[red]:smile:.txt",
)
"""Names of files with words, each of which a run takes up."""

ODD = ("fifo.txt", "socket.txt", "zero.txt", "stdin.txt", "broken.txt", "self.txt", "folder.docx", "empty.txt")
"""Names of what is no file with words: a pipe, a socket, links to devices and to nothing and to itself, a folder."""


def plant_names(folder: Path) -> list[Path]:
    """Make files with every one of NAMES, and what ODD and a loop of links are; return what a run has a row for."""
    folder.mkdir(parents=True, exist_ok=True)
    planted = []
    for number, name in enumerate(NAMES):
        path = folder / os.fsdecode(name)
        with suppress(OSError):  # a file system may want UTF-8
            path.write_text(f"{WORDS} Lần {number}.", encoding="utf-8")
            planted.append(path)
    return planted + plant_odd(folder)


def plant_odd(folder: Path) -> list[Path]:
    """Make what ODD names, and a loop of links between folders; return what a run has a row for."""
    os.mkfifo(folder / "fifo.txt")
    with socket.socket(socket.AF_UNIX) as bound, _Inside(folder):
        bound.bind("socket.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "stdin.txt").symlink_to("/dev/stdin")
    (folder / "broken.txt").symlink_to("nowhere.txt")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "folder.docx").mkdir()
    (folder / "empty.txt").touch()
    (folder / "loop").mkdir()
    (folder / "loop" / "again").symlink_to(folder, target_is_directory=True)
    return [folder / name for name in ODD if name != "folder.docx"]


class _Inside:
    """While it lasts, the current folder: the path of a socket may have no more than 107 bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._before = folder, Path.cwd()

    def __enter__(self) -> None:
        os.chdir(self._folder)

    def __exit__(self, *error: object) -> None:
        os.chdir(self._before)
