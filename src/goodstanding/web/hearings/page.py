"""A case as one page shows it to whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from django.utils.translation import gettext as _

from goodstanding.access import Action, Actor, Decision, Resource, may
from goodstanding.access.acts import acts_of
from goodstanding.catalogue.model import Based
from goodstanding.ledger import store as ledger
from goodstanding.procedure.calendars import Limit
from goodstanding.procedure.hearing import DISPUTES, OPENING, Act, Phase, Span
from goodstanding.register import applications, file, letters, words
from goodstanding.register.authorities import offices
from goodstanding.register.hearing_rows import AGAIN, cases_of
from goodstanding.register.hearings import Hearing, hearing, possible
from goodstanding.web import facts, lengths
from goodstanding.web.about import about
from goodstanding.web.hearings import forms, history, said
from goodstanding.web.shapes import cases as shapes

URGENT = 3
_ORDER = (
    Act.REPLY, Act.DECIDE, Act.DECIDE_DISPUTE, Act.DECIDE_REPAIR, Act.DECIDE_APPEAL, Act.HEAR_INTERIM, Act.SERVE_NOTICE,
    Act.SERVE_DECISION, Act.APPEAL, Act.LIFT_SUSPENSION, Act.PERFORM, Act.WITHDRAW,
)  # fmt: skip
_LIFTED = {
    "suspends": lambda: _("It is not in force while the dispute about it is heard."),
    "undoes": lambda: _("It is in force no more, since what was asked about it was granted."),
}
_FOR_A_BODY = (Act.APPEAL, Act.IMPOSE_INTERIM)


def may_see(held: Hearing, actor: Actor) -> Decision:
    """Whether somebody may see a case, and because of which rule."""
    tree = offices()
    sources = frozenset({held.source, tree.now(held.source)})
    heard = any(one.act in _FOR_A_BODY for one in held.acts) and tree.apart(held.source, actor.scope)
    who = held.subject
    return may(actor, Action.SEE_CASE, Resource(who.kind, frozenset(who.identifiers), sources, for_body=heard))


def page(held: Hearing, actor: Actor, at: date, done: str = "") -> shapes.CasePage:
    """Everything that a party may see of a case on a day."""
    body, rules = held.opened.body, held.rules
    heard = history.acts(held)
    possible_acts, barred = _acts(held, actor, at)
    related = list(_related(held, at))
    lifted = max((one.does for one in related), default="")
    return shapes.CasePage(
        about=about(),
        head=head(held, actor, at, lifted),
        because=may_see(held, actor).because,
        today=at,
        clocks=clocks(held, at),
        what=list(_what(held, at, lifted)),
        binds=held.case.binds(at) and not lifted,
        file_number=str(body.get("reference", "")),
        occurred=date.fromisoformat(body["occurred"]) if body.get("occurred") else None,
        facts=list(_facts(held)),
        reasons=held.opened.text,
        proposed_by=held.opened.by,
        applied=applied(held),
        laws=[one for one in map(facts.reason, _laws(held)) if one],
        follows=[
            shapes.Follows(title=one.title, says=one.says, reason=facts.reason(words.law(rules, one)))
            for one in rules.measures.values()
            if held.listed and one.list == held.listed
        ],
        objection=body.get("objection"),
        record=held.about,
        related=related,
        evidence=[exhibit for one in heard for exhibit in one.evidence],
        acts=heard,
        spans=stretches(held, at),
        later=list(_later(held, at)),
        body=letters.bodies(held, rules),
        who=list(_who(held)),
        possible=possible_acts,
        barred=barred,
        done=done,
    )


def head(held: Hearing, actor: Actor, at: date, lifted: str = "") -> shapes.CaseHead:
    """Which case it is, and what is the matter; `lifted` where another case suspends or undoes what binds in it."""
    rules, span = held.rules, held.span(at)
    rule = rules.lists.get(held.listed)
    return shapes.CaseHead(
        position=held.position,
        reference=held.reference,
        subject=facts.named(held.subject),
        catalogue=held.catalogue,
        catalogue_title=rules.title,
        list=held.listed,
        list_title=rule.title if rule else "",
        source=held.source,
        source_name=letters.office_name(rules, held.source),
        phase=span.phase.value if span else "",
        phase_title=said.phase(span.phase) if span else "",
        headline=_LIFTED[lifted]().rstrip(".") if lifted and held.case.binds(at) else said.headline(held, actor, at),
        address=f"/cases/{held.position}",
    )


def applied(held: Hearing) -> shapes.Applied | None:
    """What an applicant said because of whom it was proposed; None where nobody applied."""
    if held.opened.body.get("application") is None:
        return None
    made = applications.of_case(held.position)
    return shapes.Applied(text=made.asked.text, day=made.day) if made else None


def stretches(held: Hearing, at: date, spans: Sequence[Span] | None = None) -> list[shapes.Stretch]:
    """The stretches of a case in order, and what follows each if nobody acts."""
    given = held.case.spans if spans is None else spans
    return [
        shapes.Stretch(
            phase=one.phase.value,
            title=said.phase(one.phase),
            since=one.since,
            until=one.until,
            then=said.then(one, following),
            state="now" if one.holds(at) else "next" if one.since > at else "done",
        )
        for one, following in zip_longest(given, given[1:])
    ]


def clocks(held: Hearing, at: date) -> list[shapes.Clock]:
    """The times that run on a day, the one that ends first at the top."""
    span = held.span(at)
    if span is None or span.until is None:
        return []
    following = next((one for one in held.case.spans if one.since == span.until), None)
    found = [_clock(said.clock(span.phase), span.since, span.until, said.then(span, following), at)]
    reply = held.case.reply_until
    if span.phase is Phase.TOLD and reply and at < reply:
        later = _("After that it can be decided without an answer. Whoever does not answer keeps the right to appeal.")
        found.insert(0, _clock(_("Time to answer"), span.since, reply, later, at))
    return found


def _clock(title: str, since: date, until: date, then: str, at: date) -> shapes.Clock:
    left = (until - at).days
    return shapes.Clock(
        title=title, last_day=said.last(until), days_left=left, since=since, day=(at - since).days + 1,
        days=(until - since).days, then=then, urgent=left <= URGENT,
    )  # fmt: skip


def _related(held: Hearing, at: date) -> Iterator[shapes.Related]:
    """The other cases about the finding that opened this one."""
    for row in cases_of(held.subject.id, ledger.size()):
        if row["about"] == held.position:
            one = hearing(row["position"])
            span = one.span(at)
            yield shapes.Related(
                reference=one.reference,
                address=f"/cases/{one.position}",
                title=said.act(one.opened.act),
                phase_title=said.phase(span.phase) if span else "",
                does=_does(one, span, row["code"] == AGAIN),
            )


def _does(one: Hearing, span: Span | None, again: bool) -> str:
    """What a case does to the finding that it is about, on the day of a span."""
    if span is None or span.phase is Phase.GRANTED:
        return "undoes" if span else ""
    suspends = span.phase in (Phase.ASKED, Phase.REFUSAL_APPEALED) and one.opened.act in DISPUTES
    return "suspends" if suspends and not again else ""


def _what(held: Hearing, at: date, lifted: str) -> Iterator[str]:
    named = {"subject": held.subject.name, "source": letters.office_name(held.rules, held.source)}
    rule = held.rules.lists.get(held.listed)
    named["list"] = rule.title if rule else held.rules.title
    yield {
        Act.PROPOSE: _("%(source)s proposes to put %(subject)s on the list “%(list)s”."),
        Act.IMPOSE_INTERIM: _("%(source)s imposed an interim measure on %(subject)s, on the ground “%(list)s”."),
        Act.DISPUTE_RECORD: _("%(subject)s says that a record is wrong."),
        Act.DISPUTE_LINK: _("%(subject)s says that a record is about somebody else."),
        Act.ASK_REPAIR: _("%(subject)s asks to come off the list “%(list)s”."),
    }[held.opened.act] % named
    if rule and not letters.is_request(held):
        yield rule.says
    if held.case.binds(at):
        yield _LIFTED[lifted]() if lifted else _("It is in force.")
    elif held.case.overturned:
        yield _("It never held.")
    elif not letters.is_request(held):
        yield _("Nothing is in force. Nothing is public.")


def _facts(held: Hearing) -> Iterator[shapes.Stated]:
    """What the finding states, or the record that is disputed."""
    for title, value in letters.facts(held, held.rules):
        yield shapes.Stated(title=title, value=value)
    found = file.at(held.about) if held.about is not None else None
    if found:
        yield shapes.Stated(title=_("Record"), value=f"{found[1].title}, {found[1].reference}")
        yield shapes.Stated(title=_("Stated by"), value=found[1].source_name)
        for title, value in found[1].shown:
            yield shapes.Stated(title=title, value=value)


def _laws(held: Hearing) -> list[words.Law | None]:
    rules = held.rules
    rule = rules.lists.get(held.listed)
    case = rules.cases.get(rule.case or "") if rule else None
    procedure = rules.procedures.get(case.procedure or "") if case else None
    resting: list[Based | None] = [rule, case, procedure]
    return list(dict.fromkeys(words.law(rules, one) for one in resting if one))


def _later(held: Hearing, at: date) -> Iterator[shapes.Later]:
    """What comes after a decision against the subject, as the law's lengths of time say."""
    span = held.span(at)
    if letters.is_request(held) or span is None or span.phase not in (Phase.PROPOSED, Phase.TOLD, Phase.DECIDED):
        return
    terms, body = held.case.terms, letters.bodies(held, held.rules)
    yield shapes.Later(
        when=_("for %(length)s after service") % {"length": _length(terms.appeal)},
        title=_("Appeal"),
        says=_("To %(body)s. An appeal in time suspends what was decided.") % {"body": body}
        if body else _("An appeal in time suspends what was decided."),
    )  # fmt: skip
    if terms.stays:
        rule = held.rules.lists.get(held.listed)
        yield shapes.Later(
            when=_("%(length)s after service at most") % {"length": lengths.length(terms.stays)},
            title=_("A listing ends by itself"),
            says=rule.ends_sooner if rule else "",
        )


