"""`baocao watch`: the tables of a folder are kept up to date while reports come and go."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from pipeline.cli.localised import Command
from pipeline.cli.messages import Words
from pipeline.cli.options import (
    asked_cache,
    asked_limits,
    asked_passwords,
    folder_argument,
    lang_option,
    limits_options,
    passwords_option,
    rules_option,
    workers_option,
)
from pipeline.cli.progress import json_lines, progress_shown, terminable

if TYPE_CHECKING:
    from pipeline.batch import Progress, Step, Summary
    from pipeline.batch.watch import Happening, Renewal
    from pipeline.batch.workers import Limits
    from pipeline.cache import DocumentCache


class Task(Struct, frozen=True):
    """What a watch is asked for: the folders as the user named them, rule packs, and files read at a time."""

    folder: str
    out: str
    rules: tuple[str, ...]
    workers: int
    limits: Limits
    words: Words
    passwords: tuple[str, ...] = ()


def watch_command(words: Words) -> click.Command:
    """Return the command `watch FOLDER -o OUT`."""
    out = click.Option(
        ["-o", "--out"], type=click.Path(), required=True, metavar=words("metavar.folder"), help=words("run.out")
    )
    every = click.Option(
        ["--every"],
        type=click.FloatRange(min=0.1, max=86_400),
        default=5.0,
        metavar=words("metavar.seconds"),
        help=words("watch.every"),
    )
    once = click.Option(["--once"], is_flag=True, help=words("watch.once"))
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=words("watch.json"))
    shared = [rules_option(words), workers_option(words), *limits_options(words), passwords_option(words)]
    command = Command(words, "watch", [folder_argument(words), out, every, once, *shared, lang_option(words), as_json])

    def watch(every: float, once: bool, as_json: bool, **asked: Any) -> int:
        limits = asked_limits(asked["timeout"], asked["memory"], asked["limit"])
        passwords = asked_passwords(asked["passwords"])
        task = Task(asked["folder"], asked["out"], asked["rules"], asked["workers"], limits, words, passwords)
        return watch_folder(task, every, once, as_json)

    command.callback = watch
    return command


def watch_folder(task: Task, every: float, once: bool, as_json: bool) -> int:
    """Watch a folder until it is told to end, or make the tables `once`; return the exit status.

    Without a cache of the user's the watch keeps one for itself: what is unchanged would be read again each time.
    """
    from pipeline.batch import load_rules
    from pipeline.batch.folder import no_reports
    from pipeline.batch.lock import watched
    from pipeline.batch.look import is_open_to_read, look_at
    from pipeline.batch.watch import Pace, Watch, watching
    from pipeline.cache import DocumentCache

    folder, out = Path(task.folder), Path(task.out)
    with terminable(), ExitStack() as stack:
        look_at(folder, out)
        load_rules(task.rules)
        stack.enter_context(watched(out))
        cache = stack.enter_context(asked_cache(False, task.words))
        if cache is None:
            cache = DocumentCache(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baocao-"))))
        renewing = Renewing(task, cache, as_json)
        watch = Watch(lambda name, mark: is_open_to_read(folder / name, mark), Pace(every))
        try:
            summary = watching(watch, lambda: look_at(folder, out), renewing, renewing.told, once)
        except KeyboardInterrupt:
            if renewing.cut:
                raise
            renewing.ended()
            return 0
    if summary is None:
        raise no_reports(folder)
    return 1 if summary.files["failed"] else 0


class Renewing:
    """Makes the tables of a task, and tells what happens: in lines, or as events if `as_json`."""

    def __init__(self, task: Task, cache: DocumentCache, as_json: bool) -> None:
        from pipeline.batch.events import untold
        from pipeline.cli.tidings import Events, Lines

        self.cut = False  # in the middle of a renewal
        self._task, self._cache = task, cache
        self._lines = None if as_json else Lines(task.folder, task.words)
        self._tell = json_lines() if as_json else untold
        self.told: Callable[[Happening], None] = self._lines or Events(self._tell, task.words.lang)

    def ended(self) -> None:
        """Tell that the watch is over, as asked."""
        if self._lines is not None:
            self._lines.ended()

    def __call__(self, renewal: Renewal) -> Summary:
        """Make the tables of the files of `renewal`; BaocaoError as `run`, and if the folder goes away meanwhile."""
        from pipeline.batch import find_reports, run
        from pipeline.batch.folder import no_reports

        task, folder, out = self._task, Path(self._task.folder), Path(self._task.out)
        sources = [
            source
            for source in find_reports(folder, out)
            if source.path.relative_to(folder).as_posix() in renewal.files
        ]
        if not sources:
            raise no_reports(folder)
        with self._progress() as shown:
            progress = _while_there(shown, folder, renewal.device, {source.file: source.path for source in sources})
            try:
                return run(
                    task.folder,
                    out,
                    task.rules,
                    task.workers,
                    progress,
                    task.words.lang,
                    self._cache,
                    task.limits,
                    self._tell,
                    sources=sources,
                    passwords=task.passwords,
                )
            except KeyboardInterrupt:
                self.cut = True
                raise

    @contextmanager
    def _progress(self) -> Iterator[Progress]:
        """Give what shows how far a renewal is: on a terminal as `run` does, else a line a minute."""
        from pipeline.batch.workers import silent
        from pipeline.cli.console import console

        if self._lines is None:
            yield silent
        elif console(stderr=True).is_terminal:
            with progress_shown(self._task.words) as shown:
                yield shown
        else:
            yield self._lines.progress()


def _while_there(progress: Progress, folder: Path, device: int, paths: Mapping[str, Path]) -> Progress:
    """Return `progress`, but raise BaocaoError where a file can't be read because it, or its folder, went away.

    Otherwise a share that is lost in the middle would cost every report after that its row.
    """
    from pipeline.batch.look import require

    def take(step: Step) -> None:
        if step.result is not None and step.result.status == "failed":
            require(folder, device, paths[step.file])
        progress(step)

    return take
