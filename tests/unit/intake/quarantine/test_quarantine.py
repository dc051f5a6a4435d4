"""What was refused: kept, listed, exported in the clerk's own columns, mended, replayed. Nothing is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import UK, Row, nyc_row, uk_row, write_csv, write_establishments
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding.catalogue import overlay_catalogue
from goodstanding.errors import BadFile, BadInput, UnknownFeed

Send = Callable[..., Any]
WIDER = {"version": 4, "records.inspection.fields.hygiene.one_of": [0, 5, 7, 10, 15, 20, 25]}


def export_rows(feed: str = "uk-fhrs") -> list[dict[str, str]]:
    """The waiting rows of a feed as a clerk gets them."""
    from goodstanding.intake.quarantine.quarantine_entries import export_open_rows

    stream = io.StringIO()
    export_open_rows(stream, feed)
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


def list_waiting() -> list[tuple[Any, ...]]:
    """File and row of each waiting entry."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    return [(entry.file, entry.row) for entry in list_open_entries()]


def return_rows(folder: Path, rows: list[dict[str, str]], name: str = "mended_2015-02-16.csv") -> Any:
    """What becomes of a file that a clerk has mended."""
    from goodstanding.intake.ingest import ingest_file

    return ingest_file(write_csv(folder / name, rows), "uk-fhrs", NOW)


@pytest.mark.usefixtures("hygiene")
def test_a_feed_is_known_while_it_is_in_force_or_something_of_it_was_refused(send: Send) -> None:
    """What waits of a feed that is no longer in force is found under its name; any other name is refused."""
    from goodstanding.intake.models import Quarantined
    from goodstanding.intake.quarantine.quarantine_entries import refuse_if_feed_unknown

    send("uk-fhrs", [uk_row(1, hygiene="7")])
    with pytest.raises(UnknownFeed, match="'fhrs-of-before'"):
        refuse_if_feed_unknown("fhrs-of-before")
    Quarantined.objects.update(feed="fhrs-of-before")
    for feed in ("fhrs-of-before", "uk-fhrs", ""):
        refuse_if_feed_unknown(feed)


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_refused_rows_come_back_in_the_clerks_own_columns(send: Send) -> None:
    """An export has the columns of the clerk's file in their order, cell for cell, and the problems last."""
    sent = uk_row(2, hygiene="7", businessname='the "«Ü», 你好"')
    send("uk-fhrs", [uk_row(1), sent])
    (row,) = export_rows()
    assert tuple(row)[: len(UK)] == UK
    assert {name: row[name] or None for name in UK} == sent
    assert row["row in file"] == "3"
    assert list(row)[-1] == "problems"
    assert row["problems"] == "hygiene: none of 0, 5, 10, 15, 20, 25 ('7')"


@pytest.mark.usefixtures("hygiene")
def test_mended_rows_go_in_and_wait_no_longer(
    send: Send, tmp_path: Path, assert_register_holds: Callable[[], None]
) -> None:
    """Exported, mended and sent again, rows become findings and leave the quarantine; the others stay in it."""
    send("uk-fhrs", [uk_row(1), uk_row(2, hygiene="7"), uk_row(3, hygiene="8"), uk_row(4)])
    rows = export_rows()
    rows[0]["hygiene"] = "5"
    intake = return_rows(tmp_path, rows)
    assert (intake.rows, intake.issued, intake.quarantined) == (2, 1, 1)
    assert list_waiting() == [("mended_2015-02-16.csv", 3)]
    assert [row["row_id"] for row in export_rows()] == ["3"]
    assert_register_holds()


