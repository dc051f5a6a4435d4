"""What a source states for itself: its own records only, by its feeds or in the canonical form, previewed exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.clerk import WRITERS, Row, mx_row, rfc, uk_row, write_csv, write_jsonl, write_parquet
from tests.registers import NOW

from goodstanding.access import Actor, Role
from goodstanding.errors import BadFile, UnknownFeed
from goodstanding.procedure.case_states import Act

EASTBOURNE, OTHER = "uk-fhrs-la:102", "uk-fhrs-la:103"
STATED = date(2015, 2, 16)
CANONICAL = "uk-food-hygiene/inspection"
Send = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("hygiene")


def canonical_row(number: int | str, /, **cells: Any) -> Row:
    """The same establishment as `uk` gives, in the canonical form."""
    cells_of_row = {
        "reference": str(number), "subject.identifiers": f"uk-fhrs-row:{number}", "subject.kind": "establishment",
        "subject.name": f"Example Café {number}", "subject.region": "Eastbourne", "occurred": "2014-07-09",
        "fields.status": "rated", "fields.hygiene": "0", "fields.structural": "5", "fields.confidence": "5",
        "published": "5",
    }  # fmt: skip
    return cells_of_row | {name.replace("__", "."): value for name, value in cells.items()}


@pytest.fixture
def read_rows(tmp_path: Path) -> Callable[..., Any]:
    """Writes rows as a file and reads it as a source's own statement."""
    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.statements import read_statement

    def read(
        rows: Sequence[Row], feed: str = "uk-fhrs", source: str = EASTBOURNE, form: str = "csv", **options: Any
    ) -> Any:
        file = WRITERS[form](tmp_path / f"sent.{form}", rows, dict.fromkeys(name for row in rows for name in row))
        return read_statement(get_format(source, feed), source, file, options.pop("day", STATED), NOW, **options)

    return read


def counts(intake: Any) -> list[int]:
    """Issued, corrected, unchanged, withdrawn, quarantined."""
    return [intake.issued, intake.corrected, intake.unchanged, intake.withdrawn, intake.quarantined]


