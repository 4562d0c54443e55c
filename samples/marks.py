"""The marks inside a paragraph: bold, tracked changes, content controls, footnote references and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACES = {"+": "inserted", "-": "deleted", "=": "control", "~": "smart", "!": "struck"}
_STARS = {"*": "italic", "**": "bold"}
_ESCAPED = "\\*{}[]|@#"
_TOKEN = re.compile(r"\\.|\{.|[-+=~!]\}|\[\^[^\]\s]*\]?|\[\[|\*\*|\*|\n", re.DOTALL)
_NOT_BEFORE_WORDS = " \n),.;:"


class MarkError(ValueError):
    """A mark that is unknown or not closed; the message is for the writer of the source."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A soft line break."""


@dataclass(frozen=True, slots=True)
class Note:
    """The reference of the footnote `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """Pieces under one mark: bold, italic, inserted, deleted, control, smart or struck."""

    kind: str
    inner: tuple[Piece, ...]


Piece = Text | Break | Note | Span


def text_to_pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of one paragraph, where a line end is a soft break; MarkError if it is wrong."""
    return _Reader(text).pieces("")


def pieces_to_text(pieces: tuple[Piece, ...], stars: bool = False, note: str = "") -> str:
    """Return the words that belong to the report: without what is deleted or struck.

    `stars` keeps bold and italic as Markdown has them; `note` stands for each footnote reference, with
    `{}` for its name.
    """
    return "".join(_piece_to_text(piece, stars, note) for piece in pieces)


def _piece_to_text(piece: Piece, stars: bool, note: str) -> str:
    if isinstance(piece, Text):
        return piece.text
    if isinstance(piece, Break):
        return "\n"
    if isinstance(piece, Note):
        return note.format(piece.name)
    if piece.kind in ("deleted", "struck"):
        return ""
    inner = pieces_to_text(piece.inner, stars, note)
    star = {"bold": "**", "italic": "*"}.get(piece.kind, "") if stars and inner.strip() else ""
    return star + inner + star


def wholly(pieces: tuple[Piece, ...], kind: str) -> bool:
    """Tell whether all of a paragraph stands under the mark `kind`, alone or with others."""
    if len(pieces) != 1 or not isinstance(pieces[0], Span):
        return False
    return pieces[0].kind == kind or wholly(pieces[0].inner, kind)


def notes_in(pieces: tuple[Piece, ...], deleted: bool = True) -> list[str]:
    """Return the names of the footnotes referred to, in order; those inside deletions only if `deleted`."""
    names: list[str] = []
    for piece in pieces:
        if isinstance(piece, Note):
            names.append(piece.name)
        elif isinstance(piece, Span) and (deleted or piece.kind != "deleted"):
            names.extend(notes_in(piece.inner, deleted))
    return names


class _Reader:
    """Reads one paragraph from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def pieces(self, closer: str) -> tuple[Piece, ...]:
        """Read up to `closer`, or to the end where it is empty."""
        found: list[Piece] = []
        start = self.at
        while token := self._next():
            self._words(found, token.start())
            if self._closes(token, closer):
                self.at = token.start() + len(closer)
                return _joined(found)
            found.append(self._piece(token))
        self._words(found, len(self.text))
        if closer:
            raise MarkError(f"«{closer}» is missing after «{self.text[start : start + 30]}»")
        return _joined(found)

    def _next(self) -> re.Match[str] | None:
        return _TOKEN.search(self.text, self.at)

    def _words(self, found: list[Piece], end: int) -> None:
        if end > self.at:
            found.append(Text(self.text[self.at : end]))
        self.at = end

    def _closes(self, token: re.Match[str], closer: str) -> bool:
        if not closer or token.start() == 0 or (self.text[token.start() - 1].isspace() and "*" in closer):
            return False
        three = closer == "*" and self.text.startswith("***", token.start())
        return token[0] == closer or three

    def _piece(self, token: re.Match[str]) -> Piece:
        mark, self.at = token[0], token.end()
        if mark == "\n":
            return Break()
        if mark[0] == "\\":
            return self._escaped(mark)
        if mark[0] == "*":
            return self._starred(mark)
        if mark.startswith("[^"):
            return _note(mark)
        if mark[0] == "{" and mark[1] in _BRACES:
            return Span(_BRACES[mark[1]], self.pieces(mark[1] + "}"))
        raise MarkError(f"unknown or unopened mark «{mark}»; for the character itself write \\{mark[0]}")

    def _escaped(self, mark: str) -> Text:
        if mark[1] not in _ESCAPED:
            raise MarkError(f"«{mark}» is no escape; a backslash itself is \\\\")
        return Text(mark[1])

    def _starred(self, mark: str) -> Piece:
        after = self.text[self.at : self.at + 1]
        if not after or after in _NOT_BEFORE_WORDS:
            if mark == "*" and after in ("", " ", "\n"):
                return Text(mark)
            raise MarkError(f"«{mark}» marks no words here; for the character itself write \\*")
        return Span(_STARS[mark], self.pieces(mark))


def _note(mark: str) -> Note:
    if not re.fullmatch(r"\[\^\w+\]", mark):
        raise MarkError(f"«{mark}» is no footnote reference")
    return Note(mark[2:-1])


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join neighbouring words, which escapes had parted."""
    out: list[Piece] = []
    for piece in pieces:
        if out and isinstance(piece, Text) and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + piece.text)
        else:
            out.append(piece)
    return tuple(out)
