"""The review over HTTP: each path of the page, in JSON; report text is never written as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from pipeline.decisions import Overtaken, reviewer_name
from pipeline.model import Problem
from pipeline.problems import CATALOGUE, BaocaoError
from pipeline.review.desk import Desk
from pipeline.review.guard import ANOTHER, ENTRANCE, Guard, Session
from pipeline.review.labels import kind_labels
from pipeline.review.query import Query, query_from, query_of
from pipeline.review.refusals import Refused
from pipeline.review.renewal import Renewal
from pipeline.review.words import page_words
from pipeline.tables.labels import column_labels, field_labels, value_labels

_HERE = Path(__file__).parent
_LONGEST_TEXT = 5_000
_ACTIONS = ("accepted", "corrected", "rejected")

Body = Mapping[str, Any]


class Site:
    """The paths of one review, and who reviews where the browser doesn't say."""

    def __init__(self, desk: Desk, session: Session, reviewer: str) -> None:
        self._desk, self._session, self._reviewer = desk, session, reviewer
        self._renewal = Renewal(desk)
        self._lang = desk.asked.lang
        self._words = page_words(self._lang)
        self._columns = {**column_labels(self._lang), **field_labels(self._lang)}
        self._templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=select_autoescape())

    def application(self) -> ASGIApp:
        """Return the application, guarded."""
        paths: list[tuple[str, str, Callable[[Request], object]]] = [
            ("GET", "/api/config", self._config),
            ("GET", "/api/rows", lambda asked: self._desk.rows(_query(asked), self._who(asked))),
            ("GET", "/api/facets", self._facets),
            ("GET", "/api/row", lambda asked: self._desk.evidence(_parameter(asked, "key"), self._who(asked))),
            ("GET", "/api/text", self._text),
            ("GET", "/api/bulk", lambda asked: {"count": self._desk.untouched(_query(asked))}),
            ("GET", "/api/suggest", self._suggest),
            ("GET", "/api/changes", lambda asked: self._desk.changes(_whole(asked, "after"), self._who(asked))),
            ("GET", "/api/renew", lambda asked: self._renewal.told()),
        ]
        written: list[tuple[str, Callable[[Request, Body], object]]] = [
            ("/api/decide", self._decide),
            ("/api/bulk", self._bulk),
            ("/api/undo", lambda asked, body: self._desk.undo(self._named(asked))),
            ("/api/add", self._add),
        ]
        routes = [
            Route("/", self._page),
            Route(ENTRANCE, self._enter),
            Route(ANOTHER, lambda asked: JSONResponse({"url": self._session.address()}), methods=["POST"]),
            *(Route(path, self._answering(answer), methods=[method]) for method, path, answer in paths),
            *(Route(path, self._taking(take), methods=["POST"]) for path, take in written),
            Route("/api/renew", self._renew, methods=["POST"]),
            Route("/page/{file:int}/{page:int}.png", self._picture),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ]
        handlers: dict[Any, Any] = {
            Refused: lambda asked, error: self._refusal(error),
            Overtaken: lambda asked, error: self._refusal(Refused("overtaken")),
            BaocaoError: lambda asked, error: self._problem(error),
            HTTPException: lambda asked, error: self._refusal(Refused("not_found"), error.status_code),
            ClientDisconnect: lambda asked, error: Response(status_code=400),
            Exception: lambda asked, error: self._refusal(Refused("failed", reason=type(error).__name__)),
        }
        app = Starlette(routes=routes, exception_handlers=handlers)
        return Guard(app, self._session, self._refused)

    # Pages

    def _page(self, asked: Request) -> Response:
        template = self._templates.get_template("review.html")
        return HTMLResponse(template.render(lang=self._lang, words=self._words))

    def _enter(self, asked: Request) -> Response:
        return RedirectResponse("/", 303, headers={"Set-Cookie": self._session.set_cookie()})

    def _picture(self, asked: Request) -> Response:
        found = self._desk.picture(asked.path_params["file"], asked.path_params["page"])
        return Response(found, media_type="image/png")

    # Data

    def _config(self, asked: Request) -> object:
        desk, lang = self._desk, self._lang
        return {
            "lang": lang,
            "reviewer": self._reviewer,
            "notice": self._words["rules.missing"] if desk.rulebooks.rules is None else "",
            "folder": desk.asked.out.resolve().name,
            **desk.account(),
            "kinds": kind_labels(lang),
            "activities": desk.rulebooks.activities,
            "statuses": value_labels("status", lang),
            "qualifiers": value_labels("qualifier", lang),
            "words": self._words,
            "editable": desk.forms.editable(),
            "fields": desk.forms.fields(),
        }

    def _facets(self, asked: Request) -> object:
        facets = self._desk.facets(_query(asked))
        return {"facets": {name: [(v, self._label(name, v), n) for v, n in values] for name, values in facets.items()}}

    def _label(self, facet: str, value: str) -> str:
        if facet == "activity":
            return self._desk.rulebooks.activities.get(value, value)
        return self._words.get(f"{facet}.{value}", value)

    def _text(self, asked: Request) -> object:
        return self._desk.text(_whole(asked, "file"), _whole(asked, "from"), _whole(asked, "to"))

    def _suggest(self, asked: Request) -> object:
        return self._desk.suggest(_whole(asked, "file"), _whole(asked, "start"), _whole(asked, "end"))

    # Decisions

    def _decide(self, asked: Request, body: Body) -> object:
        key, action, seen = body.get("key"), body.get("action"), body.get("seen", 0)
        shown, like = body.get("shown"), body.get("like", 0)
        if not isinstance(key, str) or not isinstance(shown, str) or type(seen) is not int or type(like) is not int:
            raise Refused("request")
        if action not in _ACTIONS and not (like and action == "added"):
            raise Refused("request")
        reviewer = self._named(asked)
        try:
            return self._desk.decide(key, action, _said(body), _note(body), seen, shown, reviewer, like)
        except Overtaken:
            return self._refusal(Refused("overtaken"), row=self._desk.row(key, reviewer))
        except Refused as refused:
            return self._with_row(refused, key if refused.code == "changed" else "", reviewer)

    def _with_row(self, refused: Refused, key: str, reviewer: str) -> Response:
        """Return a refusal with the row that it leads to: that of `key`, or the one that it names."""
        leads_to = str(refused.detail.get("key", key))
        if not leads_to:
            raise refused
        return self._refusal(refused, row=self._desk.row(leads_to, reviewer))

    def _bulk(self, asked: Request, body: Body) -> object:
        count = body.get("count")
        if body.get("action") != "accepted" or not isinstance(count, int):
            raise Refused("request")
        return self._desk.accept_all(query_of(body.get("query")), count, self._named(asked))

    def _add(self, asked: Request, body: Body) -> object:
        file, kind, start, end = (body.get(name) for name in ("file", "kind", "start", "end"))
        seen = body.get("seen", 0)
        if not (isinstance(file, int) and isinstance(start, int) and isinstance(end, int) and isinstance(kind, str)):
            raise Refused("request")
        if kind not in self._desk.forms.editable() or type(seen) is not int:
            raise Refused("request")
        reviewer = self._named(asked)
        try:
            return self._desk.add(file, kind, start, end, _said(body), _note(body), reviewer, seen)
        except Overtaken as error:
            assert error.entry.decision is not None
            key = f"item/{file}/{error.entry.decision.subject.id}"
            return self._refusal(Refused("overtaken", key=key), row=self._desk.row(key, reviewer))
        except Refused as refused:
            return self._with_row(refused, "", reviewer)

    async def _renew(self, asked: Request) -> Response:
        await run_in_threadpool(self._renewal.start)
        return JSONResponse(self._renewal.told(), 202)

    # Answers

    def _answering(self, answer: Callable[[Request], object]) -> Callable[[Request], Response]:
        """Return an endpoint that tells what `answer` returns; Starlette runs it in a thread of its own."""
        return lambda asked: _json(answer(asked))

    def _taking(self, take: Callable[[Request, Body], object]) -> Callable[[Request], Any]:
        """Return an endpoint that reads what was sent as JSON and tells what `take` makes of it."""

        async def endpoint(asked: Request) -> Response:
            sent = await asked.body()
            return _json(await run_in_threadpool(lambda: take(asked, _body(sent))))

        return endpoint

    def _who(self, asked: Request) -> str:
        try:
            return reviewer_name(unquote(asked.headers.get("x-reviewer", "")))
        except BaocaoError:
            return self._reviewer

    def _named(self, asked: Request) -> str:
        """Return who decides; Refused `reviewer` where nobody is named."""
        try:
            return reviewer_name(self._who(asked))
        except BaocaoError as error:
            raise Refused("reviewer") from error

    def _refused(self, scope: Scope, refused: Refused) -> ASGIApp:
        """Return the answer to a request that the guard refuses: in words for who opened a page."""
        accepted = dict(scope["headers"]).get(b"accept", b"")
        if b"text/html" in accepted:
            return PlainTextResponse(refused.message(self._lang), refused.status)
        return self._refusal(refused)

    def _refusal(self, refused: Refused, status: int = 0, **more: object) -> JSONResponse:
        told = {"error": refused.code, "message": refused.message(self._lang), **refused.detail, **more}
        return JSONResponse(told, status or refused.status)

    def _problem(self, error: BaocaoError) -> JSONResponse:
        """Return the answer to what went wrong with a file, the log or a text that was typed."""
        problem, detail = error.problem, dict(error.problem.detail)
        named = detail | {"column": self._columns.get(detail.get("column", ""), detail.get("column", ""))}
        message = CATALOGUE[problem.code].message(Problem(problem.code, tuple(named.items())), self._lang)
        told = {"error": problem.code, "message": message}
        if problem.code == "decision.value":
            return JSONResponse({**told, "column": detail["column"]}, 422)
        return JSONResponse(told, 503 if problem.code == "review.log" else 404)


def _json(told: object) -> Response:
    return told if isinstance(told, Response) else JSONResponse(told)


def _query(asked: Request) -> Query:
    return query_from(asked.query_params.multi_items())


def _parameter(asked: Request, name: str) -> str:
    return asked.query_params.get(name, "")


def _whole(asked: Request, name: str) -> int:
    """Return a parameter that must be a whole number."""
    told = asked.query_params.get(name, "")
    if not (told.isascii() and told.isdecimal() and len(told) < 15):
        raise Refused("request")
    return int(told)


def _body(sent: bytes) -> Body:
    try:
        told = json.loads(sent or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused("request") from error
    if not isinstance(told, dict):
        raise Refused("request")
    return told


def _said(body: Body) -> dict[str, str]:
    said = body.get("said") or {}
    if not isinstance(said, dict) or not all(isinstance(text, str) for text in said.values()):
        raise Refused("request")
    return {str(name): text[:_LONGEST_TEXT] for name, text in said.items()}


def _note(body: Body) -> str:
    note = body.get("note") or ""
    if not isinstance(note, str):
        raise Refused("request")
    return " ".join(note.split())[:_LONGEST_TEXT]
