"""From counts and columns to findings: exact intervals of shares, resampled ones of what is worked out from lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.assessment.findings import Finding, Indicator, LeftOut, Method, Result
from goodstanding.lab.statistics.intervals import (
    Estimate,
    compute_exact_share,
    compute_ratio_of_sums,
    compute_resampled_estimate,
)
from goodstanding.messages import AssessmentMessage, Message

LEAST_PEOPLE = 10  # with less than so many people to whom something happened nothing is resampled
RESAMPLES = 499
Columns = tuple[NDArray[np.float64], ...]
Statistic = Callable[..., NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class ResultBuilder:
    """Builds findings about agents of one kind, with the seed from which lives are resampled."""

    kind: AgentKind
    seed: int

    def build_finding(
        self, indicator: Indicator, estimate: Estimate, people: int, method: Method, group: str = ""
    ) -> Finding:
        """A finding whose interval is there already."""
        return Finding(indicator, self.kind, group, estimate, people, method)

    def build_share(self, indicator: Indicator, hits: int, people: int, group: str = "") -> Result:
        """A share of people, with its exact interval; left out of nobody."""
        if not people:
            return self.leave_out(indicator, group, AssessmentMessage.TOO_FEW, number=0, people=0, least=1)
        return Finding(indicator, self.kind, group, compute_exact_share(hits, people), people, "exact")

    def build_mean(self, indicator: Indicator, column: NDArray[np.float64], group: str = "") -> Result:
        """The mean over people; left out where it is anything but 0 for too few of them."""
        return self.build_statistic(indicator, np.mean, (column,), int(np.count_nonzero(column)), group)

    def build_ratio(self, indicator: Indicator, upper: NDArray[np.float64], lower: NDArray[np.float64]) -> Result:
        """The sum of one column of the same people over that of another; 1, and surely, where both are equal."""
        number = min(int(np.count_nonzero(upper)), int(np.count_nonzero(lower)))
        return self.build_statistic(indicator, compute_ratio_of_sums, (upper, lower), number)

    def build_statistic(
        self, indicator: Indicator, statistic: Statistic, columns: Columns, number: int, group: str = ""
    ) -> Result:
        """A statistic of columns with a value for each person; `number` is how many it rests on at the least."""
        people = len(columns[0])
        if number < LEAST_PEOPLE:
            return self.leave_out_few(indicator, number, people, group)
        estimate = compute_resampled_estimate(statistic, columns, self.seed, RESAMPLES)
        return Finding(indicator, self.kind, group, estimate, people, "resampled")

    def leave_out_few(self, indicator: Indicator, number: int, people: int, group: str = "") -> LeftOut:
        """Leaves out what rests on too few people."""
        params = {"number": f"{number:,}", "people": f"{people:,}", "least": LEAST_PEOPLE}
        return self.leave_out(indicator, group, AssessmentMessage.TOO_FEW, **params)

    def leave_out(self, indicator: Indicator, group: str, reason: AssessmentMessage, **params: object) -> LeftOut:
        """Leaves a indicator out, with the reason."""
        return LeftOut(indicator, self.kind, group, Message(reason, params))
