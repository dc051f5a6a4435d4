"""The keys that sources sign their batches with (charter article 23): admitted, changed and revoked by events."""

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

from goodstanding.access import Action, Actor, may
from goodstanding.errors import BadInput, NotAllowed, NotFound
from goodstanding.intake.models import SeenNonce
from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.register.files.file_access import build_source_resource
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.storage.event_fold import EventFold
from goodstanding.register.storage.event_kinds import SOURCE_KEY_KINDS, EventKind
from goodstanding.register.storage.event_text import LONGEST_REASON, check_event_text
from goodstanding.register.storage.lifecycle import load_signer

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


def parse_public_key(text: str) -> Ed25519PublicKey:
    """A public key from PEM, from an OpenSSH line, or from the base64 of its 32 bytes; raises BadInput."""
    encoded = text.strip()[:LONGEST].encode()
    try:
        key = _load_key(encoded)
    except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise BadInput(Message(SubmissionMessage.KEY_UNREADABLE), where="PUBLIC_KEY") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadInput(Message(SubmissionMessage.KEY_OF_OTHER_KIND), where="PUBLIC_KEY")
    return key


def _load_key(encoded: bytes) -> Any:
    if encoded.startswith(b"-----BEGIN"):
        return serialization.load_pem_public_key(encoded)
    if encoded.startswith(b"ssh-"):
        return serialization.load_ssh_public_key(encoded)
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded, validate=True))


def compute_thumbprint(key: Ed25519PublicKey) -> str:
    """The id of a key (RFC 7638): SHA-256 of the key as a JSON Web Key, in base64 for addresses."""
    web_key = {"crv": "Ed25519", "kty": "OKP", "x": _encode_for_addresses(key.public_bytes(*_RAW))}
    return _encode_for_addresses(hashlib.sha256(msgspec.json.encode(web_key, order="sorted")).digest())


