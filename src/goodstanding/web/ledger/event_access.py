"""Who may see the content of an event that is no record: an act in a case, an application, a subject's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.access import WHOLE_REGISTER, Action, Actor, Decision, Role, may
from goodstanding.access.case_acts import may_see_application
from goodstanding.register.cases.applications import find_application_of_event
from goodstanding.register.cases.case_access import decide_case_access
from goodstanding.register.cases.case_file import get_case
from goodstanding.register.cases.public_replies import find_reply_of_event
from goodstanding.register.files.case_queries import find_case_of_act
from goodstanding.register.files.file_access import may_see_parties, may_see_record_as_party
from goodstanding.register.files.records import find_record
from goodstanding.register.files.subjects import get_subject
from goodstanding.register.projection.case_rows import CASE_FINDING_KINDS
from goodstanding.register.storage.event_kinds import APPLICATION_KINDS, REPLY_KINDS
from goodstanding.web.http import clock

CASE_ONLY_KEYS = ("text", "by", "full_name", "office", "evidence", "applicant", "application", "objection")
ROLES_SEEING_APPLICANTS = (Role.SOURCE, Role.OVERSEER)


def may_see_event(position: int, kind: str, actor: Actor) -> Decision:
    """Whether an actor may see what an event says that is no record, and because of which rule; else nobody may."""
    if kind in APPLICATION_KINDS:
        application = find_application_of_event(position)
        return (
            may_see_application(actor, application.resource)
            if application
            else may(actor, Action.SEE_RECORD, WHOLE_REGISTER)
        )
    if kind in REPLY_KINDS:
        reply = find_reply_of_event(position)
        return _may_see_record_event(reply.beside, actor) if reply else may(actor, Action.SEE_RECORD, WHOLE_REGISTER)
    case = find_case_of_act(position)
    if case is not None:
        return decide_case_access(get_case(case), actor)
    return may(actor, Action.SEE_RECORD, WHOLE_REGISTER)


def may_see_as_party(subject_id: int, position: int, kind: str, actor: Actor) -> Decision:
    """Whether an actor sees the event of a record as a party, and because of which rule.

    One that opened a case is the case's, as are the acts in it: another source of the same file is no party of it.
    """
    if kind in CASE_FINDING_KINDS:
        return decide_case_access(get_case(position), actor)
    return may_see_record_as_party(subject_id, position, actor, clock.get_today())


def _may_see_record_event(position: int, actor: Actor) -> Decision:
    subject_and_record = find_record(position)
    if subject_and_record is None:
        return may(actor, Action.SEE_PARTIES, WHOLE_REGISTER)
    return may_see_parties(get_subject(subject_and_record[0]), actor, clock.get_today())


def list_withheld_keys(event: str, party: bool, actor: Actor) -> dict[str, str]:
    """What of a record that opened a case an actor does not see, by key, and how that is called.

    Anybody sees coded fields alone (charter article 2); who applied for a listing is for its source and the overseer.
    """
    if event not in CASE_FINDING_KINDS:
        return {}
    if not party:
        return dict.fromkeys(CASE_ONLY_KEYS, _("what was said in the case, and by whom"))
    return {} if actor.role in ROLES_SEEING_APPLICANTS else {"applicant": _("who applied for it")}
