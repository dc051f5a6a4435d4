"""The kernel and the rules say the same of every life with cases, to the day, whatever the cases are."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from tests.lab_cases import SmallCases, build_case_behaviour, draw_cases
from tests.lab_schemes import BUSY_ACTS
from tests.profiles import share_of_examples

from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.world import Population

FIRMS = Population.draw("fictional", persons=0, firms=40, seed=4, part="judgment-debtors")


@settings(max_examples=share_of_examples(32))
@given(draw_cases())
def test_every_life_with_cases_is_what_the_rules_say_of_it(cases: SmallCases) -> None:
    """Steps by day and about cases, waits, terms by code and by the decision, lists of lists, disputes, corrections."""
    behaviour = build_case_behaviour(cases)
    lived = run(FIRMS, compile_scheme(behaviour), 72, start=date(2020, 1, 31), acts=BUSY_ACTS)
    agreement = check_lives(
        lived, "tiny", behaviour.catalogue, list_variants(behaviour, list_origins(behaviour)), lives=40
    )
    assert agreement.lives == 40
    assert agreement.states > 40
