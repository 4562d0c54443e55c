"""Where a run stands, in words: a line for a file, and three lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from pipeline.cli.messages import Words

if TYPE_CHECKING:
    from pipeline.batch.tally import Standing, Timed

_BETWEEN = " · "
_SOON = 10.0  # seconds left of which none are told any more


class Standings:
    """Three lines on a terminal: how far and how long still; what was done; what takes longest."""

    def __init__(self, standing: Standing, words: Words) -> None:
        self._standing, self._words = standing, words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines, none wider than the terminal."""
        yield self._how_far()
        yield _one_line(Text(_BETWEEN).join(_done_so_far(self._standing, self._words)))
        yield self._longest(options.max_width)

    def _how_far(self) -> Table:
        standing, words = self._standing, self._words
        line = Table.grid(padding=(0, 2, 0, 0), expand=True)
        line.add_column(no_wrap=True)
        line.add_column(ratio=1)
        line.add_column(no_wrap=True)
        known = standing.total > 0 and standing.stage == "reading"
        bar = ProgressBar(standing.total, standing.done) if known else ProgressBar(pulse=True)
        told = [_files(standing, words), _left(standing, words)] if standing.stage == "reading" else [""]
        line.add_row(Text(words(f"progress.{standing.stage}"), "bold"), bar, _BETWEEN.join(filter(None, told)))
        return line

    def _longest(self, width: int) -> Text:
        standing, words = self._standing, self._words
        told = [("progress.now", standing.reading), ("progress.slowest", standing.slowest)]
        shown = [(words(key), timed) for key, timed in told if timed is not None]
        room = (width - len(_BETWEEN) * (len(shown) - 1)) // max(len(shown), 1)
        return _one_line(Text(_BETWEEN).join(_timed(label, timed, room, words) for label, timed in shown))


def plain_line(standing: Standing, words: Words) -> str:
    """Return where a run stands as one line without colours."""
    told = [_files(standing, words), *(part.plain for part in _done_so_far(standing, words)), _left(standing, words)]
    if standing.stage == "writing":
        told = [words("progress.writing"), _files(standing, words)]
    return _BETWEEN.join(filter(None, told))


def told_number(number: float, words: Words, places: int = 0) -> str:
    """Return a number as people write it: `12.345,6` in Vietnamese, `12,345.6` in English."""
    told = f"{number:,.{places}f}"
    return told.translate(str.maketrans(",.", ".,")) if words.lang == "vi" else told


def told_time(seconds: float, words: Words) -> str:
    """Return a length of time in its two largest units; of minutes no seconds."""
    whole = round(seconds)
    if whole < 60:
        return words("time.seconds", seconds=whole)
    minutes = round(seconds / 60)
    if minutes < 60:
        return words("time.minutes", minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return words("time.hours", hours=hours, minutes=minutes)
    return words("time.days", days=hours // 24, hours=hours % 24)


def _files(standing: Standing, words: Words) -> str:
    done, total = told_number(standing.done, words), told_number(standing.total, words)
    return words("progress.files", done=done, total=total) if standing.total else words(
        "progress.files.unknown", done=done
    )  # fmt: skip


def _left(standing: Standing, words: Words) -> str:
    if standing.stage != "reading" or standing.done >= standing.total:
        return ""
    if standing.left is None:
        return words("progress.unsaid")
    return words("progress.soon") if standing.left < _SOON else words(
        "progress.left", time=told_time(standing.left, words)
    )  # fmt: skip


def _done_so_far(standing: Standing, words: Words) -> Iterator[Text]:
    """Yield what was done: pages, rate, what needed no reading, what went wrong; nothing that is none."""
    if standing.pages:
        key = "progress.pages.one" if standing.pages == 1 else "progress.pages"
        yield Text(words(key, count=told_number(standing.pages, words)))
    if standing.rate is not None and standing.stage == "reading":
        yield Text(_rate(standing.rate, words))
    yield Text(words("progress.elapsed", time=told_time(standing.elapsed, words)))
    counts = (("kept", standing.kept, ""), ("partial", standing.partial, "yellow"), ("failed", standing.failed, "red"))
    for name, count, style in counts:
        if count:
            yield Text(words(f"progress.{name}", count=told_number(count, words)), style)


def _rate(rate: float, words: Words) -> str:
    if rate >= 1:
        return words("progress.rate.second", rate=told_number(rate, words, 1 if rate < 100 else 0))
    return words("progress.rate.minute", rate=told_number(rate * 60, words, 1 if rate * 60 < 10 else 0))


def _timed(label: str, timed: Timed, room: int, words: Words) -> Text:
    """Return a file and its time in at most `room` columns; of a long name both ends are kept."""
    time = f" {told_time(timed.seconds, words)}"
    name = _shortened(timed.file, max(room - len(label) - len(time), 8))
    return Text.assemble((label, "dim"), name, (time, "dim"))


def _shortened(name: str, room: int) -> str:
    """Return `name` in `room` letters, its middle left out where it is longer."""
    if len(name) <= room:
        return name
    end = (room - 1) * 2 // 3  # the end tells more: the name of the file itself
    return f"{name[: room - 1 - end]}…{name[len(name) - end :]}"


def _one_line(text: Text) -> Text:
    text.no_wrap, text.overflow = True, "ellipsis"
    return text
