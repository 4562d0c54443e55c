"""Readers of reports that take too long, or die, as other processes run them."""

from __future__ import annotations

import os
import time


def hang(source, cache):
    """Take long."""
    time.sleep(600)


def die(source, cache):
    """Take the process down."""
    os._exit(3)
