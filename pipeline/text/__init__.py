"""What is true of Vietnamese text whatever a rule wants of it: characters, syllables, numerals, dates, codes."""
