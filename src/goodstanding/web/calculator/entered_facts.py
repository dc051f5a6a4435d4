"""Facts that somebody enters to try a catalogue with: read strictly, refused by the field, and never kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.field_values import FIRST_DAY, FieldFault, UnreadableValue, parse_json_value
from goodstanding.catalogue.records import FieldRule, RecordType
from goodstanding.errors import BadInput, GoodstandingError
from goodstanding.web.http.errors import present_error
from goodstanding.web.http.parameters import check_short_text, parse_day
from goodstanding.web.schemas.page_frame import ProblemSchema

MOST_RECORDS = 20
MOST_BYTES = 65_536
LAST_DAY = date(2199, 12, 31)
RECORD_KEYS = ("record", "occurred", "reference", "about", "published", "fields")
_ADDRESS = re.compile(r"records\.([0-9]{1,4})\.(?:(record|occurred|about|published|out)|fields\.([-a-z0-9_]{1,100}))")

RawInput = dict[str, Any]


@dataclass
class EnteredFacts:
    """What was entered: the day asked about, the records as they were typed, as they are meant, and the problems.

    `stated` is the day on which the records would be stated: today, or the day asked about where that is later.
    """

    at: date | None = None
    stated: date = LAST_DAY
    raw: RawInput = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[ProblemSchema] = field(default_factory=list)

    def problem(self, where: str, message: str, remedy: str | None = None) -> None:
        """Notes what is wrong, and where; of one field only the first thing."""
        if all(problem.where != where for problem in self.problems):
            self.problems.append(ProblemSchema(code="bad-input", message=message, where=where, remedy=remedy))

    def refuse(self, where: str, error: GoodstandingError) -> None:
        """Notes why something cannot be read, in the language in which the page is read."""
        stated = present_error(error)
        self.problem(where, stated.message, stated.remedy)


def read_form_facts(request: HttpRequest) -> tuple[RawInput, list[ProblemSchema]]:
    """What a form says, under the addresses of its fields; what no form of ours has is a problem."""
    raw: RawInput = {"at": request.POST.get("at", ""), "records": []}
    facts, records_by_number = EnteredFacts(), dict[int, RawInput]()
    for name in request.POST:
        match = _ADDRESS.fullmatch(name)
        if match:
            record = records_by_number.setdefault(int(match[1]), {"fields": {}})
            (record["fields"] if match[3] else record)[match[3] or match[2]] = request.POST[name]
        elif name not in ("at", "add", "do", "csrfmiddlewaretoken"):
            facts.problem(name[:100], _("The calculator has no such field."))
    raw["records"] = [records_by_number[number] for number in sorted(records_by_number)]
    return raw, facts.problems


def read_json_facts(request: HttpRequest) -> RawInput:
    """What a program says; raises BadInput where it is no object with `at` and `records`."""
    try:
        raw = msgspec.json.decode(request.body)
    except (ValueError, RecursionError) as error:
        raise BadInput(_("This is no JSON."), remedy=_describe_expected_json()) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("records"), list):
        raise BadInput(_("This names no records."), where="records", remedy=_describe_expected_json())
    return raw


def _describe_expected_json() -> str:
    return '{"at": "2024-05-01", "records": [{"record": "…", "occurred": "2024-03-01", "fields": {}}]}'


def parse_facts(raw: RawInput, catalogue: Catalogue, today: date) -> EnteredFacts:
    """The facts as they are meant; whatever cannot be meant is a problem at its field."""
    facts = EnteredFacts(raw=raw)
    for key in raw:
        if key not in ("at", "records"):
            facts.problem(str(key)[:100], _("The calculator has no such field."), "at, records")
    facts.at = _parse_day(facts, raw.get("at"), "at")
    facts.stated = max(today, facts.at or today)
    raw_records = raw["records"]
    if all(isinstance(raw_record, dict) and raw_record.get("out") for raw_record in raw_records):
        facts.problem("records", _("No record is entered."), _("at least one record"))
    if len(raw_records) > MOST_RECORDS:
        message = ngettext("At most one record can be tried.", "At most %(n)s records can be tried.", MOST_RECORDS)
        facts.problem("records", message % {"n": MOST_RECORDS}, _("fewer records"))
        return facts
    for number, raw_record in enumerate(raw_records):
        _parse_record(facts, raw_record, f"records.{number}", number, catalogue)
    _check_references(facts, catalogue)
    return facts


def _parse_record(facts: EnteredFacts, raw_record: Any, where: str, number: int, catalogue: Catalogue) -> None:
    if not isinstance(raw_record, dict):
        facts.problem(where, _("This is no record."), _("an object with record, occurred and fields"))
        return
    name = raw_record.get("record")
    rule = catalogue.records.get(name) if isinstance(name, str) else None
    if rule is None:
        facts.problem(f"{where}.record", _("There is no such type of record."), ", ".join(catalogue.records))
        return
    for key in raw_record:
        if key not in (*RECORD_KEYS, "out"):
            facts.problem(f"{where}.{key!s:.100}", _("A record has no such part."), ", ".join(RECORD_KEYS))
    if raw_record.get("out"):
        return
    record = {
        "number": number + 1,
        "record": name,
        "occurred": _parse_day(facts, raw_record.get("occurred"), f"{where}.occurred"),
        "reference": _parse_text(facts, raw_record.get("reference"), f"{where}.reference") or str(number + 1),
        "about": _parse_text(facts, raw_record.get("about"), f"{where}.about"),
        "published": _parse_published(facts, raw_record.get("published"), f"{where}.published", rule, catalogue),
        "fields": _parse_fields(facts, raw_record.get("fields", {}), f"{where}.fields", rule),
    }
    facts.records.append(record)


def _parse_fields(facts: EnteredFacts, raw_fields: Any, where: str, rule: RecordType) -> dict[str, Any]:
    if not isinstance(raw_fields, dict):
        facts.problem(where, _("This is no object of fields."), ", ".join(rule.fields))
        return {}
    for key in raw_fields:
        if key not in rule.fields:
            facts.problem(f"{where}.{key!s:.100}", _("This type of record has no such field."), ", ".join(rule.fields))
    values = {
        key: _parse_value(facts, raw_fields.get(key), f"{where}.{key}", field_rule)
        for key, field_rule in rule.fields.items()
    }
    return {key: value for key, value in values.items() if value is not None}


def _parse_value(facts: EnteredFacts, entered_value: Any, where: str, rule: FieldRule) -> Any:
    try:
        return parse_json_value(
            rule, entered_value.strip() if isinstance(entered_value, str) else entered_value, facts.stated
        )
    except UnreadableValue as error:
        message, remedy = _describe_fault(error.fault)
        facts.problem(where, message, error.remedy or remedy)
        return None


def _describe_fault(fault: FieldFault) -> tuple[str, str]:
    """Why a value cannot be meant, and what would be right where the value itself does not say it."""
    return {
        FieldFault.MISSING: (_("No record of this type is without it."), _("a value")),
        FieldFault.NO_TEXT: (_("This is no text."), _("letters, digits and spaces")),
        FieldFault.TOO_LONG: (_("That is too long."), ""),
        FieldFault.NO_NUMBER: (_("This is no whole number that a record can hold."), _("a whole number, such as 15")),
        FieldFault.OUT_OF_BOUNDS: (_("This is out of bounds."), ""),
        FieldFault.NO_TRUTH: (_("This is neither yes nor no."), _("yes, no, or nothing where it is not said")),
        FieldFault.NO_DAY: (_("This is no day."), _("year, month, day, such as 2015-02-16")),
        FieldFault.DAY_TOO_FAR: (_("This day is too far away."), ""),
        FieldFault.DAY_AHEAD: (_("This day is still to come."), ""),
        FieldFault.NO_CODE: (_("The field never has this value."), ""),
    }[fault]


def _parse_day(facts: EnteredFacts, entered_value: Any, where: str) -> date | None:
    if not isinstance(entered_value, str) or not entered_value.strip():
        facts.problem(where, _("A day is needed."), _("year, month, day, such as 2015-02-16"))
        return None
    try:
        day = parse_day(entered_value.strip(), where)
    except BadInput as error:
        facts.refuse(where, error)
        return None
    if not FIRST_DAY <= day <= LAST_DAY:
        facts.problem(where, _("This day is too far away."), f"{FIRST_DAY} – {LAST_DAY}")
        return None
    return day


def _parse_text(facts: EnteredFacts, entered_value: Any, where: str) -> str | None:
    if entered_value is None:
        return None
    if not isinstance(entered_value, str):
        facts.problem(where, _("This is no text."), _("a text in quotation marks"))
        return None
    try:
        return check_short_text(entered_value, where) or None
    except BadInput as error:
        facts.refuse(where, error)
        return None


def _parse_published(
    facts: EnteredFacts, entered_value: Any, where: str, rule: RecordType, catalogue: Catalogue
) -> str | None:
    text = _parse_text(facts, str(entered_value) if type(entered_value) is int else entered_value, where)
    publishable_values = list_publishable_values(rule, catalogue)
    if text is not None and text not in publishable_values:
        facts.problem(where, _("No source publishes that of such a record."), ", ".join(publishable_values) or None)
        return None
    return text


def list_publishable_values(rule: RecordType, catalogue: Catalogue) -> Mapping[str, str]:
    """What a source can publish of a record itself, grade or stage, with its title."""
    if rule.published in catalogue.schemes:
        return {band.grade: band.title for band in catalogue.schemes[rule.published].bands}
    if rule.published in catalogue.cases:
        return {name: step.title for name, step in catalogue.cases[rule.published].steps.items()}
    return {}


def _check_references(facts: EnteredFacts, catalogue: Catalogue) -> None:
    """One reference names one record, and a record about another one names one that was entered."""
    references = [record["reference"] for record in facts.records]
    for record in facts.records:
        if references.count(record["reference"]) > 1:
            facts.problem(f"records.{record['number'] - 1}.reference", _("Another record has the same reference."))
    for record in facts.records:
        if record["about"] and record["about"] not in references:
            message = _("No record that was entered has this reference.")
            facts.problem(f"records.{record['number'] - 1}.about", message, ", ".join(references))


def build_example_facts(catalogue: Catalogue, number: int) -> RawInput:
    """A worked example as if it had been typed; records that are about others name them by their number."""
    example = catalogue.examples[number]
    numbers = {
        str(record.get("reference") or number_in_example): str(number_in_example)
        for number_in_example, record in enumerate(example["records"], 1)
    }
    return {
        "at": str(_find_first_effect_day(example["then"])),
        "records": [_render_example_record(record, numbers) for record in example["records"]],
    }


def _find_first_effect_day(expectations: list[dict[str, Any]]) -> date:
    """The first day on which an example expects something to hold, else its first day."""
    effect_days = [
        expectation["at"]
        for expectation in expectations
        if any(value is not None for value in expectation["effects"].values())
    ]
    return effect_days[0] if effect_days else expectations[0]["at"]


def _render_example_record(record: dict[str, Any], numbers: Mapping[str, str]) -> RawInput:
    fields = {name: _render_value(value) for name, value in record.get("fields", {}).items()}
    about = numbers.get(str(record.get("about") or ""), "")
    published = _render_value(record.get("published"))
    return {"record": record["record"], "occurred": str(record["occurred"]), "about": about, "published": published,
            "fields": fields}  # fmt: skip


def _render_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def build_blank_record(record: str) -> RawInput:
    """A record of which only the type is known."""
    return {"record": record, "fields": {}}
