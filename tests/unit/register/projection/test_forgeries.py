"""What somebody with the files in hand may try beside changing a value: `verify` finds each, and names it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.clerk import uk_row
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding import config

pytestmark = pytest.mark.each_database

DROPPED = ("ledger_event_kind", "ledger_checkpoint_recorded_at", "sending_newest")


def _list_codes() -> list[str]:
    """The codes of everything that does not hold."""
    from goodstanding.register.projection.verification import verify_register

    return [finding.code for finding in verify_register().findings]


def _run_statement(statement: str, *parameters: Any) -> None:
    """Does to the durable tables what nobody should."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute(statement, parameters)


def _append(kind: str, content: dict[str, Any]) -> int:
    """Appends an event; gives the ledger's size."""
    from goodstanding.ledger import store
    from goodstanding.register.storage.lifecycle import load_signer

    return store.append([store.EventDraft(kind, content)], NOW, load_signer()).size


def test_a_checkpoint_taken_out_of_the_middle_is_found(register_folder: config.RegisterSettings) -> None:
    """Of several appends in one second none can lose its checkpoint: each says the size of the one before it."""
    sizes = [_append("Noted", {"text": str(number)}) for number in range(3)]
    assert _list_codes() == []
    _run_statement("DELETE FROM ledger_checkpoint WHERE size = %s", sizes[1])
    assert _list_codes() == ["checkpoint-gone"]


def test_a_trigger_on_the_ledger_is_found(register_folder: config.RegisterSettings) -> None:
    """What would change rows by itself is named, though it has not acted yet."""
    if register_folder.postgres:
        _run_statement("CREATE RULE quiet AS ON UPDATE TO ledger_event DO INSTEAD NOTHING")
    else:
        _run_statement("CREATE TRIGGER quiet AFTER INSERT ON ledger_event BEGIN DELETE FROM quarantined; END")
    assert _list_codes() == ["trigger"]


def test_a_trigger_on_the_tables_is_found(register_folder: config.RegisterSettings) -> None:
    """So is one on the register's own tables."""
    from goodstanding.register.storage.columns import open_column_store

    with open_column_store() as store:
        if store.postgres:
            store.run("CREATE RULE quiet AS ON UPDATE TO effect DO INSTEAD NOTHING")
        else:
            store.run("CREATE TRIGGER quiet AFTER INSERT ON effect BEGIN DELETE FROM effect; END")
    assert _list_codes() == ["trigger"]


@pytest.mark.parametrize("name", DROPPED)
def test_an_index_that_is_gone_is_found(register_folder: config.RegisterSettings, name: str) -> None:
    """An index of the durable tables that somebody dropped is named."""
    _run_statement(f"DROP INDEX {name}")
    assert _list_codes() == ["database"]


def test_a_record_that_could_stand_twice_is_found(register_folder: config.RegisterSettings) -> None:
    """Where nothing keeps a key and version from standing there twice, that is said."""
    if register_folder.postgres:
        _run_statement("ALTER TABLE ledger_event DROP CONSTRAINT ledger_event_key_version")
    else:
        _run_statement("PRAGMA writable_schema = ON")
        _run_statement(
            """UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE ("key", "version")', 'CHECK (true)')"""
            """ WHERE name = 'ledger_event'"""
        )
        _run_statement("DELETE FROM sqlite_master WHERE type = 'index' AND sql IS NULL AND tbl_name = 'ledger_event'")
        _run_statement("PRAGMA writable_schema = RESET")
    assert "database" in _list_codes()


