"""The review over HTTP: who is let in, what is shown, and that no decision is lost."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import signal
import socket
import stat
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest

from pipeline.batch import run
from pipeline.cache import user_cache
from pipeline.decisions import find_log
from pipeline.problems import BaocaoError
from pipeline.review import Order, prepared
from pipeline.review.papers import Kept
from pipeline.review.shelf import unaccented
from tests.review.browsing import base_of, browsing
from tests.review.serving import REPORTS, begun, copied, made, served, served_at

PDF, DOCX, TEXT = "batgt_huyen_2023.pdf", "sngv_nghean_2022.docx", "tyt_xa_2025h1.txt"
NAMES = (PDF, DOCX, TEXT, "skhcn_bang_2025.pdf")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return made(tmp_path_factory.mktemp("review"), *NAMES)


@pytest.fixture(scope="module")
def looked_at(tables):
    """An address of a review that no test decides anything in."""
    with served(tables, folder=tables.parent / "reports") as url:
        yield url


@pytest.fixture
def reviewed(tables):
    with served(tables, folder=tables.parent / "reports") as url:
        yield url


@pytest.fixture
def browser(reviewed):
    with browsing(reviewed) as found:
        yield found


@pytest.fixture(scope="module")
def looking(looked_at):
    with browsing(looked_at) as found:
        yield found


def cells(out, table):
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Who is let in


def get(url, path, **headers):
    """Ask with nothing but what is given, the path as it is."""
    with httpx.Client(base_url=base_of(url)) as client:
        return client.get(path, headers=headers)


def raw(url, request: bytes) -> bytes:
    """Send bytes and return what comes back."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), 10) as connection:
        connection.sendall(request)
        connection.settimeout(10)
        found = b""
        while part := connection.recv(65536):
            found += part
            if b"\r\n\r\n" in found and b"content-length" in found.lower():
                head, _, body = found.partition(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
                if len(body) >= int(length.split(b":")[1]):
                    break
    return found


@pytest.mark.parametrize("path", ["/", "/api/config", "/api/rows", "/api/facets", "/page/0/1.png", "/static/icon.svg"])
def test_without_the_cookie_nothing_is_told(looked_at, path):
    answer = get(looked_at, path)
    assert answer.status_code == 401
    assert answer.json()["error"] == "session"


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
def test_a_wrong_token_gives_no_cookie(looked_at, token):
    answer = get(looked_at, f"/enter?token={token}")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_for_this_site_and_no_script(looked_at):
    url = looked_at.fresh()
    answer = get(url, url)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    told = answer.headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=Strict" in told and "Path=/" in told
    assert url.partition("token=")[2] not in told


def test_a_wrong_cookie_is_none(looked_at):
    port = urlsplit(looked_at).port
    assert get(looked_at, "/api/config", Cookie=f"baocao_review_{port}=guessed").status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "10.0.0.1:{port}", ""]
)
def test_a_foreign_name_that_leads_here_is_refused(looking, looked_at, host):
    answer = looking.client.get("/api/config", headers={"Host": host.format(port=urlsplit(looked_at).port)})
    assert answer.status_code in (400, 403)


def test_localhost_is_ours(looking, looked_at):
    port = urlsplit(looked_at).port
    assert looking.client.get("/api/config", headers={"Host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Baocao": ""},
        {"X-Baocao": "0"},
    ],
    ids=str,
)
def test_another_site_writes_nothing(looking, headers):
    row = looking.row(kind="count")
    body = {"key": row["key"], "action": "accepted", "seen": 0, "shown": row["shown"]}
    answer = looking.client.post("/api/decide", json=body, headers=headers)
    assert answer.status_code == 403
    assert looking.get("config")["last"] == 0


def test_a_form_of_another_site_writes_nothing(looking):
    client = looking.client
    for name in ("x-baocao", "origin"):
        kept = client.headers.pop(name)
        try:
            assert client.post("/api/undo", content=b"a=b").status_code == 403
        finally:
            client.headers[name] = kept
    assert looking.get("config")["last"] == 0


@pytest.mark.parametrize(
    "path",
    ["/", "/enter?token=x", "/api/config", "/api/none", "/static/icon.svg", "/static/none.js", "/page/9999/1.png"],
)
def test_every_answer_says_what_may_be_loaded(looking, path):
    answer = looking.client.get(path)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in answer.headers
    assert path.startswith("/static/") or answer.headers["cache-control"] == "no-store"


