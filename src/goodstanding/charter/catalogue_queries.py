"""The parts of a catalogue that articles ask about: whom it concerns, what it decides, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseRule, CaseStep, ListRule, Measure, Procedure
from goodstanding.catalogue.records import RecordType
from goodstanding.charter.burdens.adverse_measures import (
    determine_weight,
    is_list_of_honours,
    list_bars,
)
from goodstanding.charter.vocabulary import find_conduct_nature
from goodstanding.messages import Message
from goodstanding.plain_text import is_blank

Path = tuple[str | int, ...]
BreachIterator = Iterator[tuple[Path, Message]]

SHORT_TERM = Period.parse("P1Y")


def list_person_record_types(catalogue: Catalogue) -> dict[str, RecordType]:
    """The record types that can be about a natural person."""
    return {name: record for name, record in catalogue.records.items() if "person" in catalogue.concerned(name)}


def list_person_lists(catalogue: Catalogue) -> dict[str, ListRule]:
    """The lists that can name a natural person."""
    return {
        name: rule
        for name, rule in catalogue.lists.items()
        if any("person" in catalogue.concerned(record) for record in catalogue.opening(name))
    }


def list_person_measures(catalogue: Catalogue) -> dict[str, Measure]:
    """The measures that can bind or favour a natural person."""
    return {
        name: measure
        for name, measure in catalogue.measures.items()
        if any("person" in catalogue.concerned(record) for record in catalogue.resting_on(measure))
    }


def list_conduct(catalogue: Catalogue, records: tuple[str, ...]) -> tuple[str, ...]:
    """The conduct that record types are about, each once."""
    return tuple(dict.fromkeys(word for name in records for word in catalogue.records[name].conduct))


def list_conduct_natures(catalogue: Catalogue, records: tuple[str, ...]) -> set[str]:
    """Whether that conduct is a duty, a breach, grave, or an honour."""
    return {find_conduct_nature(word) for word in list_conduct(catalogue, records)}


def list_listing_cases(catalogue: Catalogue) -> dict[str, CaseRule]:
    """The cases that can put a subject on a list."""
    named = {rule.case for rule in catalogue.lists.values()}
    return {name: case for name, case in catalogue.cases.items() if name in named}


def list_honour_cases(catalogue: Catalogue) -> frozenset[str]:
    """The cases without a procedure that list for honours alone, so that nobody has to be heard: they burden nobody."""
    burdening = {
        case
        for measure in catalogue.measures.values()
        if measure.list and measure.kind not in ("benefit", "publication")
        for case in catalogue.behind(measure.list)
    }
    return frozenset(
        name
        for name, case in catalogue.cases.items()
        if case.procedure is None
        and name not in burdening
        and list_conduct_natures(catalogue, (case.record,)) == {"honour"}
    )


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit, so that whoever reads it learns anything."""
    return any(character.isalnum() for character in text) and not is_blank(text)


def find_list_case(catalogue: Catalogue, rule: ListRule) -> CaseRule | None:
    """The case behind a list, where it has one of its own."""
    return catalogue.cases[rule.case] if rule.case else None


def list_ending_steps(catalogue: Catalogue, rule: ListRule) -> Iterator[CaseStep]:
    """The steps that can end a listing: those that follow a step on the list and are not on it themselves."""
    case = find_list_case(catalogue, rule)
    for name, step in case.steps.items() if case else ():
        if name not in rule.while_ and set(step.after) & set(rule.while_):
            yield step


def find_longest_term(stays: Period | CodedTerm | DecidedTerm | None) -> Period | None:
    """The longest a term can be; None where there is no end."""
    if isinstance(stays, DecidedTerm):
        return stays.at_most
    return max(stays.terms.values(), key=Period.longest_days) if isinstance(stays, CodedTerm) else stays