@pytest.mark.usefixtures("hygiene")
def test_a_whole_file_mended_and_sent_again_ends_the_wait(send: Send) -> None:
    """Rows that went in before change nothing, the mended ones go in, and nothing waits."""
    send("uk-fhrs", [uk_row(1), uk_row(2, hygiene="7"), uk_row(3)])
    intake = send("uk-fhrs", [uk_row(1), uk_row(2), uk_row(3)])
    assert (intake.issued, intake.unchanged, intake.quarantined) == (1, 2, 0)
    assert list_waiting() == []


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize("cells", [{"row_id": None}, {"local_authority_code": "000"}, {"ratingdate": "soon"}])
def test_a_row_is_mended_in_whichever_cell_was_wrong(send: Send, tmp_path: Path, cells: Row) -> None:
    """Even a row that lacked its reference leaves the quarantine once it comes back with one."""
    send("uk-fhrs", [uk_row(1), uk_row(2, **cells)])
    (row,) = export_rows()
    row.update({"row_id": "2", "local_authority_code": "102", "ratingdate": "2014-07-09"})
    assert return_rows(tmp_path, [row]).issued == 1
    assert list_waiting() == []


@pytest.mark.usefixtures("hygiene")
def test_a_broken_line_can_be_mended_too(send: Send, tmp_path: Path) -> None:
    """A line that was no row is exported as it was sent; its cells filled in, it goes in and waits no longer."""
    from goodstanding.intake.ingest import ingest_file

    file = write_csv(tmp_path / "file_2015-02-16.csv", [uk_row(1)])
    file.write_text(file.read_text() + "2,Example Café\n", encoding="utf-8")
    ingest_file(file, "uk-fhrs", NOW)
    (row,) = export_rows()
    assert (row["line as sent"], row["row_id"]) == ("2,Example Café", "")
    row.update({name: text or "" for name, text in uk_row(2).items()})
    assert return_rows(tmp_path, [row]).issued == 1
    assert list_waiting() == []


@pytest.mark.usefixtures("hygiene")
def test_rows_sent_back_as_they_are_wait_once(send: Send, tmp_path: Path) -> None:
    """An export that nobody mended is refused again, and nothing waits twice or is lost."""
    send("uk-fhrs", [uk_row(2, hygiene="7"), uk_row(3, row_id=None)])
    for number in range(3):
        assert return_rows(tmp_path, export_rows(), f"again{number}_2015-02-16.csv").quarantined == 2
        assert [row["businessname"] for row in export_rows()] == ["Example Café 2", "Example Café 3"]


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_the_same_bad_file_again_keeps_its_rows_once(send: Send) -> None:
    """A bad row that is sent again with its file is one entry, with the same reason."""
    for _ in range(2):
        assert send("uk-fhrs", [uk_row(1), uk_row(2, hygiene="7")]).quarantined == 1
        assert list_waiting() == [("file_2015-02-16.csv", 3)]


@pytest.mark.usefixtures("hygiene")
def test_what_was_mended_once_and_is_refused_again_waits_again(send: Send) -> None:
    """A clerk who is told of a refused row always finds it in the list."""
    send("uk-fhrs", [uk_row(1, hygiene="7")])
    send("uk-fhrs", [uk_row(1)])
    assert list_waiting() == []
    assert send("uk-fhrs", [uk_row(1, hygiene="7")]).quarantined == 1
    assert list_waiting() == [("file_2015-02-16.csv", 2)]


@pytest.mark.usefixtures("hygiene")
def test_a_refused_file_waits_until_a_file_of_its_name_goes_in(send: Send, tmp_path: Path) -> None:
    """A file that could not be read is no row to export; once it is sent readable, it waits no longer."""
    from goodstanding.intake.ingest import ingest_file

    file = tmp_path / "file_2015-02-16.csv"
    file.write_bytes(b"")
    with pytest.raises(BadFile):
        ingest_file(file, "uk-fhrs", NOW)
    assert (list_waiting(), export_rows()) == ([("file_2015-02-16.csv", None)], [])
    send("uk-fhrs", [uk_row(1)], name="other")
    assert list_waiting() == [("file_2015-02-16.csv", None)]
    send("uk-fhrs", [uk_row(1)])
    assert list_waiting() == []


