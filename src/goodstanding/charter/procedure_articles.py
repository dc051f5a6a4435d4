"""Articles 12 to 18: how it is decided."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import AppealRule, NoticeRule, Procedure, ProcedureStep
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    list_adverse_proceedings,
    list_contestable_proceedings,
    list_field_kinds,
)
from goodstanding.messages import ArticleMessage, Message

REPLY_DAYS = 10
INTERIM_DAYS, HEARD_WITHIN = 15, 5
OFFICIAL_KIND = "official"
INDEPENDENT_BODIES = ("independent", "court", "register")
_UNPROVEN = {
    "notice": ArticleMessage.NOTICE_UNPROVEN,
    "decision": ArticleMessage.DECISION_UNPROVEN,
    "appeal": ArticleMessage.APPEAL_UNPROVEN,
}


def list_notice_breaches(catalogue: Catalogue) -> BreachIterator:
    """12. Notice with reasons and all evidence before effect."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        notice_rule = procedure.notice if procedure else None
        if notice_rule is None:
            yield path, Message(ArticleMessage.NOTICE_MISSING)
        else:
            yield from ((proceeding.place("notice"), defect) for defect in _list_notice_defects(notice_rule))


def _list_notice_defects(notice_rule: NoticeRule) -> Iterator[Message]:
    yield from _list_defects(
        notice_rule.before_effect, True, ArticleMessage.NOTICE_AFTER_EFFECT, ArticleMessage.NOTICE_ORDER_UNSTATED
    )
    yield from _list_defects(
        notice_rule.reasons, True, ArticleMessage.NOTICE_UNREASONED, ArticleMessage.NOTICE_REASONS_UNSTATED
    )
    yield from _list_defects(
        notice_rule.evidence, "all", ArticleMessage.NOTICE_EVIDENCE_MISSING, ArticleMessage.NOTICE_EVIDENCE_UNSTATED
    )


def _list_defects(actual: object, right: object, wrong: ArticleMessage, unstated: ArticleMessage) -> Iterator[Message]:
    """Nothing where it is said as it should be; else why not, and where nothing is said, that it is not known."""
    if actual != right:
        yield Message(unstated if actual is None else wrong)


def list_hearing_breaches(catalogue: Catalogue) -> BreachIterator:
    """13. At least 10 days to reply; decided with reasons by a named human other than who proposed; not in bulk."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        if procedure is None or procedure.reply is None:
            yield path, Message(ArticleMessage.HEARING_MISSING)
        elif (procedure.reply.days or 0) < REPLY_DAYS:
            yield proceeding.place("reply"), Message(ArticleMessage.REPLY_TOO_SHORT, {"days": REPLY_DAYS})
        if procedure and procedure.decision:
            yield from _list_decision_breaches(catalogue, proceeding.place("decision"), procedure)
        else:
            yield path, Message(ArticleMessage.DECIDER_MISSING)


def _list_decision_breaches(catalogue: Catalogue, path: Path, procedure: Procedure) -> BreachIterator:
    decision_rule = procedure.decision
    assert decision_rule
    if decision_rule.named is None:
        yield path, Message(ArticleMessage.DECIDER_UNNAMED)
    elif OFFICIAL_KIND not in list_field_kinds(catalogue, decision_rule.named):
        yield path, Message(ArticleMessage.DECIDER_NO_HUMAN, {"field": decision_rule.named})
    defects = (
        *_list_defects(
            decision_rule.reasons,
            True,
            ArticleMessage.DECISION_WITHOUT_REASONS,
            ArticleMessage.DECISION_REASONS_UNSTATED,
        ),
        *_list_defects(
            decision_rule.bulk, False, ArticleMessage.DECISIONS_IN_BULK, ArticleMessage.DECISION_ALONE_UNSTATED
        ),
        *_list_defects(
            decision_rule.by_proposer, False, ArticleMessage.PROPOSER_DECIDES, ArticleMessage.DECIDER_UNSTATED
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
            yield path, Message(ArticleMessage.APPEAL_MISSING)
        elif appeal_rule.body not in INDEPENDENT_BODIES:
            to_superior = appeal_rule.body == "superior"
            code = ArticleMessage.APPEAL_TO_SUPERIOR if to_superior else ArticleMessage.APPEAL_TO_AUTHOR
            yield proceeding.place("appeal"), Message(code)
        elif path in restricted:
            wrong, unstated = ArticleMessage.APPEAL_SUSPENDS_NOTHING, ArticleMessage.APPEAL_EFFECT_UNSTATED
            for defect in _list_defects(appeal_rule.suspends, True, wrong, unstated):
                yield proceeding.place("appeal"), defect


def list_silence_breaches(catalogue: Catalogue) -> BreachIterator:
    """15. Silence of the authority past its deadline counts for the subject."""
    for proceeding in list_contestable_proceedings(catalogue):
        procedure = proceeding.procedure
        decision_rule, appeal_rule = (procedure.decision, procedure.appeal) if procedure else (None, None)
        if decision_rule and (decision_rule.days is None or decision_rule.silence != "subject"):
            yield proceeding.place("decision"), Message(ArticleMessage.SILENCE_ON_CASE)
        if appeal_rule and (appeal_rule.decided_in is None or appeal_rule.silence != "subject"):
            yield proceeding.place("appeal"), Message(ArticleMessage.SILENCE_ON_APPEAL)


def list_emergency_breaches(catalogue: Catalogue) -> BreachIterator:
    """16. Against imminent danger to life only, 15 days at most, heard within 5 working days."""
    for name, procedure in catalogue.procedures.items():
        path: Path = ("procedures", name, "interim")
        interim = procedure.interim
        if interim is None:
            continue
        if interim.danger != "life":
            yield path, Message(ArticleMessage.INTERIM_WITHOUT_DANGER)
        if interim.days is None or interim.days > INTERIM_DAYS:
            yield path, Message(ArticleMessage.INTERIM_TOO_LONG, {"days": INTERIM_DAYS})
        if interim.heard_within is None or interim.heard_within > HEARD_WITHIN:
            yield path, Message(ArticleMessage.INTERIM_UNHEARD, {"days": HEARD_WITHIN})


def list_step_proof_breaches(catalogue: Catalogue) -> BreachIterator:
    """18. Each step of the authority names the record field that proves it."""
    for proceeding in list_adverse_proceedings(catalogue):
        procedure = proceeding.procedure
        for name, hand in _list_authority_steps(procedure):
            if hand.proof is None:
                yield proceeding.place(name), Message(_UNPROVEN[name])


def _list_authority_steps(procedure: Procedure | None) -> Iterator[tuple[str, ProcedureStep]]:
    for name in ("notice", "decision", "appeal"):
        hand = getattr(procedure, name, None)
        if isinstance(hand, ProcedureStep) and not (isinstance(hand, AppealRule) and hand.body == "register"):
            yield name, hand
