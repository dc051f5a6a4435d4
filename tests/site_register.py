"""A small demonstration register, made once for each kind of database, and clients of every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import clerk, registers
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding import config

DRAGON, EXEMPT, UNPROVEN = "uk-fhrs-row:1", "uk-fhrs-row:2", "uk-fhrs-row:3"
HOSTILE, CHINESE, LONG = "uk-fhrs-row:4", "uk-fhrs-row:5", "uk-fhrs-row:6"
DINER = "us-nyc-camis:30000001"
NUMBERS = {name: clerk.rfc(number) for number, name in enumerate(("listed", "presumed", "ended", "rebutted"), 1)}
LISTED, PRESUMED, ENDED, REBUTTED = (f"mx-rfc:{number}" for number in NUMBERS.values())
SCRIPT = '<script>alert("1")</script> & Söhne\'s <b>Grill</b>'
LIST = "mx-tax-69b/simulated-invoicing"
LABORATORY = "spc-debtors-2017"


@pytest.fixture(scope="session")
def small_register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database_kind: str
) -> Path:
    """The folder of a demonstration register with three catalogues and a dozen subjects."""

    def make(folder: Path) -> None:
        database = registers.get_database_url(request, database_kind)
        make_site_register(folder, tmp_path_factory.mktemp("files"), database)

    return registers.copy_shared_register(request, tmp_path_factory, f"site-{database_kind}", make)


def make_site_register(folder: Path, files: Path, database: str = registers.SQLITE) -> Path:
    """Makes the small register in a folder; `files` is where its clerk writes."""
    enacting = [LIBRARY[name] for name in ("uk-food-hygiene", "us-nyc-food-grades", "mx-tax-69b")]
    registers.make_register(folder, database, enacting)
    _fill(folder, files)
    return folder


def _fill(folder: Path, files: Path) -> None:
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(folder):
        clerk.write_establishments(files, "30000001")
        ingest_file(clerk.write_csv(files / "uk.csv", _england()), "uk-fhrs", NOW, date(2015, 2, 16))
        ingest_file(
            clerk.write_parquet(files / "nyc.parquet", _new_york()), "us-nyc-inspections", NOW, date(2014, 12, 31)
        )
        ingest_file(clerk.write_csv(files / "mx_as_of_2022-11-30.csv", _mexico(), clerk.MX), "mx-sat-69b", NOW)


def _england() -> list[clerk.Row]:
    unrated = {"structural": None, "hygiene": None, "confidenceinmanagement": None}
    named = [
        clerk.uk_row(1, businessname="Golden Dragon", ratingvalue="4", structural="10"),
        clerk.uk_row(2, businessname="Example Sweets", ratingvalue="Exempt", **unrated),
        clerk.uk_row(3, businessname="Example Home", ratingvalue="5", **unrated),
        clerk.uk_row(4, businessname=SCRIPT),
        clerk.uk_row(5, businessname="示例金龙餐饮有限公司"),
        clerk.uk_row(6, businessname="The Extraordinarily Long And Unbroken " + "Name" * 30),
    ]
    return named + [clerk.uk_row(number, businessname=f"Example Tea Room {number}") for number in range(100, 160)]


def _new_york() -> list[clerk.Row]:
    worse = {"score": "20", "grade": "B", "inspection_type": "Cycle Inspection / Re-inspection"}
    return [clerk.nyc_row(30000001, "2013-03-01", **worse), clerk.nyc_row(30000001, "2014-05-02")]


def _mexico() -> list[clerk.Row]:
    long_ago = {"presumption_sat_date": "2014-06-02", "presumption_dof_date": "2014-06-20"}
    return [
        clerk.final_mx_row(NUMBERS["listed"]),
        clerk.mx_row(NUMBERS["presumed"]),
        clerk.final_mx_row(NUMBERS["ended"], final_sat_date="2015-01-05", final_dof_date="2015-02-06", **long_ago),
        clerk.mx_row(
            NUMBERS["rebutted"], status="Desvirtuado", rebutted_sat_date="2019-03-01", rebutted_dof_date="2019-04-01"
        ),
    ]


@pytest.fixture
def register(small_register: Path) -> Iterator[config.RegisterSettings]:
    """The small register, opened in this process for one test."""
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(small_register) as settings:
        yield settings


@pytest.fixture
def anybody(register: config.RegisterSettings) -> Any:
    """A client that nobody has signed in with."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