@pytest.mark.usefixtures("hygiene")
def test_mending_one_row_leaves_another_row_of_the_same_number(send: Send, tmp_path: Path) -> None:
    """Two files can have a bad row in the same line: mending one of them does not end the other's wait."""
    send("uk-fhrs", [uk_row(1, row_id=None)], name="one")
    send("uk-fhrs", [uk_row(2, row_id=None)], name="two")
    first, _second = export_rows()
    assert return_rows(tmp_path, [first | {"row_id": "1"}]).issued == 1
    assert list_waiting() == [("two_2015-02-16.csv", 2)]


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_the_list_of_one_feed_holds_only_its_own(send: Send, enact: Callable[..., int]) -> None:
    """Entries are listed, counted and exported by feed."""
    from tests.clerk import mx_row

    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries, list_open_entries

    enact("mx-tax-69b")
    send("uk-fhrs", [uk_row(1, hygiene="7")])
    send("mx-sat-69b", [mx_row("A", status="?")], stated="2021-05-18")
    assert [entry.feed for entry in list_open_entries()] == ["uk-fhrs", "mx-sat-69b"]
    assert (count_open_entries("uk-fhrs"), count_open_entries(), len(export_rows("mx-sat-69b"))) == (
        1,
        2,
        1,
    )
    assert [entry.cells["rfc"] for entry in list_open_entries("mx-sat-69b")] == ["EJE18010100A"]


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_replay_takes_rows_in_under_the_rules_of_now(
    send: Send, enact: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """After the catalogue learned what it did not know, waiting rows go in as they are; what still fails stays."""
    from goodstanding.catalogue import load_files
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine
    from goodstanding.register.storage.queries import fetch_rows

    send("uk-fhrs", [uk_row(1), uk_row(2, local_authority_code="000"), uk_row(3, hygiene="7")])
    files = dict(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"version": 4}).files)
    files["sources.csv"] += "uk-fhrs-la:000,Nowhere,food-authority,Nowhere\n"
    enact(load_files(files))
    (done,) = replay_quarantine("uk-fhrs", NOW)
    assert (done.rows, done.issued, done.quarantined) == (2, 1, 1)
    assert list_waiting() == [("file_2015-02-16.csv", 4)]
    assert fetch_rows("SELECT source, stated FROM record WHERE reference = '2'")[0][0] == "uk-fhrs-la:000"
    assert_register_holds()


