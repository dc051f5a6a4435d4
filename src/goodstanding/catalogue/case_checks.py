"""What procedures, classes of repair, cases, lists and measures must satisfy: all they name exists, all can begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter

from goodstanding.catalogue.checking import Checking, Path
from goodstanding.catalogue.model import Case, Hand, ListRule, Measure, Procedure, Step, Term, Until
from goodstanding.catalogue.records import field_types

_HANDS = ("notice", "reply", "decision", "appeal", "interim", "repair")
_SOME_DAY = date(2001, 1, 1)


def check_procedures(at: Checking) -> None:
    """Raises the first CatalogueError found in the procedures and classes of repair."""
    for name, procedure in at.catalogue.procedures.items():
        for key, hand in _hands(procedure):
            for which in ("proof", "named"):
                if field := getattr(hand, which, None):
                    _proof(at, field, ("procedures", name, key, which))
    for name, one in at.catalogue.repair_classes.items():
        if one.most.after(_SOME_DAY) < one.least.after(_SOME_DAY):
            problem = "The longest time is shorter than the shortest."
            at.refuse(problem, f"{one.least} or longer", "repair_classes", name, "most")


def _hands(procedure: Procedure) -> Iterator[tuple[str, Hand]]:
    for key in _HANDS:
        if hand := getattr(procedure, key):
            yield key, hand


def _proof(at: Checking, field: str, path: Path) -> None:
    """`field` stands in some record type, `record.field` in that one; a catalogue without any is for others to use."""
    records = at.catalogue.records
    record, dot, name = field.partition(".")
    if dot:
        at.known(record, records, "record type", *path)
        at.known(name, records[record].fields, f"field of {record}", *path)
    elif records:
        at.known(field, {name: None for one in records.values() for name in one.fields}, "field", *path)


def check_cases(at: Checking) -> None:
    """Raises the first CatalogueError found in the cases."""
    for name, case in at.catalogue.cases.items():
        place: Path = ("cases", name)
        at.known(case.record, at.catalogue.records, "record type", *place, "record")
        if case.procedure:
            at.known(case.procedure, at.catalogue.procedures, "procedure", *place, "procedure")
        for key, spare in case.spares.items():
            at.condition(spare.when, case.record, *place, "spares", key, "when")
        for key, step in case.steps.items():
            _step(at, step, case, (*place, "steps", key))
        if all(step.after for step in case.steps.values()):
            at.refuse("No step opens this case.", "a step without 'after'", *place, "steps")
        _one_field(at, name, case)


def _step(at: Checking, step: Step, case: Case, place: Path) -> None:
    record = step.record or case.record
    at.known(record, at.catalogue.records, "record type", *place, "record")
    if record != case.record and at.catalogue.records[record].about != case.record:
        remedy = f"about: {case.record} in the record type {record}"
        at.refuse(f"A {record} is not about a {case.record}.", remedy, *place, "record")
    days = _days(at, record)
    for key in ("on", "public_on"):
        if (field := getattr(step, key)) is not None:
            at.known(field, days, "date field", *place, key)
    for earlier in step.after:
        at.known(earlier, case.steps, "step", *place, "after")
    if step.when:
        at.condition(step.when, record, *place, "when")
    if isinstance(step.not_before, Term):
        _term(at, step.not_before, case.record, *place, "not_before")


def _days(at: Checking, record: str) -> list[str]:
    types = field_types(at.catalogue.records[record].fields)
    return [name for name, kind in types.items() if kind == "date"]


def _term(at: Checking, term: Term, record: str, *path: str | int) -> None:
    fields = at.catalogue.records[record].fields
    at.known(term.by, fields, "field", *path, "by")
    for code in fields[term.by].one_of:
        at.known(code, term.terms, f"term for {term.by} =", *path, "terms")
    for code in term.terms if fields[term.by].one_of else ():
        at.known(code, fields[term.by].one_of, f"code of {term.by}", *path, "terms", code)


def _one_field(at: Checking, name: str, case: Case) -> None:
    """All lengths of time of a case that depend on a code depend on one, and all days set by the decision are one."""
    terms: list[tuple[object, Path]] = [
        (step.not_before, ("cases", name, "steps", key, "not_before")) for key, step in case.steps.items()
    ]
    terms += [(rule.stays, ("lists", key, "stays")) for key, rule in at.catalogue.lists.items() if rule.case == name]
    codes = [(term.by, path) for term, path in terms if isinstance(term, Term)]
    days = [(term.until, path) for term, path in terms if isinstance(term, Until)]
    for found in (codes, days):
        for field, path in found[1:]:
            if field != found[0][0]:
                problem = f"The case {name!r} has lengths of time by {found[0][0]!r} and by {field!r}."
                at.refuse(problem, "one field for all of them", *path)


def check_lists(at: Checking) -> None:
    """Raises the first CatalogueError found in the lists."""
    for name, rule in at.catalogue.lists.items():
        place: Path = ("lists", name)
        if (rule.case is None) is not bool(rule.from_):
            problem = "A list follows from a case or from other lists, and from one of them."
            at.refuse(problem, "either case and while, or from", *place)
        (_combined if rule.from_ else _listed)(at, rule, place)
    _no_circle(at)


def _listed(at: Checking, rule: ListRule, place: Path) -> None:
    at.known(str(rule.case), at.catalogue.cases, "case", *place, "case")
    case = at.catalogue.cases[str(rule.case)]
    if not rule.while_:
        at.refuse("While no step of its case holds nobody is listed.", "while: [" + ", ".join(case.steps) + "]", *place)
    for step in rule.while_:
        at.known(step, case.steps, "step", *place, "while")
    if isinstance(rule.stays, Term):
        _term(at, rule.stays, case.record, *place, "stays")
    if isinstance(rule.stays, Until):
        at.known(rule.stays.until, _days(at, case.record), "date field", *place, "stays", "until")
    if "at_least" in rule.model_fields_set:
        at.refuse("Only a list made from others counts them.", "leave it out", *place, "at_least")


def _combined(at: Checking, rule: ListRule, place: Path) -> None:
    for part in rule.from_:
        at.known(part, at.catalogue.lists, "list", *place, "from")
    if not 1 <= rule.at_least <= len(set(rule.from_)):
        problem = f"Nobody can stand on {rule.at_least} of {len(set(rule.from_))} lists."
        at.refuse(problem, f"1 to {len(set(rule.from_))}", *place, "at_least")
    for key in ("while", "stays"):
        if getattr(rule, key.replace("while", "while_")):
            problem = f"A list made from others takes no {key!r}: it holds while they do."
            at.refuse(problem, "leave it out", *place, key)


def _no_circle(at: Checking) -> None:
    parts: Mapping[str, tuple[str, ...]] = {name: rule.from_ for name, rule in at.catalogue.lists.items()}
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        names = error.args[1]
        problem = f"Lists are made from each other in a circle: {' -> '.join(reversed(names))}."
        at.refuse(problem, "lists that in the end follow from cases", "lists", names[0], "from")


def check_measures(at: Checking) -> None:
    """Raises the first CatalogueError found in the measures."""
    for name, measure in at.catalogue.measures.items():
        place: Path = ("measures", name)
        _ground(at, measure, place)
        if at.catalogue.mode == "live" and measure.kind == "benefit":
            _no_person(at, measure, place)


def _ground(at: Checking, measure: Measure, place: Path) -> None:
    if (measure.list is None) is (measure.scheme is None):
        problem = "A measure follows from a list or from grades of a scheme, and from one of them."
        at.refuse(problem, "either list, or scheme and grades", *place)
    if measure.list:
        at.known(measure.list, at.catalogue.lists, "list", *place, "list")
        if measure.grades:
            at.refuse("A measure that follows from a list takes no grades.", "leave them out", *place, "grades")
        return
    at.known(str(measure.scheme), at.catalogue.schemes, "scheme", *place, "scheme")
    grades = at.catalogue.schemes[str(measure.scheme)].grades
    if not measure.grades:
        at.refuse("The measure follows from no grade.", f"grades: [{', '.join(grades)}], or some", *place)
    for grade in measure.grades:
        at.known(grade, grades, f"grade of {measure.scheme}", *place, "grades")


def _no_person(at: Checking, measure: Measure, place: Path) -> None:
    for record in at.catalogue.resting_on(measure):
        if "person" in at.catalogue.concerned(record):
            problem = f"A benefit rests on the record type {record!r}, which may be about a person."
            remedy = f"concerns: [organisation] in the record type {record}, or mode: lab"
            at.refuse(problem, remedy, *place, "kind")
