"""The projection is a fold over the ledger: in pieces, at once, again, after it was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import final_mx_row, mx_row, rfc, uk_row
from tests.register_fixtures import LIBRARY, enact_catalogue_at_once, send_rows
from tests.registers import NOW
from tests.scenarios import play_once
from tests.unit.intake.mapping.test_feed_mapping import TWO_KINDS, decision_row

from goodstanding import config
from goodstanding.catalogue import load_files, overlay_catalogue

pytestmark = pytest.mark.each_database

Send = Callable[..., Any]


@play_once
def history(files: Path) -> int:
    """The size of a ledger with findings, corrections, renamings, withdrawals and what came back."""
    enact_catalogue_at_once("uk-food-hygiene")
    enact_catalogue_at_once("mx-tax-69b")
    send_rows(files, "uk-fhrs", [uk_row(number) for number in range(12)], stated="2015-02-16")
    send_rows(
        files, "uk-fhrs", [uk_row(number, businessname=f"Other {number}") for number in range(4)], stated="2015-03-16"
    )
    send_rows(
        files, "uk-fhrs", [uk_row(number, businessname=f"Third {number}") for number in range(3)], stated="2015-04-16"
    )
    companies = [mx_row(rfc(number)) for number in range(12)]
    send_rows(files, "mx-sat-69b", companies, stated="2021-05-18")
    send_rows(files, "mx-sat-69b", [final_mx_row(rfc(1)), *companies[2:]], stated="2021-06-18")
    return int(
        send_rows(files, "mx-sat-69b", [companies[0], final_mx_row(rfc(1)), *companies[2:]], stated="2021-07-18").size
    )


def _list_differences() -> list[Any]:
    from goodstanding.register.projection.rebuild import discard_rebuild, list_projection_differences

    differences = list(list_projection_differences())
    discard_rebuild()
    return differences


def test_a_rebuild_gives_the_same_rows(history: int) -> None:
    """Built anew beside, every table has the same rows, and is used from then on."""
    from goodstanding.register.projection.rebuild import rebuild_projection

    rebuilt = rebuild_projection()
    assert (rebuilt.size, rebuilt.differences) == (history, ())
    assert rebuild_projection().differences == ()


@pytest.mark.parametrize("pieces", [3, 11])
def test_in_pieces_it_is_the_same_as_at_once(history: int, monkeypatch: pytest.MonkeyPatch, pieces: int) -> None:
    """However few events are projected at a time, the tables come out the same."""
    from goodstanding.register.projection import projector
    from goodstanding.register.projection.rebuild import build_second_projection

    monkeypatch.setattr(projector, "BATCH", history // pieces)
    build_second_projection()
    assert _list_differences() == []


def test_a_lost_projection_is_restored(history: int) -> None:
    """With its tables gone the projection is made again from the ledger alone, the same as before."""
    from goodstanding.register.projection.rebuild import rebuild_projection
    from goodstanding.register.storage.columns import open_column_store
    from goodstanding.register.storage.connections import close_reader
    from goodstanding.register.storage.queries import fetch_rows

    before = fetch_rows("SELECT * FROM effect ORDER BY subject_id, measure, valid_from, audience")
    close_reader()
    with open_column_store() as store:
        for table in ("progress", "effect", "record"):
            store.run(f"DROP TABLE {table}")
    (difference,) = rebuild_projection().differences
    assert difference.side == "in use"
    after = fetch_rows("SELECT * FROM effect ORDER BY subject_id, measure, valid_from, audience")
    assert [row[1:] for row in after] == [row[1:] for row in before]
    assert rebuild_projection().differences == ()


def test_stored_effects_are_those_worked_out_afresh(history: int) -> None:
    """For every subject the stored effects are those that its records give when they are worked out by themselves."""
    from goodstanding.register.files.effects import recompute_effects
    from goodstanding.register.files.records import list_records
    from goodstanding.register.rules.enacted_catalogues import list_rule_versions
    from goodstanding.register.storage.queries import fetch_rows

    columns = "measure, kind, audience, value, score, valid_from, valid_to, because, why, version"
    for (subject_id,) in fetch_rows("SELECT id FROM subject ORDER BY id LIMIT 40"):
        records = list_records(subject_id)
        fresh = [
            row[1:]
            for versions in list_rule_versions().values()
            for row in recompute_effects(versions, subject_id, records, history)
        ]
        stored = fetch_rows(f"SELECT {columns} FROM effect WHERE subject_id = %s", [subject_id])
        assert sorted(map(_render_plain, fresh)) == sorted(map(_render_plain, stored))


def _render_plain(row: tuple[Any, ...]) -> list[str]:
    return [str(cell).replace(" ", "") for cell in row]


def test_catching_up_twice_changes_nothing(history: int) -> None:
    """A projection that is up to date stays as it is."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.storage.queries import fetch_rows

    before = fetch_rows("SELECT count(*) FROM effect"), fetch_rows("SELECT size FROM progress")
    assert catch_up() == catch_up() == history
    assert (fetch_rows("SELECT count(*) FROM effect"), fetch_rows("SELECT size FROM progress")) == before


