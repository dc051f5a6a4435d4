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

REPLY_DAYS = 10
INTERIM_DAYS, HEARD_WITHIN = 15, 5
CONFIRMED_WITHIN = 31
OFFICIAL_KIND = "official"
INDEPENDENT_BODIES = ("independent", "court", "register")


def list_notice_breaches(catalogue: Catalogue) -> BreachIterator:
    """12. Notice with reasons and all evidence before effect."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        notice_rule = procedure.notice if procedure else None
        if notice_rule is None:
            yield path, "Nobody is told before it takes effect."
        else:
            yield from ((proceeding.place("notice"), defect) for defect in _list_notice_defects(notice_rule))


def _list_notice_defects(notice_rule: NoticeRule) -> Iterator[str]:
    yield from _list_defects(
        notice_rule.before_effect, True, "It takes effect before the notice.", "the notice comes before the effect"
    )
    yield from _list_defects(notice_rule.reasons, True, "The notice gives no reasons.", "the notice gives reasons")
    part = "The notice does not show all of the evidence."
    yield from _list_defects(notice_rule.evidence, "all", part, "the notice shows all of the evidence")


def _list_defects(actual: object, right: object, wrong: str, unknown: str) -> Iterator[str]:
    """Nothing where it is said as it should be; else why not, and where nothing is said, that it is not known."""
    if actual is None:
        yield f"Nothing says that {unknown}."
    elif actual != right:
        yield wrong


def list_hearing_breaches(catalogue: Catalogue) -> BreachIterator:
    """13. At least 10 days to reply; decided with reasons by a named human other than who proposed; not in bulk."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        if procedure is None or procedure.reply is None:
            yield path, "Nobody is heard before it is decided."
        elif (procedure.reply.days or 0) < REPLY_DAYS:
            yield proceeding.place("reply"), f"There are fewer than {REPLY_DAYS} days to reply."
        if procedure and procedure.decision:
            yield from _list_decision_breaches(catalogue, proceeding.place("decision"), procedure)
        else:
            yield path, "Nobody is said to decide."


def _list_decision_breaches(catalogue: Catalogue, path: Path, procedure: Procedure) -> BreachIterator:
    decision_rule = procedure.decision
    assert decision_rule
    if decision_rule.named is None:
        yield path, "No named human decides."
    elif OFFICIAL_KIND not in list_field_kinds(catalogue, decision_rule.named):
        yield path, f"The field {decision_rule.named} names no human."
    defects = (
        *_list_defects(decision_rule.reasons, True, "The decision gives no reasons.", "the decision gives reasons"),
        *_list_defects(decision_rule.bulk, False, "Decisions are made in bulk.", "each case is decided by itself"),
        *_list_defects(
            decision_rule.by_proposer, False, "Who proposed also decides.", "somebody else than the proposer decides"
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
            yield path, "There is no appeal."
        elif appeal_rule.body not in INDEPENDENT_BODIES:
            yield proceeding.place("appeal"), f"The appeal goes to {_name_appeal_body(appeal_rule)}."
        elif path in restricted:
            wrong = "An appeal in time suspends nothing."
            for defect in _list_defects(appeal_rule.suspends, True, wrong, "an appeal in time suspends a restriction"):
                yield proceeding.place("appeal"), defect


def _name_appeal_body(appeal_rule: AppealRule) -> str:
    return "a body above the author" if appeal_rule.body == "superior" else "the author itself"


def list_silence_breaches(catalogue: Catalogue) -> BreachIterator:
    """15. Silence of the authority past its deadline counts for the subject."""
    for proceeding in list_contestable_proceedings(catalogue):
        procedure = proceeding.procedure
        decision_rule, appeal_rule = (procedure.decision, procedure.appeal) if procedure else (None, None)
        if decision_rule and (decision_rule.days is None or decision_rule.silence != "subject"):
            yield proceeding.place("decision"), "Silence of the authority does not end the case."
        if appeal_rule and (appeal_rule.decided_in is None or appeal_rule.silence != "subject"):
            yield proceeding.place("appeal"), "Silence on an appeal does not count for the subject."


def list_emergency_breaches(catalogue: Catalogue) -> BreachIterator:
    """16. Against imminent danger to life only, 15 days at most, heard within 5 working days."""
    for name, procedure in catalogue.procedures.items():
        path: Path = ("procedures", name, "interim")
        interim = procedure.interim
        if interim is None:
            continue
        if interim.danger != "life":
            yield path, "An interim measure without danger to life."
        if interim.days is None or interim.days > INTERIM_DAYS:
            yield path, f"An interim measure for more than {INTERIM_DAYS} days."
        if interim.heard_within is None or interim.heard_within > HEARD_WITHIN:
            yield path, f"An interim measure that is not heard within {HEARD_WITHIN} working days."


def list_repair_breaches(catalogue: Catalogue) -> BreachIterator:
    """17. Repair is a right, free, and reaches every copy."""
    for proceeding in list_adverse_proceedings(catalogue):
        path, procedure = proceeding.path, proceeding.procedure
        repair_rule = procedure.repair if procedure else None
        if repair_rule is None:
            yield path, "There is no way to make good."
            continue
        place = proceeding.place("repair")
        for defect in (
            *_list_defects(repair_rule.right, True, "Repair is a favour, not a right.", "repair is a right"),
            *_list_defects(repair_rule.free, True, "Repair costs a fee.", "repair is free"),
        ):
            yield place, defect
        if len(set(repair_rule.stops)) < 3:
            yield place, "Display, sharing and use do not stop together."
        if repair_rule.confirmed_within is None or repair_rule.confirmed_within > CONFIRMED_WITHIN:
            yield place, "Recipients do not confirm within a month that their copies are gone."


def list_step_proof_breaches(catalogue: Catalogue) -> BreachIterator:
    """18. Each step of the authority names the record field that proves it."""
    for proceeding in list_adverse_proceedings(catalogue):
        procedure = proceeding.procedure
        for name, hand in _list_authority_steps(procedure):
            if hand.proof is None:
                yield proceeding.place(name), f"Nothing on record proves the {name}."


def _list_authority_steps(procedure: Procedure | None) -> Iterator[tuple[str, ProcedureStep]]:
    for name in ("notice", "decision", "appeal"):
        hand = getattr(procedure, name, None)
        if isinstance(hand, ProcedureStep) and not (isinstance(hand, AppealRule) and hand.body == "register"):
            yield name, hand
