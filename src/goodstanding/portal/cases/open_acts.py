"""Which acts of a case are open to somebody, each with its form, and why the others are not."""

from __future__ import annotations

from datetime import date

from goodstanding.access import Actor
from goodstanding.access.case_acts import list_permitted_acts
from goodstanding.portal.cases.act_forms import CaseActForm, describe_act_form, explain_act_refusal
from goodstanding.portal.cases.schemas import BarredAct
from goodstanding.procedure.case_states import OPENING, Act
from goodstanding.register.cases.acts import list_possible_acts
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.cases.notices import is_subject_request
from goodstanding.web.schemas.forms import ActForm

_ACT_ORDER = (
    Act.REPLY, Act.DECIDE, Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR, Act.DECIDE_APPEAL, Act.HEAR_INTERIM, Act.SERVE_NOTICE,
    Act.SERVE_DECISION, Act.APPEAL, Act.LIFT_SUSPENSION, Act.PERFORM, Act.WITHDRAW,
)  # fmt: skip


def list_act_forms(case_file: CaseFile, actor: Actor, at: date) -> tuple[list[ActForm], list[BarredAct]]:
    """The forms of the acts that are open to somebody, and why the others that they hold are not."""
    own = [Act(act_code) for act_code in list_permitted_acts(actor, case_file.resource(actor))]
    reasons = list_possible_acts(case_file, actor, at)
    open_forms, barred = [], []
    for act in sorted((own_act for own_act in own if own_act not in OPENING), key=_ACT_ORDER.index):
        if not _is_act_of_case(case_file, act):
            continue
        if why := explain_act_refusal(case_file, act, actor, at, reasons[act]):
            barred.append(BarredAct(act=act.value, title=describe_act_form(case_file, act).title, because=why))
        else:
            open_forms.append(CaseActForm(case_file, act, actor, at).present())
    return open_forms, barred


def _is_act_of_case(case_file: CaseFile, act: Act) -> bool:
    """Whether an act can ever be done in this kind of case."""
    answers = {Act.DECIDE_DISPUTE: (Act.DISPUTE_RECORD, Act.DISPUTE_LINK), Act.DECIDE_REPAIR: (Act.ASK_REPAIR,)}
    if act in answers:
        return case_file.opened.act in answers[act]
    if is_subject_request(case_file):
        return act in (Act.REPLY, Act.APPEAL, Act.DECIDE_APPEAL, Act.WITHDRAW)
    if case_file.opened.act is Act.IMPOSE_INTERIM:
        return act in (Act.REPLY, Act.HEAR_INTERIM, Act.PERFORM, Act.WITHDRAW)
    return act is not Act.HEAR_INTERIM
