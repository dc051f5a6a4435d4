"""Articles 12 to 18 read a procedure from the case: which stages list, what proves them, how long anybody may take."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.charter.stated_records import build_notice_case, get_shipped, vary

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.feeds import ValueMapping
from goodstanding.charter import assess

HOW_DECIDED = range(12, 19)
MISCONDUCT, TIERS = "cases.misconduct.steps", "procedures.two-tiers"
BY_MACHINE = {"type": "code", "title": "Decided by", "kind": "official", "one_of": ["the-system"]}
LATER = {"type": "date", "title": "Later", "kind": "day", "future": True}
LISTED = "lists.excluded-for-misconduct.while"


def list_breached(catalogue: Catalogue) -> set[int]:
    """The articles on notice, hearing, appeal, silence, emergency, repair and proof that a catalogue breaches."""
    return set(assess(catalogue).breached) & set(HOW_DECIDED)


# article, catalogue, how it is varied
HOSTILE: tuple[tuple[int, str, dict[str, Any]], ...] = (
    # a list holds what nobody decided
    (13, "procurement-exclusion", {LISTED: ["noticed", "excluded"]}),
    (13, "procurement-exclusion", {LISTED: ["excluded", "upheld", "appealed"]}),
    (13, "procurement-exclusion", {f"{MISCONDUCT}.excluded.role": "opening"}),
    (13, "procurement-exclusion", {f"{MISCONDUCT}.excluded.role": ""}),
    (13, "procurement-exclusion", {f"{MISCONDUCT}.excluded.role": "service"}),
    (13, "procurement-exclusion", {f"{MISCONDUCT}.upheld.role": "correction"}),
    (13, "cn-judgment-debtors-organisations", {"cases.listing.steps.decided.role": "opening"}),
    (13, "cn-judgment-debtors-organisations", {"cases.listing.steps.listed.role": ""}),
    (13, "cn-serious-violations", {"lists.serious-violations.while": ["removed"]}),
    # a stage binds before the hearing
    (16, "procurement-exclusion", {f"{MISCONDUCT}.excluded.role": "interim"}),
    (16, "cn-serious-violations", {"cases.listing.steps.listed.role": "interim"}),
    (16, "mx-tax-69b", {"cases.proceeding.steps.presumed.role": "interim"}),
    # the notice has no day of its own
    (12, "procurement-exclusion", {f"{MISCONDUCT}.noticed.on": "occurred"}),
    (12, "imminent-danger", {"cases.closing.steps.told.on": "occurred"}),
    (12, "mx-tax-69b", {"cases.proceeding.steps.presumed.on": "occurred"}),
    (12, "judgment-debtors", {"cases.person-entry.steps.ordered.on": "occurred"}),
    (12, "judgment-debtors", {"cases.entry.steps.ordered.on": "occurred"}),
    # what proves a step stands elsewhere, or proves nothing
    (18, "procurement-exclusion", {f"{TIERS}.notice.proof": "panel_view"}),
    (18, "procurement-exclusion", {f"{TIERS}.decision.proof": "sanction"}),
    (18, "procurement-exclusion", {f"{TIERS}.appeal.proof": "in_time"}),
    (18, "procurement-exclusion", {f"{TIERS}.notice.proof": "non-performance-decision.notice_served_on"}),
    (18, "cn-credit-repair", {"procedures.repair.decision.proof": "repair-decision.performed"}),
    (13, "procurement-exclusion", {f"{TIERS}.decision.named": "sanction"}),
    (13, "imminent-danger", {"records.danger.fields.decided_by": BY_MACHINE}),
    (18, "procurement-exclusion", {f"{TIERS}.decision.proof": "notice_served_on"}),
    (18, "mx-tax-69b", {"procedures.presumption.notice.proof": "final_on"}),
    (13, "judgment-debtors", {"procedures.entry.decision.named": "person-order.decided_by"}),
    # an appeal that can do nothing
    (14, "procurement-exclusion", {f"{MISCONDUCT}.appealed.role": "reply"}),
    (14, "procurement-exclusion", {f"{MISCONDUCT}.annulled.role": "dissolution"}),
    (14, "procurement-exclusion", {f"{TIERS}.appeal.days": 3}),
    (14, "imminent-danger", {"procedures.closing.appeal.days": None}),
    (14, "judgment-debtors", {"procedures.entry.appeal.days": 7, "procedures.entry.appeal.working": True}),
    (
        14,
        "procurement-exclusion",
        {"records.exclusion-decision.by": ["deciding-body"], "records.board-decision.by": ["deciding-body"]},
    ),
    (14, "imminent-danger", {"records.removal.by": ["food-authority"]}),
    # dated ahead: decided before the hearing, or relieved long after it
    (13, "procurement-exclusion", {f"{MISCONDUCT}.excluded.on": "excluded_until"}),
    (13, "mx-tax-69b", {"cases.proceeding.steps.final.on": "final_published_on"}),
    (12, "mx-tax-69b", {"cases.proceeding.steps.presumed.on": "presumed_published_on"}),
    (14, "mx-tax-69b", {"cases.proceeding.steps.annulled.on": "annulled_published_on"}),
    (
        14,
        "cn-judgment-debtors-organisations",
        {"cases.listing.steps.withdrawn.on": "later", "records.removal.fields.later": LATER},
    ),
    # no maximum
    (15, "procurement-exclusion", {f"{TIERS}.decision.days": 3650}),
    (15, "procurement-exclusion", {f"{TIERS}.decision.days": 70}),
    (15, "mx-tax-69b", {"procedures.presumption.appeal.decided_in": 150}),
    (15, "judgment-debtors", {"procedures.entry.decision.days": 366}),
    (15, "uk-food-convictions", {"procedures.prosecution.appeal.decided_in": 181}),
    # too little time to answer
    (13, "procurement-exclusion", {f"{TIERS}.reply.days": 7, f"{TIERS}.reply.working": True}),
    (13, "mx-tax-69b", {"procedures.presumption.reply.days": 7}),
    (13, "imminent-danger", {"procedures.closing.reply.days": 9}),
)


@pytest.mark.parametrize(("article", "name", "changes"), HOSTILE)
def test_a_procedure_that_the_case_does_not_keep_is_refused(article: int, name: str, changes: dict[str, Any]) -> None:
    """The article is breached, and each breach says what would be right."""
    catalogue = vary(name, changes)
    assert article in list_breached(catalogue)
    breaches = [breach for breach in assess(catalogue).breaches if breach.article == article]
    assert all(breach.reason.render_remedy() and breach.answers and breach.where for breach in breaches)


INVENTED = (
    ValueMapping(text="2012-01-01"),
    ValueMapping(column="judge", otherwise="R. Example"),
    ValueMapping(column="judge", map={"": "R. Example"}),
    ValueMapping(column="judge", map={"*": "R. Example"}),
    ValueMapping(column="judge", otherwise="stated"),
    ValueMapping(column="judge", stated_when={"judge": ("",)}),
)


@pytest.mark.parametrize("value", INVENTED)
@pytest.mark.parametrize("field", ["summoned_on", "judged_on", "decided_by"])
def test_no_feed_invents_a_proof(field: str, value: ValueMapping) -> None:
    """A proof comes from the file's own cell, or there is none."""
    shipped = get_shipped("uk-food-convictions")
    [(name, feed)] = shipped.feeds.items()
    filled = feed.model_copy(update={"fields": {**feed.fields, field: value}})
    catalogue = shipped.model_copy(update={"feeds": {name: filled}, "digest": f"{field} {value!r}"})
    assert list_breached(catalogue) == {18}


