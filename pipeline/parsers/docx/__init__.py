"""DOCX: opened with python-docx, then its tree walked in document order."""

from pipeline.parsers.docx.reading import read_docx

__all__ = ["read_docx"]
