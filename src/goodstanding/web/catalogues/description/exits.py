"""How to leave a list: whom a case spares, the steps that end a listing, and the proceeding with its appeal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import CodedTerm
from goodstanding.catalogue.procedures import CaseRule, CaseStep, ListRule
from goodstanding.catalogue.records import FieldRule
from goodstanding.charter.catalogue_queries import Path, list_contestable_proceedings, list_ending_steps
from goodstanding.web.catalogues.description.procedure_steps import build_procedure_lines
from goodstanding.web.catalogues.description.rule_lines import build_absent_line, build_rule_line
from goodstanding.web.catalogues.schemas import CatalogueSection, RuleGroup, RuleLine
from goodstanding.web.wording.durations import describe_terms_by_code, format_duration
from goodstanding.web.wording.rule_terms import speak_word


def describe_exits(catalogue: Catalogue) -> CatalogueSection:
    """Every way out there is, and the steps that nobody may skip."""
    return CatalogueSection(
        key="leaving",
        title=_("How to contest it or leave the list"),
        purpose=_("Each step: who carries it out, how long it takes, and what proves it."),
        groups=[*_build_spared_groups(catalogue), *_build_exit_groups(catalogue), *_build_procedure_groups(catalogue)],
        nothing=_("These rules put nobody on a list and open no case."),
    )


def _build_spared_groups(catalogue: Catalogue) -> Iterator[RuleGroup]:
    lines = [
        build_rule_line(
            catalogue, f"cases/{name}/spares/{key}", rule, speak_word(key).capitalize(), condition=rule.when
        )
        for name, case in catalogue.cases.items()
        for key, rule in case.spares.items()
    ]
    if lines:
        yield RuleGroup(title=_("Who is never listed"), lines=lines)


def _build_exit_groups(catalogue: Catalogue) -> Iterator[RuleGroup]:
    for name, rule in catalogue.lists.items():
        if not rule.case:
            continue
        lines = list(_build_exit_lines(catalogue, name, rule, catalogue.cases[rule.case]))
        yield RuleGroup(title=_("Leaving the list: %(title)s") % {"title": rule.title}, lines=lines)


def _build_exit_lines(catalogue: Catalogue, name: str, rule: ListRule, case: CaseRule) -> Iterator[RuleLine]:
    if rule.ends_sooner:
        bare = rule.model_copy(update={"says": rule.ends_sooner})
        yield build_rule_line(catalogue, f"lists/{name}/ends_sooner", bare, _("Ways to leave early"))
    keys = {id(step): key for key, step in case.steps.items()}
    exit_steps = list(list_ending_steps(catalogue, rule))
    for step in exit_steps:
        fields = catalogue.records[case.record].fields
        place = f"cases/{rule.case}/steps/{keys[id(step)]}"
        yield build_rule_line(catalogue, place, step, step.title, _describe_step(step, fields), condition=step.when)
    if not exit_steps:
        yield build_absent_line(f"lists/{name}", _("No step ends it"), _("There is no way to leave the list early."))


def _describe_step(step: CaseStep, fields: dict[str, FieldRule]) -> Iterator[str]:
    yield _describe_role(step.role)
    if isinstance(step.not_before, CodedTerm):
        yield _("Only after a time. %(waits)s.") % {"waits": describe_terms_by_code(step.not_before, fields)}
    elif step.not_before:
        yield _("Only after %(length)s.") % {"length": format_duration(step.not_before)}


def _describe_role(role: str) -> str:
    sentences = {
        "performance": _("The duty was performed."),
        "settlement": _("Both sides settled."),
        "repair": _("Repair: you put things right and ask to leave the list."),
        "annulment": _("The decision was undone."),
        "withdrawal": _("The authority took it back."),
        "correction": _("The record was wrong and was put right."),
        "appeal": _("Appeal."),
        "stay": _("The effect is put off until it is decided."),
        "insolvency": _("Insolvency proceedings were opened."),
        "dissolution": _("It no longer exists."),
    }
    return sentences.get(role, "")


def _build_procedure_groups(catalogue: Catalogue) -> Iterator[RuleGroup]:
    """Each procedure once, and a word where something is decided without one."""
    for name, rule in catalogue.procedures.items():
        title = _("The proceeding: %(title)s") % {"title": rule.title}
        yield RuleGroup(title=title, lines=list(build_procedure_lines(catalogue, name, rule)))
    lines = [
        _build_unheard_line(catalogue, contested_rule.path)
        for contested_rule in list_contestable_proceedings(catalogue)
        if contested_rule.procedure is None
    ]
    if lines:
        yield RuleGroup(title=_("Without a proceeding"), lines=lines)


def _build_unheard_line(catalogue: Catalogue, path: Path) -> RuleLine:
    part, name = map(str, path)
    title = catalogue.cases[name].title if part == "cases" else catalogue.schemes[name].title
    return build_absent_line(f"{part}/{name}", title, _("It is decided without notice, hearing or appeal."))
