"""Channels: what a measure does by its field and kind, said once, with a range that includes no effect."""

from __future__ import annotations

import pytest

from goodstanding.catalogue.loader import load_library
from goodstanding.errors import CatalogueError
from goodstanding.lab.acts import load_acts
from goodstanding.lab.channels import load_channels, parse_channels
from goodstanding.lab.parameters import list_parameters
from goodstanding.lab.strict_files import StrictFile

ELASTICITY = "elasticity: {value: 1, range: [0, 3], unit: per cent, assumption: made up}\n"
LOSS = "{value: -0.5, range: [-0.9, 0], unit: of income, assumption: made up}"


def parse(fields: str):
    """Channels of a file with these fields."""
    return parse_channels(StrictFile("channels.yaml", f"{ELASTICITY}fields:\n  {fields}\n"), load_acts())


def test_the_range_of_every_effect_includes_none() -> None:
    """No study isolates the effect of one measure on persons, so that nothing may be put in as certain."""
    channels = load_channels()
    for path, parameter in list_parameters(channels.rules).items():
        none = 1.0 if path.endswith("gain") else 0.0
        assert parameter.range[0] <= none <= parameter.range[1], path


def test_a_field_that_is_unnamed_has_no_channel_and_those_of_the_compiled_catalogues_have_one() -> None:
    """Nothing can be concluded from a measure of which nothing is known."""
    names = load_channels().by_name
    assert not any(name.startswith("unnamed/") for name in names)
    library = load_library()
    for catalogue in ("suining-2010", "spc-debtors-2017", "sesame", "cn-environment-12-surcharges"):
        measures = library[catalogue].measures.values()
        assert {f"{measure.field}/{measure.kind}" for measure in measures} <= set(names), catalogue


def test_less_means_make_acts_moved_by_means_more_frequent_and_no_others() -> None:
    """By the elasticity: with half the means and an elasticity of one, twice as often."""
    channels, acts = parse(f"travel: {{restriction: {{says: no flights, means: {LOSS}}}}}"), load_acts().by_name
    change = channels.by_name["travel/restriction"].means_change
    assert channels.compute_means_factor(change, acts["late-bill"]) == 2.0
    assert channels.compute_means_factor(change, acts["drink-driving"]) == 1.0
    unmoved = channels.set_values({"elasticity": 0.0})
    assert unmoved.compute_means_factor(change, acts["late-bill"]) == 1.0


def test_more_to_lose_makes_acts_moved_by_gain_rarer_and_no_others() -> None:
    """What is done out of need or by chance is not deterred."""
    effect, acts = load_channels().by_name["travel/restriction"], load_acts().by_name
    assert effect.compute_gain_factor("counterfeits", acts["counterfeits"]) == 0.95
    assert effect.compute_gain_factor("late-bill", acts["late-bill"]) == 1.0


@pytest.mark.parametrize(
    ("fields", "problem", "where"),
    [
        ("travel: {restriction: {says: nothing}}", "the channel does nothing", "line 3 (fields.travel.restriction)"),
        ("travel: {restraint: {says: none}}", "restriction", "line 3 (fields.travel.restraint"),
        (
            "travel: {restriction: {says: none, means: -0.1}}",
            "has no range",
            "line 3 (fields.travel.restriction.means)",
        ),
        (
            f"travel: {{restriction: {{says: none, acts: {{flying: {LOSS.replace('-0.9', '-1')}}}}}}}",
            "no act 'flying'",
            "line 3 (fields.travel.restriction)",
        ),
    ],
)
def test_a_channel_that_is_not_understood_is_refused_with_file_and_line(fields: str, problem: str, where: str) -> None:
    """What is wrong, and where."""
    with pytest.raises(CatalogueError) as refused:
        parse(fields)
    diagnostics = refused.value.diagnostics()
    assert problem in diagnostics
    assert where in diagnostics
