"""What sources send in, kept until it is taken in: names of files, cells that spreadsheets run, what grows old."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.registers import NOW

from goodstanding import config
from goodstanding.errors import BadFile, ContradictsEarlier, NotFound

pytestmark = pytest.mark.usefixtures("register_folder")
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(st.text(max_size=200), st.sampled_from([".csv", ".CSV", ".parquet", ".jsonl", ".ndjson"]))
@example("../../etc/passwd", ".csv")
@example("..\\..\\a", ".csv")
@example("", ".csv")
@example("\x00", ".csv")
@example(". . .", ".csv")
def test_any_name_becomes_a_harmless_one(stem: str, kind: str) -> None:
    """Whatever a file is called, its name here is short, leads to no other folder, and keeps its kind."""
    from goodstanding.intake.files.upload_store import check_file_name

    name = check_file_name(stem + kind)
    assert name.endswith(kind.lower())
    assert len(name) <= 110
    assert not re.search(r"[/\\\x00-\x1f<>:\"|?*]|^\.|\.\.", name)
    assert check_file_name(name) == name


@pytest.mark.parametrize("name", ["", "rows", "rows.xls", "rows.csv.exe", ".", "csv"])
def test_a_file_of_another_kind_is_refused(name: str) -> None:
    """Only what can be read here is kept."""
    from goodstanding.intake.files.upload_store import check_file_name

    with pytest.raises(BadFile):
        check_file_name(name)


@ANY
@given(st.text(max_size=40))
@example("=1+1")
@example("'=1+1")
@example("''")
@example("-5")
@example("-5+1")
@example("@x")
@example("\t=1")
def test_a_cell_runs_in_no_spreadsheet_and_comes_back(text: str) -> None:
    """A cell of an error file begins harmlessly or is a number, and reads as it was."""
    from goodstanding.plain_text import quote_cell, unquote_cell

    cell = quote_cell(text)
    assert unquote_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)


CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=12)


@ANY
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_an_error_file_is_read_as_the_rows_it_was_made_of(rows: list[tuple[str, str]]) -> None:
    """Any cells come back from an error file as they stood in the sheet, quotes, commas and line breaks too."""
    from goodstanding.intake.files.sheet import ROW_NUMBER, Sheet
    from goodstanding.intake.problems import RowProblem
    from goodstanding.intake.quarantine.error_report import render_refused_rows, restore_returned_sheet
    from goodstanding.messages import IntakeMessage, Message

    numbers, message = list(range(1, len(rows) + 1)), Message(IntakeMessage.VALUE_MISSING)
    columns = {"a": pa.array([cell for cell, _ in rows]), "=b": pa.array([cell for _, cell in rows])}
    sheet = Sheet("x", "", ("a", "=b"), pa.table(columns | {ROW_NUMBER: pa.array(numbers)}), ())
    text = render_refused_rows(sheet, {number: [RowProblem(number, "a", message)] for number in numbers})
    header, *cells = list(csv.reader(io.StringIO(text, newline="")))
    assert header == ["a", "'=b", "problem"]
    back = Sheet("x", "", tuple(header), pa.table({
        "a": pa.array([cell[0] for cell in cells]), "=b": pa.array([cell[1] for cell in cells]),
        "problem": pa.array([cell[2] for cell in cells]), ROW_NUMBER: pa.array(numbers),
    }), ())  # fmt: skip
    restored = restore_returned_sheet(Sheet("x", "", ("a", "=b", "problem"), back.table, ()))
    assert [(row["a"], row["=b"]) for row in restored.table.to_pylist()] == rows


@pytest.fixture
def batch(register_folder: config.RegisterSettings) -> Any:
    """A batch that is open."""
    from datetime import date

    from goodstanding.intake.submissions.batches import SubmissionHeader, open_submission

    opening = SubmissionHeader("uk-fhrs-la:102", "uk-fhrs", "push", "key x", date(2026, 11, 1), request_digest="a")
    return open_submission(opening, NOW)


def test_a_kept_file_is_its_sources_alone(register_folder: config.RegisterSettings) -> None:
    """Another source does not find it by its digest, nor does a path; dropped, nobody does."""
    from goodstanding.intake.files.upload_store import drop_upload, get_upload, keep_upload

    digest = keep_upload("one", "rows.csv", b"1")
    assert keep_upload("one", "again.csv", b"1") == digest
    assert get_upload("one", digest).name == "again.csv"
    for source, digest_asked in (("two", digest), ("one", digest[:-1]), ("one", f"../{digest}"), ("one", "")):
        with pytest.raises(NotFound):
            get_upload(source, digest_asked)
    drop_upload("two", digest)
    assert get_upload("one", digest).read_bytes() == b"1"
    drop_upload("one", digest)
    with pytest.raises(NotFound):
        get_upload("one", digest)


def test_so_many_files_of_a_source_wait(
    register_folder: config.RegisterSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more than that, and the oldest is forgotten; another source's are its own."""
    import os

    from goodstanding.intake.files import upload_store

    monkeypatch.setattr(upload_store, "MOST_WAITING", 2)
    other = upload_store.keep_upload("two", "rows.csv", b"1")
    digests = []
    for number, content in enumerate((b"1", b"2", b"3")):
        digests.append(upload_store.keep_upload("one", "rows.csv", content))
        os.utime(upload_store.get_upload("one", digests[-1]).parent, (number, number))
    with pytest.raises(NotFound):
        upload_store.get_upload("one", digests[0])
    assert all(upload_store.get_upload("one", digest).is_file() for digest in digests[1:])
    assert upload_store.get_upload("two", other).is_file()


