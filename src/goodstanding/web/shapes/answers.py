"""The parts that answers have in common."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A value that never changes and holds nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class About(Shape):
    """What every answer says about the register: how far it reflects the ledger, and what it is not for."""

    name: str
    demonstration: bool
    notice: str | None
    ledger_size: int
    checkpoint_at: datetime | None


class Answer(Shape):
    """An answer of this register."""

    about: About


class Problem(Shape):
    """What went wrong, where, and what would be right."""

    code: str
    message: str
    where: str | None = None
    remedy: str | None = None


class Reason(Shape):
    """The article a rule rests on; `verified` says whether it was compared with the text."""

    citation: str
    title: str
    verified: bool
    note: str


class Named(Shape):
    """A subject, as far as a line about it needs."""

    identifier: str
    name: str
    kind: str
    region: str
    sector: str


class Link(Shape):
    """An address within this register, and what it leads to."""

    title: str
    address: str


class Paging(Shape):
    """Which part of a long answer this is: entries `first` to `last` of `total`, from 1; 0 where there are none."""

    page: int
    first: int
    last: int
    total: int
    previous: int | None
    next: int | None
