"""A case as one page shows it to whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _

from goodstanding.access import Actor
from goodstanding.catalogue.primitives import LegalRule
from goodstanding.ledger import store as ledger
from goodstanding.portal.cases.open_acts import list_act_forms
from goodstanding.portal.cases.schemas import (
    ApplicantStatement,
    CaseHead,
    CaseIntervalSchema,
    CasePage,
    FollowingMeasure,
    LaterStep,
    RelatedCase,
)
from goodstanding.portal.cases.timeline import build_timeline, name_acting_office
from goodstanding.procedure.calendars import TimeLimit
from goodstanding.procedure.case_states import DISPUTES, Act, Phase, PhaseSpan
from goodstanding.procedure.intervals import find_last_day
from goodstanding.register.cases.applications import find_application_of_case
from goodstanding.register.cases.case_access import decide_case_access
from goodstanding.register.cases.case_file import CaseFile, get_case
from goodstanding.register.cases.notices import (
    find_office_name,
    is_subject_request,
    list_finding_facts,
    render_appeal_bodies,
)
from goodstanding.register.files.case_queries import list_case_rows
from goodstanding.register.files.records import find_record
from goodstanding.register.projection.case_rows import REPEATED_DISPUTE
from goodstanding.register.rules.legal_basis import LegalBasis, find_legal_basis
from goodstanding.web.http.errors import render_message
from goodstanding.web.http.register_info import describe_register
from goodstanding.web.schemas.forms import StatedValue
from goodstanding.web.schemas.page_frame import LegalBasisSchema
from goodstanding.web.schemas.people import name_person
from goodstanding.web.subjects.open_cases import present_running_deadlines
from goodstanding.web.subjects.presenters import present_subject
from goodstanding.web.templatetags.formatting import format_plain_value
from goodstanding.web.wording.case_terms import (
    describe_case_state,
    describe_deadline,
    name_act,
    name_phase,
)
from goodstanding.web.wording.durations import format_days, format_duration
from goodstanding.web.wording.legal_basis import present_legal_basis

_LIFTED_SENTENCES = {
    "suspends": lambda: _("It is not in force while the dispute about it is heard."),
    "undoes": lambda: _("It is in force no more, since what was asked about it was granted."),
}


def present_case_page(case_file: CaseFile, actor: Actor, at: date, done: str = "") -> CasePage:
    """Everything that a party may see of a case on a day."""
    body, rules = case_file.opened.body, case_file.rules
    case_acts = build_timeline(case_file)
    possible_acts, barred = list_act_forms(case_file, actor, at)
    related = list(_list_related_cases(case_file, at))
    lifted = max((related_case.does for related_case in related), default="")
    return CasePage(
        about=describe_register(),
        head=present_case_head(case_file, actor, at, lifted),
        because=render_message(decide_case_access(case_file, actor).because),
        today=at,
        clocks=present_running_deadlines(case_file, at),
        what=list(_describe_finding(case_file, at, lifted)),
        binds=case_file.case.binds(at) and not lifted,
        file_number=str(body.get("reference", "")),
        occurred=date.fromisoformat(body["occurred"]) if body.get("occurred") else None,
        facts=list(list_stated_values(case_file)),
        reasons=case_file.opened.text,
        proposed_by=case_file.opened.shown_name,
        applied=present_applicant_statement(case_file),
        laws=present_case_laws(case_file),
        follows=[
            FollowingMeasure(
                title=measure.title,
                says=measure.says,
                reason=present_legal_basis(find_legal_basis(rules, measure)),
            )
            for measure in rules.measures.values()
            if case_file.listed and measure.list == case_file.listed
        ],
        objection=body.get("objection"),
        record=case_file.about,
        related=related,
        evidence=[exhibit for case_act in case_acts for exhibit in case_act.evidence],
        acts=case_acts,
        spans=present_case_intervals(case_file, at),
        later=list(_list_later_steps(case_file, at)),
        body=render_appeal_bodies(case_file, rules),
        who=list(_describe_people(case_file)),
        possible=possible_acts,
        barred=barred,
        done=done,
    )


def present_case_head(case_file: CaseFile, actor: Actor, at: date, lifted: str = "") -> CaseHead:
    """Which case it is, and what is the matter; `lifted` where another case suspends or undoes what binds in it."""
    rules, span = case_file.rules, case_file.span(at)
    rule = rules.lists.get(case_file.listed)
    return CaseHead(
        position=case_file.position,
        reference=case_file.reference,
        subject=present_subject(case_file.subject),
        catalogue=case_file.catalogue,
        catalogue_title=rules.title,
        list=case_file.listed,
        list_title=rule.title if rule else "",
        source=case_file.source,
        source_name=find_office_name(rules, case_file.source),
        phase=span.phase.value if span else "",
        phase_title=name_phase(span.phase) if span else "",
        headline=_LIFTED_SENTENCES[lifted]().rstrip(".")
        if lifted and case_file.case.binds(at)
        else describe_case_state(case_file, actor, at),
        address=reverse("case", args=[case_file.position]),
    )


def present_applicant_statement(case_file: CaseFile) -> ApplicantStatement | None:
    """What an applicant said because of whom it was proposed; None where nobody applied."""
    if case_file.opened.body.get("application") is None:
        return None
    application = find_application_of_case(case_file.position)
    return ApplicantStatement(text=application.request.text, day=application.day) if application else None


def present_case_intervals(
    case_file: CaseFile, at: date, spans: Sequence[PhaseSpan] | None = None
) -> list[CaseIntervalSchema]:
    """The spans of a case in order, and what follows each if nobody acts."""
    intervals = case_file.case.spans if spans is None else spans
    return [
        CaseIntervalSchema(
            phase=interval.phase.value,
            title=name_phase(interval.phase),
            since=interval.since,
            until=interval.until,
            last_day=find_last_day(interval.until),
            then=describe_deadline(interval, following),
            state="now" if interval.holds(at) else "next" if interval.since > at else "done",
        )
        for interval, following in zip_longest(intervals, intervals[1:])
    ]


def _list_related_cases(case_file: CaseFile, at: date) -> Iterator[RelatedCase]:
    """The other cases about the finding that opened this one."""
    for row in list_case_rows(case_file.subject.id, ledger.get_ledger_size()):
        if row["about"] == case_file.position:
            related_case = get_case(row["position"])
            span = related_case.span(at)
            yield RelatedCase(
                reference=related_case.reference,
                address=reverse("case", args=[related_case.position]),
                title=name_act(related_case.opened.act),
                phase_title=name_phase(span.phase) if span else "",
                does=_name_effect_on_finding(related_case, span, row["code"] == REPEATED_DISPUTE),
            )


def _name_effect_on_finding(related_case: CaseFile, span: PhaseSpan | None, again: bool) -> str:
    """What a case does to the finding that it is about, on the day of a span."""
    if span is None or span.phase is Phase.GRANTED:
        return "undoes" if span else ""
    suspends = span.phase in (Phase.ASKED, Phase.REFUSAL_APPEALED) and related_case.opened.act in DISPUTES
    return "suspends" if suspends and not again else ""


def _describe_finding(case_file: CaseFile, at: date, lifted: str) -> Iterator[str]:
    named = {"subject": case_file.subject.name, "source": find_office_name(case_file.rules, case_file.source)}
    rule = case_file.rules.lists.get(case_file.listed)
    named["list"] = rule.title if rule else case_file.rules.title
    yield {
        Act.PROPOSE: _("%(source)s proposes to put %(subject)s on the list “%(list)s”."),
        Act.IMPOSE_INTERIM: _("%(source)s imposed an interim measure on %(subject)s, on the ground “%(list)s”."),
        Act.DISPUTE_RECORD: _("%(subject)s says that a record is wrong."),
        Act.DISPUTE_LINK: _("%(subject)s says that a record is about somebody else."),
        Act.ASK_REPAIR: _("%(subject)s asks to come off the list “%(list)s”."),
    }[case_file.opened.act] % named
    if rule and not is_subject_request(case_file):
        yield rule.says
    if case_file.case.binds(at):
        yield _LIFTED_SENTENCES[lifted]() if lifted else _("It is in force.")
    elif case_file.case.overturned:
        yield _("It never held.")
    elif not is_subject_request(case_file):
        yield _("Nothing is in force. Nothing is public.")


def list_stated_values(case_file: CaseFile) -> Iterator[StatedValue]:
    """What the finding states, or the record that is disputed."""
    if case_file.opened.body.get("reference"):
        yield StatedValue(title=_("File number"), value=str(case_file.opened.body["reference"]))
    for title, value in list_finding_facts(case_file, case_file.rules):
        yield StatedValue(title=title, value=str(format_plain_value(value)))
    disputed = find_record(case_file.about) if case_file.about is not None else None
    if disputed:
        yield StatedValue(title=_("Record"), value=f"{disputed[1].title}, {disputed[1].reference}")
        yield StatedValue(title=_("Stated by"), value=disputed[1].source_name)
        for title, value in disputed[1].shown:
            yield StatedValue(title=title, value=value)


def present_case_laws(case_file: CaseFile) -> list[LegalBasisSchema]:
    """The articles that the list, the case and its procedure rest on, each once."""
    return [law for law in map(present_legal_basis, _list_laws(case_file)) if law]


def _list_laws(case_file: CaseFile) -> list[LegalBasis | None]:
    rules = case_file.rules
    rule = rules.lists.get(case_file.listed)
    case = rules.cases.get(rule.case or "") if rule else None
    procedure = rules.procedures.get(case.procedure or "") if case else None
    based_rules: list[LegalRule | None] = [rule, case, procedure]
    return list(dict.fromkeys(find_legal_basis(rules, based_rule) for based_rule in based_rules if based_rule))


def _list_later_steps(case_file: CaseFile, at: date) -> Iterator[LaterStep]:
    """What comes after a decision against the subject, as the law's lengths of time say."""
    span = case_file.span(at)
    if is_subject_request(case_file) or span is None or span.phase not in (Phase.PROPOSED, Phase.TOLD, Phase.DECIDED):
        return
    terms, body = case_file.case.terms, render_appeal_bodies(case_file, case_file.rules)
    yield LaterStep(
        when=_("for %(length)s after service") % {"length": _format_limit(terms.appeal)},
        title=_("Appeal"),
        says=_("To %(body)s. An appeal in time suspends what was decided.") % {"body": body}
        if body else _("An appeal in time suspends what was decided."),
    )  # fmt: skip
    if longest := terms.longest_stay:
        rule = case_file.rules.lists.get(case_file.listed)
        yield LaterStep(
            when=_("%(length)s after service at most") % {"length": format_duration(longest)},
            title=_("A listing ends by itself"),
            says=rule.ends_sooner if rule else "",
        )


