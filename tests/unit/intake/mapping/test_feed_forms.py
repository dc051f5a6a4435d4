"""What a feed says of its files: the form of days, which row of a group counts, and whose day a row is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.clerk import Row, uk_row, write_csv
from tests.unit.intake.mapping.test_feed_mapping import STATED, get_body, list_problems, map_rows

from goodstanding.catalogue import Catalogue, load_files, load_library
from goodstanding.errors import BadFile
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping.feed_mapping import check_columns, map_rows_to_records

HYGIENE = load_library()["uk-food-hygiene"]
FEED = "feeds/uk-fhrs.yaml"


def change_feed(*changes: tuple[str, str]) -> Catalogue:
    """The catalogue of food hygiene with texts of its feed replaced."""
    text = HYGIENE.files[FEED]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_files({**HYGIENE.files, FEED: text})


def write_days(form: str) -> Catalogue:
    """The catalogue whose feed writes days in a form."""
    return change_feed(("occurred:", f"written: {{days: {form}}}\noccurred:"))


@pytest.mark.parametrize(
    ("form", "texts"),
    {
        "DD/MM/YYYY": ["09/07/2014", "9/7/2014", " 09/07/2014 00:00 ", "2014-07-09"],
        "MM/DD/YYYY": ["07/09/2014", "7/9/2014"],
        "DD.MM.YYYY": ["09.07.2014", "9.7.2014"],
        "YYYYMMDD": ["20140709"],
    }.items(),
)
def test_a_feed_says_how_days_are_written(tmp_path: Path, form: str, texts: list[str]) -> None:
    """A day in the form of the feed is that day, with and without zeros in front and a midnight behind."""
    rows = [uk_row(number, ratingdate=text) for number, text in enumerate(texts)]
    findings = map_rows(tmp_path, "uk-fhrs", rows, write_days(form))
    assert [(finding["occurred"], finding["problems"]) for finding in findings] == [("2014-07-09", [])] * len(texts)


@pytest.mark.parametrize(
    ("form", "text"), [("DD/MM/YYYY", "07/31/2014"), ("YYYYMMDD", "2014079"), ("DD.MM.YYYY", "9.7.14")]
)
def test_a_day_of_another_form_is_put_aside(tmp_path: Path, form: str, text: str) -> None:
    """What is no day in the form of the feed is not guessed at, and the reason names the form."""
    row_problems = list_problems(tmp_path, "uk-fhrs", uk_row(1, ratingdate=text), write_days(form))
    assert row_problems == [("ratingdate", f"not a day of the form {form}", text)]


def test_a_day_in_a_reference_is_read_in_the_form_of_the_feed(tmp_path: Path) -> None:
    """The column is the same day wherever the feed uses it."""
    catalogue = change_feed(
        ("occurred:", "written: {days: DD/MM/YYYY}\noccurred:"),
        ("reference: row_id", "reference: {columns: [row_id, ratingdate]}"),
    )
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, ratingdate="9/7/2014")], catalogue)
    assert finding["reference"] == "1/2014-07-09"


def group_by_row(gather: str) -> Catalogue:
    """The catalogue whose feed makes one finding of the rows of an establishment."""
    return change_feed(
        ("occurred:", "group_by: [row_id, ratingdate, ratingvalue, local_authority_code]\noccurred:"),
        ("  hygiene: hygiene", f"  hygiene: {{column: hygiene, gather: {gather}}}"),
    )


@pytest.mark.parametrize(("gather", "score"), [("smallest", 5), ("largest", 15), ("first", 10), ("same", 10)])
def test_what_the_rows_of_a_group_have_in_common_is_said(tmp_path: Path, gather: str, score: int) -> None:
    """The smallest, the largest, the first; or the same in all of them."""
    scores = ["10", "10"] if gather == "same" else ["10", "5", "15"]
    rows = [uk_row(1, hygiene=text) for text in scores]
    (finding,) = map_rows(tmp_path, "uk-fhrs", rows, group_by_row(gather))
    assert (finding["fields"]["hygiene"], finding["problems"]) == (score, [])


def test_rows_of_a_group_that_should_agree_and_do_not_are_put_aside(tmp_path: Path) -> None:
    """Nobody knows which of them is meant, so the finding waits, and both values are named."""
    rows = [uk_row(1, hygiene="10"), uk_row(1, hygiene="5")]
    (finding,) = map_rows(tmp_path, "uk-fhrs", rows, group_by_row("same"))
    assert [(problem["column"], problem["reason"]) for problem in finding["problems"]] == [
        ("hygiene", "the rows of one finding say different things here: 10 and 5")
    ]


def read_digests(folder: Path, row: Row, stated: date, catalogue: Catalogue = HYGIENE) -> list[tuple[str, str]]:
    """The day and the digest of a row's finding, as stated on a day."""
    sheet = read_file(write_csv(folder / "file.csv", [row]))
    records = map_rows_to_records(sheet, catalogue.feeds["uk-fhrs"], catalogue, stated, folder).to_pylist()
    return [(get_body(record)["occurred"], record["digest"]) for record in records]


