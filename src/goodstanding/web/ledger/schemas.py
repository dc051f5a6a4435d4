"""The ledger and its events."""

from __future__ import annotations

from datetime import datetime

from goodstanding.web.retention.schemas import ErasedEvent
from goodstanding.web.schemas.page_frame import FrozenSchema, RegisterResponse


class EventLine(FrozenSchema):
    """One event without its content."""

    position: int
    kind: str
    recorded_at: datetime


class EventKindCount(FrozenSchema):
    """How many events of a kind there are."""

    kind: str
    total: int


class WitnessLine(FrozenSchema):
    """A witness: its host, or "" for a file; up to which size it has the ledger, and when that checkpoint was signed.

    The size is null where it has confirmed nothing yet; the instant also where it has more than this register.
    """

    host: str
    size: int | None
    signed_at: datetime | None


class LedgerPage(RegisterResponse):
    """The newest checkpoint, who signs it, who witnesses it, and the last events."""

    size: int
    origin: str
    root: str
    public_key: str
    checkpoint: str
    witnesses: list[WitnessLine]
    kinds: list[EventKindCount]
    events: list[EventLine]


class EventPage(RegisterResponse):
    """One event: its proof for everybody, its body and salt for those who may see them, and why.

    The leaf hash is SHA-256 over 0x00 and the commitment, which is SHA-256 over salt and body. Hashes are hexadecimal.
    `content` is what may be seen of the body; `body` and `salt` prove the commitment, and are null where withheld.
    `erased` says that body and salt are gone, since when and why.
    """

    position: int
    kind: str
    recorded_at: datetime
    commitment: str
    leaf_hash: str
    path: list[str]
    size: int
    checkpoint: str
    allowed: bool
    because: str
    withheld: list[str]
    subject: str | None
    content: dict[str, str]
    body: str | None
    salt: str | None
    erased: ErasedEvent | None = None
