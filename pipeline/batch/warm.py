"""What reading any file needs, loaded once: imported by the server that workers are forked from, and by nothing else.

It is a saving and no more: a worker that finds nothing loaded, or other rules than it is to use, loads them.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

gc.disable()  # of what is loaded hardly anything is given up: looking for it takes a fifth of the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a thread that numpy starts would not be there after a fork


def _warm_up() -> None:
    """Load code and rules, and what finds the phrases of the pack that a report gets if no other claims it."""
    import pebble  # noqa: F401
    import psutil  # noqa: F401

    import pipeline.batch.inside  # noqa: F401
    from pipeline.extract.vocabulary import phrases_of
    from pipeline.rulebook import candidate_packs

    phrases_of(candidate_packs(())[0])


with suppress(Exception):  # a fault of the rules is told by the run that needs them
    _warm_up()
gc.freeze()  # what is loaded stays shared between the workers
gc.enable()
