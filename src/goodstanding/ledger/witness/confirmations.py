"""How far each witness has the ledger, kept beside it to be shown: nothing rests on it, and `verify` asks anew."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from goodstanding import config
from goodstanding.ledger.witness.witness_addresses import open_witnesses
from goodstanding.private_files import write_private_file

CONFIRMATIONS_FILE = "witnesses.json"


class WitnessConfirmation(NamedTuple):
    """A witness by its host, "" for a file, and the size of the newest checkpoint that it confirmed, if any."""

    host: str
    size: int | None


def note_confirmations(sizes: Mapping[str, int]) -> None:
    """Notes of each address up to which size it has the ledger; where the disk takes nothing, the page is behind."""
    file = config.get_current_register().path(CONFIRMATIONS_FILE)
    earlier = _read_confirmations()
    if (newest := {**earlier, **sizes}) != earlier:
        part = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            part.unlink(missing_ok=True)
            write_private_file(part, json.dumps(newest, indent=1).encode())
            part.replace(file)


def list_confirmations() -> list[WitnessConfirmation]:
    """The witnesses in the settings, in their order; of an address only the host, as its rest may be a secret."""
    sizes = _read_confirmations()
    return [
        WitnessConfirmation(urlsplit(witness.address).hostname or "", sizes.get(witness.address))
        for witness in open_witnesses(config.get_current_register().witnesses)
    ]


def _read_confirmations() -> dict[str, int]:
    """Sizes by address; what was cut off or damaged is written anew by the next confirmation."""
    with suppress(OSError, ValueError, AttributeError):
        text = config.get_current_register().path(CONFIRMATIONS_FILE).read_text(encoding="utf-8")
        return {address: size for address, size in json.loads(text).items() if isinstance(size, int)}
    return {}
