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
from goodstanding.catalogue.model import FieldRule, RecordType
from goodstanding.errors import BadInput
from goodstanding.web import asking
from goodstanding.web.shapes import Problem

MOST_RECORDS = 20
MOST_BYTES = 65_536
GREATEST = 10**15
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
OF_RECORD = ("record", "occurred", "reference", "about", "published", "fields")
_ADDRESS = re.compile(r"records\.([0-9]{1,4})\.(?:(record|occurred|about|published|out)|fields\.([-a-z0-9_]{1,100}))")
_WHOLE = re.compile(r"[-+−]?[0-9]{1,16}")
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}

Raw = dict[str, Any]


@dataclass
class Facts:
    """What was entered: the day asked about, the records as they were typed, as they are meant, and the problems."""

    at: date | None = None
    raw: Raw = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: str, message: str, remedy: str | None = None) -> None:
        """Notes what is wrong, and where; of one field only the first thing."""
        if all(one.where != where for one in self.problems):
            self.problems.append(Problem(code="bad-input", message=message, where=where, remedy=remedy))


def from_form(request: HttpRequest) -> tuple[Raw, list[Problem]]:
    """What a form says, under the addresses of its fields; what no form of ours has is a problem."""
    raw: Raw = {"at": request.POST.get("at", ""), "records": []}
    found, odd = Facts(), dict[int, Raw]()
    for name in request.POST:
        match = _ADDRESS.fullmatch(name)
        if match:
            record = odd.setdefault(int(match[1]), {"fields": {}})
            (record["fields"] if match[3] else record)[match[3] or match[2]] = request.POST[name]
        elif name not in ("at", "add", "do", "csrfmiddlewaretoken"):
            found.problem(name[:100], _("The calculator has no such field."))
    raw["records"] = [odd[number] for number in sorted(odd)]
    return raw, found.problems


def from_json(request: HttpRequest) -> Raw:
    """What a program says; raises BadInput where it is no object with `at` and `records`."""
    try:
        raw = msgspec.json.decode(request.body)
    except (ValueError, RecursionError) as error:
        raise BadInput(_("This is no JSON."), remedy=_example()) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("records"), list):
        raise BadInput(_("This names no records."), where="records", remedy=_example())
    return raw


def _example() -> str:
    return '{"at": "2024-05-01", "records": [{"record": "…", "occurred": "2024-03-01", "fields": {}}]}'


def read(raw: Raw, catalogue: Catalogue) -> Facts:
    """The facts as they are meant; whatever cannot be meant is a problem at its field."""
    facts = Facts(raw=raw)
    for key in raw:
        if key not in ("at", "records"):
            facts.problem(str(key)[:100], _("The calculator has no such field."), "at, records")
    facts.at = _day(facts, raw.get("at"), "at")
    given = raw["records"]
    if all(isinstance(one, dict) and one.get("out") for one in given):
        facts.problem("records", _("No record is entered."), _("at least one record"))
    if len(given) > MOST_RECORDS:
        said = ngettext("At most one record can be tried.", "At most %(n)s records can be tried.", MOST_RECORDS)
        facts.problem("records", said % {"n": MOST_RECORDS}, _("fewer records"))
        return facts
    for number, one in enumerate(given):
        _record(facts, one, f"records.{number}", number, catalogue)
    _check_about(facts, catalogue)
    return facts


def _record(facts: Facts, one: Any, where: str, number: int, catalogue: Catalogue) -> None:
    if not isinstance(one, dict):
        facts.problem(where, _("This is no record."), _("an object with record, occurred and fields"))
        return
    name = one.get("record")
    rule = catalogue.records.get(name) if isinstance(name, str) else None
    if rule is None:
        facts.problem(f"{where}.record", _("There is no such type of record."), ", ".join(catalogue.records))
        return
    for key in one:
        if key not in (*OF_RECORD, "out"):
            facts.problem(f"{where}.{key!s:.100}", _("A record has no such part."), ", ".join(OF_RECORD))
    if one.get("out"):
        return
    made = {
        "number": number + 1,
        "record": name,
        "occurred": _day(facts, one.get("occurred"), f"{where}.occurred"),
        "reference": _text(facts, one.get("reference"), f"{where}.reference") or str(number + 1),
        "about": _text(facts, one.get("about"), f"{where}.about"),
        "published": _published(facts, one.get("published"), f"{where}.published", rule, catalogue),
        "fields": _fields(facts, one.get("fields", {}), f"{where}.fields", rule),
    }
    facts.records.append(made)


def _fields(facts: Facts, given: Any, where: str, rule: RecordType) -> dict[str, Any]:
    if not isinstance(given, dict):
        facts.problem(where, _("This is no object of fields."), ", ".join(rule.fields))
        return {}
    for key in given:
        if key not in rule.fields:
            facts.problem(f"{where}.{key!s:.100}", _("This type of record has no such field."), ", ".join(rule.fields))
    made = {key: _value(facts, given.get(key), f"{where}.{key}", one) for key, one in rule.fields.items()}
    return {key: value for key, value in made.items() if value is not None}


