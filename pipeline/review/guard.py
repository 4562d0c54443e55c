"""Who may talk to the server: the browser that opened the address with the token, and no other site that it shows.

Every answer says what the page may load and that nothing of it is to be kept or framed.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
import time
from collections.abc import Callable, Collection
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.refusals import Refused

ENTRANCE = "/enter"
"""The one path that is answered without a cookie, to who knows the token."""

ANOTHER = "/another"
"""The path by which another process of this user asks for a new address, without a cookie but with the secret."""

SECRET = "x-baocao-secret"
"""The header that it tells the secret in."""

MARK = "x-baocao"
"""The header that a request which writes must have; a form of another site can't set it."""

_MOMENT = 60.0  # seconds that an address stays good when it was used
_HOST = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::(\d{1,5}))?", re.A)
_LARGEST = 2_000_000  # bytes of a request
_POLICY = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"),
        *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Refuse = Callable[[Scope, Refused], ASGIApp]
"""Makes the answer to a request that is refused."""


class Session:
    """What tells this server's browsers from others: the tokens of addresses, and the cookie that they are changed for.

    `host` is where the server listens; `is_open` says that other machines may be let in, by the address of this one or
    one of its `names`. `secret` is for other processes of this user, which may ask for an address.
    """

    def __init__(self, port: int, host: str = "127.0.0.1", is_open: bool = False, names: Collection[str] = ()) -> None:
        self.port, self.host, self.is_open = port, host.lower(), is_open
        self.names = frozenset(name.lower() for name in names)
        self.cookie = secrets.token_urlsafe(32)
        self.secret = secrets.token_urlsafe(32)
        self._entered: dict[str, float | None] = {}  # when a token was first used
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The name of the cookie; browsers tell ports of one host apart by nothing else."""
        return f"baocao_review_{self.port}"

    def set_cookie(self) -> str:
        """Return the header that gives the browser its cookie."""
        return f"{self.name}={self.cookie}; Path=/; HttpOnly; SameSite=Strict"

    def address(self) -> str:
        """Return a new address, which one browser is let in by."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._entered[token] = None
        shown = f"[{self.host}]" if ":" in self.host else self.host
        if self.host in ("0.0.0.0", "::"):
            shown = socket.gethostname()
        return f"http://{shown}:{self.port}{ENTRANCE}?token={token}"

    def lets_in(self, token: str) -> bool | None:
        """Tell whether a token opens; None where it did and does no more.

        A browser may ask twice for an address, to have the page ready, so that it stays good for a moment.
        """
        now = time.monotonic()
        with self._lock:
            known = next((one for one in self._entered if compare_digest(one.encode(), token.encode())), None)
            if known is None:
                return False
            first = self._entered[known]
            if first is None:
                self._entered[known] = first = now
            return True if now - first <= _MOMENT else None


class Guard:
    """Stands before the application and lets through what comes from its own page."""

    def __init__(self, app: ASGIApp, session: Session, refuse: Refuse) -> None:
        self._app, self._session, self._refuse = app, session, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no other kind is spoken here
            return
        refused = self._refused(scope)
        app = self._app if refused is None else self._refuse(scope, refused)
        await app(scope, _Bounded(receive), _headed(send, scope["path"]))

    def _refused(self, scope: Scope) -> Refused | None:
        """Return why a request is refused, None where it is let through."""
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            return Refused("host")
        if _is_too_large(headers.get("content-length", "0")):
            return Refused("too_large")
        if scope["path"] == ANOTHER:
            return None if self._is_of_this_user(scope, headers) else Refused("session")
        if scope["path"] == ENTRANCE and scope["method"] in ("GET", "HEAD"):
            return None if self._has_cookie(headers) else self._at_the_entrance(scope)
        if not self._has_cookie(headers):
            return Refused("session")
        if scope["method"] not in ("GET", "HEAD") and not self._is_written_by_us(headers):
            return Refused("origin")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return Refused("origin")
        return None

    def _is_ours(self, host: str) -> bool:
        """Tell whether a Host is one of ours: a foreign name that leads here is another site's (DNS rebinding)."""
        found = _HOST.fullmatch(host)
        if found is None or (found[2] or "80") != str(self._session.port):
            return False
        name, session = found[1].strip("[]").lower(), self._session
        if name in ("127.0.0.1", "localhost", "::1", session.host):
            return True
        return session.is_open and (_is_address(name) or name in session.names)

    def _at_the_entrance(self, scope: Scope) -> Refused | None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        lets_in = self._session.lets_in(given)
        return None if lets_in else Refused("session" if lets_in is False else "entrance")

    def _is_of_this_user(self, scope: Scope, headers: Headers) -> bool:
        """Tell whether another process of this user, on this machine, asks for an address."""
        client, server = (scope.get(name) or ("", 0) for name in ("client", "server"))
        is_near = client[0] == server[0] or _is_loopback(client[0])
        secret = headers.get(SECRET, "")
        return scope["method"] == "POST" and is_near and compare_digest(secret.encode(), self._session.secret.encode())

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._session.name)
        except CookieError:
            return False
        return found is not None and compare_digest(found.value.encode(), self._session.cookie.encode())

    def _is_written_by_us(self, headers: Headers) -> bool:
        return headers.get(MARK) == "1" and headers.get("origin", "") == f"http://{headers.get('host', '')}"


class _Bounded:
    """What a request has to say, no more than `_LARGEST` bytes of it; Refused `too_large` where it goes on."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = _LARGEST

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise Refused("too_large")
        return message


def _headed(send: Send, path: str) -> Send:
    """Return `send` with our headers on every answer; data is not kept by the browser."""
    kept = path.startswith("/static/")

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers["Cache-Control"] = "no-cache" if kept else "no-store"
        await send(message)

    return sent


def _is_too_large(length: str) -> bool:
    return not (length.isascii() and length.isdecimal() and len(length) < 15 and int(length) <= _LARGEST)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return _is_address(name) and ipaddress.ip_address(name).is_loopback
