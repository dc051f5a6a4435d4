"""Cases that an authority opens: a finding proposed for a list, or an interim measure against danger to life."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import pyarrow as pa
from rapidfuzz import fuzz

from goodstanding.access import Actor
from goodstanding.access.case_acts import CaseResource, may_act
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import CaseRule as CaseRules
from goodstanding.catalogue.procedures import ListRule
from goodstanding.effects import RECORDS
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.messages import CaseMessage, Message
from goodstanding.plain_text import remove_name_marks
from goodstanding.procedure.case_states import Act, Phase
from goodstanding.register.cases.acts import append_case_event, check_act_content
from goodstanding.register.cases.application_acts import build_application_proposed, get_proposable_application
from goodstanding.register.cases.applications import render_event_exhibits
from goodstanding.register.cases.case_file import CaseFile, get_case
from goodstanding.register.cases.field_validation import check_fields
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.subjects import find_subject_id
from goodstanding.register.projection.projector import append_exclusively, refuse_if_overtaken
from goodstanding.register.rules.authorities import can_state
from goodstanding.register.rules.enacted_catalogues import get_list_rule
from goodstanding.register.rules.identifier_schemes import parse_identifier
from goodstanding.register.storage.erased_keys import refuse_if_erased
from goodstanding.register.storage.queries import fetch_rows
from goodstanding.standing.cases import find_code_field
from goodstanding.standing.exemptions import list_exemptions

_SAME = """
SELECT hearing.position
FROM identifier
JOIN hearing ON hearing.subject_id = identifier.subject_id
JOIN record ON record.position = hearing.position
WHERE identifier.text = %s
  AND hearing.listed = %s
  AND record.source = %s
  AND record.reference = %s
"""
_OWN = """
SELECT hearing.position
FROM identifier
JOIN hearing ON hearing.subject_id = identifier.subject_id
JOIN record ON record.position = hearing.position
WHERE identifier.text IN ({marks})
  AND hearing.listed = %s
  AND record.source = %s
ORDER BY hearing.position
"""
ALIKE = 90  # of a hundred: how near two findings are that are taken for the same


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What an authority proposes: who is meant, for which list, on which finding, in its own words.

    `application` is the position of an application that it answers; `applicant` the name of whoever asked without one.
    """

    list: str
    kind: str
    identifier: str
    name: str
    reference: str
    occurred: date
    text: str
    fields: dict[str, Any] = {}
    evidence: tuple[dict[str, Any], ...] = ()
    applicant: str = ""
    application: int | None = None


def propose_case(
    proposal: Proposal, actor: Actor, day: date, recorded_at: datetime, interim: bool = False, seen: int | None = None
) -> CaseFile:
    """The case opened by a proposal, or by an interim measure that binds from now on; raises what stands against it.

    `seen` is the newest case that the actor knows of `list_own_cases`: where there is another by now it is Overtaken.
    """
    with append_exclusively():
        refuse_if_overtaken(seen, max(list_own_cases([proposal.identifier], proposal.list, actor.scope), default=0))
        position = _append_proposal(proposal, actor, day, recorded_at, interim)
    return get_case(position)


def list_own_cases(identifiers: Collection[str], value: str, source: str) -> list[int]:
    """The cases that a source opened about whoever bears one of some identifiers, for a list named `catalogue/list`."""
    if not identifiers:
        return []
    subjects = [str(parse_identifier(identifier)) for identifier in identifiers]
    statement = _OWN.format(marks=", ".join(["%s"] * len(subjects)))
    return [int(position) for (position,) in fetch_rows(statement, [*subjects, get_list_rule(value)[1], source])]


def _append_proposal(proposal: Proposal, actor: Actor, day: date, recorded_at: datetime, interim: bool) -> int:
    kind, content = check_proposal(proposal, actor, day, interim)
    application_drafts = (
        []
        if proposal.application is None
        else [build_application_proposed(proposal.application, ledger.get_ledger_size(), actor, day)]
    )
    return append_case_event(kind, content, actor, day, recorded_at, content["catalogue"], *application_drafts)


def check_proposal(proposal: Proposal, actor: Actor, day: date, interim: bool = False) -> tuple[Act, dict[str, Any]]:
    """The act that would open the case, and what its event would say; raises what stands against it, writes nothing."""
    catalogue, listed = get_list_rule(proposal.list)
    rule, case = _get_case_rules(catalogue, listed)
    kind = Act.IMPOSE_INTERIM if interim else Act.PROPOSE
    _refuse_if_not_allowed(actor, kind, catalogue, case, day)
    _refuse_if_interim_unknown(catalogue, case, interim)
    content = build_proposal_content(proposal, catalogue, listed, case, day)
    content |= _build_objection(content["subject"]["identifiers"][0], listed, content["fields"], proposal)
    _refuse_if_exempt(content, catalogue, rule)
    refuse_if_erased(actor.scope, content["record"], content["reference"])
    _refuse_if_open(content, actor.scope, day)
    return kind, content | {"source": actor.scope} | _build_application_content(proposal, content, actor)


