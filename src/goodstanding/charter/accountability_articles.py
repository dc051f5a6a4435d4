"""Articles 19 to 23: who sees, and who answers."""

from __future__ import annotations

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.charter.catalogue_queries import BreachIterator
from goodstanding.messages import ArticleMessage, Message

COMMENT_DAYS = 30
REPORT_PERIOD = Period.parse("P1Y")


def list_audience_breaches(catalogue: Catalogue) -> BreachIterator:
    """19. Anybody sees what is in force now, and nothing that is only proposed, reported or over."""
    in_force = {(rule.case, step) for rule in catalogue.lists.values() for step in rule.while_}
    for name, case in catalogue.cases.items():
        for key, step in case.steps.items():
            if step.audience == "anybody" and (name, key) not in in_force:
                yield ("cases", name, "steps", key, "audience"), Message(ArticleMessage.STEP_PUBLIC)
    for name, rule in catalogue.lists.items():
        if rule.audience == "anybody" and any(catalogue.lists[part].audience == "parties" for part in rule.from_):
            yield ("lists", name, "audience"), Message(ArticleMessage.PARTIES_LIST_TOLD)
    for name, record in catalogue.records.items():
        if record.states == "report" and record.audience == "anybody":
            yield ("records", name), Message(ArticleMessage.REPORT_PUBLIC)


def list_look_up_breaches(catalogue: Catalogue) -> BreachIterator:
    """20. Look-ups are logged, and the subject sees them."""
    if catalogue.look_ups != "logged":
        yield ("look_ups",), Message(ArticleMessage.LOOK_UPS_UNLOGGED)
    for name, measure in catalogue.measures.items():
        if not measure.logged:
            yield ("measures", name, "logged"), Message(ArticleMessage.MEASURE_UNLOGGED)


def list_copy_breaches(catalogue: Catalogue) -> BreachIterator:
    """21. Bulk lists go to registered recipients; an adverse fact never shows on a name alone."""
    for name, rule in catalogue.lists.items():
        if rule.copies == "anybody":
            yield ("lists", name, "copies"), Message(ArticleMessage.COPIES_TO_ANYBODY)
        if rule.found_by == "name":
            yield ("lists", name, "found_by"), Message(ArticleMessage.LISTING_BY_NAME)


def list_laboratory_breaches(catalogue: Catalogue) -> BreachIterator:
    """22. The laboratory takes drawn populations only; no real file feeds it."""
    if catalogue.mode == "lab":
        for name in catalogue.feeds:
            yield ("feeds", name), Message(ArticleMessage.LABORATORY_FED)


def list_accountability_breaches(catalogue: Catalogue) -> BreachIterator:
    """23. Public comment before enactment; a body that reports every year."""
    answers = catalogue.answers
    if answers is None:
        yield ("answers",), Message(ArticleMessage.NOBODY_ANSWERS)
        return
    if answers.comment_days < COMMENT_DAYS:
        yield ("answers", "comment_days"), Message(ArticleMessage.COMMENT_TOO_SHORT, {"days": COMMENT_DAYS})
    if answers.reports.longest_days() > REPORT_PERIOD.longest_days():
        yield ("answers", "reports"), Message(ArticleMessage.REPORTS_TOO_RARE)
