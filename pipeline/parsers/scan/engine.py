"""Tesseract as a subprocess: where it is, whether it reads Vietnamese, and one picture read by it."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from pipeline.parsers.programs import TESSERACT

Gray = npt.NDArray[np.uint8]

LANGUAGE = "vie"
_PAGE = "<div class='ocr_page'"
_LONG = 4  # the type of a TIFF's whole numbers
_SECONDS = 120.0
_SECONDS_TO_ANSWER = 30.0


class OcrError(Exception):
    """Tesseract could not read a picture: `reason` is why, in its own words or ours."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Tesseract(Struct, frozen=True):
    """A Tesseract that can be run; a picture that takes it longer than `seconds` is given up."""

    program: str
    seconds: float = _SECONDS

    def read(self, gray: Gray, dpi: int, mode: int) -> str:
        """Return the hOCR of a gray picture, with a box and a confidence for each letter; OcrError if it fails.

        `mode` is the page segmentation mode. One thread is used: a second one makes Tesseract slower.
        """
        return self._answer(_pgm(gray), dpi, mode)

    def read_all(self, pictures: Sequence[Gray], dpi: int, mode: int) -> list[str | OcrError]:
        """Return what `read` returns or raises for each of some pictures, in one call: to start is a tenth of a page.

        Where that call fails or takes longer than one picture may, each picture is read by itself.
        """
        if len(pictures) > 1:
            with suppress(OcrError):
                pages = _pages(self._answer(_tiff(pictures), dpi, mode))
                if len(pages) == len(pictures):
                    return list(pages)
        return [self._alone(picture, dpi, mode) for picture in pictures]

    def _alone(self, gray: Gray, dpi: int, mode: int) -> str | OcrError:
        try:
            return self.read(gray, dpi, mode)
        except OcrError as error:
            return error

    def _answer(self, given: bytes, dpi: int, mode: int) -> str:
        options = ["-l", LANGUAGE, "--psm", str(mode), "--dpi", str(dpi)]
        settings = ["-c", "tessedit_create_hocr=1", "-c", "hocr_char_boxes=1"]
        return _run([self.program, "-", "-", *options, *settings], given, self.seconds)


def _pgm(gray: Gray) -> bytes:
    return b"P5 %d %d 255\n" % (gray.shape[1], gray.shape[0]) + gray.tobytes()


def _tiff(pictures: Sequence[Gray]) -> bytes:
    """Return pictures as the pages of one TIFF, not packed (TIFF 6.0, section 4: grayscale images)."""
    parts = [b"II*\0"]
    at = 4
    for gray in pictures:
        height, width = gray.shape
        size = height * width
        place = at + 4  # of the levels, behind the place of their directory
        directory = place + size + size % 2
        tags = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, place), (278, height), (279, size))
        entries = b"".join(struct.pack("<HHII", tag, _LONG, 1, value) for tag, value in tags)
        parts += [struct.pack("<I", directory), gray.tobytes(), bytes(size % 2), struct.pack("<H", len(tags)), entries]
        at = directory + 2 + len(entries)
    return b"".join((*parts, bytes(4)))


def _pages(hocr: str) -> list[str]:
    """Return the pages of an hOCR document, each from its mark on."""
    return [_PAGE + page for page in hocr.split(_PAGE)[1:]]


def find_tesseract() -> Tesseract | None:
    """Return the Tesseract of this machine, or None where there is none that reads Vietnamese."""
    program = TESSERACT.find()
    return Tesseract(str(program)) if program and LANGUAGE in languages(str(program)) else None


@lru_cache(maxsize=4)
def languages(program: str) -> frozenset[str]:
    """Return the languages that Tesseract has data for; none where it can't be asked."""
    try:
        told = _run([program, "--list-langs"], b"", _SECONDS_TO_ANSWER)
    except OcrError:
        return frozenset()
    return frozenset(line.strip() for line in told.splitlines()[1:])


def _run(command: list[str], given: bytes, seconds: float) -> str:
    """Return what a command writes; it is killed when its time is over."""
    environment: Mapping[str, str] = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise OcrError(f"no answer in {seconds:.0f} s") from error
    except OSError as error:
        raise OcrError(error.strerror or type(error).__name__) from error
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OcrError(words[-1] if words else f"exit status {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