def test_the_page_has_no_script_or_style_of_its_own(looking):
    page = looking.client.get("/").text
    assert "<script>" not in page and "<style" not in page and " style=" not in page and " onclick=" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/page/0/../../etc/passwd",
        "/page/..%2f..%2fetc%2fpasswd",
        "/page/0/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/page/0/1.png%00.txt",
        "/page/0/1%00.png",
        "/page//etc/passwd",
        "/page/-1/1.png",
        "/page/99999999999999999999/1.png",
        "/page/0/0.png",
        "/page/0/4.png",
        "/page/0/99999999999999999999.png",
        "/page/2/1.png",
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%2fdesk.py",
        "/static/..%5cdesk.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/icon.svg%00",
        "/static/fonts/../../desk.py",
        "/api/../static/icon.svg",
        "//etc/passwd",
    ],
)
def test_no_path_leads_elsewhere(looking, looked_at, path):
    cookie = "; ".join(f"{name}={value}" for name, value in looking.client.cookies.items())
    host = urlsplit(looked_at).netloc
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    found = raw(looked_at, request.encode())
    assert found.split(b" ")[1] in (b"404", b"400"), found[:300]
    assert b"root:" not in found and b"class Desk" not in found


@pytest.mark.parametrize("asked", [{"file": 999}, {"file": -1}, {"file": "../x"}, {"file": ""}, {"file": "9" * 30}])
def test_a_report_that_is_none_has_no_text(looking, asked):
    answer = looking.client.get("/api/text", params={**asked, "from": 0, "to": 10})
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize("key", ["", "item/0/nothing", "item/0/../../x", "letterhead/99", "\x00", "x" * 5000])
def test_a_row_that_is_none_is_not_found(looking, key):
    assert looking.client.get("/api/row", params={"key": key}).status_code == 404


def test_too_large_a_request_is_refused(looking):
    assert looking.client.post("/api/decide", content=b"x" * 2_100_000).status_code == 413

    def parts():
        for _ in range(201):
            yield b"x" * 10_000

    assert looking.client.post("/api/decide", content=parts()).status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"null", b'"x"', b"[" * 100_000, b'{"key": 1}', b'{"key": "x", "action": "deleted", "seen": 0}'],
    ids=range(8),
)
def test_a_request_without_sense_is_told_so(looking, body):
    assert looking.client.post("/api/decide", content=body).status_code == 400


def test_who_decides_must_be_named(tables):
    with served(tables, reviewer="") as url, browsing(url, reviewer="  ") as browser:
        answer = browser.decide(browser.row(kind="count"), "accepted", 400)
        assert answer["error"] == "reviewer"


# What is shown


def test_the_page_is_given_what_it_needs(looking, tables):
    config = looking.get("config")
    assert config["reports"] == 4
    assert config["items"] == len(cells(tables, "consolidated"))
    assert config["total"] == config["items"] + config["problems"] + 4
    assert config["lang"] == "vi" and config["reviewer"] == "An"
    assert config["activities"]["training"].startswith("Tập huấn")
    assert [one["name"] for one in config["editable"]["date"]] == ["value", "role"]
    assert looking.client.get("/").headers["content-type"].startswith("text/html")


def test_rows_come_in_the_order_of_reading_with_the_letterhead_first(looking):
    rows = [row for first in range(0, 2000, 500) for row in looking.rows(limit=500, **{"from": first})]
    assert len(rows) == looking.get("config")["total"]
    assert len({row["key"] for row in rows}) == len(rows)
    files = [row["file"] for row in rows]
    assert files == sorted(files)
    for file in set(files):
        mine = [row for row in rows if row["file"] == file]
        assert mine[0]["type"] == "letterhead"
        starts = [-1 if row["start"] is None else row["start"] for row in mine[1:]]
        assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"kind": "count"}, lambda row: row["kind"] == "count"),
        ({"kind": ["date", "activity"]}, lambda row: row["kind"] in ("date", "activity")),
        ({"report": PDF, "kind": "count"}, lambda row: row["file"] == PDF and row["kind"] == "count"),
        ({"status": "planned"}, lambda row: row["status"] == "planned"),
        ({"activity": "training"}, lambda row: row["activity"] == "training"),
        ({"rule": "core/nam"}, lambda row: row["rule"] == "core/nam"),
        ({"issuer": "SỞ NGOẠI VỤ"}, lambda row: row["issuer"] == "SỞ NGOẠI VỤ"),
    ],
    ids=["kind", "kinds", "report", "status", "activity", "rule", "issuer"],
)
def test_facets_leave_what_they_name(looking, asked, holds):
    everything = [row for first in range(0, 2000, 500) for row in looking.rows(limit=500, **{"from": first})]
    wanted = [row["key"] for row in everything if holds(row)]
    found = [row["key"] for first in range(0, 2000, 500) for row in looking.rows(limit=500, **asked, **{"from": first})]
    assert wanted and found == wanted
    assert looking.get("rows", **asked)["total"] == len(wanted)


