"""The front of a server: bodies are there before a request has a thread, and large ones stay unread until wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from goodstanding.request_front import LARGE_AT_ONCE, LARGE_OF_ONE, RequestFront, build_environ
from goodstanding.web.http.request_bodies import MOST_OPEN_BYTES, REFUSAL, SENDER, TOO_SLOW

LARGE = MOST_OPEN_BYTES + 1


def make_scope(length: int, **headers: str) -> dict[str, Any]:
    """A form of a length as a server announces it."""
    pairs = {"content-length": str(length), **headers}
    return {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/form", "query_string": b"a=%20b",
        "headers": [(name.encode(), text.encode()) for name, text in pairs.items()],
    }  # fmt: skip


class _Sender:
    """Somebody who sends parts of a body, and then nothing more."""

    def __init__(self, *parts: bytes) -> None:
        self.parts, self.sent = list(parts), list[dict[str, Any]]()

    async def receive(self) -> dict[str, Any]:
        """The next part; for ever nothing after the last."""
        if not self.parts:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": self.parts.pop(0), "more_body": True}

    async def send(self, message: dict[str, Any]) -> None:
        """Keeps what is answered."""
        self.sent.append(message)

    @property
    def answer(self) -> tuple[int, bytes]:
        """The status and the content that were answered."""
        return self.sent[0]["status"], b"".join(message.get("body", b"") for message in self.sent)


def repeat_body(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
    """A site that answers with what it was sent, unless it is told that nothing came."""
    if environ.get(REFUSAL):
        start("408 Request Timeout", [])
        return [environ[REFUSAL].encode()]
    content = environ["wsgi.input"].read()
    start("200 OK", [("X-Length", str(len(content)))])
    return [content[:5]]


def refuse_unread(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
    """A site that takes nothing."""
    start("403 Forbidden", [])
    return [b"no"]


def ask(front: RequestFront, scope: dict[str, Any], sender: _Sender) -> tuple[int, bytes]:
    """The answer to one request."""
    asyncio.run(front(scope, sender.receive, sender.send))
    return sender.answer


def test_a_body_is_read_before_the_site_is_asked() -> None:
    """Small or large, what came in parts is whole when it is read."""
    for parts in ((b"hel", b"lo"), (b"hello", b"x" * (LARGE - 5))):
        sender = _Sender(*parts)
        answer = ask(RequestFront(repeat_body, 1), make_scope(sum(map(len, parts))), sender)
        assert answer == (200, b"hello")
        assert sender.sent[0]["headers"] == [(b"x-length", str(sum(map(len, parts))).encode())]


def test_a_large_body_stays_unread_where_the_site_refuses_it() -> None:
    """Whoever may send nothing has sent nothing."""
    sender = _Sender(b"x" * LARGE)
    assert ask(RequestFront(refuse_unread, 1), make_scope(LARGE), sender) == (403, b"no")
    assert sender.parts == [b"x" * LARGE]


def test_what_no_page_can_say_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A fault outside the site's own answers is told to whoever runs it, with where it was."""

    def fail(_environ: dict[str, Any], _start: Callable[..., None]) -> Iterable[bytes]:
        raise LookupError("out of files")

    with pytest.raises(LookupError):
        ask(RequestFront(fail, 1), make_scope(0), _Sender())
    assert [record.getMessage() for record in caplog.records] == ["POST was not answered"]
    assert "out of files" in caplog.text


def test_slow_senders_keep_no_thread() -> None:
    """However many send nothing more, with one thread another is answered; they are told that they were too slow."""

    async def ask_all() -> tuple[_Sender, list[_Sender]]:
        front = RequestFront(repeat_body, 1, body_seconds=0.2)
        slow, quick = [_Sender(b"x") for _number in range(50)], _Sender(b"hello")
        requests = [asyncio.create_task(front(make_scope(9), sender.receive, sender.send)) for sender in slow]
        await asyncio.sleep(0)
        await front(make_scope(5), quick.receive, quick.send)
        assert not any(request.done() for request in requests)
        await asyncio.gather(*requests)
        return quick, slow

    quick, slow = asyncio.run(ask_all())
    assert quick.answer == (200, b"hello")
    assert {sender.answer for sender in slow} == {(408, TOO_SLOW.encode())}


def test_few_large_bodies_are_read_at_once() -> None:
    """One more than that waits with nothing read, and small ones pass."""

    async def ask_all() -> tuple[int, tuple[int, bytes]]:
        front, large = RequestFront(repeat_body, 2), [_Sender(b"x") for _number in range(LARGE_AT_ONCE + 1)]
        requests = [asyncio.create_task(front(make_scope(LARGE), sender.receive, sender.send)) for sender in large]
        while sum(not sender.parts for sender in large) < LARGE_AT_ONCE:
            await asyncio.sleep(0.01)
        small = _Sender(b"hello")
        await front(make_scope(5), small.receive, small.send)
        unread = sum(bool(sender.parts) for sender in large)
        for request in requests:
            request.cancel()
        await asyncio.gather(*requests, return_exceptions=True)
        return unread, small.answer

    assert asyncio.run(ask_all()) == (1, (200, b"hello"))


def name_sender(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
    """A site that knows who sends, by the address."""
    environ[SENDER] = environ["PATH_INFO"]
    return repeat_body(environ, start)


def test_nobody_takes_all_the_room_for_large_bodies() -> None:
    """Of one sender's only a few are read at once, so that there is room for another's."""

    async def ask_all() -> tuple[int, tuple[int, bytes]]:
        front, large = RequestFront(name_sender, 2), [_Sender(b"x") for _number in range(LARGE_AT_ONCE)]
        requests = [asyncio.create_task(front(make_scope(LARGE), sender.receive, sender.send)) for sender in large]
        while sum(not sender.parts for sender in large) < LARGE_OF_ONE:
            await asyncio.sleep(0.01)
        other = _Sender(b"x" * LARGE)
        await front(make_scope(LARGE) | {"path": "/other"}, other.receive, other.send)
        unread = sum(bool(sender.parts) for sender in large)
        for request in requests:
            request.cancel()
        await asyncio.gather(*requests, return_exceptions=True)
        return unread, other.answer

    assert asyncio.run(ask_all()) == (LARGE_AT_ONCE - LARGE_OF_ONE, (200, b"xxxxx"))


def test_a_header_that_passes_for_a_proxys_is_left_out() -> None:
    """`X_Forwarded_Proto` is no `X-Forwarded-Proto`, though both would have one name; cookies are one header."""
    scope = make_scope(0)
    scope["headers"] += [(b"cookie", b"a=1"), (b"cookie", b"b=2")]
    assert build_environ(scope)["HTTP_COOKIE"] == "a=1; b=2"
    environ = build_environ(make_scope(0, **{"x_forwarded_proto": "https", "x-forwarded-for": "::1"}))
    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert (environ["HTTP_X_FORWARDED_FOR"], environ["QUERY_STRING"]) == ("::1", "a=%20b")
