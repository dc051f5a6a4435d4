"""A feed's file becomes events; what fails is put aside; sent again it changes nothing, sent changed it corrects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import WRITERS, mx_row, nyc_row, uk_row, write_csv, write_establishments
from tests.register_fixtures import instant_after
from tests.registers import NOW

from goodstanding import config
from goodstanding.errors import BadDay, BadFile, UnknownFeed

Send = Callable[..., Any]


def list_kinds(since: int = 0) -> list[str]:
    """The kinds of the ledger's events from a position on."""
    from goodstanding.ledger import store

    return [entry.kind for entry in store.read_entries(since)]


def counts(intake: Any) -> tuple[int, ...]:
    """Rows, issued, corrected, unchanged, withdrawn, quarantined."""
    names = ("rows", "issued", "corrected", "unchanged", "withdrawn", "quarantined")
    return tuple(getattr(intake, name) for name in names)


def list_versions(reference: str) -> list[tuple[Any, ...]]:
    """Version, hygiene score and whether it was replaced, of each record of that reference, oldest first."""
    from goodstanding.register.storage.queries import fetch_rows

    rows = fetch_rows(
        "SELECT version, fields, replaced_at FROM record WHERE reference = %s ORDER BY position", [reference]
    )
    return [(version, fields, gone is not None) for version, fields, gone in rows]


@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize("form", WRITERS)
def test_good_rows_become_one_event_each(send: Send, form: str) -> None:
    """Each good row is one event, and the file itself one more; the counts and the ledger's size say so."""
    from goodstanding.ledger import store

    before = store.get_ledger_size()
    intake = send("uk-fhrs", [uk_row(1), uk_row(2), uk_row(3)], form=form)
    assert counts(intake) == (3, 3, 0, 0, 0, 0)
    assert intake.size == store.get_ledger_size() == before + 4
    assert list_kinds(before) == ["RecordIssued"] * 3 + ["StatementReceived"]
    assert intake.stated == date(2015, 2, 16)


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_bad_rows_hold_nothing_up(send: Send, assert_register_holds: Callable[[], None]) -> None:
    """Rows that fail are put aside with their reasons, the others go in, and the counts are right."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    rows = [
        uk_row(1),
        uk_row(2, hygiene="7"),
        uk_row(3),
        uk_row(4, ratingdate="2025-02-05"),
        uk_row(5, local_authority_code="000"),
        uk_row(6),
    ]
    intake = send("uk-fhrs", rows)
    assert counts(intake) == (6, 3, 0, 0, 0, 3)
    assert [(entry.row, entry.problems[0].column) for entry in list_open_entries("uk-fhrs")] == [
        (3, "hygiene"), (5, "ratingdate"), (6, "local_authority_code"),
    ]  # fmt: skip
    assert [problem.words() for problem in intake.problems] == [
        "hygiene: none of 0, 5, 10, 15, 20, 25 ('7')",
        "ratingdate: the day lies after 2015-02-16, the day of the statement ('2025-02-05')",
        "local_authority_code: no source of uk-food-hygiene yet; the overseer's office can admit it ('uk-fhrs-la:000')",
    ]
    assert_register_holds()


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_broken_lines_hold_nothing_up(send: Send, tmp_path: Path) -> None:
    """A line that is no row is put aside as it was sent, and counted among the rows."""
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    file = write_csv(tmp_path / "file_2015-02-16.csv", [uk_row(1), uk_row(2)])
    file.write_text(file.read_text() + "3,too short\n", encoding="utf-8")
    assert counts(ingest_file(file, "uk-fhrs", NOW)) == (3, 2, 0, 0, 0, 1)
    (entry,) = list_open_entries()
    assert (entry.row, entry.cells["line as sent"]) == (4, "3,too short")
    assert entry.problems[0].words() == "the row has 2 cells, the header 12"


@pytest.mark.usefixtures("hygiene")
def test_duplicates_in_a_file_are_put_aside_and_stay_there(send: Send) -> None:
    """Of rows that say the same the first goes in; rows that contradict each other all wait, and name each other."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    intake = send("uk-fhrs", [uk_row(1), uk_row(1), uk_row(2), uk_row(2, hygiene="10", ratingvalue="4")])
    assert counts(intake) == (4, 1, 0, 0, 0, 3)
    assert [entry.row for entry in list_open_entries()] == [3, 4, 5]
    assert [problem.message.params["row"] for problem in intake.problems] == [2, 5, 4]
    assert list_versions("2") == []


