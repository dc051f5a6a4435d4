"""Findings: figures that are never without their interval; and what is left out, with the reason, never as zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from goodstanding.lab.acts import AgentKind
from goodstanding.lab.statistics.intervals import Estimate
from goodstanding.messages import Message

Method = Literal["exact", "resampled", "linearised", "ranges"]


class Indicator(Enum):
    """What is measured: its name, its unit, and what it means."""

    HIT = "hit", "share of people", "ever at a bad grade, on a bad list, or under a measure that takes something away"
    HIT_DAYS = "hit-days", "days a person and year", "days hit, on average over everybody"
    DAYS_OF_HIT = "days-of-hit", "days a person", "days hit, on average over those hit at all"
    WRONGLY_HIT = (
        "wrongly-hit",
        "share of people",
        "hit on days on which only a false or withdrawn record put them there",
    )
    WRONG_DAYS = "wrong-days", "days a person and year", "days hit that there would not be without such records"
    WRONGLY_SPARED = "wrongly-spared", "share of people", "not hit on days on which only such a record spared them"
    UNHEARD = "unheard", "share of people", "hit, where the rules let nobody answer before it takes effect"
    UNHEARD_DAYS = "unheard-days", "days a person and year", "days hit, where nobody could answer before"
    UNABLE = "hit-unable", "share of people", "hit by lists alone, for debts that they could not pay then"
    UNABLE_DAYS = "unable-days", "days a person and year", "days hit by lists alone, for such debts"
    KEPT_ON = "kept-on", "share of people", "hit after what it was for was done, until that was recorded"
    KEPT_ON_DAYS = "kept-on-days", "days a person and year", "days hit after it was done, until that was recorded"
    OVERDUE = "overdue", "share of times", "on a list after it was done for longer than the rules allow"
    REACHED = (
        "reached",
        "others for each one",
        "bound without a decision of their own, as they are tied to somebody who is; outside the check of the rules",
    )
    COPIED_DAYS = "copied-days", "days a wrong time", "from when the source was right until the last copy was gone"
    STALE = "stale-copies", "share of wrong times", "after which some holder kept its copy to the end of the run"
    BACK = (
        "put-back",
        "share of wrong times",
        "after which some holder took it anew from another one",
    )
    MOVES_UP = "moves-up", "moves a person and year", "changes to a better grade, or off a list"
    MOVES_DOWN = "moves-down", "moves a person and year", "changes to a worse grade, or onto a list"
    MOVEMENT = "movement", "share of a grade", "of those at a grade or on lists half-way, where they stood at the end"
    SPIRAL = "spiral", "times", "breaches after the first fall, over those of the same people without the measures"
    DIFFERENCE = "difference", "share of people", "the share hit of the first group, less that of the second"
    RATIO = "ratio", "times", "the share hit of the first group, over that of the second"
    CONDUCT_RATIO = "conduct-ratio", "times", "breaches without the rules of the first group, over those of the second"
    AMPLIFICATION = "amplification", "times", "how much more unequal days hit are than the conduct behind them"
    SAME_GRADE = "same-grade", "share of people", "the same life in another place ends at the same grade"
    SAME_SCORE_ORDER = "same-order", "Kendall tau-b", "how alike two places rank the same lives by points"
    AUC = (
        "auc",
        "share of pairs",
        "of somebody who breaches within a year and somebody who does not, the score tells which",
    )
    AUC_LEAD = (
        "auc-lead",
        "share of pairs",
        "that share, less what counting past breaches would give, were they all known",
    )
    CALIBRATION = "calibration", "share of people", "how much oftener it happened than the fitted score had said"
    DUTY = "duty", "times", "duties left undone, over those left undone without the measures"
    PERFORMED = "performed", "share of debts", "debts that were performed by the end of the run"
    PERFORMED_MORE = "performed-more", "share of debts", "that share, less that of the same people without the measures"
    RECORD_WORK = "record-work", "staff days for 1,000 people and year", "time of offices to make records"
    DISPUTE_WORK = "dispute-work", "staff days for 1,000 people and year", "time of offices to decide disputes"
    STAFF_COST = "staff-cost", "units of money a person and year", "pay for that time, at the mean income"
    INCOME_LOST = (
        "income-lost",
        "units of money a person and year",
        "what measures take of incomes, less what benefits give",
    )
    GINI = "gini", "0 to 1", "how unevenly days hit lie: 0 where all bear alike"
    TOP_TENTH = "top-tenth", "share of days", "of all days hit, those of the tenth that bears the most"

    def __init__(self, label: str, unit: str, says: str) -> None:
        self.label = label
        self.unit = unit
        self.says = says


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure with its interval: of which kind of agent and group, from how many of them, by which method.

    `detectable` is the least difference that would be seen with so many: a smaller one may be there unseen.
    """

    indicator: Indicator
    kind: AgentKind
    group: str
    estimate: Estimate
    people: int
    method: Method
    detectable: float | None = None

    @property
    def is_too_small_to_show(self) -> bool:
        """Whether it is a difference that so few cannot tell from none."""
        is_open = self.estimate.low <= 0 <= self.estimate.high
        return self.detectable is not None and is_open and abs(self.estimate.value) < self.detectable


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not be measured, and why."""

    indicator: Indicator
    kind: AgentKind
    group: str
    reason: Message


Result = Finding | LeftOut