@pytest.mark.each_database
def test_a_preview_says_what_then_becomes_of_it(
    read_rows: Callable[..., Any], assert_register_holds: Callable[[], None]
) -> None:
    """What a preview counts, in each of the two forms, is what taking in counts; a preview writes nothing."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.submissions.dry_run import run_dry
    from goodstanding.ledger import store

    steps = (
        ([uk_row(1), uk_row(2), uk_row(3, hygiene="7")], "uk-fhrs", [2, 0, 0, 0, 1]),
        ([uk_row(1), uk_row(2, hygiene="10"), uk_row(3)], "uk-fhrs", [1, 1, 1, 0, 0]),
        ([canonical_row(9), canonical_row(8, fields__hygiene="7")], CANONICAL, [1, 0, 0, 0, 1]),
        ([canonical_row(9), canonical_row(8)], CANONICAL, [1, 0, 1, 0, 0]),
    )
    for rows, feed, expected in steps:
        statement, size = read_rows(rows, feed), store.get_ledger_size()
        before = run_dry(statement)
        assert counts(before.intake) == expected
        assert store.get_ledger_size() == size
        assert counts(ingest_batch(statement.batch, statement.records)) == expected
    assert_register_holds()


def test_the_canonical_form_says_what_a_feed_says(read_rows: Callable[..., Any]) -> None:
    """The same finding by feed and in the canonical form gives the same event but for the feed that it came by."""
    from goodstanding.intake.submissions.dry_run import run_dry

    [by_feed], [by_form] = (
        run_dry(read_rows([row], feed)).first for row, feed in ((uk_row(1), "uk-fhrs"), (canonical_row(1), CANONICAL))
    )
    assert by_feed | {"feed": CANONICAL, "row": by_form["row"]} == by_form


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"fields__hygiene": "7"}, "fields.hygiene"), ({"fields__hygiene": "much"}, "fields.hygiene"),
        ({"fields__status": "good"}, "fields.status"), ({"occurred": "2015-02-30"}, "occurred"),
        ({"occurred": "2015-03-01"}, "occurred"), ({"occurred": None}, "occurred"), ({"reference": None}, "reference"),
        ({"subject__identifiers": None}, "subject.identifiers"), ({"subject__kind": "person"}, "subject.kind"),
        ({"subject__identifiers": "uk-fhrs-row:x"}, "subject.identifiers"), ({"published": "9"}, "published"),
        ({"subject__identifiers": "nobody:1"}, "subject.identifiers"), ({"source": OTHER}, "source"),
        ({"source": "nobody"}, "source"), ({"subject__name": "x" * 2001}, "subject.name"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_its_column(read_rows: Callable[..., Any], wrong: dict[str, Any], column: str) -> None:
    """Whatever is wrong with a row in the canonical form is said of the column in which it stands; the others go in."""
    from goodstanding.intake.submissions.dry_run import run_dry

    result = run_dry(read_rows([canonical_row(1, **wrong), canonical_row(2)], CANONICAL))
    assert column in {problem.column for problem in result.refused[2]}
    assert result.intake.issued == 1


def test_several_identifiers_stand_in_one_cell(read_rows: Callable[..., Any]) -> None:
    """Each with its scheme, in any order; one reference names one finding, whatever its identifiers are."""
    from goodstanding.intake.submissions.dry_run import run_dry

    two = "lei:213800KUD8LAJWSQ9D15 uk-fhrs-row:1"
    rows = [
        canonical_row(1, subject__identifiers=two), canonical_row(2), canonical_row(2,
            subject__identifiers="lei:" + two[4:24]),
        canonical_row(3, subject__identifiers=f"{two} uk-company:SC123456 us-nyc-camis:30075445"),
    ]  # fmt: skip
    result = run_dry(read_rows(rows, CANONICAL))
    assert result.first[0]["subject"]["identifiers"] == ["lei:213800KUD8LAJWSQ9D15", "uk-fhrs-row:1"]
    assert {row: str(problems[0].code) for row, problems in result.refused.items()} == {
        3: "row-contradicted", 4: "row-contradicted", 5: "identifiers-too-many",
    }  # fmt: skip
    assert result.intake.issued == 1


@pytest.mark.each_database
def test_what_was_corrected_and_sent_back_is_taken(read_rows: Callable[..., Any]) -> None:
    """Only what still holds was done before: the first file again corrects what came in between."""
    from goodstanding.intake.submissions.batches import SubmissionHeader, ingest_submission, open_submission

    def submit(hour: int, hygiene: str) -> dict[str, int]:
        header = SubmissionHeader(EASTBOURNE, "uk-fhrs", "push", "key", STATED)
        statement = read_rows([uk_row(1, hygiene=hygiene)])
        at = NOW + timedelta(hours=hour)
        submission = ingest_submission(open_submission(header, at), statement, at)
        return {name: count for name, count in json.loads(submission.answer)["counts"].items() if count}

    assert [submit(hour, hygiene) for hour, hygiene in enumerate(("0", "25", "0", "0"))] == [
        {"rows": 1, "issued": 1}, {"rows": 1, "corrected": 1}, {"rows": 1, "corrected": 1}, {"rows": 1, "corrected": 1},
    ]  # fmt: skip


def test_nobody_states_for_another(read_rows: Callable[..., Any], send: Send) -> None:
    """A row of another source is refused with the reason, and neither states nor corrects anything."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.submissions.dry_run import run_dry

    send("uk-fhrs", [uk_row(7, local_authority_code="103")])
    statement = read_rows([uk_row(1), uk_row(7, local_authority_code="103", hygiene="20")])
    [problem] = run_dry(statement).refused[3]
    assert problem.column == "local_authority_code"
    assert "another source's record" in problem.reason
    assert counts(ingest_batch(statement.batch, statement.records)) == [1, 0, 0, 0, 1]


