"""A browser of the tests: it holds the cookie and sends what the page sends."""

from __future__ import annotations

from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import httpx

from tests.review.serving import Address


def base_of(url: str) -> str:
    """Return the scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def fresh(url: str) -> str:
    """Return an address that no browser has used, where it is known how to get one."""
    return url.fresh() if isinstance(url, Address) else url


@contextmanager
def browsing(url: str, reviewer: str = "An"):
    """Give a client that came in by the address with the token."""
    base = base_of(url)
    headers = {"X-Reviewer": quote(reviewer), "X-Baocao": "1", "Origin": base}
    with httpx.Client(base_url=base, headers=headers, timeout=60) as client:
        assert client.get(fresh(url)).status_code == 303
        yield Browser(client)


class Browser:
    """What a page asks of the server."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def get(self, path: str, **asked):
        """Return what is told under a path."""
        answer = self.client.get(f"/api/{path}", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, status: int = 200, **body):
        """Return what comes of sending something."""
        answer = self.client.post(f"/api/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def rows(self, **asked):
        """Return rows of the list."""
        return self.get("rows", **asked)["rows"]

    def row(self, **asked):
        """Return the first row of the list."""
        return self.rows(limit=1, **asked)[0]

    def decide(self, row, action, status: int = 200, seen: int | None = None, note: str = "", **said):
        """Decide on a row as it was shown."""
        known = (row["own"] or {"number": 0})["number"] if seen is None else seen
        shown = row["shown"]
        return self.post("decide", status, key=row["key"], action=action, said=said, note=note, seen=known, shown=shown)
