"""Cases that a subject opens: it disputes a record, or that a record is about it; it asks for repair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from goodstanding.access import Actor
from goodstanding.access.case_acts import CaseResource, may_act
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.messages import CaseMessage, Message
from goodstanding.procedure.case_states import DISPUTES, Act, Phase
from goodstanding.register.cases.acts import append_case_event, check_act_content
from goodstanding.register.cases.case_file import CaseFile, get_case
from goodstanding.register.cases.public_replies import refuse_if_entry_overtaken
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.case_spans import load_spans
from goodstanding.register.files.effects import Effect, list_effects
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.records import Record, find_record, list_records
from goodstanding.register.files.subjects import get_subject
from goodstanding.register.projection.case_rows import REPEATED_DISPUTE
from goodstanding.register.projection.projector import append_exclusively
from goodstanding.register.rules.enacted_catalogues import get_enacted

Evidence = Sequence[Mapping[str, Any]]
_OPEN = (Phase.ASKED, Phase.REFUSAL_APPEALED)


def dispute_record(
    record: int, actor: Actor, day: date, recorded_at: datetime, text: str, link: bool = False,
    evidence: Evidence = (), seen: int | None = None,
) -> CaseFile:  # fmt: skip
    """The case in which a subject says that a record is wrong, or (`link`) that it is not about it.

    `seen` is the newest that it knows of what happened about the entry: where there is more by now it is Overtaken.
    """
    kind = Act.DISPUTE_LINK if link else Act.DISPUTE_RECORD
    with append_exclusively():
        refuse_if_entry_overtaken(record, seen)
        position = _append_dispute(kind, record, actor, day, recorded_at, text, evidence)
    return get_case(position)


def _append_dispute(
    kind: Act, record: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence
) -> int:
    stated = _get_own_record(record, actor, kind)
    if stated.replaced_at is not None:
        raise NotPossible(Message(CaseMessage.RECORD_REPLACED, {"position": stated.replaced_at}))
    earlier_cases = _list_earlier_cases(stated, kind)
    if refusal := _explain_open_case(earlier_cases, day):
        raise NotPossible(refusal)
    code = {"code": REPEATED_DISPUTE} if any(_is_refused(earlier_case, day) for earlier_case in earlier_cases) else {}
    return _append_request(kind, stated, actor, day, recorded_at, text, evidence, **code)


def request_repair(
    about: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence = (),
    seen: int | None = None,
) -> CaseFile:  # fmt: skip
    """The case in which a subject asks to come off a list that rests on the record or case at a position."""
    with append_exclusively():
        refuse_if_entry_overtaken(about, seen)
        position = _append_repair_request(about, actor, day, recorded_at, text, evidence)
    return get_case(position)


def _append_repair_request(
    about: int, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence
) -> int:
    stated = _get_own_record(about, actor, Act.ASK_REPAIR)
    if refusal := explain_repair_refusal(stated, day):
        raise NotPossible(refusal)
    return _append_request(Act.ASK_REPAIR, stated, actor, day, recorded_at, text, evidence)


def explain_repair_refusal(stated: Record, day: date) -> Message | None:
    """Why repair cannot be asked for on a day of what rests on a record; None where it can."""
    about = stated.position
    listings = [
        effect
        for effect in _list_subject_effects(stated, day)
        if effect.kind == "listing" and about in effect.because and effect.holds
    ]
    if not listings:
        return Message(CaseMessage.REPAIR_OF_NO_LISTING)
    earliest = compute_earliest_repair(get_enacted(stated.catalogue).catalogue, listings[0])
    if day < earliest:
        return Message(CaseMessage.REPAIR_TOO_EARLY, {"day": earliest})
    return _explain_open_case(_list_earlier_cases(stated, Act.ASK_REPAIR), day)


def list_disputed_records(subject_id: int, at: date, size: int) -> dict[int, date]:
    """The records of a subject that are under an open dispute of its own at a day, as of a ledger size; since when."""
    disputed_since: dict[int, date] = {}
    spans = load_spans(subject_id, size)
    begun = {span["case_position"]: span["valid_from"] for span in reversed(spans.rows)}
    kinds = {row["position"]: row["act"] for row in list_case_rows(subject_id, size)} if spans.rows else {}
    for span in spans.rows:
        since, until = span["valid_from"], span["valid_to"]
        open_then = span["phase"] in _OPEN and since <= at and (until is None or at < until)
        if open_then and kinds[span["case_position"]] in DISPUTES:
            about, first = spans.about[span["case_position"]], begun[span["case_position"]]
            disputed_since[about] = min(disputed_since.get(about, first), first)
    return disputed_since


def _get_own_record(position: int, actor: Actor, kind: Act) -> Record:
    subject_and_record = find_record(position)
    if subject_and_record is None:
        raise NotFound(Message(CaseMessage.RECORD_MISSING, {"position": position}))
    subject_id, stated = subject_and_record
    subject = get_subject(subject_id)
    allowed = may_act(actor, kind, CaseResource(frozenset(subject.identifiers), stated.source, asked_by_subject=True))
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.ACT_NOT_YOURS_ON_FILE), remedy=allowed.because)
    return stated


def _list_subject_effects(stated: Record, day: date) -> list[Effect]:
    subject_id, _stated = find_record(stated.position) or (0, stated)
    return list_effects(subject_id, list_records(subject_id), PointInTime(day, day))


def compute_earliest_repair(catalogue: Catalogue, listing: Effect) -> date:
    """The first day on which repair can be asked for of a listing, as its rules have it."""
    case = catalogue.cases.get(catalogue.lists[listing.measure].case or "")
    waits = (
        [step.not_before for step in case.steps.values() if step.role == "repair" and step.not_before] if case else []
    )
    return min(
        (_choose_longest(wait).after(listing.valid_from, catalogue.month_sums) for wait in waits),
        default=listing.valid_from,
    )


def _choose_longest(wait: Period | CodedTerm) -> Period:
    return max(wait.terms.values()) if isinstance(wait, CodedTerm) else wait


def _list_earlier_cases(stated: Record, kind: Act) -> list[CaseFile]:
    """The cases of the kind that its subject opened about a record."""
    subject_id, _stated = find_record(stated.position) or (0, stated)
    rows = list_case_rows(subject_id, ledger.get_ledger_size())
    kinds = DISPUTES if kind in DISPUTES else {kind}
    return [get_case(row["position"]) for row in rows if row["about"] == stated.position and row["act"] in kinds]


def _explain_open_case(earlier_cases: Iterable[CaseFile], day: date) -> Message | None:
    """Why the same cannot be asked for once more: a case about it is still open; None where none is."""
    open_cases = [earlier_case for earlier_case in earlier_cases if earlier_case.case.phase(day) in _OPEN]
    return Message(CaseMessage.REQUEST_OPEN, {"case": open_cases[0].reference}) if open_cases else None


def _is_refused(earlier_case: CaseFile, day: date) -> bool:
    return earlier_case.case.phase(day) in (Phase.ENDED, Phase.REFUSED) and all(
        case_act.act is not Act.WITHDRAW for case_act in earlier_case.case.done
    )


def _append_request(
    kind: Act, about: Record, actor: Actor, day: date, recorded_at: datetime, text: str, evidence: Evidence,
    **extra: str,
) -> int:  # fmt: skip
    content = build_request_content(about.position, text, evidence) | extra
    return append_case_event(kind, content, actor, day, recorded_at, about.catalogue)


def build_request_content(about: int, text: str, evidence: Evidence = ()) -> dict[str, Any]:
    """What the event of a request about a record says but for who asks; raises BadInput without a reason."""
    if not text.strip():
        raise BadInput(Message(CaseMessage.REQUEST_UNREASONED), where="text")
    return check_act_content({"text": text, "evidence": [dict(exhibit) for exhibit in evidence]}) | {"disputed": about}
