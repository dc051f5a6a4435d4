"""What the calculator asks for: for each field the fitting input, with what was entered and what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Case, FieldRule, ListRule, RecordType, Term, Until
from goodstanding.charter.parts import read_by_rules
from goodstanding.web.entering import Raw, publishable
from goodstanding.web.rulebook.recorded import within
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes.calculator import Choice, Entered, Input

Wrong = Mapping[str, Problem]


@lru_cache(maxsize=512)
def decisive(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """For each record type the fields on which an outcome can depend."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _path, record, field in read_by_rules(catalogue):
        found[record].add(field)
    for case in catalogue.cases.values():
        _dating(case, found)
    for rule in catalogue.lists.values():
        if rule.case:
            found[catalogue.cases[rule.case].record] |= _timing(rule)
    return {name: frozenset(found[name] & set(rule.fields)) for name, rule in catalogue.records.items()}


def _dating(case: Case, found: defaultdict[str, set[str]]) -> None:
    for step in case.steps.values():
        found[step.record or case.record] |= {step.on, step.public_on or step.on}
        if isinstance(step.not_before, Term):
            found[case.record].add(step.not_before.by)


def _timing(rule: ListRule) -> set[str]:
    if isinstance(rule.stays, Term):
        return {rule.stays.by}
    return {rule.stays.until} if isinstance(rule.stays, Until) else set()


def records(catalogue: Catalogue, raw: Raw, problems: Iterable[Problem]) -> list[Entered]:
    """Every record that was entered, as far as its type is known."""
    wrong = {one.where or "": one for one in problems}
    known = [one for one in raw["records"] if isinstance(one, dict) and one.get("record") in catalogue.records]
    return [_entered(catalogue, known, number, wrong) for number in range(len(known))]


def _entered(catalogue: Catalogue, all_of: list[Raw], number: int, wrong: Wrong) -> Entered:
    raw, where = all_of[number], f"records.{number}"
    name, rule = raw["record"], catalogue.records[raw["record"]]
    given = raw.get("fields")
    fields = {
        key: field_input(f"{where}.fields.{key}", key, one, given.get(key) if isinstance(given, dict) else None, wrong)
        for key, one in rule.fields.items()
        if key in decisive(catalogue)[name] or one.type != "text" or one.required
    }
    decides = [one for key, one in fields.items() if key in decisive(catalogue)[name] or one.required]
    return Entered(
        number=number + 1,
        address=where,
        record=name,
        title=rule.title,
        out=bool(raw.get("out")),
        occurred=_plain(f"{where}.occurred", _("Day of the record"), "day", raw.get("occurred"), wrong, required=True),
        decides=[*_about(rule, all_of, where, raw, wrong), *decides],
        besides=[*(one for one in fields.values() if one not in decides), *_posted(catalogue, rule, where, raw, wrong)],
    )


def _about(rule: RecordType, all_of: list[Raw], where: str, raw: Raw, wrong: Wrong) -> list[Input]:
    if not rule.about:
        return []
    others = [
        Choice(value=_text(one.get("reference")) or str(at), title=_("Record %(n)s") % {"n": at})
        for at, one in enumerate(all_of, 1)
        if one["record"] == rule.about
    ]
    return [_plain(f"{where}.about", _("It belongs to"), "choice", raw.get("about"), wrong, choices=others)]


def _posted(catalogue: Catalogue, rule: RecordType, where: str, raw: Raw, wrong: Wrong) -> list[Input]:
    known = publishable(rule, catalogue)
    if not known:
        return []
    choices = [Choice(value=value, title=title or value) for value, title in known.items()]
    title = _("What the source itself published")
    return [_plain(f"{where}.published", title, "choice", raw.get("published"), wrong, choices=choices)]


def _plain(where: str, title: str, way: str, entered: Any, wrong: Wrong, **more: Any) -> Input:
    return Input(
        address=where, field=where.rpartition(".")[2], title=title, way=way, hint=more.get("hint", ""),
        choices=more.get("choices", []), required=more.get("required", False), entered=_text(entered),
        problem=_wrong(where, wrong),
    )  # fmt: skip


def at_input(raw: Raw, problems: Iterable[Problem]) -> Input:
    """The day asked about."""
    wrong = {one.where or "": one for one in problems}
    return _plain("at", _("The day you ask about"), "day", raw.get("at"), wrong, required=True)


def field_input(where: str, name: str, rule: FieldRule, entered: Any, wrong: Wrong) -> Input:
    """One field of a record."""
    choices = [Choice(value=one, title=_titled(one)) for one in rule.one_of] if rule.type != "codes" else []
    return Input(
        address=where,
        field=name,
        title=rule.title,
        way="choice" if choices else _way(rule),
        hint="" if choices else _hint(rule),
        choices=choices,
        required=rule.required,
        entered=_text(entered),
        problem=_wrong(where, wrong),
    )


def _titled(code: str) -> str:
    return code.replace("-", " ").replace("_", " ")


def _way(rule: FieldRule) -> str:
    return {"integer": "whole number", "boolean": "yes or no", "date": "day"}.get(rule.type, "text")


def _hint(rule: FieldRule) -> str:
    if rule.type == "integer":
        return _("A whole number %(bounds)s") % {"bounds": within(rule)} if within(rule) else _("A whole number")
    if rule.type == "codes":
        return _("Codes, one after another: %(codes)s") % {"codes": ", ".join(rule.one_of)} if rule.one_of else ""
    return ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _wrong(where: str, wrong: Wrong) -> str:
    found = wrong.get(where)
    return " ".join(filter(None, (found.message, _right(found)))) if found else ""


def _right(problem: Problem) -> str:
    return _("Right would be: %(remedy)s.") % {"remedy": problem.remedy} if problem.remedy else ""
