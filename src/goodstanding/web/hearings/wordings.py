"""Texts from the rules for whoever decides: to be copied and edited, never sent as they are without a look."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue.model import Based, Catalogue
from goodstanding.procedure.hearing import Act
from goodstanding.register import words
from goodstanding.register.hearings import Hearing
from goodstanding.web.shapes.cases import Wording

_ROLES = {
    Act.DECIDE: ("decision", "notice", "reply"),
    Act.DECIDE_APPEAL: ("appeal", "annulment", "decision"),
    Act.DECIDE_REPAIR: ("repair", "performance", "settlement"),
    Act.DECIDE_DISPUTE: ("annulment", "correction", "withdrawal"),
    Act.HEAR_INTERIM: ("interim",),
}


def of(held: Hearing, act: Act) -> list[Wording]:
    """What the catalogue says of the steps, the list and those whom the law spares, each with its article."""
    found = {one.text: one for one in _found(held, act)} if act in _ROLES else {}
    return list(found.values())


def _found(held: Hearing, act: Act) -> Iterator[Wording]:
    rules = held.rules
    listed = rules.lists.get(held.listed)
    case = rules.cases.get(listed.case or "") if listed else None
    for step in case.steps.values() if case else ():
        if step.role in _ROLES[act] and step.says:
            yield _wording(rules, step, step.title)
    if case and act is Act.DECIDE:
        yield from (_wording(rules, spare, "") for spare in case.spares.values() if spare.says)
    if listed and act in (Act.DECIDE, Act.DECIDE_APPEAL, Act.DECIDE_REPAIR):
        yield _wording(rules, listed, listed.title)
        if listed.ends_sooner:
            yield Wording(title=listed.title, text=listed.ends_sooner)


def _wording(rules: Catalogue, rule: Based, title: str) -> Wording:
    law = words.law(rules, rule)
    cited = f" ({law.citation})" if law else ""
    return Wording(title=title or (law.title if law else ""), text=f"{rule.says}{cited}")
