"""What the calculator asks for: the day, and for each record the fields on which an outcome can depend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.records import RecordType
from goodstanding.charter.rule_fields import list_fields_read_by_rules
from goodstanding.web.calculator.entered_facts import RawInput, list_publishable_values
from goodstanding.web.calculator.schemas import EnteredRecord
from goodstanding.web.forms.record_fields import (
    ProblemsByField,
    build_field_input,
    describe_field_problem,
    render_entered_value,
)
from goodstanding.web.schemas.forms import FieldChoice, FieldInput
from goodstanding.web.schemas.page_frame import ProblemSchema


@lru_cache(maxsize=512)
def list_decisive_fields(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """For each record type the fields on which an outcome can depend."""
    fields_by_record: defaultdict[str, set[str]] = defaultdict(set)
    for _path, record, field in list_fields_read_by_rules(catalogue):
        fields_by_record[record].add(field)
    return {name: frozenset(fields_by_record[name]) for name in catalogue.records}


def build_record_inputs(catalogue: Catalogue, raw: RawInput, problems: Iterable[ProblemSchema]) -> list[EnteredRecord]:
    """Every record that was entered, as far as its type is known."""
    problems_by_field = {problem.where or "": problem for problem in problems}
    raw_records = [
        raw_record
        for raw_record in raw["records"]
        if isinstance(raw_record, dict) and raw_record.get("record") in catalogue.records
    ]
    return [
        _build_record_input(catalogue, raw_records, number, problems_by_field) for number in range(len(raw_records))
    ]


def _build_record_input(
    catalogue: Catalogue, raw_records: list[RawInput], number: int, problems_by_field: ProblemsByField
) -> EnteredRecord:
    raw, where = raw_records[number], f"records.{number}"
    name, rule = raw["record"], catalogue.records[raw["record"]]
    raw_fields = raw.get("fields")
    fields = {
        key: build_field_input(
            f"{where}.fields.{key}",
            key,
            field_rule,
            raw_fields.get(key) if isinstance(raw_fields, dict) else None,
            problems_by_field,
        )
        for key, field_rule in rule.fields.items()
        if key in list_decisive_fields(catalogue)[name] or field_rule.type != "text" or field_rule.required
    }
    decides = [
        input_field
        for key, input_field in fields.items()
        if key in list_decisive_fields(catalogue)[name] or input_field.required
    ]
    return EnteredRecord(
        number=number + 1,
        address=where,
        record=name,
        title=rule.title,
        out=bool(raw.get("out")),
        occurred=_build_plain_input(
            f"{where}.occurred", _("Day of the record"), "day", raw.get("occurred"), problems_by_field, required=True
        ),
        decides=[*_build_about_inputs(rule, raw_records, where, raw, problems_by_field), *decides],
        besides=[
            *(input_field for input_field in fields.values() if input_field not in decides),
            *_build_published_inputs(catalogue, rule, where, raw, problems_by_field),
        ],
    )


def _build_about_inputs(
    rule: RecordType, raw_records: list[RawInput], where: str, raw: RawInput, problems_by_field: ProblemsByField
) -> list[FieldInput]:
    if not rule.about:
        return []
    others = [
        FieldChoice(
            value=render_entered_value(raw_record.get("reference")) or str(number),
            title=_("Record %(n)s") % {"n": number},
        )
        for number, raw_record in enumerate(raw_records, 1)
        if raw_record["record"] == rule.about
    ]
    return [
        _build_plain_input(
            f"{where}.about", _("It belongs to"), "choice", raw.get("about"), problems_by_field, choices=others
        )
    ]


def _build_published_inputs(
    catalogue: Catalogue, rule: RecordType, where: str, raw: RawInput, problems_by_field: ProblemsByField
) -> list[FieldInput]:
    publishable_values = list_publishable_values(rule, catalogue)
    if not publishable_values:
        return []
    choices = [FieldChoice(value=value, title=title or value) for value, title in publishable_values.items()]
    title = _("What the source itself published")
    return [
        _build_plain_input(
            f"{where}.published", title, "choice", raw.get("published"), problems_by_field, choices=choices
        )
    ]


def _build_plain_input(
    where: str, title: str, way: str, entered: Any, problems_by_field: ProblemsByField, **options: Any
) -> FieldInput:
    return FieldInput(
        address=where, field=where.rpartition(".")[2], title=title, way=way, hint=options.get("hint", ""),
        choices=options.get("choices", []), required=options.get("required", False),
        entered=render_entered_value(entered),
        problem=describe_field_problem(where, problems_by_field),
    )  # fmt: skip


def build_day_input(raw: RawInput, problems: Iterable[ProblemSchema]) -> FieldInput:
    """The day asked about."""
    problems_by_field = {problem.where or "": problem for problem in problems}
    return _build_plain_input("at", _("The day you ask about"), "day", raw.get("at"), problems_by_field, required=True)
