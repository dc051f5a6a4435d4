"""Catalogues of the library that grade inspections and yearly reports: lives with made-up findings are as they say."""

from __future__ import annotations

from datetime import date

import pytest

from goodstanding.catalogue.loader import get_catalogue_folder, load_catalogue
from goodstanding.lab.acts import load_acts
from goodstanding.lab.behaviour.behaviour_file import parse_behaviour
from goodstanding.lab.channels import load_channels
from goodstanding.lab.compilation.behaviour_origins import list_origins
from goodstanding.lab.compilation.compiler import compile_scheme, list_variants
from goodstanding.lab.simulation.agreement import check_lives
from goodstanding.lab.simulation.runs import run
from goodstanding.lab.strict_files import StrictFile
from goodstanding.lab.world import Population

HEAD = """\
behaviour: NAME
runs: {from: START, months: 72}
population: {draw: fictional}
not_known: [nothing here is a fact]
"""
FOUND = """\
records:
  food-fault: {record: RECORD, source: SOURCE, fields: FIELDS, shares: made up, noticed: SHARE, delay: {days: [0, 60]}}
  late-tax: {record: RECORD, source: SOURCE, fields: FIELDS, shares: made up, noticed: SHARE, wrong: WRONG}
disputes: {asks: BOTH, upheld: BOTH, days: DAYS, does: withdraw}
"""
YEARLY = """\
enrols:
  RECORD: {who: firm, when: every-year, month: 4, source: SOURCE, shares: made up, fields: FIELDS}
"""
NUMBER = "{value: 0.5, range: [0, 1], assumption: made up}"
FACES = (
    "average: {95: 0.3, 80: 0.3, 62: 0.2, 50: 0.2}, failed_key_items: {0: 0.8, 2: 0.2},"
    " newly_licensed: {true: 0.1, false: 0.9}"
)
FIELDS = {
    "uk-food-hygiene": (
        "inspection",
        "{status: {rated: 0.9, exempt: 0.1}, hygiene: {0: 0.3, 10: 0.4, 20: 0.3}, structural: {5: 0.5, 15: 0.5},"
        " confidence: {0: 0.5, 10: 0.3, 30: 0.2}}",
    ),
    "us-nyc-food-grades": (
        "inspection",
        "{status: inspected, score: {5: 0.4, 14: 0.3, 30: 0.3}, closed: {true: 0.1, false: 0.9},"
        " card: {A: 0.3, B: 0.2, C: 0.1, pending: 0.1, none: 0.3}}",
    ),
    "cn-catering-faces": ("visit", f"{{{FACES}}}"),
    "cn-catering-faces-licences": ("visit", f"{{{FACES}, correction_failed: {{true: 0.1, false: 0.9}}}}"),
    "cn-tax-grade": (
        "assessment",
        "{status: full-year, indicators: {regular-and-others: 0.5, incomplete: 0.5},"
        " deducted: {0: 0.4, 200: 0.4, 700: 0.2}, ground: {tax-fraud: 0.1, none: 0.9},"
        " no_revenue: {true: 0.2, false: 0.8}}",
    ),
}
STARTS = {"cn-tax-grade": date(2025, 7, 1)}
FIRMS = Population.draw("fictional", persons=0, firms=150, seed=4)
BUSY = load_acts().set_values({"food-fault.rate": 0.1, "late-tax.rate": 0.4})


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("lines", [FOUND, YEARLY], ids=["found", "yearly"])
def test_lives_under_a_catalogue_of_grades_are_what_it_says(name: str, lines: str) -> None:
    """Newest findings and means of a year, lapses, findings without a grade, and some that are withdrawn."""
    record, fields = FIELDS[name]
    catalogue = load_catalogue(get_catalogue_folder(name))
    start = STARTS.get(name, date(2013, 1, 1))
    text = HEAD.replace("NAME", name).replace("START", start.isoformat()) + lines.replace("RECORD", record)
    text = text.replace("SOURCE", catalogue.records[record].by[0])
    text = text.replace("BOTH", "{if_wrong: SHARE, if_right: SHARE}").replace("SHARE", NUMBER).replace("FIELDS", fields)
    days = "{value: 40, range: [1, 400], unit: days, assumption: made up}"
    text = text.replace("DAYS", days).replace(
        "WRONG", "{value: 0.1, range: [0, 1], unit: per year, assumption: made up}"
    )
    behaviour = parse_behaviour(StrictFile("b.yaml", text), catalogue, BUSY, load_channels())
    lived = run(FIRMS, compile_scheme(behaviour), 72, start=start, acts=BUSY)
    variants = list_variants(behaviour, list_origins(behaviour))
    agreement = check_lives(lived, name, behaviour.catalogue, variants, lives=100)
    assert agreement.stretches > 100
