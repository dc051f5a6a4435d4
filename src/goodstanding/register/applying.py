"""What people do about applications for a listing: make one, answer it, complain, answer the complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from goodstanding.access import Actor
from goodstanding.access.acts import ApplicationResource, may_apply
from goodstanding.errors import BadInput, NotAllowed, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.register.applications import (
    KINDS,
    Amount,
    Application,
    Request,
    application,
    applications,
    as_said,
    offered,
)
from goodstanding.register.mandates import checked_text
from goodstanding.register.opening import signer
from goodstanding.subjects import Identifier

MOST_OPEN = 20
LONGEST_NAME = 200
GREATEST = 10**15


def apply(asked: Request, actor: Actor, day: date, recorded_at: datetime) -> Application:
    """The application made; raises NotAllowed, BadInput for what cannot be meant, NotPossible for one made before."""
    _refuse(actor, KINDS[0], ApplicationResource(actor.name))
    checked = _checked(asked)
    with ledger.alone():
        _refuse_again(checked, actor)
        money = {"amount": checked.amount.units, "currency": checked.amount.currency} if checked.amount else {}
        subject = {"kind": checked.kind, "identifiers": [checked.identifier], "name": checked.name}
        content: dict[str, Any] = {
            "list": checked.list,
            "source": checked.source,
            "subject": subject,
            "text": checked.text,
            **money,
        }
        content |= {"evidence": as_said(checked.evidence)} if checked.evidence else {}
        position = _append(KINDS[0], content, actor, day, recorded_at)
    return application(position)


def _checked(asked: Request) -> Request:
    offers = {(one.list, one.source): one for one in offered()}
    offer = offers.get((asked.list, asked.source))
    if offer is None:
        raise BadInput("No source keeps this list here.", where="list", remedy="one of those to choose from")
    if asked.kind not in offer.kinds:
        raise BadInput("Nobody of this kind can be on this list.", where="kind", remedy=", ".join(offer.kinds))
    name = " ".join(asked.name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        remedy = f"1 to {LONGEST_NAME} characters, as it calls itself"
        raise BadInput("That cannot be a name.", where="name", remedy=remedy)
    _refuse_amount(asked.amount)
    identifier = str(Identifier.parse(asked.identifier))
    return replace(asked, identifier=identifier, name=name, text=checked_text(asked.text, "text"))


def _refuse_amount(amount: Amount | None) -> None:
    if amount is None:
        return
    if not 0 < amount.units < GREATEST:
        raise BadInput("That cannot be an amount.", where="amount", remedy="a figure above 0, such as 1200.50")
    code = amount.currency
    if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise BadInput("That is no currency.", where="currency", remedy="three letters, such as EUR (ISO 4217)")


def _refuse_again(asked: Request, actor: Actor) -> None:
    waiting = [one for one in applications() if one.by == actor.name and one.open]
    for one in waiting:
        if (one.asked.list, one.asked.source, one.asked.identifier) == (asked.list, asked.source, asked.identifier):
            remedy = f"application {one.position}"
            raise NotPossible("You have applied for this already.", where="identifier", remedy=remedy)
    if len(waiting) >= MOST_OPEN:
        said = f"{MOST_OPEN} applications of yours wait for an answer."
        raise NotPossible(said, remedy="wait until some are answered, or complain about the silence")


def proposed(position: int, listed: str, actor: Actor) -> Application:
    """The application that a clerk is about to propose a listing on; raises NotAllowed, BadInput, NotPossible."""
    found = application(position)
    _refuse(actor, "ApplicationProposed", found.resource)
    _refuse_answered(found)
    if found.asked.list != listed:
        said = "Another list was applied for."
        raise BadInput(said, where="list", remedy=f"{found.asked.list}, or the application declined with reasons")
    return found


def draft_proposed(position: int, case: int, actor: Actor, day: date) -> ledger.Draft:
    """The event that says which case an application led to; it follows the case's own event at once."""
    content = {"application": position, "case": case, "by": actor.name, "office": actor.scope}
    return ledger.Draft("ApplicationProposed", content | {"day": day.isoformat()})


def decline(position: int, actor: Actor, day: date, recorded_at: datetime, reasons: str) -> Application:
    """The application declined, with reasons that its applicant reads; raises NotAllowed, BadInput, NotPossible."""
    said = checked_text(reasons, "reasons")
    with ledger.alone():
        found = application(position)
        _refuse(actor, "ApplicationDeclined", found.resource)
        _refuse_answered(found)
        _append("ApplicationDeclined", {"application": position, "text": said}, actor, day, recorded_at)
    return application(position)


def complain(position: int, actor: Actor, day: date, recorded_at: datetime, text: str) -> Application:
    """The application with a complaint about how it was handled, for the overseer to answer."""
    said = checked_text(text, "text")
    with ledger.alone():
        found = application(position)
        _refuse(actor, "ComplaintFiled", found.resource)
        if found.complained:
            raise NotPossible("Your complaint waits for the overseer's answer.", remedy="that answer first")
        _append("ComplaintFiled", {"application": position, "text": said}, actor, day, recorded_at)
    return application(position)


def answer(position: int, actor: Actor, day: date, recorded_at: datetime, text: str) -> Application:
    """The application with the overseer's answer to the complaint about it."""
    said = checked_text(text, "text")
    with ledger.alone():
        found = application(position)
        _refuse(actor, "ComplaintAnswered", found.resource)
        if not found.complained:
            raise NotPossible("No complaint waits for an answer.", remedy="an application with one that does")
        _append("ComplaintAnswered", {"application": position, "text": said}, actor, day, recorded_at)
    return application(position)


def _refuse_answered(found: Application) -> None:
    if found.case is not None:
        raise NotPossible(f"It led to GS-{found.case} already.", where=str(found.position), remedy="that case")
    if found.declined_on is not None:
        said = f"{found.declined_by} declined it on {found.declined_on}."
        raise NotPossible(said, where=str(found.position), remedy="a new application, or a proposal without one")


def _refuse(actor: Actor, act: str, resource: ApplicationResource) -> None:
    allowed = may_apply(actor, act, resource)
    if not allowed.allowed:
        raise NotAllowed("This act is not yours.", remedy=allowed.because)


def _append(kind: str, content: dict[str, Any], actor: Actor, day: date, recorded_at: datetime) -> int:
    office = {"office": actor.scope} if actor.scope else {}
    whole = content | {"by": actor.name, **office, "day": day.isoformat()}
    return ledger.append([ledger.Draft(kind, whole)], recorded_at, signer()).size - 1