def test_a_facet_counts_what_each_value_would_leave(looking):
    asked = {"report": DOCX, "kind": ["count", "date"]}
    facets = looking.get("facets", **asked)["facets"]
    for name, values in facets.items():
        others = {other: value for other, value in asked.items() if other != name}
        for value, _, count in values[:5]:
            assert looking.get("rows", **others, **{name: value})["total"] == count, (name, value)
    assert {value: label for value, label, _ in facets["kind"]}["count"] == "Số liệu"


@pytest.mark.parametrize(
    ("q", "text"),
    [("hoi nghi", "hội nghị"), ("HỘI NGHỊ", "hội nghị"), ("tap huan", "tập huấn")],
)
def test_words_are_found_in_any_spelling(looking, q, text):
    rows = looking.rows(q=q, limit=500)
    evidence = [looking.get("row", key=row["key"]) for row in rows[:3]]
    assert rows
    assert all(text in (one["sentence"] + one["row"]["value"]).lower() for one in evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [("kĩ thuật", "ki thuat"), ("kỹ thuật", "ki thuat"), ("XỬ LÍ", "xu ly"), ("hoà", "hòa"), ("Đoàn", "doan")],
)
def test_spellings_that_are_one_to_a_search(one, other):
    assert unaccented(one) == unaccented(other)


def test_words_with_marks_find_no_others(looking):
    loose, strict = looking.get("rows", q="hoi nghi")["total"], looking.get("rows", q="hôi nghi")["total"]
    assert loose and not strict
    exact = looking.get("rows", q="«Hội nghị»")["total"]
    assert 0 < exact < loose


@pytest.mark.parametrize("q", ["%", "'", '"', "\\", "' OR 1=1 --", "💥", "\x00", "a" * 3000, "«»"])
def test_any_words_may_be_asked_for(looking, q):
    assert looking.get("rows", q=q)["total"] < looking.get("config")["total"]


def test_rows_are_sorted_as_asked(looking):
    values = [row["value"] for row in looking.rows(sort="value", kind="count", limit=500)]
    numbers = [float(value.split("/")[0].split(" – ")[0].replace(".", "").replace(",", ".")) for value in values]
    assert numbers == sorted(numbers)
    flagged = [bool(row["problems"]) for row in looking.rows(sort="problem", limit=500)]
    assert flagged == sorted(flagged, reverse=True)


def test_the_evidence_of_every_row_is_its_own_words(looking):
    for row in looking.rows(report=[PDF, TEXT], limit=500):
        told = looking.get("row", key=row["key"])
        assert told["row"]["key"] == row["key"]
        text = told["text"]
        assert text["words"] and text["from"] + len(text["words"]) == text["to"]
        if row["start"] is not None:
            words = text["words"][row["start"] - text["from"] : row["end"] - text["from"]]
            assert " ".join(words.split()) == row["text"]
            assert [row["start"], row["end"], row["kind"], row["key"]] in text["marks"]
        assert not told["note"]
        assert bool(told["boxes"]) == (row["file"] == PDF and row["start"] is not None)


def test_the_evidence_names_the_cells_and_what_can_be_corrected(looking):
    row = looking.row(kind="count", report=PDF)
    told = looking.get("row", key=row["key"])
    assert told["seen"]["sentence"] == told["sentence"]
    form = {one["name"]: one for one in told["form"]}
    assert form["value"]["type"] == "number" and form["value"]["value"] == form["value"]["machine"]
    assert form["qualifier"]["choices"][0] == ["exact", "Đúng bằng"]
    assert form["activity_type"]["type"] == "activity"
    assert [page["page"] for page in told["pages"]] == [1, 2, 3]
    letterhead = looking.get("row", key=looking.row(report=PDF)["key"])
    assert {one["name"]: one["value"] for one in letterhead["form"]}["number"] == "41/BC-BATGT"


def test_a_report_is_read_on_beyond_the_window(looking):
    first = looking.get("text", file=0, **{"from": 0, "to": 500})
    more = looking.get("text", file=0, **{"from": 500, "to": 10**9})
    assert len(first["words"]) == 500
    assert len(more["words"]) == min(20_000, first["total"] - 500)
    assert all(start < more["to"] and end > more["from"] for start, end, _, _ in more["marks"])


def test_a_page_is_a_picture_of_its_size(looking):
    row = looking.row(report=PDF)
    page = looking.get("row", key=row["key"])["pages"][0]
    answer = looking.client.get(page["url"])
    assert answer.headers["content-type"] == "image/png"
    width, height = (int.from_bytes(answer.content[at : at + 4], "big") for at in (16, 20))
    assert abs(width - page["width"] * 110 / 72) <= 1 and abs(height - page["height"] * 110 / 72) <= 1


# Where the inputs are


