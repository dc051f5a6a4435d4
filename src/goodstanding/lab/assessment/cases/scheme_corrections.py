"""A scheme under which offices make no mistakes, or none of some kind: what it does beside is as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from goodstanding.lab.compilation.scheme_arrays import NONE, Origin, SchemeArrays, Trigger

FALSE_RECORDS, BELIEFS, DISPUTES, REMOVALS = "false-record", "belief", "dispute", "removal"


def find_mistakes(scheme: SchemeArrays) -> set[str]:
    """The mistakes that offices can make at all under a scheme."""
    is_possible = {
        FALSE_RECORDS: bool(scheme.origins.false_rates.any()),
        BELIEFS: bool(scheme.debts and scheme.debts.belief_names),
        DISPUTES: scheme.disputes is not None,
    }
    return {mistake for mistake, is_there in is_possible.items() if is_there}


def mend_scheme(scheme: SchemeArrays, mistakes: Iterable[str]) -> SchemeArrays:
    """The same scheme without these mistakes.

    Nothing is recorded that nobody did; what an office believes is so; a dispute is decided on the day of the
    decision; and what ends a case is recorded on the day it happens.
    """
    mended, origins = set(mistakes), scheme.origins
    if FALSE_RECORDS in mended:
        origins = replace(origins, false_rates=np.zeros_like(origins.false_rates))
    is_at_once = np.zeros(len(origins.names), np.bool_)
    if REMOVALS in mended:
        is_at_once |= (origins.kinds == Origin.FOLLOWING) & np.isin(
            origins.triggers[:, 0], (Trigger.PERFORMS, Trigger.SETTLES)
        )
    if DISPUTES in mended:
        is_at_once |= origins.kinds == Origin.DISPUTE
    origins = replace(
        origins,
        delays=np.where(is_at_once[:, None], 0, origins.delays).astype(origins.delays.dtype),
        terms=np.where(is_at_once, NONE, origins.terms).astype(origins.terms.dtype),
    )
    debts, disputes = scheme.debts, scheme.disputes
    if debts and BELIEFS in mended:
        sure = np.ones_like(debts.right_if_true)
        debts = replace(debts, right_if_true=sure, right_if_false=sure)
    if disputes and DISPUTES in mended:
        disputes = replace(disputes, days=0)
    return replace(scheme, origins=origins, debts=debts, disputes=disputes)
