"""A text read by each pack, which prepares all that is looked for in one: imported after `warm`, for files enough.

Each worker would do it for itself, as far as its files ask for it. For a few files that is less than all of it.
"""

from __future__ import annotations

import gc
from contextlib import suppress

_TEXT = (
    "BÁO CÁO\nKết quả công tác năm 2024\n\nI. KẾT QUẢ\n\n"
    "Thực hiện Công văn số 12/UBND-VX ngày 05/02/2024, đã tổ chức 3 lớp tập huấn cho 40 người.\n"
)


def _rehearse() -> None:
    """Compile every pattern, and read a text by each pack and by their choice."""
    from pipeline.extract import extract
    from pipeline.parsers.plain import read_text
    from pipeline.rulebook import candidate_packs

    document = read_text(_TEXT.encode(), markdown=False)
    for pack in candidate_packs(()):
        for rule in pack.patterns:
            if rule.pattern is not None:
                rule.pattern.prepare()
        extract(document, pack)
    extract(document, *candidate_packs(()))


gc.disable()
with suppress(Exception):
    _rehearse()
gc.freeze()
gc.enable()
