"""What sources send in: batches of programs, files, single records, and what became of them."""

from __future__ import annotations

from datetime import date, datetime

from goodstanding.web.schemas.page_frame import FrozenSchema


class RowCounts(FrozenSchema):
    """What became of rows: findings issued, corrected, unchanged and withdrawn; rows put aside."""

    rows: int
    issued: int
    corrected: int
    unchanged: int
    withdrawn: int
    quarantined: int


class RowProblem(FrozenSchema):
    """Why a row was refused: its number, the column, the reason, and what stood there. No row: the whole."""

    row: int | None
    column: str
    reason: str
    value: str | None


class SubmissionPart(FrozenSchema):
    """A part that arrived: its number from 0, its rows, and the SHA-256 of its body in base64."""

    number: int
    rows: int
    sha256: str


class SubmissionSchema(FrozenSchema):
    """A batch of a source: `state` is open, closed or dry run; counts and problems once it is known what became of it.

    A dry run has no id. `ledger_size` is that of the ledger when the batch was closed, or looked at in a dry run.
    """

    id: str | None
    source: str
    feed: str
    stated: date
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    parts: list[SubmissionPart]
    counts: RowCounts | None
    problems: list[RowProblem]
    notes: list[str]
    ledger_size: int | None


class SubmissionClosing(FrozenSchema):
    """How a batch is closed: the SHA-256 of each part's body in base64, from part 0 on."""

    parts: list[str]
