"""Information: whether the score tells who breaches within a year, and whether a risk made of it comes true.

The question is asked of other people than those of whom the risk is made: half of the sample each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from goodstanding.lab.assessment.findings import Indicator, Result
from goodstanding.lab.assessment.life_histories import Floats, Truths
from goodstanding.lab.assessment.life_samples import LifeSample
from goodstanding.lab.assessment.result_builder import LEAST_PEOPLE, ResultBuilder
from goodstanding.lab.compilation.scheme_arrays import NONE
from goodstanding.lab.statistics.discrimination import compare_auc, estimate_auc, list_calibration_bins
from goodstanding.lab.statistics.intervals import compute_exact_share
from goodstanding.lab.statistics.score_weights import fit_score
from goodstanding.messages import AssessmentMessage

QUESTION_MONTHS = 12
BINS = 5
INDICATORS = (Indicator.AUC, Indicator.AUC_LEAD, Indicator.CALIBRATION)


@dataclass(frozen=True, slots=True)
class Question:
    """Of each person: the score on a day, breaches before it, whether one follows, and whether the risk is fitted."""

    scores: Floats
    past: Floats
    happens: Truths
    is_fitted: Truths

    @property
    def least(self) -> int:
        """The fewest of any kind of person that both halves have."""
        halves = (self.is_fitted, ~self.is_fitted)
        return min(int((half & (self.happens == answer)).sum()) for half in halves for answer in (True, False))


def list_information(sample: LifeSample, builder: ResultBuilder) -> Iterator[Result]:
    """How well the score sorts people, beside what counting past breaches would, and how the fitted risk comes true."""
    starts = sample.lives.month_starts
    if len(starts) - 1 < 2 * QUESTION_MONTHS:
        for indicator in INDICATORS:
            yield builder.leave_out(indicator, "", AssessmentMessage.TIME_TOO_SHORT, months=2 * QUESTION_MONTHS)
        return
    question = _ask(sample, int(starts[-1 - QUESTION_MONTHS]), builder.seed)
    if question.least < LEAST_PEOPLE:
        yield from (builder.leave_out_few(indicator, question.least, sample.people) for indicator in INDICATORS)
        return
    tested = ~question.is_fitted
    people, risks, happens = int(tested.sum()), -question.scores[tested], question.happens[tested]
    yield builder.build_finding(Indicator.AUC, estimate_auc(risks, happens), people, "linearised")
    lead = compare_auc(risks, question.past[tested], happens)
    yield builder.build_finding(Indicator.AUC_LEAD, lead, people, "linearised")
    yield from _list_calibration(question, builder)


def _ask(sample: LifeSample, day: int, seed: int) -> Question:
    """Of whoever has a score on that day."""
    scores, grades = sample.rank_people(sample.history, day)
    acts = sample.history.acts
    whole, later = (acts.count_by_agent(sample.is_breach, sample.people, first) for first in (0, day))
    is_asked = grades != NONE
    is_fitted = np.random.default_rng(seed).random(sample.people) < 0.5
    past = (whole - later).astype(np.float64)
    return Question(scores[is_asked], past[is_asked], later[is_asked] > 0, is_fitted[is_asked])


def _list_calibration(question: Question, builder: ResultBuilder) -> Iterator[Result]:
    """By fifths of the stated risk, from the lowest: the share to whom it happened, less what was stated."""
    fitted, tested = question.is_fitted, ~question.is_fitted
    columns = question.scores[:, None]
    risks = expit(fit_score(columns[fitted], question.happens[fitted], columns[tested]))
    for place, of_bin in enumerate(list_calibration_bins(risks, question.happens[tested], BINS), start=1):
        share = compute_exact_share(round(of_bin.happened * of_bin.people), of_bin.people)
        less = type(share)(*(end - of_bin.stated for end in (share.value, share.low, share.high)))
        yield builder.build_finding(Indicator.CALIBRATION, less, of_bin.people, "exact", f"risk {place} of {BINS}")
