"""The served program under slow, large and forged requests: it answers everybody else, and reads nothing of nobody."""

from __future__ import annotations

import http.client
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from tests.acceptance.browsing import Site
from tests.acceptance.program import PATIENCE, PROGRAM

FORM = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = 40
FILES = 256  # that the system lets a process open


class _ServedWithFewFiles(Site):
    """What `serve` starts, in a process that may open few files."""

    def build_command(self) -> list[str]:
        """The program as it is installed, below a limit."""
        return ["sh", "-c", f"ulimit -n {FILES} && exec {PROGRAM} serve --port {self.port}"]


class _ServedAloud(Site):
    """What `serve` starts; what it says on standard error stands in a file."""

    def build_command(self) -> list[str]:
        """The program as it is installed."""
        return ["sh", "-c", f"exec {PROGRAM} serve --port {self.port} 2>>{self.folder}/errors"]


@pytest.fixture
def site_aloud(new_register: Path, tmp_path: Path) -> Iterator[Site]:
    """A new register that is served by a program whose words are kept."""
    site = _ServedAloud(shutil.copytree(new_register, tmp_path / "register"))
    yield site
    site.stop()


@pytest.fixture
def site(new_register: Path, tmp_path: Path) -> Iterator[Site]:
    """A new register that is served."""
    site = Site(shutil.copytree(new_register, tmp_path / "register"))
    yield site
    site.stop()


@pytest.fixture
def site_with_few_files(new_register: Path, tmp_path: Path) -> Iterator[Site]:
    """A new register that is served in a process that may open few files."""
    site = _ServedWithFewFiles(shutil.copytree(new_register, tmp_path / "register"))
    yield site
    site.stop()


def send_head(site: Site, head: bytes, body: bytes = b"") -> socket.socket:
    """A connection on which the head of a request was sent, and a first part of its body."""
    connection = socket.create_connection(("127.0.0.1", site.port), PATIENCE)
    connection.sendall(head + b"\r\n" + body)
    return connection


def read_status(connection: socket.socket) -> int:
    """The status that is answered."""
    return int(connection.recv(100).split(b" ")[1])


def get_status(site: Site, path: str) -> int:
    """The status of a page that somebody else asks for."""
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_slow_bodies_stop_nobody(site: Site) -> None:
    """Forty bodies that never end leave everybody else their pages, and are given up; files come whole."""
    slow = [send_head(site, FORM + b"Content-Length: 40\r\n", b"login=") for _number in range(SLOW)]
    assert {get_status(site, path) for path in ("/", "/search?q=x", "/static/web/goodstanding.css")} == {200}
    assert read_status(slow[0]) == 408
    for connection in slow:
        connection.close()


def test_a_large_body_of_nobody_is_refused_by_its_head(site: Site) -> None:
    """A hundred megabytes that somebody only announces are refused before the first of them is sent."""
    with closing(send_head(site, FORM + b"Content-Length: 100000000\r\n")) as connection:
        assert read_status(connection) == 413


def test_idle_connections_take_no_page_its_files(site_with_few_files: Site) -> None:
    """More connections than a process may open files leave the register files enough to answer, then and later."""
    address = ("127.0.0.1", site_with_few_files.port)
    with ExitStack() as connections:
        first = connections.enter_context(socket.create_connection(address, PATIENCE))
        for _number in range(FILES):
            connections.enter_context(socket.create_connection(address, PATIENCE))
        first.sendall(b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert read_status(first) == 404
    assert get_status(site_with_few_files, "/nothing") == 404


def test_a_forged_request_is_one_line_on_standard_error(site_aloud: Site) -> None:
    """Whoever asks for hosts that are not here cannot fill a disk with tracebacks."""
    hosts = [b"evil.example", b"a b", b"x" * 300, b"localhost:x", b"\x1b[2J"]
    for host in hosts:
        with closing(send_head(site_aloud, b"GET /search?q=x HTTP/1.1\r\nHost: " + host + b"\r\n")) as connection:
            assert read_status(connection) == 400
    lines = site_aloud.folder.joinpath("errors").read_text().splitlines()
    assert len(lines) <= len(hosts)
    assert "evil.example" in lines[0]
    assert not any("\x1b" in line or "Traceback" in line for line in lines)
    assert get_status(site_aloud, "/robots.txt") == 200
