"""Why an outcome is what it is, in sentences: from the code that adding up gives with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.conditions import parse_condition
from goodstanding.catalogue.procedures import CaseRule, CaseStep
from goodstanding.catalogue.records import field_types
from goodstanding.catalogue.schemes import GradingScheme
from goodstanding.register.files.explanations import ExplainedOutcome, explain_outcome

Row = Mapping[str, Any]
Fields = Mapping[str, Any]


def explain_outcome_row(catalogue: Catalogue, row: Row, newest: Fields) -> list[str]:
    """Sentences for one outcome; `newest` are the fields of the last record it rests on."""
    outcome = ExplainedOutcome(catalogue, row["measure"], row["value"], row["score"], str(row["why"]))
    return explain_outcome(outcome, newest)


def get_value_title(catalogue: Catalogue, row: Row) -> str:
    """What a page puts beside a value: a band's title, a step's, or that of the list a measure rests on."""
    measure, value = row["measure"], row["value"]
    if scheme := catalogue.schemes.get(measure):
        return next((band.title for band in scheme.bands if band.grade == value), "")
    if measure in catalogue.lists or measure in catalogue.cases:
        return _get_step_title(catalogue, measure, str(value))
    rule = catalogue.lists.get(str(value)) or catalogue.schemes.get(str(value))
    return rule.title if rule else ""


def _get_step_title(catalogue: Catalogue, measure: str, step: str) -> str:
    name = catalogue.lists[measure].case if measure in catalogue.lists else measure
    case = catalogue.cases.get(name or "")
    return case.steps[step].title if case and step in case.steps else ""


def describe_outcome_value(catalogue: Catalogue, row: Row) -> str:
    """What holds in an interval, in a word or two."""
    if row["kind"] == "grade":
        return str(row["value"]) if row["value"] is not None else _("no grade")
    if row["kind"] == "listing":
        return _("listed")
    return get_value_title(catalogue, row) if row["kind"] == "case" else _("in force")


def describe_undecided_outcomes(catalogue: Catalogue, holding: Iterable[Row]) -> Iterator[str]:
    """What of the outcomes that hold could not be decided, and the fields that are missing for it."""
    for row in holding:
        kind, _colon, field_names = str(row["why"]).partition(":")
        if kind == "undecided" and row["measure"] in catalogue.schemes:
            scheme = catalogue.schemes[row["measure"]]
            parameters = {"title": scheme.title, "fields": _list_field_titles(catalogue, scheme, field_names)}
            yield _get_undecided_sentence(row["value"]) % parameters


def _get_undecided_sentence(value: str | None) -> str:
    if value is None:
        return _("“%(title)s” cannot be decided. Missing: %(fields)s.")
    return _("“%(title)s” is worked out in favour of the subject, for something is not known. Missing: %(fields)s.")


def _list_field_titles(catalogue: Catalogue, scheme: GradingScheme, names: str) -> str:
    declared = catalogue.records[scheme.record].fields
    titles = {name: rule.title for name, rule in declared.items()}
    titles |= {name: characteristic.title for name, characteristic in scheme.characteristics.items()}
    return ", ".join(titles.get(name, name) for name in names.split(", "))


def describe_unknown_steps(
    catalogue: Catalogue, steps: Iterable[Row], fields_by_position: Mapping[int, Fields]
) -> Iterator[str]:
    """The steps of cases that were not taken because a field is missing, and those that nothing shows to be public."""
    for row in steps:
        case = catalogue.cases[row["name"]]
        step = case.steps[row["step"]]
        if row["holds"] is None:
            missing = list(_list_missing_fields(catalogue, case, step, row, fields_by_position))
            parameters = {"step": step.title, "case": case.title, "fields": ", ".join(missing)}
            yield _("The step “%(step)s” of “%(case)s” cannot be decided. Missing: %(fields)s.") % parameters
        elif row["holds"] and step.public_on and row["public_day"] is None and _is_listing_step(catalogue, row):
            field = catalogue.records[step.record or case.record].fields[step.public_on].title
            parameters = {"step": step.title, "field": field}
            yield (
                _("“%(step)s” lists nobody until it is shown to be public or served. Missing: %(field)s.") % parameters
            )


def _is_listing_step(catalogue: Catalogue, row: Row) -> bool:
    return any(rule.case == row["name"] and row["step"] in rule.while_ for rule in catalogue.lists.values())


def _list_missing_fields(
    catalogue: Catalogue, case: CaseRule, step: CaseStep, row: Row, fields_by_position: Mapping[int, Fields]
) -> Iterator[str]:
    """The titles of the fields that a step's condition, or whom its case spares, would have to read."""
    stated, opening = step.record or case.record, case.record
    texts = [(stated, row["position"], step.when)] if step.when else []
    texts += [(opening, row["case_position"], spare.when) for spare in case.spares.values() if not step.after]
    for record, position, text in texts:
        fields = catalogue.records[record].fields
        for name in parse_condition(text, field_types(fields), record).reads:
            if name in fields and fields_by_position.get(position, {}).get(name) is None:
                yield fields[name].title
