"""Signed requests against another program: what one signs the other takes, and neither takes what was changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    MappingKeyResolver,
    algorithms,
)
from http_message_signatures.digests import ContentDigest

from goodstanding.errors import NotAllowed
from goodstanding.portal.submissions.api.message_signatures import (
    RequestMessage,
    build_content_digest,
    refuse_if_digest_differs,
    sign_message,
    verify_signature,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = MappingKeyResolver(public_keys={"key-1": KEY.public_key()}, private_keys={"key-1": KEY})
BODY = b'[{"reference": "1"}]\n'
COVERS = ("@method", "@target-uri", "content-digest", "content-type")
COVERINGS = [
    COVERS,
    ("@method", "@authority", "@request-target", "content-digest"),
    ("@method", "@scheme", "@authority", "@path", "@query", "date"),
]


@dataclass
class Request:
    """A request as the other program takes it."""

    method: str = "POST"
    url: str = "https://register.example.org/v1/sources/cn-samr/batches?feed=checks&more=true"
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "content-type": "application/json",
            "content-digest": build_content_digest(BODY),
            "date": "Mon, 02 Mar 2026 10:00:00 GMT",
        }
    )


def message(request: Request) -> RequestMessage:
    """The same request as we take it."""
    fields = {name.lower(): value for name, value in request.headers.items()}
    path, query = "/v1/sources/cn-samr/batches", "?feed=checks&more=true"
    return RequestMessage(request.method, "https", "register.example.org", path, query, fields)


@pytest.mark.parametrize("covers", COVERINGS)
def test_the_other_program_takes_what_we_sign(covers: tuple[str, ...]) -> None:
    """It finds the same text signed, and refuses the request once something covered is changed."""
    request = Request()
    parameters = {"created": 1772445600, "keyid": "key-1", "alg": "ed25519", "nonce": "12345678"}
    request.headers |= sign_message(message(request), covers, parameters, KEY)
    other = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=KEYS)
    [result] = other.verify(request, max_age=None)
    assert [name.strip('"') for name in result.covered_components] == [*covers, "@signature-params"]
    request.method = "PUT"
    with pytest.raises(InvalidSignature):
        other.verify(request, max_age=None)


@pytest.mark.parametrize("covers", COVERINGS)
def test_we_take_what_the_other_program_signs(covers: tuple[str, ...]) -> None:
    """Its key, time and nonce are those that were signed, and a changed request is refused."""
    request, now = Request(), datetime(2026, 3, 2, 10, tzinfo=UTC)
    other = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=KEYS)
    other.sign(request, key_id="key-1", created=now, nonce="12345678", covered_component_ids=covers,
               use_existing_digest=True)  # fmt: skip
    keys = {"key-1": KEY.public_key()}
    signed = verify_signature(message(request), keys.get, now)
    assert (signed.key, signed.nonce, signed.covers) == ("key-1", "12345678", covers)
    request.method = "PUT"
    with pytest.raises(NotAllowed, match="does not hold"):
        verify_signature(message(request), keys.get, now)


def test_both_give_a_body_the_same_digest() -> None:
    """RFC 9530: each takes the other's Content-Digest."""
    assert ContentDigest.create(BODY) == build_content_digest(BODY)
    ContentDigest.verify(build_content_digest(BODY, "sha-512"), BODY)
    refuse_if_digest_differs(ContentDigest.create(BODY), BODY)
