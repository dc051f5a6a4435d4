"""Which measures count as taking something away when it is counted who was hit."""

from __future__ import annotations

import pytest

from goodstanding.lab.behaviour.behaviour_file import load_behaviour
from goodstanding.lab.compilation.compiler import compile_scheme


@pytest.mark.parametrize(
    ("name", "adverse"),
    [
        ("rongcheng-2014", {"punished"}),
        ("cn-environment-12-surcharges", {"power-red", "power-black", "sewage-red", "sewage-black"}),
        ("cn-tax-grade-carried", {"invoices-tightened", "export-refunds-limited", "grade-d-told"}),
        ("suining-2010", {"extra-checks", "no-assistance", "no-business-licence", "not-considered", "printed"}),
    ],
)
def test_what_takes_something_away_or_shames_is_adverse(name: str, adverse: set[str]) -> None:
    """Benefits are not, nor is less inspection; supervision outside inspection is, as the charter says."""
    measures = compile_scheme(load_behaviour(name)).measures
    adverse_names = {
        measure for measure, is_adverse in zip(measures.names, measures.is_adverse, strict=True) if is_adverse
    }
    assert adverse_names == adverse