def test_an_input_that_was_changed_is_not_shown(tables, tmp_path):
    reports = shutil.copytree(tables.parent / "reports", tmp_path / "reports")
    (reports / TEXT).write_text("Khác hẳn", encoding="utf-8")
    with served(tables, folder=reports) as url, browsing(url) as browser:
        row = browser.row(report=TEXT, kind="count")
        told = browser.get("row", key=row["key"])
        assert "Khác hẳn" not in json.dumps(told, ensure_ascii=False)
        assert TEXT in told["note"] and not told["pages"]
        text = told["text"]
        assert text["words"] == told["sentence"]
        assert text["words"][text["start"] - text["from"] : text["end"] - text["from"]] == row["text"]
        assert browser.client.get("/api/text", params={"file": 3, "from": 0, "to": 9}).status_code == 404


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_put_in_the_place_of_an_input_is_not_followed(tables, tmp_path):
    reports = shutil.copytree(tables.parent / "reports", tmp_path / "reports")
    secret = tmp_path / "secret.pdf"
    secret.write_bytes((REPORTS / "ubnd_phuong_2025q3.pdf").read_bytes())
    (reports / PDF).unlink()
    (reports / PDF).symlink_to(secret)
    with served(tables, folder=reports) as url, browsing(url) as browser:
        told = browser.get("row", key=browser.row(report=PDF, kind="count")["key"])
        assert not told["pages"] and PDF in told["note"]
        answer = browser.client.get("/page/0/1.png")
        assert answer.status_code == 404 and answer.json()["error"] == "review.input"


def test_an_input_swapped_while_it_is_reviewed_is_not_shown(tables, tmp_path):
    reports = shutil.copytree(tables.parent / "reports", tmp_path / "reports")
    with served(tables, folder=reports) as url, browsing(url) as browser:
        assert browser.client.get("/page/0/1.png").status_code == 200
        shutil.copy(REPORTS / "ubnd_phuong_2025q3.pdf", reports / PDF)
        assert browser.client.get("/page/0/2.png").status_code == 404


def test_an_input_that_was_moved_is_found_by_its_content(tables, tmp_path):
    reports = tmp_path / "moved" / "deep"
    reports.mkdir(parents=True)
    for at, name in enumerate(NAMES):
        shutil.copy(tables.parent / "reports" / name, reports / f"{at}{name[-5:]}")
    with served(tables, folder=tmp_path / "moved") as url, browsing(url) as browser:
        for name in (PDF, TEXT):
            told = browser.get("row", key=browser.row(report=name, kind="count")["key"])
            assert not told["note"]


def test_a_name_in_run_json_that_leads_out_of_the_folder_opens_nothing(tables, tmp_path):
    with copied(tables) as out:
        secret = tmp_path / "secret.txt"
        secret.write_text("Bí mật\n", encoding="utf-8")
        seal = json.loads((out / "run.json").read_text(encoding="utf-8"))
        one = next(one for one in seal["inputs"] if one["file"] == TEXT)
        one |= {"sha256": hashlib.sha256(secret.read_bytes()).hexdigest(), "size": secret.stat().st_size}
        for name in (str(secret), f"../../{secret.parent.name}/secret.txt"):
            one["file"] = name
            (out / "run.json").write_text(json.dumps(seal), encoding="utf-8")
            reports = tables.parent / "reports"
            with served_at(out, folder=reports) as url, browsing(url) as browser:
                told = browser.get("row", key=browser.row(report=TEXT, kind="count")["key"])
                assert told["note"] and "Bí mật" not in json.dumps(told, ensure_ascii=False)


def test_reports_of_a_store_are_told_so(tables):
    with copied(tables) as out:
        seal = (out / "run.json").read_text(encoding="utf-8")
        told = json.loads(seal)
        told["arguments"]["folder"] = "s3://bucket/reports"
        (out / "run.json").write_text(json.dumps(told, indent=2, ensure_ascii=False), encoding="utf-8")
        with served_at(out) as url, browsing(url) as browser:
            evidence = browser.get("row", key=browser.row(report=PDF, kind="count")["key"])
            assert "--input" in evidence["note"] and evidence["text"]["words"] == evidence["sentence"]
        with served_at(out, folder=tables.parent / "reports") as url, browsing(url) as browser:
            assert not browser.get("row", key=browser.row(report=PDF, kind="count")["key"])["note"]


def test_a_file_that_was_not_read_says_why(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "empty.docx").write_bytes(b"")
    shutil.copy(REPORTS / TEXT, tmp_path / "reports" / TEXT)
    run(tmp_path / "reports", tmp_path / "out", cache=user_cache(os.environ))
    with served_at(tmp_path / "out") as url, browsing(url) as browser:
        row = browser.row(kind="letterhead")
        told = browser.get("row", key=row["key"])
        assert row["file"] == "empty.docx" and "0 byte" in told["note"] and "0 byte" in told["messages"][0]
        assert browser.client.get("/page/0/1.png").status_code == 404
        problem = browser.row(kind="problem")
        assert problem["problems"] == ["file.empty"]
        assert browser.decide(problem, "accepted")["row"]["state"] == "accepted"
        assert browser.decide(problem, "corrected", 400, seen=9)["error"] == "request"


