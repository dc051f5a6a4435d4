"""Concentration: how unevenly days hit lie, and what the tenth that bears the most of them bears."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.statistics.concentration import compute_gini, compute_top_share


def list_concentration(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """The Gini index of days hit, and the share of the top tenth."""
    days = sample.history.count_days(sample.is_hit)
    for indicator, statistic in ((Indicator.GINI, compute_gini), (Indicator.TOP_TENTH, compute_top_share)):
        yield builder.build_statistic(indicator, statistic, (days,), int(np.count_nonzero(days)))