def _build_application_content(proposal: Proposal, content: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The application that is answered, with all its evidence; who made it stands in its own event alone."""
    if proposal.application is None:
        return {}
    application = get_proposable_application(proposal.application, f"{content['catalogue']}/{content['list']}", actor)
    applicant_digests = {exhibit.digest for exhibit in application.request.evidence}
    own_evidence = [
        exhibit for exhibit in content.get("evidence", ()) if exhibit.get("digest") not in applicant_digests
    ]
    return {
        "application": proposal.application,
        "evidence": [*render_event_exhibits(application.request.evidence), *own_evidence],
    }


def _refuse_if_open(content: Mapping[str, Any], source: str, day: date) -> None:
    """Nobody answers twice to one proposal: one that was sent twice is one case."""
    same_cases = fetch_rows(
        _SAME, [content["subject"]["identifiers"][0], content["list"], source, content["reference"]]
    )
    for (position,) in same_cases:
        if get_case(position).case.phase(day) not in (None, Phase.ENDED):
            raise NotPossible(Message(CaseMessage.PROPOSED_ALREADY, {"case": position}), where="reference")


def _get_case_rules(catalogue: Catalogue, listed: str) -> tuple[ListRule, CaseRules]:
    rule = catalogue.lists[listed]
    if not rule.case:
        raise BadInput(Message(CaseMessage.LIST_MADE_FROM_OTHERS, {"lists": ", ".join(rule.from_)}), where="list")
    return rule, catalogue.cases[rule.case]


def _refuse_if_not_allowed(actor: Actor, kind: Act, catalogue: Catalogue, case: CaseRules, day: date) -> None:
    allowed = may_act(actor, kind, CaseResource(source=actor.scope))
    if not allowed.allowed:
        raise NotAllowed(Message(CaseMessage.ACT_NOT_YOURS), remedy=allowed.because)
    if not can_state(actor.scope, catalogue, case.record, day):
        params = {"office": actor.scope, "record": case.record, "catalogue": catalogue.name}
        raise NotAllowed(Message(CaseMessage.RECORD_TYPE_NOT_YOURS, params))


def _refuse_if_interim_unknown(catalogue: Catalogue, case: CaseRules, interim: bool) -> None:
    procedure = catalogue.procedures.get(case.procedure or "")
    if interim and (procedure is None or procedure.interim is None):
        raise BadInput(Message(CaseMessage.INTERIM_UNKNOWN), where="list")


def build_proposal_content(
    proposal: Proposal, catalogue: Catalogue, listed: str, case: CaseRules, day: date
) -> dict[str, Any]:
    """What a proposal's event says but for who makes it; raises BadInput for what cannot be meant."""
    record = catalogue.records[case.record]
    identifier = str(parse_identifier(proposal.identifier, proposal.kind))
    if proposal.kind not in catalogue.concerned(case.record):
        kinds = ", ".join(catalogue.concerned(case.record))
        raise BadInput(Message(CaseMessage.KIND_NOT_CONCERNED, {"kinds": kinds}), where="kind")
    if not catalogue.in_force <= proposal.occurred <= day:
        params = {"first": catalogue.in_force, "last": day}
        raise BadInput(Message(CaseMessage.OCCURRED_OUT_OF_BOUNDS, params), where="occurred")
    if not proposal.text.strip() or not proposal.reference.strip() or not remove_name_marks(proposal.name):
        raise BadInput(Message(CaseMessage.PROPOSAL_INCOMPLETE), where="text")
    fields = check_fields(proposal.fields, record, day)
    subject = {"kind": proposal.kind, "identifiers": [identifier], "name": remove_name_marks(proposal.name)}
    code = find_code_field(catalogue, catalogue.lists[listed].case or "")
    named = proposal.applicant if proposal.application is None else ""
    checked_content = check_act_content(
        {"text": proposal.text, "applicant": named, "evidence": [dict(exhibit) for exhibit in proposal.evidence]}
    )
    return checked_content | {
        "catalogue": catalogue.name, "list": listed, "record": case.record, "reference": proposal.reference.strip(),
        "version": 1, "subject": subject, "occurred": proposal.occurred.isoformat(), "stated": day.isoformat(),
        "fields": fields, "code": str(fields.get(code or "", "")),
    }  # fmt: skip


def _refuse_if_exempt(content: Mapping[str, Any], catalogue: Catalogue, rule: ListRule) -> None:
    """Nobody is proposed whom the law spares, or of whom the finding does not say that it does not."""
    row = {
        "position": 1, "subject_id": 1, "record": content["record"], "source": "", "reference": content["reference"],
        "about": "", "occurred": date.fromisoformat(content["occurred"]), "fields": json.dumps(content["fields"]),
        "published": "",
    }  # fmt: skip
    exemptions = list_exemptions(pa.Table.from_pylist([row], schema=RECORDS), catalogue, rule.case or "")
    if exemptions:
        case = catalogue.cases[rule.case or ""]
        says = case.spares[exemptions[0]].says
        code = CaseMessage.SUBJECT_SPARED_AS_STATED if says else CaseMessage.SUBJECT_SPARED
        raise BadInput(Message(code, {"says": says, "exemption": exemptions[0]}), where="fields")


def _build_objection(identifier: str, listed: str, fields: Mapping[str, Any], proposal: Proposal) -> dict[str, int]:
    """The case in which the same finding, or nearly the same, was rejected before."""
    try:
        subject_id = find_subject_id(identifier)
    except NotFound:
        return {}
    for row in reversed(list_case_rows(subject_id, ledger.get_ledger_size())):
        if (
            row["listed"] == listed
            and row["act"] == Act.PROPOSE.value
            and _is_rejected_alike(get_case(row["position"]), fields, proposal)
        ):
            return {"objection": int(row["position"])}
    return {}


def _is_rejected_alike(earlier_case: CaseFile, fields: Mapping[str, Any], proposal: Proposal) -> bool:
    rejected = earlier_case.case.overturned or any(
        case_act.act is Act.DECIDE and not case_act.upheld for case_act in earlier_case.case.done
    )
    same = (
        earlier_case.opened.body.get("fields") == dict(fields)
        or earlier_case.opened.body.get("reference") == proposal.reference
    )
    return rejected and (same or fuzz.ratio(earlier_case.opened.text, proposal.text) >= ALIKE)
