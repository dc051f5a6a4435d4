"""Articles 12 to 17: how it is decided."""

from __future__ import annotations

from collections.abc import Container, Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import (
    RELEASING_ROLES,
    SUSPENDING_ROLES,
    AppealRule,
    CaseRule,
    CaseStep,
    DecisionRule,
    NoticeRule,
    follows_suspension,
)
from goodstanding.charter.burdens.relief_articles import list_relief_breaches
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    Proceeding,
    list_adverse_proceedings,
    list_conduct,
    list_contestable_proceedings,
    list_honour_cases,
    list_listing_cases,
)
from goodstanding.charter.step_proofs import (
    count_least_days,
    count_most_days,
    find_own_fields,
    is_decided_stage,
    is_interim_stage,
    is_of_courts,
    list_own_fields,
)
from goodstanding.charter.vocabulary import can_endanger_life, list_court_kinds, list_endangering_conduct
from goodstanding.messages import DecisionMessage, Message, MessageCode

REPLY_DAYS = APPEAL_DAYS = 10
DECISION_DAYS, TRIAL_DAYS, RULING_DAYS = 90, 365, 180
OCCURRED = "occurred"
INTERIM_DAYS, HEARD_WITHIN = 15, 5
OFFICIAL_KIND = "official"
INDEPENDENT_BODIES = ("independent", "court", "register")


def list_notice_breaches(catalogue: Catalogue) -> BreachIterator:
    """12. Notice with reasons and all evidence before effect."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        notice_rule = procedure.notice if procedure else None
        if notice_rule is None:
            yield path, Message(DecisionMessage.NOTICE_MISSING)
        else:
            yield from ((proceeding.place("notice"), defect) for defect in _list_notice_defects(notice_rule))
    for name, case in list_listing_cases(catalogue).items():
        for key, step in case.steps.items():
            if step.role == "notice" and step.on == OCCURRED and _is_decision(catalogue, case, step):
                yield ("cases", name, "steps", key, "on"), Message(DecisionMessage.NOTICE_UNDATED)
    yield from _list_steps_ahead(catalogue, ("notice",))


def _list_steps_ahead(catalogue: Catalogue, roles: Container[str]) -> BreachIterator:
    """Steps of these roles that can be dated ahead: decided before anybody was heard, or relief that waits."""
    for name, case in list_listing_cases(catalogue).items():
        for key, step in case.steps.items():
            field = catalogue.records[step.record or case.record].fields.get(step.on)
            if step.role in roles and field and field.future and not follows_suspension(step, case):
                yield ("cases", name, "steps", key, "on"), Message(DecisionMessage.STEP_AHEAD, {"step": key})


def _is_decision(catalogue: Catalogue, case: CaseRule, step: CaseStep) -> bool:
    return catalogue.records[step.record or case.record].states == "decision"


def _list_notice_defects(notice_rule: NoticeRule) -> Iterator[Message]:
    yield from _list_defects(
        notice_rule.before_effect, True, DecisionMessage.NOTICE_AFTER_EFFECT, DecisionMessage.NOTICE_ORDER_UNSTATED
    )
    yield from _list_defects(
        notice_rule.reasons, True, DecisionMessage.NOTICE_UNREASONED, DecisionMessage.NOTICE_REASONS_UNSTATED
    )
    yield from _list_defects(
        notice_rule.evidence, "all", DecisionMessage.NOTICE_EVIDENCE_MISSING, DecisionMessage.NOTICE_EVIDENCE_UNSTATED
    )


def _list_defects(actual: object, right: object, wrong: MessageCode, unstated: MessageCode) -> Iterator[Message]:
    """Nothing where it is said as it should be; else why not, and where nothing is said, that it is not known."""
    if actual != right:
        yield Message(unstated if actual is None else wrong)


def list_hearing_breaches(catalogue: Catalogue) -> BreachIterator:
    """13. At least 10 days to reply; decided with reasons by a named human other than who proposed; not in bulk."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        if procedure is None or procedure.reply is None:
            yield path, Message(DecisionMessage.HEARING_MISSING)
        elif count_least_days(procedure.reply.days, procedure.reply.working) < REPLY_DAYS:
            yield proceeding.place("reply"), Message(DecisionMessage.REPLY_TOO_SHORT, {"days": REPLY_DAYS})
        if procedure and procedure.decision:
            yield from _list_decision_breaches(catalogue, proceeding, procedure.decision)
        else:
            yield path, Message(DecisionMessage.DECIDER_MISSING)
    yield from _list_listing_breaches(catalogue)
    yield from _list_steps_ahead(catalogue, ("decision",))


