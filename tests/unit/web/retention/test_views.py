"""What goes when, for anybody in counts and for the parties on a file; and what pages say of what went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests import clerk, registers
from tests.registers import NOW
from tests.site_register import DRAGON, LISTED, PRESUMED

from goodstanding import config

pytestmark = pytest.mark.each_database


def test_counts_are_told_by_catalogue_and_small_ones_are_not(anybody: Any) -> None:
    """Anybody sees how many records go when; a count below ten is null, said so, and no sum gives it away."""
    retention_page = anybody.get("/retention.json").json()
    by_name = {catalogue["catalogue"]: catalogue for catalogue in retention_page["catalogues"]}
    hygiene, mexico = by_name["uk-food-hygiene"], by_name["mx-tax-69b"]
    counts = [hygiene["due"], hygiene["kept"], *(line["records"] for line in hygiene["lines"])]
    assert any(count is not None and count >= 10 for count in counts)
    assert all(count is None or count == 0 or count >= 10 for catalogue in by_name.values() for count in [
        catalogue["due"], catalogue["kept"], *(line["records"] for line in catalogue["lines"])
    ])  # fmt: skip
    assert None in [mexico["due"], mexico["kept"]]
    page = anybody.get("/retention").text
    assert "fewer than 10" in page
    assert "this register’s own choice" in page


def test_the_days_of_one_file_are_for_its_parties(anybody: Any, signed_in: Callable[..., Any]) -> None:
    """The subject and the overseer see when each record goes and why; nobody else does."""
    assert anybody.get(f"/subjects/{LISTED}.json").json()["kept"] is None
    assert "Kept until" not in anybody.get(f"/subjects/{LISTED}").text
    client = signed_in("overseer")
    [kept] = client.get(f"/subjects/{LISTED}.json").json()["kept"]
    assert (kept["keeps"], kept["own"]) == ("5 years", True)
    assert date.fromisoformat(kept["goes_on"]).year == date.fromisoformat(kept["ended_on"]).year + 5
    assert "Kept until" in client.get(f"/subjects/{LISTED}").text
    [pending] = client.get(f"/subjects/{PRESUMED}.json").json()["kept"]
    assert pending["goes_on"] is pending["ended_on"] is None


@pytest.fixture
def own_register(tmp_path: Path) -> Any:
    """A register of this test's own, in which two visits to one place are on file."""
    from goodstanding.catalogue import load_library
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.register.storage.lifecycle import use_register

    folder = registers.make_register(tmp_path / "register", enacting=[load_library()["us-nyc-food-grades"]])
    with use_register(folder) as settings:
        clerk.write_establishments(tmp_path, "30000001")
        visits = [clerk.nyc_row(30000001, "2013-03-01", score="20", grade="B"), clerk.nyc_row(30000001, "2014-05-02")]
        file = clerk.write_parquet(tmp_path / "nyc.parquet", visits)
        ingest_file(file, "us-nyc-inspections", NOW, date(2014, 12, 31))
        yield settings


@pytest.mark.usefixtures("own_register")
def test_a_file_says_that_something_was_erased_and_not_what(tmp_path: Path) -> None:
    """A party reads day, reason and law; the event's page says the same to anybody; neither says what it was."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id
    from goodstanding.web.models import Account

    diner = "us-nyc-camis:30000001"
    newest = list_records(find_subject_id(diner))[0]
    why = ErasureGrounds("order", "The court ordered it.", "Example Act art. 9")
    confirm_erasure(request_erasure([newest.position], why, "Ada Asker", NOW).position, "Ben Confirmer", NOW)
    user = get_user_model().objects.create(username="olga")
    Account.objects.create(user=user, role="overseer", scope="")
    overseer, anybody = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    overseer.force_login(user)
    [tombstone] = overseer.get(f"/subjects/{diner}.json").json()["erased"]
    assert tombstone == {
        "position": newest.position, "day": "2026-11-22", "why": "a court or a supervisory authority ordered it",
        "law": "Example Act", "article": "art. 9",
    }  # fmt: skip
    page = overseer.get(f"/subjects/{diner}").text
    assert "a record was erased on" in page
    assert newest.reference not in page
    assert anybody.get(f"/subjects/{diner}.json").json()["erased"] is None
    event = anybody.get(f"/ledger/{newest.position}.json").json()
    assert (event["erased"], event["body"], event["salt"], event["content"]) == (tombstone, None, None, {})
    assert "because a court" in anybody.get(f"/ledger/{newest.position}").text
    assert event["path"]


def test_look_ups_are_kept_for_five_years_and_no_longer(register: config.RegisterSettings) -> None:
    """What is a day older goes, what is as old as that stays; on 29 February too."""
    from goodstanding.web.http.access_log import get_oldest_kept_day, purge_access_entries
    from goodstanding.web.models import LookUp

    LookUp.objects.all().delete()
    for day in (27, 28):
        at = datetime(2023, 2, day, 23, 59, tzinfo=UTC)
        LookUp.objects.create(at=at, name="Ada", role="overseer", scope="", subject=DRAGON, opened="/")
    assert purge_access_entries(date(2028, 2, 28)) == 1
    assert purge_access_entries(date(2028, 2, 28)) == 0
    assert purge_access_entries(date(2028, 2, 29)) == 1
    assert get_oldest_kept_day(date(2028, 2, 29)) == date(2023, 3, 1)


def test_an_emptied_file_takes_its_accounts_and_alerts_and_leaves_the_look_ups(
    register: config.RegisterSettings,
) -> None:
    """Who acted for a file that is gone has no part here any more; who looked into it is kept for its own time."""
    from django.contrib.auth import get_user_model

    from goodstanding.register.erasure.hooks import purge_other_holders
    from goodstanding.web.models import Account, Alert, LookUp

    user = get_user_model().objects.create(username="gone")
    for scope in ("mx-rfc:GONE", "mx-rfc:KEPT"):
        Account.objects.create(user=user, role="subject", scope=scope)
        Alert.objects.create(user=user, subject=scope)
    LookUp.objects.create(at=NOW, name="Ada", role="overseer", scope="", subject="mx-rfc:GONE", opened="/")
    purge_other_holders((), {"mx-rfc:GONE"})
    assert [account.scope for account in Account.objects.filter(user=user)] == ["mx-rfc:KEPT"]
    assert [alert.subject for alert in Alert.objects.filter(user=user)] == ["mx-rfc:KEPT"]
    assert LookUp.objects.filter(subject="mx-rfc:GONE").count() == 1
    user.delete()