def _length(limit: Limit) -> str:
    return lengths.days(limit.days, limit.working)


def _who(held: Hearing) -> Iterator[str]:
    opened = held.opened
    named = {"by": opened.by, "office": history.office_name(held, opened.office)}
    yield {
        Act.PROPOSE: _("%(by)s of %(office)s proposed it. Somebody else decides."),
        Act.IMPOSE_INTERIM: _("%(by)s of %(office)s imposed it. Somebody else hears it."),
    }.get(opened.act, _("%(by)s asked, for %(office)s. Whoever answers is somebody else.")) % named
    for act, text in ((Act.DECIDE, _("%(by)s decided.")), (Act.DECIDE_DISPUTE, _("%(by)s answered.")),
                      (Act.DECIDE_REPAIR, _("%(by)s answered."))):  # fmt: skip
        if by := held.case.who(act):
            yield text % {"by": by}
    if body := letters.bodies(held, held.rules):
        yield _("An appeal goes to %(body)s, which stands neither above nor below the source.") % {"body": body}


def _acts(held: Hearing, actor: Actor, at: date) -> tuple[list[shapes.ActForm], list[shapes.Barred]]:
    """The forms of the acts that are open to somebody, and why the others that they hold are not."""
    own = [Act(one) for one in acts_of(actor, held.resource(actor))]
    reasons = possible(held, actor, at)
    found, barred = [], []
    for act in sorted((one for one in own if one not in OPENING), key=_ORDER.index):
        if not _concerns(held, act):
            continue
        if why := forms.why_not(held, act, actor, at, reasons[act]):
            barred.append(shapes.Barred(act=act.value, title=forms.words(held, act).title, because=why))
        else:
            found.append(forms.form(held, act, actor, at))
    return found, barred


def _concerns(held: Hearing, act: Act) -> bool:
    """Whether an act can ever be done in this kind of case."""
    answers = {Act.DECIDE_DISPUTE: (Act.DISPUTE_RECORD, Act.DISPUTE_LINK), Act.DECIDE_REPAIR: (Act.ASK_REPAIR,)}
    if act in answers:
        return held.opened.act in answers[act]
    if letters.is_request(held):
        return act in (Act.REPLY, Act.APPEAL, Act.DECIDE_APPEAL, Act.WITHDRAW)
    if held.opened.act is Act.IMPOSE_INTERIM:
        return act in (Act.HEAR_INTERIM, Act.PERFORM, Act.WITHDRAW)
    return act is not Act.HEAR_INTERIM
