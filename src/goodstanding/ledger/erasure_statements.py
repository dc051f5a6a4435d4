"""What the ledger's events about erasures state: that somebody asked for one, and that events were erased."""

from __future__ import annotations

from datetime import date

import msgspec


class ErasureReason(msgspec.Struct, frozen=True):
    """Why something was erased: a code, and in words."""

    code: str
    text: str


class ErasureBasis(msgspec.Struct, frozen=True):
    """The law and the article that ask for it."""

    law: str
    article: str


class ErasureSignature(msgspec.Struct, frozen=True):
    """Who signed an erasure, and in which role: `ask` or `confirm`."""

    role: str
    by: str


class ErasureRequest(msgspec.Struct, frozen=True):
    """That somebody asked for an erasure: of which positions, why, on which law, on which day."""

    positions: tuple[int, ...]
    reason: ErasureReason
    basis: ErasureBasis
    by: str
    day: date


class ErasedEventRow(msgspec.Struct, frozen=True):
    """An event that was erased, as its row is left; `beside` is a record's position that stays on the same file."""

    position: int
    kind: str
    version: int | None = None
    tombstone: str = ""
    beside: int | None = None


class Erasure(msgspec.Struct, frozen=True):
    """That events were erased: who asked (at which position) and who confirmed, why, on which law, on which day."""

    requested_at: int = msgspec.field(name="asked")
    erased: tuple[ErasedEventRow, ...]
    reason: ErasureReason
    basis: ErasureBasis
    signed: tuple[ErasureSignature, ...]
    day: date