def test_copies_share_what_is_decided(tmp_path):
    (tmp_path / "reports" / "again").mkdir(parents=True)
    shutil.copy(REPORTS / TEXT, tmp_path / "reports" / TEXT)
    shutil.copy(REPORTS / TEXT, tmp_path / "reports" / "again" / TEXT)
    run(tmp_path / "reports", tmp_path / "out", cache=user_cache(os.environ))
    with served_at(tmp_path / "out") as url, browsing(url) as browser:
        told = browser.decide(browser.row(kind="count"), "corrected", value="5")
        rows = browser.rows(state="corrected")
        assert [row["file"] for row in rows] == [f"again/{TEXT}", TEXT]
        assert {row["value"] for row in rows} == {"5"} and told["decided"] == 2
        place = {"file": 0, "start": 0, "end": 4, "kind": "activity", "said": {"value": "training"}}
        browser.post("add", **place)
        assert len(browser.rows(state="added")) == 2
        assert browser.post("undo")["count"] == 2 and not browser.rows(state="added")


# Deciding


def test_a_decision_is_in_the_log_when_it_is_answered(tables):
    with copied(tables) as out, served_at(out) as url, browsing(url) as browser:
        row = browser.row(kind="count")
        told = browser.decide(row, "accepted", note="đúng")
        assert told["row"]["state"] == "accepted" and told["row"]["reviewers"] == ["An"]
        assert told["decided"] == 1 and told["last"] == 1
        with find_log(out) as log:
            (entry,) = log.entries()
        assert entry.decision.subject.id == row["id"] and entry.decision.note == "đúng"
        assert entry.decision.seen["text"] == row["text"]


def test_a_correction_is_read_as_people_write_it(browser):
    row = browser.row(kind="count")
    told = browser.decide(row, "corrected", value="1.234,5", unit="Lượt")
    assert told["row"]["value"] == "1.234,5" and told["row"]["unit"] == "lượt"
    evidence = browser.get("row", key=row["key"])
    assert evidence["cells"]["value"] == "1234.5"
    form = {one["name"]: one for one in evidence["form"]}
    assert form["value"]["value"] == "1.234,5" and form["value"]["machine"] == row["value"]
    assert evidence["verdicts"][0]["said"]["value"] == "1234.5"
    assert browser.row(q="1.234,5")["key"] == row["key"]


def test_a_text_that_can_not_be_read_names_its_column(browser):
    told = browser.decide(browser.row(kind="count"), "corrected", 422, value="mười hai con mèo")
    assert told["error"] == "decision.value" and told["column"] == "value" and "mười hai" in told["message"]
    assert browser.decide(browser.row(kind="count"), "corrected", 422)["error"] == "nothing"
    assert browser.get("config")["last"] == 0


def test_a_letterhead_is_accepted_field_by_field(browser):
    row = browser.row(report=PDF, kind="letterhead")
    told = browser.decide(row, "corrected", signer="Phạm Văn Đổi")
    assert told["row"]["state"] == "corrected" and told["last"] == 15
    evidence = browser.get("row", key=row["key"])
    said = {one["field"]: one for one in evidence["verdicts"]}
    assert said["signer"]["said"] == {"signer": "Phạm Văn Đổi"}
    assert said["number"]["action"] == "accepted"
    assert {one["name"]: one["value"] for one in evidence["form"]}["signer"] == "Phạm Văn Đổi"
    assert browser.post("undo")["row"]["state"] == ""
    assert browser.decide(row, "accepted")["row"]["state"] == "accepted"
    assert browser.decide(row, "rejected", 400)["error"] == "request"


def test_a_decision_of_another_window_is_not_overruled_unseen(reviewed):
    with browsing(reviewed) as one, browsing(reviewed) as other:
        row = one.row(kind="count")
        one.decide(row, "rejected")
        told = other.decide(row, "accepted", 409)
        assert told["error"] == "overtaken" and told["row"]["state"] == "rejected"
        assert one.get("config")["last"] == 1
        other.decide(told["row"], "accepted")
        assert one.row(kind="count")["state"] == "accepted"


def test_what_was_taken_back_elsewhere_can_be_decided_again(reviewed):
    with browsing(reviewed) as one, browsing(reviewed) as other:
        row = one.decide(one.row(kind="count"), "rejected")["row"]
        assert other.post("undo")["keys"] == [row["key"]]
        assert one.decide({**row, "own": None}, "accepted")["row"]["state"] == "accepted"


