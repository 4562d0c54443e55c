"""A sample's source: its front matter and its body, read strictly."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import yaml
from blocks import DOCUMENT_LINE, Body, Passage, SourceError, passages_to_bodies

OUTPUTS = ("docx", "pdf", "txt", "md", "twin", "doc", "odt", "rtf", "html", "xlsx", "scan", "signed")
LAYOUTS = ("state", "party", "union", "none")
_CHOICES = {
    "layout": LAYOUTS,
    "txt": ("plain", "copied"),
    "numbering": ("auto", "typed"),
    "font": ("unicode", "tcvn3", "vni", "mixed"),
    "scan": ("clean", "rough"),
    "scan_pages": ("all", "appendix"),
}
_STAMPED = ("number", "day", "month")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: authority and title lines, and the name under them."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose digital signature a signed PDF carries: a name, an organisation, and an ISO 8601 time."""

    name: str
    organisation: str
    time: str


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
    font: str = "unicode"
    scan: str = "clean"
    scan_pages: str = "all"
    scribble: tuple[str, ...] = ()
    stamps: tuple[tuple[str, str], ...] = ()
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its front matter and its body."""

    front: Front
    body: Body


@dataclass(frozen=True, slots=True)
class Source:
    """One sample: `name` is the stem of its files, `digest` the SHA-256 of its source.

    A file holds one document or, such as a cover letter and its report, several.
    """

    name: str
    digest: str
    papers: tuple[Paper, ...]

    @property
    def front(self) -> Front:
        """Return the front matter of the first document, which tells what the file is like."""
        return self.papers[0].front

    @property
    def body(self) -> Body:
        """Return the body of the first document."""
        return self.papers[0].body

    def pick(self, choices: int) -> int:
        """Return a number below `choices` that is always the same for this name."""
        return zlib.crc32(self.name.encode()) % choices


def read_source(path: Path) -> Source:
    """Return the source at `path`; SourceError names file and line of what is wrong."""
    return source_of(path.stem, path.read_bytes(), f"{path.parent.name}/{path.name}")


def source_of(name: str, raw: bytes, where: str = "") -> Source:
    """Return the source `name` whose UTF-8 text is `raw`; SourceError names `where` and the line of what is wrong."""
    where = where or name
    lines = raw.decode("utf-8").splitlines()
    starts = [0, *(n + 1 for n, line in enumerate(lines) if line.rstrip() == DOCUMENT_LINE)]
    fronts, passages = [], []
    for start, end in zip(starts, [*(n - 1 for n in starts[1:]), len(lines)], strict=True):
        front, passage = _document(lines[start:end], start + 1, where)
        fronts.append(front)
        passages.append(passage)
    bodies = passages_to_bodies(passages, where)
    papers = tuple(map(Paper, fronts, bodies))
    return Source(name, hashlib.sha256(raw).hexdigest(), papers)


def _document(lines: list[str], first: int, where: str) -> tuple[Front, Passage]:
    """Return front matter and body lines of the document in `lines`, the first of which has number `first`."""
    rules = [n for n, line in enumerate(lines) if line.rstrip() == "---"]
    if len(rules) < 2 or any(line.strip() for line in lines[: rules[0]]):
        raise SourceError(f"{where}:{first}: front matter between two lines --- is missing")
    begin, end = rules[:2]
    try:
        front = _front(lines[begin + 1 : end], first + begin + 1, where, further=first > 1)
    except _KeyError as error:
        at = _line_of(lines[begin + 1 : end], error.key, first + begin + 1)
        raise SourceError(f"{where}:{at}: {error}") from error
    return front, Passage(lines[end + 1 :], first + end + 1, front.numbering == "auto")


def _front(lines: list[str], first: int, where: str, further: bool) -> Front:
    try:
        given = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "the front matter is no YAML"
        raise SourceError(f"{where}:{mark.line + first if mark else first - 1}: {problem}") from error
    if not isinstance(given, dict):
        raise SourceError(f"{where}:{first}: the front matter is no list of keys")
    if further:
        given = {"outputs": [], **given}
    _check_keys(given)
    return _checked(Front(**{key: _value(key, value) for key, value in given.items()}))


class _KeyError(ValueError):
    """Something wrong with one key of the front matter."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}")
        self.key = key


def _line_of(lines: list[str], key: str, first: int) -> int:
    found = [n for n, line in enumerate(lines, first) if key and re.match(re.escape(key) + r"\s*:", line)]
    return found[0] if found else first


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
    if key == "signers":
        return tuple(_signer(one) for one in _of_type(key, value, list))
    if key == "stamps":
        return tuple(_stamp(*one) for one in _of_type(key, value, dict).items())
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


def _signer(given: Any) -> Signer:
    if not isinstance(given, dict) or set(given) != {"name", "organisation", "time"}:
        raise _KeyError("signers", "a signer is {name: …, organisation: …, time: …}")
    return Signer(**{key: _of_type("signers", value, str) for key, value in given.items()})


def _stamp(name: Any, text: Any) -> tuple[str, str]:
    if name not in _STAMPED:
        raise _KeyError("stamps", f"«{name}» is none of {', '.join(_STAMPED)}")
    return name, _of_type("stamps", text, str)


def _checked(front: Front) -> Front:
    for output in front.outputs:
        if output not in OUTPUTS:
            raise _KeyError("outputs", f"«{output}» is none of {', '.join(OUTPUTS)}")
    if "twin" in front.outputs and "docx" not in front.outputs:
        raise _KeyError("outputs", "a twin is the PDF of a docx, which is missing")
    if front.layout == "none" and (front.parent or front.issuer):
        raise _KeyError("parent" if front.parent else "issuer", "layout none has no letterhead")
    return front