LAWFUL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("procurement-exclusion", {f"{TIERS}.reply.days": 8, f"{TIERS}.reply.working": True}),
    ("procurement-exclusion", {f"{TIERS}.reply.days": 10}),
    ("procurement-exclusion", {f"{TIERS}.appeal.days": 10, f"{TIERS}.appeal.working": True}),
    ("procurement-exclusion", {f"{TIERS}.appeal.body": "court"}),
    ("procurement-exclusion", {f"{TIERS}.decision.proof": "decided_by"}),
    ("procurement-exclusion", {f"{TIERS}.decision.days": 64}),
    ("imminent-danger", {"procedures.closing.interim": None}),
    ("imminent-danger", {"procedures.closing.interim.heard_within": 3}),
    ("uk-food-convictions", {"procedures.prosecution.decision.days": 200}),
    ("mx-tax-69b", {"procedures.presumption.decision.days": 30}),
    ("cn-serious-violations", {"cases.listing.steps.listed.public_on": None}),
    ("judgment-debtors", {"procedures.entry.appeal.decided_in": 120}),
)


@pytest.mark.parametrize(("name", "changes"), LAWFUL)
def test_a_shorter_or_other_lawful_procedure_passes(name: str, changes: dict[str, Any]) -> None:
    """Working days are more than days, other bodies and fields are as good, and less time for the authority is well."""
    assert list_breached(vary(name, changes)) == set()


def test_a_notice_may_open_a_case_whose_decision_follows_in_a_record_of_its_own() -> None:
    """The proofs stand in several records of one case, each where it belongs."""
    assert list_breached(build_notice_case()) == set()
