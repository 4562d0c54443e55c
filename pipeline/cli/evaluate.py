"""`baocao evaluate`: how good a run is, against gold files that readers wrote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from pipeline.cli.localised import Command, Wrong
from pipeline.cli.messages import Words
from pipeline.cli.options import lang_option
from pipeline.cli.saying import echo, echo_json

if TYPE_CHECKING:
    from pipeline.evaluation import Evaluation, Score


def evaluate_command(words: Words) -> click.Command:
    """Return the command `evaluate OUT GOLD…`."""
    least = click.Option(["--least"], multiple=True, metavar=words("metavar.least"), help=words("evaluate.least"))
    params: list[click.Parameter] = [
        click.Argument(["out"], type=click.Path(), metavar=words("metavar.results")),
        click.Argument(["gold"], type=click.Path(), nargs=-1, required=True, metavar=words("metavar.gold")),
        click.Option(["--files"], type=click.Path(), metavar=words("metavar.folder"), help=words("evaluate.files")),
        click.Option(["--csv"], type=click.Path(), metavar=words("metavar.file"), help=words("evaluate.csv")),
        click.Option(["--json"], is_flag=True, help=words("evaluate.json")),
        least,
        lang_option(words),
    ]
    command = Command(words, "evaluate", params)
    command.callback = lambda out, gold, files, csv, json, least: evaluate_run(
        out, gold, files, csv, json, _asked(least, words), words
    )
    return command


def evaluate_run(
    out: str,
    gold: Sequence[str],
    files: str | None,
    listed: str | None,
    as_json: bool,
    least: dict[str, float],
    words: Words,
) -> int:
    """Compare and tell; return the exit status: 1 where a figure is under the one asked for, else 0."""
    from pipeline.evaluation import evaluate, write_faults

    evaluation = evaluate(Path(out), [Path(one) for one in gold], Path(files) if files else None)
    if listed:
        write_faults(Path(listed), evaluation.total.faults)
    if as_json:
        echo_json(json.dumps(_data(evaluation), ensure_ascii=False, indent=2))
    else:
        from pipeline.cli.figures import print_evaluation

        print_evaluation(evaluation, listed, words)
    fallen = [(name, asked, evaluation.total.figure(name)) for name, asked in least.items()]
    fallen = [(name, asked, figure) for name, asked, figure in fallen if figure is None or figure < asked]
    for name, asked, figure in fallen:
        key = "evaluate.unmeasured" if figure is None else "evaluate.fallen"
        echo(words(key, name=name, asked=asked, figure=figure), err=True)
    return 1 if fallen else 0


def _asked(least: Sequence[str], words: Words) -> dict[str, float]:
    """Return the least figures that a call asks for, by name; several may stand in one value, with commas."""
    from pipeline.evaluation import FIGURES

    asked: dict[str, float] = {}
    for part in ",".join(least).split(",") if least else ():
        name, _, figure = part.strip().partition("=")
        try:
            asked[name] = float(figure)
        except ValueError as error:
            raise Wrong(words("evaluate.bad_least", part=part)) from error
        if name not in FIGURES:
            raise Wrong(words("evaluate.no_figure", name=name, known=", ".join(FIGURES)))
        if not 0 <= asked[name] <= 1:
            raise Wrong(words("evaluate.bad_least", part=part))
    return asked


def _data(evaluation: Evaluation) -> dict[str, object]:
    """Return an evaluation as JSON tells it."""
    return {
        "reports": evaluation.reports,
        **_score_data(evaluation.total),
        "rule_packs": {name: _score_data(score) for name, score in sorted(evaluation.packs.items())},
        "formats": {name: _score_data(score) for name, score in sorted(evaluation.formats.items())},
        "faults": [asdict(fault) for fault in evaluation.total.faults],
    }


def _score_data(score: Score) -> dict[str, object]:
    from pipeline.evaluation import ATTRIBUTES, FIELDS, INDICATORS, RULE_PACK

    def shares(names: Sequence[str], prefix: str = "") -> dict[str, object]:
        keys = {name: prefix + name for name in names}
        return {n: {"right": score.right[k], "asked": score.asked[k]} for n, k in keys.items() if score.asked[k]}

    return {
        "kinds": {kind: _kind_data(score, kind) for kind, tally in score.strict.items() if tally},
        "attributes": shares(ATTRIBUTES),
        "report_fields": shares(FIELDS, "report."),
        **shares((INDICATORS, RULE_PACK)),
    }


def _kind_data(score: Score, kind: str) -> dict[str, float]:
    strict, loose = score.strict[kind], score.loose[kind]
    return {
        "precision": strict.precision,
        "recall": strict.recall,
        "f1": strict.f1,
        "loose_precision": loose.precision,
        "loose_recall": loose.recall,
        "loose_f1": loose.f1,
        "gold": strict.hit + strict.missed,
        "missed": strict.missed,
        "wrong": strict.wrong,
    }
