"""What is true of debts and believed of them, as compiled code reads it: in 2^-32, or of a month from 0 to 1."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import Acts
from goodstanding.lab.compilation.scheme_arrays import SchemeArrays
from goodstanding.lab.simulation.docket.decision_table import find_chance_while_unable
from goodstanding.lab.simulation.kernel_tables import Integers, list_acts
from goodstanding.lab.world import compute_threshold

CAN_PAY, HIDES_IF_CANNOT = range(2)  # of `truths`; and last that assets are hidden by who can
B_OF_HIDING, B_RIGHT_IF_FALSE = range(2)  # columns of a belief; and last how often it is right if true


class DebtTable(NamedTuple):
    """Which acts open a debt, what is then true and believed, and how likely what comes next is in a month.

    `performs` is the chance with no measure at work, `performs_most` that with all: candidates are drawn from it.
    """

    opens: NDArray[np.bool_]
    truths: Integers
    beliefs: Integers
    recovers: float
    settles: float
    cannot: float
    performs: float
    performs_most: float


def build_debt_table(scheme: SchemeArrays, acts: Acts) -> DebtTable:
    """The debts of a scheme; none opens where nothing is said of them."""
    debts, names = scheme.debts, list_acts(scheme)
    if debts is None:
        nobody, no_beliefs = np.zeros(len(names), np.bool_), np.zeros((0, 3), np.int64)
        return DebtTable(nobody, np.zeros(3, np.int64), no_beliefs, 0.0, 0.0, 0.0, 0.0, 0.0)
    truths = (debts.can_pay, debts.hides_if_cannot, debts.hides_if_can)
    rights = zip(debts.belief_of_hiding, debts.right_if_false, debts.right_if_true, strict=True)
    beliefs = [(int(of_hiding), compute_threshold(false), compute_threshold(true)) for of_hiding, false, true in rights]
    return DebtTable(
        np.array([acts.by_name[name].opens == "debt" for name in names], np.bool_),
        np.array([compute_threshold(chance) for chance in truths], np.int64),
        np.array(beliefs, np.int64).reshape(-1, 3),
        debts.recovers, debts.settles, find_chance_while_unable(scheme), debts.performs,
        min(1.0, debts.performs + float(debts.performs_more.sum())),
    )  # fmt: skip
