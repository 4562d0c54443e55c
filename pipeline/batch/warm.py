"""What reading any file needs, loaded once: imported by the server that workers are forked from, and by nothing else.

It is a saving and no more: a worker that finds nothing loaded, or other rules than it is to use, loads them.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

gc.disable()  # of what is loaded hardly anything is given up: looking for it takes a fifth of the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a thread that numpy starts would not be there after a fork

_TEXT = (
    "BÁO CÁO\nKết quả công tác năm 2024\n\nI. KẾT QUẢ\n\n"
    "Thực hiện Công văn số 12/UBND-VX ngày 05/02/2024, đã tổ chức 3 lớp tập huấn cho 40 người.\n"
)


def _warm_up() -> None:
    """Load code and rules, and read a text by each pack, which prepares all that is looked for in one."""
    import pebble  # noqa: F401
    import psutil  # noqa: F401

    import pipeline.batch.inside  # noqa: F401
    from pipeline.extract import extract
    from pipeline.extract.lines import prepare
    from pipeline.parsers.plain import read_text
    from pipeline.rulebook import candidate_packs

    document = read_text(_TEXT.encode(), markdown=False)
    for pack in candidate_packs(()):
        prepare(rule.pattern for rule in pack.patterns if rule.pattern is not None)
        extract(document, pack)
    extract(document, *candidate_packs(()))


with suppress(Exception):  # a fault of the rules is told by the run that needs them
    _warm_up()
gc.freeze()  # what is loaded stays shared between the workers
gc.enable()
