"""`baocao import`: the decisions in a reviewed workbook into the log beside the tables."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from pipeline.cli.localised import Command, Wrong
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option
from pipeline.cli.saying import echo_json

if TYPE_CHECKING:
    from pipeline.workbook import Refused, Result, Taken


def import_command(words: Words) -> click.Command:
    """Return the command `import OUT WORKBOOK`."""
    reviewer = click.Option(["--reviewer"], metavar=words("metavar.reviewer"), help=words("import.reviewer"))
    params: list[click.Parameter] = [
        click.Argument(["folder"], type=click.Path(), metavar=words("metavar.results")),
        click.Argument(["workbook"], type=click.Path(), metavar=words("metavar.workbook")),
        reviewer,
        click.Option(["--dry-run", "dry"], is_flag=True, help=words("import.dry_run")),
        click.Option(["--overrule"], is_flag=True, help=words("import.overrule")),
        click.Option(["--json", "as_json"], is_flag=True, help=words("import.json")),
        lang_option(words),
    ]
    command = Command(words, "import", params)
    command.callback = lambda folder, workbook, reviewer, dry, overrule, as_json: import_workbook(
        folder, workbook, _known(reviewer, words), dry, overrule, as_json, words
    )
    return command


def import_workbook(
    folder: str, workbook: str, reviewer: str, dry: bool, overrule: bool, as_json: bool, words: Words
) -> int:
    """Take a workbook back and tell what came of it; return the exit status: 1 where something was refused."""
    from pipeline.workbook import take_workbook

    result = take_workbook(Path(folder), Path(workbook), reviewer, dry, overrule)
    if as_json:
        echo_json(json.dumps(_data(result, dry, words), ensure_ascii=False, indent=2))
    else:
        from pipeline.cli.imported import print_result

        print_result(result, reviewer, dry, words)
    return 1 if result.refused else 0


def reason(refused: Refused, words: Words) -> str:
    """Return why something was refused, in words."""
    from pipeline.problems import CATALOGUE
    from pipeline.workbook.labels import HEADS, said

    def headed(detail: str) -> str:
        return said(HEADS[detail], words.lang) if detail in HEADS else detail

    refusal, problem = refused.refusal, refused.refusal.problem
    if problem is not None:
        told = tuple((name, headed(text) if name == "column" else text) for name, text in problem.detail)
        return CATALOGUE[problem.code].message(replace(problem, detail=told), words.lang)
    return words(f"import.reason.{refusal.reason}", detail=headed(refusal.detail))


def _known(reviewer: str | None, words: Words) -> str:
    """Return who reviews: the name that was given, or that of the login; Wrong where there is neither."""
    from pipeline.decisions import reviewer_name

    if reviewer and reviewer.strip():
        return reviewer_name(reviewer)
    try:
        return reviewer_name(getpass.getuser())
    except (OSError, KeyError, ImportError) as error:
        raise Wrong(words("import.nobody")) from error


def _data(result: Result, dry: bool, words: Words) -> dict[str, object]:
    """Return what came of a workbook as JSON tells it."""
    return {
        "dry_run": dry,
        "taken": [_taken_data(one) for one in result.taken],
        "refused": [_refused_data(one, words) for one in result.refused],
        "ignored": [_refused_data(one, words) for one in result.ignored],
        "unchanged": result.unchanged,
    }


def _taken_data(one: Taken) -> dict[str, object]:
    decision, place = one.decision, one.place
    return {
        "sheet": place.sheet,
        "row": place.row,
        "file": place.file,
        "text": place.text,
        "kind": decision.subject.kind.value,
        "id": decision.subject.id,
        "action": decision.action.value,
        "said": dict(decision.said),
        "note": decision.note,
        "reviewer": decision.reviewer,
        "before": one.before.value,
        "disputed_by": list(one.disputed),
    }


def _refused_data(one: Refused, words: Words) -> dict[str, object]:
    place, told = one.place, reason(one, words)
    where = {"sheet": place.sheet, "row": place.row, "file": place.file, "text": place.text}
    return {**where, "reason": one.refusal.reason, "detail": one.refusal.detail, "told": told}
