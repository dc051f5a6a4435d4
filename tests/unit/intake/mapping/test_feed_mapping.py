"""From a sheet's columns to findings, with the reasons why a row is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.clerk import (
    FIRST_VISIT,
    MX,
    UK,
    Row,
    final_mx_row,
    mx_row,
    nyc_row,
    rfc,
    uk_row,
    write_csv,
    write_establishments,
    write_parquet,
)

from goodstanding.catalogue import Catalogue, load_files, load_library
from goodstanding.errors import BadDay, BadFile
from goodstanding.intake.files.reader import read_file
from goodstanding.intake.mapping.feed_mapping import check_columns, determine_stated_day, map_rows_to_records
from goodstanding.intake.problems import build_problem
from goodstanding.ledger import events
from goodstanding.ledger.store import CanonicalBody

LIBRARY = load_library()
STATED = date(2021, 5, 18)
FEEDS = {"uk-fhrs": "uk-food-hygiene", "mx-sat-69b": "mx-tax-69b", "us-nyc-inspections": "us-nyc-food-grades"}


def map_rows(folder: Path, feed: str, rows: list[Row], catalogue: Catalogue | None = None) -> list[dict[str, Any]]:
    """The findings of a feed's rows, each with its event's body beside its rows and problems."""
    chosen = catalogue or LIBRARY[FEEDS[feed]]
    sheet = read_file(write_csv(folder / "file.csv", rows))
    findings = map_rows_to_records(sheet, chosen.feeds[feed], chosen, STATED, folder).to_pylist()
    return [
        get_body(finding) | {"rows": finding["rows"], "problems": describe_problems(finding["problems"])}
        for finding in findings
    ]


def describe_problems(row_problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The problems of a finding, in words."""
    return [build_problem(None, **problem).describe() for problem in row_problems]


def get_body(finding: dict[str, Any]) -> dict[str, Any]:
    """The event's body; empty where a problem left a part of it open."""
    if finding["before"] is None or finding["after"] is None:
        return {}
    return events.decode_body(CanonicalBody(finding["before"], finding["after"]).body("RecordIssued", None))


def list_problems(folder: Path, feed: str, row: Row, catalogue: Catalogue | None = None) -> list[tuple[str, str, Any]]:
    """The problems of one row: the clerk's column, the reason, the value."""
    (finding,) = map_rows(folder, feed, [row], catalogue)
    return [(problem["column"], problem["reason"], problem["value"]) for problem in finding["problems"]]


def test_a_good_row_becomes_a_finding(tmp_path: Path) -> None:
    """A row gives the event's parts, its fields in their types, and no problem."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(7, hygiene="10.0", ratingvalue="4")])
    assert finding["problems"] == []
    subject = {
        "kind": "establishment", "identifiers": ["uk-fhrs-row:7"], "name": "Example Café 7", "names": [],
        "region": "Eastbourne", "sector": None,
    }  # fmt: skip
    assert finding["subject"] == subject
    assert finding["fields"] == {"status": "rated", "hygiene": 10, "structural": 5, "confidence": 5}
    names = (
        "kind",
        "catalogue",
        "record",
        "source",
        "reference",
        "about",
        "occurred",
        "stated",
        "published",
        "feed",
        "row",
    )
    assert [finding[name] for name in names] == [
        "RecordIssued", "uk-food-hygiene", "inspection", "uk-fhrs-la:102", "7", None, "2014-07-09", "2021-05-18", "4",
        "uk-fhrs", 2,
    ]  # fmt: skip


def test_what_is_stated_again_has_the_same_digest(tmp_path: Path) -> None:
    """The digest is of everything but the row and the day of the statement; anything else makes another."""
    feed, catalogue = LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"], LIBRARY["uk-food-hygiene"]

    def digests(rows: list[Row], stated: date) -> list[str]:
        sheet = read_file(write_csv(tmp_path / "file.csv", rows))
        return map_rows_to_records(sheet, feed, catalogue, stated, tmp_path).column("digest").to_pylist()

    first, other = digests([uk_row(1), uk_row(2)], STATED)
    assert digests([uk_row(3), uk_row(1)], date(2022, 1, 1))[1] == first != other
    changes = [{"hygiene": "5"}, {"businessname": "Other"}, {"ratingdate": "2014-07-10"}, {"local_authority": "Rother"}]
    changed = [digests([uk_row(1, **change)], STATED)[0] for change in [*changes, {"ratingvalue": "4"}]]
    assert len({first, *changed}) == 6


def test_a_misread_name_is_mended(tmp_path: Path) -> None:
    """A name in UTF-8 that was once read as Latin-1 is put right where the feed says so."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, businessname="CafÃ© RenÃ©")])
    assert finding["subject"]["name"] == "Café René"


