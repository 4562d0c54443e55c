"""baocao: reads Vietnamese administrative reports and turns a folder of them into one table."""

__version__ = "0.8.0"
