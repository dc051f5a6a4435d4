"""Of a life with cases: what was decided of it, what became of debts, and whom else a list or measure binds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from goodstanding.catalogue.model import Catalogue
from goodstanding.lab.assessment.cases.bound_representatives import find_bound_standings, list_reaches
from goodstanding.lab.assessment.cases.case_histories import (
    E_DAY,
    E_DEBT,
    E_OCCURRED,
    E_ORDER,
    E_VARIANT,
    H_DAY,
    H_TRIGGER,
    H_TRUTH,
    H_WHICH,
    CaseHistory,
)
from goodstanding.lab.assessment.life_histories import LifeHistory, find_record_acts
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.compilation.scheme_arrays import Trigger
from goodstanding.lab.simulation.docket.docket_memory import GONE, NOBODYS_DEBT
from goodstanding.lab.simulation.scheme_lives import SchemeLives

CAN_BE_PAID, CANNOT_BE_PAID = "can be paid", "cannot be paid"
_TURNS = {
    Trigger.OPENS: "a debt arises",
    Trigger.PERFORMS: "a debt is paid",
    Trigger.SETTLES: "a debt is settled",
    Trigger.CANNOT: "a debt is shown not to be payable",
}


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision on the day it is known, changes, or is taken back, with the variant that it is or was last."""

    day: int
    occurred: int
    variant: int
    is_withdrawn: bool
    is_false: bool


@dataclass(frozen=True, slots=True)
class ToldDebt:
    """What becomes of a debt on a day; of one that arises also whether it can be paid."""

    day: int
    turn: str
    truth: str


def list_told_decisions(history: LifeHistory) -> list[ToldDecision]:
    """The decisions of the only agent; none where there are no cases."""
    by_order: dict[int, int] = {}
    decisions = []
    for row in history.decisions.tolist() if isinstance(history, CaseHistory) else ():
        is_withdrawn = row[E_VARIANT] == GONE
        variant = by_order[row[E_ORDER]] if is_withdrawn else row[E_VARIANT]
        by_order[row[E_ORDER]] = variant
        is_false = row[E_DEBT] == NOBODYS_DEBT
        decisions.append(ToldDecision(row[E_DAY], row[E_OCCURRED], variant, is_withdrawn, is_false))
    return decisions


def iterate_told_debts(history: LifeHistory) -> Iterator[ToldDebt]:
    """What became of the debts of the only agent."""
    for row in history.happenings.tolist() if isinstance(history, CaseHistory) else ():
        trigger, truth = Trigger(row[H_TRIGGER]), CAN_BE_PAID if row[H_TRUTH] & 1 else CANNOT_BE_PAID
        yield ToldDebt(row[H_DAY], _TURNS[trigger], truth if trigger == Trigger.OPENS else "")


def list_decided_acts(lives: SchemeLives, history: LifeHistory) -> set[tuple[int, int]]:
    """Acts of the only agent, with their days, that a decision is about: by its debt, else the last one before it."""
    if not isinstance(history, CaseHistory):
        return set()
    names, done = lives.plan.names, list(zip(history.acts.acts.tolist(), history.acts.days.tolist(), strict=True))
    opened = {row[H_WHICH]: row[H_DAY] for row in history.happenings.tolist() if row[H_TRIGGER] == Trigger.OPENS}
    rows = history.decisions[(history.decisions[:, E_VARIANT] != GONE) & (history.decisions[:, E_DEBT] != NOBODYS_DEBT)]
    decided = set()
    for row, own_act in zip(rows.tolist(), find_record_acts(lives, rows[:, E_VARIANT]).tolist(), strict=True):
        first = opened.get(row[E_DEBT])
        if first is None:
            decided |= set([pair for pair in done if pair[0] == own_act and pair[1] <= row[E_OCCURRED]][-1:])
        else:
            decided |= {(act, day) for act, day in done if day == first and lives.acts.by_name[names[act]].opens}
    return decided


def list_bound_beside(sample: LifeSample, catalogue: Catalogue) -> tuple[str, ...]:
    """Lists and measures that bind others too, of those that ever hold, with the words of the rules for whom."""
    numbers = np.unique(sample.history.standings[:, 3])
    titles = {name: rule.title for name, rule in catalogue.lists.items()}
    titles |= {name: rule.title for name, rule in catalogue.measures.items()}
    words: dict[str, list[str]] = {}
    for reach in list_reaches(catalogue):
        if find_bound_standings(sample, reach.rule)[numbers].any():
            words.setdefault(reach.rule, []).append(reach.word)
    return tuple(f"{titles[rule]}: {', '.join(of_rule)}" for rule, of_rule in words.items())