@pytest.mark.parametrize(
    ("value", "status", "published"),
    [
        ("5", "rated", "5"), ("Exempt", "exempt", None), ("AwaitingInspection", "awaiting-inspection", None),
        ("AwaitingPublication", "awaiting-publication", None),
    ],
)  # fmt: skip
def test_a_column_can_be_looked_up(tmp_path: Path, value: str, status: str, published: str | None) -> None:
    """A feed's map gives the code of a value, `*` of the others it names, and only known outcomes are published."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, ratingvalue=value)])
    assert (finding["fields"]["status"], finding["published"], finding["problems"]) == (status, published, [])


@pytest.mark.parametrize(("letters", "faults"), [((1_000, 999), 0), ((1_000, 1_000), 1), ((2_001, 1), 1)])
def test_a_text_of_several_cells_is_measured_whole(tmp_path: Path, letters: tuple[int, int], faults: int) -> None:
    """It may be too long though none of its cells is."""
    catalogue = LIBRARY["uk-food-hygiene"]
    feed = catalogue.feeds["uk-fhrs"]
    joined = feed.reference.model_copy(update={"column": None, "columns": ("row_id", "businessname")})
    changed = feed.model_copy(update={"reference": joined})
    row = uk_row(1, row_id="7" * letters[0], businessname="x" * letters[1])
    sheet = read_file(write_csv(tmp_path / "file.csv", [row]))
    [finding] = map_rows_to_records(sheet, changed, catalogue, STATED, tmp_path).to_pylist()
    problems = describe_problems(finding["problems"])
    reasons = [problem["reason"] for problem in problems if problem["column"] == "row_id, businessname"]
    assert reasons == ["the text is longer than 2,000 characters"] * faults


@pytest.mark.parametrize("value", ["Pass", "Improvement Required", "6", "rated", "*"])
def test_a_value_that_nobody_has_seen_is_put_aside(tmp_path: Path, value: str) -> None:
    """What a map does not know is refused with the value and those that it knows, also where it has a `*`."""
    reason = "none of Exempt, AwaitingInspection, AwaitingPublication, 0, 1, 2, 3, 4, 5"
    assert list_problems(tmp_path, "uk-fhrs", uk_row(1, ratingvalue=value)) == [("ratingvalue", reason, value)]


def test_a_new_kind_of_visit_is_put_aside(tmp_path: Path) -> None:
    """The same holds where the rows of a group are one finding."""
    write_establishments(tmp_path, 30)
    (finding,) = map_rows(tmp_path, "us-nyc-inspections", [nyc_row(30, inspection_type="Visit by balloon")])
    assert {problem["value"] for problem in finding["problems"]} == {"Visit by balloon"}


@pytest.mark.parametrize("value", ["Exempt", "AwaitingInspection", "AwaitingPublication"])
def test_a_missing_day_can_be_the_day_of_the_statement(tmp_path: Path, value: str) -> None:
    """Where a feed says so of a row's other cells, a finding without a day is of the day the file states."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, ratingdate=None, ratingvalue=value)])
    assert (finding["occurred"], finding["problems"]) == ("2021-05-18", [])


@pytest.mark.parametrize("value", ["0", "5"])
def test_no_day_is_no_day(tmp_path: Path, value: str) -> None:
    """A visit whose day is missing never gets that of the file: the row is put aside."""
    row_problems = list_problems(tmp_path, "uk-fhrs", uk_row(1, ratingdate=None, ratingvalue=value))
    assert row_problems == [("ratingdate", "the day is missing", None)]


def unvisited_nyc_row(number: int, day: str) -> Row:
    """A row of New York's of a restaurant that nobody has visited yet."""
    return nyc_row(number, day, inspection_type=None, violation_code=None, action=None, score=None, grade=None)


def test_what_has_no_visit_needs_no_day_of_one(tmp_path: Path) -> None:
    """New York's restaurants that nobody has visited yet are of the day of the file, a visit without a day is not."""
    write_establishments(tmp_path, 30, 31)
    rows = [unvisited_nyc_row(30, "1900-01-01"), nyc_row(31, "1900-01-01")]
    first, other = map_rows(tmp_path, "us-nyc-inspections", rows)
    assert (first["occurred"], first["problems"]) == ("2021-05-18", [])
    assert [(problem["column"], problem["reason"]) for problem in other["problems"]] == [
        ("inspection_date", "the day is missing")
    ]


