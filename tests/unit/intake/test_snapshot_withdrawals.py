"""Feeds that state everything anew: what a file leaves out is withdrawn, but not too much."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import mx_row, rfc, uk_row, write_csv
from tests.registers import NOW

from goodstanding.errors import BadDay
from goodstanding.messages import IntakeMessage

Send = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("list_69b")


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
    assert len(intake.notes) == (left_out > withdrawn)


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


def test_other_feeds_and_dry_runs_withdraw_nothing(send: Send, enact: Callable[[str], int]) -> None:
    """A feed that does not state everything anew may leave findings out, and a dry run changes nothing."""
    enact("uk-food-hygiene")
    send("uk-fhrs", [uk_row(number) for number in range(150)])
    assert send("uk-fhrs", [uk_row(1)], stated="2015-03-16").withdrawn == 0
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
