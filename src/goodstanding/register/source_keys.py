"""The keys that sources sign their batches with (charter article 23): admitted, changed and revoked by events.

A key is an Ed25519 public key; its id is the thumbprint of RFC 7638 over the key as RFC 8037 writes it, so that anybody
who has the key can work out the id.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from goodstanding.access import Action, Actor, Resource, may
from goodstanding.errors import BadInput, NotAllowed, NotFound
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.register import catalogues
from goodstanding.register.models import SeenNonce
from goodstanding.register.opening import signer

KINDS = ("KeyAdded", "KeyRotated", "KeyRevoked")
LONGEST = 4_096
NONCES_KEPT = timedelta(minutes=10)  # longer than a signature may be old
_LENGTH = 32
_RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


@dataclass(frozen=True, slots=True)
class SourceKey:
    """A source's key: its id, the key in base64, the positions of the events that admitted and revoked it, and why."""

    source: str
    key: str
    public: str
    added_at: int
    recorded_at: datetime
    revoked_at: int | None = None
    reason: str = ""

    @property
    def in_use(self) -> bool:
        """Whether the source may sign with it now."""
        return self.revoked_at is None

    def opened(self) -> Ed25519PublicKey:
        """The key itself, to verify with."""
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public))


def read(text: str) -> Ed25519PublicKey:
    """A public key from PEM, from an OpenSSH line, or from the base64 of its 32 bytes; raises BadInput."""
    given = text.strip()[:LONGEST].encode()
    try:
        key = _loaded(given)
    except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise BadInput("This is no Ed25519 public key.", where="PUBLIC_KEY", remedy=_RIGHT) from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput("This key is of another kind than Ed25519.", where="PUBLIC_KEY", remedy=_RIGHT)
    return key


_RIGHT = "PEM (openssl pkey -pubout), a line that begins with ssh-ed25519, or the 32 bytes in base64"


def _loaded(given: bytes) -> Any:
    if given.startswith(b"-----BEGIN"):
        return serialization.load_pem_public_key(given)
    if given.startswith(b"ssh-"):
        return serialization.load_ssh_public_key(given)
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(given, validate=True))


def thumbprint(key: Ed25519PublicKey) -> str:
    """The id of a key (RFC 7638): SHA-256 of the key as a JSON Web Key, in base64 for addresses."""
    said = {"crv": "Ed25519", "kty": "OKP", "x": _for_addresses(key.public_bytes(*_RAW))}
    return _for_addresses(hashlib.sha256(msgspec.json.encode(said, order="sorted")).digest())


def _for_addresses(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def keys(source: str | None = None) -> list[SourceKey]:
    """Every key ever admitted, oldest first; of one source if named."""
    found: dict[tuple[str, str], SourceKey] = {}
    for entry in ledger.of_kinds(KINDS):
        if entry.body is not None:
            _fold(found, entry, events.decode(entry.body.encode()))
    return [one for one in found.values() if source in (None, one.source)]


def _fold(found: dict[tuple[str, str], SourceKey], entry: ledger.Entry, body: Mapping[str, Any]) -> None:
    source, named = body["source"], body["key"]
    if entry.kind == "KeyRevoked":
        found[source, named] = replace(found[source, named], revoked_at=entry.position, reason=body["reason"])
        return
    recorded = datetime.fromisoformat(entry.recorded_at)
    found[source, named] = SourceKey(source, named, body["public"], entry.position, recorded)
    if entry.kind == "KeyRotated":
        before = found[source, body["replaces"]]
        found[source, before.key] = replace(before, revoked_at=entry.position, reason=f"replaced by {named}")


def in_use(source: str, key: str) -> Ed25519PublicKey | None:
    """The key of that id, if the source may sign with it now."""
    return next((one.opened() for one in keys(source) if one.key == key and one.in_use), None)


def add(source: str, public: str, actor: Actor, recorded_at: datetime, replaces: str = "") -> SourceKey:
    """Admits a key of a source, in place of an older one if that is named; raises BadInput, NotFound or NotAllowed."""
    _allow(actor, source)
    _refuse_unknown(source)
    opened = read(public)
    named = thumbprint(opened)
    content = {"source": source, "key": named, "public": base64.b64encode(opened.public_bytes(*_RAW)).decode()}
    with ledger.alone():
        _refuse_known(source, named)
        if replaces:
            _usable(source, replaces)
        draft = (
            ledger.Draft("KeyRotated", content | {"replaces": replaces})
            if replaces
            else ledger.Draft("KeyAdded", content)
        )
        ledger.append([draft], recorded_at, signer())
    return _held(source, named)


def revoke(source: str, key: str, reason: str, actor: Actor, recorded_at: datetime) -> SourceKey:
    """Ends the use of a key, from now on and with the reason; raises BadInput, NotFound or NotAllowed."""
    _allow(actor, source)
    if not reason.strip():
        raise BadInput("A key is revoked for a reason.", where="--reason", remedy="lost on 3 March")
    with ledger.alone():
        _usable(source, key)
        ledger.append(
            [ledger.Draft("KeyRevoked", {"source": source, "key": key, "reason": reason.strip()[:LONGEST]})],
            recorded_at,
            signer(),
        )
    return _held(source, key)


def _allow(actor: Actor, source: str) -> None:
    allowed = may(actor, Action.KEEP_KEYS, Resource(sources=frozenset({source})))
    if not allowed.allowed:
        raise NotAllowed("You may not keep a source's keys.", remedy=allowed.because)


def _refuse_unknown(source: str) -> None:
    known = [one.id for held in catalogues.enacted().values() for one in held.catalogue.sources]
    if source not in known:
        near = get_close_matches(source, known, n=3)
        raise NotFound(
            f"No catalogue in force has a source {source!r}.", where="SOURCE", remedy=", ".join(near or known[:10])
        )


def _refuse_known(source: str, key: str) -> None:
    for one in keys():
        if one.key == key:
            said = f"This key is one of {one.source}." if one.in_use else f"This key of {one.source} was revoked."
            raise BadInput(said, where=key, remedy="a new key, for this source alone")


def _usable(source: str, key: str) -> SourceKey:
    held = _held(source, key)
    if not held.in_use:
        raise BadInput("This key is no longer in use.", where=key, remedy=held.reason)
    return held


def _held(source: str, key: str) -> SourceKey:
    found = {one.key: one for one in keys(source)}
    if key not in found:
        raise NotFound(
            f"{source} has no key {key!r}.", where="KEY", remedy=", ".join(found) or "goodstanding source key add"
        )
    return found[key]


def refuse_seen(key: str, nonce: str, at: datetime) -> None:
    """Nothing, and remembers the nonce; NotAllowed where the key has signed with it before."""
    SeenNonce.objects.filter(at__lt=at - NONCES_KEPT).delete()
    _kept, fresh = SeenNonce.objects.get_or_create(key=key, nonce=nonce, defaults={"at": at})
    if not fresh:
        said = "This request was sent before."
        raise NotAllowed(said, where="nonce", remedy="a new nonce and a new signature for each request")


def holds(statement: Mapping[str, Any]) -> bool:
    """Whether the signature that a StatementReceived event keeps is one of the key that it names."""
    kept = statement["signature"]
    held = {one.key: one for one in keys(statement["source"])}.get(statement["signed_by"])
    try:
        if held is not None:
            held.opened().verify(base64.b64decode(kept["value"]), kept["base"].encode())
    except InvalidSignature:
        return False
    return held is not None
