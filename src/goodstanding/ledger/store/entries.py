"""What the ledger takes and gives: drafts of events, what became of them, and the entries that are read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from goodstanding.errors import BadEvent
from goodstanding.messages import LedgerMessage, Message

ALIAS = "default"  # the database that is never rebuilt
AFTER = "after "  # begins the line of a checkpoint that says the size of the one it follows


class CanonicalBody(msgspec.Struct, frozen=True, gc=False):
    """A body that is canonical text already: what stands before the kind's text and after it, without the version.

    The version comes last, so no key of the body may sort behind it. `verify` looks at the form of every body.
    """

    before: str
    after: str

    def body(self, kind: str, version: int | None) -> bytes:
        """The whole body of an event of a kind and version."""
        last = "}" if version is None else f',"version":{version}}}'
        return f"{self.before}{kind}{self.after}{last}".encode()


class EventDraft(msgspec.Struct, frozen=True, gc=False):
    """An event before it has a place: `content` is its body without kind and version, or its canonical text.

    A `key` names what is stated once; the `digest` (32 bytes) decides whether the same is stated again; `again` is the
    kind of a further version. An event without a key is always new.
    """

    kind: str
    content: Mapping[str, Any] | CanonicalBody
    key: str | None = None
    digest: bytes | None = None
    again: str | None = None


@dataclass(frozen=True, slots=True)
class AppendResult:
    """What became of drafts: the ledger's size now, each draft's position (None: unchanged), and counts."""

    size: int
    positions: tuple[int | None, ...]
    issued: int
    corrected: int
    unchanged: int


class LedgerEntry(NamedTuple):
    """One event as it is stored; `body` is canonical JSON, None once erased."""

    position: int
    recorded_at: str
    kind: str
    key: str | None
    version: int | None
    body: str | None


def format_instant(at: datetime) -> str:
    """An instant as the ledger writes it: whole seconds of UTC, so that text and time sort alike."""
    if at.tzinfo is None:
        raise BadEvent(Message(LedgerMessage.INSTANT_WITHOUT_ZONE), where=str(at))
    return at.astimezone(UTC).replace(microsecond=0).isoformat()
