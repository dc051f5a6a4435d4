"""Sends a source's rows to a register, signed: HTTP Message Signatures (RFC 9421), Ed25519, Content-Digest (RFC 9530).

Needs nothing but Python and the package `cryptography`. Copy it, and change what you like.

    python send_records.py key FILE                            makes a key, prints the public part
    python send_records.py send URL SOURCE FILE KEY FEED ROWS   sends a file of JSON lines as one batch
    python send_records.py parts URL SOURCE FILE KEY FEED ROWS  the same, each line a part of its own

`FILE` is the private key, `KEY` its id in the register. More options of a batch stand at the end: `dry_run=true`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LINES, JSON = "application/x-ndjson", "application/json"
TRIES = 60


def make_key(file: str) -> None:
    """Writes a new private key, readable by you alone, and prints the public part for the register."""
    key = Ed25519PrivateKey.generate()
    path = Path(file)
    path.touch(mode=0o600)
    path.write_text(base64.b64encode(key.private_bytes_raw()).decode())
    print(base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode())


def sha256(body: bytes) -> str:
    """The SHA-256 of a body in base64."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


class Sender:
    """Signs requests about the batches of one source."""

    def __init__(self, url: str, source: str, file: str, key: str) -> None:
        self.url, self.key_id = f"{url}/v1/sources/{source}/batches", key
        self.key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(Path(file).read_text()))

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = LINES, **query: str) -> dict:
        """The answer to a signed request; waits for a register that is just being started."""
        url = self.url + path + (f"?{urlencode(query)}" if query else "")
        for _try in range(TRIES):
            request = urllib.request.Request(url, body or None, self.headers(method, url, body), method=method)
            request.add_header("Content-Type", kind)
            try:
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                sys.exit(f"{error.code}: {error.read().decode()}")
            except urllib.error.URLError:
                time.sleep(1)
        return sys.exit(f"{url} does not answer")

    def headers(self, method: str, url: str, body: bytes) -> dict[str, str]:
        """The signature over method, host, path, query and body, made now, with a nonce of its own."""
        parts = urlsplit(url)
        covered = {"@method": method, "@authority": parts.netloc, "@path": parts.path, "@query": f"?{parts.query}"}
        digest = {"Content-Digest": f"sha-256=:{sha256(body)}:"} if body else {}
        covered |= {name.lower(): value for name, value in digest.items()}
        names = " ".join(f'"{name}"' for name in covered)
        parameters = f'({names});created={int(time.time())};keyid="{self.key_id}";nonce="{secrets.token_urlsafe(16)}"'
        lines = [f'"{name}": {value}' for name, value in covered.items()] + [f'"@signature-params": {parameters}']
        signature = base64.b64encode(self.key.sign("\n".join(lines).encode())).decode()
        return digest | {"Signature-Input": f"sig1={parameters}", "Signature": f"sig1=:{signature}:"}


def send(sender: Sender, feed: str, rows: str, **query: str) -> dict:
    """Sends all rows as one batch."""
    return sender.ask("POST", "", Path(rows).read_bytes(), feed=feed, **query)


def send_parts(sender: Sender, feed: str, rows: str, **query: str) -> dict:
    """Sends each row as a part of its own, the last first, then closes the batch with the digests of all of them."""
    first, *others = [line + b"\n" for line in Path(rows).read_bytes().splitlines() if line]
    batch = sender.ask("POST", "", first, feed=feed, more="true", **query)["id"]
    for number, part in reversed(list(enumerate(others, 1))):
        sender.ask("PUT", f"/{batch}/parts/{number}", part)
    print(len(sender.ask("GET", f"/{batch}")["parts"]), "parts have arrived")
    closing = {"parts": [sha256(part) for part in (first, *others)]}
    return sender.ask("POST", f"/{batch}/close", json.dumps(closing).encode(), JSON)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["key", file]:
            make_key(file)
        case ["send" | "parts" as way, url, source, file, key, feed, rows, *more]:
            ways = {"send": send, "parts": send_parts}
            options = dict(one.split("=", 1) for one in more)
            print(json.dumps(ways[way](Sender(url, source, file, key), feed, rows, **options), indent=2))
        case _:
            sys.exit(__doc__)
