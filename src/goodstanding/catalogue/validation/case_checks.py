"""What procedures, classes of repair, cases, lists and measures must satisfy: all they name exists, all can begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter

from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import (
    CaseExemption,
    CaseRule,
    CaseStep,
    ListRule,
    Measure,
    Procedure,
    ProcedureStep,
    RepairClass,
)
from goodstanding.catalogue.records import field_types
from goodstanding.catalogue.validation.check_context import CheckContext, Path
from goodstanding.errors import CatalogueError
from goodstanding.messages import CatalogueMessage, Message, RuleMessage

_PROCEDURE_STEPS = ("notice", "reply", "decision", "appeal", "interim", "repair")
_SOME_DAY = date(2001, 1, 1)


def check_procedures(context: CheckContext) -> None:
    """Notes what is wrong with the procedures and classes of repair."""
    for name, procedure in context.catalogue.procedures.items():
        for key, procedure_step in _list_procedure_steps(procedure):
            for proof_key in ("proof", "named"):
                if field := getattr(procedure_step, proof_key, None):
                    context.attempt(_check_proof_field, field, ("procedures", name, key, proof_key))
    for name, repair_class in context.catalogue.repair_classes.items():
        context.attempt(_check_repair_class, name, repair_class)


def _check_repair_class(context: CheckContext, name: str, repair_class: RepairClass) -> None:
    if repair_class.most.after(_SOME_DAY) < repair_class.least.after(_SOME_DAY):
        code, least = RuleMessage.REPAIR_TIMES_REVERSED, str(repair_class.least)
        context.note(code, "repair_classes", name, "most", least=least)


def _list_procedure_steps(procedure: Procedure) -> Iterator[tuple[str, ProcedureStep]]:
    for key in _PROCEDURE_STEPS:
        if procedure_step := getattr(procedure, key):
            yield key, procedure_step


def _check_proof_field(context: CheckContext, field: str, path: Path) -> None:
    """`field` stands in some record type, `record.field` in that one; a catalogue without any is for others to use."""
    records = context.catalogue.records
    record, dot, name = field.partition(".")
    if dot:
        context.require_record_type(record, *path)
        context.require_known(name, records[record].fields, RuleMessage.RECORD_FIELD_UNDECLARED, *path, record=record)
    elif records:
        names = {name: None for record_type in records.values() for name in record_type.fields}
        context.require_known(field, names, RuleMessage.FIELD_UNDECLARED, *path)


def check_cases(context: CheckContext) -> None:
    """Notes what is wrong with the cases."""
    for name, case in context.catalogue.cases.items():
        context.attempt(_check_case, name, case)
        for key, spare in case.spares.items():
            context.attempt(_check_exemption, case, spare, ("cases", name, "spares", key, "when"))
        for key, step in case.steps.items():
            context.attempt(_check_step, step, case, ("cases", name, "steps", key))
        context.attempt(_refuse_several_fields, name, case)


def _check_case(context: CheckContext, name: str, case: CaseRule) -> None:
    place: Path = ("cases", name)
    context.require_record_type(case.record, *place, "record")
    if case.procedure:
        context.require_procedure(case.procedure, *place, "procedure")
    if all(step.after for step in case.steps.values()):
        context.note(RuleMessage.CASE_NEVER_OPENS, *place, "steps")


def _check_exemption(context: CheckContext, case: CaseRule, exemption: CaseExemption, place: Path) -> None:
    context.check_condition(exemption.when, case.record, *place)


def _check_step(context: CheckContext, step: CaseStep, case: CaseRule, place: Path) -> None:
    record = step.record or case.record
    context.require_record_type(record, *place, "record")
    if record != case.record and context.catalogue.records[record].about != case.record:
        code = RuleMessage.STEP_ABOUT_ANOTHER_RECORD
        context.note(code, *place, "record", record=record, opening=case.record)
    days = _list_date_fields(context, record)
    for key in ("on", "public_on"):
        if (field := getattr(step, key)) is not None:
            context.require_known(field, days, RuleMessage.DATE_FIELD_UNDECLARED, *place, key)
    for earlier in step.after:
        context.require_known(earlier, case.steps, RuleMessage.STEP_UNDECLARED, *place, "after")
    if step.when:
        context.check_condition(step.when, record, *place, "when")
    if step.not_before and not step.after:
        message = Message(CatalogueMessage.STEP_WAITS_FOR_NOTHING)
        context.problems.append(CatalogueError(message, where=context.where(*place, "not_before")))
    if isinstance(step.not_before, CodedTerm):
        _check_term(context, step.not_before, case.record, *place, "not_before")


def _list_date_fields(context: CheckContext, record: str) -> list[str]:
    types = field_types(context.catalogue.records[record].fields)
    return [name for name, kind in types.items() if kind == "date"]


def _check_term(context: CheckContext, term: CodedTerm, record: str, *path: str | int) -> None:
    fields = context.catalogue.records[record].fields
    context.require_known(term.by, fields, RuleMessage.FIELD_UNDECLARED, *path, "by")
    for code in fields[term.by].one_of:
        context.require_known(code, term.terms, RuleMessage.CODED_TERM_UNDECLARED, *path, "terms", field=term.by)
    for code in term.terms if fields[term.by].one_of else ():
        context.require_known(
            code, fields[term.by].one_of, RuleMessage.CODE_UNDECLARED, *path, "terms", code, field=term.by
        )


def _refuse_several_fields(context: CheckContext, name: str, case: CaseRule) -> None:
    """All lengths of time of a case that depend on a code depend on one, and all days set by the decision are one."""
    terms: list[tuple[object, Path]] = [
        (step.not_before, ("cases", name, "steps", key, "not_before")) for key, step in case.steps.items()
    ]
    terms += [
        (rule.stays, ("lists", key, "stays")) for key, rule in context.catalogue.lists.items() if rule.case == name
    ]
    codes = [(term.by, path) for term, path in terms if isinstance(term, CodedTerm)]
    days = [(term.until, path) for term, path in terms if isinstance(term, DecidedTerm)]
    for references in (codes, days):
        for field, path in references[1:]:
            if field != references[0][0]:
                params = {"case": repr(name), "first": repr(references[0][0]), "second": repr(field)}
                context.note(RuleMessage.CASE_WITH_SEVERAL_FIELDS, *path, **params)


def check_lists(context: CheckContext) -> None:
    """Notes what is wrong with the lists."""
    for name, rule in context.catalogue.lists.items():
        context.attempt(_check_list, rule, ("lists", name))
    context.attempt(_refuse_circular_lists)


def _check_list(context: CheckContext, rule: ListRule, place: Path) -> None:
    if (rule.case is None) is not bool(rule.from_):
        context.note(RuleMessage.LIST_GROUND, *place)
    if rule.from_:
        _check_combined_list(context, rule, place)
    elif rule.case is not None:
        _check_case_list(context, rule.case, rule, place)


def _check_case_list(context: CheckContext, name: str, rule: ListRule, place: Path) -> None:
    context.require_known(name, context.catalogue.cases, RuleMessage.CASE_UNDECLARED, *place, "case")
    case = context.catalogue.cases[name]
    if not rule.while_:
        context.note(RuleMessage.LIST_WITHOUT_STEPS, *place, steps=", ".join(case.steps))
    for step in rule.while_:
        context.require_known(step, case.steps, RuleMessage.STEP_UNDECLARED, *place, "while")
    if isinstance(rule.stays, CodedTerm):
        _check_term(context, rule.stays, case.record, *place, "stays")
    if isinstance(rule.stays, DecidedTerm):
        context.require_known(
            rule.stays.until,
            _list_date_fields(context, case.record),
            RuleMessage.DATE_FIELD_UNDECLARED,
            *place,
            "stays",
            "until",
        )
    if "at_least" in rule.model_fields_set:
        context.note(RuleMessage.LIST_OF_CASE_COUNTS, *place, "at_least")


def _check_combined_list(context: CheckContext, rule: ListRule, place: Path) -> None:
    for part in rule.from_:
        context.require_known(part, context.catalogue.lists, RuleMessage.LIST_UNDECLARED, *place, "from")
    if not 1 <= rule.at_least <= (lists := len(set(rule.from_))):
        context.note(RuleMessage.LIST_COUNT_IMPOSSIBLE, *place, "at_least", number=rule.at_least, lists=lists)
    for key in ("while", "stays"):
        if getattr(rule, key.replace("while", "while_")):
            context.note(RuleMessage.LIST_OF_LISTS_WITH_NEEDLESS_KEY, *place, key, key=repr(key))


def _refuse_circular_lists(context: CheckContext) -> None:
    parts: Mapping[str, tuple[str, ...]] = {name: rule.from_ for name, rule in context.catalogue.lists.items()}
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        names = error.args[1]
        context.note(RuleMessage.LISTS_IN_CIRCLE, "lists", names[0], "from", lists=" -> ".join(reversed(names)))


def check_measures(context: CheckContext) -> None:
    """Notes what is wrong with the measures."""
    for name, measure in context.catalogue.measures.items():
        context.attempt(_check_measure, measure, ("measures", name))


def _check_measure(context: CheckContext, measure: Measure, place: Path) -> None:
    _check_measure_ground(context, measure, place)
    if context.catalogue.mode == "live" and measure.kind == "benefit":
        _refuse_benefit_of_persons(context, measure, place)


def _check_measure_ground(context: CheckContext, measure: Measure, place: Path) -> None:
    if (measure.list is None) is (measure.scheme is None):
        context.note(RuleMessage.MEASURE_GROUND, *place)
    if measure.list:
        context.require_known(measure.list, context.catalogue.lists, RuleMessage.LIST_UNDECLARED, *place, "list")
        if measure.grades:
            context.note(RuleMessage.MEASURE_OF_LIST_WITH_GRADES, *place, "grades")
    elif measure.scheme:
        _check_grades_of_measure(context, measure.scheme, measure, place)
    if measure.when:
        _check_measure_condition(context, measure, measure.when, place)


def _check_measure_condition(context: CheckContext, measure: Measure, when: str, place: Path) -> None:
    """A condition reads the record that a measure rests on, so there must be one, and not several added up."""
    records = context.catalogue.resting_on(measure)
    scheme = context.catalogue.schemes.get(measure.scheme or "")
    if len(records) != 1 or (scheme and (scheme.kind == "points" or scheme.over)):
        context.note(CatalogueMessage.CONDITION_OF_SEVERAL_RECORDS, *place, "when")
    else:
        context.check_condition(when, records[0], *place, "when")


def _check_grades_of_measure(context: CheckContext, name: str, measure: Measure, place: Path) -> None:
    context.require_known(name, context.catalogue.schemes, RuleMessage.GRADING_SCHEME_UNDECLARED, *place, "scheme")
    grades = context.catalogue.schemes[name].grades
    if not measure.grades:
        context.note(RuleMessage.MEASURE_WITHOUT_GRADES, *place, grades=", ".join(grades))
    for grade in measure.grades:
        context.require_known(grade, grades, RuleMessage.GRADE_UNDECLARED, *place, "grades", scheme=measure.scheme)


def _refuse_benefit_of_persons(context: CheckContext, measure: Measure, place: Path) -> None:
    for record in context.catalogue.resting_on(measure):
        if "person" in context.catalogue.concerned(record):
            context.note(RuleMessage.BENEFIT_OF_PERSONS, *place, "kind", type=repr(record), record=record)
