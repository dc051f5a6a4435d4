"""`verify` holds for what the register did, and fails when one value of anything was changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import final_mx_row, mx_row, rfc, uk_row
from tests.register_fixtures import enact_catalogue_at_once, send_rows
from tests.registers import NOW
from tests.scenarios import play_once

from goodstanding import config
from goodstanding.errors import BadInput

pytestmark = pytest.mark.each_database

SEED = 69
LEDGER = {
    "an event's body": ("ledger_event", "body", "position"),
    "an event's kind": ("ledger_event", "kind", "position"),
    "an event's key": ("ledger_event", "key", "position"),
    "an event's salt": ("ledger_event", "salt", "position"),
    "an event's commitment": ("ledger_event", "commitment", "position"),
    "an event's digest": ("ledger_event", "digest", "position"),
    "an event's version": ("ledger_event", "version", "position"),
    "an event's time": ("ledger_event", "recorded_at", "position"),
    "a tile": ("ledger_tile", "hashes", "level"),
    "a checkpoint's note": ("ledger_checkpoint", "note", "size"),
    "a checkpoint's root": ("ledger_checkpoint", "root", "size"),
    "a checkpoint's time": ("ledger_checkpoint", "recorded_at", "size"),
}
PROJECTION = {
    "subject": ("kind", "name", "names", "searchable", "region", "sector"),
    "identifier": ("text", "subject_id"),
    "record": ("subject_id", "event", "catalogue", "record", "source", "reference", "version", "occurred", "stated",
               "fields", "published", "feed", "row", "replaced_at"),
    "case_interval": ("case_position", "subject_id", "catalogue", "kind", "name", "stage", "valid_from", "valid_to",
                      "audience", "because", "then", "why"),
    "effect": ("subject_id", "catalogue", "measure", "kind", "audience", "value", "score", "valid_from", "valid_to",
               "because", "why"),
    "enactment": ("catalogue", "version", "digest", "day"),
    "statement": ("catalogue", "feed", "file", "digest", "stated", "counts"),
    "erasure": ("position", "erased_at", "day", "code", "law", "article"),
}  # fmt: skip


@play_once
def history(files: Path) -> None:
    """A register with a history: findings, corrections, a withdrawal, an erasure, two catalogues."""
    from tests.unit.register.erasure.test_erasure import erase_positions, position_of

    enact_catalogue_at_once("uk-food-hygiene")
    enact_catalogue_at_once("mx-tax-69b")
    send_rows(files, "uk-fhrs", [uk_row(number) for number in range(20)])
    send_rows(files, "uk-fhrs", [uk_row(number, hygiene="5") for number in range(5)], stated="2015-03-16")
    companies = [mx_row(rfc(0)), *(final_mx_row(rfc(number)) for number in range(1, 12))]
    send_rows(files, "mx-sat-69b", companies, stated="2021-05-18")
    send_rows(files, "mx-sat-69b", companies[:-1], stated="2021-06-18")
    erase_positions(position_of("uk-fhrs-row:7"))


@pytest.fixture
def filled_register(history: None, register_folder: config.RegisterSettings) -> config.RegisterSettings:
    """A register with that history."""
    return register_folder


def _list_codes() -> list[str]:
    """The codes of everything that does not hold."""
    from goodstanding.register.projection.verification import verify_register

    return [finding.code for finding in verify_register().findings]


def _change_value(value: Any, pick: random.Random) -> Any:
    """The value with one byte, one letter or one unit changed."""
    if isinstance(value, memoryview | bytes):
        content = bytearray(value)
        content[pick.randrange(len(content))] ^= 1 << pick.randrange(8)
        return bytes(content)
    if isinstance(value, str):
        at = pick.randrange(len(value)) if value else 0
        return value[:at] + ("y" if value[at : at + 1] == "x" else "x") + value[at + 1 :]
    return value + timedelta(days=1) if hasattr(value, "isoformat") else value + 1


def _pick_value(cursor: Any, table: str, column: str, by: str, pick: random.Random) -> tuple[Any, Any]:
    """Where and what a random value of a column is that is not NULL."""
    cursor.execute(f'SELECT {by}, "{column}" FROM {table} WHERE "{column}" IS NOT NULL ORDER BY {by}')
    where, value = pick.choice(cursor.fetchall())
    return where, value


def test_a_register_with_a_history_holds(filled_register: config.RegisterSettings) -> None:
    """After findings, corrections and a withdrawal nothing is found."""
    assert _list_codes() == []


def test_no_value_of_the_ledger_can_be_changed_unseen(filled_register: config.RegisterSettings) -> None:
    """One byte of any event, salt, tile, checkpoint, root or signature changed is found, and put back is not."""
    from django.db import connections

    pick, unseen = random.Random(SEED), []
    for part, (table, column, by) in LEDGER.items():
        with connections["default"].cursor() as cursor:
            where, value = _pick_value(cursor, table, column, by, pick)
            update = f'UPDATE {table} SET "{column}" = %s WHERE {by} = %s'
            cursor.execute(update, [_change_value(value, pick), where])
            if not _list_ledger_codes():
                unseen.append(part)
            cursor.execute(update, [value, where])
    assert unseen == []
    assert _list_ledger_codes() == []


def _list_ledger_codes() -> list[str]:
    from goodstanding.ledger.verification import verify_ledger
    from goodstanding.register.storage.lifecycle import load_signer

    return [finding.code for finding in verify_ledger(load_signer().verifier)]


def test_a_signature_of_somebody_else_is_found(filled_register: config.RegisterSettings) -> None:
    """One letter of a signature changed is found in the checkpoint that it signs."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
        size, note = cursor.fetchone()
        at = note.rindex("=") - 20 if "=" in note else len(note) - 20
        forged = note[:at] + ("A" if note[at] != "A" else "B") + note[at + 1 :]
        cursor.execute("UPDATE ledger_checkpoint SET note = %s WHERE size = %s", [forged, size])
    assert "checkpoint-note" in _list_codes()


