"""`baocao text`: the text that every offset of the tables points into."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from pipeline.cli.given import read_given
from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import asked_passwords, file_argument, lang_option, passwords_option
from pipeline.text.printable import printable


def text_command(words: Words) -> click.Command:
    """Return the command `text FILE`."""
    command = Command(words, "text", [file_argument(words), passwords_option(words), lang_option(words)])
    command.callback = lambda file, passwords: print_text(file, asked_passwords(passwords))
    return command


def print_text(file: str, passwords: Sequence[str] = ()) -> None:
    """Write `Document.text` as UTF-8 to standard output: every byte of it and none besides.

    On a terminal U+FFFD stands for what it would obey, so that offsets hold there too.
    """
    text = read_given(file, passwords).text
    sys.stdout.buffer.write((printable(text) if sys.stdout.isatty() else text).encode("utf-8"))
    sys.stdout.buffer.flush()
