"""The pages on which sources are admitted, ended, merged and renumbered."""

from __future__ import annotations

from datetime import date

from goodstanding.web.schemas.forms import ActForm
from goodstanding.web.schemas.page_frame import FrozenSchema, PageLink, RegisterResponse
from goodstanding.web.schemas.people import PersonName


class AdmissionLineSchema(FrozenSchema):
    """One source to be admitted, on which basis and from which day."""

    id: str
    name: str
    kind: str
    kind_title: str
    region: str
    above: str
    first_day: date
    basis: str


class SourceChangeSchema(FrozenSchema):
    """A change, whole: what is proposed by whom, and how it was settled; `own` says that whoever reads proposed it."""

    position: int
    act: str
    title: str
    catalogue: str
    sources: list[AdmissionLineSchema]
    office: str
    office_name: str
    into: str
    into_name: str
    day: date | None
    basis: str
    by: PersonName
    proposed_on: date
    settled_at: int | None
    signed_by: PersonName
    declined: str
    own: bool


class SourceBacklog(FrozenSchema):
    """A catalogue for whose unknown sources rows wait: how many of both, and where they are admitted."""

    catalogue: str
    title: str
    sources: int
    rows: int
    table: str
    admit: str


class SourceChangesPage(RegisterResponse):
    """The changes of sources: those that wait for a second signature, and the newest that were settled."""

    open: list[SourceChangeSchema]
    settled: list[SourceChangeSchema]
    backlogs: list[SourceBacklog]
    acts: list[PageLink]
    done: str


class SourceChangePage(RegisterResponse):
    """The form of a change, or the signature under one; `change` is what is signed or about to be proposed."""

    act: str
    stage: str
    change: SourceChangeSchema | None
    form: ActForm
