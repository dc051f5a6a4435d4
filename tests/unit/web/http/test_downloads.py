"""Files in evidence as downloads."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.exhibits import REAL

from goodstanding import config
from goodstanding.errors import NotFound
from goodstanding.procedure.notices import Exhibit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of evidence, in a process that has Django set up."""
    config.activate_register(config.RegisterSettings(tmp_path))
    return tmp_path


def serve_file(name: str, content: bytes) -> Any:
    """The response to somebody who may open a file just handed in."""
    from goodstanding.register.storage.evidence_store import accept_exhibit
    from goodstanding.web.http.downloads import build_evidence_response

    return build_evidence_response(accept_exhibit(name, io.BytesIO(content), "Ana Torres", date(2026, 3, 2)))


@pytest.mark.parametrize("ending", REAL)
def test_a_file_is_saved_and_never_shown_in_place(folder: Path, ending: str) -> None:
    """A file comes as an attachment of its own type, unguessed, in a sandbox, and no cache keeps it."""
    response = serve_file(f"my file.{ending}", REAL[ending])
    headers = response.headers
    assert response.content == REAL[ending]
    assert headers["Content-Disposition"] == f'attachment; filename="my file.{ending}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-store"
    digest = base64.b64encode(hashlib.sha256(REAL[ending]).digest()).decode()
    assert headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert int(headers["Content-Length"]) == len(REAL[ending])


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("工资.txt", "attachment; filename*=utf-8''%E5%B7%A5%E8%B5%84.txt"),
        ('a";x=y\r\nSet-Cookie: z.txt', 'attachment; filename="a_;x=y Set-Cookie_ z.txt"'),
    ],
)
def test_every_name_is_a_name_and_no_header(folder: Path, name: str, header: str) -> None:
    """Names in any script, with quotation marks or line ends, are written as RFC 6266 asks."""
    assert serve_file(name, REAL["txt"]).headers["Content-Disposition"] == header


def test_a_type_that_is_not_taken_is_not_repeated(folder: Path) -> None:
    """Should an event name a type that acts, the file is sent as mere bytes."""
    from goodstanding.register.storage.evidence_store import accept_exhibit
    from goodstanding.web.http.downloads import build_evidence_response

    kept = accept_exhibit("a.txt", io.BytesIO(REAL["txt"]), "x", date(2026, 3, 2))
    response = build_evidence_response(Exhibit("a.html", kept.digest, kept.size, "text/html"))
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_what_is_not_kept_is_not_found(folder: Path) -> None:
    """A digest of nothing is answered as what is not there."""
    from goodstanding.web.http.downloads import build_evidence_response

    with pytest.raises(NotFound):
        build_evidence_response(Exhibit("a.txt", "0" * 64, 1, "text/plain"))


def test_the_middleware_leaves_the_stricter_policy_alone(folder: Path) -> None:
    """Headers for every response do not loosen those of a file."""
    from django.test import RequestFactory

    from goodstanding.web.http.security_headers import SecurityHeaders

    response = SecurityHeaders(lambda _request: serve_file("a.pdf", REAL["pdf"]))(RequestFactory().get("/"))
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"
