"""Feeds that state everything anew: what a file leaves out is withdrawn, but not too much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import mx_row, rfc, uk_row, write_csv
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.errors import BadDay
from goodstanding.messages import IntakeMessage

Send = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("list_69b")


@pytest.fixture
def enact_whole(enact: Callable[[Catalogue], int]) -> Callable[..., None]:
    """Puts a catalogue into force whose feed uk-fhrs is whole, per source unless told otherwise, or with None not."""

    def put(per: str | None = "source") -> None:
        files = dict(LIBRARY["uk-food-hygiene"].files)
        lines = [line for line in files["feeds/uk-fhrs.yaml"].splitlines() if not line.startswith("whole:")]
        lines += [f"whole: {{per: {per}, withdraw_at_most: 0.5}}"] if per else []
        enact(load_files(files | {"feeds/uk-fhrs.yaml": "\n".join(lines) + "\n"}))

    return put


def company_rows(count: int) -> list[dict[str, Any]]:
    """That many presumed companies."""
    return [mx_row(rfc(number)) for number in range(count)]


@pytest.mark.each_database
@pytest.mark.parametrize(("left_out", "withdrawn"), [(0, 0), (1, 1), (2, 2), (3, 0), (200, 0)])
def test_what_is_left_out_is_withdrawn_but_not_too_much(send: Send, left_out: int, withdrawn: int) -> None:
    """Up to one in a hundred findings can go at once; more is taken for a mistake, and said."""
    send("mx-sat-69b", company_rows(250), stated="2021-05-18")
    intake = send("mx-sat-69b", company_rows(250)[left_out:], stated="2021-06-18")
    assert intake.withdrawn == withdrawn
    expected = IntakeMessage.OMITTED_TOO_MANY if left_out > withdrawn else IntakeMessage.OMITTED_WITHDRAWN
    assert [note.code for note in intake.notes] == [expected] * bool(left_out)


def test_a_refused_row_is_not_left_out(send: Send) -> None:
    """A finding whose row is refused this time stays as it was stated before."""
    send("mx-sat-69b", company_rows(150), stated="2021-05-18")
    rows = company_rows(150)
    rows[0]["status"] = "?"
    intake = send("mx-sat-69b", rows, stated="2021-06-18")
    assert (intake.quarantined, intake.withdrawn) == (1, 0)


@pytest.mark.each_database
@pytest.mark.parametrize(
    "cells",
    [
        {"rfc": rfc(1).lower()},
        {"rfc": f"{rfc(1)[:5]} {rfc(1)[5:]}"},
        {"presumption_sat_notice": "5" * 3000},
        {"rfc": rfc(2), "presumption_sat_notice": f"500-{rfc(2)}"},
    ],
    ids=["small letters", "a blank inside", "endless reference", "the reference of another row"],
)
def test_a_row_put_aside_for_what_names_it_may_be_what_seems_left_out(send: Send, cells: dict[str, str]) -> None:
    """A listing does not end by a typing error: nothing is withdrawn, and the note says why."""
    send("mx-sat-69b", [mx_row(rfc(number)) for number in range(1, 150)], stated="2021-05-18")
    rows = [mx_row(rfc(number), **(cells if number == 1 else {})) for number in range(1, 150)]
    intake = send("mx-sat-69b", rows, stated="2021-06-18")
    assert intake.quarantined in (1, 2)
    assert (intake.withdrawn, [note.code for note in intake.notes]) == (0, [IntakeMessage.OMITTED_UNSURE])


def test_a_row_that_stands_twice_hides_nothing(send: Send) -> None:
    """The very same row once more is certain to mean that record, so what is left out is withdrawn."""
    send("mx-sat-69b", company_rows(150), stated="2021-05-18")
    intake = send("mx-sat-69b", [*company_rows(149), mx_row(rfc(3))], stated="2021-06-18")
    assert (intake.quarantined, intake.withdrawn) == (1, 1)


def test_a_broken_line_may_hide_what_seems_left_out(send: Send, tmp_path: Path) -> None:
    """With a line that cannot be read nobody knows what a file leaves out: nothing is withdrawn, and that is said."""
    from goodstanding.intake.ingest import ingest_file

    send("mx-sat-69b", company_rows(150), stated="2021-05-18")
    file = write_csv(tmp_path / "list_2021-06-18.csv", company_rows(150))
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join([lines[0], "cut", *lines[2:]]), encoding="utf-8")
    done = ingest_file(file, "mx-sat-69b", NOW)
    assert (done.quarantined, done.withdrawn, len(done.notes)) == (1, 0, 1)


def test_a_row_over_several_lines_may_hide_what_seems_left_out(send: Send, tmp_path: Path) -> None:
    """A quotation mark astray swallows the row below: that one is not left out, and nothing is withdrawn."""
    from goodstanding.intake.ingest import ingest_file

    rows = [{**row, "name": f"EJEMPLO {number}"} for number, row in enumerate(company_rows(150))]
    send("mx-sat-69b", rows, stated="2021-05-18")
    file = write_csv(tmp_path / "list_2021-06-18.csv", rows)
    text = file.read_text(encoding="utf-8").replace("EJEMPLO 5,", '"EJEMPLO 5,').replace("EJEMPLO 6,", 'EJEMPLO 6",')
    file.write_text(text, encoding="utf-8", newline="")
    done = ingest_file(file, "mx-sat-69b", NOW)
    assert (done.rows, done.quarantined, done.withdrawn, len(done.notes)) == (149, 1, 0, 1)


def test_an_older_whole_statement_is_refused(send: Send) -> None:
    """A file that is older than the newest one of its feed raises BadDay, and withdraws nothing."""
    from goodstanding.ledger import store

    size = send("mx-sat-69b", company_rows(110), stated="2021-06-18").size
    with pytest.raises(BadDay, match="2021-06-18"):
        send("mx-sat-69b", company_rows(109), stated="2021-05-18")
    assert store.get_ledger_size() == size


def test_other_feeds_and_dry_runs_withdraw_nothing(send: Send, enact_whole: Callable[..., None]) -> None:
    """A feed that does not state everything anew may leave findings out, and a dry run changes nothing."""
    enact_whole(None)
    send("uk-fhrs", [uk_row(number) for number in range(150)])
    assert send("uk-fhrs", [uk_row(number) for number in range(1, 150)], stated="2015-03-16").withdrawn == 0
    send("mx-sat-69b", company_rows(150), stated="2021-05-18")
    assert send("mx-sat-69b", company_rows(149), stated="2021-06-18", dry_run=True).withdrawn == 0


@pytest.mark.each_database
def test_a_withdrawal_is_an_event_with_its_reason(send: Send) -> None:
    """The ledger says which finding was withdrawn, on which day and why."""
    import json

    from goodstanding.ledger import store

    send("mx-sat-69b", company_rows(110), stated="2021-05-18")
    send("mx-sat-69b", company_rows(109), stated="2021-06-18")
    (event,) = [entry for entry in store.read_entries() if entry.kind == "RecordWithdrawn"]
    body = json.loads(event.body or "")
    assert (body["source"], body["stated"], body["version"]) == ("mx-sat", "2021-06-18", 2)
    assert body["reference"].startswith(rfc(109))
    assert "list" not in body["reason"] or "states everything anew" in body["reason"]


def council_rows(*numbers: int, council: str = "102") -> list[dict[str, Any]]:
    """Establishments of a council of the feed uk-fhrs."""
    return [uk_row(number, local_authority_code=council) for number in numbers]


def list_current() -> list[tuple[str, str]]:
    """Source and reference of each record of the feed that is current."""
    from goodstanding.register.storage.queries import fetch_rows

    return fetch_rows("SELECT source, reference FROM record WHERE replaced_at IS NULL ORDER BY source, reference")


@pytest.mark.each_database
def test_a_file_is_whole_for_the_sources_that_stand_in_it(send: Send, enact_whole: Callable[..., None]) -> None:
    """What a council no longer states is withdrawn with a note; of a council that the file does not name nothing is."""
    enact_whole()
    send("uk-fhrs", [*council_rows(1, 2), *council_rows(3, 4, council="103")], stated="2015-01-16")
    intake = send("uk-fhrs", council_rows(2), stated="2015-03-16")
    assert (intake.withdrawn, [note.code for note in intake.notes]) == (1, [IntakeMessage.OMITTED_WITHDRAWN])
    assert [reference for _source, reference in list_current()] == ["2", "3", "4"]


def test_too_much_of_one_source_spares_that_source(send: Send, enact_whole: Callable[..., None]) -> None:
    """How much may go is counted for each source by itself: a large one hides no small one that broke."""
    enact_whole()
    send("uk-fhrs", [*council_rows(1, 2, 3, 4), *council_rows(5, 6, council="103")], stated="2015-01-16")
    intake = send("uk-fhrs", [*council_rows(1), *council_rows(5, council="103")], stated="2015-03-16")
    assert intake.withdrawn == 1
    assert {note.code for note in intake.notes} == {IntakeMessage.OMITTED_TOO_MANY, IntakeMessage.OMITTED_WITHDRAWN}
    assert [reference for _source, reference in list_current()] == ["1", "2", "3", "4", "5"]


@pytest.mark.usefixtures("hygiene")
@pytest.mark.parametrize(("left_out", "withdrawn"), [(1, 1), (2, 0), (4, 0)])
def test_a_part_sent_by_mistake_withdraws_one_record_of_a_small_source_at_most(
    send: Send, left_out: int, withdrawn: int
) -> None:
    """Of fewer than two hundred findings one can go at once, as the library's feed says; more stay, with a note."""
    send("uk-fhrs", council_rows(1, 2, 3, 4, 5), stated="2015-01-16")
    intake = send("uk-fhrs", council_rows(1, 2, 3, 4, 5)[left_out:], stated="2015-03-16")
    assert intake.withdrawn == withdrawn
    expected = IntakeMessage.OMITTED_WITHDRAWN if withdrawn else IntakeMessage.OMITTED_TOO_MANY
    assert [note.code for note in intake.notes] == [expected]
    assert len(list_current()) == 5 - withdrawn