def test_a_row_of_another_source_mends_nothing_of_it(read_rows: Callable[..., Any], send: Send) -> None:
    """What another source must mend waits on, whatever reference or number a row names."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.quarantine.quarantine_entries import list_open_entries

    send("uk-fhrs", [uk_row(7, local_authority_code="103", hygiene="7")])
    [waiting] = list_open_entries("uk-fhrs")
    statement = read_rows([uk_row(7) | {"quarantined as": str(waiting.id)}])
    ingest_batch(statement.batch, statement.records)
    assert [entry.id for entry in list_open_entries("uk-fhrs")] == [waiting.id]


@pytest.mark.each_database
def test_a_source_mends_its_own_rows(read_rows: Callable[..., Any]) -> None:
    """A refused row that comes again without its problem waits no more."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.quarantine.quarantine_entries import count_open_entries

    for hygiene, left in (("7", 1), ("10", 0)):
        statement = read_rows([uk_row(7, hygiene=hygiene)])
        ingest_batch(statement.batch, statement.records)
        assert count_open_entries("uk-fhrs") == left


def test_a_whole_statement_withdraws_nothing_of_another_source(send: Send, enact: Callable[[str], int]) -> None:
    """Who may not state for a feed has no way to it, so a file of theirs cannot leave its findings out."""
    from goodstanding.intake.submissions.formats import get_format, list_formats

    enact("mx-tax-69b")
    send("mx-sat-69b", [mx_row(rfc(1))], stated="2021-05-18")
    with pytest.raises(UnknownFeed):
        get_format(EASTBOURNE, "mx-sat-69b")
    assert {"mx-sat-69b", "mx-tax-69b/proceeding"} <= {
        submission_format.name for submission_format in list_formats("mx-sat")
    }


def test_a_whole_statement_of_its_own_source_is_previewed_with_what_it_withdraws(
    read_rows: Callable[..., Any], send: Send, enact: Callable[[str], int]
) -> None:
    """What a file leaves out is counted before, and withdrawn then."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.intake.submissions.dry_run import run_dry

    enact("mx-tax-69b")
    send("mx-sat-69b", [mx_row(rfc(number)) for number in range(150)], stated="2021-05-18")
    rows = [mx_row(rfc(number)) for number in range(1, 150)]
    statement = read_rows(rows, "mx-sat-69b", "mx-sat", day=date(2021, 6, 18))
    assert run_dry(statement).intake.withdrawn == 1
    assert ingest_batch(statement.batch, statement.records).withdrawn == 1


def find_wrong(identifier: str) -> int:
    """Disputes the first record of a file and decides that it is wrong; gives the case."""
    from goodstanding.register.cases.acts import append_act
    from goodstanding.register.cases.subject_requests import dispute_record
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    record = list_records(find_subject_id(identifier))[0].position
    owner, decider = Actor(Role.SUBJECT, identifier, "Olga Owner"), Actor(Role.DECIDER, EASTBOURNE, "Ben Decider")
    case = dispute_record(record, owner, NOW.date(), NOW, "It was never inspected.")
    append_act(case.position, Act.DECIDE_DISPUTE, decider, NOW.date(), NOW, text="It was not.", upheld=False)
    return int(case.position)


@pytest.mark.each_database
def test_what_was_found_wrong_is_not_stated_again(read_rows: Callable[..., Any], send: Send) -> None:
    """A record that a decision found wrong is refused when its source sends it again, changed or not."""
    from goodstanding.intake.submissions.dry_run import run_dry

    send("uk-fhrs", [uk_row(1), uk_row(2)])
    case = find_wrong("uk-fhrs-row:1")
    for row, feed in ((uk_row(1), "uk-fhrs"), (uk_row(1, hygiene="10"), "uk-fhrs"), (canonical_row(1), CANONICAL)):
        [problem] = run_dry(read_rows([row], feed)).refused[2]
        assert problem.reason == f"this record was found wrong in GS-{case}, so it is not stated again"
    assert run_dry(read_rows([uk_row(2)])).refused == {}


def test_a_sources_own_words_find_no_record_wrong(read_rows: Callable[..., Any], send: Send) -> None:
    """What a source gives as its reason decides nothing: such a record is stated again as any other."""
    from goodstanding.intake.submissions.dry_run import run_dry
    from goodstanding.intake.submissions.single_record import withdraw_record
    from goodstanding.register.files.records import list_records
    from goodstanding.register.files.subjects import find_subject_id

    send("uk-fhrs", [uk_row(1)])
    [record] = list_records(find_subject_id("uk-fhrs-row:1"))
    withdraw_record(record, "found wrong in GS-12", "Ada Clerk", NOW.date(), NOW)
    assert run_dry(read_rows([uk_row(1)])).refused == {}


def test_one_sources_day_does_not_bind_another(read_rows: Callable[..., Any]) -> None:
    """A source that sends for itself may state an earlier day than another source's newest file, not than its own."""
    from goodstanding.errors import BadDay
    from goodstanding.intake.ingest import ingest_batch

    first = read_rows([uk_row(1, local_authority_code="103")], source=OTHER, day=date(2015, 3, 1))
    ingest_batch(first.batch, first.records)
    second = read_rows([uk_row(2)], day=date(2015, 2, 20))
    ingest_batch(second.batch, second.records)
    with pytest.raises(BadDay):
        read_rows([uk_row(2)], day=date(2015, 2, 19))
    with pytest.raises(BadDay):
        read_rows([uk_row(1, local_authority_code="103")], source=OTHER, day=date(2015, 2, 28))


