"""Measures that bind others without a decision of their own: spread over the laboratory's edges, outside the check.

The rules say whom a measure reaches, by a word such as `legal-representative`, and no record says who that is. So what
is found here rests on how the laboratory ties people, and is reported apart from what the rules say of records.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.world.edges import Edges, Indices

Bound = NDArray[np.bool_]  # by agent and month, or day


def spread_along(bound: Bound, edges: Edges) -> Bound:
    """Who is bound because somebody to whom they are tied is; nobody is reached over more than one tie."""
    reached = np.zeros_like(bound)
    owners = np.repeat(np.arange(len(bound)), np.diff(edges.starts))
    np.logical_or.at(reached, owners, bound[edges.ends])
    return reached


def spread_to_representatives(bound_firms: Bound, representatives: Indices, persons: int) -> Bound:
    """Which persons are bound because a firm that they represent is."""
    reached = np.zeros((persons, *bound_firms.shape[1:]), np.bool_)
    np.logical_or.at(reached, representatives, bound_firms)
    return reached


def count_reached(bound: Bound, reached: Bound) -> float:
    """For each agent bound by a record of its own at some time, how many others are bound without any of their own."""
    own, others = bound.any(axis=1), reached.any(axis=1)
    return float((others & ~own).sum() / max(int(own.sum()), 1))
