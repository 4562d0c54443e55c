"""The summary of a run: one page with plots and tables for whoever reads the reports' figures, not the reports."""

from pipeline.summary.writing import PAGE, write_summary

__all__ = ["PAGE", "write_summary"]
