"""The recipients: the lines below «Nơi nhận:», without dashes and end marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import one_line

_DASH = re.compile(r"\s*[-–—+•*]\s*")
_NEXT = re.compile(r"[;,]\s*[-–]\s+")


def join_recipients(strips: Sequence[Strip]) -> tuple[str, ...]:
    """Return the recipients that `strips` name; a line without a dash goes on with the one above.

    Where no line has a dash each line is a recipient, and so is each part between semicolons.
    """
    dashed = any(_DASH.match(strip.text) for strip in strips)
    named: list[str] = []
    for strip in strips:
        if dashed and named and not _DASH.match(strip.text):
            named[-1] += " " + strip.text
        else:
            named += _NEXT.split(strip.text) if dashed else strip.text.split(";")
    trimmed = (_DASH.sub("", one_line(name), count=1) if _DASH.match(name) else one_line(name) for name in named)
    return tuple(name for name in (t.strip(" ;.,-") for t in trimmed) if name)
