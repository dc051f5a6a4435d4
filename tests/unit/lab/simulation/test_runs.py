"""Runs: one life for all arms, no feedback without measures, room for everybody, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from goodstanding.errors import LaboratoryError
from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.life_loop import KEPT_FALL, KEPT_RECORDS
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.simulation.scheme_lives import SchemeLives
from goodstanding.lab.world import Population

BEHAVIOUR = load_behaviour("rongcheng-2014")
SCHEME = compile_scheme(BEHAVIOUR)
ADULTS = Population.draw("china", persons=3_000, seed=1, least_age=18)
START = BEHAVIOUR.rules.runs.from_


def test_lives_under_rongcheng_are_what_its_rules_say() -> None:
    """A sample and the busiest lives of ten years: every grade, score and measure to the day."""
    lived = run(ADULTS, SCHEME, 60, start=START)
    variants = list_variants(BEHAVIOUR, list_origins(BEHAVIOUR))
    agreement = check_lives(lived, "rongcheng-2014", BEHAVIOUR.catalogue, variants, lives=200)
    assert agreement.lives >= 200
    assert agreement.states > agreement.lives


def test_a_run_that_differs_from_the_rules_fails_and_prints_the_life() -> None:
    """One point too few taken for a ticket is found, and the records of that life are named."""
    points = SCHEME.points[0]
    wrong = replace(SCHEME, points=(replace(points, stage_points=points.stage_points + (points.stage_points == -5)),))
    lived = run(ADULTS, wrong, 24, start=START)
    with pytest.raises(LaboratoryError, match=r"differs from the rules:\n(.|\n)*traffic-ticket(.|\n)*the run: "):
        check_lives(
            lived, "rongcheng-2014", BEHAVIOUR.catalogue, list_variants(BEHAVIOUR, list_origins(BEHAVIOUR)), lives=200
        )


def test_nothing_is_dropped_where_a_life_needs_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lives that do not fit are lived again with room, and count the same."""
    roomy = run(ADULTS, SCHEME, 60, start=START).schemes[0]
    prepared = SchemeLives.live_arms
    monkeypatch.setattr(SchemeLives, "live_arms", lambda lives, *parts: prepared(replace(lives, room=1), *parts))
    tight = run(ADULTS, SCHEME, 60, start=START).schemes[0]
    assert tight.again > 1_000
    for few, many in zip(tight.arms, roomy.arms, strict=True):
        assert np.array_equal(few.acts, many.acts)
        assert np.array_equal(few.days, many.days)
        assert few.records == many.records


@pytest.mark.parametrize(
    ("catalogue", "persons", "firms"),
    [("rongcheng-2014", 2_000, 0), ("cn-environment-12-surcharges", 0, 2_000), ("spc-debtors-2017", 2_000, 0)],
)
def test_a_life_that_is_the_same_in_another_arm_counts_in_it_without_being_lived_again(
    catalogue: str, persons: int, firms: int
) -> None:
    """Each arm gives to the number what it gives where everybody lives in it, also where lives need more room."""
    behaviour, arms = load_behaviour(catalogue), (("means", "gain"), ("means",), ("gain",), ())
    drawn = behaviour.rules.population
    population = Population.draw(
        drawn.draw, persons=persons, firms=firms, seed=3, least_age=drawn.least_age, part=drawn.part
    )
    (prepared,) = run(population, behaviour, 60, arms=arms).schemes[0].lives.values()
    lives = replace(prepared, room=2)
    agents = lives.build_agents(population, range(2_000)).table
    for mechanisms, lived in zip(arms, lives.live_arms(agents, lives.build_arms(arms)), strict=True):
        alone = lives.live(agents, lives.build_occasions(mechanisms))
        assert np.array_equal(lived[0][:, KEPT_RECORDS:], alone[0][:, KEPT_RECORDS:])
        assert np.array_equal(lived[1], alone[1])
        assert lived[2] == alone[2]
        if mechanisms == arms[0]:
            agents = agents._replace(falls=np.ascontiguousarray(alone[0][:, KEPT_FALL]))


@pytest.mark.parametrize(
    ("months", "start", "words"),
    [
        (0, START, "cannot last 0 months"),
        (60, date(2013, 1, 1), "the rules of rongcheng-2014 are in force from 2014-01-01"),
    ],
)
def test_a_run_outside_the_rules_is_refused(months: int, start: date, words: str) -> None:
    """Without months, or on days on which the rules are not in force, nobody lives under them."""
    with pytest.raises(LaboratoryError, match=words):
        run(ADULTS, SCHEME, months, start=start)


def test_a_grade_that_a_scheme_lacks_is_refused() -> None:
    """The grades that there are stand beside it."""
    with pytest.raises(LaboratoryError, match="has no grade 'E'"):
        run(ADULTS, SCHEME, 12, start=START, bad_grades=["E"])