ASKED_ABOUT = "this day mostly stands for an unknown one; the feed says under `empty` or `real_days` which it is"


@pytest.mark.parametrize("day", ["1899-12-30", "1900-01-01", "1900-01-01 00:00:00", "1904-01-01", "1970-01-01"])
def test_a_day_that_stands_for_an_unknown_one_is_asked_about(tmp_path: Path, day: str) -> None:
    """The first days of programs' calendars are put aside, as a finding's own day and in its fields."""
    read = day.removesuffix(" 00:00:00")
    assert list_problems(tmp_path, "uk-fhrs", uk_row(1, ratingdate=day)) == [("ratingdate", ASKED_ABOUT, read)]
    row_problems = list_problems(tmp_path, "mx-sat-69b", final_mx_row("A", final_dof_date=day))
    assert row_problems == [("final_dof_date", ASKED_ABOUT, read)]


def test_a_feed_can_say_that_such_a_day_is_real(tmp_path: Path, two_kinds: Catalogue) -> None:
    """A day that the feed names is taken; the others are asked about still."""
    files = dict(two_kinds.files)
    files["feeds/decisions.yaml"] = TWO_KINDS["feeds/decisions.yaml"].replace(
        "occurred: day", 'occurred: {column: day, real_days: ["1970-01-01"]}'
    )
    catalogue = load_files(files)
    assert list_problems(tmp_path, "decisions", decision_row(1, day="1970-01-01"), catalogue) == []
    assert list_problems(tmp_path, "decisions", decision_row(1, day="1970-01-02"), catalogue) == []
    assert list_problems(tmp_path, "decisions", decision_row(1, day="1904-01-01"), catalogue) != []


REFUSED: dict[str, tuple[str, Row, tuple[str, str, Any]]] = {
    "no reference": ("uk-fhrs", uk_row(1, row_id=None), ("row_id", "the reference is missing", None)),
    "a blank reference": ("uk-fhrs", uk_row(1, row_id="  "), ("row_id", "the reference is missing", None)),
    "no source": ("uk-fhrs", uk_row(1, local_authority_code=None),
    ("local_authority_code", "the source is missing", None)),
    "an unknown source": (
        "uk-fhrs", uk_row(1, local_authority_code="000"),
        (
            "local_authority_code", "no source of uk-food-hygiene yet; the overseer's office can admit it",
            "uk-fhrs-la:000",
        ),
    ),
    "no day": (
        "mx-sat-69b", mx_row("A", presumption_sat_date=None), ("presumption_sat_date", "the day is missing", None),
    ),
    "a score that no scheme gives": ("uk-fhrs", uk_row(1, hygiene="7"),
    ("hygiene", "none of 0, 5, 10, 15, 20, 25", "7")),
    "a score below": ("uk-fhrs", uk_row(1, hygiene="-5"), ("hygiene", "none of 0, 5, 10, 15, 20, 25", "-5")),
    "a word for a score": ("uk-fhrs", uk_row(1, hygiene="good"), ("hygiene", "not a whole number", "good")),
    "half a point": ("uk-fhrs", uk_row(1, hygiene="2.5"), ("hygiene", "not a whole number", "2.5")),
    "an endless number": ("uk-fhrs", uk_row(1, hygiene="9" * 40), ("hygiene", "not a whole number", "9" * 40)),
    "not a number": ("uk-fhrs", uk_row(1, hygiene="NaN"), ("hygiene", "not a whole number", "NaN")),
    "an exponent": ("uk-fhrs", uk_row(1, hygiene="1e1"), ("hygiene", "not a whole number", "1e1")),
    "a word for a day": ("uk-fhrs", uk_row(1, ratingdate="soon"),
    ("ratingdate", "not a day such as 2015-02-16", "soon")),
    "no such day": (
        "uk-fhrs", uk_row(1, ratingdate="2015-02-30"), ("ratingdate", "not a day such as 2015-02-16", "2015-02-30"),
    ),
    "another order of the day": (
        "uk-fhrs", uk_row(1, ratingdate="16/02/2015"), ("ratingdate", "not a day such as 2015-02-16", "16/02/2015"),
    ),
    "the zeroth year": (
        "uk-fhrs", uk_row(1, ratingdate="0000-01-01"),
        ("ratingdate", "a day before 1800-01-01 or after 2051-05-18", "0000-01-01"),
    ),
    "a day before all registers": (
        "uk-fhrs", uk_row(1, ratingdate="1799-12-31"),
        ("ratingdate", "a day before 1800-01-01 or after 2051-05-18", "1799-12-31"),
    ),
    "a day in the future": (
        "uk-fhrs", uk_row(1, ratingdate="2021-05-19"),
        ("ratingdate", "the day lies after 2021-05-18, the day of the statement", "2021-05-19"),
    ),
    "a step in the future": (
        "mx-sat-69b", final_mx_row("A", final_sat_date="2021-06-01"),
        ("final_sat_date", "the day lies after 2021-05-18, the day of the statement", "2021-06-01"),
    ),
    "a status outside the list": (
        "mx-sat-69b", mx_row("A", status="Sospechoso"),
        ("status", "none of Presunto, Desvirtuado, Definitivo, Sentencia Favorable", "Sospechoso"),
    ),
    "NUL": ("uk-fhrs", uk_row(1, businessname="a\x00b"), ("businessname", "the text holds a NUL character", None)),
    "10,000 letters": (
        "uk-fhrs", uk_row(1, businessname="x" * 10_000),
        ("businessname", "the text is longer than 2,000 characters", "x" * 80),
    ),
    "a required field missing": ("mx-sat-69b", mx_row("A", rfc=None), ("rfc", "the identifier is missing", None)),
}  # fmt: skip


