"""Measurements that anyone can repeat; the figures stand in README.md beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "samples"))  # the modules that make the samples are found there
