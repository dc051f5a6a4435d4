"""What lists do to whom beside hits: by which mistake, on account of what nobody can pay, and for how long after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from goodstanding.lab.assessment.cases.case_samples import CaseSample
from goodstanding.lab.assessment.cases.scheme_corrections import find_mistakes
from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.hits import count_differing_days, list_days, list_wrong_times
from goodstanding.lab.assessment.result_builder import ResultBuilder
from goodstanding.lab.simulation.docket.decision_table import build_working_days
from goodstanding.lab.simulation.kernel_tables import Integers
from goodstanding.messages import AssessmentMessage


def list_wrongs_of_lists(sample: CaseSample, builder: ResultBuilder) -> Iterator[Result]:
    """Wrongly hit by each kind of mistake, hit where they cannot pay, and hit after what it was for was done."""
    wrongly = (Indicator.WRONGLY_HIT, Indicator.WRONG_DAYS)
    for mistake, mended in sample.by_mistake.items():
        if mistake not in find_mistakes(sample.lives.scheme):
            for indicator in wrongly:
                yield builder.leave_out(indicator, mistake, AssessmentMessage.NO_SUCH_MISTAKE)
            continue
        days = count_differing_days(sample.history, mended, sample.is_hit)
        yield from list_days(sample, builder, wrongly, days, mistake)
    if sample.lives.scheme.debts is None:
        missing = (
            Indicator.UNABLE,
            Indicator.UNABLE_DAYS,
            Indicator.KEPT_ON,
            Indicator.KEPT_ON_DAYS,
            Indicator.OVERDUE,
        )
        yield from (builder.leave_out(indicator, "", AssessmentMessage.NO_DEBTS) for indicator in missing)
        return
    unable, kept = (Indicator.UNABLE, Indicator.UNABLE_DAYS), (Indicator.KEPT_ON, Indicator.KEPT_ON_DAYS)
    yield from list_days(sample, builder, unable, sample.history.count_days(sample.is_unable))
    yield from list_days(sample, builder, kept, count_differing_days(sample.history, sample.prompt, sample.is_hit))
    yield from _list_overdue(sample, builder)


def _list_overdue(sample: CaseSample, builder: ResultBuilder) -> Iterator[Result]:
    """Of the times on each list after what it was for was done, those longer than the rules allow in working days."""
    behaviour = sample.counts.behaviour
    for which, name in enumerate(sample.cases.list_names):
        term = behaviour.catalogue.lists[name].ends_within if behaviour else None
        if term is None:
            reason = AssessmentMessage.NO_TERM_TO_END if behaviour else AssessmentMessage.BEHAVIOUR_NOT_GIVEN
            yield builder.leave_out(Indicator.OVERDUE, name, reason)
            continue
        times = list_wrong_times(sample.history, sample.prompt, sample.is_on(which))
        ended = times[times[:, 2] < sample.history.end_day]
        days = count_working_days(sample.lives.scheme.calendar, ended)
        yield builder.build_share(Indicator.OVERDUE, int((days > term).sum()), len(ended), name)


def count_working_days(calendar: str, times: Integers) -> Integers:
    """How many working days come after the first day of each time, up to its end, which is the day it is over."""
    if not len(times):
        return np.zeros(0, np.int64)
    first = int(times[:, 1].min())
    counts, _days = build_working_days(calendar, first, int(times[:, 2].max()) + 1)
    return np.asarray(counts[times[:, 2] - first] - counts[times[:, 1] - first])