@pytest.mark.usefixtures("hygiene")
def test_a_renamed_subject_keeps_its_other_name(send: Send, assert_register_holds: Callable[[], None]) -> None:
    """A subject that is called otherwise is the same subject, found by its old name as by its new one."""
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subjects import find_subject_id, get_subject
    from goodstanding.register.search.name_search import match_subjects

    now = PointInTime(date(2015, 3, 16))
    send("uk-fhrs", [uk_row(1, businessname="Golden Dragon"), uk_row(2, businessname="Kebab Palace")])
    send("uk-fhrs", [uk_row(1, businessname="Blue Lagoon")], stated="2015-03-16")
    who = find_subject_id("uk-fhrs-row:1")
    assert (get_subject(who).name, get_subject(who).other_names) == ("Blue Lagoon", ("Golden Dragon",))
    assert [match_subjects(name, now).subject_ids[0] for name in ("blue lagoon", "golden dragon")] == [who, who]
    send("uk-fhrs", [uk_row(1, businessname="Golden Dragon")], stated="2015-04-16")
    assert (get_subject(who).name, get_subject(who).other_names) == ("Golden Dragon", ("Blue Lagoon",))
    assert_register_holds()


@pytest.fixture
def two_kinds(enact: Callable[..., int]) -> None:
    """A made-up catalogue, in which a subject has two identifiers, is in force."""
    enact(load_files(TWO_KINDS))


@pytest.mark.usefixtures("two_kinds")
def test_two_identifiers_are_one_subject(send: Send, assert_register_holds: Callable[[], None]) -> None:
    """A record that names a second identifier makes it the subject's own; by either the same file is found."""
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    send("decisions", [decision_row(1)], stated="2021-05-18")
    assert find_subject_id(f"mx-rfc:{rfc(1)}") == find_subject_id("uk-fhrs-row:1")
    assert get_subject(find_subject_id("uk-fhrs-row:1")).identifiers == (f"mx-rfc:{rfc(1)}", "uk-fhrs-row:1")
    assert_register_holds()


@pytest.mark.usefixtures("two_kinds")
@pytest.mark.parametrize("apart", [True, False])
def test_records_that_share_an_identifier_are_of_one_subject(
    send: Send, apart: bool, assert_register_holds: Callable[[], None]
) -> None:
    """Whether they come in one file or in two, records that share any identifier lead to the same file."""
    from goodstanding.register.files.subjects import find_subject_id

    first, second = decision_row(1), decision_row(2, tax_number=rfc(9), company="1")
    if apart:
        send("decisions", [first], stated="2021-05-18")
        send("decisions", [second], stated="2021-05-19")
    else:
        send("decisions", [first, second], stated="2021-05-18")
    assert find_subject_id(f"mx-rfc:{rfc(9)}") == find_subject_id("uk-fhrs-row:1")
    assert_register_holds()


@pytest.mark.usefixtures("two_kinds")
def test_other_names_are_all_kept(send: Send, assert_register_holds: Callable[[], None]) -> None:
    """Other names that different records give are all kept, in whichever pieces they came."""
    from goodstanding.register.files.subjects import find_subject_id, get_subject

    send(
        "decisions",
        [decision_row(1, also="Uno"), decision_row(2, tax_number=rfc(1), company="1", also="Due")],
        stated="2021-05-18",
    )
    send("decisions", [decision_row(3, tax_number=rfc(1), company="1", also="Tre")], stated="2021-05-19")
    assert get_subject(find_subject_id(f"mx-rfc:{rfc(1)}")).other_names == ("Due", "Tre", "Uno")
    assert_register_holds()


