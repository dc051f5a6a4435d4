"""What counts as a disadvantage: the charter's table of measures, whatever a catalogue calls them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import Measure
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.charter.burdens.reachable_grades import list_reachable_grades
from goodstanding.charter.vocabulary import find_conduct_nature, read_charter_file

Weight = Literal["bar", "display", "none"]


def read_adverse_table() -> Mapping[str, Any]:
    """The charter's own data on disadvantages: measures, purposes of fields, whom a case spares, what is exempt."""
    return read_charter_file("adverse.yaml")


def determine_weight(catalogue: Catalogue, measure: Measure) -> Weight:
    """Whether a measure bars somebody from something, shows them to others, or neither."""
    rows: list[dict[str, Any]] = read_adverse_table()["measures"]
    weight: Weight = next((row["weight"] for row in rows if _fits_row(catalogue, measure, row)), "bar")
    return weight


def _fits_row(catalogue: Catalogue, measure: Measure, row: Mapping[str, Any]) -> bool:
    return (
        row["kind"] == measure.kind
        and measure.field in row.get("fields", (measure.field,))
        and measure.purpose in row.get("purposes", (measure.purpose,))
        and set(measure.audience) <= set(row.get("audience", measure.audience))
        and ("ground" not in row or _has_ground(catalogue, measure, row["ground"]))
    )


def _has_ground(catalogue: Catalogue, measure: Measure, ground: str) -> bool:
    if ground == "burden":
        return measure.list is not None and not is_list_of_honours(catalogue, measure.list)
    scheme = catalogue.schemes[measure.scheme] if measure.scheme else None
    if scheme is None:
        return False
    if ground == "requested":
        return is_requested_score(scheme)
    return 2 * _compute_benefiting_share(catalogue, measure, scheme.record) >= 1


def is_requested_score(scheme: GradingScheme) -> bool:
    """Whether a score is one that somebody asks for about themselves, that nobody else sees and nobody keeps."""
    return scheme.asked_by == "subject" and scheme.audience == "parties" and not scheme.kept


def _compute_benefiting_share(catalogue: Catalogue, measure: Measure, record: str) -> Fraction:
    """How much of the grades that can be had has it, by all measures of its field and all schemes of a record."""
    schemes = {name: scheme for name, scheme in catalogue.schemes.items() if scheme.record == record}
    benefiting: dict[str, set[str]] = {name: set() for name in schemes}
    for other in catalogue.measures.values():
        if other.scheme in schemes and (other.kind, other.field) == (measure.kind, measure.field):
            benefiting[other.scheme].update(other.grades)
    reachable = {name: list_reachable_grades(catalogue, name) for name in schemes}
    shares = (Fraction(len(benefiting[name] & {*grades}), len(grades)) for name, grades in reachable.items())
    return sum(shares, Fraction())


def list_bars(catalogue: Catalogue) -> dict[str, Measure]:
    """The measures by which something is refused, withheld or forbidden."""
    return {
        name: measure for name, measure in catalogue.measures.items() if determine_weight(catalogue, measure) == "bar"
    }


def list_shown_lists(catalogue: Catalogue) -> dict[str, Weight]:
    """The lists that cost somebody something: others see them, or a bar rests on them; honours cost nothing."""
    shown: dict[str, Weight] = {
        name: "display"
        for name, rule in catalogue.lists.items()
        if rule.audience == "anybody" and not is_list_of_honours(catalogue, name)
    }
    for measure in catalogue.measures.values():
        if measure.list and determine_weight(catalogue, measure) == "bar":
            shown[measure.list] = "bar"
        elif measure.list and determine_weight(catalogue, measure) == "display":
            shown.setdefault(measure.list, "display")
    return shown


def list_case_records(catalogue: Catalogue, case: str) -> tuple[str, ...]:
    """The record types of a case: the one that opens it and those of its steps."""
    rule = catalogue.cases[case]
    return tuple(dict.fromkeys([rule.record, *(step.record for step in rule.steps.values() if step.record)]))


def list_records_behind(catalogue: Catalogue, listed: str) -> tuple[str, ...]:
    """The record types of the cases behind a list: what somebody is listed for stands in one of them."""
    cases = catalogue.behind(listed)
    return tuple(dict.fromkeys(record for case in cases for record in list_case_records(catalogue, case)))


def list_ground_records(catalogue: Catalogue, measure: Measure) -> tuple[str, ...]:
    """The record types that a measure rests on, those of the steps of its case included."""
    return list_records_behind(catalogue, measure.list) if measure.list else catalogue.resting_on(measure)


def is_list_of_honours(catalogue: Catalogue, listed: str) -> bool:
    """Whether a list names somebody for honours and for nothing else."""
    records = list_records_behind(catalogue, listed)
    conduct = [word for record in records for word in catalogue.records[record].conduct]
    return bool(conduct) and all(find_conduct_nature(word) == "honour" for word in conduct)


@lru_cache(maxsize=256)
def list_benefits(catalogue: Catalogue) -> frozenset[str]:
    """The measures and lists that do somebody good: lists of honours, and benefits that rest on these or on a grade."""
    honours = {name for name in catalogue.lists if is_list_of_honours(catalogue, name)}
    measures = (name for name, rule in catalogue.measures.items() if _is_benefit(rule, honours))
    return frozenset([*honours, *measures])


def _is_benefit(measure: Measure, honours: Container[str]) -> bool:
    return measure.kind == "benefit" and (measure.list is None or measure.list in honours)


def is_purpose_related(purpose: str, field: str) -> bool:
    """Whether a measure in a field can be asked about for a purpose; what the table does not know is not its matter."""
    fields_by_purpose: dict[str, list[str]] = read_adverse_table()["purposes"]
    is_known = any(field in fields for fields in fields_by_purpose.values())
    return not is_known or field in fields_by_purpose.get(purpose, (field,))


def list_purpose_fields(measure: Measure) -> list[str]:
    """The fields in which a measure can stand that is asked about for its purpose."""
    fields: list[str] = read_adverse_table()["purposes"].get(measure.purpose, [])
    return fields


def list_missing_exemptions(measure: Measure) -> list[str]:
    """What a restriction on a person has to exempt at least, and does not."""
    exempt = {text.strip().casefold() for text in measure.exempts}
    return [text for text in read_adverse_table()["exempt"] if text.casefold() not in exempt]
