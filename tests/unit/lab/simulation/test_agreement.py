"""The kernel and the rules say the same of every life, to the day."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from tests.lab_schemes import VARIANTS, SmallScheme, build_arrays, build_rules, draw_schemes

from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population

PEOPLE = Population.draw("fictional", persons=60, seed=4, least_age=18)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw_schemes())
def test_every_life_is_what_the_rules_say_of_it(scheme: SmallScheme) -> None:
    """Fades, caps by span, bonuses, direct grades, floor, cap and law of generated schemes, for all lives of ten years."""
    lived = run(PEOPLE, build_arrays(scheme), 120, start=date(2020, 1, 31))
    agreement = check_lives(lived, "tiny", build_rules(scheme), VARIANTS, lives=60)
    assert agreement.lives == 60
    assert agreement.records > 60
