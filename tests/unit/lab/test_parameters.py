"""Parameters: a number has a range and an origin, or it is refused where it stands."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodstanding.catalogue.primitives import StrictModel
from goodstanding.errors import CatalogueError, LaboratoryError
from goodstanding.lab import Parameter, list_parameters, set_parameters
from goodstanding.lab.parameters import Ratio
from goodstanding.lab.strict_files import StrictFile

GUESS = "nobody counted"


class Bill(StrictModel):
    """A model with parameters at different depths."""

    rate: Parameter
    ratio: dict[str, Ratio] = {}
    delays: tuple[Parameter, ...] = ()


def read_bill(text: str) -> Bill:
    """A bill of a file of four lines at least."""
    return StrictFile("bills.yaml", f"# bills\n\nlate:\n  rate: {text}\n").parse_models(Bill)["late"]


def test_a_number_with_range_and_origin_is_read() -> None:
    """Its unit is a share where none is given; source and assumption are both origins."""
    rate = read_bill("{value: 0.3, range: [0.1, 0.9], assumption: nobody counted}").rate
    assert (rate.value, rate.range, rate.unit, rate.assumption) == (0.3, (0.1, 0.9), "share", GUESS)
    assert read_bill("{value: 3, range: [1, 9], unit: per year, source: census, mark: M}").rate.is_recalled


@pytest.mark.parametrize(
    ("text", "problem", "right"),
    [
        ("0.3", "0.3 has no range and no origin", "assumption: …"),
        ("{value: 0.3, range: [0.1, 0.9]}", "no origin", "`source:`"),
        ("{value: 0.3, range: [0.1, 0.9], source: census, assumption: none}", "a source and an assumption", "either"),
        ("{value: 0.3, range: [0.9, 0.1], assumption: none}", "0.9 to 0.1 is no range", "the smaller first"),
        ("{value: 0.3, range: [0.1, .nan], assumption: none}", "is no range", "finite"),
        ("{value: 0.3, range: [0.4, 0.9], assumption: none}", "0.3 is outside the range", "0.4 to 0.9"),
        ("{value: .nan, range: [0.4, 0.9], assumption: none}", "nan is outside the range", "0.4 to 0.9"),
        ("{value: 2, range: [1, 3], assumption: none}", "a share cannot be from 1.0 to 3.0", "the unit"),
        ("{value: 0.3, assumption: none}", "'range' is missing", "range: …"),
        ("{value: 0.3, range: [0, 1], assumtion: none}", "no key 'assumtion'", "assumption"),
    ],
)
def test_a_number_without_them_is_refused_with_file_and_line(text: str, problem: str, right: str) -> None:
    """What is wrong, on which line, and what would be right."""
    with pytest.raises(CatalogueError) as refused:
        read_bill(text)
    said_text = refused.value.diagnostics()
    assert problem in said_text
    assert "bills.yaml, line 4 (late.rate" in said_text
    assert right in said_text


def build_bill() -> Bill:
    """A bill with parameters in a mapping and a list."""
    number = Parameter(value=0.5, range=(0, 1), assumption=GUESS)
    return Bill(rate=number, ratio={"poor": Ratio(value=2, range=(1, 4), assumption=GUESS)}, delays=(number, number))


def test_parameters_are_listed_under_their_paths() -> None:
    """Keys of mappings and places in lists are parts of a path."""
    paths = list_parameters({"late": build_bill()})
    assert list(paths) == ["late.rate", "late.ratio.poor", "late.delays.0", "late.delays.1"]


@given(rate=st.floats(0, 1), delay=st.floats(0, 1))
def test_other_values_are_set_and_the_rest_stays(rate: float, delay: float) -> None:
    """A copy has the values that were set; all others, and the model itself, are as before."""
    before = {"late": build_bill()}
    after = set_parameters(before, {"late.rate": rate, "late.delays.1": delay})
    values = {path: parameter.value for path, parameter in list_parameters(after).items()}
    assert values == {"late.rate": rate, "late.ratio.poor": 2, "late.delays.0": 0.5, "late.delays.1": delay}
    assert before == {"late": build_bill()}


@pytest.mark.parametrize(
    ("path", "value", "problem", "right"),
    [
        ("late.rat", 0.5, "no parameter 'late.rat'", "late.rate"),
        ("late.rate", 1.5, "1.5 is outside the range", "0.0 to 1.0"),
        ("late.rate", math.nan, "nan is outside the range", "0.0 to 1.0"),
    ],
)
def test_a_value_is_set_only_where_there_is_a_parameter_and_within_its_range(
    path: str, value: float, problem: str, right: str
) -> None:
    """The nearest path, or the range, is what would be right."""
    with pytest.raises(LaboratoryError) as refused:
        set_parameters({"late": build_bill()}, {path: value})
    assert problem in refused.value.message
    assert refused.value.remedy == right
