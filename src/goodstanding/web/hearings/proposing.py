"""A proposal as it is typed, in a form or in a row of a file, and as it is meant; every problem stands at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.errors import BadDay, BadIdentifier, BadInput, GoodstandingError, NotPossible
from goodstanding.procedure.hearing import Act, Case, Done, advance
from goodstanding.procedure.notices import Exhibit
from goodstanding.procedure.terms import terms_of
from goodstanding.register import proposals
from goodstanding.register.file import Subject
from goodstanding.register.findings import checked_fields
from goodstanding.register.hearings import LONGEST, Heard, Hearing
from goodstanding.register.proposals import Proposal
from goodstanding.subjects import Identifier
from goodstanding.web import asking
from goodstanding.web.hearings import attaching, forms, lists
from goodstanding.web.shapes import Problem

PLAIN = ("kind", "identifier", "name", "reference", "occurred")
PREFIX = "field."
APPLICATION = "application"
DRAFT = -1  # the position of an event that is not written


@dataclass
class Typed:
    """What was typed about a proposal, the files with it, and what is wrong; `meant` is the proposal itself."""

    listed: str
    values: dict[str, str] = field(default_factory=dict)
    exhibits: list[Exhibit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    meant: Proposal | None = None

    def problem(self, where: str, error: GoodstandingError) -> None:
        """Notes what is wrong; of one field only the first thing."""
        if all(one.where != where for one in self.problems):
            self.problems.append(Problem(code=error.code, message=error.message, where=where, remedy=error.remedy))


def read(listed: str, values: Mapping[str, str], actor: Actor, at: date, exhibits: list[Exhibit]) -> Typed:
    """What was typed, checked field by field, and then as a whole against what else stands in the register."""
    typed = Typed(listed, exhibits=exhibits)
    for name, text in values.items():
        typed.values[name] = _cleaned(typed, name, str(text))
    fields = _finding(typed, at)
    occurred = _day(typed)
    _identifier(typed)
    if typed.problems or occurred is None:
        return typed
    typed.meant = Proposal(
        list=listed, kind=typed.values.get("kind", ""), identifier=typed.values["identifier"].strip(),
        name=typed.values.get("name", ""), reference=typed.values.get("reference", ""), occurred=occurred,
        text=typed.values.get("text", ""), fields=fields, evidence=tuple(attaching.as_said(exhibits)),
        application=application_number(typed.values.get(APPLICATION, "")),
    )  # fmt: skip
    _whole(typed, actor, at)
    return typed


def application_number(text: str) -> int | None:
    """The application that a proposal answers; None where it answers none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _cleaned(typed: Typed, name: str, text: str) -> str:
    entered = forms.Entered()
    plain = forms.cleaned(entered, name, text, LONGEST if name == "text" else asking.LONGEST)
    typed.problems += entered.problems
    return plain


def _finding(typed: Typed, at: date) -> dict[str, Any]:
    """The fields of the finding, each checked by itself, so that all that is wrong shows at once."""
    _rules, _name, record = lists.record_of(typed.listed)
    found: dict[str, Any] = {}
    for name, rule in lists.stated(typed.listed).items():
        alone = record.model_copy(update={"fields": {name: rule}})
        try:
            found |= checked_fields({name: typed.values.get(f"{PREFIX}{name}", "").strip()}, alone, at)
        except BadInput as error:
            typed.problem(f"{PREFIX}{name}", error)
    return found


def _day(typed: Typed) -> date | None:
    try:
        return asking.day(typed.values.get("occurred", "").strip(), "occurred")
    except BadDay as error:
        typed.problem("occurred", error)
        return None


def _identifier(typed: Typed) -> None:
    try:
        identifier = Identifier.parse(typed.values.get("identifier", "").strip())
    except BadIdentifier as error:
        typed.problem("identifier", error)
    else:
        typed.notes += identifier.problems()
    said = {
        "name": _("No name is given."),
        "reference": _("No file number is given."),
        "text": _("No reasons are given."),
    }
    for name, what in said.items():
        if not typed.values.get(name, "").strip():
            remedy = _("facts and law, in plain words") if name == "text" else _("what your files have")
            typed.problem(name, BadInput(what, remedy=remedy))


def _whole(typed: Typed, actor: Actor, at: date) -> None:
    assert typed.meant
    try:
        proposals.prepared(typed.meant, actor, at, lists.is_interim(actor))
    except (BadInput, NotPossible) as error:
        record = lists.record_of(typed.listed)[2]
        where = error.where or "text"
        typed.problem(f"{PREFIX}{where}" if where in record.fields else where, error)
        typed.meant = None


def as_heard(typed: Typed, actor: Actor, at: date, told: bool = False) -> Hearing:
    """The case as it would be opened by what was typed; `told` also as if its notice had been served the same day."""
    assert typed.meant
    act, content = proposals.prepared(typed.meant, actor, at, lists.is_interim(actor))
    rules = lists.record_of(typed.listed)[0]
    one, listed = typed.meant, str(content["list"])
    case = advance(Case(terms_of(rules, listed, content["code"] or None)), Done(act, at, actor.name))
    subject = Subject(0, one.kind, one.name, (), (str(Identifier.parse(one.identifier)),), "", "")
    opened = Heard(DRAFT, datetime.now(UTC), act, at, actor.name, actor.scope, content)
    held = Hearing(0, subject, rules.name, listed, actor.scope, None, case, (opened,))
    if not told:
        return held
    served = Heard(DRAFT, datetime.now(UTC), Act.SERVE_NOTICE, at, actor.name, actor.scope, {})
    return replace(held, case=advance(case, Done(Act.SERVE_NOTICE, at, actor.name)), acts=(opened, served))
