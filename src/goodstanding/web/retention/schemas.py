"""What goes when, and what went."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.page_frame import FrozenSchema, LegalBasisSchema, RegisterResponse


class DeletionLine(FrozenSchema):
    """So many records go from a day to before another; null: fewer than `fewer_than`, which are not told."""

    title: str
    first: date
    next: date
    records: int | None


class RetentionTermLine(FrozenSchema):
    """How long records of a type are kept after the last thing that rested on them; `own` is this register's choice."""

    record: str
    keeps: str
    own: bool
    reason: LegalBasisSchema | None


class CatalogueDeletions(FrozenSchema):
    """What goes of one catalogue: what is due now, what goes when, and what has no day yet because something holds.

    A count that is null is one of fewer than `fewer_than` records; where none is due or kept, it is 0.
    """

    catalogue: str
    title: str
    due: int | None
    kept: int | None
    lines: list[DeletionLine]
    terms: list[RetentionTermLine]


class RetentionPage(RegisterResponse):
    """What this register holds and until when, by catalogue; look-ups go after so many years (charter article 20).

    `counted_at` is the ledger size at which it was counted, once a day.
    """

    today: date
    counted_at: int
    fewer_than: int
    look_ups_years: int
    look_ups_before: date
    catalogues: list[CatalogueDeletions]


class KeptRecord(FrozenSchema):
    """Until when one record of a file is kept: no day while something rests on it. For its parties."""

    position: int
    title: str
    ended_on: date | None
    goes_on: date | None
    keeps: str
    own: bool


class ErasedEvent(FrozenSchema):
    """That an event was erased, on which day, why and on which law; what it said is gone."""

    position: int
    day: date
    why: str
    law: str
    article: str
