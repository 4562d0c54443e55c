"""PDF with a text layer: characters by their place on the page, rebuilt into lines, paragraphs and tables."""

from pipeline.parsers.pdf.reading import read_pdf

__all__ = ["read_pdf"]
