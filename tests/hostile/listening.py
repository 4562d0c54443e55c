"""A server on this machine that notes who asks it for what: nobody should."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Listener:
    """A server at `url`; `asked` are the requests that came, by method and path."""

    def __init__(self, port: int, answer: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.answer = answer
        self.asked: list[str] = []


@contextmanager
def listening(answer: str) -> Iterator[Listener]:
    """Give a server that gives `answer` to whatever it is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def _noted(self) -> None:
            listener.asked.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(listener.answer.encode())

        do_GET = do_HEAD = do_POST = do_OPTIONS = do_PROPFIND = _noted

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener = Listener(server.server_port, answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
