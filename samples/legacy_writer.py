"""Words as they were stored for fonts from before Unicode, and the runs of a DOCX that are set in these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml.etree import _Element
from ooxml import W, el, text_el

from pipeline.text.legacy import TCVN3, VNI

FONTS = ("unicode", "tcvn3", "vni", "mixed")
_TCVN3 = {letter: stored for stored, letter in TCVN3.items()}
_VNI = {letter: stored for stored, letter in VNI.items()}
_TEXTS = (f"{{{W}}}t", f"{{{W}}}delText")
_SMALL_ONLY = "".join(letter.upper() for letter in _TCVN3 if letter.upper() not in _TCVN3)
_CAPITALS = re.compile(rf"[^\W\d_a-zà-ỹ]{{2,}}(?:[ -][^\W\d_a-zà-ỹ]{{2,}})*|[{_SMALL_ONLY}]")


def to_tcvn3(text: str) -> str:
    """Return the Latin-1 letters that TCVN3 stores `text` as; a capital it lacks is stored as the small letter."""
    return "".join(_TCVN3.get(letter) or _TCVN3.get(letter.lower(), letter) for letter in text)


def to_vni(text: str) -> str:
    """Return the Latin-1 letters that VNI stores `text` as, one or two for each."""
    return "".join(_VNI.get(letter, letter) for letter in text)


def text_to_bytes(text: str, font: str) -> bytes:
    """Return a text file of `text` as an editor of the time saved it; of `mixed` lines, one saved in UTF-8 since."""
    if font == "unicode":
        return text.encode()
    if font == "mixed":
        return "\n".join(_stored(line, _of_mixed(n)) for n, line in enumerate(text.split("\n"))).encode()
    return _stored(text, font).encode("cp1252")


def set_in(root: _Element, font: str) -> _Element:
    """Return `root`, a part of a DOCX, with its runs set in fonts of `font`; `mixed` takes turns by paragraph."""
    if font != "unicode":
        for n, paragraph in enumerate(list(root.iter(f"{{{W}}}p"))):
            for run in [
                run for run in paragraph.iter(f"{{{W}}}r") if next(run.iterancestors(f"{{{W}}}p")) is paragraph
            ]:
                _set_run(run, _of_mixed(n) if font == "mixed" else font)
    return root


def _of_mixed(n: int) -> str:
    return FONTS[(n + 1) % 3]


def _stored(text: str, font: str) -> str:
    return {"tcvn3": to_tcvn3, "vni": to_vni}.get(font, str)(text)


def _set_run(run: _Element, font: str) -> None:
    """Put runs in fonts of `font` in the place of `run`, which is left where it has no words of its own."""
    words = [child for child in run if child.tag in _TEXTS]
    if font == "unicode" or not words:
        return
    properties = run.find(f"{{{W}}}rPr")
    for child in list(run):
        if child.tag in _TEXTS:
            name = child.tag.split("}")[1]
            for text, face in _faces(child.text or "", font):
                run.addprevious(el("r", _properties(properties, face), text_el(name, text)))
        elif child is not properties:
            run.addprevious(el("r", deepcopy(properties), child))
    run.getparent().remove(run)


def _faces(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of `text` as stored, each with the name of its font: capitals of TCVN3 have one of their own."""
    if font == "vni":
        yield to_vni(text), "VNI-Times"
        return
    done = 0
    for found in _CAPITALS.finditer(text):
        if found.start() > done:
            yield to_tcvn3(text[done : found.start()]), ".VnTime"
        yield to_tcvn3(found[0]), ".VnTimeH"
        done = found.end()
    if done < len(text):
        yield to_tcvn3(text[done:]), ".VnTime"


def _properties(given: _Element | None, face: str) -> _Element:
    properties = el("rPr") if given is None else deepcopy(given)
    style = properties.find(f"{{{W}}}rStyle")
    properties.insert(0 if style is None else 1, el("rFonts", ascii=face, hAnsi=face, cs=face))
    return properties
