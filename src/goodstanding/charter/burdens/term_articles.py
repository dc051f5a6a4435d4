"""Articles 11 and 17: everything ends, at the latest at its term, earlier by performance or repair, in every copy."""

from __future__ import annotations

from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.procedures import CaseRule, CaseStep, ListRule, RepairRule
from goodstanding.catalogue.schemes import ConductItem, DirectGrade, GradingScheme
from goodstanding.charter.burdens.adverse_measures import is_list_of_honours, list_records_behind
from goodstanding.charter.burdens.repair_conditions import find_further_condition
from goodstanding.charter.burdens.start_points import list_kinds_read, list_start_breaches
from goodstanding.charter.catalogue_queries import (
    BreachIterator,
    Path,
    Proceeding,
    compute_longest_wait,
    find_list_case,
    find_longest_term,
    has_short_term,
    list_adverse_proceedings,
    list_conduct_natures,
    list_ending_steps,
)
from goodstanding.messages import Message, TermMessage

LONGEST_LENGTH = Period.parse("P5Y")
LONGEST_WAIT = REPAIR_AFTER = Period.parse("P1Y")
NO_TIME = Period(0)
WORKING_DAYS = 3
CONFIRMED_WITHIN = ANSWERED_WITHIN = 31
PERFORMING = ("performance", "settlement")
FAVOURABLE = (*PERFORMING, "annulment", "withdrawal", "correction", "appeal", "stay")
RELIEVING = frozenset({*PERFORMING, "repair", "annulment", "withdrawal", "correction"})
ENDING = (*FAVOURABLE, "repair", "insolvency", "dissolution")
_PERFORMANCE_KINDS = frozenset({"performance"})


def is_longer(length: Period, limit: Period) -> bool:
    """Whether a length can have more days than another at its longest."""
    return length.longest_days() > limit.longest_days()


def list_end_breaches(catalogue: Catalogue) -> BreachIterator:
    """11. A listing ends on performance, or at its term, earlier by repair; a grade lapses; what ended is not shown."""
    for name, rule in catalogue.lists.items():
        yield from _list_listing_breaches(catalogue, name, rule)
    for name, case in catalogue.cases.items():
        yield from _list_wait_breaches(name, case)
        yield from _list_dated_breaches(catalogue, name, case)
        yield from _list_chain_breaches(catalogue, name, case)
    for name, scheme in catalogue.schemes.items():
        yield from _list_lapse_breaches(("schemes", name), scheme)
        yield from _list_item_breaches(("schemes", name), scheme)
    yield from list_start_breaches(catalogue)
    yield from _list_keeping_breaches(catalogue)


def _list_listing_breaches(catalogue: Catalogue, name: str, rule: ListRule) -> BreachIterator:
    if rule.shows_ended and is_longer(rule.shows_ended, NO_TIME):
        yield ("lists", name, "shows_ended"), Message(TermMessage.ENDED_LISTING_SHOWN)
    if not rule.case:
        return
    natures = list_conduct_natures(catalogue, list_records_behind(catalogue, name))
    if "duty" in natures:
        yield from _list_performance_breaches(catalogue, name, rule)
    elif rule.ends_within is not None and rule.ends_within > WORKING_DAYS:
        yield ("lists", name, "ends_within"), Message(TermMessage.LISTING_ENDS_LATE)
    yield from _list_term_breaches(name, rule)
    if natures - {"duty"} and not has_short_term(rule) and not is_list_of_honours(catalogue, name):
        yield from _list_late_repairs(catalogue, name, rule)


def _list_performance_breaches(catalogue: Catalogue, name: str, rule: ListRule) -> BreachIterator:
    performing = [step for step in list_ending_steps(catalogue, rule) if step.role in PERFORMING]
    ended = {stage for step in performing for stage in step.after}
    unconditioned = [step for step in performing if _asks_performance_alone(catalogue, rule, step)]
    freely_ended = {stage for step in unconditioned for stage in step.after}
    if stuck := [stage for stage in rule.while_ if stage not in ended]:
        params = {"stage": stuck[0].replace("-", " ")}
        yield ("lists", name), Message(TermMessage.PERFORMANCE_ENDS_NOTHING, params)
    elif stuck := [stage for stage in rule.while_ if stage not in freely_ended]:
        params = {"stage": stuck[0].replace("-", " ")}
        yield ("lists", name), Message(TermMessage.PERFORMANCE_CONDITIONED, params)
    elif rule.ends_within is None or rule.ends_within > WORKING_DAYS:
        yield ("lists", name), Message(TermMessage.LISTING_ENDS_LATE)


