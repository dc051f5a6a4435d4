"""Acts of the world: one vocabulary, read strictly, whose rates are averages over the population."""

from __future__ import annotations

import numpy as np
import pytest

from goodstanding.errors import CatalogueError
from goodstanding.lab import list_parameters
from goodstanding.lab.acts import Act, Acts, load_acts, parse_acts
from goodstanding.lab.published_figures import find_cited_figure, list_recalled
from goodstanding.lab.strict_files import StrictFile

NUMBER = "{value: 1, range: [0, 2], unit: per year, assumption: none}"
CEILING = "{value: 2, range: [1, 4], assumption: none}"


def cite(path: str) -> str:
    """A number that cites a published figure of China."""
    return NUMBER.replace("assumption: none", f"source: marginals china {path}")


def parse(rate: str = NUMBER, ceiling: str = CEILING, moved_by: str = "gain", other: str = "") -> Acts:
    """Acts of a file of one act."""
    head = f"late:\n  says: is late\n  who: [person]\n  moved_by: {moved_by}\n"
    return parse_acts(StrictFile("acts.yaml", f"{head}  rate: {rate}\n  ceiling: {ceiling}\n{other}"))


def test_the_vocabulary_says_of_each_act_who_how_often_and_what_moves_it() -> None:
    """Each act's numbers are parameters, and every figure that they cite is there."""
    acts = load_acts()
    assert {"late-bill", "judgment-unperformed", "drink-driving", "good-deed"} <= set(acts.by_name)
    assert {act.moved_by for act in acts.by_name.values()} == {"means", "gain", "chance", "duty"}
    assert {"late-tax", "judgment-unperformed"} <= set(acts.list_of_kind("firm"))
    assert "late-tax" not in acts.list_of_kind("person")
    parameters = list_parameters(acts.by_name)
    cited = [figure for parameter in parameters.values() if (figure := find_cited_figure(parameter))]
    assert len(cited) > 10
    assert list_recalled(parameters) == []


@pytest.mark.parametrize(
    ("parts", "problem", "where", "right"),
    [
        ({"rate": "1"}, "1 has no range", "line 5 (late.rate)", "assumption"),
        ({"rate": NUMBER.replace("year", "day")}, "cannot be in 'per day'", "line 5 (late.rate.unit)", "per year"),
        (
            {"rate": cite("administration.all_penalties_per_year")},
            "looked for and not found (mark X)",
            "line 5 (late.rate)",
            "another figure",
        ),
        (
            {"rate": cite("derived.complaints_per_1000")},
            "no figure",
            "line 5 (late.rate)",
            "derived.complaints_per_1000_persons_2022",
        ),
        ({"moved_by": "chance"}, "late is moved by chance", "line 6 (late.ceiling)", "value: 1"),
        ({"moved_by": "greed"}, "moved_by", "line 4 (late.moved_by)", ""),
        ({"other": "  ofen: 3\n"}, "no key 'ofen'", "line 7 (late.ofen)", "opens"),
    ],
)  # fmt: skip
def test_an_act_that_is_not_understood_is_refused_with_file_and_line(
    parts: dict[str, str], problem: str, where: str, right: str
) -> None:
    """What is wrong, where, and what would be right."""
    with pytest.raises(CatalogueError) as refused:
        parse(**parts)
    text = refused.value.diagnostics()
    assert problem in text
    assert f"acts.yaml, {where}" in text
    assert right in text


def test_a_figure_from_memory_is_listed() -> None:
    """By the mark of the figure that is cited, or by the number's own."""
    recalled = cite("nation.credit_access.credit_card_2021")
    own = NUMBER.replace("assumption: none", "source: a talk, mark: M")
    assert list_recalled(list_parameters(parse(recalled).by_name)) == ["late.rate"]
    assert list_recalled(list_parameters(parse(own).by_name)) == ["late.rate"]


def test_ratios_of_several_traits_multiply_and_one_of_which_nothing_is_said_is_one() -> None:
    """A trait of which the act says nothing, and a level that it leaves out, change nothing."""
    times = "{value: %s, range: [0, 9], assumption: none}"
    other = f"  ratio:\n    sex: {{female: {times % 3}}}\n    income: {{first: {times % 2}}}\n"
    act: Act = parse(other=other).by_name["late"]
    assert act.compute_ratio({"sex": "female", "income": "first", "age": "old"}) == 6
    assert act.compute_ratio({"sex": "male", "income": "second"}) == 1


def test_chances_average_to_the_rate_whatever_the_ratios() -> None:
    """A rate is what was counted over everybody; ratios only say among whom."""
    counts, ratios = np.array([10.0, 30.0, 60.0]), np.array([4.0, 1.0, 0.5])
    chances = parse().compute_chances("late", ratios, counts)
    assert (chances * counts).sum() / counts.sum() == pytest.approx(1 * 2 / 12)
    assert chances[0] == pytest.approx(4 * chances[1])


def test_an_act_too_frequent_for_one_a_month_is_refused_with_the_ceiling_that_fits() -> None:
    """Rather than lose candidates in silence."""
    with pytest.raises(CatalogueError, match=r"20\.0 times in a year") as refused:
        parse().compute_chances("late", np.array([10.0, 0.0]), np.array([1.0, 9.0]))
    assert refused.value.where == "acts.yaml, line 6 (late.ceiling)"
    assert refused.value.remedy == "a ceiling of at most 1.20"


def test_a_scheme_of_sampling_sets_a_parameter_of_an_act() -> None:
    """By the path under which it is listed."""
    assert load_acts().set_values({"late-bill.rate": 0.5}).by_name["late-bill"].rate.value == 0.5
