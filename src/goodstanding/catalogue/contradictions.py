"""Two rules that apply at once and contradict each other: refused, with the places of both."""

from __future__ import annotations

from itertools import combinations

from goodstanding.catalogue.checking import Checking, Path
from goodstanding.catalogue.model import Case, Measure, Scheme, Step
from goodstanding.catalogue.possible import Found, together
from goodstanding.errors import Contradiction


def check_contradictions(at: Checking) -> None:
    """Raises Contradiction at the first two rules that do; where it stays open whether they can meet, they pass."""
    for name, scheme in at.catalogue.schemes.items():
        _directs(at, scheme, ("schemes", name, "direct"))
        _items(at, scheme, ("schemes", name, "items"))
    for name, case in at.catalogue.cases.items():
        _steps(at, case, ("cases", name, "steps"))
    for (name, one), (other_name, other) in combinations(at.catalogue.measures.items(), 2):
        if _opposed(one, other):
            problem = f"One measure of {one.field!r} restricts and one rewards the same organisations."
            _refuse(at, problem, "one of them, or another field", ("measures", name), ("measures", other_name))


def _refuse(at: Checking, problem: str, remedy: str, one: Path, other: Path) -> None:
    raise Contradiction(problem, where=f"{at.where(*one)} and {at.where(*other)}", remedy=remedy)


def _meet(at: Checking, record: str, *texts: str | None) -> Found:
    """Whether one record can fulfil all these conditions; none is always fulfilled."""
    trees = [at.condition(text, record).tree for text in texts if text]
    return together(trees, at.fields(record))


def _directs(at: Checking, scheme: Scheme, place: Path) -> None:
    for (index, one), (other_index, other) in combinations(enumerate(scheme.direct), 2):
        if one.grade != other.grade:
            found = _meet(at, scheme.record, scheme.counts_when, one.when, other.when)
            if found.holds:
                problem = f"One finding can give both {one.grade!r} and {other.grade!r}, where {found.example()}."
                _refuse(at, problem, "conditions of which one holds at most", (*place, index), (*place, other_index))


def _items(at: Checking, scheme: Scheme, place: Path) -> None:
    for (name, one), (other_name, other) in combinations(scheme.items.items(), 2):
        if at.condition(one.when, scheme.record).sql == at.condition(other.when, scheme.record).sql:
            problem = "Two items count the same findings."
            _refuse(at, problem, "one item, or another condition", (*place, name), (*place, other_name))


def _steps(at: Checking, case: Case, place: Path) -> None:
    for (name, one), (other_name, other) in combinations(case.steps.items(), 2):
        record = one.record or case.record
        if record == (other.record or case.record) and one.on == other.on and _alternatives(one, other):
            found = _meet(at, record, one.when, other.when)
            if found.holds:
                problem = f"One {record} can take the case to {name!r} and to {other_name!r}: {found.example()}."
                _refuse(at, problem, "conditions of which one holds at most", (*place, name), (*place, other_name))


def _alternatives(one: Step, other: Step) -> bool:
    return bool(set(one.after) & set(other.after)) or not (one.after or other.after)


def _opposed(one: Measure, other: Measure) -> bool:
    same_list = one.list is not None and one.list == other.list
    same_grade = one.scheme is not None and one.scheme == other.scheme and bool(set(one.grades) & set(other.grades))
    kinds = {one.kind, other.kind}
    named = one.field == other.field != "unnamed"
    return kinds == {"restriction", "benefit"} and named and (same_list or same_grade)
