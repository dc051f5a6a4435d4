"""The arrays of debts: what is true of them in the world, how that changes, and what an authority believes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.behaviour.behaviour_file import Behaviour
from goodstanding.lab.behaviour.behaviour_model import DebtTruth
from goodstanding.lab.compilation.array_types import NONE, Indexes, Truths
from goodstanding.lab.compilation.array_values import make_indexes, make_truths

_OF_THOSE_WHO_CAN = "can_pay"
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DebtArrays:
    """What is true of a debt, in chances from 0 to 1; those of a month while it is open.

    can_pay           at first
    hides_if_can      that assets are hidden, and hides_if_cannot
    recovers          that who could not pay now can
    settles           that it is settled
    performs          that who can pay does, with no measure at work
    performs_more     field: how much more while a measure of that field is
    measure_fields    measure: its field, as an index of `performs_more`; NONE for any other
    belief_names      what is believed of a debt
    belief_of_hiding  belief: whether it is about hidden assets, else about being able to pay
    right_if_true     belief: how often it is right where it is so, and right_if_false
    """

    can_pay: float
    hides_if_can: float
    hides_if_cannot: float
    recovers: float
    settles: float
    performs: float
    performs_more: Chances
    measure_fields: Indexes
    belief_names: tuple[str, ...]
    belief_of_hiding: Truths
    right_if_true: Chances
    right_if_false: Chances


def build_debt_arrays(behaviour: Behaviour) -> DebtArrays | None:
    """The debts of a behaviour; None where nothing is said of any."""
    truth = behaviour.rules.truth
    if truth is None:
        return None
    debt, beliefs = truth.debt, tuple(truth.belief.values())
    fields, measures = list(debt.performs.by_channel), behaviour.catalogue.measures.values()
    return DebtArrays(
        can_pay=debt.can_pay.value,
        hides_if_can=debt.hides_assets.value,
        hides_if_cannot=_find_hiding_otherwise(debt),
        recovers=debt.recovers.value,
        settles=debt.settles.value if debt.settles else 0.0,
        performs=debt.performs.base.value,
        performs_more=np.array([parameter.value for parameter in debt.performs.by_channel.values()], np.float64),
        measure_fields=make_indexes(fields.index(rule.field) if rule.field in fields else NONE for rule in measures),
        belief_names=tuple(truth.belief),
        belief_of_hiding=make_truths(belief.of == "hides_assets" for belief in beliefs),
        right_if_true=np.array([belief.right_if_can.value for belief in beliefs], np.float64),
        right_if_false=np.array([belief.right_if_cannot.value for belief in beliefs], np.float64),
    )


def _find_hiding_otherwise(debt: DebtTruth) -> float:
    """The chance where it cannot be paid: none where the share is one of those who can."""
    return 0.0 if debt.hides_assets.of == _OF_THOSE_WHO_CAN else debt.hides_assets.value