@pytest.mark.usefixtures("hygiene")
def test_a_file_sent_again_changes_nothing(send: Send) -> None:
    """The same rows once more are unchanged: no event is added, not even for the file."""
    first = send("uk-fhrs", [uk_row(1), uk_row(2)])
    again = send("uk-fhrs", [uk_row(1), uk_row(2)])
    assert counts(again) == (2, 0, 0, 2, 0, 0)
    assert again.size == first.size


@pytest.mark.usefixtures("hygiene")
def test_the_same_findings_in_another_file_of_another_day_change_nothing(send: Send) -> None:
    """Restated on a later day a finding has no new version; only the statement itself is noted."""
    first = send("uk-fhrs", [uk_row(1), uk_row(2)])
    again = send("uk-fhrs", [uk_row(2), uk_row(1)], stated="2015-03-16", form="parquet")
    assert counts(again) == (2, 0, 0, 2, 0, 0)
    assert again.size == first.size + 1
    assert list_kinds(first.size) == ["StatementReceived"]


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_a_changed_finding_is_a_correction_and_the_old_one_stays_readable(
    send: Send, assert_register_holds: Callable[[], None]
) -> None:
    """Sent changed, a finding gets its next version; as of the older ledger size the older one is what holds."""
    from goodstanding.access import Actor, Role
    from goodstanding.ledger import store
    from goodstanding.register.files.point_in_time import PointInTime
    from goodstanding.register.files.subject_file import get_subject_file

    def grade(size: int | None) -> Any:
        moment = PointInTime(date(2015, 4, 1), date(2015, 4, 1), size)
        file = get_subject_file("uk-fhrs-row:1", moment, Actor(Role.OVERSEER), store.get_ledger_size())
        return file.grades[0].value, file.records[0].version

    first = send("uk-fhrs", [uk_row(1), uk_row(2)])
    second = send("uk-fhrs", [uk_row(1, hygiene="10", ratingvalue="4"), uk_row(2)], stated="2015-03-16")
    assert counts(second) == (2, 0, 1, 1, 0, 0)
    assert list_kinds(first.size) == ["RecordCorrected", "StatementReceived"]
    assert [(version, gone) for version, _, gone in list_versions("1")] == [(1, True), (2, False)]
    assert grade(first.size) == ("5", 1)
    assert grade(second.size) == grade(None) == ("4", 2)
    assert_register_holds()


@pytest.mark.usefixtures("hygiene")
def test_a_finding_that_is_changed_back_is_a_third_version(send: Send) -> None:
    """What was stated first and is stated again after a correction is a further version, not the first one."""
    for stated, score in (("2015-01-01", "0"), ("2015-02-01", "5"), ("2015-03-01", "0")):
        send("uk-fhrs", [uk_row(1, hygiene=score)], stated=stated)
    assert [(version, gone) for version, _, gone in list_versions("1")] == [(1, True), (2, True), (3, False)]