@pytest.mark.parametrize(
    "change", [{"name": "Another"}, {"origin": "example.org/other"}, {"demonstration": True}], ids=str
)
def test_other_settings_than_at_the_opening_are_found(
    register_folder: config.RegisterSettings, change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, origin and whether it is a demonstration are what the first event says."""
    monkeypatch.setattr(config, "_current", replace(register_folder, **change))
    from goodstanding.register.projection.verification import verify_register

    settings = [finding for finding in verify_register().findings if finding.code == "settings"]
    assert [finding.where for finding in settings] == [f"setting {next(iter(change))}"]


@pytest.mark.parametrize("forged_note", [False, True])
def test_evidence_that_an_event_names_cannot_go_unseen(
    register_folder: config.RegisterSettings, forged_note: bool
) -> None:
    """A file and its note gone together are found, and so is a note that says that the file was erased."""
    from goodstanding.register.storage.evidence_store import accept_exhibit

    exhibit = accept_exhibit("proof.txt", io.BytesIO(b"I was there."), "Ana Torres", NOW.date())
    named = {"name": exhibit.name, "digest": exhibit.digest, "size": exhibit.size, "media_type": exhibit.media_type}
    _append("MandateClaimed", {"subject": 0, "person": "ana", "text": "x", "evidence": named, "day": "2026-11-22"})
    assert _list_codes() == []
    file = register_folder.path("evidence", exhibit.digest[:2], exhibit.digest[2:])
    note = file.with_name(file.name + ".json")
    file.unlink()
    if forged_note:
        forgotten = [{"reason": "law", "by": "x", "day": "2026-11-22"}]
        note.write_text(json.dumps(json.loads(note.read_text()) | {"forgotten": forgotten}))
    else:
        note.unlink()
    assert _list_codes() == ["evidence"]


def test_a_row_taken_out_of_quarantine_is_found(
    register_folder: config.RegisterSettings, enact: Callable[[str], int], send: Callable[..., Any]
) -> None:
    """As many rows wait, or waited, as the ledger says were put aside."""
    from goodstanding.intake.submissions.submission_checks import list_submission_faults

    enact("uk-food-hygiene")
    send("uk-fhrs", [uk_row(number, hygiene="bad" if number < 2 else "5") for number in range(4)])
    assert list(list_submission_faults()) == []
    _run_statement("DELETE FROM quarantined WHERE id = (SELECT min(id) FROM quarantined)")
    assert [fault.code for fault in list_submission_faults()] == ["quarantine"]


def test_no_setting_makes_a_register_in_use_a_demonstration(
    register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first event says what it is, whatever the environment does; and verification names the setting."""
    from goodstanding.errors import CatalogueError
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.rules.enactment import enact_catalogue_at_once
    from goodstanding.register.storage.lifecycle import use_register

    monkeypatch.setenv("GOODSTANDING_DEMONSTRATION", "true")
    with use_register(register_folder.folder) as register:
        assert register.demonstration is False
        with pytest.raises(CatalogueError):
            enact_catalogue_at_once(LIBRARY["uk-food-hygiene"], NOW.date(), NOW)
        assert [finding.where for finding in verify_register().findings] == ["setting demonstration"]


def test_an_act_dated_on_another_day_is_found(exclusion: None) -> None:
    """A day apart may be the time of the place; more is none."""
    from tests.unit.register.cases.test_notices import case_after_proposal

    from goodstanding.ledger import store
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.storage.lifecycle import load_signer

    case = case_after_proposal()
    content = {"case": case.position, "by": "Ada Clerk", "office": "example-buyer", "service": "posted", "proof": "RR"}
    for days, expected in ((1, []), (3, ["act-day"])):
        day = (NOW - timedelta(days=days)).date().isoformat()
        store.append([store.EventDraft("NoticeServed", content | {"day": day})], NOW, load_signer())
        catch_up()
        assert [finding.code for finding in verify_register().findings if finding.code == "act-day"] == expected


def test_a_clock_that_once_stood_ahead_is_found(register_folder: config.RegisterSettings) -> None:
    """Every later event would bear the same instant."""
    from goodstanding.ledger import store
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.storage.lifecycle import load_signer

    assert verify_register(now=NOW).holds
    ahead = NOW.replace(year=2099)
    store.append([store.EventDraft("KeyRevoked", {"source": "none", "key": "none"})], ahead, load_signer())
    assert "clock" in [finding.code for finding in verify_register(now=NOW).findings]
    assert "clock" not in [finding.code for finding in verify_register(now=ahead).findings]