def test_what_a_file_is_called_is_not_published(read_rows: Callable[..., Any]) -> None:
    """The public event of a file names source and digest; the sender's own name for it may tell anything."""
    from goodstanding.intake.ingest import ingest_batch
    from goodstanding.ledger import store

    statement = read_rows([uk_row(1)])
    ingest_batch(statement.batch, statement.records)
    body = json.loads(list(store.read_entries())[-1].body or "")
    assert body["file"].startswith(f"{EASTBOURNE}/")
    assert "sent" not in body["file"]
    assert body["source"] == EASTBOURNE


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_an_error_file_comes_back_mended(read_rows: Callable[..., Any], tmp_path: Path, form: str) -> None:
    """The refused rows as CSV, with what is wrong, are the file to mend; a seeming formula comes back whole."""
    from goodstanding.intake.quarantine.error_report import render_refused_rows
    from goodstanding.intake.submissions.dry_run import run_dry
    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.statements import read_statement

    rows = [uk_row(1, businessname="=cmd|' /C calc'!A0", hygiene="7"), uk_row(2, hygiene="-5"), uk_row(3)]
    statement = read_rows(rows, form=form)
    text = render_refused_rows(statement.batch.sheet, run_dry(statement).refused)
    assert text.splitlines()[0].endswith(",lad13cd,problem")
    assert "'=cmd|" in text
    assert ",-5," in text
    file = tmp_path / "mended.csv"
    file.write_text(text.replace(",7,", ",5,").replace(",-5,", ",5,"), encoding="utf-8")
    again = run_dry(read_statement(get_format(EASTBOURNE, "uk-fhrs"), EASTBOURNE, file, STATED, NOW))
    assert (again.intake.issued, again.intake.quarantined) == (2, 0)
    assert again.first[0]["subject"]["name"] == "=cmd|' /C calc'!A0"


def test_an_error_file_has_the_lines_that_are_no_rows(read_rows: Callable[..., Any], tmp_path: Path) -> None:
    """A line that could not be read stands in the error file whole, with the reason."""
    from goodstanding.intake.quarantine.error_report import render_refused_rows
    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.statements import read_statement

    file = write_csv(tmp_path / "short.csv", [uk_row(1)])
    file.write_text(file.read_text(encoding="utf-8") + "only,two\n", encoding="utf-8")
    statement = read_statement(get_format(EASTBOURNE, "uk-fhrs"), EASTBOURNE, file, STATED, NOW)
    text = render_refused_rows(statement.batch.sheet, {})
    assert '"only,two"' in text
    assert "line 3: the row has 2 cells" in text


