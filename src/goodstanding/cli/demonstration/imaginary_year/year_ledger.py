"""The year in the ledger: its rules in force, all of its events written at once, day by day, and projected once."""

from __future__ import annotations

from datetime import datetime

from goodstanding.cli.demonstration.demo_days import EVENING, OPENED_ON
from goodstanding.cli.demonstration.imaginary_year.province_rules import build_province_catalogues
from goodstanding.cli.demonstration.imaginary_year.year_events import list_drafts_by_day
from goodstanding.cli.demonstration.imaginary_year.year_plan import YearPlan, draw_year
from goodstanding.ledger import store as ledger
from goodstanding.register.projection.projector import catch_up
from goodstanding.register.rules.enacted_catalogues import list_enacted
from goodstanding.register.rules.enactment import enact_catalogue_at_once
from goodstanding.register.storage.lifecycle import load_signer


def write_year() -> YearPlan:
    """Enacts the province's rules, writes the year, and gives its plan."""
    catalogues = build_province_catalogues()
    for catalogue in catalogues:
        enact_catalogue_at_once(catalogue, OPENED_ON, datetime.combine(OPENED_ON, EVENING))
    catch_up()
    plan = draw_year(catalogues)
    append_plan(plan)
    return plan


def append_plan(plan: YearPlan) -> int:
    """Appends all that is planned, each day's events as recorded in its evening; all or nothing. Gives the size."""
    rules = {name: enacted.catalogue for name, enacted in list_enacted().items()}
    with ledger.hold_append_lock():
        signer, drafts_by_day = load_signer(), list(list_drafts_by_day(plan, rules, ledger.get_ledger_size()))
        for day, drafts in drafts_by_day:  # all are put together before any is written, which empties the caches
            ledger.append(drafts, datetime.combine(day, EVENING), signer)
    return catch_up()
