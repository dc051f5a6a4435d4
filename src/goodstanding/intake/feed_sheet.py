"""One sheet of a feed on its way in: who sent it, how it was signed, and what became of its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.model import Catalogue
from goodstanding.errors import BadDay
from goodstanding.intake.files.sheet import Sheet
from goodstanding.intake.problems import RowProblem
from goodstanding.messages import Message, SubmissionMessage
from goodstanding.procedure.local_days import compute_local_day

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of a file: findings issued, corrected, unchanged, withdrawn; rows put aside; the ledger's size."""

    feed: str
    file: str
    stated: date
    rows: int
    issued: int = 0
    corrected: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    quarantined: int = 0
    size: int = 0
    notes: tuple[Message, ...] = ()
    problems: tuple[RowProblem, ...] = field(default=(), repr=False)

    @property
    def changes_something(self) -> bool:
        """Whether a finding came, changed or went."""
        return bool(self.issued or self.corrected or self.withdrawn)


def check_not_ahead(day: date, recorded_at: datetime, catalogue: Catalogue, where: str) -> date:
    """The day on which something is stated; raises BadDay for one that has not come yet where the catalogue is."""
    if day > compute_local_day(recorded_at, catalogue):
        raise BadDay(Message(SubmissionMessage.STATED_DAY_AHEAD, {"day": day}), where=where)
    return day


@dataclass(frozen=True, slots=True)
class BatchSignature:
    """What a source signed: the id of its key, the text and its signature in base64, the digests of the parts sent."""

    key: str
    base: str
    value: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """One sheet of one feed on its way in; `source` is whoever sent it for itself alone, `signature` how it signed."""

    sheet: Sheet
    feed: Feed
    catalogue: Catalogue
    stated: date
    recorded_at: datetime
    source: str = ""
    signature: BatchSignature | None = None
