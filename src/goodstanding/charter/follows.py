"""Articles 6 to 11: what may follow."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import ListRule, Scheme, Term, Until
from goodstanding.catalogue.periods import Period
from goodstanding.charter.parts import (
    Found,
    Path,
    case_of,
    conduct_of,
    longest,
    measures_on_persons,
    natures,
    read_by_rules,
    shortest,
    ways_out,
)
from goodstanding.charter.words import related, title, why_not, words

LONGEST = Period.parse("P5Y")
REPAIR_AFTER = Period.parse("P1Y")
WORKING_DAYS = 3


def prior_decision(catalogue: Catalogue) -> Found:
    """6. A restriction rests on a final decision, never on a score or another list alone."""
    for name, measure in catalogue.measures.items():
        if measure.kind != "restriction":
            continue
        if measure.scheme:
            yield ("measures", name, "scheme"), "A restriction rests on a score."
        elif measure.list and catalogue.lists[measure.list].from_:
            yield ("measures", name, "list"), "A restriction rests on other lists alone."
        elif undecided := [one for one in catalogue.resting_on(measure) if not _decided(catalogue, one)]:
            yield ("measures", name, "list"), f"A restriction rests on {undecided[0]}, which states no final decision."


def _decided(catalogue: Catalogue, record: str) -> bool:
    return catalogue.records[record].states == "decision"


def relation(catalogue: Catalogue) -> Found:
    """7. Measure and conduct stand together in the relation table; one conduct, one restriction of a kind."""
    for name, measure in catalogue.measures.items():
        for conduct in conduct_of(catalogue, catalogue.resting_on(measure)) or ("",):
            if not related(conduct, measure.field):
                yield ("measures", name, "field"), _unrelated(conduct, measure.field)
    for (conduct, _, field), names in _restricted(catalogue).items():
        if len(names) > 1:
            said = f"{' and '.join(names)} both restrict {title('fields', field).lower()} for one conduct, {conduct}."
            yield ("measures", names[1]), said


def _restricted(catalogue: Catalogue) -> dict[tuple[str, str, str], list[str]]:
    """The restrictions by conduct, kind of subject and field."""
    restricted: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, measure in catalogue.measures.items():
        if measure.kind == "restriction":
            records = catalogue.resting_on(measure)
            kinds = dict.fromkeys(kind for record in records for kind in catalogue.concerned(record))
            for key in product(conduct_of(catalogue, records) or ("",), kinds, [measure.field]):
                restricted[key].append(name)
    return restricted


def _unrelated(conduct: str, field: str) -> str:
    if field not in words("fields"):
        return f"The field {field!r} does not exist. {why_not('fields', field)}"
    return f"{title('fields', field)} has no relation to {conduct or 'unnamed conduct'}."


def proportion(catalogue: Catalogue) -> Found:
    """8. Length is graded; minor breaches and inability carry no restriction; what is needed to live is exempt."""
    restricting = _restricting_lists(catalogue)
    for name, rule in catalogue.lists.items():
        if rule.case and name in restricting and not _graded(catalogue, rule):
            yield ("lists", name, "stays"), "Every listing lasts the same time, however slight its reason."
        yield from _spares(catalogue, rule, natures(catalogue, catalogue.opening(name)), name in restricting)
    for name in restricting_persons(catalogue):
        if not catalogue.measures[name].exempts:
            yield ("measures", name), "Nothing that is needed to live and to work lawfully is exempt."


def _restricting_lists(catalogue: Catalogue) -> set[str]:
    """The lists on which a restriction rests, by itself or through lists that are made from them."""
    named = {measure.list for measure in catalogue.measures.values() if measure.kind == "restriction" and measure.list}
    while more := {part for name in named for part in catalogue.lists[name].from_} - named:
        named |= more
    return named


def restricting_persons(catalogue: Catalogue) -> list[str]:
    """The restrictions that can bind a natural person."""
    return [name for name, measure in measures_on_persons(catalogue).items() if measure.kind == "restriction"]


def _graded(catalogue: Catalogue, rule: ListRule) -> bool:
    shorter = [step for step in ways_out(catalogue, rule) if step.role in ("performance", "settlement", "repair")]
    return isinstance(rule.stays, Term | Until) or bool(shorter)


def _spares(catalogue: Catalogue, rule: ListRule, kinds: set[str], restricts: bool) -> Found:
    case = case_of(catalogue, rule)
    path: Path = ("cases", rule.case or "", "spares")
    if case and "duty" in kinds and "inability-to-pay" not in case.spares:
        yield path, "Inability to pay is treated as refusal to pay."
    if case and restricts and "breach" in kinds and "minor-first-breach" not in case.spares:
        yield path, "A minor first breach that was corrected leads to a restriction."


def uniform(catalogue: Catalogue) -> Found:
    """9. Rules read neither place nor source nor somebody else's standing; nobody is bound for somebody else."""
    kinds = words("kinds")
    for path, record, field in read_by_rules(catalogue):
        kind = catalogue.records[record].fields[field].kind
        if kinds.get(kind, {}).get("unread") or kind in ("others-standing", "association", "location"):
            yield path, f"The rule reads {field}: {kind.replace('-', ' ')}."
    for part, rules in (("lists", catalogue.lists), ("measures", catalogue.measures)):
        for name, rule in rules.items():
            for who in rule.reaches:
                yield (part, name, "reaches"), f"It binds {who.replace('-', ' ')} without a decision of their own."


