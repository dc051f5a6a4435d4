"""The register's own signing key: `keys/ledger.key` in its folder, readable by its owner only, never in a database."""

from __future__ import annotations

from pathlib import Path

from goodstanding import config
from goodstanding.errors import NoRegister, RegisterExists
from goodstanding.ledger.notes import Signer

FILE = ("keys", "ledger.key")


def create(folder: Path, origin: str) -> Signer:
    """Makes the key that signs checkpoints under `origin`; raises RegisterExists rather than replace one."""
    signer = Signer.generate(origin)
    file = folder.joinpath(*FILE)
    try:
        config.write_private(file, signer.encode().encode() + b"\n")
    except FileExistsError as wrong:
        raise RegisterExists("The register has a signing key already.", where=str(file)) from wrong
    return signer


def load(folder: Path, extensions: tuple[str, ...] = ()) -> Signer:
    """The register's signer; its checkpoints carry `extensions` as lines of their own. Raises NoRegister or BadNote."""
    file = folder.joinpath(*FILE)
    try:
        text = file.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError as wrong:
        raise NoRegister("The register has no signing key.", where=str(file), remedy="goodstanding init DIR") from wrong
    return Signer.parse(text.removesuffix("\n"), extensions)
