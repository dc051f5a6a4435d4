"""A witness by its address: a file that is only added to, or a web address that takes notes and gives them back.

Both keep signed notes one after another, as they were signed. `POST` hands a note to a web address, `GET` reads what it
keeps, of which the end may be asked for alone (`Range`).
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from goodstanding.errors import RegisterError, WitnessAway
from goodstanding.ledger.witness.note_sequence import SIGNATURE_START
from goodstanding.messages import LedgerMessage, Message, SettingsMessage

TAIL_SIZE = 65_536  # bytes at the end in which the newest note is looked for
LONGEST_LINE = 4_096  # bytes; a witness is nobody's to trust with memory
PATIENCE = 10  # seconds that a web address may be silent
LONGEST_ANSWER = 60.0  # seconds until it has told all or the end of what it keeps, or that it took a note
MOST_BYTES = 512 * 2**20  # of an answer: some million notes
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
_NOTHING_YET = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)


class Witness(Protocol):
    """Who keeps checkpoints; every way to it raises WitnessAway where it cannot be reached."""

    @property
    def address(self) -> str:
        """The address as it stands in the settings."""

    def read_lines(self) -> Iterator[bytes]:
        """All that it keeps, line by line; nothing where it keeps nothing yet."""

    def read_tail(self) -> bytes:
        """The end of what it keeps, long enough for a whole note."""

    def add_note(self, note: bytes) -> None:
        """Hands it one further note."""


@dataclass(frozen=True, slots=True)
class FileWitness:
    """A file on another machine's disk, or on one that can only be added to."""

    address: str
    file: Path

    def read_lines(self) -> Iterator[bytes]:
        """All that the file holds."""
        with _tell_if_away(), self._open() as stream:
            yield from _read_lines(stream)

    def read_tail(self) -> bytes:
        """The end of the file."""
        with _tell_if_away(), self._open() as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - TAIL_SIZE))
            return stream.read()

    def add_note(self, note: bytes) -> None:
        """Writes a note behind the others in one step, and waits until it is on the disk."""
        with _tell_if_away():
            descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                self._write_note(descriptor, note)
            finally:
                os.close(descriptor)

    def _write_note(self, descriptor: int, note: bytes) -> None:
        size = os.fstat(descriptor).st_size
        end = os.pread(descriptor, LONGEST_LINE, max(0, size - LONGEST_LINE))
        is_whole = not end or (end.endswith(b"\n") and end.splitlines()[-1].startswith(SIGNATURE_START))
        content = note if is_whole else b"\n\n" + note  # what was cut short there spoils no other
        if os.write(descriptor, content) < len(content):
            os.ftruncate(descriptor, size)
            raise OSError("the disk is full")
        os.fsync(descriptor)

    def _open(self) -> BinaryIO:
        try:
            return self.file.open("rb")
        except FileNotFoundError:
            if not self.file.parent.is_dir():  # no disk is there
                raise
            return BytesIO()


@dataclass(frozen=True, slots=True)
class WebWitness:
    """A web address of somebody else."""

    address: str

    def read_lines(self) -> Iterator[bytes]:
        """All that the address gives back, of which nothing is looked at before its end has come."""
        with _tell_if_away(), TemporaryFile() as copy:
            with self._ask() as answer:
                copy.writelines(_read_blocks(answer))
            copy.seek(0)
            yield from _read_lines(copy)

    def read_tail(self) -> bytes:
        """The end of what the address gives back, which may send the whole nevertheless."""
        tail = b""
        with _tell_if_away(), self._ask({"Range": f"bytes=-{TAIL_SIZE}"}) as answer:
            for block in _read_blocks(answer):
                tail = (tail + block)[-TAIL_SIZE:]
        return tail

    def add_note(self, note: bytes) -> None:
        """Sends a note; any answer but of success, a redirection too, is a refusal."""
        request = Request(self.address, note, {"Content-Type": "text/plain; charset=utf-8"}, method="POST")
        with _tell_if_away(), _OPENER.open(request, timeout=PATIENCE) as answer:
            deque(_read_blocks(answer), maxlen=0)

    @contextmanager
    def _ask(self, headers: dict[str, str] | None = None) -> Iterator[Any]:
        try:
            answer = _OPENER.open(Request(self.address, headers=headers or {}), timeout=PATIENCE)
        except HTTPError as refusal:
            with refusal:
                if refusal.code not in _NOTHING_YET:
                    raise
            answer = BytesIO()
        with answer:
            yield answer


def _read_blocks(answer: Any) -> Iterator[bytes]:
    """An answer as it comes in."""
    return iter(lambda: answer.read1(TAIL_SIZE), b"")


def _read_lines(stream: Any) -> Iterator[bytes]:
    """The lines of a stream, none of them longer than any note's: a longer one comes in pieces."""
    return iter(lambda: stream.readline(LONGEST_LINE), b"")


def open_witnesses(addresses: Iterable[str]) -> list[Witness]:
    """The witnesses of a register; raises RegisterError for an address that names no way."""
    return [_open_witness(address) for address in addresses]


def _open_witness(address: str) -> Witness:
    parts = urlsplit(address)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FileWitness(address, Path(unquote(parts.path)))
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS)):
        return WebWitness(address)
    raise RegisterError(Message(SettingsMessage.WITNESS_WITHOUT_WAY, {"address": repr(address)}))


class _NoRedirections(HTTPRedirectHandler):
    """Follows no redirection: it would make a note that was handed over into a question."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Nothing to follow, so that the redirection is the answer."""


class _LimitedStream(RawIOBase):
    """What an address answers, head and body; raises TimeoutError where it trickles or floods without end."""

    def __init__(self, stream: RawIOBase) -> None:
        self.stream, self.last, self.left = stream, time.monotonic() + LONGEST_ANSWER, MOST_BYTES

    def readable(self) -> bool:
        """That it can be read, as a buffer asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads into a buffer; gives how many bytes."""
        count: int = self.stream.readinto(buffer) or 0
        self.left -= count
        if self.left < 0 or time.monotonic() > self.last:
            raise TimeoutError("its answer has no end")
        return count

    def close(self) -> None:
        """Closes the connection's own stream."""
        self.stream.close()
        super().close()


class _LimitedResponse(HTTPResponse):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fp = BufferedReader(_LimitedStream(self.fp.detach()))


class _LimitedConnection(HTTPConnection):
    response_class = _LimitedResponse


class _LimitedSecureConnection(HTTPSConnection):
    response_class = _LimitedResponse


class _LimitedHandler(HTTPHandler):
    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_LimitedConnection, request)


class _LimitedSecureHandler(HTTPSHandler):
    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_LimitedSecureConnection, request)


_OPENER = build_opener(_NoRedirections, _LimitedHandler, _LimitedSecureHandler)


@contextmanager
def _tell_if_away() -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException) as wrong:
        problem = str(wrong.reason if type(wrong) is URLError else wrong)
        raise WitnessAway(Message(LedgerMessage.WITNESS_AWAY, {"problem": problem})) from wrong