@pytest.mark.parametrize(("feed", "row", "problem"), list(REFUSED.values()), ids=list(REFUSED))
def test_a_bad_row_says_what_is_wrong_in_the_clerks_own_column(
    tmp_path: Path, feed: str, row: Row, problem: tuple[str, str, Any]
) -> None:
    """Each kind of bad row names the clerk's column, the reason in plain words, and what stood there."""
    row_problems = list_problems(tmp_path, feed, row)
    assert problem[0] in (UK if feed == "uk-fhrs" else MX)
    if problem[1].startswith("the text holds"):
        assert [(column, "the text holds" in reason) for column, reason, _ in row_problems] == [(problem[0], True)]
    else:
        assert problem in row_problems


@pytest.mark.parametrize("character", ["\x01", "\x07", "\x1b", "\t", "\x7f", "\x9b"])
def test_a_control_character_is_read_as_a_space(tmp_path: Path, character: str) -> None:
    """Control characters, which can command a terminal or split a name in two, stand in no text of the register."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, businessname=f"a{character}b")])
    assert (finding["subject"]["name"], finding["problems"]) == ("a b", [])


def test_a_quotation_mark_astray_is_put_aside_with_its_lines(tmp_path: Path) -> None:
    """Two marks that make one cell of what stood in two rows put that row aside, and name the lines it took."""
    file = write_csv(tmp_path / "file.csv", [uk_row(number, businessname=f"Inn {number}") for number in (1, 2, 3)])
    lines = file.read_text(encoding="utf-8").replace("Inn 1", '"Inn 1').replace("Inn 2", 'Inn 2"')
    file.write_text(lines, encoding="utf-8")
    catalogue = LIBRARY["uk-food-hygiene"]
    rows = map_rows_to_records(read_file(file), catalogue.feeds["uk-fhrs"], catalogue, STATED, tmp_path).to_pylist()
    first, other = (describe_problems(row["problems"]) for row in rows)
    reason = "a line break in the cell, which makes lines 2 to 3 one row: is a quotation mark astray?"
    assert [(problem["column"], problem["reason"]) for problem in first] == [("businessname", reason)]
    assert other == []


@pytest.mark.parametrize(
    ("feed", "row", "column"),
    [
        ("uk-fhrs", uk_row(1, businessname="one\ntwo"), "businessname"),
        ("uk-fhrs", uk_row(1, businessname="one \r\n two"), "businessname"),
        ("uk-fhrs", uk_row(1, local_authority="East\rbourne"), "local_authority"),
        ("uk-fhrs", uk_row("1\n2"), "row_id"),
        ("mx-sat-69b", mx_row("A", presumption_sat_notice="500-\n1"), "presumption_sat_notice"),
    ],
)
def test_a_line_break_in_what_has_one_line_is_put_aside(tmp_path: Path, feed: str, row: Row, column: str) -> None:
    """Names, days, numbers, codes and references have one line; a break inside is no space."""
    reasons = [reason for place, reason, _ in list_problems(tmp_path, feed, row) if place == column]
    assert [reason for reason in reasons if reason.startswith("a line break in the cell")] != []


def test_a_line_break_at_the_end_of_a_cell_or_in_a_text_is_a_space(tmp_path: Path) -> None:
    """What a program appends is taken off, and a remark may have several lines."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, businessname="Example\r\n")])
    assert (finding["subject"]["name"], finding["problems"]) == ("Example", [])
    remarked = mx_row("A", multiple_dates_as_published="one\ntwo")
    assert list_problems(tmp_path, "mx-sat-69b", remarked) == []


