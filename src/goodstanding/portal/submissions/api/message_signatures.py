"""HTTP Message Signatures (RFC 9421) with Ed25519, and Content-Digest (RFC 9530): the part that sources' programs need.

A signature covers the components that it names, in the text that `base` writes. Verification gives what was signed or
raises: BadInput for fields that cannot be read, NotAllowed for a signature that does not hold.
"""

from __future__ import annotations

import base64 as base64_
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_sf import Token

from goodstanding.errors import BadInput, NotAllowed
from goodstanding.portal.submissions.api.structured_fields import InnerList, Item, parse_dictionary, serialize_member

ALGORITHM = "ed25519"
OLDEST_SECONDS, AHEAD_SECONDS = (
    300,
    60,
)  # seconds: how old a signature may be, and how far a sender's clock may run ahead
LONGEST_NONCE = 200
_HASHES: Mapping[str, Callable[[bytes], Any]] = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}


@dataclass(frozen=True, slots=True)
class RequestMessage:
    """A request as far as a signature can cover it; `fields` have names in small letters, `query` has its mark."""

    method: str
    scheme: str
    authority: str
    path: str
    query: str
    fields: Mapping[str, str]

    def component(self, name: str) -> str:
        """The value of a component; raises BadInput where the request has none (RFC 9421, 2.1 and 2.2)."""
        derived = {
            "@method": self.method,
            "@scheme": self.scheme,
            "@authority": self.authority,
            "@path": self.path,
            "@query": self.query or "?",
            "@request-target": self.path + self.query,
            "@target-uri": f"{self.scheme}://{self.authority}{self.path}{self.query}",
        }
        value = derived.get(name) if name.startswith("@") else self.fields.get(name)
        if value is None:
            raise BadInput(
                "The signature covers what the request does not have.", where=name[:100], remedy=", ".join(derived)
            )
        return " ".join(part.strip() for part in value.splitlines()).strip()


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """A signature that holds: whose key, when it was made, its nonce, what it covers, and text and bytes to keep."""

    key: str
    created: datetime
    nonce: str
    covers: tuple[str, ...]
    base: str
    signature: bytes


def build_signature_base(message: RequestMessage, covered: InnerList) -> str:
    """The signature base: a line for each component, then the parameters (RFC 9421, 2.5)."""
    lines: dict[str, str] = {}
    for item in covered.items:
        if not isinstance(item.value, str) or item.value != item.value.lower():
            raise BadInput(
                "A component's name is a text in small letters.", where="Signature-Input", remedy='"@method"'
            )
        if item.parameters:
            raise BadInput(
                "Components with parameters are not read here.", where=serialize_member(item)[:100], remedy='"@path"'
            )
        if serialize_member(item) in lines:
            raise BadInput("A component is covered twice.", where=item.value[:100], remedy="each once")
        lines[serialize_member(item)] = message.component(item.value)
    lines['"@signature-params"'] = serialize_member(covered)
    return "\n".join(f"{name}: {value}" for name, value in lines.items())


def sign_message(message: RequestMessage, covers: Iterable[str], parameters: Mapping[str, Any], key: Ed25519PrivateKey,
         label: str = "sig1") -> dict[str, str]:  # fmt: skip
    """The two fields that sign a message with a key."""
    covered = InnerList(tuple(Item(name) for name in covers), dict(parameters))
    signature = key.sign(build_signature_base(message, covered).encode())
    return {
        "Signature-Input": f"{label}={serialize_member(covered)}",
        "Signature": f"{label}={serialize_member(Item(signature))}",
    }


def verify_signature(
    message: RequestMessage, key_of: Callable[[str], Ed25519PublicKey | None], now: datetime
) -> VerifiedSignature:
    """The signature of a message by a key that `key_of` knows; it is neither old nor without a nonce."""
    inputs = parse_dictionary(message.fields.get("signature-input", ""), "Signature-Input")
    signatures = parse_dictionary(message.fields.get("signature", ""), "Signature")
    if not inputs or not signatures:
        raise NotAllowed("The request is not signed.", where="Signature-Input, Signature", remedy="RFC 9421, Ed25519")
    for label, covered in inputs.items():
        if isinstance(covered, InnerList) and (key := _find_key(covered, key_of)):
            return _check_signature(message, label, covered, signatures.get(label), key, now)
    refusal = "No key that this source may sign with made this signature."
    raise NotAllowed(refusal, where="keyid", remedy="a key that the register admitted and that is not revoked")


