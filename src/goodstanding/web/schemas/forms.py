"""Forms as pages and programs read them: fields with their choices, files that came with them, the form of an act."""

from __future__ import annotations

from goodstanding.web.schemas.page_frame import FrozenSchema
from goodstanding.web.schemas.people import PersonName


class FieldChoice(FrozenSchema):
    """One value that a field can have."""

    value: str
    title: str


class FieldInput(FrozenSchema):
    """One field to enter: its kind of input, its values, what was entered, and what is wrong with that.

    `way` is choice, whole number, day, yes or no, or text.
    """

    address: str
    field: str
    title: str
    way: str
    hint: str
    choices: list[FieldChoice]
    required: bool
    entered: str
    problem: str


class ActField(FieldInput):
    """One thing to enter in a form of an act; `way` can also be words, one of these (choices), or files."""


class ExhibitSchema(FrozenSchema):
    """A file in evidence: who handed it in, with which act, and where its parties can open it.

    `token` stands for a file that was handed in with a form that is not sent yet.
    """

    name: str
    digest: str
    size: int
    type: str
    title: str
    address: str
    by: PersonName
    position: int | None
    token: str = ""


class StatedValue(FrozenSchema):
    """One thing that the finding states."""

    title: str
    value: str


class ReasonTemplate(FrozenSchema):
    """A text from the rules, to be copied and edited."""

    title: str
    text: str


class ActForm(FrozenSchema):
    """What an act asks for; `seen` is how many acts the case had when the form was made."""

    act: str
    title: str
    says: str
    address: str
    seen: int
    fields: list[FieldInput]
    files: bool
    kept: list[ExhibitSchema]
    wordings: list[ReasonTemplate]
    check: str
    send: str
