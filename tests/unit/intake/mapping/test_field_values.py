"""One table of texts and the values that they are, held at every door by which a record's fields come in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
import pytest
from tests.scenarios import PlayedRegister

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.catalogue.field_values import FieldFault, UnreadableValue, parse_field_value, parse_json_value
from goodstanding.errors import BadInput
from goodstanding.ledger import events
from goodstanding.ledger.store import CanonicalBody

STATED = date(2026, 11, 30)
REFUSED = "refused"
CATALOGUE = {
    "catalogue.yaml": """\
catalogue: values
version: 1
mode: live
title: Values of every type
summary: One record with one field of every type.
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
      number: {type: integer, title: Number, kind: finding}
      bounded: {type: integer, title: Bounded, kind: finding, at_least: -5, at_most: 100}
      points: {type: integer, title: Points, kind: finding, one_of: ["0", "5", "10"]}
      truth: {type: boolean, title: Truth, kind: finding}
      day: {type: date, title: Day, kind: finding}
      deadline: {type: date, title: Deadline, kind: finding, future: true}
      status: {type: code, title: Status, kind: finding, one_of: [open, closed]}
      grounds: {type: codes, title: Grounds, kind: finding, one_of: [dirt, smoke]}
      note: {type: text, title: Note, kind: finding}
""",
    "instruments.yaml": """\
act:
  title: An act
  jurisdiction: Nowhere
  in_force: 2020-01-01
  articles:
    "1": {title: Visits}
