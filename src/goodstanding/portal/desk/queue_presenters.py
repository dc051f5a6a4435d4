"""What a desk says of its queues and of each case in them: what is needed, by when, and what silence would do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.access import Actor, Role
from goodstanding.portal.desk.schemas import QueueGroup, QueueLine
from goodstanding.procedure.case_states import Act, Phase
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.register.cases.desks import WorkQueue
from goodstanding.register.cases.work_queues import QueuedCase, QueuePage
from goodstanding.register.rules.enacted_catalogues import list_on_file
from goodstanding.web.subjects.presenters import present_subject
from goodstanding.web.wording.case_terms import format_day

URGENT_DAYS, SOON_DAYS = 3, 14
_REPAIR = Act.ASK_REPAIR
_ACTS_BY_QUEUE = {
    Role.SOURCE: {WorkQueue.TO_SERVE: Act.SERVE_NOTICE, WorkQueue.DECISIONS: Act.SERVE_DECISION},
    Role.DECIDER: {
        WorkQueue.TO_DECIDE: Act.DECIDE, WorkQueue.ASKED: Act.DECIDE_DISPUTE, WorkQueue.DECISIONS: Act.SERVE_DECISION,
    },
    Role.APPEAL: {WorkQueue.APPEALS: Act.DECIDE_APPEAL, WorkQueue.INTERIM: Act.HEAR_INTERIM},
}  # fmt: skip


def name_queue(queue: WorkQueue) -> str:
    """A queue by name."""
    titles = {
        WorkQueue.TO_SERVE: _("Notices to serve"),
        WorkQueue.WAITING: _("Waiting for an answer"),
        WorkQueue.TO_DECIDE: _("To decide"),
        WorkQueue.DECISIONS: _("Decisions to serve"),
        WorkQueue.ASKED: _("Disputes and repairs"),
        WorkQueue.APPEALS: _("Appeals"),
        WorkQueue.INTERIM: _("Interim measures to hear"),
        WorkQueue.ENDING: _("Ending soon"),
    }
    return titles[queue]


def describe_queue_count(queue: WorkQueue, part: QueuePage) -> str:
    """How many cases stand in a queue, in one sentence."""
    if part.has_more:
        return _("%(title)s: more than %(n)s cases") % {"title": name_queue(queue), "n": f"{part.total:,}"}
    if not part.total:
        return _("%(title)s: none") % {"title": name_queue(queue)}
    counted = ngettext("%(n)s case", "%(n)s cases", part.total) % {"n": f"{part.total:,}"}
    return _("%(title)s: %(counted)s") % {"title": name_queue(queue), "counted": counted}


def describe_queue(queue: WorkQueue) -> str:
    """What a queue is for, and what silence does in it."""
    texts = {
        WorkQueue.TO_SERVE: _(
            "Proposed, and the subject was not told yet. A case whose notice is not served in time ends."
        ),
        WorkQueue.WAITING: _("The subject was told, and its time to answer runs."),
        WorkQueue.TO_DECIDE: _("An answer is in, or the time for it is over. Silence ends the case for the subject."),
        WorkQueue.DECISIONS: _("Decided, and in force only once it is served. Not served in time, the case ends."),
        WorkQueue.ASKED: _("A subject asked. If nobody answers in time, the request is granted."),
        WorkQueue.APPEALS: _("If an appeal is not decided in time, the subject has won it."),
        WorkQueue.INTERIM: _("Imposed against danger to life. Not heard in time, it ends."),
        WorkQueue.ENDING: _("It ends by itself within sixty days. Nobody has to do anything."),
    }
    return texts[queue]


def present_queue_line(entry: QueuedCase, queue: WorkQueue, actor: Actor, at: date) -> QueueLine:
    """A case as a line of a queue."""
    until = _find_due_day(entry, queue, at)
    act = _find_due_act(entry, queue, actor)
    barred = _explain_barred_act(entry, act, actor)
    rules = list_on_file()[entry.catalogue].catalogue
    rule = rules.lists.get(entry.listed)
    left = (until - at).days
    return QueueLine(
        position=entry.position,
        reference=f"GS-{entry.position}",
        address=reverse("case", args=[entry.position]),
        subject=present_subject(entry.subject),
        list_title=rule.title if rule else rules.title,
        file_number=entry.reference,
        objection=entry.objection,
        last_day=compute_last_day(until),
        days_left=left,
        urgent=left <= URGENT_DAYS and queue is not WorkQueue.ENDING,
        needed=_describe_need(entry, queue),
        detail=_describe_detail(entry, queue, at),
        then=_describe_silence(entry, queue),
        act=act.value if act and not barred else "",
        act_title=_name_button(act) if act and not barred else "",
        barred=barred,
    )


def _find_due_day(entry: QueuedCase, queue: WorkQueue, at: date) -> date:
    """The day on which the time of a line is over: that to answer, while it runs."""
    reply = entry.case.reply_until
    return reply if queue is WorkQueue.WAITING and reply and at < reply else entry.until


def _find_due_act(entry: QueuedCase, queue: WorkQueue, actor: Actor) -> Act | None:
    act = _ACTS_BY_QUEUE.get(actor.role, {}).get(queue)
    return Act.DECIDE_REPAIR if act is Act.DECIDE_DISPUTE and entry.opening is _REPAIR else act


def _explain_barred_act(entry: QueuedCase, act: Act | None, actor: Actor) -> str:
    if act is Act.DECIDE and entry.case.who(Act.PROPOSE) == actor.name:
        return _("You proposed it, so somebody else decides.")
    took = (entry.case.who(Act.PROPOSE), entry.case.who(Act.DECIDE), entry.case.who(Act.IMPOSE_INTERIM))
    if act in (Act.DECIDE_APPEAL, Act.HEAR_INTERIM) and actor.name in took:
        return _("You took part in it, so somebody else hears it.")
    return ""


def _name_button(act: Act) -> str:
    serves, hears = (Act.SERVE_NOTICE, Act.SERVE_DECISION), (Act.HEAR_INTERIM,)
    return _("Serve") if act in serves else _("Hear") if act in hears else _("Decide")


def _describe_need(entry: QueuedCase, queue: WorkQueue) -> str:
    needed = {
        WorkQueue.TO_SERVE: _("Serve the notice"),
        WorkQueue.WAITING: _("Wait for the answer"),
        WorkQueue.TO_DECIDE: _("Decide"),
        WorkQueue.DECISIONS: _("Serve the decision"),
        WorkQueue.APPEALS: _("Decide the appeal"),
        WorkQueue.INTERIM: _("Hear the interim measure"),
        WorkQueue.ENDING: _("Nothing"),
    }
    request_needs = {
        Act.DISPUTE_RECORD: _("Decide whether a record is wrong"),
        Act.DISPUTE_LINK: _("Decide whom a record is about"),
        _REPAIR: _("Decide on repair"),
    }
    return request_needs[entry.opening] if queue is WorkQueue.ASKED else needed[queue]


def _describe_detail(entry: QueuedCase, queue: WorkQueue, at: date) -> str:
    replied = entry.replied
    if queue in (WorkQueue.TO_DECIDE, WorkQueue.APPEALS, WorkQueue.INTERIM) and replied:
        return _("Answered on %(day)s") % {"day": format_day(replied[-1])}
    if queue is WorkQueue.TO_DECIDE and entry.case.reply_until and entry.case.reply_until <= at:
        return _("No answer; its time was over on %(day)s") % {
            "day": format_day(compute_last_day(entry.case.reply_until))
        }
    if queue is WorkQueue.APPEALS and entry.phase is Phase.APPEALED_BINDING:
        return _("In force meanwhile, by order")
    began = {
        WorkQueue.TO_SERVE: _("Proposed on %(day)s"),
        WorkQueue.WAITING: _("Told on %(day)s"),
        WorkQueue.TO_DECIDE: _("Told on %(day)s"),
        WorkQueue.DECISIONS: _("Decided on %(day)s"),
        WorkQueue.ASKED: _("Asked on %(day)s"),
        WorkQueue.APPEALS: _("Appealed on %(day)s"),
        WorkQueue.INTERIM: _("Imposed on %(day)s"),
        WorkQueue.ENDING: _("In force since %(day)s"),
    }
    return began[queue] % {"day": format_day(entry.since)}


def _describe_silence(entry: QueuedCase, queue: WorkQueue) -> str:
    if queue is WorkQueue.WAITING:
        return _("It can be decided without an answer")
    if queue is WorkQueue.APPEALS:
        return _("It is granted") if entry.phase is Phase.REFUSAL_APPEALED else _("The decision falls")
    if queue is WorkQueue.ASKED:
        return _("It is granted")
    return (
        _("It ends by itself") if queue in (WorkQueue.INTERIM, WorkQueue.ENDING) else _("The case ends for the subject")
    )


def group_queue_lines(lines: Iterable[QueueLine]) -> list[QueueGroup]:
    """Lines by how near their last day is."""
    titles = {0: _("In three days or less"), 1: _("In two weeks or less"), 2: _("Later")}

    def near(queue_line: QueueLine) -> int:
        return (queue_line.days_left > URGENT_DAYS) + (queue_line.days_left > SOON_DAYS)

    return [QueueGroup(title=titles[key], lines=list(members)) for key, members in groupby(lines, key=near)]
