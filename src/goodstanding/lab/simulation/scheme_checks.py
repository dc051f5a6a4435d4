"""Which schemes the kernel can run, and from when to when; the others are refused, with what is wrong."""

from __future__ import annotations

from datetime import date, timedelta

from goodstanding.errors import LaboratoryError
from goodstanding.lab.compilation.scheme_arrays import NONE, OPEN, Axis, Origin, SchemeArrays
from goodstanding.lab.simulation.civil_days import find_month_start
from goodstanding.lab.simulation.docket.case_checks import find_further_axes, refuse_if_case_unfit
from goodstanding.lab.simulation.months.past_tables import READ_AXES
from goodstanding.lab.simulation.outcomes.grade_levels import list_standings
from goodstanding.lab.simulation.outcomes.outcome_state import MOST_SCHEMES
from goodstanding.messages import Message, RunMessage

EPOCH = date(1970, 1, 1)
MOST_MONTHS = 1_200
RUN_SCHEMES = {(1, 0), *((0, number) for number in range(1, MOST_SCHEMES + 1))}  # of points, of outcomes
RUN_BESIDE_CASES = {(1, 0), (0, 0)}
_CASE_AXES = {Axis.DRAWN, Axis.LIFE, Axis.KIND, Axis.FLAG, Axis.TRAIT}
_RUN_AXES = {*_CASE_AXES, *READ_AXES}
_RUN_NEEDS = {Axis.KIND, Axis.FLAG, Axis.TRAIT}
_RUN_ORIGINS = {Origin.ENROLMENT, Origin.MONTH, Origin.YEAR, Origin.ACT}
_CASE_ORIGINS = {Origin.ENROLMENT, Origin.ACT, Origin.FOLLOWING, Origin.DISPUTE}


def refuse_if_unfit(scheme: SchemeArrays, start: date, months: int) -> None:
    """Nothing, or a LaboratoryError where the kernel cannot run a scheme over these months."""
    if not 1 <= months <= MOST_MONTHS:
        raise LaboratoryError(Message(RunMessage.MONTHS_WRONG, {"months": months, "most": MOST_MONTHS}))
    graded = len(scheme.points), len(scheme.outcomes)
    if graded not in (RUN_BESIDE_CASES if scheme.stated_cases else RUN_SCHEMES):
        raise LaboratoryError(Message(RunMessage.SCHEME_NOT_RUN, {"catalogue": scheme.name, "most": MOST_SCHEMES}))
    list_standings(scheme)
    _refuse_if_not_in_force(scheme, start, months)
    disputes = scheme.disputes
    is_of_cases = scheme.stated_cases is not None
    if disputes and (disputes.suspends or (not is_of_cases and (disputes.origin != NONE or disputes.corrects))):
        raise LaboratoryError(Message(RunMessage.DISPUTES_NOT_RUN, {"catalogue": scheme.name}))
    for origin, name in enumerate(scheme.origins.names):
        _refuse_if_origin_unfit(scheme, origin, name)


def _refuse_if_not_in_force(scheme: SchemeArrays, start: date, months: int) -> None:
    first = (start - EPOCH).days
    end = find_month_start(first, months)
    if first < scheme.first_day or end > scheme.end_day:
        until: object = "open" if scheme.end_day == OPEN else EPOCH + timedelta(scheme.end_day)
        days: dict[str, object] = {"first": start, "end": EPOCH + timedelta(end), "until": until}
        days |= {"catalogue": scheme.name, "from": EPOCH + timedelta(scheme.first_day)}
        raise LaboratoryError(Message(RunMessage.DAYS_OUTSIDE_FORCE, days))


def _refuse_if_origin_unfit(scheme: SchemeArrays, origin: int, name: str) -> None:
    origins = scheme.origins
    place = {"catalogue": scheme.name, "origin": name}
    if origins.kinds[origin] not in (_CASE_ORIGINS if scheme.stated_cases else _RUN_ORIGINS):
        raise LaboratoryError(Message(RunMessage.ORIGIN_NOT_RUN, place))
    if scheme.stated_cases:
        refuse_if_case_unfit(scheme, scheme.stated_cases, origin, name)
    known = _CASE_AXES | find_further_axes(scheme) if scheme.stated_cases else _RUN_AXES
    first, end = origins.axis_starts[origin : origin + 2]
    axes = {int(kind) for kind in origins.axis_kinds[first:end]} - known
    first, end = origins.need_starts[origin : origin + 2]
    axes |= {int(kind) for kind in origins.needs[first:end, 0]} - _RUN_NEEDS - find_further_axes(scheme)
    for axis in axes:
        raise LaboratoryError(Message(RunMessage.FIELD_NOT_RUN, place | {"axis": Axis(axis).name.lower()}))