HUGE = {f"column {number}": "x" for number in range(501)}


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda file: write_jsonl(file.with_suffix(".jsonl"), [uk_row(1) | HUGE]), "too wide"),
        (lambda file: write_csv(file, [uk_row(1) | HUGE]), "too wide"),
        (lambda file: write_parquet(file.with_suffix(".parquet"), [uk_row(1) | HUGE]), "too long"),
        (lambda file: write_csv(file, [uk_row(number) for number in range(101)]), "too long"),
        (lambda file: write_jsonl(file.with_suffix(".jsonl"), [uk_row(number) for number in range(101)]), "too long"),
        (lambda file: write_parquet(file.with_suffix(".parquet"), [uk_row(number) for number in range(101)]),
        "too long"),
        (lambda file: write_csv(file, [uk_row(1, businessname="x" * 20_000)]), "too large"),
        (lambda file: _packed(file.with_suffix(".parquet")), "too large"),
        (lambda file: _not_text(file.with_suffix(".parquet")), "no Parquet file"),
        (lambda file: _bytes(file.with_suffix(".parquet"), b"PAR1" + b"\x00" * 50 + b"PAR1"), "no Parquet file"),
        (lambda file: _bytes(file, b"\xff\xffa\x00"), "not in UTF-8"),
        (lambda file: _bytes(file, b"row_id,row_id\n1,2\n"), "distinct names"),
        (lambda file: _bytes(file, b"PK\x03\x04nothing\nx\n"), "lacks the column"),
        (lambda file: _bytes(file, b""), "empty"),
        (lambda file: _bytes(file.with_suffix(".jsonl"), b"[[[[" * 5_000), "no JSON lines"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_clearly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], Path], reason: str
) -> None:
    """Too large, too long, too wide, packed, or not what its name says: BadFile that names no folder of a register."""
    from goodstanding.intake.files import limits
    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.statements import read_statement

    monkeypatch.setattr(limits, "MOST_ROWS", 100)
    monkeypatch.setattr(limits, "MOST_BYTES", 200_000 if reason != "too large" else 10_000)
    monkeypatch.setattr(limits, "MOST_TEXT", 100_000)
    file = write(tmp_path / "hostile.csv")
    with pytest.raises(BadFile, match=reason) as caught:
        read_statement(get_format(EASTBOURNE, "uk-fhrs"), EASTBOURNE, file, STATED, NOW)
    assert str(tmp_path) not in caught.value.diagnostics()


def _packed(file: Path) -> Path:
    """A small file of one long text, many times over."""
    pq.write_table(pa.table({"row_id": pa.array(["x" * 5_000] * 100)}), file, compression="zstd")
    return file


def _not_text(file: Path) -> Path:
    """A column of text that is not in UTF-8."""
    raw = pa.array([b"\xff\xfe"], pa.binary())
    text = pa.StringArray.from_buffers(1, raw.buffers()[1], raw.buffers()[2])
    pq.write_table(pa.table({"row_id": text}), file)
    return file


def _bytes(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("text", ['{"row_id": "\\ud800"}', '{"row_id": ' + "9" * 5_000 + "}", '{"row_id": 1e400}'])
def test_odd_cells_of_json_are_refused_by_the_row(tmp_path: Path, text: str) -> None:
    """Half a character, or a number of thousands of digits, is a problem of its line or row, never a fault."""
    from goodstanding.intake.submissions.dry_run import run_dry
    from goodstanding.intake.submissions.formats import get_format
    from goodstanding.intake.submissions.statements import read_statement

    file = write_jsonl(tmp_path / "odd.jsonl", [uk_row(1)])
    file.write_text(file.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")
    statement = read_statement(get_format(EASTBOURNE, "uk-fhrs"), EASTBOURNE, file, STATED, NOW)
    result = run_dry(statement).intake
    assert (result.issued, result.quarantined) == (1, 1)