def test_reviewers_may_disagree(reviewed):
    with browsing(reviewed, "An") as an, browsing(reviewed, "Bình") as binh:
        row = an.row(kind="count")
        an.decide(row, "accepted")
        told = binh.decide(binh.row(kind="count"), "rejected")
        assert told["row"]["state"] == "disputed" and told["row"]["reviewers"] == ["An", "Bình"]
        assert an.row(kind="count")["own"]["action"] == "accepted"
        assert an.get("rows", state="disputed")["total"] == 1


def test_changes_are_seen_by_other_windows(reviewed):
    with browsing(reviewed) as one, browsing(reviewed, "Bình") as other:
        before = other.get("config")["last"]
        row = one.decide(one.row(kind="date"), "accepted")["row"]
        changes = other.get("changes", after=before)
        assert [each["key"] for each in changes["rows"]] == [row["key"]]
        one.post("undo")
        again = other.get("changes", after=changes["last"])
        assert [each["state"] for each in again["rows"]] == [""]
        assert other.get("changes", after=again["last"])["rows"] == []


def test_another_process_may_write_too(tables):
    """Two servers over one folder, as two machines over a share."""
    with copied(tables) as out, ExitStack() as stack:
        urls = [stack.enter_context(served_at(out)) for _ in range(2)]
        one, other = (stack.enter_context(browsing(url, name)) for url, name in zip(urls, ("An", "Bình"), strict=True))
        row = one.row(kind="count")
        one.decide(row, "accepted")
        assert other.get("changes", after=0)["rows"][0]["state"] == "accepted"
        assert other.decide(row, "rejected")["row"]["state"] == "disputed"
        assert one.get("changes", after=1)["rows"][0]["state"] == "disputed"


def test_all_shown_are_accepted_at_once_and_taken_back_at_once(browser):
    asked = {"report": TEXT, "kind": "count"}
    done = browser.decide(browser.row(**asked), "rejected")["row"]
    count = browser.get("bulk", **asked)["count"]
    total = browser.get("rows", **asked)["total"]
    assert count == total - 1
    told = browser.post("bulk", 409, query=asked, action="accepted", count=count + 1)
    assert told["error"] == "count" and told["count"] == count
    assert browser.post("bulk", query=asked, action="accepted", count=count)["count"] == count
    assert browser.get("rows", **asked, state="accepted")["total"] == count
    assert browser.row(**asked, state="rejected")["key"] == done["key"]
    assert browser.get("bulk", **asked)["count"] == 0
    assert browser.post("undo")["count"] == count
    assert browser.get("bulk", **asked)["count"] == count
    assert browser.post("undo")["row"]["key"] == done["key"]
    assert browser.post("undo") | {"last": 0} == {"keys": [], "count": 0, "row": None, "last": 0} | {
        "decided": 0, "total": browser.get("config")["total"],
    }  # fmt: skip


def test_all_rows_of_every_type_can_be_accepted(browser):
    count = browser.get("bulk")["count"]
    assert count == browser.get("config")["total"]
    told = browser.post("bulk", query={}, action="accepted", count=count)
    assert told["decided"] == told["total"] == count
    assert browser.get("facets")["facets"]["state"] == [["accepted", "Đã chấp nhận", count]]
    assert browser.get("changes", after=0)["many"]


def test_decisions_made_at_once_are_all_written(reviewed):
    with browsing(reviewed) as browser:
        rows = browser.rows(kind="count", limit=20)
        with ThreadPoolExecutor(20) as pool:
            told = list(pool.map(lambda row: browser.decide(row, "accepted"), rows))
        assert sorted(one["row"]["key"] for one in told) == sorted(row["key"] for row in rows)
        assert browser.get("config")["last"] == 20
        assert browser.get("rows", state="accepted")["total"] == 20


