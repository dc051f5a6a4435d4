"""Populations: whole people who meet the published sums, the same in every chunk."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from goodstanding.errors import CatalogueError, LaboratoryError
from goodstanding.lab import list_parameters, load_acts
from goodstanding.lab.strict_files import StrictFile, read_packaged_file
from goodstanding.lab.world import Population, draw_lives, plan_acts
from goodstanding.lab.world.agents import Agents
from goodstanding.lab.world.cells import Cells, build_joint
from goodstanding.lab.world.country import load_country, parse_country
from goodstanding.lab.world.integer_tables import apportion
from goodstanding.lab.world.trait_shares import ShareReader

COUNTRIES = ["china", "fictional", "uk"]


def sum_trait(cells: Cells, axes: tuple[int, ...]) -> NDArray[np.int64]:
    """The counts by these traits."""
    return cells.counts.sum(axis=tuple(axis for axis in range(cells.counts.ndim) if axis not in axes))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("size", [1, 97, 20_000, 1_400_000_000])
def test_the_published_sums_are_met_exactly(country: str, size: int) -> None:
    """By region and trait every count is the published share of the region, rounded so that all add up."""
    population = Population.draw(country, persons=size, seed=size)
    plan = load_country(country)
    shares = ShareReader(plan, plan.plan.persons, "persons").read_shares()
    regions = sum_trait(population.persons, (0,))
    assert regions.tolist() == apportion(shares.counts, size).tolist()
    for axis, (trait, table) in enumerate(shares.shares.items(), start=1):
        if axis == 1:  # equal parts of the nation
            assert sum_trait(population.persons, (axis,)).tolist() == apportion(table[0], size).tolist(), trait
            continue
        counts = sum_trait(population.persons, (0, axis))
        assert counts.sum(axis=1).tolist() == regions.tolist(), trait
        assert np.all(abs(counts - table * regions[:, None]) < 1 + 1e-6 * regions[:, None]), trait


def test_firms_meet_their_sums_too() -> None:
    """Regions and sections of the economic census."""
    population = Population.draw("china", persons=0, firms=21_789)
    by_region = sum_trait(population.firms, (1,))
    assert dict(zip(population.firms.levels["region"], by_region.tolist(), strict=True)) == {
        "east": 12802, "central": 4929, "west": 4058,
    }  # fmt: skip


def test_pairs_that_no_source_gives_are_as_assumed() -> None:
    """A ratio of three between degree and highest fifth shows in the drawn people, with all sums met."""
    cells = Population.draw("fictional", persons=1_000_000).persons
    names = list(cells.levels)
    table = sum_trait(cells, (names.index("income"), names.index("education")))
    odds = table[:, 1] / table[:, 0]
    assert odds[4] / odds[2] == pytest.approx(3, rel=0.01)
    assert odds[0] / odds[2] == pytest.approx(0.3, rel=0.01)
    assert table.sum(axis=0).tolist() == [700_000, 300_000]


def as_columns(agents: Agents) -> dict[str, NDArray[np.generic]]:
    """Each array of a chunk by its name."""
    columns = {field.name: getattr(agents, field.name) for field in dataclasses.fields(agents)}
    levels = {f"level {trait}": values for trait, values in columns.pop("levels").items()}
    return {name: column for name, column in (columns | levels).items() if name != "flag_names"}


population_ = Population.draw("china", persons=3_000, firms=700, seed=5, least_age=16)


@settings(deadline=None, max_examples=20)
@given(chunk=st.integers(50, 3_500))
def test_an_agent_is_the_same_in_every_chunk(chunk: int) -> None:
    """Chunks of any size, in any order, are the population made at once."""
    for whole, chunks in (
        (population_.make_persons(), list(population_.iterate_persons(chunk))),
        (population_.make_firms(), list(population_.iterate_firms(chunk))),
    ):
        parts = [as_columns(part) for part in reversed(chunks)][::-1]
        for name, column in as_columns(whole).items():
            np.testing.assert_array_equal(np.concatenate([part[name] for part in parts]), column)


@settings(deadline=None, max_examples=20)
@given(start=st.integers(0, 2_990), length=st.integers(1, 200), months=st.integers(1, 130))
def test_a_life_is_the_same_whatever_the_chunk(start: int, length: int, months: int) -> None:
    """What agents of a chunk could do is what they could do among all."""
    plan = plan_acts(population_, load_acts(), "person")
    agents = population_.make_persons(start, start + length)
    alone = draw_lives(population_, plan, agents, months)
    among_all = draw_lives(population_, plan, population_.make_persons(), 130)
    is_same = (among_all.agents >= start) & (among_all.agents < start + length) & (among_all.months < months)
    np.testing.assert_array_equal(alone.agents + np.uint32(start), among_all.agents[is_same])
    for name in ("acts", "months", "days", "lucks"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(among_all, name)[is_same])


def test_a_person_more_changes_no_firm_and_a_seed_changes_all() -> None:
    """Firms have streams of their own."""
    other = Population.draw("china", persons=4_000, firms=700, seed=5)
    np.testing.assert_array_equal(other.make_firms().margin, population_.make_firms().margin)
    assert not np.array_equal(population_.with_seed(6).make_firms().margin, population_.make_firms().margin)


def test_means_meet_what_is_published_and_assumed() -> None:
    """Each fifth's mean income, the share of debtors, and how many cannot pay by income."""
    population = Population.draw("china", persons=200_000, seed=2, least_age=18)
    persons, means = population.make_persons(), population.country.plan.persons.means
    fifths = persons.levels["income"]
    for fifth, published in enumerate([9215, 20442, 32195, 50220, 95055]):
        assert persons.income[fifths == fifth].mean() == pytest.approx(published, rel=0.02)
    assert np.mean(persons.debts[:, 0] > 0) == pytest.approx(means.debtors.value, abs=0.01)
    assert np.mean(persons.buffer / persons.income) == pytest.approx(means.buffer.value, rel=0.02)
    assert np.mean(~persons.can_pay[fifths == 0]) == pytest.approx(0.125, abs=0.005)
    assert np.mean(~persons.can_pay[fifths == 2]) == pytest.approx(0.05, abs=0.005)
    assert persons.years.min() == 18
    assert np.all((persons.debts[:, 0] > 0) >= (persons.debts[:, 1] > 0))


