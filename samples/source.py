"""A sample's source: its front matter and its body, read strictly."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import yaml
from blocks import Body, SourceError, lines_to_body

OUTPUTS = ("docx", "pdf", "txt", "md", "twin")
LAYOUTS = ("state", "party", "none")
_CHOICES = {"layout": LAYOUTS, "txt": ("plain", "copied"), "numbering": ("auto", "typed")}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: authority and title lines, and the name under them."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter, key by key as README.md says."""

    outputs: tuple[str, ...]
    layout: str
    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    number: str = ""
    place_date: str = ""
    draft: str = ""
    title: str = ""
    subject: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: tuple[Signature, ...] = ()
    txt: str = "plain"
    columns: bool = False
    numbering: str = "typed"


@dataclass(frozen=True, slots=True)
class Source:
    """One sample: `name` is the stem of its files, `digest` the SHA-256 of its source."""

    name: str
    digest: str
    front: Front
    body: Body

    def pick(self, choices: int) -> int:
        """Return a number below `choices` that is always the same for this name."""
        return zlib.crc32(self.name.encode()) % choices


def read_source(path: Path) -> Source:
    """Return the source at `path`; SourceError names file and line of what is wrong."""
    raw = path.read_bytes()
    lines = raw.decode("utf-8").splitlines()
    where = f"{path.parent.name}/{path.name}"
    if not lines or lines[0].rstrip() != "---" or "---" not in [line.rstrip() for line in lines[1:]]:
        raise SourceError(f"{where}:1: front matter between two lines --- is missing")
    end = next(n for n, line in enumerate(lines) if n and line.rstrip() == "---")
    front = _front(lines[1:end], where)
    body = lines_to_body(lines[end + 1 :], end + 2, where, front.numbering == "auto")
    return Source(path.stem, hashlib.sha256(raw).hexdigest(), front, body)


def _front(lines: list[str], where: str) -> Front:
    try:
        given = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "the front matter is no YAML"
        raise SourceError(f"{where}:{mark.line + 2 if mark else 1}: {problem}") from error
    if not isinstance(given, dict):
        raise SourceError(f"{where}:2: the front matter is no list of keys")
    try:
        _check_keys(given)
        return _checked(Front(**{key: _value(key, value) for key, value in given.items()}))
    except _KeyError as error:
        raise SourceError(f"{where}:{_line_of(lines, error.key)}: {error}") from error


class _KeyError(ValueError):
    """Something wrong with one key of the front matter."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}")
        self.key = key


def _line_of(lines: list[str], key: str) -> int:
    found = [n for n, line in enumerate(lines, 2) if key and re.match(re.escape(key) + r"\s*:", line)]
    return found[0] if found else 2


def _check_keys(given: dict[Any, Any]) -> None:
    for key in given:
        if key not in {field.name for field in fields(Front)}:
            raise _KeyError(str(key), "unknown front matter key")
    for field in fields(Front):
        if field.default is MISSING and field.name not in given:
            raise _KeyError(field.name, "is missing")


def _value(key: str, value: Any) -> Any:
    if key == "columns":
        return _of_type(key, value, bool)
    if key == "signature":
        return tuple(_signature(one) for one in _of_type(key, value, list))
    default = next(field.default for field in fields(Front) if field.name == key)
    if key == "outputs" or isinstance(default, tuple):
        return tuple(_of_type(key, line, str) for line in _of_type(key, value, list))
    text: str = _of_type(key, value, str)
    if key in _CHOICES and text not in _CHOICES[key]:
        raise _KeyError(key, f"«{text}» is none of {', '.join(_CHOICES[key])}")
    return text


def _of_type(key: str, value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise _KeyError(key, f"{value!r} is no {kind.__name__}; put texts in quotes")
    return value


def _signature(given: Any) -> Signature:
    if not isinstance(given, dict) or set(given) != {"lines", "name"}:
        raise _KeyError("signature", "a signature is {lines: [...], name: ...}")
    lines = tuple(_of_type("signature", line, str) for line in _of_type("signature", given["lines"], list))
    return Signature(lines, _of_type("signature", given["name"], str))


def _checked(front: Front) -> Front:
    for output in front.outputs:
        if output not in OUTPUTS:
            raise _KeyError("outputs", f"«{output}» is none of {', '.join(OUTPUTS)}")
    if "twin" in front.outputs and "docx" not in front.outputs:
        raise _KeyError("outputs", "a twin is the PDF of a docx, which is missing")
    if front.layout == "none" and (front.parent or front.issuer):
        raise _KeyError("parent" if front.parent else "issuer", "layout none has no letterhead")
    return front
