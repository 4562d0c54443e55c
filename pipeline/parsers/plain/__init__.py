"""TXT and Markdown: decoded, page breaks and emphasis undone, lines put back into paragraphs."""

from pipeline.parsers.plain.reading import read_text

__all__ = ["read_text"]
