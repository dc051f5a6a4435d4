"""Scores made of several columns: with weights that somebody printed, or fitted to a question (logistic regression)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import optimize
from scipy.special import log_expit

Numbers = NDArray[np.float64]


def standardise(columns: Numbers, like: Numbers | None = None) -> Numbers:
    """Each column with mean 0 and spread 1, by its own values or by those of other rows."""
    rows = columns if like is None else like
    spread = rows.std(axis=0)
    return np.asarray((columns - rows.mean(axis=0)) / np.where(spread == 0, 1.0, spread))


def weigh_columns(columns: Numbers, weights: Numbers) -> Numbers:
    """A score with printed weights: the weighted mean of the standardised columns."""
    return np.asarray(standardise(columns) @ (weights / weights.sum()))


def fit_score(columns: Numbers, happened: NDArray[np.bool_], asked: Numbers) -> Numbers:
    """The fitted score of the rows asked about, from other rows whose outcome is known: weights that fit it best.

    Logistic regression with a slight penalty (one row's worth), so that columns that say the same do no harm.
    """
    rows = _add_constant(standardise(columns))
    signs = np.where(happened, 1.0, -1.0)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins = signs * (rows @ weights)
        slope = rows.T @ (-signs * np.exp(log_expit(-margins))) + weights / len(rows)
        return float(-log_expit(margins).sum() + weights @ weights / (2 * len(rows))), slope

    best = optimize.minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(_add_constant(standardise(asked, columns)) @ best.x)


def _add_constant(columns: Numbers) -> Numbers:
    return np.column_stack([columns, np.ones(len(columns))])