def test_rates_over_adults_are_those_of_the_acts_and_children_do_nothing() -> None:
    """Whatever the ratios; only who has a licence gets a ticket."""
    population, acts = Population.draw("fictional", persons=30_000, seed=1), load_acts()
    plan, persons = plan_acts(population, acts, "person"), population.make_persons()
    lives = draw_lives(population, plan, persons, 120)
    is_adult = persons.years >= 18
    assert np.all(is_adult[lives.agents])
    for name, able in (("late-bill", is_adult), ("traffic-ticket", (persons.flags & 2) > 0)):
        act = acts.by_name[name]
        number = np.count_nonzero(lives.acts == plan.names.index(name))
        highest = act.rate.value * act.ceiling.value
        assert number / np.count_nonzero(able) / 10 == pytest.approx(highest, rel=0.02), name


def test_a_part_is_drawn_alone_with_its_weight() -> None:
    """Judgment debtors are poorer, all have a debt, and each stands for as many as there are, over those drawn."""
    everybody = Population.draw("china", persons=20_000, least_age=18)
    debtors = Population.draw("china", persons=20_000, least_age=18, part="judgment-debtors")
    assert debtors.person_weight / everybody.person_weight == pytest.approx(0.0086, rel=1e-6)
    persons = debtors.make_persons()
    assert persons.debts[:, 0].min() > 0
    assert np.mean(persons.levels["income"] == 0) == pytest.approx(2.5 / 6.5, abs=0.01)
    chances = [plan_acts(population, load_acts(), "person").chances for population in (everybody, debtors)]
    np.testing.assert_array_equal(*chances)  # a rate is that of everybody, whoever is drawn


