"""Rules that fail at work are one catalogue's error, or one subject's: nobody else goes without effects for them.

What the charter's dry run finds never gets so far; this is for what an older program let pass, or somebody wrote into
the ledger past every door. Who cannot be worked out has no effects under that catalogue, however the records come in
batches, so that a rebuild gives the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodstanding.catalogue.model import Catalogue

log = logging.getLogger("goodstanding.register")

OF_THE_RULES = (  # what is wrong with the machine, such as a full disk, stops the work as ever
    duckdb.DataError, duckdb.ProgrammingError, duckdb.InternalError, duckdb.NotSupportedError, pa.ArrowInvalid,
    ArithmeticError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
Calculation = Callable[[pa.Table, pa.Table], tuple[pa.Table, pa.Table]]  # records and listings: intervals and effects
Outcome = tuple[pa.Table, pa.Table]


@dataclass(frozen=True, slots=True)
class FailedCalculation:
    """Whose effects under a catalogue cannot be worked out, and why; nobody's can where no subject is named."""

    catalogue: str
    subject_id: int | None
    problem: str


_FAILURES: ContextVar[list[FailedCalculation] | None] = ContextVar("failures", default=None)


@contextmanager
def collect_failures() -> Iterator[list[FailedCalculation]]:
    """What fails meanwhile in this thread, for whoever looks whether all holds."""
    failures: list[FailedCalculation] = []
    token = _FAILURES.set(failures)
    try:
        yield failures
    finally:
        _FAILURES.reset(token)


def calculate_apart(
    calculate: Calculation, catalogue: Catalogue, records: pa.Table, listings: pa.Table
) -> list[Outcome]:
    """The outcomes of all subjects, together where that goes well; without those whose records make the rules fail."""
    try:
        return [calculate(records, listings)]
    except OF_THE_RULES as error:
        return _calculate_without_failing(calculate, catalogue, records, listings, error)


def _calculate_without_failing(
    calculate: Calculation, catalogue: Catalogue, records: pa.Table, listings: pa.Table, error: Exception
) -> list[Outcome]:
    try:
        calculate(records.slice(0, 0), listings.slice(0, 0))
    except OF_THE_RULES as without_records:
        _note_failure(FailedCalculation(catalogue.name, None, str(without_records)))
        return []
    subject_ids = sorted(set(_list_ids(records)) | set(_list_ids(listings)))
    if len(subject_ids) == 1:
        _note_failure(FailedCalculation(catalogue.name, subject_ids[0], str(error)))
        return []
    half = len(subject_ids) // 2
    return [
        outcome
        for part in (subject_ids[:half], subject_ids[half:])
        for outcome in calculate_apart(calculate, catalogue, _select(records, part), _select(listings, part))
    ]


def _list_ids(table: pa.Table) -> list[int]:
    ids: list[int] = pc.unique(table.column("subject_id")).to_pylist()
    return ids


def _select(table: pa.Table, subject_ids: list[int]) -> pa.Table:
    return table.filter(pc.is_in(table.column("subject_id"), pa.array(subject_ids, pa.int64())))


def _note_failure(failure: FailedCalculation) -> None:
    log.error(
        "Under %s nothing follows for %s. %s", failure.catalogue, failure.subject_id or "anybody", failure.problem
    )
    if (failures := _FAILURES.get()) is not None:
        failures.append(failure)