@pytest.fixture
def signed_in(register: config.RegisterSettings) -> Callable[..., Any]:
    """Makes an account of a role and scope, with a mandate for a subject, and gives a client signed in with it."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.web.models import Account

    def client(role: str, scope: str = "") -> Any:
        user, _new = get_user_model().objects.get_or_create(username=f"{role} {scope}".strip())
        Account.objects.update_or_create(user=user, defaults={"role": role, "scope": scope})
        if role == "subject":
            let_act(user.get_username(), scope)
        signed_client = Client(headers={"host": "localhost"})
        signed_client.force_login(user)
        return signed_client

    return client


def let_act(person: str, subject: str) -> None:
    """Grants a person a mandate for a subject from today on, unless one holds."""
    from goodstanding.access import Actor, Role
    from goodstanding.register.cases.claims.claim_subjects import list_stating_sources
    from goodstanding.register.cases.mandates import (
        grant_mandate_in_demonstration,
        list_mandates_of_person,
    )
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.web.http.clock import get_today

    if not any(mandate.holds(get_today()) for mandate in list_mandates_of_person(person, subject)):
        office, last_day = next(iter(list_stating_sources(subject))), get_today() + timedelta(days=365)
        clerk = Actor(Role.SOURCE, office, "a clerk")
        grant_mandate_in_demonstration(person, subject, clerk, last_day, get_today(), NOW)
        catch_up()


@pytest.fixture(scope="session")
def case_register_folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database_kind: str
) -> Path:
    """The folder of a demonstration register in which cases are heard, and none is yet."""

    def make(folder: Path) -> None:
        enacting = [LIBRARY[name] for name in ("procurement-exclusion", "imminent-danger")]
        registers.make_register(folder, registers.get_database_url(request, database_kind), enacting)

    return registers.copy_shared_register(request, tmp_path_factory, f"hearings-{database_kind}", make)


@pytest.fixture
def case_register(case_register_folder: Path) -> Iterator[config.RegisterSettings]:
    """The register in which cases are heard, opened in this process for one test."""
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(case_register_folder) as settings:
        yield settings


@pytest.fixture
def person(case_register: config.RegisterSettings) -> Callable[..., Any]:
    """A client signed in as a person with a role and scope, and with a mandate for a subject, where cases are heard."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.web.models import Account

    def client(name: str, role: str, scope: str = "", email: str = "", **options: Any) -> Any:
        user, _new = get_user_model().objects.get_or_create(username=name)
        user.email, user.first_name = email, name
        user.save()
        Account.objects.filter(user=user).delete()
        Account.objects.create(user=user, role=role, scope=scope)
        if role == "subject":
            let_act(name, scope)
        signed_client = Client(headers={"host": "localhost"}, **options)
        signed_client.force_login(user)
        return signed_client

    return client


@pytest.fixture
def position_of(register: config.RegisterSettings) -> Callable[[str], int]:
    """The ledger position of the newest record about the subject that holds an identifier."""
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    return lambda identifier: list_records(find_subject_id(identifier))[0].position


def list_addresses() -> tuple[str, ...]:
    """Every page of the small register that anybody may open, without its twin."""
    subjects = (DRAGON, EXEMPT, UNPROVEN, HOSTILE, CHINESE, LONG, DINER, LISTED)
    return (
        "/", "/search", "/search?q=golden+dragn", "/search?q=uk-fhrs-row%3A1", "/search?q=zzzz", "/search?list=" + LIST,
        "/search?grade=food-hygiene%3A5&page=2", *(f"/subjects/{subject}" for subject in subjects), "/lists",
        f"/lists/{LIST}",
        "/catalogues", "/catalogues/uk-food-hygiene", "/catalogues/us-nyc-food-grades", "/catalogues/mx-tax-69b",
        "/catalogues/mx-tax-69b/sql", "/catalogues/cn-environment-12", f"/catalogues/{LABORATORY}",
        "/catalogues/uk-food-hygiene/calculator", "/catalogues/mx-tax-69b/calculator?example=2",
        f"/catalogues/{LABORATORY}/calculator?example=1", "/charter",
        "/laboratory", "/laboratory/apples-and-oranges", "/laboratory/looking-where-it-matters",
        "/ledger", "/ledger/0", "/ledger/1", "/ledger/5", "/sources", "/admitted-sources", "/refuses", "/retention",
        "/how-it-works", "/accessibility", "/privacy", "/contact", "/sign-in", "/sign-out", "/v1/", "/v1/docs",
    )  # fmt: skip


def twin(address: str) -> str:
    """The address of a page's twin."""
    path, _mark, query = address.partition("?")
    return ("/index" if path == "/" else path) + ".json" + (f"?{query}" if query else "")
