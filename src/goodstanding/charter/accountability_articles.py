"""Articles 19 to 23: who sees, and who answers."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.charter.catalogue_queries import BreachIterator

COMMENT_DAYS = 30
REPORT_PERIOD = Period.parse("P1Y")


def list_audience_breaches(catalogue: Catalogue) -> BreachIterator:
    """19. Anybody sees what is in force now, and nothing that is only proposed, reported or over."""
    in_force = {(rule.case, step) for rule in catalogue.lists.values() for step in rule.while_}
    for name, case in catalogue.cases.items():
        for key, step in case.steps.items():
            if step.audience == "anybody" and (name, key) not in in_force:
                yield ("cases", name, "steps", key, "audience"), "Anybody sees a step that puts nothing in force."
    for name, rule in catalogue.lists.items():
        if rule.audience == "anybody" and any(catalogue.lists[part].audience == "parties" for part in rule.from_):
            yield ("lists", name, "audience"), "Anybody learns of a list that is for its parties."
    for name, record in catalogue.records.items():
        if record.states == "report" and record.audience == "anybody":
            yield ("records", name), "Anybody sees what somebody merely reported."


def list_look_up_breaches(catalogue: Catalogue) -> BreachIterator:
    """20. Look-ups are logged, and the subject sees them."""
    if catalogue.look_ups != "logged":
        yield ("look_ups",), "Nobody can see who looked."
    for name, measure in catalogue.measures.items():
        if not measure.logged:
            yield ("measures", name, "logged"), "Whoever asks about the measure leaves no trace."


def list_copy_breaches(catalogue: Catalogue) -> BreachIterator:
    """21. Bulk lists go to registered recipients; an adverse fact never shows on a name alone."""
    for name, rule in catalogue.lists.items():
        if rule.copies == "anybody":
            yield ("lists", name, "copies"), "Copies go to anybody, so no correction reaches them."
        if rule.found_by == "name":
            yield ("lists", name, "found_by"), "The listing shows on a name alone."


def list_laboratory_breaches(catalogue: Catalogue) -> BreachIterator:
    """22. The laboratory takes drawn populations only; no real file feeds it."""
    if catalogue.mode == "lab":
        for name in catalogue.feeds:
            yield ("feeds", name), "A laboratory catalogue takes in real files."


def list_accountability_breaches(catalogue: Catalogue) -> BreachIterator:
    """23. Public comment before enactment; a body that reports every year."""
    answers = catalogue.answers
    if answers is None:
        yield ("answers",), "Nobody answers for the rules."
        return
    if answers.comment_days < COMMENT_DAYS:
        yield ("answers", "comment_days"), f"The public has fewer than {COMMENT_DAYS} days to comment."
    if answers.reports > REPORT_PERIOD:
        yield ("answers", "reports"), "Errors, appeals and disparity are not reported every year."
