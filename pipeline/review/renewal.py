"""Making the tables anew with all that was decided, while the review goes on."""

from __future__ import annotations

from threading import Lock, Thread
from typing import Any

from msgspec import Struct

from pipeline.batch import Step, run
from pipeline.batch.limits import LIMITS, Limits
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.review.desk import Desk
from pipeline.review.opening import rules_of
from pipeline.review.refusals import Refused
from pipeline.tables.publishing import SEAL, head_of_seal


class Standing(Struct):
    """How far a renewal is, and what kept it from being done."""

    running: bool = False
    done: int = 0
    total: int = 0
    error: str = ""
    message: str = ""


class Renewal:
    """Runs again with the arguments of the run that made the tables, one time at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._standing = Standing()

    def start(self) -> None:
        """Begin; Refused `renewing` where it is under way."""
        with self._lock:
            if self._standing.running:
                raise Refused("renewing")
            self._standing = Standing(running=True)
        Thread(target=self._run, name="baocao-renewal", daemon=True).start()

    def told(self) -> dict[str, object]:
        """Return how far it is."""
        one = self._standing
        return {
            "running": one.running,
            "message": one.message,
            "done": one.done,
            "total": one.total,
            "error": one.error,
        }

    def _run(self) -> None:
        standing = self._standing
        try:
            self._renew(standing)
            self._desk.reload()
        except BaocaoError as error:
            words = CATALOGUE[error.problem.code].message(error.problem, self._desk.asked.lang)
            standing.error, standing.message = error.problem.code, words
        except Refused as error:
            standing.error, standing.message = error.code, error.message(self._desk.asked.lang)
        except Exception as error:  # of ours; the review goes on
            refused = Refused("failed", reason=type(error).__name__)
            standing.error, standing.message = refused.code, refused.message(self._desk.asked.lang)
        finally:
            standing.running = False

    def _renew(self, standing: Standing) -> None:
        def progress(step: Step) -> None:
            standing.done, standing.total = step.done, step.total

        asked = self._desk.asked
        told: dict[str, Any] = head_of_seal(asked.out / SEAL)["arguments"]
        rules = rules_of(asked.out)
        run(
            self._desk.inputs().folder(),
            asked.out,
            tuple(told["rules"]) if rules is None else rules,
            int(told["workers"]),
            progress,
            told["lang"],
            asked.cache if told["cache"] else None,
            Limits.of(told["limits"]) if told.get("limits") else LIMITS,
            cluster=told.get("cluster") or "",
        )
