"""`baocao doctor`: which helping programs are there, what is lost without each, and how to install it."""

from __future__ import annotations

import platform

import click

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option


def doctor_command(words: Words) -> click.Command:
    """Return the command `doctor`."""
    command = Command(words, "doctor", [lang_option(words)])
    command.callback = lambda: examine(words)
    return command


def examine(words: Words) -> int:
    """Print what this machine has and lacks; return the exit status: 0 if nothing is lost, else 1."""
    from rich.columns import Columns
    from rich.text import Text

    from pipeline.cli.checkup import NAMES, STYLES, find_packages, find_programs, install_table, programs_table
    from pipeline.cli.console import console

    findings, packages = find_programs(), find_packages()
    lost = [name for name, found in packages.items() if not found]
    lacking = [NAMES[finding.key] for finding in findings if finding.lacking]
    screen = console()
    screen.print(programs_table(findings, words))
    screen.print(Text(words("doctor.install"), "bold"))
    screen.print(install_table(findings, words))
    screen.print()
    screen.print(Text(words("doctor.packages"), "bold"))
    versions = {"Python": platform.python_version(), **packages}
    told = [Text(f"{name} {found}", "dim") for name, found in versions.items() if found]
    screen.print(Columns(told, padding=(0, 3)))
    screen.print()
    if lost:
        screen.print(Text(words("doctor.reinstall", names=", ".join(lost)), STYLES["missing"]))
    if lacking:
        screen.print(Text(words("doctor.incomplete", names=", ".join(lacking)), STYLES["missing"]))
    if not lost and not lacking:
        screen.print(Text(words("doctor.complete"), STYLES["there"]))
    return 1 if lacking or lost else 0
