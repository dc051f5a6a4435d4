"""How pages speak of applications: whom they are about, and what became of them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from goodstanding.access import Role
from goodstanding.errors import BadInput
from goodstanding.register import catalogues
from goodstanding.register.applications import Application
from goodstanding.register.became import OVER, Became, State, became
from goodstanding.web.hearings.said import day, last
from goodstanding.web.shapes import applications as shapes
from goodstanding.web.views.account import title_of


def line(one: Application, at: date) -> shapes.Line:
    """An application and where it stands on a day."""
    stands = became(one, at)
    return shapes.Line(
        position=one.position,
        list=one.asked.list,
        list_title=list_title(one.asked.list),
        source=one.asked.source,
        source_name=title_of(Role.SOURCE, one.asked.source),
        name=one.asked.name,
        identifier=one.asked.identifier,
        by=one.by,
        day=one.day,
        state=stands.state.value,
        state_title=state(stands.state),
        says=sentence(stands),
        since=stands.since,
        until=stands.until,
        case=stands.case,
        over=stands.state in OVER,
        complaint=one.complained is not None,
    )


def list_title(listed: str) -> str:
    """The title of a list; its name where its rules are in force no longer."""
    try:
        catalogue, key = catalogues.list_rule(listed)
    except BadInput:
        return listed
    return catalogue.lists[key].title


def state(value: State) -> str:
    """Where an application stands, in a word or two."""
    titles = {
        State.RECEIVED: _("Received"),
        State.UNANSWERED: _("No answer"),
        State.DECLINED: _("Declined"),
        State.PROPOSED: _("Proposed"),
        State.DECIDED: _("Decided"),
        State.LISTED: _("Listed"),
        State.APPEALED: _("Appealed"),
        State.PERFORMED: _("Performed"),
        State.REJECTED: _("Not upheld"),
        State.ENDED: _("Over"),
    }
    return titles[value]


def sentence(one: Became) -> str:
    """What became of an application, in a sentence."""
    named = {"since": day(one.since), "last": day(last(one.until)) if one.until else "", "case": f"GS-{one.case}"}
    said = {
        State.RECEIVED: _("The source can answer until the end of %(last)s."),
        State.UNANSWERED: _(
            "The source let twenty working days pass without an answer. That is counted, and the overseer sees it."
        ),
        State.DECLINED: _("The source declined it on %(since)s, with its reasons."),
        State.PROPOSED: _(
            "The source proposed a listing as %(case)s. The subject is heard before anything is decided."
        ),
        State.DECIDED: _("%(case)s was decided on %(since)s. Nothing is in force before that is served."),
        State.LISTED: _("%(case)s put it on the list, since %(since)s."),
        State.APPEALED: _("The subject appealed in %(case)s. Nothing is in force while that is heard."),
        State.PERFORMED: _("Payment or performance was confirmed on %(since)s, so %(case)s is over."),
        State.REJECTED: _("%(case)s was decided against a listing, or the decision fell, on %(since)s."),
        State.ENDED: _("%(case)s is over since %(since)s."),
    }[one.state]
    return said % named