def _format_limit(limit: TimeLimit) -> str:
    return format_days(limit.days, limit.working)


def _describe_people(case_file: CaseFile) -> Iterator[str]:
    opened = case_file.opened
    named = {"by": name_person(opened.shown_name), "office": name_acting_office(case_file, opened.office)}
    yield {
        Act.PROPOSE: _("%(by)s of %(office)s proposed it. Somebody else decides."),
        Act.IMPOSE_INTERIM: _("%(by)s of %(office)s imposed it. Somebody else hears it."),
    }.get(opened.act, _("%(by)s asked, for %(office)s. Whoever answers is somebody else.")) % named
    names_by_act = {case_act.act: name_person(case_act.shown_name) for case_act in case_file.acts}
    for act, text in ((Act.DECIDE, _("%(by)s decided.")), (Act.DECIDE_DISPUTE, _("%(by)s answered.")),
                      (Act.DECIDE_REPAIR, _("%(by)s answered."))):  # fmt: skip
        if case_file.case.who(act):
            yield text % {"by": names_by_act[act]}
    if body := render_appeal_bodies(case_file, case_file.rules):
        sentence = (
            _("It is heard by %(body)s, which stands neither above nor below the source.")
            if opened.act is Act.IMPOSE_INTERIM
            else _("An appeal goes to %(body)s, which stands neither above nor below the source.")
        )
        yield sentence % {"body": body}
