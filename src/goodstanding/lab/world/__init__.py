"""The world: who there is, and what they do, whatever a catalogue makes of it.

`population` draws persons and firms, `agents` says who is in a chunk, `lives` what each could do; `edges` ties them.
"""

from goodstanding.lab.world.agents import Firms, Persons
from goodstanding.lab.world.candidates import ActPlan, Candidates, compute_threshold, find_candidate
from goodstanding.lab.world.lives import draw_lives, plan_acts
from goodstanding.lab.world.population import Population

__all__ = [
    "ActPlan",
    "Candidates",
    "Firms",
    "Persons",
    "Population",
    "compute_threshold",
    "draw_lives",
    "find_candidate",
    "plan_acts",
]