def test_a_file_can_be_whole_for_its_regions(send: Send, enact_whole: Callable[..., None]) -> None:
    """Where a feed says so, what of a region is left out goes, whoever stated it."""
    enact_whole(per="region")
    rows = [*council_rows(1, 2), uk_row(3, local_authority="Elsewhere")]
    send("uk-fhrs", rows, stated="2015-01-16")
    assert send("uk-fhrs", rows[:1], stated="2015-03-16").withdrawn == 1
    assert [reference for _source, reference in list_current()] == ["1", "3"]


def test_mended_rows_that_come_back_leave_nothing_out(send: Send, enact_whole: Callable[..., None]) -> None:
    """A file of the refused rows alone, exported and mended, says nothing about all others."""
    enact_whole()
    send("uk-fhrs", [*council_rows(1), uk_row(2, hygiene="7")], stated="2015-01-16")
    mended = [uk_row(2) | {"quarantined as": "1", "row in file": "3", "problems": "", "line as sent": None}]
    intake = send("uk-fhrs", mended, stated="2015-01-16", name="mended")
    assert (intake.issued, intake.withdrawn, intake.notes) == (1, 0, ())


def test_days_are_in_order_for_each_source(send: Send, enact_whole: Callable[..., None]) -> None:
    """An older file about another source is taken; one about a source of which a newer file came is not."""
    enact_whole()
    send("uk-fhrs", council_rows(1), stated="2015-03-16")
    assert send("uk-fhrs", council_rows(3, council="103"), stated="2015-03-15").issued == 1
    with pytest.raises(BadDay, match="2015-03-16"):
        send("uk-fhrs", [*council_rows(2), *council_rows(3, council="103")], stated="2015-03-15", name="both")


@pytest.mark.each_database
@pytest.mark.parametrize(("per", "old"), [("source", ["3"]), (None, ["3", "4"])])
def test_a_successor_takes_over_the_references(
    send: Send, enact_whole: Callable[..., None], per: str | None, old: list[str]
) -> None:
    """What the new council states is its own and no longer the old one's; what waits delists nothing."""
    from goodstanding.register.rules.authorities import append_authority_change

    enact_whole(per)
    send("uk-fhrs", council_rows(1, 2, 3, 4), stated="2015-01-16")
    append_authority_change("uk-fhrs-la:102", "uk-fhrs-la:103", "The Government", date(2015, 2, 1), NOW)
    rows = [*council_rows(1, 2, council="103"), uk_row(3, local_authority_code="103", hygiene="7")]
    intake = send("uk-fhrs", rows, stated="2015-03-16")
    assert IntakeMessage.TAKEN_OVER in [note.code for note in intake.notes]
    assert list_current() == [
        *(("uk-fhrs-la:102", reference) for reference in old),
        *(("uk-fhrs-la:103", reference) for reference in ("1", "2")),
    ]
