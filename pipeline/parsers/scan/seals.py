"""Seals and signatures in colour, taken out of a picture: they lie over the names that have to be read."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.parsers.scan.engine import Gray

Colour = npt.NDArray[np.uint8]

_COLOURED = 60  # levels between a pixel's strongest and weakest colour
_BLUE, _GREEN, _RED = np.uint16(29), np.uint16(150), np.uint16(77)  # how bright each is, in parts of 256
_STRIP = 64  # pixels high
_BLOCK = 0.3  # inches
_REACH = 2  # blocks to each side: a seal is 1.4 inches wide
_DENSE = 0.1  # share of coloured pixels; figures printed in red make less


def without_seals(picture: Colour, dpi: float) -> Gray:
    """Return a picture of three colours as gray levels, in which dense patches of colour are paper.

    What is printed in black under a seal stays, and so do single words and figures in colour.
    """
    gray, coloured = _gray_and_coloured(picture)
    if coloured.any():
        gray[coloured & _dense(coloured, max(round(_BLOCK * dpi), 1))] = 255
    return gray


def _gray_and_coloured(picture: Colour) -> tuple[Gray, npt.NDArray[np.bool_]]:
    """Return the gray levels of a picture, and which of its pixels are coloured.

    It is done in strips, colour by colour: what stays in the processor's cache is done twenty times as fast.
    """
    gray = np.empty(picture.shape[:2], dtype=np.uint8)
    coloured = np.empty(picture.shape[:2], dtype=np.bool_)
    for top in range(0, len(picture), _STRIP):
        strip = slice(top, top + _STRIP)
        blue, green, red = (np.ascontiguousarray(picture[strip, :, colour]) for colour in range(3))
        strongest = np.maximum(np.maximum(blue, green), red)
        weakest = np.minimum(np.minimum(blue, green), red)
        coloured[strip] = (strongest - weakest) > _COLOURED
        gray[strip] = (blue * _BLUE + green * _GREEN + red * _RED) >> 8
    return gray, coloured


def _dense(coloured: npt.NDArray[np.bool_], block: int) -> npt.NDArray[np.bool_]:
    """Return which pixels stand in a patch of the size of a seal that has much colour."""
    height, width = coloured.shape
    padded = np.pad(coloured, ((0, -height % block), (0, -width % block)))
    rows, columns = padded.shape[0] // block, padded.shape[1] // block
    shares = padded.reshape(rows, block, columns, block).mean(axis=(1, 3))
    middles = _around(shares).mean(axis=(2, 3)) >= _DENSE
    dense: npt.NDArray[np.bool_] = np.asarray(_around(middles).any(axis=(2, 3)))
    return dense.repeat(block, axis=0).repeat(block, axis=1)[:height, :width]


def _around(blocks: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return, for each block, the square of blocks around it."""
    side = 2 * _REACH + 1
    return np.lib.stride_tricks.sliding_window_view(np.pad(blocks, _REACH), (side, side))