def test_a_row_without_a_day_is_the_same_in_the_next_file(tmp_path: Path) -> None:
    """It has the day of the file, yet a later file that says the same changes nothing; a real day does."""
    exempt: dict[str, Any] = {"ratingvalue": "Exempt", "ratingdate": None, "hygiene": None, "structural": None}
    exempt["confidenceinmanagement"] = None
    [(first_day, first)] = read_digests(tmp_path, uk_row(1, **exempt), date(2015, 2, 16))
    [(later_day, later)] = read_digests(tmp_path, uk_row(1, **exempt), STATED)
    assert (first_day, later_day, first == later) == ("2015-02-16", "2021-05-18", True)
    [(_day, dated)] = read_digests(tmp_path, uk_row(1, **exempt | {"ratingdate": "2015-02-16"}), STATED)
    assert dated != first


def test_a_status_of_the_premises_has_the_day_of_the_file(tmp_path: Path) -> None:
    """Where a row says what the premises are on that day, the day of an earlier visit in it is not that day."""
    catalogue = change_feed(("  otherwise: stated\n", "  stated_when: {ratingvalue: [Exempt]}\n  otherwise: stated\n"))
    no_scores = {"hygiene": None, "structural": None, "confidenceinmanagement": None}
    row = uk_row(1, ratingvalue="Exempt", ratingdate="1900-01-01", **no_scores)
    [(day, digest)] = read_digests(tmp_path, row, STATED, catalogue)
    [(_day, later)] = read_digests(tmp_path, row, date(2022, 5, 18), catalogue)
    assert (day, digest == later) == ("2021-05-18", True)
    assert list_problems(tmp_path, "uk-fhrs", row, catalogue) == []
    assert map_rows(tmp_path, "uk-fhrs", [uk_row(2)], catalogue)[0]["occurred"] == "2014-07-09"


@pytest.mark.parametrize(
    ("renamed", "message", "remedy"),
    [
        (
            {"hygiene": "hygene", "structural": "structure", "ratingdate": "when", "lad13cd": "odd"},
            "The file lacks the columns 'hygiene', 'structural', 'ratingdate' of feed uk-fhrs, and has others that it"
            " does not know: 'structure', 'hygene', 'when', 'odd'.",
            "renamed: 'structure' → 'structural', 'hygene' → 'hygiene'",
        ),
        (
            {"lad13cd": "odd", "latitude": "even"},
            "The feed uk-fhrs knows no columns 'even', 'odd'.",
            "columns the feed declares, or names under `ignored`",
        ),
    ],
)
def test_all_columns_that_are_wrong_are_named_at_once(
    tmp_path: Path, renamed: dict[str, str], message: str, remedy: str
) -> None:
    """Whoever mends a header mends it once."""
    rows = [{renamed.get(name, name): text for name, text in uk_row(1).items()}]
    sheet = read_file(write_csv(tmp_path / "file.csv", rows))
    with pytest.raises(BadFile) as refusal:
        check_columns(sheet.table.column_names, HYGIENE.feeds["uk-fhrs"], sheet)
    assert (refusal.value.message, refusal.value.remedy) == (message, remedy)