def compute_longest_wait(wait: Period | CodedTerm | None) -> Period:
    """The longest that anybody has to wait."""
    if isinstance(wait, CodedTerm):
        return max(wait.terms.values(), key=Period.longest_days)
    return wait or Period(0)


def has_short_term(rule: ListRule) -> bool:
    """Whether no listing outlives a year, so that repair, which may take a year, would come too late to matter."""
    longest = find_longest_term(rule.stays)
    return longest is not None and longest.longest_days() <= SHORT_TERM.longest_days()


def list_undecided_records(catalogue: Catalogue, listed: str) -> list[str]:
    """The record types by which somebody comes onto a list, or one that it is made from, without any decision."""
    return [
        step.record or case.record
        for rule in (catalogue.lists[listed], *(catalogue.lists[part] for part in catalogue.lists[listed].from_))
        for case in [find_list_case(catalogue, rule)]
        if case
        for name, step in case.steps.items()
        if name in rule.while_ and name not in _list_decided_steps(catalogue, case)
    ]


def _list_decided_steps(catalogue: Catalogue, case: CaseRule) -> set[str]:
    """The steps that a record which states a decision begins, or that follow such steps alone."""
    deciding = {
        name for name, step in case.steps.items() if catalogue.records[step.record or case.record].states == "decision"
    }
    decided = set(case.steps)
    while undecided := {
        name for name in decided - deciding if not case.steps[name].after or not set(case.steps[name].after) <= decided
    }:
        decided -= undecided
    return decided


class Proceeding(NamedTuple):
    """Whatever is decided about somebody: its place, and by which procedure, if it names one that exists."""

    path: Path
    name: str
    procedure: Procedure | None

    def place(self, step: str) -> Path:
        """Where a step of the procedure is declared."""
        return ("procedures", self.name, step)


def _build_proceeding(catalogue: Catalogue, part: str, name: str, procedure: str | None) -> Proceeding:
    return Proceeding((part, name), procedure or "", catalogue.procedures.get(procedure or ""))


def list_adverse_proceedings(catalogue: Catalogue) -> Iterator[Proceeding]:
    """Whatever puts somebody at a disadvantage, with its procedure: listed cases, and grades by which they are barred.

    A case that lists for honours alone does not, unless somebody is barred by it.
    """
    barring = {case for measure in list_bars(catalogue).values() for case in _list_cases(catalogue, measure)}
    for name, case in list_listing_cases(catalogue).items():
        lists = [listed for listed, rule in catalogue.lists.items() if rule.case == name]
        if name in barring or not all(is_list_of_honours(catalogue, listed) for listed in lists):
            yield _build_proceeding(catalogue, "cases", name, case.procedure)
    for name in list_restricting_schemes(catalogue):
        yield _build_proceeding(catalogue, "schemes", name, catalogue.schemes[name].procedure)


def _list_cases(catalogue: Catalogue, measure: Measure) -> tuple[str, ...]:
    return catalogue.behind(measure.list) if measure.list else ()


def list_restricting_schemes(catalogue: Catalogue) -> tuple[str, ...]:
    """The schemes by whose grades somebody is barred from something."""
    named = [measure.scheme for measure in list_bars(catalogue).values()]
    return tuple(dict.fromkeys(name for name in named if name))


def list_contestable_proceedings(catalogue: Catalogue) -> Iterator[Proceeding]:
    """Whatever can be appealed: all that is decided, and every grade that others see or use, also a secret one."""
    yield from list_adverse_proceedings(catalogue)
    restricting = list_restricting_schemes(catalogue)
    used = {rule.scheme for rule in catalogue.measures.values() if determine_weight(catalogue, rule) != "none"}
    for name, scheme in catalogue.schemes.items():
        is_private = scheme.asked_by == "subject" and scheme.audience == "parties" and not scheme.kept
        is_private = is_private and not scheme.public_grades
        if name not in restricting and (name in used or not is_private):
            yield _build_proceeding(catalogue, "schemes", name, scheme.procedure)
