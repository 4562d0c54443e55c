"""Where the reports are that a workbook links to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.batch.folder import stays_inside

_LONGEST = 2_000  # characters of a link that Excel takes


class Links:
    """Links to the reports of a run; none where they are not to be found on this machine."""

    def __init__(self, head: dict[str, Any]) -> None:
        folder = head.get("arguments", {}).get("folder", "")
        self._folder = Path(folder).absolute() if folder and "://" not in folder else None
        self._known: dict[str, str] = {}

    def to(self, file: str, page: str = "") -> str:
        """Return the link to `page` of the report `file`, which only PDFs can be opened at; "" for none."""
        if file not in self._known:
            self._known = {file: self._found(file)}
        link = self._known[file]
        return f"{link}#page={page}" if link and page and file.lower().endswith(".pdf") else link

    def _found(self, file: str) -> str:
        if self._folder is None or not file or not stays_inside(file):
            return ""
        path = self._folder if self._folder.name == file and self._folder.is_file() else self._folder / file
        try:
            is_there = path.is_file()
        except (OSError, ValueError):
            return ""
        link = _url(path.as_posix())
        return link if is_there and len(link) <= _LONGEST else ""


def _url(path: str) -> str:
    """Return the URL of a file. Letters beyond ASCII stay as they are, as Excel itself has them.

    The scheme is in capitals, which says the same: XlsxWriter takes `file://` for a path of Windows.
    """
    for letter in '% #?"<>[]^`{}\\|':
        path = path.replace(letter, f"%{ord(letter):02X}")
    return f"FILE:{path}" if path.startswith("//") else f"FILE://{path if path.startswith('/') else '/' + path}"
