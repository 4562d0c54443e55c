"""Cache: what files were read into, kept between runs, so that an unchanged file is not read again.

Documents outlast a change of rules, which then parses nothing again; results outlast a run that was cut off, and a
change of other packs than the one that their report was read with.
"""

from pipeline.cache.documents import PASSING, DocumentCache, fingerprint
from pipeline.cache.info import Info, Share
from pipeline.cache.keys import ResultKey, made_of, result_key
from pipeline.cache.places import user_cache
from pipeline.cache.version import code_of_runs

__all__ = [
    "PASSING",
    "DocumentCache",
    "Info",
    "ResultKey",
    "Share",
    "code_of_runs",
    "fingerprint",
    "made_of",
    "result_key",
    "user_cache",
]
