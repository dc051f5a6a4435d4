"""Performance of duties: whether what has to be done is left undone less often than without the measures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.messages import AssessmentMessage

DUTY = "duty"


def list_duties(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """Duties left undone over those of the twin; left out where the rules record none."""
    acts = sample.lives.acts.by_name
    is_duty = np.array([acts[name].moved_by == DUTY for name in sample.lives.plan.names], np.bool_)
    if not is_duty.any():
        yield builder.leave_out(Indicator.DUTY, "", AssessmentMessage.NO_DUTIES)
        return
    under, without = (
        history.acts.count_by_agent(is_duty, sample.people).astype(np.float64)
        for history in (sample.history, sample.twin)
    )
    yield builder.build_ratio(Indicator.DUTY, under, without)
