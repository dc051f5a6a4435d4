"""The register's own keys, in its folder and readable by its owner only, never in a database.

`keys/ledger.key` signs checkpoints; `keys/tombstones.key` is the secret under which the keys of erased events are kept.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from goodstanding.errors import NoRegister, RegisterExists
from goodstanding.ledger.notes import Signer
from goodstanding.messages import LedgerMessage, Message
from goodstanding.private_files import write_private_file

SIGNING_KEY_FILE = ("keys", "ledger.key")
TOMBSTONE_KEY_FILE = ("keys", "tombstones.key")
SECRET_SIZE = 32


def create_signing_key(folder: Path, origin: str) -> Signer:
    """Makes the key that signs checkpoints under `origin`; raises RegisterExists rather than replace one."""
    signer = Signer.generate(origin)
    file = folder.joinpath(*SIGNING_KEY_FILE)
    try:
        write_private_file(file, signer.encode().encode() + b"\n")
    except FileExistsError as wrong:
        raise RegisterExists(Message(LedgerMessage.SIGNING_KEY_EXISTS), where=str(file)) from wrong
    return signer


def load_signing_key(folder: Path, extensions: tuple[str, ...] = ()) -> Signer:
    """The register's signer; its checkpoints carry `extensions` as lines of their own. Raises NoRegister or BadNote."""
    file = folder.joinpath(*SIGNING_KEY_FILE)
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError as wrong:
        raise NoRegister(Message(LedgerMessage.SIGNING_KEY_MISSING), where=str(file)) from wrong
    return Signer.parse(text.removesuffix("\n"), extensions)


def load_tombstone_secret(folder: Path) -> bytes:
    """The 32 bytes under which tombstones are made; made on first use, and never replaced. Raises NoRegister."""
    file = folder.joinpath(*TOMBSTONE_KEY_FILE)
    if not file.exists():
        with suppress(FileExistsError):  # somebody else may make it meanwhile
            write_private_file(file, os.urandom(SECRET_SIZE).hex().encode() + b"\n")
    try:
        secret = bytes.fromhex(file.read_text(encoding="ascii"))
    except ValueError as wrong:
        raise NoRegister(Message(LedgerMessage.TOMBSTONE_SECRET_UNREADABLE), where=str(file)) from wrong
    if len(secret) != SECRET_SIZE:
        raise NoRegister(Message(LedgerMessage.TOMBSTONE_SECRET_CUT_SHORT), where=str(file))
    return secret
