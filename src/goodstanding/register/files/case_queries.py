"""The cases heard here as their rows have them: of a subject, by position, and what was done in one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from goodstanding.procedure.case_states import DISPUTES, Act
from goodstanding.register.projection.case_rows import ACT_COLUMNS, CASE_ROW, CASES
from goodstanding.register.storage.queries import fetch_rows

_OF_SUBJECT = f"""{CASES}WHERE hearing.subject_id = %s
  AND hearing.position < %s
ORDER BY hearing.position
"""
_OF_CASE = """
SELECT position, case_position, act, CAST(day AS TEXT) AS day, person, office, upheld,
  coalesce(CAST(ends_on AS TEXT), '') AS ends_on
FROM hearing_act
WHERE case_position = %s
  AND position < %s
ORDER BY position
"""
_CASE_AT = f"{CASES}WHERE hearing.position = %s\n"
_CASE_OF_ACT = "SELECT case_position FROM hearing_act WHERE position = %s"
_UNDONE_BEFORE = """
SELECT hearing_act.position + 1, hearing_act.case_position
FROM hearing_act
JOIN hearing ON hearing.position = hearing_act.case_position
WHERE hearing_act.position IN ({marks})
  AND hearing_act.act IN ({decisions})
  AND hearing_act.upheld = 0
  AND hearing.act IN ({disputes})
"""


def list_case_rows(subject_id: int, size: int) -> list[dict[str, Any]]:
    """The cases about a subject that were opened before a ledger size."""
    return [dict(zip(CASE_ROW.names, row, strict=True)) for row in fetch_rows(_OF_SUBJECT, [subject_id, size])]


def find_case_row(position: int) -> dict[str, Any] | None:
    """The case opened by the event at a position, if one was."""
    return next((dict(zip(CASE_ROW.names, row, strict=True)) for row in fetch_rows(_CASE_AT, [position])), None)


def find_case_of_act(position: int) -> int | None:
    """The case in which the event at a position was an act, if it was one."""
    return next((int(case) for (case,) in fetch_rows(_CASE_OF_ACT, [position])), None)


def list_act_rows(case: int, size: int) -> list[dict[str, Any]]:
    """What was done in a case before a ledger size, in order."""
    return [dict(zip(ACT_COLUMNS.names, row, strict=True)) for row in fetch_rows(_OF_CASE, [case, size])]


def list_withdrawals_by_decision(withdrawals: Collection[int]) -> dict[int, int]:
    """Those of some withdrawals of records that a decision of a dispute took with it, each with its case.

    The decision and the withdrawal are appended at once, so that the one stands just before the other.
    """
    if not withdrawals:
        return {}
    named = {"decisions": (Act.DECIDE_DISPUTE, Act.DECIDE_APPEAL), "disputes": sorted(DISPUTES)}
    lists = {name: ", ".join(f"'{act}'" for act in acts) for name, acts in named.items()}
    statement = _UNDONE_BEFORE.format(marks=", ".join(["%s"] * len(withdrawals)), **lists)
    return dict(fetch_rows(statement, [position - 1 for position in withdrawals]))
