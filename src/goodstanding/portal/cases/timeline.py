"""What was done in a case, word for word: each act with its files, its letter, and who opened that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from goodstanding.portal.cases.schemas import CaseActSchema, LetterOpening
from goodstanding.procedure.case_states import DECIDING, Act
from goodstanding.procedure.intervals import find_last_day
from goodstanding.register.cases.case_file import CaseAct, CaseFile
from goodstanding.register.cases.notices import find_office_name, has_notice, list_exhibits
from goodstanding.web.forms.attachments import name_media_type
from goodstanding.web.models import LookUp
from goodstanding.web.schemas.forms import ExhibitSchema
from goodstanding.web.wording.case_terms import name_act, name_decision_outcome, name_service

_OF_BODY = (Act.DECIDE_APPEAL, Act.HEAR_INTERIM, Act.LIFT_SUSPENSION)
OpeningsByLetter = Mapping[str, list[LetterOpening]]


def build_timeline(case_file: CaseFile, chosen: Iterable[CaseAct] | None = None) -> list[CaseActSchema]:
    """The acts of a case, oldest first; all of them, or those chosen."""
    case_acts = list(case_file.acts if chosen is None else chosen)
    openings = index_letter_openings(
        case_file, [build_letter_address(case_file, case_act.position) for case_act in case_acts]
    )
    return [_present_case_act(case_file, case_act, openings) for case_act in case_acts]


def build_letter_address(case_file: CaseFile, position: int) -> str:
    """Where the letter about an act stands."""
    return reverse("letter", args=[case_file.position, position])


def index_letter_openings(case_file: CaseFile, addresses: Iterable[str]) -> OpeningsByLetter:
    """When somebody who acts for the subject first opened the letters at these addresses."""
    openings: dict[str, list[LetterOpening]] = {}
    log_entries = LookUp.objects.filter(
        subject=case_file.subject.identifier, role="subject", opened__in=list(addresses)
    )
    for log_entry in log_entries.order_by("at", "pk"):
        letter_openings = openings.setdefault(log_entry.opened, [])
        if log_entry.name not in {opening.name for opening in letter_openings}:
            letter_openings.append(LetterOpening(at=log_entry.at, name=log_entry.name))
    return openings


def _present_case_act(case_file: CaseFile, case_act: CaseAct, openings: OpeningsByLetter) -> CaseActSchema:
    body = case_act.body
    upheld = bool(body.get("upheld", True)) if case_act.act in DECIDING else None
    ends_on = date.fromisoformat(body["ends_on"]) if body.get("ends_on") else None
    has_letter = has_notice(case_file, case_act)
    address = build_letter_address(case_file, case_act.position)
    return CaseActSchema(
        position=case_act.position,
        act=case_act.act.value,
        title=name_act(case_act.act),
        day=case_act.day,
        recorded_at=case_act.recorded_at,
        by=case_act.shown_name,
        office=case_act.office,
        office_name=name_acting_office(case_file, case_act.office),
        side=determine_side(case_file, case_act),
        late=case_act.late,
        upheld=upheld,
        outcome=name_decision_outcome(case_file, case_act.act, upheld) if upheld is not None else "",
        ends_on=ends_on,
        last_day=find_last_day(ends_on),
        service=name_service(str(body["service"])) if body.get("service") else "",
        proof=str(body.get("proof", "")),
        new=str(body.get("new", "")),
        text=case_act.text,
        evidence=present_act_exhibits(case_file, case_act),
        letter=address if has_letter else None,
        opened=openings.get(address, []),
    )


def determine_side(case_file: CaseFile, case_act: CaseAct) -> str:
    """Who spoke: the subject, the authority, an appeal body, or the register for what follows elsewhere."""
    if not case_act.by:
        return "register"
    if case_act.office in case_file.subject.identifiers:
        return "subject"
    return "body" if case_act.act in _OF_BODY else "authority"


def name_acting_office(case_file: CaseFile, office: str) -> str:
    """The name of an office, or of the subject."""
    return (
        case_file.subject.name if office in case_file.subject.identifiers else find_office_name(case_file.rules, office)
    )


def present_act_exhibits(case_file: CaseFile, case_act: CaseAct) -> list[ExhibitSchema]:
    """The files that came with an act."""
    return [
        ExhibitSchema(
            name=exhibit.name, digest=exhibit.digest, size=exhibit.size, type=exhibit.media_type,
            title=name_media_type(exhibit.media_type), by=case_act.shown_name,
            address=reverse("evidence", args=[case_file.position, exhibit.digest]),
            position=case_act.position,
        )
        for exhibit in list_exhibits([case_act])
    ]  # fmt: skip
