"""A register of another version of the program: brought up to date once, or refused where it cannot be understood."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding import config
from goodstanding.errors import RegisterError

pytestmark = pytest.mark.usefixtures("register_folder")
NEWEST = "web.0003_alerts"


def run_on_ledger(statement: str) -> None:
    """Carries out a statement on the durable tables."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute(statement)


def mark_version(version: int) -> None:
    """Makes the projection one of another version."""
    from goodstanding.register.projection import schema
    from goodstanding.register.storage.columns import open_column_store

    with open_column_store() as store:
        schema._mark_version(store, "projection", version)


def test_a_new_register_is_up_to_date() -> None:
    """Nothing is to do, and nothing is done."""
    from goodstanding.register.projection.upgrade import bring_up_to_date, is_up_to_date

    assert is_up_to_date()
    assert bring_up_to_date() is None


@pytest.mark.parametrize("version", [0, 2_000])
def test_tables_of_another_version_are_made_anew(
    version: int, enact: Callable[[str], int], assert_register_holds: Callable[[], None]
) -> None:
    """Of an older one, of one without a number or of a later one; once, and what is in them is the same."""
    from goodstanding.register.projection.upgrade import Upgrade, bring_up_to_date, is_up_to_date
    from goodstanding.register.storage.queries import fetch_rows

    size = enact("mx-tax-69b")
    before = fetch_rows("SELECT position, catalogue, digest FROM enactment")
    mark_version(version)
    done = bring_up_to_date()
    assert done == Upgrade((), size)
    assert f"made anew from {size} events" in str(done)
    assert fetch_rows("SELECT position, catalogue, digest FROM enactment") == before
    assert is_up_to_date()
    assert_register_holds()


def test_tables_that_are_gone_are_made_anew_where_that_is_wanted(
    enact: Callable[[str], int], assert_register_holds: Callable[[], None]
) -> None:
    """A copy of the durable part that was put back has none; `verify` does not mend what it is to look at."""
    from django.db import connections

    from goodstanding.register.projection.upgrade import Upgrade, bring_up_to_date
    from goodstanding.register.storage.connections import close_reader

    size = enact("mx-tax-69b")
    if config.get_current_register().postgres:
        connections["projection"].close()
        run_on_ledger("DROP SCHEMA projection CASCADE")
    else:
        close_reader()
        config.get_current_register().sqlite_file("projection").unlink()
    assert bring_up_to_date(restore=False) is None
    assert bring_up_to_date() == Upgrade((), size)
    assert_register_holds()


def test_a_migration_that_is_missing_is_carried_out(assert_register_holds: Callable[[], None]) -> None:
    """A register from before a durable table has it afterwards, and says which migration made it."""
    from django.core.management import call_command

    from goodstanding.register.projection.upgrade import (
        Upgrade,
        bring_up_to_date,
        is_up_to_date,
        list_pending_migrations,
    )
    from goodstanding.web.models import Alert

    call_command("migrate", "web", "0002", verbosity=0)
    assert list_pending_migrations() == (NEWEST,)
    done = bring_up_to_date()
    assert done == Upgrade((NEWEST,), None)
    assert NEWEST in str(done)
    assert Alert.objects.count() == 0
    assert is_up_to_date()
    assert_register_holds()


def test_a_register_of_a_later_version_is_refused() -> None:
    """With the migration that this version does not know; one of another package, or of a room that is gone, is not."""
    from goodstanding.register.projection.upgrade import bring_up_to_date, is_up_to_date

    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('{}', '{}', '2026-01-01')"
    for label, name in (("allauth_mfa", "0001_gone"), ("gone", "0001_initial"), ("projection", "0099_gone")):
        run_on_ledger(later.format(label, name))
    assert is_up_to_date()
    run_on_ledger(later.format("ledger", "0099_later"))
    with pytest.raises(RegisterError, match="later version") as caught:
        bring_up_to_date()
    assert caught.value.where == "ledger.0099_later"


def test_a_database_without_a_ledger_is_not_made_one() -> None:
    """Whoever names another database by mistake is told so, and does not get an empty register."""
    from goodstanding.register.projection.upgrade import bring_up_to_date

    run_on_ledger("DELETE FROM django_migrations")
    with pytest.raises(RegisterError, match="no ledger"):
        bring_up_to_date()


def test_who_waited_for_another_finds_nothing_left_to_do(
    enact: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that begin at once: the second waits, and then neither migrates nor rebuilds."""
    from contextlib import contextmanager

    from goodstanding.register.projection import upgrade
    from goodstanding.register.projection.upgrade import bring_up_to_date
    from goodstanding.register.storage import rebuild_lock

    enact("mx-tax-69b")
    mark_version(0)
    hold_rebuild_lock = rebuild_lock.hold_rebuild_lock

    @contextmanager
    def wait_for_another():  # type: ignore[no-untyped-def]
        monkeypatch.undo()
        assert bring_up_to_date() is not None
        with hold_rebuild_lock():
            yield

    monkeypatch.setattr(upgrade, "hold_rebuild_lock", wait_for_another)
    assert bring_up_to_date() is None
