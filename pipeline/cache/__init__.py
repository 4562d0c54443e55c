"""Cache: what files were parsed into, kept between runs, so that a change of rules alone parses nothing again."""

from pipeline.cache.documents import PASSING, DocumentCache
from pipeline.cache.places import user_cache
from pipeline.cache.store import Info

__all__ = ["PASSING", "DocumentCache", "Info", "user_cache"]
