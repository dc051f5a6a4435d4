"""The work that decisions make: how many there are of each agent, and how many disputes are to be expected of them."""

from __future__ import annotations

import numpy as np

from goodstanding.lab.assessment.cases.case_histories import (
    E_AGENT,
    E_DEBT,
    E_ORDER,
    E_VARIANT,
    CaseHistory,
)
from goodstanding.lab.assessment.life_histories import Floats, Truths, find_record_origins
from goodstanding.lab.simulation.docket.case_table import V_OPENS, V_RECORD
from goodstanding.lab.simulation.docket.debt_table import B_OF_HIDING
from goodstanding.lab.simulation.docket.decision_table import O_NEEDS, O_READS
from goodstanding.lab.simulation.docket.docket_memory import NOBODYS_DEBT
from goodstanding.lab.simulation.docket.docket_table import DocketTable
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.lab.simulation.reactions import MECHANISMS
from goodstanding.lab.simulation.scheme_lives import SchemeLives

_CAN_BIT, _HIDES_BIT, _FIRST_BELIEF = range(3)  # of what is true and believed of a debt


def count_decision_work(lives: SchemeLives, history: CaseHistory) -> tuple[Floats, Floats]:
    """Decisions about each agent, and disputes to be expected of those that can be disputed, right and wrong."""
    disputes, table = lives.scheme.disputes, lives.build_occasions(MECHANISMS).docket
    assert table, "only a scheme with cases makes decisions"
    rows = list_first_decisions(history)
    decided = np.bincount(rows[:, E_AGENT], minlength=history.agents).astype(np.float64)
    if disputes is None:
        return decided, np.zeros_like(decided)
    of_cases, about = table.law.variants[rows[:, E_VARIANT]], table.decisions.dispute_about
    can_be = (of_cases[:, V_OPENS] == 1) & ((of_cases[:, V_RECORD] == about) | (about < 0))
    chances = np.where(
        mark_wrong_decisions(lives, table, history, rows), disputes.asks_if_wrong, disputes.asks_if_right
    )
    disputed = np.bincount(rows[:, E_AGENT], weights=chances * can_be, minlength=history.agents)
    return decided, np.asarray(disputed, np.float64)


def list_first_decisions(history: CaseHistory) -> Integers:
    """The decisions as they were first made: what changes or withdraws one is none."""
    _keys, first = np.unique(history.decisions[:, [E_AGENT, E_ORDER]], axis=0, return_index=True)
    return np.asarray(history.decisions[np.sort(first)])


def mark_wrong_decisions(lives: SchemeLives, table: DocketTable, history: CaseHistory, rows: Integers) -> Truths:
    """Which decisions say what nobody did, or rest on what is wrongly held against a debtor."""
    debts = history.list_debts()
    keys, own = debts[:, 0] << 32 | debts[:, 1], rows[:, E_AGENT] << 32 | np.maximum(rows[:, E_DEBT], 0)
    order = np.argsort(keys)
    places = np.searchsorted(keys[order], own)
    is_known = (rows[:, E_DEBT] >= 0) & (np.append(keys[order], -1)[places] == own)
    truths = np.where(is_known, np.append(debts[order, 2], 0)[places], 0)
    origins = find_record_origins(lives, rows[:, E_VARIANT])
    read = table.decisions.origins[origins, O_NEEDS] | table.decisions.origins[origins, O_READS]
    wronged = np.zeros(len(rows), np.bool_)
    for belief, rule in enumerate(table.debts.beliefs):
        is_true = truths >> (_HIDES_BIT if rule[B_OF_HIDING] else _CAN_BIT) & 1
        wronged |= (read >> belief & truths >> (_FIRST_BELIEF + belief) & 1 == 1) & (is_true == 0)
    return np.asarray((rows[:, E_DEBT] == NOBODYS_DEBT) | (is_known & wronged))
