"""Two rules that apply at once and contradict each other: refused, with the places of both."""

from __future__ import annotations

from itertools import combinations

from goodstanding.catalogue.procedures import CaseRule, CaseStep, Measure
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.catalogue.validation.check_context import CheckContext, Path
from goodstanding.catalogue.validation.satisfiability import Satisfiability, check_satisfiability
from goodstanding.errors import Contradiction
from goodstanding.messages import Message, RuleMessage


def check_contradictions(context: CheckContext) -> None:
    """Notes each two rules that do; where it stays open whether they can meet, they pass."""
    for name, scheme in context.catalogue.schemes.items():
        _check_direct_grades(context, scheme, ("schemes", name, "direct"))
        _check_items(context, scheme, ("schemes", name, "items"))
    for name, case in context.catalogue.cases.items():
        _check_steps(context, case, ("cases", name, "steps"))
    for (name, measure), (other_name, other_measure) in combinations(context.catalogue.measures.items(), 2):
        if _are_opposed(measure, other_measure):
            message = Message(RuleMessage.MEASURES_OPPOSED, {"field": repr(measure.field)})
            _note_contradiction(context, message, ("measures", name), ("measures", other_name))


def _note_contradiction(context: CheckContext, message: Message, first_place: Path, second_place: Path) -> None:
    where = f"{context.where(*first_place)} and {context.where(*second_place)}"
    context.problems.append(Contradiction(message, where=where))


def _find_overlap(context: CheckContext, record: str, *texts: str | None) -> Satisfiability:
    """Whether one record can fulfil all these conditions; none is always fulfilled."""
    trees = [context.condition(text, record).tree for text in texts if text]
    return check_satisfiability(trees, context.fields(record))


def _check_direct_grades(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    for (index, rule), (other_index, other_rule) in combinations(enumerate(scheme.direct), 2):
        if rule.grade != other_rule.grade:
            overlap = _find_overlap(context, scheme.record, scheme.counts_when, rule.when, other_rule.when)
            if overlap.holds:
                grades = {"first": repr(rule.grade), "second": repr(other_rule.grade)}
                message = Message(RuleMessage.GRADES_CONTRADICT, {**grades, "example": overlap.example()})
                _note_contradiction(context, message, (*place, index), (*place, other_index))


def _check_items(context: CheckContext, scheme: GradingScheme, place: Path) -> None:
    for (name, item), (other_name, other_item) in combinations(scheme.items.items(), 2):
        if context.condition(item.when, scheme.record).sql == context.condition(other_item.when, scheme.record).sql:
            _note_contradiction(context, Message(RuleMessage.ITEMS_ALIKE), (*place, name), (*place, other_name))


def _check_steps(context: CheckContext, case: CaseRule, place: Path) -> None:
    for (name, step), (other_name, other_step) in combinations(case.steps.items(), 2):
        record = step.record or case.record
        if (
            record == (other_step.record or case.record)
            and step.on == other_step.on
            and _are_alternatives(step, other_step)
        ):
            overlap = _find_overlap(context, record, step.when, other_step.when)
            if overlap.holds:
                steps = {"record": record, "first": repr(name), "second": repr(other_name)}
                message = Message(RuleMessage.STEPS_CONTRADICT, {**steps, "example": overlap.example()})
                _note_contradiction(context, message, (*place, name), (*place, other_name))


def _are_alternatives(step: CaseStep, other_step: CaseStep) -> bool:
    return bool(set(step.after) & set(other_step.after)) or not (step.after or other_step.after)


def _are_opposed(measure: Measure, other_measure: Measure) -> bool:
    same_list = measure.list is not None and measure.list == other_measure.list
    same_grade = (
        measure.scheme is not None
        and measure.scheme == other_measure.scheme
        and bool(set(measure.grades) & set(other_measure.grades))
    )
    kinds = {measure.kind, other_measure.kind}
    named = measure.field == other_measure.field != "unnamed"
    return kinds == {"restriction", "benefit"} and named and (same_list or same_grade)