def _find_key(covered: InnerList, key_of: Callable[[str], Ed25519PublicKey | None]) -> Ed25519PublicKey | None:
    key_id = covered.parameters.get("keyid")
    return key_of(str(key_id)) if isinstance(key_id, str | Token) else None


def _check_signature(
    message: RequestMessage, label: str, covered: InnerList, signature: Any, key: Ed25519PublicKey, now: datetime
) -> VerifiedSignature:
    if not isinstance(signature, Item) or not isinstance(signature.value, bytes):
        raise BadInput("The signature is no bytes.", where=f"Signature, {label}", remedy=f"{label}=:base64:")
    if covered.parameters.get("alg", ALGORITHM) != ALGORITHM:
        raise NotAllowed("The signature is of another algorithm.", where="alg", remedy=ALGORITHM)
    text = build_signature_base(message, covered)
    try:
        key.verify(signature.value, text.encode())
    except InvalidSignature as error:
        remedy = "the signature base as RFC 9421, 2.5 writes it, over this very request"
        raise NotAllowed("The signature does not hold.", where=label, remedy=remedy) from error
    created, nonce = _check_freshness(covered, now)
    covers = tuple(str(item.value) for item in covered.items)
    return VerifiedSignature(str(covered.parameters["keyid"]), created, nonce, covers, text, signature.value)


def _check_freshness(covered: InnerList, now: datetime) -> tuple[datetime, str]:
    """When a signature was made, and its nonce; one that is old, of the future or without a nonce is refused."""
    created, nonce = covered.parameters.get("created"), covered.parameters.get("nonce")
    if type(created) is not int:
        raise NotAllowed("The signature does not say when it was made.", where="created", remedy="seconds since 1970")
    if not isinstance(nonce, str) or not 8 <= len(nonce) <= LONGEST_NONCE:
        remedy = f"8 to {LONGEST_NONCE} random characters, new for each request"
        raise NotAllowed("The signature has no nonce.", where="nonce", remedy=remedy)
    age = now.timestamp() - created
    if not -AHEAD_SECONDS <= age <= OLDEST_SECONDS:
        refusal = "The signature is too old." if age > 0 else "The signature is from the future."
        raise NotAllowed(
            refusal, where="created", remedy=f"made at most {OLDEST_SECONDS // 60} minutes ago, by a right clock"
        )
    expires = covered.parameters.get("expires")
    if expires is not None and (type(expires) is not int or expires < now.timestamp()):
        raise NotAllowed("The signature has expired.", where="expires", remedy="a new signature")
    return datetime.fromtimestamp(created, tz=now.tzinfo), nonce


def build_content_digest(body: bytes, algorithm: str = "sha-256") -> str:
    """The value of Content-Digest for a body (RFC 9530, 2)."""
    return f"{algorithm}={serialize_member(Item(_HASHES[algorithm](body).digest()))}"


def refuse_if_digest_differs(digest: str | None, body: bytes) -> None:
    """Nothing where Content-Digest is that of the body; raises BadInput otherwise, or where no hash of it is known."""
    digests = parse_dictionary(digest or "", "Content-Digest")
    known_digests = {name: member for name, member in digests.items() if name in _HASHES}
    if not known_digests:
        raise BadInput("The body has no digest.", where="Content-Digest", remedy=build_content_digest(body))
    for name, member in known_digests.items():
        value = member.value if isinstance(member, Item) else b""
        if not isinstance(value, bytes) or not hmac.compare_digest(value, _HASHES[name](body).digest()):
            raise BadInput(
                "The digest is not that of the body.", where="Content-Digest", remedy=build_content_digest(body)
            )


def encode_base64(value: bytes) -> str:
    """Bytes as text, in base64."""
    return base64_.b64encode(value).decode()