@pytest.mark.usefixtures("hygiene")
def test_replay_keeps_what_still_fails_with_its_new_reason(send: Send, enact: Callable[..., int]) -> None:
    """A row that fails for another reason under the rules of now says that reason."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine

    send("uk-fhrs", [uk_row(1, hygiene="7")])
    fields = "records.inspection.fields.hygiene.one_of"
    enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], {"version": 4, fields: [0, 5, 10, 15, 20, 25, 30]}))
    replay_quarantine("uk-fhrs", NOW)
    (entry,) = list_open_entries()
    assert entry.problems[0].reason == "none of 0, 5, 10, 15, 20, 25, 30"


@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize(("kept_as", "cells"), [("codes", {}), ("codes", {"hygiene": "10"}), ("words", {})])
def test_replay_leaves_a_row_whose_reference_another_has(send: Send, kept_as: str, cells: dict[str, str]) -> None:
    """Only a clerk can say which of two is meant, also where the row was put aside before problems had codes."""
    from goodstanding.intake.models import Quarantined
    from goodstanding.intake.quarantine.stored_problems import parse_problems
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine

    send("uk-fhrs", [uk_row(1), uk_row(1, **cells)])
    for entry in Quarantined.objects.all() if kept_as == "words" else ():
        problems = parse_problems(entry.row, entry.problems)
        entry.problems = json.dumps([[problem.column, problem.reason, problem.value] for problem in problems])
        entry.save()
    assert replay_quarantine("uk-fhrs", NOW) == []


@pytest.mark.usefixtures("hygiene")
def test_replay_of_nothing_does_nothing(send: Send) -> None:
    """With nothing waiting a replay adds no event."""
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine
    from goodstanding.ledger import store

    before = send("uk-fhrs", [uk_row(1)]).size
    assert replay_quarantine("uk-fhrs", NOW) == []
    assert store.get_ledger_size() == before


def test_replay_of_a_grouped_feed_is_refused(enact: Callable[..., int], send: Send, tmp_path: Path) -> None:
    """Where several rows make one finding, single rows cannot be replayed, and the clerk is told what to do."""
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine

    enact("us-nyc-food-grades")
    write_establishments(tmp_path, 30)
    send("us-nyc-inspections", [nyc_row(30, score="many")], stated="2014-12-31")
    with pytest.raises(BadInput, match="several rows") as refusal:
        replay_quarantine("us-nyc-inspections", NOW)
    assert "ingest the whole file again" in str(refusal.value.remedy)


def test_a_damaged_row_holds_up_no_other(hygiene: None, send: Send) -> None:
    """What cannot be read any more is listed as such; the rows beside it are exported and replayed."""
    from goodstanding.intake.models import Quarantined
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine
    from goodstanding.messages import IntakeMessage

    send("uk-fhrs", [uk_row(number, hygiene="bad") for number in range(2)])
    Quarantined.objects.filter(pk=Quarantined.objects.earliest("pk").pk).update(cells="{")
    damaged, whole = list_open_entries("uk-fhrs")
    assert [problem.message.code for problem in damaged.problems] == [IntakeMessage.ENTRY_UNREADABLE]
    [replayed] = replay_quarantine("uk-fhrs", NOW)
    assert (replayed.quarantined, whole.cells["hygiene"]) == (1, "bad")
    assert send("uk-fhrs", [uk_row(9)], stated="2015-03-16").issued == 1


@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize("name", ['=HYPERLINK("x";"Café")', "+44 Inn", "@home", "'t Hof", "-5"])
def test_no_spreadsheet_runs_what_was_put_aside(send: Send, tmp_path: Path, name: str) -> None:
    """An exported cell that a spreadsheet would run has an apostrophe in front, which is taken off when it is back."""
    from goodstanding.register.storage.queries import fetch_rows

    send("uk-fhrs", [uk_row(1, businessname=name, structural="7")])
    [row] = export_rows()
    assert row["businessname"] == ("-5" if name == "-5" else f"'{name}")
    assert return_rows(tmp_path, [row | {"structural": "5"}]).issued == 1
    assert fetch_rows("SELECT name FROM subject") == [(name,)]
    assert export_rows() == []


def list_numbers(**wanted: Any) -> list[int | None]:
    """The rows of the entries that a filter finds."""
    from goodstanding.intake.quarantine.quarantine_entries import EntryFilter, iterate_open_entries

    return [entry.row for entry in iterate_open_entries(EntryFilter(**wanted))]


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_entries_are_filtered_and_paged(send: Send) -> None:
    """By feed, file, column, code and text, and from a number on; a name that holds signs of patterns is a name."""
    from goodstanding.intake.quarantine.quarantine_entries import EntryFilter, iterate_open_entries

    rows = [uk_row(1, hygiene="7"), uk_row(2, ratingdate="soon"), uk_row(3, hygiene="8", businessname='100% "Café"')]
    send("uk-fhrs", rows, name="first")
    send("uk-fhrs", [uk_row(4, hygiene="9")], name="second", stated="2015-02-17")
    assert list_numbers(feed="uk-fhrs") == [2, 3, 4, 2]
    assert list_numbers(feed="mx-sat-69b") == []
    assert list_numbers(file="second_") == [2]
    assert list_numbers(file="%") == []
    assert list_numbers(column="hygiene") == [2, 4, 2]
    assert list_numbers(code="value-no-day") == [3]
    assert list_numbers(text='100% "Café"') == [4]
    first, *others = iterate_open_entries(EntryFilter("uk-fhrs"), 2)
    assert list_numbers(after=first.id) == [3, 4, 2]
    assert [entry.row for entry in others] == [3]


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_what_is_given_up_waits_no_longer_and_is_kept(send: Send) -> None:
    """Dismissed with a reason it is not listed, exported or tried again, and is found with its reason."""
    from goodstanding.intake.quarantine.entry_resolution import dismiss_entries
    from goodstanding.intake.quarantine.quarantine_entries import EntryFilter, count_open_entries, iterate_open_entries

    send("uk-fhrs", [uk_row(1, hygiene="7"), uk_row(2, ratingdate="soon")])
    assert dismiss_entries(EntryFilter(column="hygiene"), " The office is closed. ", "operator", NOW) == 1
    assert (count_open_entries(), [row["row_id"] for row in export_rows()]) == (1, ["2"])
    [entry] = iterate_open_entries(EntryFilter(is_dismissed=True))
    assert (entry.row, entry.dismissed) == (2, "The office is closed.")
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(BadInput, match="for a reason"):
            dismiss_entries(EntryFilter("uk-fhrs"), reason, "operator", NOW)
    assert count_open_entries() == 1


@pytest.mark.usefixtures("hygiene")
def test_a_hopeless_old_row_holds_up_no_other(
    send: Send, enact: Callable[..., int], assert_register_holds: Callable[[], None]
) -> None:
    """A row whose source has stated the feed since, and one of an older form of the feed, stay; others go in."""
    from goodstanding.intake.models import Quarantined
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries
    from goodstanding.intake.replay.quarantine_replay import replay_quarantine

    other = {"local_authority_code": "103", "local_authority": "Elmbridge"}
    send("uk-fhrs", [uk_row(1, hygiene="7"), uk_row(2, hygiene="7", **other), uk_row(5, hygiene="7", **other)])
    send("uk-fhrs", [uk_row(3)], stated="2015-03-16")
    odd = Quarantined.objects.get(row=4)
    odd.cells = json.dumps(json.loads(odd.cells) | {"older column": "x"})
    odd.save()
    enact(overlay_catalogue(LIBRARY["uk-food-hygiene"], WIDER))
    [result] = replay_quarantine("uk-fhrs", NOW)
    assert (result.rows, result.issued, result.quarantined) == (3, 1, 2)
    outdated, strange = list_open_entries()
    assert [problem.code for problem in outdated.problems] == ["row-outdated"]
    assert (outdated.row, strange.row, strange.cells["older column"]) == (2, 4, "x")
    assert_register_holds()


@pytest.mark.usefixtures("hygiene")
def test_rows_of_one_reference_are_tried_together(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sheets what waits is tried in, rows that contradict each other wait for a clerk."""
    from goodstanding.intake.quarantine import entry_resolution

    monkeypatch.setattr(entry_resolution, "MOST_ROWS", 3)
    for day in range(1, 10):
        rows = [uk_row(number, hygiene="7", ratingdate=f"2014-07-0{day}") for number in range(1, 4)]
        send("uk-fhrs", rows, name=f"file{day}")
    sheets = list(entry_resolution.build_replay_sheets("uk-fhrs", ("row_id",)))
    references = [set(sheet.sheet.table.column("row_id").to_pylist()) for sheet in sheets]
    assert sum(map(len, references)) == len(set.union(*references)) == 3
    assert sum(len(sheet.ids) for sheet in sheets) == 27


@pytest.mark.usefixtures("hygiene")
def test_sheets_hold_the_entries_that_came_next_to_each_other(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is tried in the order in which it came, at most so many rows at once but for those of a reference."""
    from goodstanding.intake.quarantine import entry_resolution

    monkeypatch.setattr(entry_resolution, "MOST_ROWS", 3)
    send("uk-fhrs", [uk_row(number, hygiene="7") for number in range(1, 9)])
    send("uk-fhrs", [uk_row(number, hygiene="7") for number in (3, 9)], name="other")
    sheets = list(entry_resolution.build_replay_sheets("uk-fhrs", ("row_id",)))
    rows = [sheet.sheet.table.column("row_id").to_pylist() for sheet in sheets]
    assert rows == [["1", "2", "3", "3"], ["4", "5", "6"], ["7", "8", "9"]]
    assert [list(sheet.ids) for sheet in sheets] == [[1, 2, 3, 9], [4, 5, 6], [7, 8, 10]]