def test_words_that_were_missed_are_added(browser):
    text = browser.get("text", file=0, **{"from": 0, "to": 20_000})
    at = text["words"].index("Kính gửi") if "Kính gửi" in text["words"] else text["words"].index("an toàn")
    place = {"file": 0, "start": at, "end": at + 8}
    suggested = browser.get("suggest", **place)
    assert suggested["text"] == " ".join(text["words"][at : at + 8].split())
    before = browser.get("config")["total"]
    told = browser.post("add", **place, kind="activity", said={"value": "training", "status": "done"}, note="sót")
    row = told["row"]
    assert row["state"] == "added" and row["rule"] == "review/added" and row["start"] == at
    assert told["total"] == before + 1
    evidence = browser.get("row", key=row["key"])
    assert [row["start"], row["end"], "activity", row["key"]] in evidence["text"]["marks"]
    assert evidence["sentence"] and evidence["boxes"]
    listed = browser.rows(report=PDF, limit=500)
    starts = [one["start"] for one in listed if one["start"] is not None]
    assert starts == sorted(starts) and row["key"] in [one["key"] for one in listed]
    corrected = browser.decide(row, "corrected", value="meeting")["row"]
    assert corrected["activity"] == "meeting" and corrected["state"] == "added"
    browser.post("undo")
    assert browser.post("undo")["keys"] == [row["key"]]
    assert browser.get("config")["total"] == before
    assert row["key"] not in [one["key"] for one in browser.rows(report=PDF, limit=500)]
    assert browser.post("add", **place, kind="activity", said={"value": "training"})["row"]["state"] == "added"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"file": 0, "start": 0, "end": 0}, 422),
        ({"file": 0, "start": 5, "end": 2}, 422),
        ({"file": 0, "start": 0, "end": 10**9}, 422),
        ({"file": 0, "start": -5, "end": -2}, 422),
        ({"file": 0, "start": 0, "end": 9, "said": {"value": "không phải số"}}, 422),
        ({"file": 0, "start": 0, "end": 9, "said": {}}, 422),
        ({"file": 0, "start": 0, "end": 9, "kind": "letterhead"}, 400),
        ({"file": 77, "start": 0, "end": 9}, 404),
        ({"file": "0", "start": 0, "end": 9}, 400),
    ],
    ids=str,
)
def test_what_can_not_be_added_is_told(looking, body, status):
    looking.post("add", status, **{"kind": "count", "said": {"value": "3"}, **body})
    assert looking.get("config")["last"] == 0


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("12 lớp tập huấn", "count", "12"),
        ("1.234,5", "count", "1.234,5"),
        ("ngày 16 tháng 10 năm 2023", "date", "16/10/2023"),
        ("16/10/2023", "date", "16/10/2023"),
        ("4621/UBND-TH", "document_number", "4621/UBND-TH"),
        ("hai mươi mốt", "count", "21"),
        ("hai triệu rưỡi", "count", "2.500.000"),
        ("chưa rõ là gì", "activity", None),
    ],
)
def test_marked_words_are_read_as_the_machine_would(words, kind, value):
    from pipeline.review.additions import suggestion
    from pipeline.rulebook import load_pack

    found, said = suggestion(words, load_pack("core"))
    assert (found, said.get("value")) == (kind, value)


# The tables anew


def test_the_tables_are_made_anew_with_the_decisions(tables, tmp_path):
    reports = shutil.copytree(tables.parent / "reports", tmp_path / "reports")
    run(reports, tmp_path / "out", cache=user_cache(os.environ))
    with served_at(tmp_path / "out") as url, browsing(url) as browser:
        row = browser.row(kind="count", report=TEXT)
        browser.decide(row, "corrected", value="77")
        keys = [one["key"] for one in browser.rows(limit=500)]
        before = browser.get("changes", after=0)["tables"]
        assert browser.post("renew", 202)["running"]
        while (told := browser.get("renew"))["running"]:
            pass
        assert not told["error"], told
        assert browser.get("changes", after=0)["tables"] != before
        assert [one["key"] for one in browser.rows(limit=500)] == keys
        (again,) = (one for one in browser.rows(kind="count", report=TEXT) if one["key"] == row["key"])
        assert again["value"] == "77" and again["state"] == "corrected"
    (found,) = (one for one in cells(tmp_path / "out", "consolidated") if one["item_id"] == row["id"])
    assert found["value"] == "77" and found["review"] == "corrected"


def test_a_run_elsewhere_is_taken_up_and_files_keep_their_numbers(tables, tmp_path):
    reports = shutil.copytree(tables.parent / "reports", tmp_path / "reports")
    run(reports, tmp_path / "out", cache=user_cache(os.environ))
    with served_at(tmp_path / "out") as url, browsing(url) as browser:
        row = browser.row(kind="count", report=TEXT)
        browser.decide(row, "accepted")
        shutil.copy(REPORTS / "stp_2022.md", reports / "a_first.md")
        run(reports, tmp_path / "out", cache=user_cache(os.environ))
        browser.get("changes", after=1)
        assert browser.get("config")["reports"] == 5
        assert browser.row()["file"] == "a_first.md"
        again = browser.get("row", key=row["key"])["row"]
        assert again["state"] == "accepted" and again["file"] == TEXT


