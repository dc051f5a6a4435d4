"""How to get off: whom a case spares, the steps that end a listing, and the proceeding with its appeal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Case, FieldRule, ListRule, Step, Term
from goodstanding.charter.parts import Path, contested, ways_out
from goodstanding.web.lengths import by_code, length
from goodstanding.web.rulebook.lines import absent, line, spoken
from goodstanding.web.rulebook.steps import procedure_lines
from goodstanding.web.shapes.catalogues import Group, Part, RuleLine


def leaving(catalogue: Catalogue) -> Part:
    """Every way out there is, and the steps that nobody may skip."""
    return Part(
        key="leaving",
        title=_("How to get off, and be heard"),
        purpose=_("Each step with who holds it, how long it takes, and what proves it. What is left out says so."),
        groups=[*_spared(catalogue), *_ways_out(catalogue), *_procedures(catalogue)],
        nothing=_("These rules put nobody on a list and open no case."),
    )


def _spared(catalogue: Catalogue) -> Iterator[Group]:
    lines = [
        line(catalogue, f"cases/{name}/spares/{key}", rule, spoken(key).capitalize(), condition=rule.when)
        for name, case in catalogue.cases.items()
        for key, rule in case.spares.items()
    ]
    if lines:
        yield Group(title=_("Who is never listed"), lines=lines)


def _ways_out(catalogue: Catalogue) -> Iterator[Group]:
    for name, rule in catalogue.lists.items():
        if not rule.case:
            continue
        lines = list(_list_lines(catalogue, name, rule, catalogue.cases[rule.case]))
        yield Group(title=_("Off the list: %(title)s") % {"title": rule.title}, lines=lines)


def _list_lines(catalogue: Catalogue, name: str, rule: ListRule, case: Case) -> Iterator[RuleLine]:
    if rule.ends_sooner:
        bare = rule.model_copy(update={"says": rule.ends_sooner})
        yield line(catalogue, f"lists/{name}/ends_sooner", bare, _("Sooner than its term"))
    keys = {id(step): key for key, step in case.steps.items()}
    found = list(ways_out(catalogue, rule))
    for step in found:
        fields = catalogue.records[case.record].fields
        place = f"cases/{rule.case}/steps/{keys[id(step)]}"
        yield line(catalogue, place, step, step.title, _step(step, fields), condition=step.when)
    if not found:
        yield absent(f"lists/{name}", _("No step ends it"), _("Nobody can do anything to be taken off."))


def _step(step: Step, fields: dict[str, FieldRule]) -> Iterator[str]:
    yield _role(step.role)
    if isinstance(step.not_before, Term):
        yield _("Only after a time. %(waits)s.") % {"waits": by_code(step.not_before, fields)}
    elif step.not_before:
        yield _("Not before %(length)s have passed.") % {"length": length(step.not_before)}


def _role(role: str) -> str:
    said = {
        "performance": _("The duty was performed."),
        "settlement": _("Both sides settled."),
        "repair": _("Repair: somebody made good and asks to be taken off."),
        "annulment": _("The decision was undone."),
        "withdrawal": _("The authority took it back."),
        "correction": _("The record was wrong and was put right."),
        "appeal": _("Appeal."),
        "stay": _("The effect is put off until it is decided."),
        "insolvency": _("Insolvency proceedings were opened."),
        "dissolution": _("It no longer exists."),
    }
    return said.get(role, "")


def _procedures(catalogue: Catalogue) -> Iterator[Group]:
    """Each procedure once, and a word where something is decided without one."""
    for name, rule in catalogue.procedures.items():
        title = _("The proceeding: %(title)s") % {"title": rule.title}
        yield Group(title=title, lines=list(procedure_lines(catalogue, name, rule)))
    lines = [_without(catalogue, one.path) for one in contested(catalogue) if one.procedure is None]
    if lines:
        yield Group(title=_("Without a proceeding"), lines=lines)


def _without(catalogue: Catalogue, path: Path) -> RuleLine:
    part, name = map(str, path)
    title = catalogue.cases[name].title if part == "cases" else catalogue.schemes[name].title
    return absent(f"{part}/{name}", title, _("It is decided without notice, hearing or appeal."))