def not_backwards(catalogue: Catalogue) -> Found:
    """10. Effects start no earlier than enactment; the milder later rule applies."""
    if catalogue.backwards:
        yield ("backwards",), "Effects begin before the rules were in force."
    if not catalogue.milder:
        yield ("milder",), "A milder later rule does not apply to earlier conduct."


def end(catalogue: Catalogue) -> Found:
    """11. A listing ends on performance, or at its term, earlier by repair; a grade lapses; what ended is not shown."""
    for name, rule in catalogue.lists.items():
        if rule.shows_ended:
            yield ("lists", name, "shows_ended"), "An ended listing is still shown."
        if rule.case:
            duty = "duty" in natures(catalogue, catalogue.opening(name))
            yield from (_after_performance if duty else _at_its_term)(catalogue, name, rule)
    for name, scheme in catalogue.schemes.items():
        yield from _lapse(("schemes", name), scheme)


def _after_performance(catalogue: Catalogue, name: str, rule: ListRule) -> Found:
    ended = {
        stage
        for step in ways_out(catalogue, rule)
        if step.role in ("performance", "settlement")
        for stage in step.after
    }
    if stuck := [stage for stage in rule.while_ if stage not in ended]:
        yield ("lists", name), f"Performing the duty does not end the listing as {stuck[0].replace('-', ' ')}."
    elif rule.ends_within is None or rule.ends_within > WORKING_DAYS:
        yield ("lists", name), "After performance the listing does not end within 3 working days."


def _at_its_term(catalogue: Catalogue, name: str, rule: ListRule) -> Found:
    most = longest(rule.stays)
    if most is None:
        yield ("lists", name), "The listing has no end."
    elif most > LONGEST:
        yield ("lists", name, "stays"), f"The listing lasts {most.words()}, and 5 years are the most."
    repairs = [shortest(step.not_before) for step in ways_out(catalogue, rule) if step.role == "repair"]
    if not repairs or min(repairs) > REPAIR_AFTER:
        yield ("lists", name), "Nobody can end the listing by repair after a year."


def _lapse(path: Path, scheme: Scheme) -> Found:
    if scheme.kind != "points":
        if scheme.kept and (scheme.over or scheme.lapses) is None:
            yield path, "The grade never lapses."
        return
    for name, item in scheme.items.items():
        if not isinstance(item.points, int) or item.points < 0:
            yield from _counted((*path, "items", name), "points", item.counts_for)
    for index, direct in enumerate(scheme.direct):
        yield from _counted((*path, "direct", index), "grade", direct.counts_for)


def _counted(path: Path, what: str, counts_for: Period | None) -> Found:
    if counts_for is None:
        yield path, f"No end is stated for the {what}."
    elif counts_for > LONGEST:
        yield path, f"The {what} count for {counts_for.words()}, and 5 years are the most."
