"""Strict OOXML, which Word can save too: the same words under other names (ISO/IEC 29500-1 against 29500-4)."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(?=\w)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_ROOT = "_rels/.rels"
_XML = (".xml", ".rels")


def to_transitional(data: bytes) -> bytes:
    """Return a package with the names of Transitional OOXML; one that has them already is returned as it is."""
    with ZipFile(BytesIO(data)) as package:
        if _ROOT not in package.namelist() or not _STRICT.search(package.read(_ROOT)):
            return data
        renamed = BytesIO()
        with ZipFile(renamed, "w") as new:
            for name in dict.fromkeys(package.namelist()):
                content = package.read(name)
                new.writestr(name, _STRICT.sub(_TRANSITIONAL, content) if name.endswith(_XML) else content)
    return renamed.getvalue()
