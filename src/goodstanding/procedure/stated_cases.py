"""One step of one case: which stage it reaches, from when, and how that is proved.

A case is a fold over its dated steps. A step moves the case only from the stages it may follow, only when its condition
holds, and not before the time that its rule asks for; otherwise it changes nothing. Nothing here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseRule as CaseRules
from goodstanding.catalogue.procedures import CaseStep


@dataclass(frozen=True, slots=True)
class StatedStep:
    """A dated step as a record states it; `holds` is None where a field for its condition is missing.

    `proved` is whether the record holds what the procedure names as proof of its steps, and who decided.
    """

    step: str
    day: date
    public_day: date | None
    holds: bool | None
    position: int
    proved: bool = True


@dataclass(frozen=True, slots=True)
class CaseStage:
    """Where a case stood from a day: `shown` is the day its publication is proved for, if it is.

    `proved` is whether this and every step before it is proved: without, it is its parties' alone and binds nothing.
    """

    step: str
    since: date
    shown: date | None
    position: int
    proved: bool = True


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
    proved = stated.proved and (not case.stages or case.stages[-1].proved)
    stage = CaseStage(stated.step, since, _find_public_day(stated, rule), stated.position, proved)
    return replace(case, stages=(*case.stages, stage))


def _is_next_step(case: StatedCase, rule: CaseStep) -> bool:
    return case.stage in rule.after if rule.after else case.stage is None


def _is_too_early(case: StatedCase, stated: StatedStep, rule: CaseStep, month_sums: str) -> bool:
    wait = resolve_length(rule.not_before, case.code)
    return wait is not None and stated.day < wait.after(case.stages[-1].since, month_sums)


def _find_public_day(stated: StatedStep, rule: CaseStep) -> date | None:
    if rule.public_on is None:
        return stated.day
    return stated.public_day if stated.public_day is not None and stated.public_day >= stated.day else None


def resolve_length(term: Period | CodedTerm | DecidedTerm | None, code: str | None) -> Period | None:
    """A length of time that may depend on the case's code, the longest there can be; None where nothing is set."""
    if isinstance(term, DecidedTerm):
        return term.at_most
    return term.terms.get(code or "") if isinstance(term, CodedTerm) else term
