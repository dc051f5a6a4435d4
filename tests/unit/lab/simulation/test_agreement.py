"""The kernel and the rules say the same of every life, to the day."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from tests.lab_outcomes import SmallOutcomes, build_outcome_behaviour, draw_outcomes
from tests.lab_schemes import BUSY_ACTS, SmallScheme, build_behaviour, draw_schemes
from tests.profiles import share_of_examples

from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population

FIRMS = Population.draw("fictional", persons=0, firms=30, seed=4)


@settings(max_examples=share_of_examples(32))
@given(draw_schemes())
def test_every_life_is_what_the_rules_say_of_it(scheme: SmallScheme) -> None:
    """Fades, caps by span, bonuses, direct grades, bounds, law, delays and withdrawals of generated schemes."""
    behaviour = build_behaviour(scheme)
    lived = run(FIRMS, compile_scheme(behaviour), 72, start=date(2020, 1, 31), acts=BUSY_ACTS)
    variants = list_variants(behaviour, list_origins(behaviour))
    agreement = check_lives(lived, "tiny", behaviour.catalogue, variants, lives=30)
    assert agreement.lives == 30
    assert agreement.states > 30


@settings(max_examples=share_of_examples(32))
@given(draw_outcomes())
def test_every_life_has_the_newest_grade_and_the_mean_that_the_rules_give(small: SmallOutcomes) -> None:
    """Newest records and means, lapses, records that do not count or give no grade, measures that ask the record."""
    behaviour = build_outcome_behaviour(small)
    lived = run(FIRMS, compile_scheme(behaviour), 72, start=date(2020, 1, 31), acts=BUSY_ACTS)
    variants = list_variants(behaviour, list_origins(behaviour))
    agreement = check_lives(lived, "tiny", behaviour.catalogue, variants, lives=30)
    assert agreement.records > 30
