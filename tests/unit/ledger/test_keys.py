"""The signing key's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodstanding.errors import BadNote, NoRegister, RegisterExists
from goodstanding.ledger import keys


def test_a_key_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    """The file is readable by nobody else and gives the same key again."""
    signer = keys.create_signing_key(tmp_path, "ledger.example/test")
    assert (tmp_path / "keys" / "ledger.key").stat().st_mode & 0o777 == 0o600
    assert keys.load_signing_key(tmp_path).encode() == signer.encode()
    assert keys.load_signing_key(tmp_path, ("a line",)).extensions == ("a line",)


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    """Making a key where one is leaves it and says so."""
    signer = keys.create_signing_key(tmp_path, "ledger.example/test")
    with pytest.raises(RegisterExists):
        keys.create_signing_key(tmp_path, "ledger.example/test")
    assert keys.load_signing_key(tmp_path).encode() == signer.encode()


def test_a_missing_or_broken_key_is_said(tmp_path: Path) -> None:
    """No key and no longer a key are different errors."""
    with pytest.raises(NoRegister):
        keys.load_signing_key(tmp_path)
    keys.create_signing_key(tmp_path, "ledger.example/test")
    file = tmp_path / "keys" / "ledger.key"
    file.write_bytes(b"\xff" + file.read_bytes())
    with pytest.raises(BadNote):
        keys.load_signing_key(tmp_path)
