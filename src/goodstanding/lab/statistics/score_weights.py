"""Scores made of several columns: with weights that somebody printed, or fitted to a question (logistic regression)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Numbers = NDArray[np.float64]
_MOST_STEPS, _CLOSE = 50, 1e-9


def standardise(columns: Numbers, like: Numbers | None = None) -> Numbers:
    """Each column with mean 0 and spread 1, by its own values or by those of other rows."""
    rows = columns if like is None else like
    spread = rows.std(axis=0)
    return np.asarray((columns - rows.mean(axis=0)) / np.where(spread == 0, 1.0, spread))


def weigh_columns(columns: Numbers, weights: Numbers) -> Numbers:
    """A score with printed weights: the weighted mean of the standardised columns."""
    return np.asarray(standardise(columns) @ (weights / weights.sum()))


def fit_score(columns: Numbers, happened: NDArray[np.bool_], tested: Numbers) -> Numbers:
    """The fitted score of the rows asked about, from other rows whose outcome is known: weights that fit it best.

    Logistic regression with a slight penalty (one row's worth), so that columns that say the same do no harm.
    """
    weights = _find_best_weights(_add_constant(standardise(columns)), happened)
    return np.asarray(_add_constant(standardise(tested, columns)) @ weights)


def _find_best_weights(rows: Numbers, happened: NDArray[np.bool_]) -> Numbers:
    """The weights of the greatest penalised likelihood, by Newton's method: its surface is convex."""
    penalty = np.eye(rows.shape[1]) / len(rows)
    weights = np.zeros(rows.shape[1])
    for _step in range(_MOST_STEPS):
        risk = expit(rows @ weights)
        slope = rows.T @ (happened - risk) - penalty @ weights
        step = np.linalg.solve((rows * (risk * (1 - risk))[:, None]).T @ rows + penalty, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return weights


def _add_constant(columns: Numbers) -> Numbers:
    return np.column_stack([columns, np.ones(len(columns))])
