"""The parts of a catalogue that articles ask about: whom it concerns, what it decides, what its conditions read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseRule, CaseStep, ListRule, Measure, Procedure
from goodstanding.catalogue.records import RecordType
from goodstanding.charter.vocabulary import find_conduct_nature
from goodstanding.messages import Message

Path = tuple[str | int, ...]
BreachIterator = Iterator[tuple[Path, Message]]

_TEXT = re.compile(r"'[^']*'")
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_CONDITIONS = ("when", "score", "counts_when", "points")


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
    return max(stays.terms.values()) if isinstance(stays, CodedTerm) else stays


def compute_longest_wait(wait: Period | CodedTerm | None) -> Period:
    """The longest that anybody has to wait."""
    if isinstance(wait, CodedTerm):
        return max(wait.terms.values())
    return wait or Period(0)


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
    """Whatever puts somebody at a disadvantage, with its procedure: listed cases, and grades with restrictions."""
    for name, case in list_listing_cases(catalogue).items():
        yield _build_proceeding(catalogue, "cases", name, case.procedure)
    for name in list_restricting_schemes(catalogue):
        yield _build_proceeding(catalogue, "schemes", name, catalogue.schemes[name].procedure)


def list_restricting_schemes(catalogue: Catalogue) -> tuple[str, ...]:
    """The schemes on whose grades a restriction rests."""
    named = [measure.scheme for measure in catalogue.measures.values() if measure.kind == "restriction"]
    return tuple(dict.fromkeys(name for name in named if name))


def list_contestable_proceedings(catalogue: Catalogue) -> Iterator[Proceeding]:
    """Whatever can be appealed: all that is decided, and every grade that anybody sees, by itself or by a measure."""
    yield from list_adverse_proceedings(catalogue)
    restricting = list_restricting_schemes(catalogue)
    published = {measure.scheme for measure in catalogue.measures.values() if "anybody" in measure.audience}
    for name, scheme in catalogue.schemes.items():
        if (scheme.audience == "anybody" or name in published) and name not in restricting:
            yield _build_proceeding(catalogue, "schemes", name, scheme.procedure)


def list_fields_read_by_rules(catalogue: Catalogue) -> Iterator[tuple[Path, str, str]]:
    """Each field that a rule reads: the rule's place, the record type, the field."""
    for path, rule in catalogue.rules():
        record = _find_read_record_type(catalogue, path)
        for key in _CONDITIONS if record else ():
            text = getattr(rule, key, None)
            if isinstance(text, str):
                for word in dict.fromkeys(_WORD.findall(_TEXT.sub("", text))):
                    if word in catalogue.records[record].fields:
                        yield (*path, key), record, word


def _find_read_record_type(catalogue: Catalogue, path: Path) -> str:
    if path[0] == "schemes":
        scheme = catalogue.schemes[str(path[1])]
        started = len(path) > 2 and path[2] == "starts" and scheme.kind == "points"
        return (scheme.starts_with or scheme.record) if started else scheme.record
    if path[0] == "cases":
        case = catalogue.cases[str(path[1])]
        step = case.steps.get(str(path[3])) if len(path) > 3 and path[2] == "steps" else None
        return (step.record if step else None) or case.record
    return ""


def list_field_kinds(catalogue: Catalogue, named: str) -> list[str]:
    """The kinds of the fields that `field` or `record-type.field` can mean."""
    record, _dot, field = named.rpartition(".")
    records = [catalogue.records[record]] if record in catalogue.records else list(catalogue.records.values())
    return [record_type.fields[field].kind for record_type in records if field in record_type.fields]