def _value(facts: Facts, given: Any, where: str, rule: FieldRule) -> Any:
    if given is None or (isinstance(given, str) and not given.strip()):
        if rule.required:
            facts.problem(where, _("No record of this type is without it."), _("a value"))
        return None
    if rule.type == "integer":
        return _integer(facts, given, where, rule)
    if rule.type == "boolean":
        return _truth(facts, given, where)
    if rule.type == "date":
        found = _day(facts, given, where)
        return found.isoformat() if found else None
    text = _text(facts, str(given) if type(given) is int and abs(given) <= GREATEST else given, where)
    return _one_of(facts, text, where, rule) if rule.one_of and rule.type != "codes" else text


def _integer(facts: Facts, given: Any, where: str, rule: FieldRule) -> int | None:
    if isinstance(given, str) and _WHOLE.fullmatch(given.strip()):
        given = int(given.strip().replace("−", "-"))
    if type(given) is not int or abs(given) > GREATEST:
        facts.problem(where, _("This is no whole number that a record can hold."), _("a whole number, such as 15"))
        return None
    low, high = rule.range() or (rule.at_least, rule.at_most)
    if (low is not None and given < low) or (high is not None and given > high):
        facts.problem(
            where, _("This is out of bounds."), _("%(low)s to %(high)s") % {"low": _or(low), "high": _or(high)}
        )
        return None
    _one_of(facts, str(given), where, rule)
    return given


def _or(bound: int | None) -> str:
    return "…" if bound is None else str(bound)


def _truth(facts: Facts, given: Any, where: str) -> bool | None:
    if isinstance(given, bool):
        return given
    found = _TRUTHS.get(given.strip().lower()) if isinstance(given, str) else None
    if found is None:
        facts.problem(where, _("This is neither yes nor no."), _("yes, no, or nothing where it is not said"))
    return found


def _day(facts: Facts, given: Any, where: str) -> date | None:
    if not isinstance(given, str) or not given.strip():
        facts.problem(where, _("A day is needed."), _("year, month, day, such as 2015-02-16"))
        return None
    try:
        found = asking.day(given.strip(), where)
    except BadInput as error:
        facts.problem(where, error.message, error.remedy)
        return None
    if not FIRST_DAY <= found <= LAST_DAY:
        facts.problem(where, _("This day is too far away."), f"{FIRST_DAY} – {LAST_DAY}")
        return None
    return found


def _text(facts: Facts, given: Any, where: str) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str):
        facts.problem(where, _("This is no text."), _("a text in quotation marks"))
        return None
    try:
        return asking.checked(given, where) or None
    except BadInput as error:
        facts.problem(where, error.message, error.remedy)
        return None


def _one_of(facts: Facts, given: str | None, where: str, rule: FieldRule) -> str | None:
    if given is not None and rule.one_of and given not in rule.one_of:
        facts.problem(where, _("The field never has this value."), ", ".join(rule.one_of))
        return None
    return given


def _published(facts: Facts, given: Any, where: str, rule: RecordType, catalogue: Catalogue) -> str | None:
    text = _text(facts, str(given) if type(given) is int else given, where)
    known = publishable(rule, catalogue)
    if text is not None and text not in known:
        facts.problem(where, _("No source publishes that of such a record."), ", ".join(known) or None)
        return None
    return text


def publishable(rule: RecordType, catalogue: Catalogue) -> Mapping[str, str]:
    """What a source can publish of a record itself, grade or stage, with its title."""
    if rule.published in catalogue.schemes:
        return {band.grade: band.title for band in catalogue.schemes[rule.published].bands}
    if rule.published in catalogue.cases:
        return {name: step.title for name, step in catalogue.cases[rule.published].steps.items()}
    return {}


def _check_about(facts: Facts, catalogue: Catalogue) -> None:
    """One reference names one record, and a record about another one names one that was entered."""
    references = [one["reference"] for one in facts.records]
    for one in facts.records:
        if references.count(one["reference"]) > 1:
            facts.problem(f"records.{one['number'] - 1}.reference", _("Another record has the same reference."))
    for one in facts.records:
        if one["about"] and one["about"] not in references:
            said = _("No record that was entered has this reference.")
            facts.problem(f"records.{one['number'] - 1}.about", said, ", ".join(references))


def of_example(catalogue: Catalogue, number: int) -> Raw:
    """A worked example as if it had been typed; records that are about others name them by their number."""
    example = catalogue.examples[number]
    numbers = {str(one.get("reference") or at): str(at) for at, one in enumerate(example["records"], 1)}
    return {"at": str(_telling(example["then"])), "records": [_typed(one, numbers) for one in example["records"]]}


def _telling(then: list[dict[str, Any]]) -> date:
    """The first day on which an example expects something to hold, else its first day."""
    held = [one["at"] for one in then if any(value is not None for value in one["effects"].values())]
    return held[0] if held else then[0]["at"]


def _typed(one: dict[str, Any], numbers: Mapping[str, str]) -> Raw:
    fields = {name: _said(value) for name, value in one.get("fields", {}).items()}
    about = numbers.get(str(one.get("about") or ""), "")
    published = _said(one.get("published"))
    return {"record": one["record"], "occurred": str(one["occurred"]), "about": about, "published": published,
            "fields": fields}  # fmt: skip


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def blank(record: str) -> Raw:
    """A record of which only the type is known."""
    return {"record": record, "fields": {}}
