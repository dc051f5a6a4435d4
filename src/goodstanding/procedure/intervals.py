"""The intervals that a case's steps start: each dated, each with what follows if nobody acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, takewhile, zip_longest
from typing import Any

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import DecidedTerm
from goodstanding.catalogue.procedures import ENDING_ROLES, RELIEVING_ROLES, SUSPENDING_ROLES, CaseRule, ListRule
from goodstanding.procedure.stated_cases import (
    CaseStage,
    StatedCase,
    StatedStep,
    advance,
    derive_case_rules,
    may_move_case,
    resolve_length,
    sort_steps,
)
from goodstanding.procedure.time_limits import (
    compute_decision_end,
    compute_interim_end,
    compute_reply_end,
    compute_ruling_end,
)

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


def list_intervals(
    steps: Iterable[dict[str, Any]], catalogue: Catalogue, honours: frozenset[str] = frozenset()
) -> Iterator[Interval]:
    """The intervals of all cases whose stated steps are handed in, grouped by case.

    `steps` has the columns of `standing.compute_stated_steps`, ordered by case_position and name. `honours` are the
    kinds of case that burden nobody, and in which nobody has to be heard.
    """
    for (position, name), rows in groupby(steps, key=lambda row: (row["case_position"], row["name"])):
        case = _fold_case(position, name, list(rows), catalogue)
        yield from list_case_intervals(case if name in honours else prove_stages(case, catalogue), catalogue)


def _fold_case(position: int, name: str, rows: list[dict[str, Any]], catalogue: Catalogue) -> StatedCase:
    first = rows[0]
    case = StatedCase(position, first["subject_id"], name, first["code"], first["published"], first["until"])
    rules = derive_case_rules(catalogue, name)
    columns = ("step", "day", "public_day", "holds", "position", "proved", "noticed")
    stated = [
        StatedStep(*(row[column] for column in columns))
        for row in rows
        if may_move_case(rules.steps[row["step"]], row["source"], row["opener"], rules, catalogue)
        and row["day"] < (find_end_of_step(catalogue, name, row["step"]) or date.max)
    ]
    for step in sort_steps(stated, rules):
        case = advance(case, step, rules, catalogue.month_sums)
    return case


@lru_cache(maxsize=1024)
def find_end_of_step(catalogue: Catalogue, name: str, key: str) -> date | None:
    """The day on which the law of a step or of its records ends; None where it goes on, as all that relieves does."""
    rules = catalogue.cases[name]
    step = rules.steps[key]
    bases = (step.basis, catalogue.records[step.record or rules.record].basis)
    return None if step.role in RELIEVING_ROLES else catalogue.find_end_of_law(*bases)


def list_case_intervals(case: StatedCase, catalogue: Catalogue) -> Iterator[Interval]:
    """The intervals of one case: its stages, for the parties, and its listings."""
    for stage, following in _pair_with_next(case):
        end = following.since if following else None
        if end is None or stage.since < end:
            then = following.step if following else ""
            interval = _build_interval(case, "case", case.name, stage, stage.since, end, "parties", then)
            yield (
                replace(interval, why=f"{'late' if stage.late else 'unproved'}:{stage.step}")
                if _is_unproved_listing(stage, case, catalogue)
                else interval
            )
    for name, rule in catalogue.lists.items():
        if rule.case == case.name:
            yield from _list_listings(case, name, rule, catalogue)


def prove_stages(case: StatedCase, catalogue: Catalogue) -> StatedCase:
    """The case with what its stages prove: in a live catalogue nothing binds but what was decided after a hearing."""
    if catalogue.mode != "live":
        return case
    stages: list[CaseStage] = []
    for stage in case.stages:
        stages.append(_prove_stage(stage, stages, catalogue, catalogue.cases[case.name]))
    return replace(case, stages=tuple(stages))


def _prove_stage(stage: CaseStage, earlier: list[CaseStage], catalogue: Catalogue, rules: CaseRule) -> CaseStage:
    procedure, role = catalogue.procedures.get(rules.procedure or ""), rules.steps[stage.step].role
    proved = late = False
    if procedure and role in ("service", "reply"):  # of a decision, or in answer to an interim measure
        before = {"service": ("decision", "service"), "reply": ("interim",)}[role]
        if earlier and rules.steps[earlier[-1].step].role in before:
            proved, late = bool(earlier[-1].proved), earlier[-1].late
    elif procedure and role == "interim":
        proved = bool(stage.proved) and procedure.interim is not None
    elif procedure and role == "decision":
        heard = _has_proofs(stage, earlier, rules) and _was_heard(stage, earlier, catalogue, rules)
        late = heard and not _came_in_time(stage, earlier, catalogue, rules)
        proved = heard and not late
    return replace(stage, proved=proved, late=late)


def _has_proofs(stage: CaseStage, earlier: list[CaseStage], rules: CaseRule) -> bool:
    """Whether its records hold the proofs; a decision on an appeal, which has none of its own, rests on the first."""
    if stage.proved is not None:
        return stage.proved
    return any(before.proved for before in earlier if rules.steps[before.step].role == "decision")


def _was_heard(stage: CaseStage, earlier: list[CaseStage], catalogue: Catalogue, rules: CaseRule) -> bool:
    """Whether notice was served, after whatever ended the case before, and the days to reply had run when it decided.

    The days of the steps themselves count: a case that was opened late makes no earlier decision a later one.
    """
    served = _list_notice_days(stage, earlier, rules)
    ended = [before.since for before in earlier if rules.steps[before.step].role in ENDING_ROLES]
    if not served or max(served) >= stage.stated or (ended and max(served) < ended[-1]):
        return False
    return stage.stated >= compute_reply_end(max(served), catalogue, rules)


def _list_notice_days(stage: CaseStage, earlier: list[CaseStage], rules: CaseRule) -> list[date]:
    served = [before.stated for before in earlier if rules.steps[before.step].role == "notice"]
    return served + [before.noticed for before in (*earlier, stage) if before.noticed]


def _came_in_time(stage: CaseStage, earlier: list[CaseStage], catalogue: Catalogue, rules: CaseRule) -> bool:
    """Whether the authority's days were not over: silence past its deadline counts for the subject.

    A decision has its days from the notice. An answer to an appeal has them from that, and the decision before it, or
    the first appeal where that came sooner, must have come in time too.
    """
    suspending = [*takewhile(lambda before: rules.steps[before.step].role in SUSPENDING_ROLES, reversed(earlier))]
    if not suspending:
        served = max(_list_notice_days(stage, earlier, rules))
        return stage.stated < compute_decision_end(served, catalogue, rules)
    appealed = [before.stated for before in suspending if rules.steps[before.step].role == "appeal"]
    if appealed and stage.stated >= compute_ruling_end(max(appealed), catalogue, rules):
        return False
    before = earlier[: len(earlier) - len(suspending)]
    decided = [number for number, answered in enumerate(before) if rules.steps[answered.step].role == "decision"]
    first = before[decided[-1]] if decided else suspending[-1]
    return _came_in_time(first, before[: decided[-1]] if decided else before, catalogue, rules)


def _is_unproved_listing(stage: CaseStage, case: StatedCase, catalogue: Catalogue) -> bool:
    """Whether the stage would list its subject, if the record held its proof."""
    lists = (rule.while_ for rule in catalogue.lists.values() if rule.case == case.name)
    return not stage.proved and any(stage.step in steps for steps in lists)


def _pair_with_next(case: StatedCase) -> list[tuple[CaseStage, CaseStage | None]]:
    """Each stage with the one that ends it; none where no step ever held."""
    return list(zip_longest(case.stages, case.stages[1:]))


def _list_listings(case: StatedCase, name: str, rule: ListRule, catalogue: Catalogue) -> Iterator[Interval]:
    term = _find_term_end(case, rule, catalogue)
    runs = groupby(_pair_with_next(case), key=lambda pair: _find_ground(pair[0], case, rule, catalogue))
    for ground, pairs in runs:
        run = list(pairs)
        end = _find_sooner(term, _find_end_of_law(case, run[-1][0], catalogue))
        if ground == "interim":
            later = [following for _stage, following in run if following]
            interim_end = compute_interim_end(run[0][0].shown or run[0][0].since, later, catalogue, case.name)
            yield from _build_listing(case, name, rule, run, catalogue, min(interim_end, end or interim_end))
        elif ground:
            yield from _build_listing(case, name, rule, run, catalogue, end)


def _find_end_of_law(case: StatedCase, last: CaseStage, catalogue: Catalogue) -> date | None:
    """The first end of the laws on which the stages of a case rest, up to one of them."""
    stages = case.stages[: case.stages.index(last) + 1]
    return min(filter(None, (find_end_of_step(catalogue, case.name, stage.step) for stage in stages)), default=None)


def _find_sooner(day: date | None, other: date | None) -> date | None:
    return min(day, other) if day and other else day or other


def _find_ground(stage: CaseStage, case: StatedCase, rule: ListRule, catalogue: Catalogue) -> str:
    """What puts the subject on the list at a stage: a decision, or an interim measure; nothing if it does not bind."""
    if stage.step not in rule.while_ or not stage.shown or not stage.proved:
        return ""
    return "interim" if _is_interim(stage, case, catalogue) else "decision"


def _is_interim(stage: CaseStage, case: StatedCase, catalogue: Catalogue) -> bool:
    """Whether what binds at a stage is a measure before the hearing, in a live catalogue."""
    return catalogue.mode == "live" and catalogue.cases[case.name].steps[stage.step].role in ("interim", "reply")


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
    if stage.shown is None or (following is None and _is_contradicted(case, rule)):
        return
    start, then = _delay_to_enactment(max(stage.shown, stage.since), catalogue), "expires"
    if following and (end is None or following.since < end):
        end, then = following.since, following.step
    if end is None or start < end:
        yield _build_interval(case, "listing", name, stage, start, end, rule.audience, then if end else "")


def _find_term_end(case: StatedCase, rule: ListRule, catalogue: Catalogue) -> date | None:
    """When the case's term on a list runs out, counted from its first day there: what suspended it adds nothing."""
    listed = [stage for stage in case.stages if stage.step in rule.while_ and stage.shown and stage.proved]
    days = [stage.shown if rule.counts_from == "shown" and stage.shown else stage.since for stage in listed]
    return _find_listing_end(case, rule, min(days), catalogue) if days else None


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