def _encode_for_addresses(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def list_source_keys(source: str | None = None) -> list[SourceKey]:
    """Every key ever admitted, oldest first; of one source if named."""
    return [source_key for source_key in _KEYS.items().values() if source in (None, source_key.source)]


def _fold_key_event(source_keys: dict[tuple[str, str], SourceKey], entry: ledger.LedgerEntry) -> None:
    body = events.decode_body((entry.body or "{}").encode())
    source, key_id = body["source"], body["key"]
    if entry.kind == EventKind.KEY_REVOKED:
        _end_use(source_keys, (source, key_id), entry.position, body["reason"])
        return
    recorded = datetime.fromisoformat(entry.recorded_at)
    source_keys[source, key_id] = SourceKey(source, key_id, body["public"], entry.position, recorded)
    if entry.kind == EventKind.KEY_ROTATED:
        _end_use(source_keys, (source, body["replaces"]), entry.position, f"replaced by {key_id}")


def _end_use(
    source_keys: dict[tuple[str, str], SourceKey], source_and_key: tuple[str, str], position: int, reason: str
) -> None:
    source_keys[source_and_key] = replace(source_keys[source_and_key], revoked_at=position, reason=reason)


_KEYS: EventFold[tuple[str, str], SourceKey] = EventFold(SOURCE_KEY_KINDS, _fold_key_event)  # by source and key


def find_usable_key(source: str, key: str) -> Ed25519PublicKey | None:
    """The key of that id, if the source may sign with it now."""
    source_key = _KEYS.items().get((source, key))
    return source_key.opened() if source_key is not None and source_key.in_use else None


def add_source_key(source: str, public: str, actor: Actor, recorded_at: datetime, replaces: str = "") -> SourceKey:
    """Admits a key of a source, in place of an older one if that is named; raises BadInput, NotFound or NotAllowed."""
    _refuse_if_not_allowed(actor, source)
    _refuse_if_unknown_source(source)
    public_key = parse_public_key(public)
    key_id = compute_thumbprint(public_key)
    content = {"source": source, "key": key_id, "public": base64.b64encode(public_key.public_bytes(*_RAW)).decode()}
    with ledger.hold_append_lock():
        _refuse_if_known_key(source, key_id)
        if replaces:
            _get_usable_key(source, replaces)
        draft = (
            ledger.EventDraft(EventKind.KEY_ROTATED, content | {"replaces": replaces})
            if replaces
            else ledger.EventDraft(EventKind.KEY_ADDED, content)
        )
        ledger.append([draft], recorded_at, load_signer())
    return _get_source_key(source, key_id)


def revoke_source_key(source: str, key: str, reason: str, actor: Actor, recorded_at: datetime) -> SourceKey:
    """Ends the use of a key, from now on and with the reason; raises BadInput, NotFound or NotAllowed."""
    _refuse_if_not_allowed(actor, source)
    if not reason.strip():
        raise BadInput(Message(SubmissionMessage.KEY_REVOKED_UNREASONED), where="--reason")
    checked_reason = check_event_text(reason, "--reason", LONGEST_REASON)
    with ledger.hold_append_lock():
        _get_usable_key(source, key)
        ledger.append(
            [ledger.EventDraft(EventKind.KEY_REVOKED, {"source": source, "key": key, "reason": checked_reason})],
            recorded_at,
            load_signer(),
        )
    return _get_source_key(source, key)


def _refuse_if_not_allowed(actor: Actor, source: str) -> None:
    allowed = may(actor, Action.KEEP_KEYS, build_source_resource(source))
    if not allowed.allowed:
        raise NotAllowed(Message(SubmissionMessage.KEYS_OF_OTHER_SOURCE, {"rule": allowed.because}))


def _refuse_if_unknown_source(source: str) -> None:
    source_ids = [
        catalogue_source.id
        for enacted_catalogue in list_enacted().values()
        for catalogue_source in enacted_catalogue.catalogue.sources
    ]
    if source not in source_ids:
        near = get_close_matches(source, source_ids, n=3)
        params = {"source": repr(source), "sources": ", ".join(near or source_ids[:10])}
        raise NotFound(Message(SubmissionMessage.SOURCE_UNKNOWN, params), where="SOURCE")


def _refuse_if_known_key(source: str, key: str) -> None:
    for source_key in list_source_keys():
        if source_key.key == key:
            code = SubmissionMessage.KEY_IN_USE if source_key.in_use else SubmissionMessage.KEY_REVOKED_BEFORE
            raise BadInput(Message(code, {"source": source_key.source}), where=key)


def _get_usable_key(source: str, key: str) -> SourceKey:
    source_key = _get_source_key(source, key)
    if not source_key.in_use:
        raise BadInput(Message(SubmissionMessage.KEY_OUT_OF_USE, {"reason": source_key.reason}), where=key)
    return source_key


def _get_source_key(source: str, key: str) -> SourceKey:
    keys_by_id = {source_key.key: source_key for source_key in list_source_keys(source)}
    if key not in keys_by_id:
        key_ids = ", ".join(keys_by_id) or "goodstanding source key add"
        params = {"source": source, "key": repr(key), "keys": key_ids}
        raise NotFound(Message(SubmissionMessage.KEY_UNKNOWN, params), where="KEY")
    return keys_by_id[key]


def refuse_if_nonce_seen(key: str, nonce: str, at: datetime) -> None:
    """Nothing, and remembers the nonce; NotAllowed where the key has signed with it before."""
    SeenNonce.objects.filter(at__lt=at - NONCES_KEPT).delete()
    _seen, fresh = SeenNonce.objects.get_or_create(key=key, nonce=nonce, defaults={"at": at})
    if not fresh:
        raise NotAllowed(Message(SubmissionMessage.REQUEST_REPEATED), where="nonce")


def has_valid_signature(statement: Mapping[str, Any]) -> bool:
    """Whether the signature that a StatementReceived event keeps is one of the key that it names."""
    kept = statement["signature"]
    source_key = _KEYS.items().get((statement["source"], statement["signed_by"]))
    try:
        if source_key is not None:
            source_key.opened().verify(base64.b64decode(kept["value"]), kept["base"].encode())
    except InvalidSignature:
        return False
    return source_key is not None