@pytest.mark.parametrize("part", ["events", "tiles", "checkpoints"])
def test_nothing_of_the_ledger_can_be_taken_away_unseen(filled_register: config.RegisterSettings, part: str) -> None:
    """A row of the ledger that is gone is found, whichever it is."""
    from django.db import connections

    statement = {
        "events": "DELETE FROM ledger_event WHERE position = 30",
        "tiles": "DELETE FROM ledger_tile WHERE level = 0",
        "checkpoints": "DELETE FROM ledger_checkpoint WHERE size = (SELECT max(size) FROM ledger_checkpoint)",
    }[part]
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)
    assert _list_codes()


@pytest.mark.parametrize("stretch", [7, 100_000])
def test_no_value_of_the_projection_can_be_changed_unseen(
    filled_register: config.RegisterSettings, stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One value changed in any column of any projected table is a difference, however much is compared at a time."""
    from goodstanding.register.projection import rebuild
    from goodstanding.register.projection.rebuild import (
        build_second_projection,
        discard_rebuild,
        list_projection_differences,
    )

    monkeypatch.setattr(rebuild, "STRETCH", stretch)
    pick = random.Random(SEED)
    assert _list_codes() == []
    build_second_projection()
    put = {
        (table, column): _change_column(table, column, pick)
        for table, columns in PROJECTION.items()
        for column in columns
    }
    seen: dict[str, set[str | None]] = {table: set() for table in PROJECTION}
    for difference in list_projection_differences(100):
        if difference.side == "in use":
            seen[difference.table].update(difference.row)
    discard_rebuild()
    assert [place for place, value in put.items() if value not in seen[place[0]]] == []
    assert "projection" in _list_codes()


@pytest.mark.parametrize("place", ["-1", "7", "1000000000000"])
def test_a_row_at_another_place_is_found_whatever_is_compared_at_a_time(
    filled_register: config.RegisterSettings, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a place that the ledger does not have."""
    from goodstanding.register.projection import rebuild
    from goodstanding.register.storage.columns import open_column_store

    monkeypatch.setattr(rebuild, "STRETCH", 7)
    assert _list_codes() == []
    with open_column_store() as store:
        store.run(f"UPDATE effect SET subject_id = {place} WHERE id = (SELECT max(id) FROM effect)")
    assert set(_list_codes()) == {"projection"}


def _change_column(table: str, column: str, pick: random.Random) -> str:
    """Changes a random value of a column; gives the value that stands there now, as text."""
    from goodstanding.register.storage.columns import open_column_store
    from goodstanding.register.storage.connections import close_reader, is_postgres
    from goodstanding.register.storage.queries import fetch_rows

    by, cast = ("ctid", "::text") if is_postgres() else ("rowid", "")
    rows = fetch_rows(f'SELECT {by}{cast}, "{column}" FROM {table} WHERE "{column}" IS NOT NULL ORDER BY 2, 1')
    where, value = pick.choice(rows)
    changed = _change_value(value, pick)
    close_reader()
    text = str(changed) if isinstance(changed, int) else "'" + str(changed).replace("'", "''") + "'"
    which = f"'{where}'::tid" if is_postgres() else where
    with open_column_store() as store:
        store.run(f'UPDATE {table} SET "{column}" = {text} WHERE {by} = {which}')
    return str(changed)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM effect", "DELETE FROM record", "INSERT INTO progress (size) VALUES (1)"]
)
def test_rows_too_few_or_too_many_are_found(filled_register: config.RegisterSettings, statement: str) -> None:
    """A table that lost its rows, or has one more, is found by `verify` itself."""
    from goodstanding.register.storage.columns import open_column_store

    with open_column_store() as store:
        store.run(statement)
    assert set(_list_codes()) == {"projection"}


