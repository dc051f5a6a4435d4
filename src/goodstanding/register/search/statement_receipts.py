"""The files that sources sent under a catalogue, as the register received them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodstanding.register.storage.queries import fetch_rows

_STATEMENTS = """
SELECT position, feed, file, stated, digest, counts
FROM statement
WHERE catalogue = %s
ORDER BY position DESC
"""


@dataclass(frozen=True, slots=True)
class ReceivedStatement:
    """A file that was received: its event's position, by which feed, stated on which day, and what its rows led to."""

    position: int
    feed: str
    file: str
    stated: date
    digest: str
    counts: Mapping[str, Any]


def list_received_statements(catalogue: str) -> list[ReceivedStatement]:
    """What was received under a catalogue, newest first."""
    return [
        ReceivedStatement(position, feed, file, date.fromisoformat(str(stated)), digest, json.loads(counts))
        for position, feed, file, stated, digest, counts in fetch_rows(_STATEMENTS, [catalogue])
    ]
