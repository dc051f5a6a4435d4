"""What was done in a case, word for word: each act with its files, its letter, and who opened that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from goodstanding.procedure.hearing import DECIDING, Act
from goodstanding.register import letters
from goodstanding.register.hearings import Heard, Hearing
from goodstanding.web.hearings import attaching, said
from goodstanding.web.models import LookUp
from goodstanding.web.shapes import cases as shapes

_OF_BODY = (Act.DECIDE_APPEAL, Act.HEAR_INTERIM, Act.LIFT_SUSPENSION)
Looks = Mapping[str, list[shapes.Opened]]


def acts(held: Hearing, chosen: Iterable[Heard] | None = None) -> list[shapes.Heard]:
    """The acts of a case, oldest first; all of them, or those chosen."""
    given = list(held.acts if chosen is None else chosen)
    looks = opened(held, [letter_address(held, one.position) for one in given])
    return [_heard(held, one, looks) for one in given]


def letter_address(held: Hearing, position: int) -> str:
    """Where the letter about an act stands."""
    return f"/cases/{held.position}/letters/{position}"


def opened(held: Hearing, addresses: Iterable[str]) -> Looks:
    """When somebody who acts for the subject first opened the letters at these addresses."""
    found: dict[str, list[shapes.Opened]] = {}
    looks = LookUp.objects.filter(subject=held.subject.identifier, role="subject", opened__in=list(addresses))
    for one in looks.order_by("at", "pk"):
        names = found.setdefault(one.opened, [])
        if one.name not in {each.name for each in names}:
            names.append(shapes.Opened(at=one.at, name=one.name))
    return found


def _heard(held: Hearing, one: Heard, looks: Looks) -> shapes.Heard:
    body = one.body
    upheld = bool(body.get("upheld", True)) if one.act in DECIDING else None
    has_letter = letters.has_letter(held, one)
    address = letter_address(held, one.position)
    return shapes.Heard(
        position=one.position,
        act=one.act.value,
        title=said.act(one.act),
        day=one.day,
        recorded_at=one.recorded_at,
        by=one.by,
        office=one.office,
        office_name=office_name(held, one.office),
        side=side(held, one),
        late=one.late,
        upheld=upheld,
        outcome=said.outcome(held, one.act, upheld) if upheld is not None else "",
        ends_on=date.fromisoformat(body["ends_on"]) if body.get("ends_on") else None,
        service=said.service(str(body["service"])) if body.get("service") else "",
        proof=str(body.get("proof", "")),
        new=str(body.get("new", "")),
        text=one.text,
        evidence=exhibits(held, one),
        letter=address if has_letter else None,
        opened=looks.get(address, []),
    )


def side(held: Hearing, one: Heard) -> str:
    """Who spoke: the subject, the authority, an appeal body, or the register for what follows elsewhere."""
    if not one.by:
        return "register"
    if one.office in held.subject.identifiers:
        return "subject"
    return "body" if one.act in _OF_BODY else "authority"


def office_name(held: Hearing, office: str) -> str:
    """The name of an office, or of the subject."""
    return held.subject.name if office in held.subject.identifiers else letters.office_name(held.rules, office)


def exhibits(held: Hearing, one: Heard) -> list[shapes.Exhibit]:
    """The files that came with an act."""
    return [
        shapes.Exhibit(
            name=each.name, digest=each.digest, size=each.size, type=each.media_type,
            title=attaching.kind(each.media_type), address=f"/cases/{held.position}/evidence/{each.digest}", by=one.by,
            position=one.position,
        )
        for each in letters.exhibits([one])
    ]  # fmt: skip
