"""A source's program: it signs what it sends with a key of its own, as any HTTP Message Signatures library would."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.clerk import Row

LINES, ARRAY = "application/x-ndjson", "application/json"


def encode_public_key(key: Ed25519PrivateKey) -> str:
    """The public part of a key, in base64."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def render_json_lines(rows: Iterable[Row]) -> bytes:
    """Rows as JSON lines."""
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def sha256(body: bytes) -> str:
    """The SHA-256 of a body in base64."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


@dataclass
class Program:
    """Sends signed requests through a test client; `changed` replaces headers after signing."""

    client: Any
    source: str
    key_id: str
    key: Ed25519PrivateKey
    changed: dict[str, str | None] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = LINES, *, once: str = "",
        created: int | None = None, nonce: str | None = None, covers: Sequence[str] | None = None, **query: str,
    ) -> Any:  # fmt: skip
        """The answer to a request about this source's batches."""
        address = f"/v1/sources/{self.source}/batches{path}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Content-Digest": f"sha-256=:{sha256(body)}:"} if body else {}
        headers |= {"Idempotency-Key": once} if once else {}
        named = ["@method", "@authority", "@path", "@query", *map(str.lower, headers)] if covers is None else covers
        path_said, _mark, query_said = address.partition("?")
        values = {"@method": method, "@authority": "localhost", "@path": path_said, "@query": f"?{query_said}"}
        values |= {name.lower(): value for name, value in headers.items()}
        inside = " ".join(f'"{component}"' for component in named)
        at = int(time.time()) if created is None else created  # noqa: TID251 (the server reads a real clock too)
        parameters = f"({inside});created={at}"
        parameters += f';keyid="{self.key_id}";nonce="{nonce or secrets.token_urlsafe(16)}"'
        base = (
            "".join(f'"{component}": {values.get(component, "")}\n' for component in named)
            + f'"@signature-params": {parameters}'
        )
        signature = base64.b64encode(self.key.sign(base.encode())).decode()
        headers |= {"Signature-Input": f"sig1={parameters}", "Signature": f"sig1=:{signature}:", "Host": "localhost"}
        headers = {name: value for name, value in (headers | self.changed).items() if value is not None}
        return self.client.generic(method, address, body, content_type=kind, headers=headers)

    def send(self, rows: Sequence[Row], feed: str = "uk-fhrs", **headers: Any) -> Any:
        """The answer to a whole batch, or to its first part."""
        return self.ask("POST", "", render_json_lines(rows), feed=feed, **headers)
