"""Articles 19 to 23: who sees, and who answers."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.procedures import CaseStep, ListRule, Measure
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    list_conduct_natures,
    list_person_measures,
    says_something,
)
from goodstanding.charter.vocabulary import explain_missing_word, get_vocabulary, list_source_purposes
from goodstanding.messages import ArticleMessage, Message

COMMENT_DAYS = 30
REPORT_PERIOD = Period.parse("P1Y")


def list_audience_breaches(catalogue: Catalogue) -> BreachIterator:
    """19. Anybody sees what is in force now, and nothing that is only proposed, reported or over."""
    yield from _list_step_breaches(catalogue)
    for name, rule in catalogue.lists.items():
        secret = [part for part in rule.from_ if catalogue.lists[part].audience == "parties"]
        if rule.audience == "anybody" and secret:
            yield ("lists", name, "audience"), Message(ArticleMessage.PARTIES_LIST_TOLD, {"list": secret[0]})
    for name, measure in catalogue.measures.items():
        path: Path = ("measures", name, "audience")
        if "anybody" in measure.audience and not _is_ground_public(catalogue, measure):
            params = {"ground": measure.list or measure.scheme or ""}
            yield path, Message(ArticleMessage.MEASURE_SHOWS_MORE, params)
        for audience in measure.audience:
            yield from ((path, defect) for defect in _list_audience_defects(catalogue, name, audience))
    for name, record in catalogue.records.items():
        if record.states == "report" and record.audience == "anybody":
            yield ("records", name), Message(ArticleMessage.REPORT_PUBLIC)


def _list_step_breaches(catalogue: Catalogue) -> BreachIterator:
    """A step that anybody sees puts something in force, and a list that anybody sees names no step of the parties."""
    in_force = {(rule.case, step) for rule in catalogue.lists.values() for step in rule.while_}
    for name, case in catalogue.cases.items():
        public_lists = [listed for listed, rule in catalogue.lists.items() if rule.case == name and _is_public(rule)]
        for key, step in case.steps.items():
            path: Path = ("cases", name, "steps", key, "audience")
            lists = [listed for listed in public_lists if key in catalogue.lists[listed].while_]
            if step.audience == "anybody" and (name, key) not in in_force:
                yield path, Message(ArticleMessage.STEP_PUBLIC)
            elif _is_closed(step) and lists:
                yield path, Message(ArticleMessage.PARTIES_STEP_LISTED, {"list": lists[0]})


def _is_public(rule: ListRule) -> bool:
    return rule.audience == "anybody"


def _is_closed(step: CaseStep) -> bool:
    """Whether a step says itself that it is for its parties; where it says nothing its list decides."""
    return step.audience == "parties" and "audience" in step.model_fields_set


def _is_ground_public(catalogue: Catalogue, measure: Measure) -> bool:
    """Whether anybody sees the list, or each of the grades, on which a measure rests."""
    if measure.list:
        return catalogue.lists[measure.list].audience == "anybody"
    scheme = catalogue.schemes[measure.scheme or ""]
    return scheme.audience == "anybody" or set(measure.grades) <= set(scheme.public_grades)


def _list_audience_defects(catalogue: Catalogue, name: str, audience: str) -> Iterator[Message]:
    """Why somebody may not ask about a measure: no such audience, or not for this purpose, person or conduct."""
    measure, is_of_persons = catalogue.measures[name], name in list_person_measures(catalogue)
    if not is_of_persons and _is_source_of_measure(catalogue, measure, audience):
        return
    audiences = get_vocabulary("audiences")
    if (entry := audiences.get(audience)) is None:
        fitting = (name for name, other in audiences.items() if measure.purpose in other["purposes"])
        yield explain_missing_word("audiences", audience, fitting)
        return
    params = {"audience": str(entry["title"]).lower(), "purposes": ", ".join(entry["purposes"])}
    purpose = get_vocabulary("purposes").get(measure.purpose, {})
    is_lawful = bool(purpose.get("of_persons") if is_of_persons else purpose)  # else article 2 or 3 says so
    if is_lawful and measure.purpose not in entry["purposes"]:
        yield Message(ArticleMessage.AUDIENCE_OF_OTHER_PURPOSE, params)
    if is_of_persons and not entry.get("of_persons"):
        yield Message(ArticleMessage.AUDIENCE_OF_NO_PERSONS, {**params, "audiences": _join_person_audiences()})
    natures = list_conduct_natures(catalogue, catalogue.resting_on(measure))
    if "sees" in entry and not natures <= {*entry["sees"], ""}:
        yield Message(ArticleMessage.AUDIENCE_OF_OTHER_CONDUCT, {**params, "natures": ", ".join(entry["sees"])})


def _is_source_of_measure(catalogue: Catalogue, measure: Measure, kind: str) -> bool:
    """Whether a kind of source states the records on which a measure rests, and asks for a purpose of its own."""
    foreign = set(get_vocabulary("purposes")) - set(list_source_purposes())
    stated = any(kind in catalogue.records[record].by for record in catalogue.resting_on(measure))
    return stated and measure.purpose not in foreign


def _join_person_audiences() -> str:
    return ", ".join(word for word, entry in get_vocabulary("audiences").items() if entry.get("of_persons"))


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
    if answers is None or not says_something(answers.body):
        yield ("answers",), Message(ArticleMessage.NOBODY_ANSWERS)
        return
    if answers.comment_days < COMMENT_DAYS:
        yield ("answers", "comment_days"), Message(ArticleMessage.COMMENT_TOO_SHORT, {"days": COMMENT_DAYS})
    if not 0 < answers.reports.longest_days() <= REPORT_PERIOD.longest_days():
        yield ("answers", "reports"), Message(ArticleMessage.REPORTS_TOO_RARE)
