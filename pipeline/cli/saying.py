"""Lines for a terminal that are not laid out: of names and texts that come from files it shows what they hold."""

from __future__ import annotations

import click

from pipeline.text.printable import printable, printable_json


def echo(text: str, err: bool = False, nl: bool = True) -> None:
    """Print `text`, of which no terminal obeys anything: see `printable`."""
    click.echo(printable(text), err=err, nl=nl)


def echo_json(text: str) -> None:
    """Print JSON, which means the same to programs."""
    click.echo(printable_json(text))
