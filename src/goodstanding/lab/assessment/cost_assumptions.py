"""What the work of offices is assumed to cost: parameters of the laboratory's own file."""

from __future__ import annotations

from functools import cache

from goodstanding.catalogue.primitives import StrictModel
from goodstanding.lab.parameters import Parameter
from goodstanding.lab.statistics.intervals import Estimate
from goodstanding.lab.strict_files import read_packaged_file


class OfficeCosts(StrictModel):
    """How long an office works at a record and at a dispute, and what its work is paid."""

    record: Parameter
    dispute: Parameter
    working_days: Parameter
    pay: Parameter


def multiply_parameter(estimate: Estimate, parameter: Parameter) -> Estimate:
    """A figure times a parameter; the interval is from its low end at the least value to its high end at the most."""
    least, most = parameter.range
    return Estimate(estimate.value * parameter.value, estimate.low * least, estimate.high * most)


def divide_by_parameter(estimate: Estimate, parameter: Parameter) -> Estimate:
    """A figure over a parameter, with the interval in the same way."""
    least, most = parameter.range
    return Estimate(estimate.value / parameter.value, estimate.low / most, estimate.high / least)


@cache
def load_office_costs() -> OfficeCosts:
    """What comes with the laboratory."""
    return read_packaged_file("assessment/costs.yaml").parse_model(OfficeCosts)
