"""Review: people look through what the machine read, with its evidence beside it, and say what is right."""

from pipeline.review.server import HOST, PORT, Order, prepared, review

__all__ = ["HOST", "PORT", "Order", "prepared", "review"]
