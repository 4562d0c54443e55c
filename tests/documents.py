"""The samples as documents, parsed once for all the processes that a test session runs in: scans take their time."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.cache import DocumentCache
from pipeline.model import Document
from pipeline.parsers import parse

FOLDER = "BAOCAO_TEST_DOCUMENTS"


def shared() -> DocumentCache:
    """Return the cache of this session."""
    return DocumentCache(Path(os.environ[FOLDER]))


def document(path: Path) -> Document:
    """Return the document of a sample."""
    return shared().document(path, parse)
