"""Rules that fail at work take away the effects of one catalogue, or of one subject, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from tests.clerk import final_mx_row, rfc
from tests.register_fixtures import LIBRARY
from tests.registers import NOW

from goodstanding.ledger import events
from goodstanding.ledger import store as ledger
from goodstanding.register.rules.effect_isolation import calculate_apart, collect_failures
from goodstanding.table_engine import open_table_engine

RULES = LIBRARY["uk-food-hygiene"]
NOBODY = pa.table({"subject_id": pa.array([], pa.int64())})


def _calculate_by(statement: str) -> Callable[[pa.Table, pa.Table], tuple[pa.Table, pa.Table]]:
    def calculate(records: pa.Table, listings: pa.Table) -> tuple[pa.Table, pa.Table]:
        with open_table_engine(records.num_rows) as connection:
            connection.register("records", records)
            return listings, connection.sql(statement).to_arrow_table()

    return calculate


def _list_worked_out(statement: str, subject_ids: list[int]) -> tuple[list[int], list[tuple[int | None, str]]]:
    """Whose effects come out, and who fails under which catalogue."""
    records = pa.table({"subject_id": pa.array(subject_ids, pa.int64())})
    with collect_failures() as failures:
        outcomes = calculate_apart(_calculate_by(statement), RULES, records, NOBODY)
    ids = [subject_id for _listings, effects in outcomes for subject_id in effects.column("subject_id").to_pylist()]
    return sorted(ids), [(failure.subject_id, failure.catalogue) for failure in failures]


FAILING_SUBJECT = {
    "a product too large": "SELECT subject_id, subject_id * 9223372036854775807 FROM records WHERE subject_id > 1",
    "a day that is none": "SELECT subject_id, CAST(subject_id || '0-13-45' AS DATE) FROM records WHERE subject_id > 1",
    "a text that is no number": "SELECT subject_id, CAST(repeat('x', subject_id) AS BIGINT)"
    " FROM records WHERE subject_id > 1",
    "a day after the last": "SELECT subject_id, DATE '5000000-01-01' + INTERVAL (subject_id * 1000000) YEAR"
    " FROM records WHERE subject_id > 1",
    "an error that rules raise": "SELECT subject_id, error('no') FROM records WHERE subject_id > 1",
}
FAILING_RULES = {
    "no SQL at all": "SELEKT",
    "a step named twice": "WITH a AS (SELECT 1), a AS (SELECT 2) FROM records",
    "a column that there is not": "SELECT subject_id, gravity FROM records",
    "an expression without end": "SELECT subject_id, " + "(" * 2_000 + "1" + ")" * 2_000 + " FROM records",
    "types that do not fit": "SELECT subject_id, [1] + subject_id FROM records",
}


@pytest.mark.parametrize("statement", FAILING_SUBJECT.values(), ids=FAILING_SUBJECT)
def test_whose_records_make_the_rules_fail_goes_without_effects_alone(statement: str) -> None:
    """However many are worked out together."""
    both = f"{statement} UNION ALL SELECT subject_id, NULL FROM records WHERE subject_id <= 1"
    assert _list_worked_out(both, [0, 1, 5]) == ([0, 1], [(5, RULES.name)])
    assert _list_worked_out(both, [5]) == ([], [(5, RULES.name)])
    assert _list_worked_out(both, [0, 1]) == ([0, 1], [])


@pytest.mark.parametrize("statement", FAILING_RULES.values(), ids=FAILING_RULES)
def test_rules_that_fail_without_any_record_are_told_once(statement: str) -> None:
    """Nobody has effects by them, and nobody is looked for who made them fail."""
    assert _list_worked_out(statement, [1, 2, 3, 4]) == ([], [(None, RULES.name)])


def test_a_full_disk_is_not_taken_for_a_fault_of_rules() -> None:
    """What is wrong with the machine stops the work, so that it is done again later."""

    def calculate(records: pa.Table, listings: pa.Table) -> tuple[pa.Table, pa.Table]:
        raise duckdb.IOException("no space left on device")

    with pytest.raises(duckdb.IOException):
        calculate_apart(calculate, RULES, NOBODY, NOBODY)


def _forge_record(**fields: Any) -> None:
    """Writes a record like the first one, about another company, past every door."""
    from goodstanding.register.storage.event_kinds import EventKind
    from goodstanding.register.storage.lifecycle import load_signer

    entries = ledger.read_entries(0, ledger.get_ledger_size())
    bodies = (events.decode_body((entry.body or "{}").encode()) for entry in entries)
    content = next(body for body in bodies if body["kind"] == EventKind.RECORD_ISSUED)
    content.pop("kind", None)
    content |= {"reference": "forged", "fields": content["fields"] | fields}
    content["subject"] = content["subject"] | {"identifiers": [f"mx-rfc:{rfc(9)}"], "name": "Forged"}
    ledger.append([ledger.EventDraft(EventKind.RECORD_ISSUED, content)], NOW, load_signer())


@pytest.mark.each_database
@pytest.mark.usefixtures("list_69b")
def test_a_day_that_no_calendar_has_stops_one_subject_and_verify_names_it(send: Callable[..., Any]) -> None:
    """The tables go on, a rebuild gives the same, and the others keep their effects."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.projection.rebuild import rebuild_projection
    from goodstanding.register.projection.verification import verify_register
    from goodstanding.register.storage.queries import fetch_rows

    send("mx-sat-69b", [final_mx_row(rfc(1))], stated="2021-05-18")
    before = fetch_rows("SELECT subject_id, measure FROM effect ORDER BY 1, 2")
    _forge_record(final_on="99999-01-01", final_published_on="99999-01-01")
    catch_up()
    assert before
    assert fetch_rows("SELECT subject_id, measure FROM effect ORDER BY 1, 2") == before
    assert rebuild_projection().differences == ()
    [finding] = verify_register().findings
    assert (finding.code, finding.where) == ("effects", "catalogue mx-tax-69b")
