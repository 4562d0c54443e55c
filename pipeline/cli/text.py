"""`baocao text`: the text that every offset of the tables points into."""

from __future__ import annotations

import sys

import click

from pipeline.cli.given import read_given
from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import file_argument, lang_option


def text_command(words: Words) -> click.Command:
    """Return the command `text FILE`."""
    command = Command(words, "text", [file_argument(words), lang_option(words)])
    command.callback = print_text
    return command


def print_text(file: str) -> None:
    """Write `Document.text` as UTF-8 to standard output: every byte of it and none besides."""
    sys.stdout.buffer.write(read_given(file).text.encode("utf-8"))
    sys.stdout.buffer.flush()
