"""The intervals that a case's steps start: each dated, each with what follows if nobody acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, zip_longest
from typing import Any

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import DecidedTerm
from goodstanding.catalogue.procedures import ListRule
from goodstanding.procedure.stated_cases import CaseStage, StatedCase, StatedStep, advance, resolve_length, sort_steps

_DAY = timedelta(days=1)


def compute_last_day(end: date) -> date:
    """The last day of what is over on the day `end`: as people are told everywhere, where intervals are half-open."""
    return end - _DAY


def find_last_day(end: date | None) -> date | None:
    """The same of what may be open; None then."""
    return end and compute_last_day(end)


@dataclass(frozen=True, slots=True)
class Interval:
    """What a step starts: from, to (None is open), for whom, resting on which records, and what comes `then`."""

    case_position: int
    subject_id: int
    kind: str
    name: str
    stage: str
    valid_from: date
    valid_to: date | None
    audience: str
    because: tuple[int, ...]
    then: str
    why: str


def list_intervals(steps: Iterable[dict[str, Any]], catalogue: Catalogue) -> Iterator[Interval]:
    """The intervals of all cases whose stated steps are handed in, grouped by case.

    `steps` has the columns of `standing.compute_stated_steps`, ordered by case_position and name.
    """
    for (position, name), rows in groupby(steps, key=lambda row: (row["case_position"], row["name"])):
        yield from list_case_intervals(_fold_case(position, name, list(rows), catalogue), catalogue)


def _fold_case(position: int, name: str, rows: list[dict[str, Any]], catalogue: Catalogue) -> StatedCase:
    first = rows[0]
    case = StatedCase(position, first["subject_id"], name, first["code"], first["published"], first["until"])
    rules = catalogue.cases[name]
    stated = [
        StatedStep(row["step"], row["day"], row["public_day"], row["holds"], row["position"], row["proved"])
        for row in rows
    ]
    for step in sort_steps(stated, rules):
        case = advance(case, step, rules, catalogue.month_sums)
    return case


def list_case_intervals(case: StatedCase, catalogue: Catalogue) -> Iterator[Interval]:
    """The intervals of one case: its stages, for the parties, and its listings."""
    for stage, following in _pair_with_next(case):
        end = following.since if following else None
        if end is None or stage.since < end:
            then = following.step if following else ""
            interval = _build_interval(case, "case", case.name, stage, stage.since, end, "parties", then)
            yield (
                replace(interval, why=f"unproved:{stage.step}")
                if _is_unproved_listing(stage, case, catalogue)
                else interval
            )
    for name, rule in catalogue.lists.items():
        if rule.case == case.name:
            yield from _list_listings(case, name, rule, catalogue)


def _is_unproved_listing(stage: CaseStage, case: StatedCase, catalogue: Catalogue) -> bool:
    """Whether the stage would list its subject, if the record held its proof."""
    lists = (rule.while_ for rule in catalogue.lists.values() if rule.case == case.name)
    return not stage.proved and any(stage.step in steps for steps in lists)


def _pair_with_next(case: StatedCase) -> list[tuple[CaseStage, CaseStage | None]]:
    """Each stage with the one that ends it; none where no step ever held."""
    return list(zip_longest(case.stages, case.stages[1:]))


def _list_listings(case: StatedCase, name: str, rule: ListRule, catalogue: Catalogue) -> Iterator[Interval]:
    term = _find_term_end(case, rule, catalogue)
    for on_list, run in groupby(_pair_with_next(case), key=lambda pair: pair[0].step in rule.while_):
        if on_list:
            yield from _build_listing(case, name, rule, list(run), catalogue, term)


def _build_listing(
    case: StatedCase,
    name: str,
    rule: ListRule,
    run: list[tuple[CaseStage, CaseStage | None]],
    catalogue: Catalogue,
    end: date | None,
) -> Iterator[Interval]:
    """One interval on the list; it ends with the case's term, or sooner where a step ends it."""
    stage, following = run[0][0], run[-1][1]
    if stage.shown is None or not stage.proved or (following is None and _is_contradicted(case, rule)):
        return
    start, then = _delay_to_enactment(max(stage.shown, stage.since), catalogue), "expires"
    if following and (end is None or following.since < end):
        end, then = following.since, following.step
    if end is None or start < end:
        yield _build_interval(case, "listing", name, stage, start, end, rule.audience, then if end else "")


def _find_term_end(case: StatedCase, rule: ListRule, catalogue: Catalogue) -> date | None:
    """When the case's term on a list runs out, counted from its first stage there: what suspended it adds nothing."""
    listed = (stage for stage in case.stages if stage.step in rule.while_ and stage.shown and stage.proved)
    for stage in listed:
        first = stage.shown if rule.counts_from == "shown" else stage.since
        return _find_listing_end(case, rule, first or stage.since, catalogue)
    return None


def _delay_to_enactment(day: date, catalogue: Catalogue) -> date:
    """The day, or the rules' first day where that is later: effects start no earlier than enactment."""
    return day if catalogue.backwards else max(day, catalogue.in_force)


def _find_listing_end(case: StatedCase, rule: ListRule, first: date, catalogue: Catalogue) -> date | None:
    """When a listing's term runs out; None for a list without a term. Without a known term it ends as it begins."""
    if rule.stays is None:
        return None
    stays = resolve_length(rule.stays, case.code)
    if stays is None:
        return first
    end = stays.after(first, catalogue.month_sums)
    return min(end, case.until) if isinstance(rule.stays, DecidedTerm) and case.until else end


def _is_contradicted(case: StatedCase, rule: ListRule) -> bool:
    """Whether the source's own newest word is that the case stands elsewhere: nobody is listed against that."""
    return case.published is not None and case.published not in rule.while_


def _build_interval(
    case: StatedCase, kind: str, name: str, stage: CaseStage, start: date, end: date | None, audience: str, then: str
) -> Interval:
    because = tuple(dict.fromkeys((case.position, stage.position)))
    why = f"step:{stage.step}"
    return Interval(case.position, case.subject_id, kind, name, stage.step, start, end, audience, because, then, why)
