"""Who may talk to the server: the browser that opened the address with the token, and no other site that it shows.

Every answer says what the page may load and that nothing of it is to be kept or framed.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.refusals import Refused

ENTRANCE = "/enter"
"""The one path that is answered without a cookie, to who knows the token."""

MARK = "x-baocao"
"""The header that a request which writes must have; a form of another site can't set it."""

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


@dataclass(frozen=True, slots=True)
class Session:
    """What tells this server's browser from others: the token of the address, and the cookie that it is changed for.

    `is_open` says that other machines may be let in, by the address of this one or its name.
    """

    port: int
    is_open: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def name(self) -> str:
        """The name of the cookie; browsers tell ports of one host apart by nothing else."""
        return f"baocao_review_{self.port}"

    def set_cookie(self) -> str:
        """Return the header that gives the browser its cookie."""
        return f"{self.name}={self.cookie}; Path=/; HttpOnly; SameSite=Strict"


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
        if scope["path"] == ENTRANCE and scope["method"] in ("GET", "HEAD"):
            return None if self._knows(scope) else Refused("session")
        if not self._has_cookie(headers):
            return Refused("session")
        if scope["method"] not in ("GET", "HEAD") and not self._is_written_by_us(headers):
            return Refused("origin")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return Refused("origin")
        return None

    def _is_ours(self, host: str) -> bool:
        """Tell whether a Host is one of ours: a foreign name that leads here is another site's (DNS rebinding)."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if port != str(self._session.port):
            return False
        name = name.strip("[]").lower()
        if name in ("127.0.0.1", "localhost", "::1"):
            return True
        return self._session.is_open and (_is_address(name) or name in _names())

    def _knows(self, scope: Scope) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return compare_digest(given.encode(), self._session.token.encode())

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


def _names() -> set[str]:
    return {socket.gethostname().lower(), socket.getfqdn().lower()}