def test_a_row_of_a_group_with_a_line_break_keeps_the_group_out(tmp_path: Path) -> None:
    """A later row of a visit is as good a reason as the first."""
    write_establishments(tmp_path, 30, 31)
    rows = [nyc_row(30), nyc_row(30, violation_code="0\n2"), nyc_row(31)]
    first, other = map_rows(tmp_path, "us-nyc-inspections", rows)
    assert [problem["column"] for problem in first["problems"]] == ["violation_code"]
    assert other["problems"] == []


LETTERS_LOST = "letters were lost where the file was made (U+FFFD)"


@pytest.mark.parametrize("text", ["Caf\ufffd Ol\ufffd", "Caf\u00ef\u00bf\u00bd"])
def test_a_text_that_has_lost_letters_is_put_aside(tmp_path: Path, text: str) -> None:
    """A name in which a program put a mark in the place of letters never goes over a good one."""
    ((column, reason, _value),) = list_problems(tmp_path, "uk-fhrs", uk_row(1, businessname=text))
    assert (column, reason) == ("businessname", LETTERS_LOST)
    reasons = {reason for _, reason, _ in list_problems(tmp_path, "mx-sat-69b", mx_row("A", name="Compa\ufffd\ufffda"))}
    assert reasons == {LETTERS_LOST}


@pytest.mark.parametrize("name", [None, " ", "// a remark only", "  //"])
def test_a_row_that_names_nobody_is_put_aside(tmp_path: Path, name: str | None) -> None:
    """Nobody stands on a list without a name; a feed that has none puts words in its place."""
    assert list_problems(tmp_path, "mx-sat-69b", mx_row("A", name=name)) == [("name", "the name is missing", None)]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=cmd|'/c calc'!A1", "'; DROP TABLE record; --", "你好餐厅", "Ⅷ ½"]
)
def test_text_that_only_looks_dangerous_goes_in_as_it_is(tmp_path: Path, text: str) -> None:
    """HTML, formulas and SQL are text like any other: kept as sent, to be escaped where they are shown."""
    (finding,) = map_rows(tmp_path, "uk-fhrs", [uk_row(1, businessname=text)])
    assert (finding["subject"]["name"], finding["problems"]) == (text, [])


@pytest.mark.parametrize("day", ["9999-12-31", "9994-12-31"])
def test_a_day_beyond_all_sums_is_refused(tmp_path: Path, day: str) -> None:
    """A day to which no term can be added goes in nowhere, even where a field may lie in the future."""
    assert [
        column for column, _, _ in list_problems(tmp_path, "mx-sat-69b", final_mx_row("A", final_dof_date=day))
    ] == ["final_dof_date"]


def test_a_row_has_all_its_problems_at_once(tmp_path: Path) -> None:
    """A clerk is told everything that is wrong with a row, not only the first thing."""
    row_problems = list_problems(tmp_path, "uk-fhrs", uk_row(1, hygiene="7", structural="x", ratingdate="soon"))
    assert [column for column, _, _ in row_problems] == ["ratingdate", "hygiene", "structural"]


def test_the_same_finding_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    """Of rows with one source and reference only the first can be taken; the other says where the first stands."""
    first, second, third = map_rows(tmp_path, "uk-fhrs", [uk_row(1), uk_row(1), uk_row(1, local_authority_code="106")])
    assert (first["problems"], third["problems"]) == ([], [])
    (problem,) = second["problems"]
    assert problem == {
        "row": None, "column": "row_id", "reason": "the same finding stands in row 2 already", "value": "1",
    }  # fmt: skip