@pytest.mark.usefixtures("hygiene")
def test_a_dry_run_writes_nothing(send: Send) -> None:
    """A dry run counts and gives the problems; ledger, tables and quarantine stay as they are."""
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries
    from goodstanding.ledger import store
    from goodstanding.register.storage.queries import fetch_rows

    before = store.get_ledger_size()
    intake = send("uk-fhrs", [uk_row(1), uk_row(2, hygiene="7")], dry_run=True)
    assert (intake.rows, intake.quarantined, len(intake.problems)) == (2, 1, 1)
    assert (
        store.get_ledger_size(),
        count_open_entries(),
        fetch_rows("SELECT count(*) FROM record")[0][0],
    ) == (before, 0, 0)


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_a_refused_file_waits_in_quarantine_as_a_whole(tmp_path: Path) -> None:
    """A file that cannot be read raises BadFile and is noted by name, digest and reason; a dry run notes nothing."""
    import hashlib

    from goodstanding.intake.ingest import ingest_file
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries, list_open_entries

    file = tmp_path / "file_2015-02-16.csv"
    file.write_bytes("row_id,businessname\n1,Café".encode("latin-1"))
    with pytest.raises(BadFile):
        ingest_file(file, "uk-fhrs", NOW, dry_run=True)
    assert count_open_entries() == 0
    for _ in range(2):
        with pytest.raises(BadFile):
            ingest_file(file, "uk-fhrs", NOW)
    (entry,) = list_open_entries("uk-fhrs")
    assert (entry.row, entry.file) == (None, file.name)
    assert entry.cells["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert "not in UTF-8" in entry.problems[0].words()


@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize("change", [{"hygene": "5"}, {"hygiene": None}])
def test_a_file_with_other_columns_is_refused_as_a_whole(tmp_path: Path, change: dict[str, Any]) -> None:
    """An unknown or a missing column keeps the whole file out, for it has changed its shape."""
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries
    from goodstanding.ledger import store

    before = store.get_ledger_size()
    row = {name: text for name, text in (uk_row(1) | change).items() if change.get(name, "") is not None}
    with pytest.raises(BadFile, match=next(iter(change))):
        ingest_file(write_csv(tmp_path / "file_2015-02-16.csv", [row]), "uk-fhrs", NOW)
    assert (store.get_ledger_size(), count_open_entries()) == (before, 1)


@pytest.mark.usefixtures("hygiene")
def test_an_unknown_feed_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    """A feed of no catalogue in force raises UnknownFeed and says which there are."""
    from goodstanding.intake.ingest import ingest_file

    with pytest.raises(UnknownFeed) as refusal:
        ingest_file(tmp_path / "file.csv", "mx-sat-69b", NOW)
    assert refusal.value.remedy == "uk-fhrs"


@pytest.mark.usefixtures("hygiene")
def test_the_stated_day_comes_from_the_name_or_is_given(tmp_path: Path) -> None:
    """The day is in the file's name or given; with neither, or with two that differ, nothing is taken in."""
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.ledger import store

    named = write_csv(tmp_path / "as_of_2015-02-16.csv", [uk_row(1)])
    plain = write_csv(tmp_path / "list.csv", [uk_row(2)])
    assert ingest_file(named, "uk-fhrs", NOW, date(2015, 2, 16)).stated == date(2015, 2, 16)
    assert ingest_file(plain, "uk-fhrs", NOW, date(2015, 3, 1)).stated == date(2015, 3, 1)
    before = store.get_ledger_size()
    with pytest.raises(BadDay):
        ingest_file(write_csv(tmp_path / "other.csv", [uk_row(3)]), "uk-fhrs", NOW)
    with pytest.raises(BadDay):
        ingest_file(named, "uk-fhrs", NOW, date(2014, 12, 1))
    assert store.get_ledger_size() == before


@pytest.mark.usefixtures("hygiene")
def test_a_statement_from_the_future_is_refused(tmp_path: Path) -> None:
    """A file can state nothing on a day that has not come when it is received."""
    from goodstanding.intake.ingest import ingest_file
    from goodstanding.ledger import store

    before = store.get_ledger_size()
    for day in ("2026-11-24", "9999-12-31"):
        with pytest.raises(BadDay):
            ingest_file(write_csv(tmp_path / f"file_{day}.csv", [uk_row(1)]), "uk-fhrs", NOW)
    assert store.get_ledger_size() == before


@pytest.mark.each_database
@pytest.mark.usefixtures("hygiene")
def test_an_older_statement_is_refused(send: Send) -> None:
    """A file older than the feed's newest one on file says nothing about now, and cannot take its place."""
    from goodstanding.register.storage.queries import fetch_rows

    size = send("uk-fhrs", [uk_row(1)], stated="2015-02-16").size
    with pytest.raises(BadDay, match="2015-02-16"):
        send("uk-fhrs", [uk_row(1, hygiene="20", ratingvalue="1")], stated="2014-12-01")
    assert fetch_rows("SELECT value FROM effect") == [("5",)]
    assert fetch_rows("SELECT size FROM progress") == [(size,)]


@pytest.mark.each_database
@pytest.mark.usefixtures("list_69b")
def test_a_day_beyond_all_sums_cannot_stop_the_register(send: Send, assert_register_holds: Callable[[], None]) -> None:
    """A row with a day at the end of the calendar is put aside; the others go in and everything holds."""
    from tests.clerk import final_mx_row

    intake = send(
        "mx-sat-69b", [final_mx_row("A"), final_mx_row("B", final_dof_date="9999-12-31")], stated="2021-05-18"
    )
    assert counts(intake) == (2, 1, 0, 0, 0, 1)
    assert_register_holds()


@pytest.fixture
def grades(enact: Callable[[str], int]) -> None:
    """The register of the test has the catalogue us-nyc-food-grades in force."""
    enact("us-nyc-food-grades")


@pytest.mark.each_database
@pytest.mark.usefixtures("grades")
def test_a_grouped_feed_makes_one_finding_of_several_rows(send: Send, tmp_path: Path) -> None:
    """New York's rows of one visit are one event; its counts are of findings, its rows of rows."""
    write_establishments(tmp_path, 30, 31)
    intake = send(
        "us-nyc-inspections", [nyc_row(30), nyc_row(30, violation_code="10F"), nyc_row(31)], stated="2014-12-31"
    )
    assert counts(intake) == (3, 2, 0, 0, 0, 0)


@pytest.mark.usefixtures("grades")
def test_one_bad_row_puts_its_whole_group_aside(
    send: Send, tmp_path: Path, assert_register_holds: Callable[[], None]
) -> None:
    """If one row of a visit is bad, all rows of the visit wait, and the other visits go in; mended they go in too."""
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    write_establishments(tmp_path, 30, 31)
    rows = [nyc_row(30), nyc_row(30, violation_code="10F", score="many"), nyc_row(31)]
    assert counts(send("us-nyc-inspections", rows, stated="2014-12-31")) == (3, 1, 0, 0, 0, 2)
    assert [(entry.row, entry.problems[0].column) for entry in list_open_entries()] == [(2, "score"), (3, "score")]
    rows[1] = nyc_row(30, violation_code="10F", score="12")
    assert counts(send("us-nyc-inspections", rows, stated="2014-12-31")) == (3, 1, 0, 1, 0, 0)
    assert list_open_entries() == []
    assert_register_holds()


@pytest.mark.usefixtures("list_69b")
def test_what_was_known_is_dated_by_when_it_was_recorded(send: Send) -> None:
    """Each event keeps the instant at which the register came to know it."""
    from goodstanding.ledger import proofs

    first = send("mx-sat-69b", [mx_row("A")], stated="2021-05-18", at=instant_after(1))
    second = send("mx-sat-69b", [mx_row("A"), mx_row("B")], stated="2021-05-19", at=instant_after(3))
    assert proofs.get_size_at(instant_after(1).date()) == proofs.get_size_at(instant_after(2).date()) == first.size
    assert proofs.get_size_at(instant_after(3).date()) == second.size


@pytest.mark.usefixtures("hygiene")
def test_progress_is_told_until_all_is_done(send: Send, register_folder: config.RegisterSettings) -> None:
    """Whoever waits is told of what is appended and projected, up to the whole."""
    steps: list[tuple[str, int, int]] = []
    send("uk-fhrs", [uk_row(number) for number in range(20)], progress=lambda *progress: steps.append(progress))
    assert ("appending", 20, 20) in steps
    assert all(0 <= done <= total for _, done, total in steps)
