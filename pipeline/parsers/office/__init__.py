"""DOC, ODT and RTF: converted by LibreOffice, many in one call, and read as the DOCX that they become."""
