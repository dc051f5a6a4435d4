"""What a file of behaviour says: who is enrolled, which acts become records, what authorities do, who disputes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from goodstanding.catalogue.periods import Period
from goodstanding.catalogue.primitives import Name, StrictModel
from goodstanding.catalogue.wrong_values import WrongValue
from goodstanding.lab.behaviour.field_sources import FieldOrigin
from goodstanding.lab.parameters import Parameter, Ratio
from goodstanding.messages import BehaviourMessage, Message

EVERY_ONE = Parameter(value=1, range=(1, 1), assumption="the rate of the act is that of its records")
MOST_DAYS = 36_525  # a hundred years, as long as anybody can live here


def _refuse_if_unordered(days: tuple[int, int]) -> tuple[int, int]:
    least, most = days
    if not 0 <= least <= most <= MOST_DAYS:
        wrong = Message(BehaviourMessage.DAYS_UNORDERED, {"least": least, "most": most})
        raise WrongValue(wrong, Message(BehaviourMessage.DAYS_ORDER, {"most": f"{MOST_DAYS:,}"}))
    return days


DayRange = Annotated[tuple[int, int], AfterValidator(_refuse_if_unordered)]
Noticed = Annotated[Parameter, BeforeValidator(lambda share: EVERY_ONE if share == 1 else share)]
Fields = dict[Name, FieldOrigin]


class RunTime(StrictModel):
    """From which day for how many months people live under the rules."""

    from_: date = Field(alias="from")
    months: int = Field(ge=1, le=1_200)

    @property
    def end(self) -> date:
        """The first day after it."""
        return Period(self.months).after(self.from_)


class DrawnPopulation(StrictModel):
    """Who lives: the country that is drawn from, from which age on, all or a part, with weights or not."""

    draw: Name
    least_age: int = Field(default=0, ge=0, le=120)
    part: Name | None = None
    weighted: bool = False


class Enrolment(StrictModel):
    """A record that everybody gets at the start, with each month, or each year in a month of the calendar.

    `shares` says where what is drawn comes from.
    """

    who: Literal["all", "person", "firm"] = "all"
    when: Literal["start", "every-month", "every-year"] = "start"
    month: int | None = Field(default=None, ge=1, le=12)
    source: Name
    fields: Fields = {}
    shares: str = ""

    @model_validator(mode="after")
    def _refuse_if_unclear(self) -> Self:
        if (self.when == "every-year") is (self.month is None):
            raise WrongValue(Message(BehaviourMessage.MONTH_UNCLEAR), Message(BehaviourMessage.MONTH_FORMS))
        return self


class Delay(StrictModel):
    """The fewest and the most days from an act to the day on which its record is known; all between alike likely."""

    days: DayRange


class PlaceSpread(StrictModel):
    """How much the share that is noticed differs between places, as the standard deviation of its logarithm."""

    spread: Parameter


class RecordAlternative(StrictModel):
    """One of several records that an act can become: for which share, under which condition, with which fields."""

    share: Parameter
    if_: str | None = Field(default=None, alias="if")
    fields: Fields


class RecordRule(StrictModel):
    """Which record an act becomes, from which kind of source, with what share noticed and how wrongly.

    `wrong` is how often a record is made without the act, `incomplete` how often a field is left out. `shares` says
    where the shares of `fields` and the days come from.
    """

    record: Name
    source: Name | None = None
    fields: Fields = {}
    one_of: dict[Name, RecordAlternative] = {}
    noticed: Noticed
    delay: Delay | None = None
    wrong: Parameter | None = None
    incomplete: dict[Name, Parameter] = {}
    place: PlaceSpread | None = None
    shares: str = ""


def _read_days(content: Any) -> Any:
    return {"between": content} if isinstance(content, list | tuple) else content


class ActingTime(StrictModel):
    """How long an authority takes: some days, or the term that the catalogue itself sets it, which it may miss."""

    between: DayRange | None = None
    within: Name | None = None
    late: Parameter | None = None
    late_by: DayRange | None = None

    @model_validator(mode="after")
    def _refuse_if_unclear(self) -> Self:
        is_term = (self.within, self.late, self.late_by).count(None) == 0
        if is_term is (self.between is not None):
            raise WrongValue(Message(BehaviourMessage.TIME_UNCLEAR), Message(BehaviourMessage.TIME_FORMS))
        return self


Days = Annotated[ActingTime, BeforeValidator(_read_days)]


class GradeReached(StrictModel):
    """A grade of a scheme that is reached."""

    scheme: Name
    grades: tuple[str, ...] = Field(min_length=1)


class FollowingTrigger(StrictModel):
    """What an authority acts on; with `not_on` only where the subject is not on that list."""

    enters: Name | None = None
    leaves: Name | None = None
    reaches: GradeReached | None = None
    opens: Literal["debt"] | None = None
    performs: Literal["debt"] | None = None
    settles: Literal["debt"] | None = None
    cannot: Literal["debt"] | None = None
    not_on: Name | None = None

    @model_validator(mode="after")
    def _refuse_if_unclear(self) -> Self:
        triggers = (self.enters, self.leaves, self.reaches, self.opens, self.performs, self.settles, self.cannot)
        if triggers.count(None) != len(triggers) - 1:
            raise WrongValue(Message(BehaviourMessage.TRIGGER_UNCLEAR), Message(BehaviourMessage.TRIGGER_FORMS))
        return self


class FollowingRule(StrictModel):
    """A record that an authority makes because of a state: for which share, after how long, about which record."""

    when: FollowingTrigger
    share: Parameter | None = None
    record: Name
    source: Name | None = None
    about: Name | None = None
    fields: Fields = {}
    days: Days
    shares: str


class DebtPerformance(StrictModel):
    """How often in a month whoever can pay does: as a base, and more by each field in which a measure stands."""

    base: Parameter
    by_channel: dict[Name, Parameter] = {}


class DebtTruth(StrictModel):
    """What is true of a debt in the world: whether it can be paid, when that changes, whether assets are hidden."""

    can_pay: Parameter
    recovers: Parameter
    settles: Parameter | None = None
    hides_assets: Parameter
    performs: DebtPerformance


class Belief(StrictModel):
    """How often an authority is right about a truth, where it is so and where it is not."""

    of: Literal["can_pay", "hides_assets"] = "can_pay"
    right_if_can: Parameter
    right_if_cannot: Parameter


class TruthRules(StrictModel):
    """What is true in the world, and what is believed of it."""

    debt: DebtTruth
    belief: dict[Name, Belief] = {}


class RightOrWrong(StrictModel):
    """A share where the record is wrong, and where it is right."""

    if_wrong: Parameter
    if_right: Parameter


class DisputeRule(StrictModel):
    """Who disputes a record, how long that takes, how often it is upheld, and what then happens."""

    asks: RightOrWrong
    days: Parameter | ActingTime
    upheld: RightOrWrong
    does: Literal["withdraw", "correct", "record"]
    record: Name | None = None
    about: Name | None = None
    fields: Fields = {}
    suspends: bool = False

    @model_validator(mode="after")
    def _refuse_if_unclear(self) -> Self:
        if (self.does == "record") is (self.record is None):
            raise WrongValue(Message(BehaviourMessage.DISPUTE_RECORD_UNCLEAR), Message(BehaviourMessage.DISPUTE_FORMS))
        return self


class MeasureDeparture(StrictModel):
    """How a measure departs from the channel of its kind and field: it has none, it is stronger, it binds others."""

    channel: Literal["none"] | None = None
    strength: Ratio | None = None
    edge: Name | None = None
    note: str = ""


class CopyRules(StrictModel):
    """Who else holds what is published, how often they fetch it anew, and what share drops what was removed.

    `passes_on` is the chance that a holder fetches from another one instead of the source; not known where left out.
    """

    holders: Parameter
    refresh_days: Parameter
    drops_after_removal: Parameter
    passes_on: Parameter | None = None


class BehaviourRules(StrictModel):
    """What people and authorities do under one catalogue; `not_known` is what the catalogue leaves open."""

    behaviour: Name
    runs: RunTime
    population: DrawnPopulation
    enrols: dict[Name, Enrolment] = {}
    truth: TruthRules | None = None
    records: dict[Name, RecordRule] = {}
    follows: tuple[FollowingRule, ...] = ()
    disputes: DisputeRule | None = None
    measures: dict[Name, MeasureDeparture] = {}
    copies: CopyRules | None = None
    not_known: tuple[str, ...] = Field(min_length=1)
