"""A target tried on inputs, one after the other: what was read, what was refused, what failed and where."""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzzing.targets import Target

_OURS = Path(__file__).parents[2] / "pipeline"
_MOST = 50  # failures of a target that are kept


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that a target must not raise: its type and words, the place in our code, and an input that raises it."""

    kind: str
    told: str
    place: str
    data: bytes
    trace: str


@dataclass(slots=True)
class Trial:
    """The executions of one target; of failures of one kind at one place the shortest input is kept."""

    target: Target
    executions: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    failures: dict[tuple[str, str], Failure] = field(default_factory=dict)

    def run(self, data: bytes) -> None:
        """Try the target on `data`; whatever it raises is counted and not raised again, but for an interrupt."""
        self.executions += 1
        try:
            self.target.run(data)
        except self.target.allowed as error:
            problem = getattr(error, "problem", None)
            self.refused[problem.code if problem else type(error).__name__] += 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            self._fail(error, data)

    def _fail(self, error: BaseException, data: bytes) -> None:
        self.failed += 1
        kind = type(error).__name__ + (f": {error}" if type(error).__name__ == "Broken" else "")
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_OURS)] or frames
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
        known = self.failures.get((kind, place))
        if (known is None and len(self.failures) < _MOST) or (known is not None and len(data) < len(known.data)):
            trace = "".join(traceback.format_exception(error, limit=-12))
            self.failures[kind, place] = Failure(kind, str(error)[:200], place, data, trace)


def save(failure: Failure, target: str, folder: Path) -> str:
    """Write the input of a failure and its trace into `folder`, and return the name of the input."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(f"{failure.kind} {failure.place}".encode()).hexdigest()[:10]
    name = f"{target}-{digest}"
    (folder / name).write_bytes(failure.data)
    (folder / f"{name}.txt").write_text(f"{failure.kind} at {failure.place}\n{failure.trace}", encoding="utf-8")
    return name
