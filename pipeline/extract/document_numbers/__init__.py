"""Document numbers: the code, the type before it, the date and issuer around it (Nghị định 30/2020/NĐ-CP)."""

from pipeline.extract.document_numbers.dates import join_dates
from pipeline.extract.document_numbers.ranges import number_ranges
from pipeline.extract.document_numbers.reading import find_document_numbers

__all__ = ["find_document_numbers", "join_dates", "number_ranges"]
