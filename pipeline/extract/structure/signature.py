"""The end of a report: its recipients, who signed it and on whose behalf, and where its appendix begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.extract.structure.recipients import join_recipients
from pipeline.extract.structure.signing import is_authority, is_title, name_in, split_entry
from pipeline.extract.structure.strips import Strip
from pipeline.extract.structure.words import StructureWords, is_capitals, one_line, starts_with

Span = tuple[int, int]

_ABOVE = 12  # strips above «Nơi nhận» where the signature may stand
_ENTRIES = 70
_AFTER_FILED = 25  # strips below «Lưu: …» where the signature may stand
_TO_NAME = 14
_ENTRY = 160
_DASHES = "-–—+•*"
_FILED = re.compile(r"[-–—+•*\s]*lưu\b")
_LABEL_END = re.compile(r"\s*(?:\([^)]*\))?\s*:\s*|\s*$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and the recipients; `strips` are all that belong to either."""

    authority: str = ""
    title: str = ""
    name: str = ""
    recipients: tuple[str, ...] = ()
    recipients_span: Span | None = None
    signature_span: Span | None = None
    strips: tuple[Strip, ...] = field(default=(), repr=False)
