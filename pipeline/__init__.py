"""baocao: reads Vietnamese administrative reports and turns a folder of them into one table."""

__version__ = "0.8.0"

COLLECTED_EVERY = 50_000
"""Objects made before those of no use are looked for, by commands and workers: of what is read hardly any is.

It takes a tenth of the time that looking after every 700 would.
"""
