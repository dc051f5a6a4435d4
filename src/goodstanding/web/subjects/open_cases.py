"""The cases about a subject that are under way, heard here or stated by a source, and the times that run in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.procedures import ENDING_ROLES
from goodstanding.errors import NotFound
from goodstanding.procedure.case_states import Phase
from goodstanding.procedure.intervals import compute_last_day
from goodstanding.procedure.time_limits import compute_reply_end
from goodstanding.register.cases.case_access import decide_case_access
from goodstanding.register.cases.case_file import CaseFile, get_case
from goodstanding.register.cases.notices import find_office_name
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.effects import Effect
from goodstanding.register.files.point_in_time import PointInTime
from goodstanding.register.files.subjects import Subject
from goodstanding.web.schemas.deadlines import RunningDeadline
from goodstanding.web.subjects.schemas import HearingLine
from goodstanding.web.wording.case_terms import describe_case_state, describe_deadline, format_day, name_deadline

URGENT_DAYS = 3
Rules = Mapping[str, Catalogue]
ENDED_PHASES = (Phase.ENDED, Phase.GRANTED)


def list_own_cases(subject: Subject, moment: PointInTime, size: int) -> list[CaseFile]:
    """The cases about a subject that were opened by a moment, as of a ledger size, newest first.

    Those whose rules are in force no longer cannot be read as cases; their events stay among the records.
    """
    case_files = []
    for row in reversed(list_case_rows(subject.id, size)):
        try:
            case_file = get_case(row["position"], size)
        except NotFound:
            continue
        if case_file.opened.day <= moment.case_day(case_file.catalogue):
            case_files.append(case_file)
    return case_files


def is_case_over(case_file: CaseFile, at: date) -> bool:
    """Whether a case had ended by a day."""
    span = case_file.span(at)
    return span is None or span.phase in ENDED_PHASES


def present_running_deadlines(case_file: CaseFile, at: date) -> list[RunningDeadline]:
    """The times that run on a day, the one that ends first at the top."""
    span = case_file.span(at)
    if span is None or span.until is None:
        return []
    following = next((later_span for later_span in case_file.case.spans if later_span.since == span.until), None)
    deadlines = [
        _present_deadline(
            name_deadline(span.phase, span.then), span.since, span.until, describe_deadline(span, following), at
        )
    ]
    reply = case_file.case.reply_until
    if span.phase is Phase.TOLD and reply and at < reply:
        later = _("After that it can be decided without an answer. Whoever does not answer keeps the right to appeal.")
        deadlines.insert(0, _present_deadline(_("Time to answer"), span.since, reply, later, at))
    return deadlines


def _present_deadline(title: str, since: date, until: date, then: str, at: date) -> RunningDeadline:
    left = (until - at).days
    return RunningDeadline(
        title=title, last_day=compute_last_day(until), days_left=left, since=since, day=(at - since).days + 1,
        days=(until - since).days, then=then, urgent=left <= URGENT_DAYS,
    )  # fmt: skip


def list_hearings(subject: Subject, actor: Actor, moment: PointInTime, size: int) -> list[HearingLine]:
    """The cases heard here that are open at a moment and that this actor may see, the nearest last day first."""
    lines = [
        _present_hearing(case_file, actor, moment.case_day(case_file.catalogue))
        for case_file in list_own_cases(subject, moment, size)
        if not is_case_over(case_file, moment.case_day(case_file.catalogue))
        and decide_case_access(case_file, actor).allowed
    ]
    return sorted(lines, key=lambda line: line.clocks[0].last_day if line.clocks else date.max)


def _present_hearing(case_file: CaseFile, actor: Actor, at: date) -> HearingLine:
    rules, span = case_file.rules, case_file.span(at)
    rule = rules.lists.get(case_file.listed)
    return HearingLine(
        reference=case_file.reference,
        address=reverse("case", args=[case_file.position]),
        headline=describe_case_state(case_file, actor, at),
        list_title=rule.title if rule else rules.title,
        source_name=find_office_name(rules, case_file.source),
        clocks=present_running_deadlines(case_file, at),
        then=describe_deadline(span, None) if span else "",
    )


def list_stated_hearings(cases: Iterable[Effect], rules: Rules) -> Iterator[HearingLine]:
    """Those proceedings that a source states in which the subject's time to answer runs."""
    for effect in cases:
        if (until := find_reply_end(effect, rules[effect.catalogue])) is not None:
            last_day = format_day(compute_last_day(until))
            then = _("Answer the office that wrote to you. After that it can decide without your answer.")
            yield HearingLine(
                reference="",
                address="#cases",
                headline=_("%(step)s. The subject can answer until %(last)s")
                % {"step": effect.value_title or effect.title, "last": last_day},
                list_title=effect.title,
                source_name="",
                clocks=[_present_deadline(_("Time to answer"), effect.valid_from, until, then, effect.day)],
                then=then,
            )


def find_reply_end(effect: Effect, rules: Catalogue) -> date | None:
    """The day on which the time to answer a stated notice is over; None where none runs."""
    case = rules.cases.get(effect.measure)
    step = case.steps.get(effect.value or "") if case else None
    procedure = rules.procedures.get(case.procedure or "") if case else None
    if case is None or step is None or step.role != "notice" or procedure is None or procedure.reply is None:
        return None
    until = compute_reply_end(effect.valid_from, rules, case)
    return until if effect.valid_from <= effect.day < until else None


def is_open_against(effect: Effect, rules: Catalogue) -> bool:
    """Whether a proceeding that a source states still stands against its subject."""
    case = rules.cases.get(effect.measure)
    step = case.steps.get(effect.value or "") if case else None
    return step is not None and step.role not in ENDING_ROLES