@pytest.mark.usefixtures("hygiene")
def test_a_new_version_of_the_rules_renews_what_is_stored(
    send: Send, enact: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """Once changed rules are in force, the effects of all that is on file are those of the new rules."""
    from goodstanding.register.storage.queries import fetch_rows

    send("uk-fhrs", [uk_row(1), uk_row(2)])
    enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"version": 4, "schemes.food-hygiene.lapses": "P3Y"}))
    assert {str(row[0]) for row in fetch_rows("SELECT valid_to FROM effect")} == {"2017-07-09"}
    assert_register_holds()


def test_what_held_is_known_by_the_size_of_then(
    register_folder: config.RegisterSettings, enact: Any, send: Send
) -> None:
    """Asked as of two ledger sizes, effects are those of the records and rules that were on file then."""
    from goodstanding.register.files.effects import list_effects
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    def ends(size: int | None) -> list[str]:
        who = find_subject_id("uk-fhrs-row:1")
        return [
            str(effect.valid_to)
            for effect in list_effects(who, list_records(who), PointInTime(NOW.date(), date(2015, 4, 1), size))
        ]

    enact("uk-food-hygiene")
    first = send("uk-fhrs", [uk_row(1)]).size
    second = enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"version": 4, "schemes.food-hygiene.lapses": "P3Y"}))
    third = send("uk-fhrs", [uk_row(1, ratingdate="2015-03-01")], stated="2015-03-16").size
    assert [ends(size) for size in (first, second, third, None)] == [
        ["2019-07-09"], ["2017-07-09"], ["2018-03-01"], ["2018-03-01"],
    ]  # fmt: skip


@pytest.mark.usefixtures("list_69b")
def test_a_withdrawn_finding_that_comes_back_holds_again(send: Send, assert_register_holds: Callable[[], None]) -> None:
    """What a whole statement left out is withdrawn and binds nobody; stated again it holds again."""
    from goodstanding.register.storage.queries import fetch_rows

    companies = [final_mx_row(rfc(number)) for number in range(11)]
    listed = "SELECT count(*) FROM effect WHERE kind = 'listing'"
    send("mx-sat-69b", companies, stated="2021-05-18")
    assert fetch_rows(listed)[0][0] == 11
    assert send("mx-sat-69b", companies[1:], stated="2021-06-18").withdrawn == 1
    assert fetch_rows(listed)[0][0] == 10
    assert_register_holds()
    assert send("mx-sat-69b", companies, stated="2021-07-18").corrected == 1
    assert fetch_rows(listed)[0][0] == 11
    assert_register_holds()


def _list_definitions() -> set[str]:
    """Every index of the projection in use, as its database writes it."""
    from goodstanding.register.storage.connections import is_postgres
    from goodstanding.register.storage.queries import fetch_rows

    if is_postgres():
        return {row[0] for row in fetch_rows("SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()")}
    rows = fetch_rows("SELECT coalesce(sql, name) FROM sqlite_master WHERE type = 'index'")
    return {row[0].replace('"', "") for row in rows}


def test_indexes_that_are_made_later_are_the_ones_that_were_left_out(history: int) -> None:
    """After a large first file, and after a kill within one, the indexes are as a new register has them."""
    from goodstanding.register.storage.columns import open_column_store
    from goodstanding.register.storage.indexes import create_missing_indexes, defer_indexes

    before = _list_definitions()
    with defer_indexes():
        assert len(_list_definitions()) < len(before)
    assert _list_definitions() == before
    with open_column_store() as store:
        store.run("DROP INDEX effect_measure")
    create_missing_indexes()
    assert _list_definitions() == before


def test_an_event_is_projected_once_it_is_committed(register_folder: config.RegisterSettings) -> None:
    """At once where nothing else is under way; within a transaction when that ends, and not if it fails."""
    from django.db import transaction

    from goodstanding.ledger import store as ledger
    from goodstanding.register.projection.projector import append_event, get_projected_size

    draft = ledger.EventDraft("ReplyRetracted", {"beside": 0, "reply": 0, "day": "2021-05-18"})
    assert append_event(draft, NOW) == get_projected_size() - 1 == ledger.get_ledger_size() - 1
    with transaction.atomic(using=ledger.ALIAS):
        position = append_event(draft, NOW)
        assert get_projected_size() == position
    assert get_projected_size() == position + 1
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=ledger.ALIAS):
        append_event(draft, NOW)
        raise ZeroDivisionError
    assert get_projected_size() == position + 1 == ledger.get_ledger_size()
