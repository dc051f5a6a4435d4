"""Texts from the rules for whoever decides: to be copied and edited, never sent as they are without a look."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import LegalRule
from goodstanding.procedure.case_states import Act
from goodstanding.register.cases.case_file import CaseFile
from goodstanding.register.rules.legal_basis import find_legal_basis
from goodstanding.web.schemas.forms import ReasonTemplate

_ROLES = {
    Act.DECIDE: ("decision", "notice", "reply"),
    Act.DECIDE_APPEAL: ("appeal", "annulment", "decision"),
    Act.DECIDE_REPAIR: ("repair", "performance", "settlement"),
    Act.DECIDE_DISPUTE: ("annulment", "correction", "withdrawal"),
    Act.HEAR_INTERIM: ("interim",),
}


def list_reason_templates(case_file: CaseFile, act: Act) -> list[ReasonTemplate]:
    """What the catalogue says of the steps, the list and those whom the law spares, each with its article."""
    templates = (
        {template.text: template for template in _iterate_reason_templates(case_file, act)} if act in _ROLES else {}
    )
    return list(templates.values())


def _iterate_reason_templates(case_file: CaseFile, act: Act) -> Iterator[ReasonTemplate]:
    rules = case_file.rules
    listed = rules.lists.get(case_file.listed)
    case = rules.cases.get(listed.case or "") if listed else None
    for step in case.steps.values() if case else ():
        if step.role in _ROLES[act] and step.says:
            yield _build_reason_template(rules, step, step.title)
    if case and act is Act.DECIDE:
        yield from (_build_reason_template(rules, spare, "") for spare in case.spares.values() if spare.says)
    if listed and act in (Act.DECIDE, Act.DECIDE_APPEAL, Act.DECIDE_REPAIR):
        yield _build_reason_template(rules, listed, listed.title)
        if listed.ends_sooner:
            yield ReasonTemplate(title=listed.title, text=listed.ends_sooner)


def _build_reason_template(rules: Catalogue, rule: LegalRule, title: str) -> ReasonTemplate:
    law = find_legal_basis(rules, rule)
    cited = f" ({law.citation})" if law else ""
    return ReasonTemplate(title=title or (law.title if law else ""), text=f"{rule.says}{cited}")
