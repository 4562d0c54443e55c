"""How functions of pdfium are called where a page calls them hundreds of times."""

from __future__ import annotations

import ctypes
from typing import Any


def unchecked(function: Any, answer: Any = None) -> Any:
    """Return a function of pdfium without a check of what it is given or answers: the call takes half the time."""
    return ctypes.PYFUNCTYPE(answer)(ctypes.cast(function, ctypes.c_void_p).value or 0)
