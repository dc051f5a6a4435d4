"""The parts that answers have in common."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class FrozenSchema(BaseModel):
    """A value that never changes and holds nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RegisterInfo(FrozenSchema):
    """What every answer says about the register: how far it reflects the ledger, and what it is not for."""

    name: str
    demonstration: bool
    notice: str | None
    ledger_size: int
    checkpoint_at: datetime | None


class RegisterResponse(FrozenSchema):
    """An answer of this register."""

    about: RegisterInfo


class ProblemSchema(FrozenSchema):
    """What went wrong, where, and what would be right."""

    code: str
    message: str
    where: str | None = None
    remedy: str | None = None


class LegalBasisSchema(FrozenSchema):
    """The article a rule rests on; `verified` says whether it was compared with the text, else `read_in` what was."""

    citation: str
    title: str
    verified: bool
    note: str
    read_in: str = ""


class SubjectSummary(FrozenSchema):
    """A subject, as far as a line about it needs."""

    identifier: str
    name: str
    kind: str
    region: str
    sector: str


class PageLink(FrozenSchema):
    """An address within this register, and what it leads to."""

    title: str
    address: str


class PagingSchema(FrozenSchema):
    """Which part of a long answer this is: entries `first` to `last` of `total`, from 1; 0 where there are none."""

    page: int
    first: int
    last: int
    total: int
    previous: int | None
    next: int | None
