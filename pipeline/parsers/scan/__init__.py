"""Pages that are pictures, read by Tesseract into characters that stand where they are printed."""
