"""What a desk says of its queues and of each case in them: what is needed, by when, and what silence would do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.access import Actor, Role
from goodstanding.procedure.hearing import Act, Phase
from goodstanding.register import catalogues
from goodstanding.register.queues import Part, Queue, Waiting
from goodstanding.web import facts
from goodstanding.web.hearings import said
from goodstanding.web.shapes import desks as shapes

URGENT, SOON = 3, 14
_REPAIR = Act.ASK_REPAIR
_ACTS = {
    Role.SOURCE: {Queue.TO_SERVE: Act.SERVE_NOTICE, Queue.DECISIONS: Act.SERVE_DECISION},
    Role.DECIDER: {
        Queue.TO_DECIDE: Act.DECIDE, Queue.ASKED: Act.DECIDE_DISPUTE, Queue.DECISIONS: Act.SERVE_DECISION,
    },
    Role.APPEAL: {Queue.APPEALS: Act.DECIDE_APPEAL, Queue.INTERIM: Act.HEAR_INTERIM},
}  # fmt: skip


def title(which: Queue) -> str:
    """A queue by name."""
    titles = {
        Queue.TO_SERVE: _("Notices to serve"),
        Queue.WAITING: _("Waiting for an answer"),
        Queue.TO_DECIDE: _("To decide"),
        Queue.DECISIONS: _("Decisions to serve"),
        Queue.ASKED: _("Disputes and repairs"),
        Queue.APPEALS: _("Appeals"),
        Queue.INTERIM: _("Interim measures to hear"),
        Queue.ENDING: _("Ending soon"),
    }
    return titles[which]


def headline(which: Queue, part: Part) -> str:
    """How many cases stand in a queue, in one sentence."""
    if part.more:
        return _("%(title)s: more than %(n)s cases") % {"title": title(which), "n": f"{part.total:,}"}
    if not part.total:
        return _("%(title)s: none") % {"title": title(which)}
    counted = ngettext("%(n)s case", "%(n)s cases", part.total) % {"n": f"{part.total:,}"}
    return _("%(title)s: %(counted)s") % {"title": title(which), "counted": counted}


def says(which: Queue) -> str:
    """What a queue is for, and what silence does in it."""
    texts = {
        Queue.TO_SERVE: _(
            "Proposed, and the subject was not told yet. A case whose notice is not served in time ends."
        ),
        Queue.WAITING: _("The subject was told, and its time to answer runs."),
        Queue.TO_DECIDE: _("An answer is in, or the time for it is over. Silence ends the case for the subject."),
        Queue.DECISIONS: _("Decided, and in force only once it is served. Not served in time, the case ends."),
        Queue.ASKED: _("A subject asked. If nobody answers in time, it is granted."),
        Queue.APPEALS: _("If an appeal is not decided in time, the subject has won it."),
        Queue.INTERIM: _("Imposed against danger to life. Not heard in time, it ends."),
        Queue.ENDING: _("It ends by itself within sixty days. Nobody has to do anything."),
    }
    return texts[which]


def line(one: Waiting, which: Queue, actor: Actor, at: date) -> shapes.Line:
    """A case as a line of a queue."""
    until = _until(one, which, at)
    act = _act(one, which, actor)
    barred = _barred(one, act, actor)
    rules = catalogues.on_file()[one.catalogue].catalogue
    rule = rules.lists.get(one.listed)
    left = (until - at).days
    return shapes.Line(
        position=one.position,
        reference=f"GS-{one.position}",
        address=f"/cases/{one.position}",
        subject=facts.named(one.subject),
        list_title=rule.title if rule else rules.title,
        file_number=one.reference,
        objection=one.objection,
        last_day=said.last(until),
        days_left=left,
        urgent=left <= URGENT and which is not Queue.ENDING,
        needed=_needed(one, which),
        detail=_detail(one, which, at),
        then=_then(one, which),
        act=act.value if act and not barred else "",
        act_title=_button(act) if act and not barred else "",
        barred=barred,
    )


def _until(one: Waiting, which: Queue, at: date) -> date:
    """The day on which the time of a line is over: that to answer, while it runs."""
    reply = one.case.reply_until
    return reply if which is Queue.WAITING and reply and at < reply else one.until


def _act(one: Waiting, which: Queue, actor: Actor) -> Act | None:
    act = _ACTS.get(actor.role, {}).get(which)
    return Act.DECIDE_REPAIR if act is Act.DECIDE_DISPUTE and one.opening is _REPAIR else act


def _barred(one: Waiting, act: Act | None, actor: Actor) -> str:
    if act is Act.DECIDE and one.case.who(Act.PROPOSE) == actor.name:
        return _("You proposed it, so somebody else decides.")
    took = (one.case.who(Act.PROPOSE), one.case.who(Act.DECIDE), one.case.who(Act.IMPOSE_INTERIM))
    if act in (Act.DECIDE_APPEAL, Act.HEAR_INTERIM) and actor.name in took:
        return _("You took part in it, so somebody else hears it.")
    return ""


def _button(act: Act) -> str:
    serves, hears = (Act.SERVE_NOTICE, Act.SERVE_DECISION), (Act.HEAR_INTERIM,)
    return _("Serve") if act in serves else _("Hear") if act in hears else _("Decide")


def _needed(one: Waiting, which: Queue) -> str:
    needed = {
        Queue.TO_SERVE: _("Serve the notice"),
        Queue.WAITING: _("Wait for the answer"),
        Queue.TO_DECIDE: _("Decide"),
        Queue.DECISIONS: _("Serve the decision"),
        Queue.APPEALS: _("Decide the appeal"),
        Queue.INTERIM: _("Hear the interim measure"),
        Queue.ENDING: _("Nothing"),
    }
    asked = {
        Act.DISPUTE_RECORD: _("Decide whether a record is wrong"),
        Act.DISPUTE_LINK: _("Decide whom a record is about"),
        _REPAIR: _("Decide on repair"),
    }
    return asked[one.opening] if which is Queue.ASKED else needed[which]


def _detail(one: Waiting, which: Queue, at: date) -> str:
    replied = one.replied
    if which in (Queue.TO_DECIDE, Queue.APPEALS) and replied:
        return _("Answered on %(day)s") % {"day": said.day(replied[-1])}
    if which is Queue.TO_DECIDE and one.case.reply_until and one.case.reply_until <= at:
        return _("No answer; its time was over on %(day)s") % {"day": said.day(said.last(one.case.reply_until))}
    if which is Queue.APPEALS and one.phase is Phase.APPEALED_BINDING:
        return _("In force meanwhile, by order")
    began = {
        Queue.TO_SERVE: _("Proposed on %(day)s"),
        Queue.WAITING: _("Told on %(day)s"),
        Queue.TO_DECIDE: _("Told on %(day)s"),
        Queue.DECISIONS: _("Decided on %(day)s"),
        Queue.ASKED: _("Asked on %(day)s"),
        Queue.APPEALS: _("Appealed on %(day)s"),
        Queue.INTERIM: _("Imposed on %(day)s"),
        Queue.ENDING: _("In force since %(day)s"),
    }
    return began[which] % {"day": said.day(one.since)}


def _then(one: Waiting, which: Queue) -> str:
    if which is Queue.WAITING:
        return _("It can be decided without an answer")
    if which is Queue.APPEALS:
        return _("It is granted") if one.phase is Phase.REFUSAL_APPEALED else _("The decision falls")
    if which is Queue.ASKED:
        return _("It is granted")
    return _("It ends by itself") if which in (Queue.INTERIM, Queue.ENDING) else _("The case ends for the subject")


def groups(lines: Iterable[shapes.Line]) -> list[shapes.Group]:
    """Lines by how near their last day is."""
    named = {0: _("In three days or less"), 1: _("In two weeks or less"), 2: _("Later")}

    def near(one: shapes.Line) -> int:
        return (one.days_left > URGENT) + (one.days_left > SOON)

    return [shapes.Group(title=named[key], lines=list(found)) for key, found in groupby(lines, key=near)]
