"""Where a run stands, in words: a line for a file, and three lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderResult
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from pipeline.cli.messages import Words

if TYPE_CHECKING:
    from pipeline.batch.tally import Standing

_BETWEEN = " · "
_SOON = 10.0  # seconds left of which none are told any more
_LEAST = 8  # letters of a name that are shown however narrow the terminal is


class Standings:
    """Three lines on a terminal: how far and how long still; what was done; what takes longest."""

    def __init__(self, standing: Standing, words: Words) -> None:
        self._standing, self._words = standing, words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines, none wider than the terminal."""
        yield self._how_far()
        yield _fitting(_done_so_far(self._standing, self._words), options.max_width)
        yield self._longest(options.max_width)

    def _how_far(self) -> Table:
        standing, words = self._standing, self._words
        line = Table.grid(padding=(0, 2, 0, 0), expand=True)
        line.add_column(no_wrap=True)
        line.add_column(ratio=1)
        line.add_column(no_wrap=True)
        known = standing.total > 0 and standing.stage == "reading"
        bar = ProgressBar(standing.total, standing.done) if known else ProgressBar(pulse=True)
        label = "preparing" if _is_preparing(standing) else standing.stage
        told = [_files(standing, words), _left(standing, words)] if label == "reading" else [""]
        line.add_row(Text(words(f"progress.{label}"), "bold"), bar, _BETWEEN.join(filter(None, told)))
        return line

    def _longest(self, width: int) -> Text:
        standing, words = self._standing, self._words
        slowest = standing.slowest if standing.slowest and standing.slowest.seconds >= 1 else None
        asked = (("progress.now", standing.reading), ("progress.slowest", slowest))
        told = [(words(key), timed.file, told_time(timed.seconds, words)) for key, timed in asked if timed]
        room = width - sum(len(label) + 1 + len(time) for label, _, time in told) - len(_BETWEEN) * (len(told) - 1)
        names = _shared(room, [file for _, file, _ in told])
        parts = zip(told, names, strict=True)
        line = Text(_BETWEEN).join(
            Text.assemble((label, "dim"), name, (f" {time}", "dim")) for (label, _, time), name in parts
        )
        return _one_line(line)


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


def _is_preparing(standing: Standing) -> bool:
    """Whether files are still being looked for and rules loaded."""
    return standing.total == standing.done == 0 and standing.reading is None


def _files(standing: Standing, words: Words) -> str:
    done, total = told_number(standing.done, words), told_number(standing.total, words)
    key = "progress.files" if standing.total else "progress.files.unknown"
    return words(key, done=done, total=total)


def _left(standing: Standing, words: Words) -> str:
    if standing.stage != "reading" or standing.done >= standing.total:
        return ""
    if standing.left is None:
        return words("progress.unsaid")
    key = "progress.soon" if standing.left < _SOON else "progress.left"
    return words(key, time=told_time(standing.left, words))


def _done_so_far(standing: Standing, words: Words) -> Iterator[Text]:
    """Yield what was done, what went wrong first of all and nothing that is none."""
    counts = (("failed", standing.failed, "red"), ("partial", standing.partial, "yellow"))
    for name, count, style in counts:
        if count:
            yield Text(words(f"progress.{name}", count=told_number(count, words)), style)
    if standing.rate is not None and standing.stage == "reading":
        yield Text(_rate(standing.rate, words))
    if standing.pages:
        key = "progress.pages.one" if standing.pages == 1 else "progress.pages"
        yield Text(words(key, count=told_number(standing.pages, words)))
    if standing.kept:
        yield Text(words("progress.kept", count=told_number(standing.kept, words)))
    yield Text(words("progress.elapsed", time=told_time(standing.elapsed, words)))


def _rate(rate: float, words: Words) -> str:
    if rate >= 1:
        return words("progress.rate.second", rate=told_number(rate, words, 1 if rate < 100 else 0))
    return words("progress.rate.minute", rate=told_number(rate * 60, words, 1 if rate * 60 < 10 else 0))


def _fitting(parts: Iterable[Text], width: int) -> Text:
    """Return the first of `parts` on one line, as many as `width` has room for."""
    line = Text()
    for part in parts:
        longer = line + Text(_BETWEEN if line else "") + part
        if longer.cell_len > width:
            break
        line = longer
    return _one_line(line)


def _shared(room: int, names: list[str]) -> list[str]:
    """Return `names`, shortened so that they have `room` together; what a short one leaves is the other's."""
    room = max(room, _LEAST * len(names))
    half = room // max(len(names), 1)
    long = sum(len(name) > half for name in names)
    left = room - sum(min(len(name), half) for name in names)
    return [_shortened(name, half + left // long if len(name) > half else half) for name in names]


def _shortened(name: str, room: int) -> str:
    """Return `name` in `room` letters: without its folders, or with its middle left out, where it is longer."""
    own = name.rpartition("/")[2]
    if len(name) <= room or len(own) <= room <= len(own) + 2:
        return name if len(name) <= room else own
    if len(own) + 2 <= room:
        return f"{name[: room - len(own) - 2]}…/{own}"
    end = (room - 1) // 2
    return f"{own[: room - 1 - end]}…{own[len(own) - end :]}"


def _one_line(text: Text) -> Text:
    text.no_wrap, text.overflow = True, "ellipsis"
    return text
