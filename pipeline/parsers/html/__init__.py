"""HTML and MHTML: decoded, parsed by libxml2, then walked without recursion in the order of reading."""

from pipeline.parsers.html.archive import read_mht
from pipeline.parsers.html.reading import read_html

__all__ = ["read_html", "read_mht"]