TWO_KINDS = {
    "catalogue.yaml": """\
catalogue: two-kinds
version: 1
mode: live
title: Two kinds of source
summary: Offices visit, courts decide.
in_force: 2020-01-01
subjects: [organisation]
answers: {body: The court, reports: P1Y, comment_days: 30, basis: act art. 1}
records:
  visit:
    title: Visit
    basis: act art. 1
    by: [office]
    conduct: [food-safety]
    fields:
      clean: {type: boolean, title: Clean, kind: finding}
  decision:
    title: Decision
    basis: act art. 2
    by: [court]
    states: decision
    conduct: [unperformed-money-judgment]
    fields:
      amount: {type: integer, title: Amount, kind: amount, at_least: 0, at_most: 100}
""",
    "instruments.yaml": """\
act:
  title: An act
  jurisdiction: Nowhere
  in_force: 2020-01-01
  articles:
    "1": {title: Visits}
    "2": {title: Decisions}
""",
    "sources.csv": "id,name,kind,region\noffice-1,First office,office,Here\ncourt-1,First court,court,Here\n",
    "feeds/decisions.yaml": """\
feed: decisions
title: Decisions of courts
record: decision
source: court
reference: number
subject:
  kind: organisation
  identifiers:
    - {scheme: mx-rfc, value: tax_number}
    - {scheme: uk-fhrs-row, value: company}
  name: name
  other_names: [also]
occurred: day
stated: stated
fields:
  amount: amount
skip_when: {kind: draft}
""",
}


@pytest.fixture(scope="module")
def two_kinds() -> Catalogue:
    """A made-up catalogue in which an office may visit and only a court may decide."""
    return load_files(TWO_KINDS)


def decision_row(number: int, **cells: Any) -> Row:
    """A row of its feed."""
    cells_of_row = {
        "number": str(number), "court": "court-1", "tax_number": rfc(number), "company": str(number), "name": "Example",
        "also": None, "day": "2021-01-05", "stated": None, "amount": "5", "kind": "final",
    }  # fmt: skip
    return cells_of_row | cells


def test_a_record_outside_the_sources_mandate_is_refused(tmp_path: Path, two_kinds: Catalogue) -> None:
    """A source may issue only the record types that its kind is named for."""
    assert list_problems(tmp_path, "decisions", decision_row(1), two_kinds) == []
    row_problems = list_problems(tmp_path, "decisions", decision_row(1, court="office-1"), two_kinds)
    assert row_problems == [("court", "this source may not issue decision", "office-1")]


@pytest.mark.parametrize(("amount", "reason"), [("-1", "below 0"), ("101", "above 100"), ("0", None), ("100", None)])
def test_a_number_outside_its_bounds_is_refused(
    tmp_path: Path, two_kinds: Catalogue, amount: str, reason: str | None
) -> None:
    """A whole number keeps to the least and the greatest value that its field can have."""
    reasons = [
        reason for _, reason, _ in list_problems(tmp_path, "decisions", decision_row(1, amount=amount), two_kinds)
    ]
    assert reasons == ([reason] if reason else [])


def test_rows_can_be_skipped(tmp_path: Path, two_kinds: Catalogue) -> None:
    """Rows that a feed skips are neither findings nor problems."""
    rows = [decision_row(1, kind="draft", amount="wrong"), decision_row(2), decision_row(3, kind=" draft ")]
    assert [finding["reference"] for finding in map_rows(tmp_path, "decisions", rows, two_kinds)] == ["2"]


def test_a_column_can_say_the_day_of_the_statement(tmp_path: Path, two_kinds: Catalogue) -> None:
    """A stated day in a row goes before the file's, and decides what lies in the future."""
    rows = [decision_row(1, stated="2021-02-01"), decision_row(2, stated="2021-01-01"), decision_row(3, stated="never")]
    first, second, third = map_rows(tmp_path, "decisions", rows, two_kinds)
    assert (first["stated"], first["problems"]) == ("2021-02-01", [])
    assert [problem["reason"] for problem in second["problems"]] == [
        "the day lies after 2021-01-01, the day of the statement"
    ]
    assert [problem["column"] for problem in third["problems"]] == ["stated"]


def test_a_finding_can_carry_several_identifiers_and_names(tmp_path: Path, two_kinds: Catalogue) -> None:
    """Each declared identifier and other name is a part of the finding."""
    (finding,) = map_rows(tmp_path, "decisions", [decision_row(1, also="Ejemplo")], two_kinds)
    assert finding["subject"]["identifiers"] == [f"mx-rfc:{rfc(1)}", "uk-fhrs-row:1"]
    assert finding["subject"]["names"] == ["Ejemplo"]


