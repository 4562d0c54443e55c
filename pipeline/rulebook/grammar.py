"""What a person did wrong where YAML can't be read: the slip and its place, told from the parser's complaint.

Parsers complain where they gave up, in the terms of their grammar. The slip is often a line earlier, and always one of
a few: a tab, a colon or its space left out, a quotation mark or bracket left open, a text that needed quotes.
"""

from __future__ import annotations

import re

import yaml
from msgspec import Struct

_OPENERS, _CLOSERS = {"sequence": "[", "mapping": "{"}, "]}"
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what ends a line in YAML 1.1
_UNSPACED = re.compile(r"\s*(?:- +)?[\w.]+:\S")
_SIGNS = "%@`*&!|>"


class Slip(Struct, frozen=True):
    """A slip: its reason, a name in `problems.reasons.YAML`, its line and column from 1, and the sign it is about."""

    reason: str
    line: int
    column: int = 1
    sign: str = ""


def slip_in(text: str, error: yaml.YAMLError) -> Slip:
    """Return what is wrong with the YAML `text` at which a parser raised `error`."""
    if isinstance(error, yaml.reader.ReaderError):
        return Slip("control", text.count("\n", 0, error.position) + 1)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Slip("other", 1)
    return _Complaint(text, error, mark).slip()


class _Complaint:
    """A parser's complaint: what it was about (`context`), from which line, what it met (`problem`), and where."""

    def __init__(self, text: str, error: yaml.YAMLError, mark: yaml.Mark) -> None:
        self.lines = [*_LINE_END.split(text), ""]
        self.line, self.column = min(mark.line, len(self.lines) - 1), mark.column
        self.problem = str(getattr(error, "problem", "") or "")
        self.context = str(getattr(error, "context", "") or "")
        begun: yaml.Mark | None = getattr(error, "context_mark", None)
        self.begun, self.begun_at = (begun.line, begun.column) if begun else (mark.line, mark.column)
        self.begun = min(self.begun, len(self.lines) - 1)
        self.words = self.lines[self.line]
        self.sign = self.words[self.column : self.column + 1]

    def slip(self) -> Slip:
        """Return the slip behind the complaint."""
        indent = self.words[: len(self.words) - len(self.words.lstrip())]
        if "\t" in indent or self.sign == "\t":
            return Slip("tab", self.line + 1)
        for words, told in (
            ("escape", self._here("escape")),
            ("unexpected end of stream", Slip("quote", self.begun + 1)),
            ("another document", Slip("documents", self.line + 1)),
            ("expected ':'", self._colon(self.begun)),
            ("mapping values", self._value()),
        ):
            if words in self.problem:
                return told
        if "block scalar" in self.context:
            return self._here("block")
        if "flow" in self.context:
            return self._in_brackets()
        if any(words in self.context + self.problem for words in ("anchor", "alias", "directive", "any token", "tag")):
            return self._begins()
        if "parsing a block" in self.context:
            return self._out_of_place()
        return self._here("other")

    def _here(self, reason: str, sign: str = "") -> Slip:
        return Slip(reason, self.line + 1, self.column + 1, sign)

    def _colon(self, line: int) -> Slip:
        """Return what is wrong with a line that was to be a key."""
        return Slip("space" if _UNSPACED.match(self.lines[line]) else "colon", line + 1)

    def _value(self) -> Slip:
        """Return why a colon stands where none may: within a value, or because the line above is no key."""
        if ": " in self.words[: self.column]:
            return self._here("value")
        above = next((n for n in range(self.line - 1, -1, -1) if self.lines[n].strip()), -1)
        key = self.lines[above].strip().removeprefix("- ") if above >= 0 else ":"
        if _UNSPACED.match(key) or ":" not in key:
            return self._colon(above)
        return self._here("indent")

    def _in_brackets(self) -> Slip:
        """Return what is wrong between brackets: they end nowhere, or two entries stand side by side."""
        begun = self.lines[self.begun]
        if any(begun.count(quote) % 2 for quote in "'\""):
            return Slip("quote", self.begun + 1)
        if " #" in begun[self.begun_at :]:
            return Slip("comment", self.begun + 1)
        sign = next((sign for name, sign in _OPENERS.items() if name in self.context), "")
        is_entry = self.words[: self.column].strip() == "-"
        if self.line == self.begun or (self.sign in tuple("'\"[{") and not is_entry):
            return self._here("comma")
        return Slip("bracket", self.begun + 1, begun.find(sign, self.begun_at) + 1, sign)

    def _begins(self) -> Slip:
        """Return the sign that a value begins with though it means something to YAML."""
        before = self.words[: self.column + 1].rstrip()
        sign = next((sign for sign in reversed(before) if sign in _SIGNS), "")
        return self._here("sign", sign) if sign else self._here("other")

    def _out_of_place(self) -> Slip:
        """Return why something stands where a key or an entry was to come."""
        if self.words[: self.column].strip() in ("", "-"):
            return self._here("indent")
        if self.sign and self.sign in _CLOSERS:
            return self._here("closing", self.sign)
        for line in range(self.line - 1, self.begun - 1, -1):
            open_quote = next((sign for sign in "'\"" if self.lines[line].count(sign) % 2), "")
            if open_quote and open_quote in self.words[: self.column]:
                return Slip("quote", line + 1)
        return self._here("after")