def _list_listing_breaches(catalogue: Catalogue) -> BreachIterator:
    """A list holds only stages that a decision begins; those before a hearing are article 16's."""
    honours = list_honour_cases(catalogue)
    for name, rule in catalogue.lists.items():
        case = catalogue.cases[rule.case] if rule.case and rule.case not in honours else None
        for stage in rule.while_ if case else ():
            if case and not is_decided_stage(case, stage) and not is_interim_stage(case, stage):
                right = ", ".join(key for key in case.steps if is_decided_stage(case, key)) or "-"
                params = {"step": stage, "steps": right}
                yield ("lists", name, "while"), Message(DecisionMessage.LISTED_UNDECIDED, params)


def _list_decision_breaches(
    catalogue: Catalogue, proceeding: Proceeding, decision_rule: DecisionRule
) -> BreachIterator:
    path = proceeding.place("decision")
    fields = find_own_fields(catalogue, proceeding, decision_rule.named or "")
    if decision_rule.named is None:
        yield path, Message(DecisionMessage.DECIDER_UNNAMED)
    elif not any(field.kind == OFFICIAL_KIND and field.type == "text" for field in fields):
        officials = ", ".join(list_own_fields(catalogue, proceeding, (OFFICIAL_KIND,))) or "-"
        yield path, Message(DecisionMessage.DECIDER_NO_HUMAN, {"field": decision_rule.named, "fields": officials})
    defects = (
        *_list_defects(
            decision_rule.reasons,
            True,
            DecisionMessage.DECISION_WITHOUT_REASONS,
            DecisionMessage.DECISION_REASONS_UNSTATED,
        ),
        *_list_defects(
            decision_rule.bulk, False, DecisionMessage.DECISIONS_IN_BULK, DecisionMessage.DECISION_ALONE_UNSTATED
        ),
        *_list_defects(
            decision_rule.by_proposer, False, DecisionMessage.PROPOSER_DECIDES, DecisionMessage.DECIDER_UNSTATED
        ),
    )
    yield from ((path, defect) for defect in defects)


def list_appeal_breaches(catalogue: Catalogue) -> BreachIterator:
    """14. Appeal to a body neither above nor below the author; an appeal in time suspends a restriction."""
    restricted = {proceeding.path for proceeding in list_adverse_proceedings(catalogue)}
    for proceeding in list_contestable_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        appeal_rule = procedure.appeal if procedure else None
        if appeal_rule is None:
            yield path, Message(DecisionMessage.APPEAL_MISSING)
            continue
        defects = _list_appeal_defects(appeal_rule, path in restricted)
        yield from ((proceeding.place("appeal"), defect) for defect in defects)
        yield from _list_appeal_limits(proceeding, appeal_rule)
    yield from _list_appeal_steps(catalogue)
    yield from list_relief_breaches(catalogue)
    yield from _list_steps_ahead(catalogue, SUSPENDING_ROLES | RELEASING_ROLES)


def _list_appeal_defects(appeal_rule: AppealRule, is_of_burden: bool) -> Iterator[Message]:
    """To whom an appeal goes, and what it does to what burdens somebody."""
    if appeal_rule.body not in INDEPENDENT_BODIES:
        to_superior = appeal_rule.body == "superior"
        yield Message(DecisionMessage.APPEAL_TO_SUPERIOR if to_superior else DecisionMessage.APPEAL_TO_AUTHOR)
    if is_of_burden:
        wrong, unstated = DecisionMessage.APPEAL_SUSPENDS_NOTHING, DecisionMessage.APPEAL_EFFECT_UNSTATED
        yield from _list_defects(appeal_rule.suspends, True, wrong, unstated)


def _list_appeal_limits(proceeding: Proceeding, appeal_rule: AppealRule) -> BreachIterator:
    """Enough days to appeal; the register's own body hears a dispute on any day."""
    if appeal_rule.body == "register" and appeal_rule.days is None:
        return
    if count_least_days(appeal_rule.days, appeal_rule.working) < APPEAL_DAYS:
        yield proceeding.place("appeal"), Message(DecisionMessage.APPEAL_TOO_SHORT, {"days": APPEAL_DAYS})


