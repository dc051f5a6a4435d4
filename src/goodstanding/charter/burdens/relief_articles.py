"""Article 14: what suspends or ends a burden counts by what it is, on no condition of the catalogue's own."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.conditions import parse_condition
from goodstanding.catalogue.procedures import RELIEVING_ROLES, CaseRule, CaseStep, follows_suspension
from goodstanding.catalogue.records import RecordType, field_types
from goodstanding.charter.burdens.exemption_proofs import build_truth_test, is_decided_by_one_field, negate
from goodstanding.charter.catalogue_queries import BreachIterator, list_listing_cases
from goodstanding.messages import DecisionMessage, Message

_SUSPENDING = ("appeal",)
_ENDING = ("annulment", "stay", "performance", "settlement")
_DATED = ("appeal", "stay", "annulment", "withdrawal", "performance", "settlement")
_LATENESS_KINDS = ("status", "class")  # of a field that says whether an appeal came in time


def list_relief_breaches(catalogue: Catalogue) -> BreachIterator:
    """Appeals that can lead nowhere, rulings on a further condition, and relief that a missing day undoes."""
    for name, case in list_listing_cases(catalogue).items():
        for key, step in case.steps.items():
            path = ("cases", name, "steps", key)
            record = catalogue.records[step.record or case.record]
            if step.role in _SUSPENDING and (dropped := _find_dropped_appeals(case, step, record)):
                yield (*path, "when"), Message(DecisionMessage.APPEAL_CONDITIONED, {"condition": dropped})
            elif step.role in _ENDING and step.when and not is_decided_by_one_field(record, step.when):
                yield (*path, "when"), Message(DecisionMessage.RELIEF_CONDITIONED, {"condition": step.when})
            if step.role in _DATED and step.record and _is_day_missing(step, record):
                yield (*path, "on"), Message(DecisionMessage.RELIEF_UNDATED, {"step": key, "field": step.on})


def _is_day_missing(step: CaseStep, record: RecordType) -> bool:
    return step.on in record.fields and not record.fields[step.on].required


def _find_dropped_appeals(case: CaseRule, step: CaseStep, record: RecordType) -> str:
    """The condition by which an appeal that came in time moves nothing; empty where there is none such."""
    if step.when is None:
        return ""
    from goodstanding.catalogue.validation.satisfiability import check_satisfiability  # brings the parser

    steps = [other for other in case.steps.values() if other.record == step.record and _relieves(other, case)]
    types = field_types(record.fields)
    dropped = [negate(parse_condition(other.when or "TRUE", types, "when").tree) for other in steps]
    in_time = [negate(build_truth_test(name, False)) for name in _list_lateness_fields(step.when, record)]
    return step.when if check_satisfiability([*dropped, *in_time], record.fields).holds is not False else ""


def _relieves(step: CaseStep, case: CaseRule) -> bool:
    return step.role in RELIEVING_ROLES or follows_suspension(step, case)


def _list_lateness_fields(when: str, record: RecordType) -> Iterator[str]:
    for name in parse_condition(when, field_types(record.fields), "when").reads:
        field = record.fields.get(name)
        if field and field.type == "boolean" and field.kind in _LATENESS_KINDS:
            yield name
