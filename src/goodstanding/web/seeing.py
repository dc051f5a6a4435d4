"""Who may see the content of an event that is no record: an act in a case, an application, a subject's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.access import Action, Actor, Decision, Resource, Role, may
from goodstanding.access.acts import may_see_application
from goodstanding.register import applications, file, replies
from goodstanding.register.hearing_rows import OF_A_CASE
from goodstanding.register.hearings import hearing
from goodstanding.register.store import rows
from goodstanding.web.hearings import page

CASE = "SELECT case_position FROM hearing_act WHERE position = %s"
SAID_IN_A_CASE = ("text", "by", "office", "evidence", "applicant", "application", "objection")
SEES_APPLICANTS = (Role.SOURCE, Role.OVERSEER)


def may_see_event(position: int, kind: str, actor: Actor) -> Decision:
    """Whether an actor may see what an event says that is no record, and because of which rule; else nobody may."""
    if kind in applications.KINDS:
        made = applications.about_event(position)
        return may_see_application(actor, made.resource) if made else may(actor, Action.SEE_RECORD, Resource())
    if kind in replies.KINDS:
        said = replies.about_event(position)
        return _of_record(said.beside, actor) if said else may(actor, Action.SEE_RECORD, Resource())
    if found := rows(CASE, [position]):
        return page.may_see(hearing(int(found[0][0])), actor)
    return may(actor, Action.SEE_RECORD, Resource())


def _of_record(position: int, actor: Actor) -> Decision:
    found = file.at(position)
    if found is None:
        return may(actor, Action.SEE_PARTIES, Resource())
    who = file.subject(found[0])
    sources = frozenset(one.source for one in file.records_of(found[0]))
    return may(actor, Action.SEE_PARTIES, Resource(who.kind, frozenset(who.identifiers), sources))


def withheld(event: str, party: bool, actor: Actor) -> dict[str, str]:
    """What of a record that opened a case an actor does not see, by key, and how that is called.

    Anybody sees coded fields alone (charter article 2); who applied for a listing is for its source and the overseer.
    """
    if event not in OF_A_CASE:
        return {}
    if not party:
        return dict.fromkeys(SAID_IN_A_CASE, _("what was said in the case, and by whom"))
    return {} if actor.role in SEES_APPLICANTS else {"applicant": _("who applied for it")}