def _list_appeal_steps(catalogue: Catalogue) -> BreachIterator:
    """A case whose appeal goes elsewhere has the steps by which that suspends and ends a listing."""
    for name, case in list_listing_cases(catalogue).items():
        procedure = catalogue.procedures.get(case.procedure or "")
        if procedure and procedure.appeal and procedure.appeal.body in ("independent", "court"):
            roles = {step.role for step in case.steps.values()}
            if missing := [role for role in ("appeal", "annulment") if role not in roles]:
                path: Path = ("cases", name, "steps")
                yield path, Message(DecisionMessage.APPEAL_WITHOUT_STEP, {"role": missing[0]})
            yield from _list_authors_rulings(catalogue, name, case)


def _list_authors_rulings(catalogue: Catalogue, name: str, case: CaseRule) -> BreachIterator:
    """The steps with which an appeal is decided, where only one kind of source opens and decides; courts may."""
    openers = set(catalogue.records[case.record].by)
    for key, step in case.steps.items():
        is_ruling = step.role == "annulment" or (step.role == "decision" and follows_suspension(step, case))
        authors = set(catalogue.records[step.record or case.record].by) | openers
        if is_ruling and len(authors) == 1 and not authors <= set(list_court_kinds()):
            yield ("cases", name, "steps", key), Message(DecisionMessage.APPEAL_HEARD_BY_AUTHOR, {"step": key})


def list_silence_breaches(catalogue: Catalogue) -> BreachIterator:
    """15. Silence of the authority past its deadline counts for the subject."""
    for proceeding in list_contestable_proceedings(catalogue):
        procedure = proceeding.procedure
        decision_rule, appeal_rule = (procedure.decision, procedure.appeal) if procedure else (None, None)
        if decision_rule and (decision_rule.days is None or decision_rule.silence != "subject"):
            yield proceeding.place("decision"), Message(DecisionMessage.SILENCE_ON_CASE)
        if appeal_rule and (appeal_rule.decided_in is None or appeal_rule.silence != "subject"):
            yield proceeding.place("appeal"), Message(DecisionMessage.SILENCE_ON_APPEAL)
        yield from _list_late_deadlines(catalogue, proceeding)


def _list_late_deadlines(catalogue: Catalogue, proceeding: Proceeding) -> BreachIterator:
    """What the authority may take at most: a court a year for its judgment, others ninety days."""
    procedure = proceeding.procedure
    decision_rule, appeal_rule = (procedure.decision, procedure.appeal) if procedure else (None, None)
    most = TRIAL_DAYS if is_of_courts(catalogue, proceeding) else DECISION_DAYS
    if decision_rule and count_most_days(decision_rule.days, decision_rule.working) > most:
        yield proceeding.place("decision"), Message(DecisionMessage.DECISION_TOO_LATE, {"days": most})
    if appeal_rule and count_most_days(appeal_rule.decided_in, appeal_rule.working) > RULING_DAYS:
        yield proceeding.place("appeal"), Message(DecisionMessage.APPEAL_DECIDED_LATE, {"days": RULING_DAYS})


def list_emergency_breaches(catalogue: Catalogue) -> BreachIterator:
    """16. Against imminent danger to life only, 15 days at most, heard within 5 working days."""
    for name, procedure in catalogue.procedures.items():
        path: Path = ("procedures", name, "interim")
        interim = procedure.interim
        if interim is None:
            continue
        if interim.danger != "life":
            yield path, Message(DecisionMessage.INTERIM_WITHOUT_DANGER)
        if interim.days is None or interim.days > INTERIM_DAYS:
            yield path, Message(DecisionMessage.INTERIM_TOO_LONG, {"days": INTERIM_DAYS})
        if interim.heard_within is None or interim.heard_within > HEARD_WITHIN:
            yield path, Message(DecisionMessage.INTERIM_UNHEARD, {"days": HEARD_WITHIN})
    for name, case in list_listing_cases(catalogue).items():
        procedure_rule = catalogue.procedures.get(case.procedure or "")
        for key, step in case.steps.items():
            if step.role == "interim" and not (procedure_rule and procedure_rule.interim):
                yield ("cases", name, "steps", key), Message(DecisionMessage.INTERIM_WITHOUT_PROCEDURE, {"step": key})
        conduct = list_conduct(catalogue, (case.record,))
        if procedure_rule and procedure_rule.interim and not all(map(can_endanger_life, conduct)):
            params = {"conduct": ", ".join(conduct), "endangering": ", ".join(list_endangering_conduct())}
            yield ("cases", name, "procedure"), Message(DecisionMessage.INTERIM_AGAINST_NO_DANGER, params)