def test_rows_of_a_group_are_one_finding(tmp_path: Path) -> None:
    """New York's violations of one visit are one inspection, with the largest score and all codes."""
    write_establishments(tmp_path, 30, 31)
    rows = [
        nyc_row(30, score="7", grade=None),
        nyc_row(30, violation_code="10F", score="12"),
        nyc_row(31),
        nyc_row(30, "2014-06-01"),
    ]
    visits = map_rows(tmp_path, "us-nyc-inspections", rows)
    contents = [(visit["fields"]["score"], visit["fields"]["violations"], visit["published"]) for visit in visits]
    assert [(visit["reference"], visit["rows"], *content) for visit, content in zip(visits, contents, strict=True)] == [
        (f"00000030/2014-05-02/{FIRST_VISIT}", [2, 3], 12, "02G 10F", "A"),
        (f"00000031/2014-05-02/{FIRST_VISIT}", [4], 10, "02G", "A"),
        (f"00000030/2014-06-01/{FIRST_VISIT}", [5], 10, "02G", "A"),
    ]
    who = visits[0]["subject"]
    assert (who["name"], who["region"], who["sector"]) == ("EXAMPLE DINER 30", "Bronx", "Bakery")


def test_a_day_is_the_same_in_every_spelling(tmp_path: Path) -> None:
    """Written with a midnight it makes the same group, the same reference and the same empty cell."""
    write_establishments(tmp_path, 30, 31)
    midnight = "2014-05-02T00:00:00.000"
    again = nyc_row(30, midnight, violation_code="04L", score="010")
    rows = [nyc_row(30), again, unvisited_nyc_row(31, "1900-01-01 00:00:00")]
    visit, unvisited = map_rows(tmp_path, "us-nyc-inspections", rows)
    assert (visit["reference"], visit["rows"]) == (f"00000030/2014-05-02/{FIRST_VISIT}", [2, 3])
    assert visit["fields"]["score"] == 10
    assert (unvisited["reference"], unvisited["occurred"]) == ("00000031/1900-01-01", "2021-05-18")


def test_a_group_has_the_problems_of_all_its_rows(tmp_path: Path) -> None:
    """One bad row keeps the whole visit out, and only that visit."""
    write_establishments(tmp_path, 30, 31)
    first, other = map_rows(tmp_path, "us-nyc-inspections", [nyc_row(30), nyc_row(30, score="many"), nyc_row(31)])
    assert (first["rows"], [problem["column"] for problem in first["problems"]]) == ([2, 3], ["score"])
    assert other["problems"] == []


def test_a_file_beside_may_not_be_missing(tmp_path: Path) -> None:
    """A feed that reads a second file of the folder says when that is not there."""
    with pytest.raises(BadFile, match=r"establishments\.parquet"):
        map_rows(tmp_path, "us-nyc-inspections", [nyc_row(30)])


def test_a_row_without_a_partner_in_the_file_beside_keeps_its_own_cells(tmp_path: Path) -> None:
    """An establishment that the second file does not know is named as such."""
    write_establishments(tmp_path, 31)
    (finding,) = map_rows(tmp_path, "us-nyc-inspections", [nyc_row(30)])
    assert (finding["subject"]["name"], finding["problems"]) == ("Establishment whose name the file does not give", [])


def test_a_file_beside_says_one_thing_about_a_key(tmp_path: Path) -> None:
    """The same said twice there changes nothing; two different things keep the file out and name the key."""
    beside = write_establishments(tmp_path, 30, 30, 31)
    assert len(map_rows(tmp_path, "us-nyc-inspections", [nyc_row(30)])) == 1
    rows = pq.read_table(beside).to_pylist()
    write_parquet(beside, [*rows, rows[0] | {"dba": "ANOTHER DINER"}])
    with pytest.raises(BadFile, match=r"camis 00000030"):
        map_rows(tmp_path, "us-nyc-inspections", [nyc_row(31)])


def test_a_missing_column_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """A file without a needed column says which, and which column may be meant."""
    feed = LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"]
    rows = [{("Hygiene" if name == "hygiene" else name): text for name, text in uk_row(1).items()}]
    sheet = read_file(write_csv(tmp_path / "file.csv", rows))
    with pytest.raises(BadFile, match="lacks the column 'hygiene'") as refusal:
        check_columns(sheet.table.column_names, feed, sheet)
    assert refusal.value.remedy == "'Hygiene' renamed to 'hygiene'"