def test_what_a_new_run_reads_otherwise_is_asked_again(tables, tmp_path):
    """The machine's cell is another than the one decided on, as after a change of rules."""
    with copied(tables) as out, served_at(out) as url, browsing(url) as browser:
        row = browser.row(kind="count", report=TEXT)
        browser.decide(row, "accepted")
        path = out / "consolidated.csv"
        told = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        told = [line.replace(",count,", ",count,", 1) for line in told]
        at = next(at for at, line in enumerate(told) if line.startswith(row["id"]))
        fields = next(csv.reader([told[at]]))
        fields[5] = "987654"
        with (out / "line.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(fields)
        told[at] = (out / "line.csv").read_text(encoding="utf-8")
        path.write_text("".join(told), encoding="utf-8-sig")
        os.utime(out / "run.json")
        browser.get("changes", after=1)
        again = browser.row(kind="count", report=TEXT)
        assert again["key"] == row["key"] and again["state"] == "changed" and again["value"] == "987.654"
        evidence = browser.get("row", key=row["key"])
        assert evidence["verdicts"][0]["seen"]["value"] != "987654"
        assert browser.get("config")["decided"] == 0


# The command


def test_decisions_outlast_a_kill(tables):
    with copied(tables) as out:
        with begun(out) as (process, url), browsing(url) as browser:
            rows = browser.rows(kind="count", limit=5)
            for row in rows:
                browser.decide(row, "accepted")
            os.kill(process.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
            process.wait(20)
        with begun(out) as (_, url), browsing(url) as browser:
            assert [row["state"] for row in browser.rows(kind="count", limit=5)] == ["accepted"] * 5
            assert browser.post("undo")["keys"] == [rows[-1]["key"]]


def test_a_second_review_of_a_folder_leads_to_the_first(tables):
    with copied(tables) as out, begun(out) as (first, url):
        with begun(out) as (second, again):
            assert again != url and base_of(again) == base_of(url)
            assert second.wait(20) == 0
            with browsing(again) as one, browsing(url) as other:
                assert one.get("config") == other.get("config")
        assert first.poll() is None
        (told,) = (user_cache(os.environ).folder / "review").glob("*.json")
        if os.name == "posix":
            assert stat.S_IMODE(told.stat().st_mode) == 0o600
        assert url.partition("token=")[2] not in "".join(
            path.read_text(encoding="utf-8", errors="replace") for path in out.iterdir() if path.is_file()
        )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(tables, number):
    with copied(tables) as out:
        with begun(out) as (process, _):
            process.send_signal(number)
            assert process.wait(20) == 0
            assert "Traceback" not in process.stdout.read()
        assert not (out / ".baocao-review").exists()
        with begun(out):
            pass


def test_a_port_that_is_taken_is_told(tables):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BaocaoError) as told, prepared(Order(tables, port=taken.getsockname()[1])):
            pass
    assert told.value.problem.code == "review.port"


@pytest.mark.parametrize(("out", "code"), [("s3://bucket/out", "review.store"), ("nowhere", "review.no_folder")])
def test_what_can_not_be_reviewed_is_told(out, code):
    with pytest.raises(BaocaoError) as told, prepared(Order(out, port=0)):
        pass
    assert told.value.problem.code == code


def test_a_folder_without_tables_is_told(tmp_path):
    with pytest.raises(BaocaoError) as told, prepared(Order(tmp_path, port=0)):
        pass
    assert told.value.problem.code == "review.no_tables"
    assert not list(tmp_path.iterdir())


def test_a_document_is_read_once_for_all_that_ask():
    kept, made_by = Kept(2), []

    def make():
        made_by.append(threading.get_ident())
        time.sleep(0.05)
        return len(made_by)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: kept.get("a", make), range(8))) == {1}
    kept.get("b", make), kept.get("c", make)
    assert kept.get("b", make) == 2 and kept.get("a", make) == 4


def test_it_listens_to_this_machine_alone(looked_at):
    assert urlsplit(looked_at).hostname == "127.0.0.1"


def test_what_is_read_otherwise_than_it_was_shown_is_not_decided(looking):
    row = looking.row(kind="count")
    answer = looking.decide({**row, "shown": "0" * 12}, "accepted", status=409)
    assert (answer["error"], answer["row"]) == ("changed", row)
    assert looking.get("config")["last"] == 0
    for shown in (None, 7, ["x"]):
        looking.post("decide", 400, key=row["key"], action="accepted", seen=0, shown=shown)
    assert looking.decide(row, "accepted")["row"]["shown"] == row["shown"]


def test_the_part_of_the_list_around_a_row(looking):
    rows = looking.rows(limit=400, kind="count")
    answer = looking.get("rows", kind="count", limit=100, around=rows[250]["key"])
    assert (answer["from"], answer["rows"]) == (200, rows[200:300])
    for gone in ("item/0/none", looking.row(kind="date")["key"]):
        assert looking.get("rows", kind="count", limit=100, around=gone, **{"from": 100})["from"] == 100


def test_a_text_that_is_not_understood_is_told_by_the_name_of_its_column(looking):
    answer = looking.decide(looking.row(kind="count"), "corrected", status=422, value="mười hai con")
    assert answer["column"] == "value"
    assert "«mười hai con» ở ô Giá trị" in answer["message"]