def test_inspected_firms_are_larger() -> None:
    """A part by share, with ratios by size."""
    cells = Population.draw("china", persons=0, firms=10_000, part="inspected-firms").firms
    sizes = dict(zip(cells.levels["size"], sum_trait(cells, (3,)), strict=True))
    assert sizes["medium"] > 3 * 132
    assert sizes["large"] > 5 * 20


def test_figures_from_memory_are_named() -> None:
    """With file and line: what is drawn from them is shown with a warning."""
    places = Population.draw("china", persons=10).recalled
    assert any("provinces.columns.urban_pct" in place and "china.yaml, line" in place for place in places)
    assert Population.draw("fictional", persons=10).recalled == ()


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_number_of_a_country_is_a_parameter_or_a_figure(country: str) -> None:
    """Of each there are some; none is bare, since the file was read."""
    assert len(list_parameters(load_country(country).plan)) > 10


def change_country(old: str, new: str) -> StrictFile:
    """The fictional country's file with a change."""
    file = read_packaged_file("countries/fictional.yaml")
    text = file.text.replace(old, new, 1)
    assert text != file.text
    return StrictFile("valleys.yaml", text)


@pytest.mark.parametrize(
    ("old", "new", "problem", "right"),
    [
        ("sex: {equal: [male, female]}", "sex: {whole: 1, levels: {male: &made {value: 0.4, range: [0, 1], assumption: made up}, female: *made}}", "The levels of sex sum to 0.8 of 1", "rest"),  # noqa: E501
        ("sex: {equal: [male, female]}", "sex: {levels: {male: 0.4, female: rest}}", "0.4 has no range", "assumption"),
        ("sex: {equal: [male, female]}", "sex: {levels: {male: nation.men}}", "no figure 'nation.men'", ""),
        ("sex: {equal: [male, female]}", "sex: {eqal: [male, female]}", "no key 'eqal'", "equal"),
        ("degree: {first:", "degre: {first:", "The population has no 'education: degre'", "degree"),
    ],
)  # fmt: skip
def test_a_country_that_does_not_add_up_is_refused_with_file_and_line(
    old: str, new: str, problem: str, right: str
) -> None:
    """What is wrong, where, and what would be right."""
    with pytest.raises(CatalogueError) as refused:
        build_joint(parse_country("valleys", change_country(old, new)), "persons")
    text = refused.value.diagnostics()
    assert problem in text
    assert "valleys.yaml" in text
    assert right in text


@pytest.mark.parametrize(
    ("options", "problem", "right"),
    [
        ({"country": "chin"}, "no country 'chin'", "china, fictional, uk"),
        ({"persons": -1}, "persons: -1 is no number", "0 to"),
        ({"part": "debtors"}, "no part 'debtors'", "judgment-debtors"),
        ({"part": "inspected-firms"}, "no persons in that part", "0 of them"),
        ({"least_age": 90}, "Nobody is 90 years old", "up to 89"),
    ],
)
def test_a_population_that_cannot_be_is_refused(options: dict[str, object], problem: str, right: str) -> None:
    """What is wrong, and what would be right."""
    with pytest.raises(LaboratoryError) as refused:
        Population.draw(**options)  # type: ignore[arg-type]
    assert problem in refused.value.message
    assert right in str(refused.value.remedy)


def test_an_act_that_does_not_fit_the_population_is_refused_where_it_stands() -> None:
    """A trait of the act that the country does not have."""
    file = read_packaged_file("countries/fictional.yaml")
    country = parse_country("valleys", StrictFile("valleys.yaml", file.text.replace("licence:", "permit:")))
    with pytest.raises(LaboratoryError, match="The population has no 'licence'") as refused:
        plan_acts(Population.draw(country, persons=10), load_acts(), "person")
    assert "lab/acts.yaml, line" in str(refused.value.where)
    assert "permit" in str(refused.value.remedy)