def test_an_unknown_column_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """A file with a column that the feed does not declare has changed its shape, and must be looked at."""
    feed = LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"]
    sheet = read_file(write_csv(tmp_path / "file.csv", [uk_row(1) | {"hygene": "5"}]))
    with pytest.raises(BadFile, match="knows no column 'hygene'") as refusal:
        check_columns(sheet.table.column_names, feed, sheet)
    assert refusal.value.remedy == "'hygiene'"


def test_ignored_columns_may_be_missing(tmp_path: Path) -> None:
    """Columns that a feed leaves out on purpose need not be there."""
    rows = [{name: text for name, text in uk_row(1).items() if name not in ("latitude", "longitude", "lad13cd")}]
    (finding,) = map_rows(tmp_path, "uk-fhrs", rows)
    assert finding["problems"] == []


@pytest.mark.parametrize(
    ("name", "day_given", "day"),
    [
        ("as_of_2021-05-18.csv", None, date(2021, 5, 18)),
        ("2021-05-18.parquet", date(2021, 5, 18), date(2021, 5, 18)),
        ("2021-05-18_as_of_2021-05-18.csv", None, date(2021, 5, 18)),
        ("from_2021-01-01_to_2021-05-18.csv", date(2021, 5, 18), date(2021, 5, 18)),
        ("list.csv", date(2020, 1, 1), date(2020, 1, 1)),
        ("list_12021-05-18.csv", date(2020, 1, 1), date(2020, 1, 1)),
    ],
)
def test_the_day_of_a_statement_is_in_the_name_or_given(name: str, day_given: date | None, day: date) -> None:
    """The only day in the file's name, or the one that is given; of several in a name one may be given."""
    assert determine_stated_day(name, day_given, LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"]) == day


@pytest.mark.parametrize(("name", "reason"), [("list.csv", "Nothing says"), ("list_2021-02-30.csv", "is no day")])
def test_a_statement_without_a_day_is_refused(name: str, reason: str) -> None:
    """A file whose day nothing says, or whose name says no day there is, raises BadDay with what would be right."""
    with pytest.raises(BadDay, match=reason) as refusal:
        determine_stated_day(name, None, LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"])
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("name", "day_given", "days"),
    [
        ("from_2021-01-01_to_2021-05-18.csv", None, ("2021-01-01", "2021-05-18")),
        ("as_of_2021-05-18.csv", date(2021, 6, 30), ("2021-05-18", "2021-06-30")),
        ("from_2021-01-01_to_2021-05-18.csv", date(2021, 6, 30), ("2021-01-01", "2021-05-18", "2021-06-30")),
    ],
)
def test_two_days_of_a_statement_are_refused(name: str, day_given: date | None, days: tuple[str, ...]) -> None:
    """Two days in a name, or a day given against the name, raise BadDay, which names them all."""
    with pytest.raises(BadDay) as refusal:
        determine_stated_day(name, day_given, LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"])
    assert [day for day in days if day not in refusal.value.message] == []
    assert refusal.value.remedy


def test_the_sheet_itself_stays_as_it_is(tmp_path: Path) -> None:
    """Mapping never changes the clerk's own cells."""
    sheet = read_file(write_csv(tmp_path / "file.csv", [uk_row(1, businessname=" CafÃ© ")]))
    before = pa.table(sheet.table)
    map_rows_to_records(
        sheet, LIBRARY["uk-food-hygiene"].feeds["uk-fhrs"], LIBRARY["uk-food-hygiene"], STATED, tmp_path
    )
    assert sheet.table.equals(before)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("\u202eExample\u202c", "Example"), ("Exa\u200emple\u200f \u061cCafé", "Example Café"),
        ("\u2066A\u2069 \ufeff\U000e0041B", "A B"), ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d👧", "👩\u200d👧"),
    ],
)  # fmt: skip
def test_a_name_is_kept_without_marks_that_nobody_sees(tmp_path: Path, name: str, plain: str) -> None:
    """Those that turn letters round or only hide; joiners, with which words are spelled, stay."""
    [finding] = map_rows(tmp_path, "uk-fhrs", [uk_row(1, businessname=name)])
    assert (finding["subject"]["name"], finding["problems"]) == (plain, [])


def test_a_name_of_marks_alone_is_no_name(tmp_path: Path) -> None:
    """It waits like an empty one."""
    [finding] = map_rows(tmp_path, "uk-fhrs", [uk_row(1, businessname="\u202e\u200f")])
    assert finding["problems"]
