"""The lists for which an office may open a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.access.acts import CaseResource, may_act
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import FieldRule, RecordType
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.procedure.hearing import Act
from goodstanding.register import catalogues
from goodstanding.web.shapes.desks import Chosen


def is_interim(actor: Actor) -> bool:
    """Whether what somebody opens is an interim measure: those who decide impose, those who do not propose."""
    return actor.role is Role.DECIDER


def opens(actor: Actor) -> Act:
    """The act by which somebody opens a case; raises NotAllowed for whoever opens none."""
    act = Act.IMPOSE_INTERIM if is_interim(actor) else Act.PROPOSE
    allowed = may_act(actor, act, CaseResource(source=actor.scope))
    if not allowed.allowed or not actor.scope:
        raise NotAllowed(_("Cases are opened by the clerks and deciders of a source."), remedy=allowed.because)
    return act


def of(actor: Actor) -> list[Chosen]:
    """The lists that the office of whoever asks may state, each as `catalogue/list`."""
    return [
        Chosen(value=f"{rules.name}/{listed}", title=rule.title, says=rule.says, catalogue_title=rules.title)
        for rules in (one.catalogue for one in catalogues.enacted().values())
        for listed, rule in rules.lists.items()
        if rule.case and _may(rules, rule.case, actor)
    ]


def _may(rules: Catalogue, name: str, actor: Actor) -> bool:
    case = rules.cases[name]
    procedure = rules.procedures.get(case.procedure or "")
    law = procedure is not None and procedure.interim is not None
    return case.record in rules.mandates.get(actor.scope, ()) and (law or not is_interim(actor))


def named(actor: Actor, value: str) -> Chosen:
    """The list of that name; raises NotFound with those that there are."""
    held = of(actor)
    found = next((one for one in held if one.value == value), None)
    if found is None:
        raise NotFound(_("This office has no such list."), where="list", remedy=", ".join(one.value for one in held))
    return found


def record_of(value: str) -> tuple[Catalogue, str, RecordType]:
    """The rules of a list, the name of the record that puts somebody on it, and its type."""
    rules, listed = catalogues.list_rule(value)
    name = rules.cases[rules.lists[listed].case or ""].record
    return rules, name, rules.records[name]


def stated(value: str) -> dict[str, FieldRule]:
    """The fields of a finding as it is proposed, without the days and names that later steps of the case set."""
    rules, name, record = record_of(value)
    case = rules.cases[rules.lists[catalogues.list_rule(value)[1]].case or ""]
    stays = rules.lists[catalogues.list_rule(value)[1]].stays
    steps = [one for one in case.steps.values() if (one.record or name) == name]
    later = {one.on for one in steps} | {one.public_on for one in steps} | {getattr(stays, "until", None)}
    procedure = rules.procedures.get(case.procedure or "")
    hands = [procedure.notice, procedure.decision, procedure.appeal] if procedure else []
    later |= {getattr(one, part, None) for one in hands for part in ("proof", "named")}
    return {key: rule for key, rule in record.fields.items() if rule.required or key not in later}


def kinds(value: str) -> list[str]:
    """The kinds of subject that can be on a list; persons have no page here, so none can be proposed on one."""
    rules, name, _record = record_of(value)
    return [one for one in rules.concerned(name) if one != "person"]


def office_name(office: str) -> str:
    """An office's name, as the first catalogue that knows it has it."""
    sources = (source for one in catalogues.enacted().values() for source in one.catalogue.sources)
    return next((one.name for one in sources if one.id == office), office)
