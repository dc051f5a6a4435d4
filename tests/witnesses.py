"""Witnesses for tests: a file, and a small web server that takes notes and gives them back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar


class NoteKeeper(BaseHTTPRequestHandler):
    """Keeps in a file what is posted, and gives it back; a status set on the server is its only answer."""

    server: Any
    log_message: ClassVar = lambda *_arguments: None

    def do_POST(self) -> None:
        """Takes a note."""
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.server.refusal:
            with self.server.file.open("ab") as stream:
                stream.write(content)
        self._answer(b"")

    def do_GET(self) -> None:
        """Gives back all notes."""
        self._answer(self.server.file.read_bytes() if self.server.file.is_file() else b"")

    def _answer(self, content: bytes) -> None:
        if self.server.is_endless or self.server.endless_head:
            self._answer_without_end()
            return
        self.send_response(self.server.refusal or (200 if content or self.command == "POST" else 404))
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer_without_end(self) -> None:
        with suppress(OSError):  # nobody listens any more
            while self.server.endless_head:
                self.wfile.write(self.server.endless_head)
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"more\n" * 1_000)


@contextmanager
def open_web_witness(file: Path) -> Iterator[ThreadingHTTPServer]:
    """A web witness that keeps its notes in a file; `refusal` makes it answer with that status alone.

    Where it `is_endless`, its answers do not end; where it has an `endless_head`, they begin so for ever.
    """
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), NoteKeeper)
    server.file, server.refusal, server.is_endless, server.endless_head = file, 0, False, b""
    server.address = f"http://127.0.0.1:{server.server_address[1]}/notes"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
