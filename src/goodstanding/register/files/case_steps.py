"""What entries say of the cases behind them: the decision that stands, and the acts that anybody may know of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from goodstanding.procedure.case_states import Act, Phase
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows

DECISION_ACTS = (Act.DECIDE, Act.SERVE_DECISION, Act.IMPOSE_INTERIM)
_CODE = "hearing"  # how the reason of an effect begins that a case heard here decided; the case's position follows
_DECISIONS = f"""
SELECT hearing_act.case_position, hearing_act.act, hearing.source, hearing_act.day
FROM hearing_act
JOIN hearing ON hearing.position = hearing_act.case_position
WHERE hearing_act.case_position IN ({{marks}})
  AND hearing_act.act IN ('{EventKind.CASE_DECIDED}', '{EventKind.INTERIM_IMPOSED}')
ORDER BY hearing_act.position
"""
_ACTS = """
SELECT hearing_act.act, hearing_act.day, hearing_span.phase
FROM hearing_act
LEFT JOIN hearing_span ON hearing_span.case_position = hearing_act.case_position
  AND hearing_span.valid_from <= %s
  AND (hearing_span.valid_to IS NULL OR hearing_span.valid_to > %s)
WHERE hearing_act.case_position = %s
ORDER BY hearing_act.position
"""


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """The last decision in a case: whether it was an interim measure, whose case it is, and its day."""

    act: Act
    source: str
    day: date


def find_case_position(reason: str) -> int | None:
    """The case that decided an effect, from the code of its reason, if one heard here did."""
    kind, _colon, position = reason.partition(":")
    return int(position) if kind == _CODE else None


def list_decisions(cases: Collection[int]) -> dict[int, CaseDecision]:
    """The last decision in each of some cases in which there is one, by case."""
    if not cases:
        return {}
    marks = ", ".join(["%s"] * len(cases))
    return {
        case: CaseDecision(Act(act), source, date.fromisoformat(str(day)))
        for case, act, source, day in fetch_rows(_DECISIONS.format(marks=marks), list(cases))
    }


def list_public_acts(case: int, at: date) -> list[tuple[Act, date]]:
    """The acts of a case that anybody may know of on a day; those before the decision only once that is final."""
    act_rows = fetch_rows(_ACTS, [at, at, case])
    final = any(phase == Phase.FINAL for _act, _day, phase in act_rows)
    shown = (Act.SERVE_NOTICE, *DECISION_ACTS) if final else DECISION_ACTS
    return [(Act(act), date.fromisoformat(str(day))) for act, day, _phase in act_rows if act in shown]
