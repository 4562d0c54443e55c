"""`baocao export`: a run as a workbook to review in, or as CSV for Excel in Vietnamese."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.localised import Command, Wrong
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option

FOLDER = "xuat"
"""The folder of exports in that of the tables."""


def export_command(words: Words) -> click.Command:
    """Return the command `export OUT`."""
    params: list[click.Parameter] = [
        click.Argument(["folder"], type=click.Path(), metavar=words("metavar.results")),
        click.Option(["--xlsx"], is_flag=True, help=words("export.xlsx")),
        click.Option(["--csv", "as_csv"], is_flag=True, help=words("export.csv")),
        click.Option(["-o", "--out"], type=click.Path(), metavar=words("metavar.file"), help=words("export.out")),
        click.Option(["--force"], is_flag=True, help=words("export.force")),
        lang_option(words),
    ]
    command = Command(words, "export", params)
    command.callback = lambda folder, xlsx, as_csv, out, force: export_run(folder, xlsx, as_csv, out, force, words)
    return command


def export_run(folder: str, xlsx: bool, as_csv: bool, out: str | None, force: bool, words: Words) -> int:
    """Write what is asked for and tell where; return the exit status."""
    if xlsx == as_csv:
        raise Wrong(words("export.which"))
    results = Path(folder)
    if xlsx:
        _export_workbook(results, _place(Path(out or results / FOLDER), words("export.name")), force, words)
    else:
        _export_csv(results, Path(out) if out else results / FOLDER, words)
    return 0


def _place(asked: Path, name: str) -> Path:
    """Return where the workbook goes: `asked`, or `name` in it where that is a folder; the suffix is always .xlsx."""
    if asked.is_dir() or asked.name == FOLDER:
        return asked / name
    return asked if asked.suffix.lower() == ".xlsx" else asked.with_name(f"{asked.name}.xlsx")


def _export_workbook(results: Path, path: Path, force: bool, words: Words) -> None:
    from pipeline.cli.console import console, shown_path
    from pipeline.workbook import write_workbook
    from pipeline.workbook.labels import SHEETS, said

    rows = write_workbook(results, path, words.lang, anew=force)
    _tell(path, {said(words_of, words.lang): rows[name] for name, words_of in SHEETS.items()}, words)
    console().print(words("export.next", out=shown_path(results), file=shown_path(path)), soft_wrap=True)


def _export_csv(results: Path, folder: Path, words: Words) -> None:
    from pipeline.workbook import write_separated

    _tell(folder, write_separated(results, folder, words.lang), words)


def _tell(place: Path, rows: dict[str, int], words: Words) -> None:
    from pipeline.cli.console import console, shown_path

    screen = console()
    screen.print(words("export.done", place=shown_path(place)), soft_wrap=True)
    for name, count in rows.items():
        screen.print(f"  {words('export.rows', name=name, rows=count)}")
