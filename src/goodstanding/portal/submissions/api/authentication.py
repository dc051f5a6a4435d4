"""Requests that a source's program signed: who sent them, and that they are neither changed nor sent a second time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from goodstanding.access import Action, Actor, Role, may
from goodstanding.errors import BadInput, NotAllowed
from goodstanding.intake.feed_sheet import BatchSignature
from goodstanding.intake.submissions.source_keys import find_usable_key, refuse_if_nonce_seen
from goodstanding.portal.submissions.api.message_signatures import (
    RequestMessage,
    VerifiedSignature,
    encode_base64,
    refuse_if_digest_differs,
    verify_signature,
)
from goodstanding.register.files.file_access import build_source_resource
from goodstanding.web.http import clock
from goodstanding.web.http.actors import refuse_if_without_mandate
from goodstanding.web.http.request_bodies import MOST_API_BYTES

READ_COMPONENTS = frozenset({
    "@method", "@scheme", "@authority", "@path", "@query", "@request-target", "@target-uri", "content-digest",
    "content-type", "content-length", "date", "host", "idempotency-key",
})  # fmt: skip
_ADDRESS_COMPONENTS = ({"@target-uri"}, {"@authority", "@request-target"}, {"@authority", "@path", "@query"})
_NONCE = re.compile(r"[A-Za-z0-9+/=_.-]{8,200}")
_IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,100}")


@dataclass(frozen=True, slots=True)
class BatchSender:
    """A source's program: the actor that it is, what it sent, when, and the signature that is kept with it."""

    actor: Actor
    body: bytes
    at: datetime
    signed: VerifiedSignature
    idempotency: str | None

    def signature(self, parts: tuple[str, ...]) -> BatchSignature:
        """What the event of a batch keeps: key, text and signature, and the digests of the parts that it is about."""
        return BatchSignature(self.signed.key, self.signed.base, encode_base64(self.signed.signature), parts)


def authenticate_sender(request: HttpRequest, source: str) -> BatchSender:
    """Who signed a request for a source at work; raises BadInput or NotAllowed, and then the request does nothing.

    The body is read only once the signature holds, which covers its digest.
    """
    message, at = read_request_message(request), datetime.now(UTC)
    signed = verify_signature(message, lambda key: find_usable_key(source, key), at)
    body = _read_body(request)
    _refuse_if_not_covered(set(signed.covers), bool(body), "idempotency-key" in message.fields)
    if body:
        refuse_if_digest_differs(message.fields.get("content-digest"), body)
    actor = Actor(Role.SOURCE, source, f"key {signed.key}")
    allowed = may(actor, Action.STATE_RECORDS, build_source_resource(source))
    if not allowed.allowed:
        raise NotAllowed(_("This is not yours to state."), remedy=allowed.because)
    refuse_if_without_mandate(actor, clock.get_today())
    if not _NONCE.fullmatch(signed.nonce):
        raise BadInput(_("This is no nonce."), where="nonce", remedy=_("letters and digits without meaning"))
    refuse_if_nonce_seen(signed.key, signed.nonce, at)
    return BatchSender(actor, body, at, signed, _parse_idempotency_key(message.fields.get("idempotency-key")))


def read_request_message(request: HttpRequest) -> RequestMessage:
    """A request as a signature covers it: the host in small letters, path and query as they are sent."""
    query = request.META.get("QUERY_STRING", "")
    return RequestMessage(
        request.method or "",
        request.scheme or "",
        _read_authority(request),
        escape_uri_path(request.path),
        f"?{query}" if query else "",
        {name.lower(): value for name, value in request.headers.items()},
    )


def _read_authority(request: HttpRequest) -> str:
    host = request.get_host().lower()
    return host.removesuffix(":443" if request.scheme == "https" else ":80")


def _read_body(request: HttpRequest) -> bytes:
    body = request.read(MOST_API_BYTES + 1)
    if len(body) > MOST_API_BYTES:
        raise RequestDataTooBig(f"at most {MOST_API_BYTES} bytes in a part")
    return bytes(body)


def _refuse_if_not_covered(covers: set[str], body: bool, idempotent: bool) -> None:
    """A signature covers what the request does, where, and with what; else it could be used for something else."""
    if unread_components := sorted(covers - READ_COMPONENTS):
        raise BadInput(
            _("The signature covers what is not read here."),
            where=unread_components[0],
            remedy=", ".join(sorted(READ_COMPONENTS)),
        )
    needed = {"@method"} | ({"content-digest"} if body else set()) | ({"idempotency-key"} if idempotent else set())
    if missing := sorted(needed - covers):
        raise NotAllowed(_("The signature does not cover enough."), where="Signature-Input", remedy=", ".join(missing))
    if not any(components <= covers for components in _ADDRESS_COMPONENTS):
        remedy = "@authority, @path, @query"
        raise NotAllowed(_("The signature does not cover enough."), where="Signature-Input", remedy=remedy)


def _parse_idempotency_key(idempotency_key: str | None) -> str | None:
    if idempotency_key is not None and not _IDEMPOTENCY_KEY.fullmatch(idempotency_key):
        remedy = _("at most 100 letters, digits, dots, colons and dashes")
        raise BadInput(_("This is no Idempotency-Key."), where="Idempotency-Key", remedy=remedy)
    return idempotency_key
