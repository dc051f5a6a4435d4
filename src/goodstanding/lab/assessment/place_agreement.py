"""Agreement between places: the same life lived in another place, which notices more or less."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.statistics.intervals import CONFIDENCE, Estimate
from goodstanding.messages import AssessmentMessage

REGION = "region"
PARTS = 20


def list_place_agreement(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """How many end at the same grade in another place drawn by chance, and how alike both places rank them."""
    places, indicators = len(sample.list_levels(REGION)), (Indicator.SAME_GRADE, Indicator.SAME_SCORE_ORDER)
    if places < 2 or not sample.lives.scheme.origins.place_spreads.any():
        for indicator in indicators:
            code = AssessmentMessage.TRAIT_MISSING if places < 2 else AssessmentMessage.PLACES_ALIKE
            yield builder.leave_out(indicator, "", code, trait=REGION)
        return
    table = sample.chunk.table
    steps = np.random.default_rng(builder.seed).integers(1, places, len(table.places))
    moved = (table.places.astype(np.int64) + steps) % places
    elsewhere = sample.write_lives(table._replace(places=moved.astype(table.places.dtype)))
    day = sample.history.end_day - 1
    (scores, grades), (other_scores, other_grades) = (
        sample.rank_people(history, day) for history in (sample.history, elsewhere)
    )
    yield builder.build_share(Indicator.SAME_GRADE, int((grades == other_grades).sum()), sample.people)
    tau = estimate_rank_agreement(scores, other_scores, builder.seed)
    yield builder.build_finding(Indicator.SAME_SCORE_ORDER, tau, sample.people, "resampled")


def estimate_rank_agreement(scores: Floats, other_scores: Floats, seed: int) -> Estimate:
    """Kendall's tau-b of two scores of the same people; its interval from random parts of them, each with its own."""
    value = _compute_tau(scores, other_scores)
    order = np.random.default_rng(seed).permutation(len(scores))
    taus = np.array([_compute_tau(scores[part], other_scores[part]) for part in np.array_split(order, PARTS)])
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, PARTS - 1) * taus.std(ddof=1) / PARTS**0.5)
    return Estimate(value, max(-1.0, value - reach), min(1.0, value + reach))


def _compute_tau(scores: NDArray[np.float64], other_scores: NDArray[np.float64]) -> float:
    return float(stats.kendalltau(scores, other_scores).statistic)
