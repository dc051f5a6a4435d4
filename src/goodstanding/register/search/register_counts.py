"""How much is on file: subjects, records and cases, all of them, or those with an outcome in force."""

from __future__ import annotations

from datetime import date

from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows

_SUBJECTS = "SELECT count(*) FROM subject"
_RECORDS = f"SELECT count(*) FROM record WHERE event <> '{EventKind.RECORD_WITHDRAWN}'"
_CASES = "SELECT count(*) FROM hearing"
_SUBJECTS_IN_FORCE = """
SELECT count(DISTINCT subject_id)
FROM effect
WHERE catalogue = %s
  AND audience = 'anybody'
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
"""
_UNPROVED_CASES = """
SELECT count(*)
FROM effect
WHERE catalogue = %s
  AND measure = %s
  AND kind = 'case'
  AND why LIKE 'unproved:%%'
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
"""


def count_subjects() -> int:
    """How many subjects have a file."""
    return int(fetch_rows(_SUBJECTS)[0][0])


def count_records() -> int:
    """How many records were stated, corrected ones too; the events by which one was withdrawn are none."""
    return int(fetch_rows(_RECORDS)[0][0])


def count_cases() -> int:
    """How many cases were opened here."""
    return int(fetch_rows(_CASES)[0][0])


def count_subjects_in_force(catalogue: str, day: date) -> int:
    """For how many subjects something of a catalogue is in force on a day, for anybody to see."""
    return int(fetch_rows(_SUBJECTS_IN_FORCE, [catalogue, day, day])[0][0])


def count_unproved_cases(catalogue: str, case: str, day: date) -> int:
    """How many decisions list nobody on a day, because no record proves who decided or that there was a hearing."""
    return int(fetch_rows(_UNPROVED_CASES, [catalogue, case, day, day])[0][0])
