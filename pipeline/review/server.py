"""The server of a review: on this machine alone unless it is told otherwise, until it is told to end."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

import uvicorn
from msgspec import Struct

from pipeline.batch import remote
from pipeline.cache import DocumentCache
from pipeline.problems import BaocaoError
from pipeline.review.app import Site
from pipeline.review.desk import Desk
from pipeline.review.guard import ANOTHER, Session
from pipeline.review.instance import Place, claim, place_of
from pipeline.review.opening import Asked

HOST, PORT = "127.0.0.1", 8731
"""Where a review is served, unless it is told otherwise."""

_NEXT = 40  # ports that are tried after the first
_SOON = 2.0  # seconds after the start, when the first page is there


class Order(Struct, frozen=True):
    """How a review is to be served: to whom, at which port (None for the first free one), and in whose name."""

    out: Path | str
    lang: str = "vi"
    folder: Path | None = None
    cache: DocumentCache | None = None
    reviewer: str = ""
    host: str = HOST
    port: int | None = None


class Serving(Struct, frozen=True):
    """A server that is ready to begin, and who it lets in."""

    session: Session
    server: uvicorn.Server
    listener: socket.socket

    @property
    def url(self) -> str:
        """A new address, which one browser is let in by."""
        return self.session.address()

    def run(self) -> None:
        """Answer until the server is told to end."""
        logging.getLogger("uvicorn.error").addFilter(_is_fault)
        self.server.run(sockets=[self.listener])


def review(order: Order, ready: Callable[[str, bool], None]) -> None:
    """Serve the review of a folder of tables until it is told to end; `ready` is told the address.

    It is told as well whether the review was there already, which then is not served a second time. BaocaoError
    `review.…` where it can't be.
    """
    out = _local(order.out)
    place = place_of(out, order.cache)
    claimed = claim(out, place)
    if claimed.url:
        ready(claimed.url, True)
        return
    try:
        with prepared(order) as serving, _told(place, serving.session), _ending(serving.server):
            ready(serving.url, False)
            serving.run()
    finally:
        if claimed.held is not None:
            with suppress(OSError):
                claimed.held.remove()


@contextmanager
def prepared(order: Order) -> Iterator[Serving]:
    """Give a server with its rows loaded and its port taken; both are let go of at the end."""
    out = _local(order.out)
    with closing(_listening(order.host, order.port)) as listener:
        port = listener.getsockname()[1]
        with closing(Desk(Asked(out, order.lang, order.folder, order.cache))) as desk:
            is_open = order.host not in (HOST, "localhost", "::1")
            names = (socket.gethostname(), socket.getfqdn()) if is_open else ()
            session = Session(port, order.host, is_open, names)
            app = Site(desk, session, order.reviewer).application()
            config = uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=2,
            )
            warming = threading.Timer(_SOON, desk.warm)
            warming.daemon = True
            warming.start()
            yield Serving(session, uvicorn.Server(config), listener)


@contextmanager
def _ending(server: uvicorn.Server) -> Iterator[None]:
    """Have a request to end, by Ctrl+C or by the system, end the server in order, whenever it comes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _is_fault(record: logging.LogRecord) -> bool:
    """Tell whether a log record is of a fault, not of a request that the end of the server cut off."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError)) and (
        "graceful shutdown" not in record.getMessage()
    )


def _local(out: Path | str) -> Path:
    if remote.is_url(out):
        raise BaocaoError("review.store", folder=remote.shown(str(out)))
    folder = remote.local_path(out)
    if not folder.is_dir():
        raise BaocaoError("review.no_folder", folder=str(folder))
    return folder


def _listening(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens at `port`, or at the first free one from the usual; BaocaoError `review.port`."""
    wanted = range(PORT, PORT + _NEXT) if port is None else (port,)
    for number in wanted:
        try:
            return _bound(host, number)
        except OSError as error:
            fault = error
    reason = "in_use" if fault.errno == errno.EADDRINUSE else fault.strerror or type(fault).__name__
    raise BaocaoError("review.port", host=host, port=str(wanted[0]), reason=reason) from fault


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that answers are sent at once
    try:
        if sys.platform != "win32":  # there it would let two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    listener.set_inheritable(False)
    return listener


@contextmanager
def _told(place: Place | None, session: Session) -> Iterator[None]:
    """Tell others of this user where the review is, while it lasts."""
    if place is None:
        yield
        return
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(session.host, session.host)
    shown = f"[{near}]" if ":" in near else near
    with suppress(OSError):
        place.tell(f"http://{shown}:{session.port}{ANOTHER}", session.secret)
    try:
        yield
    finally:
        place.forget()