""",
    "sources.csv": "id,name,kind,region\noffice-1,First office,office,Here\n",
}
CASES: dict[str, dict[str, Any]] = {
    "number": {
        "15": 15, "+15": 15, "-15": -15, "\u221215": -15, "015": 15, "15.0": 15, "15.000": 15, " 15 ": 15, "": None,
        "  ": None, "0": 0, "-0": 0, "999999999999999": 999999999999999, "1000000000000000": REFUSED, "1_000": REFUSED,
        "1,000": REFUSED, "1 000": REFUSED, "15.": REFUSED, "15.5": REFUSED, "1e3": REFUSED, "NaN": REFUSED,
        "0x1f": REFUSED, "\u0663": REFUSED, "\uff11\uff15": REFUSED, "²": REFUSED, "yes": REFUSED,
        "--1": REFUSED, "1\n": 1, "\t15": 15,
        "9" * 40: REFUSED, "15\x00": REFUSED, "15; DROP TABLE record": REFUSED,
    },
    "bounded": {"-5": -5, "100": 100, "-6": REFUSED, "101": REFUSED, "100.0": 100},
    "points": {"5": 5, "05": 5, "5.0": 5, "7": REFUSED, "-5": REFUSED},
    "truth": {
        "yes": True, "no": False, "true": True, "false": False, "Yes": True, "NO": False, "TRUE": True, "False": False,
        " yes ": True, "": None, "1": REFUSED, "0": REFUSED, "y": REFUSED, "f": REFUSED, "on": REFUSED, "ja": REFUSED,
        "yes no": REFUSED, "ye\u017f": REFUSED,
    },
    "day": {
        "2026-03-02": "2026-03-02", " 2026-03-02 ": "2026-03-02", "2026-03-02 00:00:00": "2026-03-02",
        "2026-03-02T00:00:00.000": "2026-03-02", "1800-01-01": "1800-01-01", "2026-11-30": "2026-11-30",
        "2024-02-29": "2024-02-29", "": None, "1799-12-31": REFUSED, "0000-01-01": REFUSED, "2026-12-01": REFUSED,
        "2026-02-29": REFUSED, "20260302": REFUSED, "2026-W10-1": REFUSED, "2026-3-2": REFUSED, "02/03/2026": REFUSED,
        "2026-03-02T12:00:00": REFUSED, "2026-03-02Z": REFUSED, "٢٠٢٦-٠٣-٠٢": REFUSED, "soon": REFUSED,
        "9999-12-31": REFUSED,
    },
    "deadline": {
        "2026-12-01": "2026-12-01", "2056-11-28": "2056-11-28", "2056-11-29": REFUSED, "2199-12-31": REFUSED,
        "1799-12-31": REFUSED,
    },
    "status": {
        "open": "open", " closed ": "closed", "": None, "Open": REFUSED, "shut": REFUSED,
        "open closed": REFUSED,
    },
    "grounds": {"dirt": "dirt", "dirt smoke": "dirt smoke", "": None, "dust": REFUSED, "dirt dust": REFUSED},
    "note": {
        "It was so.": "It was so.", "你好 餐厅": "你好 餐厅", "می\u200cخواهم": "می\u200cخواهم",
        "<b>'; --": "<b>'; --", "": None,
        "a\x07b": "a b", "a\r\nb": "a b", "a\x9bb": "a b", "a\x00b": REFUSED, "a\ufffdb": REFUSED,
        "x" * 2000: "x" * 2000, "x" * 2001: REFUSED,
    },
}  # fmt: skip
TABLE = [(field, text, value) for field, cases in CASES.items() for text, value in cases.items()]


@pytest.fixture(scope="module", autouse=True)
def register_of_doors(get_played_register: Callable[..., PlayedRegister], database_kind: str) -> Iterator[None]:
    """One register, in which nothing is written, for all doors."""
    from goodstanding.register.storage.lifecycle import use_register

    with use_register(get_played_register(database_kind, ()).folder):
        yield


@cache
def catalogue() -> Catalogue:
    """A made-up catalogue whose one record has a field of every type."""
    return load_files(CATALOGUE)


def read_by_parser(field: str, text: str) -> Any:
    """The value by the rule itself."""
    try:
        return parse_field_value(catalogue().records["visit"].fields[field], text, STATED)
    except UnreadableValue:
        return REFUSED


def test_a_field_that_is_missing_says_what_would_be_right() -> None:
    """In the words of whoever fills it in, not as the name of a type."""
    from goodstanding.register.cases.field_validation import check_fields

    record = catalogue().records["visit"]
    for name, words in (("truth", "yes or no"), ("day", "year, month, day"), ("note", "a short text")):
        rule = record.fields[name].model_copy(update={"required": True})
        with pytest.raises(BadInput) as caught:
            check_fields({}, record.model_copy(update={"fields": {name: rule}}), STATED)
        assert words in (caught.value.remedy or "")


def read_by_proposal(field: str, text: str) -> Any:
    """The value in what an official proposes."""
    from goodstanding.register.cases.field_validation import check_fields

    try:
        return check_fields({field: text}, catalogue().records["visit"], STATED).get(field)
    except BadInput as error:
        assert error.where == field
        assert error.remedy
        return REFUSED


def read_by_calculator(field: str, text: str) -> Any:
    """The value in what somebody tries."""
    from goodstanding.web.calculator.entered_facts import parse_facts

    record = {"record": "visit", "occurred": "2026-03-02", "fields": {field: text}}
    facts = parse_facts({"at": "2026-03-02", "records": [record]}, catalogue(), STATED)
    assert [problem.where for problem in facts.problems] in ([], [f"records.0.fields.{field}"])
    return REFUSED if facts.problems else facts.records[0]["fields"].get(field)


@cache
def read_file() -> dict[tuple[str, str], Any]:
    """The values of the whole table read as one file in the canonical form, by DuckDB."""
    return _read_rows({f"fields.{field}": text} for field, text, _value in TABLE)


def read_by_file(field: str, text: str) -> Any:
    """The value in a file that a source sends."""
    return read_file()[field, text]


@cache
def read_forms() -> dict[tuple[str, str], Any]:
    """The values of the whole table as a clerk types them into the form of one record."""
    from goodstanding.intake.mapping.canonical_form import build_canonical_feed
    from goodstanding.intake.submissions.formats import SubmissionFormat
    from goodstanding.portal.submissions.record_forms import build_canonical_row

    visit = SubmissionFormat(catalogue(), build_canonical_feed(catalogue(), "visit"), declared=False)
    return _read_rows(build_canonical_row({f"fields.{field}": text}, visit) for field, text, _value in TABLE)


def read_by_form(field: str, text: str) -> Any:
    """The value in the form of one record."""
    return read_forms()[field, text]


def _read_rows(cells: Iterator[dict[str, str]]) -> dict[tuple[str, str], Any]:
    from goodstanding.intake.files.sheet import ROW_NUMBER, Sheet
    from goodstanding.intake.mapping.canonical_form import list_canonical_columns, map_canonical_rows

    names = list_canonical_columns(catalogue(), "visit")
    fixed = {"occurred": "2026-03-02", "subject.identifiers": "uk-fhrs-row:6", "subject.name": "Example"}
    rows = [fixed | {"reference": str(number)} | row for number, row in enumerate(cells)]
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    table = pa.table(columns | {ROW_NUMBER: pa.array(range(1, len(rows) + 1), pa.int64())})
    sheet = Sheet("table.csv", "0" * 64, names, table, ())
    read = map_canonical_rows(sheet, catalogue(), "visit", "office-1", STATED).to_pylist()
    return {
        (field, text): _get_value(finding, field) for (field, text, _value), finding in zip(TABLE, read, strict=True)
    }


def _get_value(finding: dict[str, Any], field: str) -> Any:
    if finding["problems"]:
        assert {problem["column"] for problem in finding["problems"]} == {f"fields.{field}"}
        return REFUSED
    body = CanonicalBody(finding["before"], finding["after"]).body("RecordIssued", None)
    return events.decode_body(body)["fields"].get(field)


DOORS = {
    door.__name__: door for door in (read_by_parser, read_by_file, read_by_form, read_by_proposal, read_by_calculator)
}


@pytest.mark.parametrize(("field", "text", "value"), TABLE, ids=[json.dumps(case[:2])[:60] for case in TABLE])
def test_a_text_is_the_same_value_in_a_file_a_form_a_proposal_and_a_try(field: str, text: str, value: Any) -> None:
    """What one door takes, every door takes, and as the same value; what one refuses, all refuse at their field."""
    answers = {name: door(field, text) for name, door in DOORS.items()}
    assert {name: (type(answer), answer) for name, answer in answers.items()} == dict.fromkeys(
        DOORS, (type(value), value)
    )


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("truth", True, True), ("truth", False, False), ("number", 15, 15), ("number", 15.0, 15), ("note", 7, "7"),
        ("number", None, None), ("number", True, FieldFault.NO_NUMBER), ("truth", 1, FieldFault.NO_TRUTH),
        ("number", 10**40, FieldFault.NO_NUMBER),
        ("number", 1e22, FieldFault.NO_NUMBER), ("note", [], FieldFault.NO_TEXT), ("note", {}, FieldFault.NO_TEXT),
        ("note", "half \ud800", FieldFault.NO_TEXT),
    ],
)  # fmt: skip
def test_a_value_of_json_is_read_as_if_it_were_written(field: str, value: Any, expected: Any) -> None:
    """A program that sends truth values and numbers is understood as a file that writes them."""
    try:
        read: Any = parse_json_value(catalogue().records["visit"].fields[field], value, STATED)
    except UnreadableValue as error:
        read = error.fault
    assert read == expected


def test_in_a_try_of_a_later_day_the_bounds_move_along() -> None:
    """Facts of a day to come are stated on that day, so that what may not lie ahead may be tried out."""
    from goodstanding.web.calculator.entered_facts import parse_facts

    record = {"record": "visit", "occurred": "2027-03-02", "fields": {"day": "2027-03-01", "deadline": "2057-03-01"}}
    assert parse_facts({"at": "2027-03-02", "records": [record]}, catalogue(), STATED).problems == []