def _asks_performance_alone(catalogue: Catalogue, rule: ListRule, step: CaseStep) -> bool:
    """Whether a step asks for no more than that the duty was performed."""
    case = find_list_case(catalogue, rule)
    record = catalogue.records[step.record or (case.record if case else "")]
    return step.when is None or list_kinds_read(step.when, record) <= _PERFORMANCE_KINDS


def _list_term_breaches(name: str, rule: ListRule) -> BreachIterator:
    longest = find_longest_term(rule.stays)
    if longest is None:
        yield ("lists", name), Message(TermMessage.LISTING_WITHOUT_END)
    elif is_longer(longest, LONGEST_LENGTH):
        yield ("lists", name, "stays"), Message(TermMessage.LISTING_TOO_LONG, {"length": longest.describe()})


def _list_late_repairs(catalogue: Catalogue, name: str, rule: ListRule) -> BreachIterator:
    """From every step on the list there is a way to repair within a year; an appeal is no step that burdens."""
    case = catalogue.cases[rule.case or ""]
    timely = {
        key: find_further_condition(step.when, catalogue.records[step.record or case.record])
        for key, step in case.steps.items()
        if step.role == "repair"
        and key not in rule.while_
        and not is_longer(compute_longest_wait(step.not_before), REPAIR_AFTER)
    }
    burdening = {stage for stage in rule.while_ if case.steps[stage].role not in ENDING}
    if not burdening <= {stage for key in timely for stage in case.steps[key].after}:
        yield ("lists", name), Message(TermMessage.REPAIR_TOO_LATE)
    elif not burdening <= {stage for key in timely if not timely[key] for stage in case.steps[key].after}:
        key, condition = next((key, condition) for key, condition in timely.items() if condition)
        yield ("cases", rule.case or "", "steps", key, "when"), condition


def _list_wait_breaches(name: str, case: CaseRule) -> BreachIterator:
    """What ends or suspends a burden does so at once; nothing else is put off for more than a year."""
    for key, step in case.steps.items():
        wait = compute_longest_wait(step.not_before)
        path: Path = ("cases", name, "steps", key, "not_before")
        params = {"step": step.title, "length": wait.describe()}
        if step.role in FAVOURABLE and is_longer(wait, NO_TIME):
            yield path, Message(TermMessage.RELIEF_PUT_OFF, params)
        elif step.role != "repair" and is_longer(wait, LONGEST_WAIT):
            yield path, Message(TermMessage.STEP_PUT_OFF, params)


def _list_dated_breaches(catalogue: Catalogue, name: str, case: CaseRule) -> BreachIterator:
    """Neither relief nor what comes after it is put off by a day that is set beforehand."""
    listed = {stage for rule in catalogue.lists.values() if rule.case == name for stage in rule.while_}
    for key, step in case.steps.items():
        day = catalogue.records[step.record or case.record].fields.get(step.on)
        if day is None or not day.future:
            continue
        before = {case.steps[earlier].role for earlier in step.after if earlier in case.steps}
        path: Path = ("cases", name, "steps", key, "on")
        if step.role in ENDING:
            yield path, Message(TermMessage.RELIEF_ON_LATER_DAY, {"step": step.title, "field": step.on})
        elif key in listed and before & RELIEVING:
            yield path, Message(TermMessage.LISTED_ON_LATER_DAY, {"step": step.title, "field": step.on})


def _list_chain_breaches(catalogue: Catalogue, name: str, case: CaseRule) -> BreachIterator:
    """Listings that follow one another without relief between them last no longer together than one may."""
    terms = _compute_stage_terms(catalogue, name)
    days, most = _compute_longest_chain(case, terms), LONGEST_LENGTH.longest_days()
    if days is None or days > most >= max(terms.values()):
        yield ("cases", name, "steps"), Message(TermMessage.LISTINGS_IN_CHAIN)


def _compute_stage_terms(catalogue: Catalogue, name: str) -> dict[str, int]:
    """For each step that puts somebody on a list for longer than a danger lasts, the most days that it does."""
    terms: dict[str, int] = {}
    for rule in catalogue.lists.values():
        longest = find_longest_term(rule.stays) or NO_TIME
        for stage in rule.while_ if rule.case == name else ():
            if catalogue.cases[name].steps[stage].role != "interim":
                terms[stage] = max(terms.get(stage, 0), longest.longest_days())
    return terms


def _compute_longest_chain(case: CaseRule, terms: dict[str, int]) -> int | None:
    """The most days on lists along steps that burden; None where they lead back to a listing."""
    burdening = {name: step for name, step in case.steps.items() if step.role not in ENDING}
    longest = dict.fromkeys(burdening, 0)
    for _ in range(len(burdening) + 1):
        before = longest
        longest = {
            name: terms.get(name, 0) + max((before[part] for part in step.after if part in before), default=0)
            for name, step in burdening.items()
        }
        if longest == before:
            return max(longest.values(), default=0)
    return None


