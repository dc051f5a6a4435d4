"""Replays from files and from the records on file, and how a file's rows become told steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import Row, final_mx_row, mx_row, write_csv

from goodstanding.catalogue import load_library
from goodstanding.errors import BadInput, NotFound
from goodstanding.intake.replay.catalogue_replay import CatalogueReplay, replay_files, replay_records_on_file

pytestmark = pytest.mark.each_database

LIBRARY = load_library()
FIRST, SECOND = "2021-05-18", "2022-11-30"
RULED = {"favourable_ruling_sat_date": "2020-03-05", "favourable_ruling_dof_date": "2020-03-30"}
ANNULLED = final_mx_row("1", status="Sentencia Favorable", **RULED)


def redecided_row(text: str, **cells: Any) -> Row:
    """A company whose final decision was made again: the column says all its days."""
    return final_mx_row("1", multiple_dates_as_published=json.dumps({"final_sat_date": text}), **cells)


def replay_lists(folder: Path, *lists: list[Row]) -> CatalogueReplay:
    """A replay of one or two files."""
    days = (FIRST, SECOND)[: len(lists)]
    files = [write_csv(folder / f"list_{day}.csv", rows) for day, rows in zip(days, lists, strict=True)]
    return replay_files(files, LIBRARY["mx-tax-69b"])


def list_days_by_rule(catalogue_replay: CatalogueReplay) -> dict[str, list[tuple[str, ...]]]:
    """The days of each finding, by rule."""
    days: dict[str, list[tuple[str, ...]]] = {}
    for finding in catalogue_replay.replay.findings:
        days.setdefault(finding.rule, []).append(tuple(str(day) for _step, day in finding.days))
    return days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("28/09/2018 - 14/08/2019", ("2018-09-28", "2019-08-14")),
        ("14-08-19 // 28/09/2018", ("2018-09-28", "2019-08-14")),
        ("28/09/2018    3/8/2019", ("2018-09-28", "2019-08-03")),
    ],
)
def test_the_days_of_a_step_that_was_done_again_are_read(tmp_path: Path, text: str, days: tuple[str, ...]) -> None:
    """Day, month, year, however they are joined; the cell's other day counts beside the step's own."""
    assert list_days_by_rule(replay_lists(tmp_path, [redecided_row(text)]))["done-again"] == [days]


@pytest.mark.parametrize("text", ["44029", "31/02/2019", "[1]", "see the notice"])
def test_what_is_no_day_is_left_out(tmp_path: Path, text: str) -> None:
    """A number of days since 1900, a day that does not exist, or words add no day."""
    assert "done-again" not in list_days_by_rule(replay_lists(tmp_path, [redecided_row(text)]))


def test_a_remark_that_is_no_object_says_nothing(tmp_path: Path) -> None:
    """Plain words, a list and broken JSON in the column are left as they are."""
    rows = [final_mx_row(str(i), multiple_dates_as_published=text) for i, text in enumerate(["words", '["x"]', "{"])]
    assert "done-again" not in list_days_by_rule(replay_lists(tmp_path, rows))


def test_refused_rows_are_counted_and_left_out(tmp_path: Path) -> None:
    """A row whose day is none does not stop the others."""
    catalogue_replay = replay_lists(tmp_path, [mx_row("1"), mx_row("2", presumption_sat_date="soon")])
    assert (catalogue_replay.refused, catalogue_replay.replay.proceedings) == (1, 1)


def test_files_may_come_in_any_order(tmp_path: Path) -> None:
    """What came first is decided by the day each states, not by how they were named on the command."""
    files = [write_csv(tmp_path / f"list_{day}.csv", [mx_row("1")]) for day in (SECOND, FIRST)]
    catalogue_replay = replay_files(files, LIBRARY["mx-tax-69b"])
    assert [str(statement.day) for statement in catalogue_replay.replay.stated] == [FIRST, SECOND]


def test_a_step_with_a_day_of_publication_alone_is_told(tmp_path: Path) -> None:
    """The status says annulled; only the day of the Diario Oficial is there, and that is what is found."""
    row = ANNULLED | {"favourable_ruling_sat_date": None}
    assert list_days_by_rule(replay_lists(tmp_path, [row]))["no-day"] == [("None",)]


def test_several_feeds_must_be_told_apart() -> None:
    """A feed that is none is refused with those there are, and so is a catalogue whose feeds open no case."""
    with pytest.raises(BadInput, match="Which feed"):
        replay_files([], LIBRARY["mx-tax-69b"], "none")
    with pytest.raises(BadInput, match="states proceedings"):
        replay_files([], LIBRARY["us-nyc-food-grades"])


def test_records_on_file_replay_as_they_were_stated(list_69b: None, send: Callable[..., Any], tmp_path: Path) -> None:
    """Two files sent in give what the files give: what came back, what was left out, what did not change."""
    lists = [
        [ANNULLED, mx_row("2"), mx_row("3")],
        [final_mx_row("1", final_sat_date="2022-01-14", **RULED), mx_row("3")],
    ]
    for day, rows in zip((FIRST, SECOND), lists, strict=True):
        send("mx-sat-69b", rows, day)
    assert replay_records_on_file("mx-tax-69b", date(2026, 1, 1)).replay == replay_lists(tmp_path, *lists).replay
    assert replay_records_on_file("mx-tax-69b", date(2022, 1, 1)).replay == replay_lists(tmp_path, lists[0]).replay


def test_an_unknown_catalogue_is_refused(list_69b: None) -> None:
    """With the catalogues that are in force."""
    with pytest.raises(NotFound):
        replay_records_on_file("mx-tax", date(2022, 1, 1))
