"""The structure of a report: letterhead, opening, sections with roles, sentences, recipients, signature."""

from pipeline.extract.structure.further import FurtherDocument
from pipeline.extract.structure.reading import Structure, read_structure
from pipeline.extract.structure.sections import Section
from pipeline.extract.structure.sentences import Sentence
from pipeline.extract.structure.words import StructureWords

__all__ = ["FurtherDocument", "Section", "Sentence", "Structure", "StructureWords", "read_structure"]
