"""The front of a server: it runs a WSGI application so that no slow sender keeps anybody waiting.

A body is read in the background, within a time that grows with its length, and only then has the request a thread.
A large one is read only where the register asks for it: what is refused for its sender or its length stays unread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import Any, NoReturn, TypeAlias
from urllib.parse import quote
from weakref import WeakValueDictionary

from asgiref.wsgi import WsgiToAsgiInstance

from goodstanding.web.http.request_bodies import MOST_OPEN_BYTES, REFUSAL, SENDER, TOO_MANY, TOO_SLOW

MEMORY_BYTES = 1024 * 1024
LARGE_AT_ONCE, LARGE_OF_ONE, SLOT_SECONDS = 8, 2, 15.0
BODY_SECONDS, BYTES_A_SECOND = 10.0, 32 * 1024
CHUNKS_A_PART = 64
log = logging.getLogger("goodstanding.front")
_ADDRESS = "!$%&'()*+,/:;=?@[]~"  # what stands in an address as it is
Headers: TypeAlias = list[tuple[str, str]]
Environ: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
Application: TypeAlias = Callable[[Environ, Callable[..., None]], Iterable[bytes]]


class BodyWanted(BaseException):
    """The body is asked for, so the request is to be made again with it; no answer of an error may come of this."""


class _UnreadBody:
    """The body of a large request until it is asked for."""

    def read(self, *_size: int) -> NoReturn:
        raise BodyWanted

    readline = read


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Headers
    content: bytes
    stream: Any  # what is still to be read of the content; None where nothing is


class RequestFront:
    """An ASGI application that runs a WSGI application in threads of its own, with bodies that are there already."""

    def __init__(self, application: Application, threads: int, body_seconds: float = BODY_SECONDS) -> None:
        self.application, self.body_seconds = application, body_seconds
        self.pool = ThreadPoolExecutor(threads)
        self.slots = asyncio.Semaphore(LARGE_AT_ONCE)
        self.own_slots = WeakValueDictionary[str, asyncio.Semaphore]()  # of each sender who waits or sends

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answers a request; one whose sender is gone is left alone."""
        environ = build_environ(scope)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        with SpooledTemporaryFile(MEMORY_BYTES) as body, suppress(ConnectionError):
            if length <= MOST_OPEN_BYTES:
                answer = await self._read_and_answer(environ, length, body, receive)
            else:
                answer = await self._answer_large(environ, length, body, receive)
            await self._send_answer(answer, send)

    async def _answer_large(self, environ: Environ, length: int, body: Any, receive: Receive) -> _Answer:
        unread = environ | {"wsgi.input": _UnreadBody()}
        try:
            return await self._run_application(unread)
        except BodyWanted:
            sender = unread.get(SENDER, "")
        async with AsyncExitStack() as slots:
            try:
                async with asyncio.timeout(SLOT_SECONDS):
                    await self._take_slots(sender, slots)
            except TimeoutError:
                return await self._answer(environ | {REFUSAL: TOO_MANY}, _UnreadBody())
            return await self._read_and_answer(environ, length, body, receive)

    async def _take_slots(self, sender: str, slots: AsyncExitStack) -> None:
        """Takes one of a sender's own slots, where it is known who sends, and then one of all."""
        if sender:
            await slots.enter_async_context(self.own_slots.setdefault(sender, asyncio.Semaphore(LARGE_OF_ONE)))
        await slots.enter_async_context(self.slots)

    async def _read_and_answer(self, environ: Environ, length: int, body: Any, receive: Receive) -> _Answer:
        try:
            async with asyncio.timeout(self.body_seconds + length / BYTES_A_SECOND):
                await _read_body(length, body, receive)
        except TimeoutError:
            return await self._answer(environ | {REFUSAL: TOO_SLOW}, _UnreadBody())
        return await self._answer(environ, body)

    async def _answer(self, environ: Environ, body: Any) -> _Answer:
        return await self._run_application(environ | {"wsgi.input": body})

    async def _run_application(self, environ: Environ) -> _Answer:
        answer: _Answer = await self._run(self._call_application, environ)
        return answer

    def _call_application(self, environ: Environ) -> _Answer:
        started: list[tuple[str, Headers]] = []
        try:
            content = self.application(environ, lambda status, headers, _error=None: started.append((status, headers)))
        except Exception:  # the server below answers 500, and says nothing of it
            log.exception("%s was not answered", environ["REQUEST_METHOD"])
            raise
        is_stream = getattr(content, "streaming", False)
        whole = b"" if is_stream else _read_whole(content)
        status, headers = started[-1]
        return _Answer(int(status.split(" ", 1)[0]), headers, whole, content if is_stream else None)

    async def _send_answer(self, answer: _Answer, send: Send) -> None:
        headers = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if answer.stream is not None:
            await self._send_stream(answer.stream, send)
        await send({"type": "http.response.body", "body": answer.content})

    async def _send_stream(self, stream: Any, send: Send) -> None:
        chunks = iter(stream)
        try:
            while part := await self._run(lambda: b"".join(islice(chunks, CHUNKS_A_PART))):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        finally:
            await self._run(stream.close)

    async def _run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.pool, function, *arguments)


def build_environ(scope: Mapping[str, Any]) -> Environ:
    """A request as WSGI says it, without headers that pass for others: a proxy sets `X-Name`, a sender `X_Name`."""
    headers = [(name, text) for name, text in scope["headers"] if b"_" not in name]
    instance = WsgiToAsgiInstance(None)  # type: ignore[no-untyped-call]
    instance.scope = plain = {
        **scope,
        "headers": headers,
        "query_string": quote(scope["query_string"], _ADDRESS).encode(),
    }
    environ: Environ = instance.build_environ(plain, None)  # type: ignore[no-untyped-call]
    length, cookies = (
        environ.get("CONTENT_LENGTH", ""),
        [text.decode("latin-1") for name, text in headers if name == b"cookie"],
    )
    environ |= {"HTTP_COOKIE": "; ".join(cookies)} if cookies else {}
    return environ | {"CONTENT_LENGTH": length if length.isascii() and length.isdecimal() else ""}


async def _read_body(length: int, body: Any, receive: Receive) -> None:
    """Reads what a sender announced; raises ConnectionError where they are gone before the end of it."""
    while body.tell() < length:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionAbortedError
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            break
    body.seek(0)


def _read_whole(content: Iterable[bytes]) -> bytes:
    try:
        return b"".join(content)
    finally:
        if close := getattr(content, "close", None):
            close()