@pytest.mark.each_database
def test_what_is_never_closed_is_forgotten_after_a_week(batch: Any) -> None:
    """A batch lives for a week after its last part; one that is closed stays."""
    from goodstanding.intake.submissions.batches import delete_abandoned_submissions, get_submission
    from goodstanding.intake.submissions.submission_parts import store_part

    store_part(batch, 0, [b"{}"], "d", NOW + timedelta(days=5))
    delete_abandoned_submissions(NOW + timedelta(days=8))
    assert get_submission(batch.source, batch.id).id == batch.id
    delete_abandoned_submissions(NOW + timedelta(days=13))
    with pytest.raises(NotFound):
        get_submission(batch.source, batch.id)


def test_a_batch_has_so_many_parts_and_rows_at_most(batch: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part beyond the last number, or rows beyond what is taken in at once, are refused; what arrived stays."""
    from goodstanding.intake.files import limits
    from goodstanding.intake.submissions.submission_parts import MOST_PARTS, list_parts, store_part

    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    store_part(batch, 0, [b"{}", b"{}"], "d", NOW)
    with pytest.raises(BadFile):
        store_part(batch, 1, [b"{}", b"{}"], "e", NOW)
    with pytest.raises(NotFound):
        store_part(batch, MOST_PARTS, [b"{}"], "e", NOW)
    store_part(batch, 0, [b"{}", b"{}"], "d", NOW)
    assert list(list_parts(batch)) == [0]


@pytest.mark.each_database
def test_who_takes_in_is_alone_until_done_or_gone(batch: Any) -> None:
    """Another is told, for as long as the first is at it; once that ended, however it did, it is free."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from goodstanding.intake.submissions.intake_lock import hold_intake_lock, is_being_ingested

    def look() -> bool:
        try:
            return is_being_ingested(batch.id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        with hold_intake_lock(batch.id) as is_ours:
            assert (is_ours, other.submit(look).result()) == (True, True)
        assert not other.submit(look).result()
    assert not is_being_ingested(batch.id)


def test_the_same_question_begins_one_sending(register_folder: config.RegisterSettings) -> None:
    """Asked twice under one key it is one sending; asked otherwise, it contradicts."""
    from datetime import date

    from goodstanding.intake.submissions.batches import SubmissionHeader, open_submission

    details = {"source": "s", "feed": "f", "way": "push", "by": "k", "stated": date(2026, 11, 1), "idempotency": "once"}
    first = open_submission(SubmissionHeader(**details, request_digest="a"), NOW)
    assert open_submission(SubmissionHeader(**details, request_digest="a"), NOW).id == first.id
    with pytest.raises(ContradictsEarlier):
        open_submission(SubmissionHeader(**details, request_digest="b"), NOW)
