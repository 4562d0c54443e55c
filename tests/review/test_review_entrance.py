"""Who is let in: each address opens to one browser, and another process of the same user may ask for more."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pipeline.cache import user_cache
from pipeline.decisions import find_log
from pipeline.review import Order, guard, prepared
from pipeline.review.guard import ANOTHER, ENTRANCE, SECRET, Guard, Session
from pipeline.review.instance import place_of
from pipeline.review.server import _is_fault
from tests.decisions.making import REPORT, Made
from tests.review.browsing import base_of, browsing
from tests.review.serving import begun, served_at


@pytest.fixture
def out(tmp_path):
    made = Made(tmp_path)
    made.write("a.txt", REPORT.format(n=1))
    made.run()
    return made.out


def client_of(session, address="127.0.0.1", base="http://127.0.0.1:8731"):
    """Return a client of what a guard with this session stands before."""
    paths = (ENTRANCE, ANOTHER, "/")
    routes = [Route(path, lambda asked: PlainTextResponse("in"), methods=["GET", "POST"]) for path in paths]
    app = Guard(Starlette(routes=routes), session, lambda scope, refused: PlainTextResponse(refused.code, 401))
    return TestClient(app, base, client=(address, 50_000))


def path_of(address):
    return address[len(base_of(address)) :]


# Addresses


def test_an_address_is_good_for_a_moment_after_it_was_used(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(guard.time, "monotonic", lambda: now[0])
    session = Session(8731)
    first, other = path_of(session.address()), path_of(session.address())
    assert client_of(session).get(first).text == "in"
    now[0] += 59
    assert client_of(session).get(first).text == "in"
    now[0] += 2
    assert client_of(session).get(first).text == "entrance"
    assert client_of(session).get(other).text == "in"
    assert client_of(session).get(f"{ENTRANCE}?token=none").text == "session"


def test_who_has_the_cookie_comes_in_by_any_address(monkeypatch):
    session = Session(8731)
    cookie = session.set_cookie().partition(";")[0]
    assert client_of(session).get(f"{ENTRANCE}?token=old", headers={"Cookie": cookie}).text == "in"


def test_an_address_that_was_used_says_how_to_get_another(out, monkeypatch):
    monkeypatch.setattr(guard, "_MOMENT", 0.0)
    with served_at(out) as url:
        with httpx.Client() as first:
            assert first.get(url).status_code == 303
            time.sleep(0.05)
            assert first.get(url).headers["location"] == "/"
        with httpx.Client() as second:
            told = second.get(url, headers={"Accept": "text/html"})
            assert told.status_code == 401 and "Chạy lại lệnh baocao review" in told.text
            assert "set-cookie" not in told.headers


# Another process of the same user


def test_another_address_is_for_who_knows_the_secret_on_this_machine():
    session = Session(8731)
    near = client_of(session)
    assert near.post(ANOTHER, headers={SECRET: session.secret}).text == "in"
    assert near.post(ANOTHER, headers={SECRET: "none"}).text == "session"
    assert near.post(ANOTHER).text == "session"
    assert near.get(ANOTHER, headers={SECRET: session.secret}).text == "session"
    cookie = session.set_cookie().partition(";")[0]
    assert near.post(ANOTHER, headers={"Cookie": cookie}).text == "session"
    assert client_of(session, "192.0.2.7").post(ANOTHER, headers={SECRET: session.secret}).text == "session"


def test_a_second_review_prints_an_address_of_its_own(out):
    with begun(out) as (_, url), browsing(url) as one:
        told = json.loads(place_of(out, user_cache(os.environ)).path.read_text(encoding="utf-8"))
        assert set(told) == {"url", "secret", "process"} and "token" not in told["url"]
        for _ in range(2):
            with begun(out) as (second, again):
                assert again.partition("token=")[2] != url.partition("token=")[2]
                assert second.wait(20) == 0
            with browsing(again) as other:
                assert other.get("config") == one.get("config")


# Hosts


@pytest.mark.parametrize(
    ("session", "host", "is_let_in"),
    [
        (Session(80), "127.0.0.1", True),
        (Session(80), "127.0.0.1:80", True),
        (Session(80), "[::1]", True),
        (Session(80), "evil.example", False),
        (Session(8731), "127.0.0.1", False),
        (Session(8731, "may-a", True), "may-a:8731", True),
        (Session(8731, "May-A", True), "MAY-A:8731", True),
        (Session(80, "may-a", True), "may-a", True),
        (Session(8731, "0.0.0.0", True, ["may-a"]), "may-a:8731", True),
        (Session(8731, "0.0.0.0", True), "192.0.2.7:8731", True),
        (Session(8731, "0.0.0.0", True, ["may-a"]), "evil.example:8731", False),
        (Session(8731), "192.0.2.7:8731", False),
        (Session(8731), "127.0.0.1:8731@evil.example", False),
        (Session(8731), "[::1]evil:8731", False),
    ],
    ids=range(14),
)
def test_hosts(session, host, is_let_in):
    answer = client_of(session).get(path_of(session.address()), headers={"Host": host})
    assert (answer.text == "in") == is_let_in


def test_names_of_this_machine_are_looked_up_once(out, monkeypatch):
    asked = []
    monkeypatch.setattr(socket, "getfqdn", lambda: asked.append(1) or "may-a.example")
    with prepared(Order(out, host="0.0.0.0", port=0)) as serving:
        assert serving.session.names == {socket.gethostname().lower(), "may-a.example"}
    with prepared(Order(out, port=0)):
        pass
    assert len(asked) == 1


# Names of reviewers


def test_one_name_in_two_codings_is_one_reviewer(out):
    with served_at(out) as url, browsing(url, "Nguyễn  Huệ;") as one, browsing(url, "Nguyễn Huệ;") as other:
        row = one.decide(one.row(kind="count"), "accepted")["row"]
        assert other.row(kind="count")["own"]["number"] == row["own"]["number"]
        other.decide(other.row(kind="count"), "rejected")
    with find_log(out) as log:
        assert {entry.reviewer for entry in log.entries()} == {"Nguyễn Huệ,"}


# The end


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_nothing_long_is_printed_where_a_request_is_cut_off(out):
    with begun(out) as (process, url):
        with socket.create_connection(("127.0.0.1", int(base_of(url).rpartition(":")[2]))) as waiting:
            with httpx.Client() as client:
                client.get(url)
                cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
            head = f"POST /api/undo HTTP/1.1\r\nHost: {base_of(url)[7:]}\r\nOrigin: {base_of(url)}\r\nX-Baocao: 1\r\n"
            waiting.sendall(f"{head}Cookie: {cookie}\r\nContent-Length: 9\r\n\r\n{{".encode())
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        printed = process.stdout.read()
        assert "Traceback" not in printed and "Error" not in printed and len(printed.splitlines()) < 4


def test_a_fault_is_still_printed():
    def record(error):
        return logging.LogRecord(
            "uvicorn.error", 40, "", 1, "Exception in ASGI application", (), (type(error), error, None)
        )

    assert _is_fault(record(ValueError("x")))
