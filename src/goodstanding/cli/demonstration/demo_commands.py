"""The demonstration: a register from real, openly licensed data, in one command."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer

from goodstanding import config
from goodstanding.cli.demonstration.demo_days import DATA_ON, STANDS_ON, find_instant
from goodstanding.cli.demonstration.demo_experiments import (
    FOLLOWING,
    run_demonstration_experiments,
    show_experiments,
    start_demonstration_experiments,
)
from goodstanding.cli.demonstration.demo_personas import (
    ACCOUNTS_FILE,
    list_persona_accounts,
    show_personas,
    write_accounts,
)
from goodstanding.cli.options import Json, now, open_chosen_register
from goodstanding.cli.output import print_line, print_result, show_progress
from goodstanding.cli.upkeep_commands import make_register, run_server
from goodstanding.errors import RegisterError

FOLDER = "demo-register"
FILES: tuple[tuple[str, str, date | None], ...] = (
    ("uk_food_hygiene/fhrs_2015.parquet", "uk-fhrs", date(2015, 2, 16)),
    ("nyc_restaurants/violations.parquet", "us-nyc-inspections", date(2014, 12, 31)),
    ("mx_sat_69b/as_of_2021-05-18.parquet", "mx-sat-69b", None),
    ("mx_sat_69b/as_of_2022-11-30.parquet", "mx-sat-69b", None),
    ("food_convictions/england_as_of_2015-02-23.parquet", "uk-food-judgments", None),
    ("food_convictions/montreal_as_of_2017-12-05.parquet", "ca-montreal-food-judgments", None),
    ("cn_examples/enrolment_as_of_2026-10-31.csv", "cn-js-enrolment", None),
    ("cn_examples/conduct_as_of_2026-10-31.csv", "cn-js-conduct", None),
    ("cn_examples/commitment_as_of_2026-10-31.csv", "cn-js-commitment", None),
)
AUDITS = (
    ("uk-food-hygiene", date(2015, 2, 16)),
    ("us-nyc-food-grades", date(2014, 12, 31)),
    ("mx-tax-69b", date(2021, 5, 18)),
    ("mx-tax-69b", date(2022, 11, 30)),
)


def demo(
    no_serve: bool = typer.Option(False, "--no-serve", help="Build the register and end."),
    host: str = typer.Option("127.0.0.1", "--host"),
    port: int = typer.Option(8000, "--port"),
    json: Json = False,
) -> None:
    """Builds a demonstration register from real findings and serves it."""
    import os

    begun = time.perf_counter()
    folder = Path(os.environ.get("GOODSTANDING_REGISTER") or FOLDER)
    if not (folder / config.SETTINGS_FILE).exists():
        make_register(folder, demonstration=True, today=STANDS_ON)
    os.environ["GOODSTANDING_REGISTER"] = str(folder)
    with open_chosen_register() as register, show_progress(json) as tell:
        if not register.demonstration:
            raise RegisterError(f"{folder} is no demonstration register.", remedy="--register with another folder")
        _write_year()
        refused = sum(_ingest_file(name, feed, stated, tell) for name, feed, stated in FILES)
        cases = _play_cases()
        result = _build_summary(time.perf_counter() - begun, refused) | {"cases": cases}
        accounts = _make_accounts(register)
        laboratory = run_demonstration_experiments(register.laboratory_folder, tell) if no_serve else FOLLOWING
    print_result(
        result | ({"accounts": accounts} if accounts else {}) | {"laboratory": laboratory}, json, _show_summary
    )
    if not no_serve:
        start_demonstration_experiments(register.laboratory_folder, quiet=json)
        run_server(folder.resolve(), host, port)


def locate_data_folder() -> Path:
    """Where the demonstration's own data are."""
    return Path(str(files("goodstanding"))) / "demonstration" / "data"


def _ingest_file(name: str, feed: str, stated: date | None, tell: Any) -> int:
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.intake.mapping.feed_mapping import determine_stated_day
    from goodstanding.register.files.point_in_time import find_newest_statement_day
    from goodstanding.register.rules.enacted_catalogues import get_feed as feed_of

    file = locate_data_folder() / name
    newest = find_newest_statement_day(feed)
    if newest and newest > determine_stated_day(file.name, stated, feed_of(feed)[1]):
        return 0
    return ingest_file(
        file,
        feed,
        find_instant(DATA_ON),
        stated,
        progress=lambda stage, done, total: tell(f"{feed}: {stage}", done, total),
    ).quarantined


def _write_year() -> None:
    """Writes the year of an imaginary province into a new demonstration that stands still; into no other."""
    from goodstanding.register.search.register_counts import count_cases

    if config.get_current_register().today and not count_cases():
        from goodstanding.cli.demonstration.imaginary_year.example_statements import send_example_statements
        from goodstanding.cli.demonstration.imaginary_year.overseer_acts import erase_cases, make_claims
        from goodstanding.cli.demonstration.imaginary_year.year_accesses import log_year
        from goodstanding.cli.demonstration.imaginary_year.year_ledger import write_year
        from goodstanding.cli.demonstration.imaginary_year.year_statements import send_statements

        plan = write_year()
        log_year(plan)
        erase_cases(plan, find_instant(DATA_ON))
        send_statements(plan, find_instant(DATA_ON))
        send_example_statements(find_instant(DATA_ON))
        make_claims(plan, find_instant(DATA_ON))


def _build_summary(seconds: float, refused: int) -> dict[str, Any]:
    from goodstanding.ledger import store
    from goodstanding.register.search.outcome_agreement import measure_agreement
    from goodstanding.register.search.register_counts import count_records, count_subjects

    audits = [measure_agreement(name, at) for name, at in AUDITS]
    return {
        "seconds": round(seconds, 1),
        "events": store.get_ledger_size(),
        "records": count_records(),
        "subjects": count_subjects(),
        "quarantined": refused,
        "agreement": [
            {
                "catalogue": audit.catalogue,
                "at": audit.at,
                "published": audit.published,
                "agree": audit.agree,
                "differ": audit.differ,
                "unproven": audit.unproven,
            }
            for audit in audits
        ],
    }


def _play_cases() -> int:
    from goodstanding.cli.demonstration.demo_cases import play_demonstration_cases
    from goodstanding.web.http import clock

    return play_demonstration_cases(clock.get_today(), now())


def _make_accounts(register: config.RegisterSettings) -> list[dict[str, str]]:
    from goodstanding.portal.accounts.demonstration_accounts import make_demonstration_accounts

    personas = list_persona_accounts() if register.today else ()
    accounts = [asdict(account) for account in make_demonstration_accounts(personas)]
    write_accounts(register.folder, accounts)
    return accounts


def _show_summary(result: dict[str, Any]) -> None:
    print_line(f"A demonstration register of {result['subjects']:,} subjects, built in {result['seconds']} s")
    print_line(
        f"  {result['events']:,} events, {result['records']:,} records, {result['quarantined']} rows quarantined"
    )
    print_line(f"  {result['cases']:,} made-up cases, most of them in Aldermark, a province that does not exist")
    for audit in result["agreement"]:
        print_line(
            f"  {audit['catalogue']} on {audit['at']}: {audit['agree']:,} of {audit['published']:,} published outcomes"
            " follow from their findings"
        )
    show_experiments(result["laboratory"])
    show_personas(result.get("accounts", []), str(config.get_current_register().path(ACCOUNTS_FILE)))


COMMANDS = (demo,)