def _list_lapse_breaches(path: Path, scheme: GradingScheme) -> BreachIterator:
    """A grade from a finding lapses; only one that somebody asks for about themselves need not be kept at all."""
    if scheme.kind == "points" or not (scheme.kept or scheme.asked_by != "subject"):
        return
    if (scheme.over or scheme.lapses) is None:
        yield path, Message(TermMessage.GRADE_NEVER_LAPSES)
    for key, length in (("lapses", scheme.lapses), ("over", scheme.over)):
        if length and is_longer(length, LONGEST_LENGTH):
            yield (*path, key), Message(TermMessage.GRADE_TOO_LONG, {"length": length.describe()})


def _list_item_breaches(path: Path, scheme: GradingScheme) -> BreachIterator:
    """Whatever counts in a scheme of points counts for a time, also what adds points: which way is worse differs."""
    if scheme.kind != "points":
        return
    for name, item in scheme.items.items():
        codes = TermMessage.POINTS_WITHOUT_END, TermMessage.POINTS_TOO_LONG
        yield from _list_counting_breaches((*path, "items", name), item, *codes)
    for index, direct in enumerate(scheme.direct):
        codes = TermMessage.GRADE_WITHOUT_END, TermMessage.GRADE_TOO_LONG
        yield from _list_counting_breaches((*path, "direct", index), direct, *codes)


def _list_counting_breaches(
    path: Path, rule: ConductItem | DirectGrade, without_end: TermMessage, too_long: TermMessage
) -> BreachIterator:
    if rule.counts_for is None:
        yield path, Message(without_end)
    elif is_longer(rule.counts_for, LONGEST_LENGTH):
        yield path, Message(too_long, {"length": rule.counts_for.describe()})


def _list_keeping_breaches(catalogue: Catalogue) -> BreachIterator:
    """Records are shown no more and go, and classes of gravity end, in time."""
    for name, record in catalogue.records.items():
        if record.keeps and is_longer(record.keeps, LONGEST_LENGTH):
            yield (
                ("records", name, "keeps"),
                Message(TermMessage.RECORD_KEPT_TOO_LONG, {"length": record.keeps.describe()}),
            )
        if record.audience == "anybody" and is_longer(record.display_term, LONGEST_LENGTH):
            yield (
                ("records", name, "shown_for"),
                Message(TermMessage.RECORD_SHOWN_TOO_LONG, {"length": record.display_term.describe()}),
            )
    for name, repair_class in catalogue.repair_classes.items():
        if is_longer(repair_class.most, LONGEST_LENGTH):
            params = {"length": repair_class.most.describe()}
            yield ("repair_classes", name, "most"), Message(TermMessage.LISTING_TOO_LONG, params)
        if is_longer(repair_class.least, REPAIR_AFTER):
            yield ("repair_classes", name, "least"), Message(TermMessage.REPAIR_TOO_LATE)


def list_repair_breaches(catalogue: Catalogue) -> BreachIterator:
    """17. Repair is a right, free, and reaches every copy; only what ends within a year anyway can do without."""
    for proceeding in list_adverse_proceedings(catalogue):
        repair_rule = proceeding.procedure.repair if proceeding.procedure else None
        if repair_rule:
            yield from ((proceeding.place("repair"), Message(code)) for code in _list_repair_defects(repair_rule))
        elif not _is_short(catalogue, proceeding):
            yield proceeding.path, Message(TermMessage.REPAIR_MISSING)


def _is_short(catalogue: Catalogue, proceeding: Proceeding) -> bool:
    """Whether all lists of a case end within a year, so that nothing lives long enough to need repair."""
    part, name = proceeding.path
    rules = [rule for rule in catalogue.lists.values() if rule.case == name] if part == "cases" else []
    return bool(rules) and all(map(has_short_term, rules))


def _list_repair_defects(repair_rule: RepairRule) -> Iterator[TermMessage]:
    unstated = TermMessage.REPAIR_RIGHT_UNSTATED, TermMessage.REPAIR_FEE_UNSTATED
    wrong = TermMessage.REPAIR_AS_FAVOUR, TermMessage.REPAIR_FOR_FEE
    for actual, absent, defect in zip((repair_rule.right, repair_rule.free), unstated, wrong, strict=True):
        if actual is not True:
            yield absent if actual is None else defect
    if len(set(repair_rule.stops)) < 3:
        yield TermMessage.REPAIR_INCOMPLETE
    if repair_rule.confirmed_within is None or repair_rule.confirmed_within > CONFIRMED_WITHIN:
        yield TermMessage.REPAIR_UNCONFIRMED
    days = repair_rule.days or 0
    if (days * 7 / 5 if repair_rule.working else days) > ANSWERED_WITHIN:
        yield TermMessage.REPAIR_ANSWERED_LATE
