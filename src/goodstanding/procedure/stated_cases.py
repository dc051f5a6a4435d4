"""One step of one case: which stage it reaches, from when, and how that is proved.

A case is a fold over its dated steps. A step moves the case only from the stages it may follow, only when its condition
holds, and not before the time that its rule asks for; otherwise it changes nothing. Nothing here reads a clock.

In a live catalogue what relieves the subject counts at once, from whoever may state it, whatever its rules say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import (
    ENDING_ROLES,
    RELEASING_ROLES,
    RELIEVING_ROLES,
    SUSPENDING_ROLES,
    CaseStep,
    follows_suspension,
)
from goodstanding.catalogue.procedures import CaseRule as CaseRules


@dataclass(frozen=True, slots=True)
class StatedStep:
    """A dated step as a record states it; `holds` is None where a field for its condition is missing.

    `proved` is whether its records hold what the procedure names as proof, and who decided; None where they have no
    field for it. `noticed` is the day on which notice was served, as they prove it.
    """

    step: str
    day: date
    public_day: date | None
    holds: bool | None
    position: int
    proved: bool | None = True
    noticed: date | None = None


@dataclass(frozen=True, slots=True)
class CaseStage:
    """Where a case stood from a day: `shown` is the day its publication is proved for, if it is.

    `stated` is its step's own day, which may be earlier. `proved` and `noticed` are those of its step; without proof it
    is its parties' alone and binds nothing. `late` is whether that is so because the authority's days were over.
    """

    step: str
    since: date
    stated: date
    shown: date | None
    position: int
    proved: bool | None = True
    noticed: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class StatedCase:
    """A case so far: who it is about, the code its terms depend on, what its source publishes, its stages in order.

    `until` is the day that the decision itself sets for the end, where it does.
    """

    position: int
    subject_id: int
    name: str
    code: str | None = None
    published: str | None = None
    until: date | None = None
    stages: tuple[CaseStage, ...] = ()

    @property
    def stage(self) -> str | None:
        """The stage reached; None before the first step."""
        return self.stages[-1].step if self.stages else None


def sort_steps(steps: list[StatedStep], rules: CaseRules) -> list[StatedStep]:
    """Steps as they count: the opening one first, then by day, on one day in the order the catalogue declares."""
    rank = {name: index for index, name in enumerate(rules.steps)}
    return sorted(steps, key=lambda step: (bool(rules.steps[step.step].after), step.day, rank[step.step]))


def advance(case: StatedCase, stated: StatedStep, rules: CaseRules, month_sums: str = "last-day") -> StatedCase:
    """The case after one stated step; the same case where the step may not move it."""
    rule = rules.steps[stated.step]
    if stated.holds is not True or not _is_next_step(case, rule) or _is_too_early(case, stated, rule, month_sums):
        return case
    since = max(stated.day, case.stages[-1].since) if case.stages else stated.day
    shown = _find_public_day(stated, rule)
    stage = CaseStage(stated.step, since, stated.day, shown, stated.position, stated.proved, stated.noticed)
    return replace(case, stages=(*case.stages, stage))


def _is_next_step(case: StatedCase, rule: CaseStep) -> bool:
    return case.stage in rule.after if rule.after else case.stage is None


def _is_too_early(case: StatedCase, stated: StatedStep, rule: CaseStep, month_sums: str) -> bool:
    wait = resolve_length(rule.not_before, case.code)
    return wait is not None and bool(case.stages) and stated.day < wait.after(case.stages[-1].since, month_sums)


def _find_public_day(stated: StatedStep, rule: CaseStep) -> date | None:
    if rule.public_on is None:
        return stated.day
    return stated.public_day if stated.public_day is not None and stated.public_day >= stated.day else None


def resolve_length(term: Period | CodedTerm | DecidedTerm | None, code: str | None) -> Period | None:
    """A length of time that may depend on the case's code, the longest there can be; None where nothing is set."""
    if isinstance(term, DecidedTerm):
        return term.at_most
    return term.terms.get(code or "") if isinstance(term, CodedTerm) else term


@lru_cache(maxsize=256)
def derive_case_rules(catalogue: Catalogue, name: str) -> CaseRules:
    """A case's rules as they run: in a live catalogue what relieves the subject waits for nothing and comes last."""
    rules = catalogue.cases[name]
    if catalogue.mode != "live":
        return rules
    on_lists = {stage for rule in catalogue.lists.values() if rule.case == name for stage in rule.while_}
    running = tuple(key for key, step in rules.steps.items() if step.role not in ENDING_ROLES)
    contestable = tuple(key for key in running if key in on_lists and not follows_suspension(rules.steps[key], rules))
    steps = {key: _relieve(step, running, contestable) for key, step in rules.steps.items()}
    ordered = sorted(steps, key=lambda key: _rank_step(steps[key], rules))
    return rules.model_copy(update={"steps": {key: steps[key] for key in ordered}})


def _relieve(step: CaseStep, running: tuple[str, ...], contestable: tuple[str, ...]) -> CaseStep:
    """The same step, but one that relieves the subject follows every stage from which it has to."""
    if not step.after or step.role not in RELEASING_ROLES | SUSPENDING_ROLES:
        return step
    further = running if step.role in RELEASING_ROLES else contestable
    return step.model_copy(update={"after": tuple(dict.fromkeys((*step.after, *further))), "not_before": None})


def _rank_step(step: CaseStep, rules: CaseRules) -> int:
    """The order on one day: what is decided first, then what suspends it, what answers that, and what ends it."""
    if step.role in ENDING_ROLES:
        return 3
    if step.role in SUSPENDING_ROLES:
        return 1
    return 2 if follows_suspension(step, rules) else 0


def may_move_case(step: CaseStep, source: str, opener: str, rules: CaseRules, catalogue: Catalogue) -> bool:
    """Whether a source may state a step of a case: what relieves, what it opened, what another kind decides about it.

    Who opened a case does not answer the appeal against it, where another kind of source can.
    """
    kinds = catalogue.source_kinds
    if step.role in RELIEVING_ROLES:
        return True
    if source != opener:
        return source in kinds and opener in kinds and kinds[source] != kinds[opener]
    if not follows_suspension(step, rules) or opener not in kinds or catalogue.mode != "live":
        return True
    return set(catalogue.records[step.record or rules.record].by) == {kinds[opener]} or not _is_heard_apart(
        rules, catalogue
    )


def _is_heard_apart(rules: CaseRules, catalogue: Catalogue) -> bool:
    procedure = catalogue.procedures.get(rules.procedure or "")
    return bool(procedure and procedure.appeal and procedure.appeal.body in ("independent", "court"))