@pytest.mark.parametrize(("table", "column"), [("record", "reference"), ("subject", "region"), ("effect", "why")])
def test_a_text_that_is_none_any_more_is_found_and_made_again(
    filled_register: config.RegisterSettings, table: str, column: str
) -> None:
    """A flipped bit can leave bytes that are no text: `verify` shows the row, and a rebuild gives the text back."""
    from goodstanding.register.projection.rebuild import rebuild_projection
    from goodstanding.register.storage.columns import open_column_store

    if filled_register.postgres:
        pytest.skip("PostgreSQL takes in no bytes that are no text")
    with open_column_store() as store:
        newest = f"(SELECT max(rowid) FROM {table})"
        store.run(f"UPDATE {table} SET {column} = CAST(X'41D442' AS text) WHERE rowid = {newest}")
    assert set(_list_codes()) == {"projection"}
    in_use, rebuilt = rebuild_projection().differences
    assert "A\ufffdB" in in_use.row
    assert "A\ufffdB" not in rebuilt.row
    assert _list_codes() == []


def test_a_name_that_search_no_longer_finds_is_found(filled_register: config.RegisterSettings) -> None:
    """What search looks through is compared as well."""
    from goodstanding.register.storage.columns import open_column_store
    from goodstanding.register.storage.connections import is_postgres

    with open_column_store() as store:
        if is_postgres():
            store.run("DELETE FROM gram WHERE gram = (SELECT min(gram) FROM gram)")
        else:
            store.run(
                "INSERT INTO subject_search (subject_search, rowid, searchable) "
                "SELECT 'delete', id, searchable FROM subject LIMIT 1"
            )
    assert _list_codes()


@pytest.mark.parametrize("change", ["altered", "taken away"])
def test_a_file_in_evidence_that_was_changed_is_found(register_folder: config.RegisterSettings, change: str) -> None:
    """`verify` names a file that is not what was handed in, or is gone; put back, everything holds again."""
    import io

    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.storage.evidence_store import accept_exhibit

    digest = accept_exhibit("statement.txt", io.BytesIO(b"I was there."), "Ana Torres", NOW.date()).digest
    assert verify_register().holds
    file = register_folder.path("evidence", digest[:2], digest[2:])
    file.unlink()
    if change == "altered":
        file.write_bytes(b"I was not there.")
    [finding] = verify_register().findings
    assert (finding.code, finding.where) == ("evidence", f"evidence/{digest[:2]}/{digest[2:]}")
    file.write_bytes(b"I was there.")
    assert verify_register().holds


def test_an_older_checkpoint_accepts_what_continues_it(
    filled_register: config.RegisterSettings, send: Callable[..., Any]
) -> None:
    """Against a checkpoint that was kept, a ledger that went on holds."""
    from goodstanding.ledger import proofs
    from goodstanding.register.projection.verification import verify_register

    kept = proofs.get_checkpoint()
    send("uk-fhrs", [uk_row(99)], stated="2015-04-16")
    assert verify_register(kept).holds
    with pytest.raises(BadInput):
        verify_register("no checkpoint")


def test_what_comes_in_while_it_is_verified_is_no_breach(
    filled_register: config.RegisterSettings, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both projections are compared at one size of the ledger, whenever somebody appends."""
    from goodstanding.register.projection import verification

    build = verification.build_second_projection

    def build_and_go_on(progress: Any) -> int:
        size = build(progress)
        send("uk-fhrs", [uk_row(99)], stated="2015-04-16")
        return size

    monkeypatch.setattr(verification, "build_second_projection", build_and_go_on)
    assert _list_codes() == []


def test_a_rewritten_history_is_found_by_whoever_kept_a_checkpoint(
    register_folder: config.RegisterSettings, tmp_path: Path
) -> None:
    """A ledger that was written anew and signed by its own key is whole in itself, but not for an older checkpoint."""
    from django.db import connections

    from goodstanding.ledger import proofs, store
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.storage.lifecycle import load_signer

    for number in range(3):
        store.append([store.EventDraft("Noted", {"text": f"first {number}"})], NOW, load_signer())
    kept = proofs.get_checkpoint()
    with connections["default"].cursor() as cursor:
        for table in ("ledger_event", "ledger_tile", "ledger_checkpoint"):
            cursor.execute(f"DELETE FROM {table}")
    for number in range(5):
        store.append([store.EventDraft("Noted", {"text": f"other {number}"})], NOW, load_signer())
    from goodstanding.register.projection.rebuild import rebuild_projection

    rebuild_projection()
    assert verify_register().holds
    assert [finding.code for finding in verify_register(kept).findings] == ["rewritten"]
