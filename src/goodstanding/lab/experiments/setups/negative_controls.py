"""The failures that inquiries established: whether the laboratory finds both, and neither without its cause.

Income averaging is found by the share of people who reported truly and owe something all the same; a flag by
nationality by how many times as many right applications it sets aside, at equal true error: of the same lives.
"""

from __future__ import annotations

from goodstanding.lab.experiments.setups.income_averages import compute_debts
from goodstanding.lab.experiments.setups.risk_flags import compute_flags
from goodstanding.lab.experiments.setups.setup import STRONG, Figures, Measurement, RunSize, Setup, Values

IRREGULAR_INCOMES, FLAG_WEIGHT = "irregular-incomes", "flag-weight"  # the two mechanisms
LEAST_SHARE = 0.05  # of people who reported truly
LEAST_EXCESS = 0.25  # over 1 of the ratio
_STEPS = (0, 1, 2, 5, 10, 100)  # hundredths of the year's income that fall into the time of work alone
_SWITCHED = {
    IRREGULAR_INCOMES: {"irregularity": 0.0},
    FLAG_WEIGHT: {"weight": 0.0},
    STRONG: {"irregularity": 1.0, "claims-all-year": 0.0, "proves": 0.0, "set-off": 0.0, "weight": 60.0, "line": 50.0},
}


def measure_controls(values: Values, seed: int, switch: str, size: RunSize) -> Measurement:
    """How large the smaller of both failures is, in multiples of the least that matters; and the figures of each."""
    values = {**values, **_SWITCHED.get(switch, {})}
    figures = {**compute_debts(values, seed, size.agents), **compute_flags(values, seed, size.agents)}
    found_by = (figures["share-in-debt"] / LEAST_SHARE, (figures["flag-ratio"] - 1) / LEAST_EXCESS)
    return Measurement(min(found_by), figures)


def describe_controls(values: Values, seed: int, size: RunSize) -> Figures:
    """Debts by irregularity of income and with fortnights set off; what is left of the ratio without the flag."""
    changes = {str(step): {"irregularity": step / 100} for step in _STEPS} | {"set-off": {"set-off": 1.0}}
    debts = {name: compute_debts({**values, **change}, seed, size.agents) for name, change in changes.items()}
    unweighted = compute_flags({**values, **_SWITCHED[FLAG_WEIGHT]}, seed, size.agents)
    return {
        **{f"share-in-debt-{name}": figures["share-in-debt"] for name, figures in debts.items()},
        "flag-ratio-without-weight": unweighted["flag-ratio"],
        "audit-ratio-without-weight": unweighted["audit-ratio"],
    }


CONTROLS = Setup(measure_controls, describe_controls)
