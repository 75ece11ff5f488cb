"""The page's server: for this computer alone, and for nothing but the page, its state and the pictures on it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from twofold.preview.show import Show
from twofold.words import LAYOUTS

HERE = "127.0.0.1"
FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/preview.css": ("preview.css", "text/css; charset=utf-8"),
    "/preview.js": ("preview.js", "text/javascript; charset=utf-8"),
    "/preview.svg": ("preview.svg", "image/svg+xml"),
}
PICTURE = re.compile(r"/(page|slide)/(\d{1,5})\.png")
PATIENCE = 20.0
"""Seconds for which a question for news is held."""


@contextmanager
def serve(show: Show, port: int) -> Iterator[str]:
    """Serves a show as long as the block runs; gives the address. Raises OSError where the port is taken."""

    class ShowHandler(Handler):
        pass

    ShowHandler.show = show
    server = ThreadingHTTPServer((HERE, port), ShowHandler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HERE}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    """Answers one question."""

    show: ClassVar[Show]

    def do_GET(self) -> None:
        """The page, what belongs to it, news, or a picture; to a browser that is still there."""
        with suppress(ConnectionError):
            self._get()

    def _get(self) -> None:
        asked = urlsplit(self.path)
        if not self._is_for_us():
            self._answer(HTTPStatus.FORBIDDEN, b"this page is for this computer alone", "text/plain")
        elif asked.path in FILES:
            name, kind = FILES[asked.path]
            self._answer(HTTPStatus.OK, (LAYOUTS / "preview" / name).read_bytes(), kind)
        elif asked.path == "/state":
            after = parse_qs(asked.query).get("after", ["0"])[0]
            state = self.show.state(int(after) if after.isdecimal() else 0, PATIENCE)
            self._answer(HTTPStatus.OK, json.dumps(state, ensure_ascii=False).encode(), "application/json")
        elif picture := PICTURE.fullmatch(asked.path):
            self._picture(picture[1], int(picture[2]))
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"there is nothing here", "text/plain")

    def _picture(self, kind: str, number: int) -> None:
        try:
            data = self.show.page(number) if kind == "page" else self.show.slide(number)
        except (IndexError, OSError) as error:
            self._answer(HTTPStatus.NOT_FOUND, str(error).encode(), "text/plain")
        else:
            self._answer(HTTPStatus.OK, data, "image/png")

    def _is_for_us(self) -> bool:
        """Whether this computer was asked for by name, and not under one that a foreign page has led here."""
        return self.headers.get("Host", "").partition(":")[0] in (HERE, "localhost")

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "max-age=3600" if kind == "image/png" else "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal is for the build."""
