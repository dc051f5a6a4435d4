"""Cases that an authority opens: a finding proposed for a list, or an interim measure against danger to life."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import pyarrow as pa
from rapidfuzz import fuzz

from goodstanding.access import Actor
from goodstanding.access.acts import CaseResource, may_act
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Case as CaseRules
from goodstanding.catalogue.model import ListRule
from goodstanding.errors import BadInput, NotAllowed, NotFound, NotPossible
from goodstanding.ledger import store as ledger
from goodstanding.procedure.hearing import Act, Phase
from goodstanding.register import catalogues, hearing_rows, kept_aside
from goodstanding.register.applications import as_said
from goodstanding.register.applying import draft_proposed, proposed
from goodstanding.register.file import whose
from goodstanding.register.findings import checked_fields
from goodstanding.register.hearings import Hearing, alone, append, checked, hearing
from goodstanding.register.outcome import RECORDS
from goodstanding.register.store import rows
from goodstanding.standing.cases import code_field
from goodstanding.standing.sparing import spared
from goodstanding.subjects import Identifier

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


def propose(one: Proposal, actor: Actor, day: date, recorded_at: datetime, interim: bool = False) -> Hearing:
    """The case opened by a proposal, or by an interim measure that binds from now on; raises what stands against it."""
    return alone(lambda: _propose(one, actor, day, recorded_at, interim))


def _propose(one: Proposal, actor: Actor, day: date, recorded_at: datetime, interim: bool) -> int:
    kind, content = prepared(one, actor, day, interim)
    more = [] if one.application is None else [draft_proposed(one.application, ledger.size(), actor, day)]
    return append(kind, content, actor, day, recorded_at, *more)


def prepared(one: Proposal, actor: Actor, day: date, interim: bool = False) -> tuple[Act, dict[str, Any]]:
    """The act that would open the case, and what its event would say; raises what stands against it, writes nothing."""
    catalogue, listed = catalogues.list_rule(one.list)
    rule, case = _rules(catalogue, listed)
    kind = Act.IMPOSE_INTERIM if interim else Act.PROPOSE
    _refuse(actor, kind, catalogue, case, interim)
    content = _content(one, catalogue, listed, case, day)
    _refuse_spared(content, catalogue, rule)
    kept_aside.refuse_again(actor.scope, content["record"], content["reference"])
    _refuse_open(content, actor.scope, day)
    return kind, content | {"source": actor.scope} | _applied(one, content, actor)


def _applied(one: Proposal, content: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The application that is answered, with all its evidence; who made it stands in its own event alone."""
    if one.application is None:
        return {}
    made = proposed(one.application, f"{content['catalogue']}/{content['list']}", actor)
    theirs = {each.digest for each in made.asked.evidence}
    own = [each for each in content.get("evidence", ()) if each.get("digest") not in theirs]
    return {"application": one.application, "evidence": [*as_said(made.asked.evidence), *own]}


def _refuse_open(content: Mapping[str, Any], source: str, day: date) -> None:
    """Nobody answers twice to one proposal: one that was sent twice is one case."""
    found = rows(_SAME, [content["subject"]["identifiers"][0], content["list"], source, content["reference"]])
    for (position,) in found:
        if hearing(position).case.phase(day) not in (None, Phase.ENDED):
            remedy = "that case, or another file number"
            raise NotPossible(f"GS-{position} is open about this already.", where="reference", remedy=remedy)


def _rules(catalogue: Catalogue, listed: str) -> tuple[ListRule, CaseRules]:
    rule = catalogue.lists[listed]
    if not rule.case:
        raise BadInput("This list is made from others.", where="list", remedy=", ".join(rule.from_))
    return rule, catalogue.cases[rule.case]


def _refuse(actor: Actor, kind: Act, catalogue: Catalogue, case: CaseRules, interim: bool) -> None:
    allowed = may_act(actor, kind, CaseResource(source=actor.scope))
    if not allowed.allowed:
        raise NotAllowed("This act is not yours.", remedy=allowed.because)
    if case.record not in catalogue.mandates.get(actor.scope, ()):
        raise NotAllowed(f"{actor.scope} may not state a {case.record}.", remedy=catalogue.name)
    procedure = catalogue.procedures.get(case.procedure or "")
    if interim and (procedure is None or procedure.interim is None):
        raise BadInput("The law of this list knows no interim measure.", where="list", remedy="a proposal")


def _content(one: Proposal, catalogue: Catalogue, listed: str, case: CaseRules, day: date) -> dict[str, Any]:
    record = catalogue.records[case.record]
    identifier = str(Identifier.parse(one.identifier))
    if one.kind not in catalogue.concerned(case.record):
        raise BadInput(
            "The list is for subjects of another kind.",
            where="kind",
            remedy=", ".join(catalogue.concerned(case.record)),
        )
    if not catalogue.in_force <= one.occurred <= day:
        raise BadInput(
            "It occurred before the law or in the future.", where="occurred", remedy=f"{catalogue.in_force} to {day}"
        )
    if not one.text.strip() or not one.reference.strip() or not one.name.strip():
        raise BadInput(
            "A proposal without reasons, reference or name.", where="text", remedy="facts, law and file number"
        )
    fields = checked_fields(one.fields, record, day)
    subject = {"kind": one.kind, "identifiers": [identifier], "name": one.name.strip()}
    code = code_field(catalogue, catalogue.lists[listed].case or "")
    named = one.applicant if one.application is None else ""
    said = checked({"text": one.text, "applicant": named, "evidence": [dict(each) for each in one.evidence]})
    return said | {
        "catalogue": catalogue.name, "list": listed, "record": case.record, "reference": one.reference.strip(),
        "version": 1, "subject": subject, "occurred": one.occurred.isoformat(), "stated": day.isoformat(),
        "fields": fields, "code": str(fields.get(code or "", "")), **_objection(identifier, listed, fields, one),
    }  # fmt: skip


def _refuse_spared(content: Mapping[str, Any], catalogue: Catalogue, rule: ListRule) -> None:
    """Nobody is proposed whom the law spares, or of whom the finding does not say that it does not."""
    row = {
        "position": 1, "subject_id": 1, "record": content["record"], "source": "", "reference": content["reference"],
        "about": "", "occurred": date.fromisoformat(content["occurred"]), "fields": json.dumps(content["fields"]),
        "published": "",
    }  # fmt: skip
    found = spared(pa.Table.from_pylist([row], schema=RECORDS), catalogue, rule.case or "")
    if found:
        case = catalogue.cases[rule.case or ""]
        raise BadInput(
            case.spares[found[0]].says or f"The law spares this subject: {found[0]}.",
            where="fields",
            remedy="charter article 8",
        )


def _objection(identifier: str, listed: str, fields: Mapping[str, Any], one: Proposal) -> dict[str, int]:
    """The case in which the same finding, or nearly the same, was rejected before."""
    try:
        subject_id = whose(identifier)
    except NotFound:
        return {}
    for row in reversed(hearing_rows.cases_of(subject_id, ledger.size())):
        if (
            row["listed"] == listed
            and row["act"] == Act.PROPOSE.value
            and _alike(hearing(row["position"]), fields, one)
        ):
            return {"objection": int(row["position"])}
    return {}


def _alike(before: Hearing, fields: Mapping[str, Any], one: Proposal) -> bool:
    rejected = before.case.overturned or any(each.act is Act.DECIDE and not each.upheld for each in before.case.done)
    same = before.opened.body.get("fields") == dict(fields) or before.opened.body.get("reference") == one.reference
    return rejected and (same or fuzz.ratio(before.opened.text, one.text) >= ALIKE)
