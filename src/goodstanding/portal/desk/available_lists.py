"""The lists for which an office may open a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.access import Actor, Role
from goodstanding.access.case_acts import CaseResource, may_act
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.records import FieldRule, RecordType
from goodstanding.errors import NotAllowed, NotFound
from goodstanding.portal.desk.schemas import AvailableList
from goodstanding.procedure.case_states import Act
from goodstanding.register.rules.authorities import can_state
from goodstanding.register.rules.enacted_catalogues import get_list_rule, list_enacted
from goodstanding.web.http import clock


def is_opening_interim(actor: Actor) -> bool:
    """Whether what somebody opens is an interim measure: those who decide impose, those who do not propose."""
    return actor.role is Role.DECIDER


def get_opening_act(actor: Actor) -> Act:
    """The act by which somebody opens a case; raises NotAllowed for whoever opens none."""
    act = Act.IMPOSE_INTERIM if is_opening_interim(actor) else Act.PROPOSE
    allowed = may_act(actor, act, CaseResource(source=actor.scope))
    if not allowed.allowed or not actor.scope:
        raise NotAllowed(_("Cases are opened by the clerks and deciders of a source."), remedy=allowed.because)
    return act


def list_available_lists(actor: Actor) -> list[AvailableList]:
    """The lists that the office of whoever asks may state, each as `catalogue/list`."""
    return [
        AvailableList(value=f"{rules.name}/{listed}", title=rule.title, says=rule.says, catalogue_title=rules.title)
        for rules in (enacted.catalogue for enacted in list_enacted().values())
        for listed, rule in rules.lists.items()
        if rule.case and _may_open(rules, rule.case, actor)
    ]


def _may_open(rules: Catalogue, name: str, actor: Actor) -> bool:
    case = rules.cases[name]
    procedure = rules.procedures.get(case.procedure or "")
    law = procedure is not None and procedure.interim is not None
    is_stated = can_state(actor.scope, rules, case.record, clock.get_local_day(rules))
    return is_stated and (law or not is_opening_interim(actor))


def get_available_list(actor: Actor, value: str) -> AvailableList:
    """The list of that name; raises NotFound with those that there are."""
    available_lists = list_available_lists(actor)
    chosen_list = next((available_list for available_list in available_lists if available_list.value == value), None)
    if chosen_list is None:
        raise NotFound(
            _("This office has no such list."),
            where="list",
            remedy=", ".join(available_list.value for available_list in available_lists),
        )
    return chosen_list


def get_list_record(value: str) -> tuple[Catalogue, str, RecordType]:
    """The rules of a list, the name of the record that puts somebody on it, and its type."""
    rules, listed = get_list_rule(value)
    name = rules.cases[rules.lists[listed].case or ""].record
    return rules, name, rules.records[name]


def list_stated_fields(value: str) -> dict[str, FieldRule]:
    """The fields of a finding as it is proposed, without the days and names that later steps of the case set."""
    rules, name, record = get_list_record(value)
    case = rules.cases[rules.lists[get_list_rule(value)[1]].case or ""]
    stays = rules.lists[get_list_rule(value)[1]].stays
    steps = [step for step in case.steps.values() if (step.record or name) == name]
    later = {step.on for step in steps} | {step.public_on for step in steps} | {getattr(stays, "until", None)}
    procedure = rules.procedures.get(case.procedure or "")
    hands = [procedure.notice, procedure.decision, procedure.appeal] if procedure else []
    later |= {getattr(hand, part, None) for hand in hands for part in ("proof", "named")}
    return {key: rule for key, rule in record.fields.items() if rule.required or key not in later}


def list_kinds_for_list(value: str) -> list[str]:
    """The kinds of subject that can be on a list; persons have no page here, so none can be proposed on one."""
    rules, name, _record = get_list_record(value)
    return [subject_kind for subject_kind in rules.concerned(name) if subject_kind != "person"]


def find_office_name(office: str) -> str:
    """An office's name, as the first catalogue that knows it has it."""
    sources = (source for enacted in list_enacted().values() for source in enacted.catalogue.sources)
    return next((source.name for source in sources if source.id == office), office)
