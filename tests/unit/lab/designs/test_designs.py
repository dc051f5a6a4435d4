"""Designs spread evenly, and what is known to decide is found to decide."""

from __future__ import annotations

import numpy as np
import pytest

from goodstanding.lab.designs.claim_box import find_box
from goodstanding.lab.designs.parameter_influence import compute_idle_index, find_nearest_flip, rank_parameters
from goodstanding.lab.designs.sobol_points import draw_points

RANGES = ((0.0, 1.0), (10.0, 30.0), (-5.0, 5.0))
NAMES = ("share", "days", "shift")
POINTS = draw_points(RANGES, 512, seed=1)


def test_a_sobol_design_of_a_power_of_two_is_balanced() -> None:
    """Each of 512 equal parts of each range has exactly one point, and each quarter of two ranges its fourth."""
    low, high = np.array(RANGES).T
    unit = (POINTS - low) / (high - low)
    for column in unit.T:
        assert sorted(np.floor(column * 512).astype(int)) == list(range(512))
    quarters = np.floor(unit[:, 0] * 2) * 2 + np.floor(unit[:, 1] * 2)
    assert np.bincount(quarters.astype(int)).tolist() == [128] * 4


def test_a_smaller_design_begins_as_the_larger_one() -> None:
    """So controls run on points that the result has too; another seed has others."""
    assert draw_points(RANGES, 300, seed=1).tolist() == POINTS[:300].tolist()
    assert draw_points(RANGES, 512, seed=2).tolist() != POINTS.tolist()


def test_the_parameters_are_ranked_by_what_they_do() -> None:
    """Of 9, 3 and 0 parts of a sum the first ranks first, and the last, which does nothing, far below."""
    unit = (POINTS - np.array(RANGES)[:, 0]) / np.diff(np.array(RANGES), axis=1)[:, 0]
    weights = rank_parameters(POINTS, NAMES, 3 * unit[:, 2] + 9 * unit[:, 1])
    assert [weight.parameter for weight in weights] == ["days", "shift", "share"]
    assert weights[0].index > 2 * weights[1].index
    assert weights[2].index < 0.3


def test_a_parameter_that_does_nothing_has_the_index_of_an_idle_one() -> None:
    """The yardstick beside the ranking: about what the idle parameter got above, and far below what decides."""
    unit = (POINTS - np.array(RANGES)[:, 0]) / np.diff(np.array(RANGES), axis=1)[:, 0]
    results = 9 * unit[:, 1]
    weights = {weight.parameter: weight.index for weight in rank_parameters(POINTS, NAMES, results)}
    idle = compute_idle_index(results, seed=1)
    assert idle == pytest.approx(weights["share"], abs=0.08)
    assert weights["days"] > 3 * idle


def test_the_box_in_which_a_claim_holds_is_the_one_that_was_put_there() -> None:
    """It holds where share is over 0.6 and days under 20: both bounds are found, and the third is not bounded."""
    holds = (POINTS[:, 0] > 0.6) & (POINTS[:, 1] < 20)
    box = find_box(POINTS, NAMES, holds)
    assert box is not None
    sides = {side.parameter: side for side in box.sides}
    assert sides.keys() == {"share", "days"}
    assert sides["share"].low == pytest.approx(0.6, abs=0.04)
    assert sides["days"].high == pytest.approx(20, abs=0.8)
    assert box.coverage > 0.9
    assert box.density >= 0.9
    assert all(side.quasi_p < 0.001 for side in sides.values())


@pytest.mark.parametrize("holds", [np.zeros(512, dtype=bool), np.ones(512, dtype=bool)])
def test_there_is_no_box_where_a_claim_holds_nowhere_or_everywhere(holds: np.ndarray) -> None:
    """Nothing parts the range, so no bounds are made up."""
    assert find_box(POINTS, NAMES, holds) is None


def test_the_nearest_flip_is_the_smallest_change_as_a_share_of_the_range() -> None:
    """Share turns it at 0.8 (0.3 of its range away), days at 22 (0.1 of it); found to a 4,000th of the range."""
    defaults = {"share": 0.5, "days": 20.0, "shift": 0.0}
    flip = find_nearest_flip(
        defaults, dict(zip(NAMES, RANGES, strict=True)),
        lambda values: "holds" if values["share"] < 0.8 and values["days"] < 22 else "refuted",
    )  # fmt: skip
    assert flip is not None
    assert (flip.parameter, flip.default) == ("days", 20.0)
    assert flip.value == pytest.approx(22.0, abs=20 / 4_000)
    assert flip.value >= 22
    assert flip.share_of_range == pytest.approx(0.1, abs=1 / 4_000)


def test_no_flip_is_looked_for_outside_a_range() -> None:
    """The sum of the steps from 0.5 to 0.1 is a bit below 0.1, and nothing can be run there."""
    tried = list[float]()

    def decide(values: dict[str, float]) -> str:
        tried.append(values["share"])
        return "holds"

    assert find_nearest_flip({"share": 0.5}, {"share": (0.1, 0.9)}, decide) is None
    assert (min(tried), max(tried)) == (0.1, 0.9)


def test_where_no_single_change_turns_the_verdict_no_flip_is_named() -> None:
    """Two parameters that turn it only together are no flip of one."""
    defaults = {"share": 0.1, "days": 11.0, "shift": 0.0}
    ranges = dict(zip(NAMES, RANGES, strict=True))
    assert (
        find_nearest_flip(defaults, ranges, lambda values: str(values["share"] > 0.5 and values["days"] > 20)) is None
    )


@pytest.mark.parametrize("seed", range(12))
def test_looking_at_small_changes_first_finds_what_looking_at_all_finds(seed: int) -> None:
    """The same flip, of any verdicts that alternate in steps, and never with more questions."""
    drawn = np.random.default_rng(seed)
    defaults = {name: float(drawn.uniform(*ends)) for name, ends in zip(NAMES, RANGES, strict=True)}
    ranges, steps, questions = dict(zip(NAMES, RANGES, strict=True)), drawn.integers(2, 9, len(NAMES)), list[float]()

    def decide(values: dict[str, float]) -> str:
        questions.append(0.0)
        parts = zip(values.values(), RANGES, steps, strict=True)
        return str(sum(int((value - low) / (high - low) * number) for value, (low, high), number in parts) % 2)

    nearest = find_nearest_flip(defaults, ranges, decide)
    first, questions = questions, []
    alone = [
        find_nearest_flip({name: defaults[name]}, ranges, lambda values: decide({**defaults, **values}))
        for name in NAMES
    ]
    flips = [flip for flip in alone if flip]
    assert nearest == min(flips, key=lambda flip: flip.share_of_range, default=None)
    assert len(first) <= len(questions)
