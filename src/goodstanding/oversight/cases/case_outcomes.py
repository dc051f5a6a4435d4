"""Open cases, missed deadlines, decisions that were overturned, records that were disputed, corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodstanding.oversight.cases.case_tables import CaseTables, list_source_regions
from goodstanding.oversight.count_tables import CountTable
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.procedure.case_states import MISSED_DUTIES, Phase
from goodstanding.register.rules.authorities import load_authority_tree
from goodstanding.register.storage.event_kinds import EventKind
from goodstanding.register.storage.queries import fetch_rows

OPEN_PHASES = (
    Phase.PROPOSED, Phase.TOLD, Phase.DECIDED, Phase.APPEALED, Phase.APPEALED_BINDING, Phase.INTERIM, Phase.ASKED,
    Phase.REFUSAL_APPEALED,
)  # fmt: skip
AGES = ("under-30", "30-to-89", "90-to-179", "180-and-more")
DAYS_LEFT = ("week", "month", "later")
DUTIES = ("notice", "decision", "service", "dispute", "repair", "appeal", "interim")
OWN = DUTIES[:5]  # the others are an appeal body's
_PHASES = ", ".join(f"'{phase}'" for phase in OPEN_PHASES)
_MISSED_DUTIES = ", ".join(f"'{reason}'" for reason in sorted(MISSED_DUTIES))
_OPEN = f"""
FROM span
JOIN cases USING (case_position)
WHERE phase IN ({_PHASES})
  AND valid_from <= $at
  AND valid_to > $at
"""
_BY_AGE = f"""
SELECT phase AS line, CASE WHEN opened > $at - 30 THEN '{AGES[0]}' WHEN opened > $at - 90 THEN '{AGES[1]}'
  WHEN opened > $at - 180 THEN '{AGES[2]}' ELSE '{AGES[3]}' END AS part, case_position
{_OPEN}"""
_BY_DEADLINE = f"""
SELECT source AS line, CASE WHEN valid_to <= $at + 7 THEN '{DAYS_LEFT[0]}'
  WHEN valid_to <= $at + 30 THEN '{DAYS_LEFT[1]}' ELSE '{DAYS_LEFT[2]}' END AS part, case_position
{_OPEN}"""
_REQUEST_DUTY = f"CASE WHEN cases.opening = '{EventKind.REPAIR_REQUESTED}' THEN 'repair' ELSE 'dispute' END"
_DONE = f"""
SELECT source, CASE act.act
    WHEN '{EventKind.NOTICE_SERVED}' THEN 'notice'
    WHEN '{EventKind.CASE_DECIDED}' THEN 'decision'
    WHEN '{EventKind.DECISION_SERVED}' THEN 'service'
    WHEN '{EventKind.APPEAL_DECIDED}' THEN 'appeal'
    WHEN '{EventKind.INTERIM_HEARD}' THEN 'interim'
    ELSE {_REQUEST_DUTY}
  END AS duty, 'done' AS outcome, case_position
FROM act
JOIN cases USING (case_position)
WHERE act.act IN ('{EventKind.NOTICE_SERVED}', '{EventKind.CASE_DECIDED}', '{EventKind.DECISION_SERVED}',
    '{EventKind.APPEAL_DECIDED}', '{EventKind.INTERIM_HEARD}', '{EventKind.DISPUTE_DECIDED}',
    '{EventKind.REPAIR_DECIDED}')
  AND day >= $since
  AND day < $until
  AND day <= $at
"""
_MISSED = f"""
SELECT source, CASE WHEN phase = 'proposed' THEN 'notice' WHEN phase = 'told' THEN 'decision'
  WHEN phase = 'decided' THEN 'service' WHEN phase = 'interim' THEN 'interim' WHEN phase = 'asked' THEN {_REQUEST_DUTY}
  ELSE 'appeal' END AS duty, 'missed' AS outcome, case_position
FROM span
JOIN cases USING (case_position)
WHERE "then" IN ({_MISSED_DUTIES})
  AND valid_to >= $since
  AND valid_to < $until
  AND valid_to <= $at
"""
_DUE = f"({_DONE} UNION ALL {_MISSED})"
_OVERTURNED = f"""
SELECT source AS line, CASE WHEN upheld = 0 THEN 'overturned' ELSE 'stands' END AS part, case_position
FROM act
JOIN cases USING (case_position)
WHERE act.act = '{EventKind.APPEAL_DECIDED}'
  AND day >= $since
  AND day < $until
  AND day <= $at
"""
_DISPUTED = f"""
WITH granted AS (
  SELECT case_position, min(valid_from) AS day
  FROM span
  WHERE phase = 'granted'
    AND valid_from <= $at
  GROUP BY case_position
), said AS (
  SELECT case_position, max(day) FILTER (upheld = 0) AS found, max(day) FILTER (upheld = 1) AS refused
  FROM act
  WHERE act.act IN ('{EventKind.DISPUTE_DECIDED}', '{EventKind.APPEAL_DECIDED}')
    AND day <= $at
  GROUP BY case_position
), outcome AS (
  SELECT case_position, source, coalesce(granted.day, said.refused) AS day,
    CASE WHEN granted.day IS NULL THEN 'refused' WHEN said.found = granted.day THEN 'wrong' ELSE 'silence' END AS became
  FROM cases
  LEFT JOIN granted USING (case_position)
  LEFT JOIN said USING (case_position)
  WHERE opening IN ('{EventKind.RECORD_DISPUTED}', '{EventKind.LINK_DISPUTED}')
)
SELECT source AS line, became AS part, case_position
FROM outcome
WHERE day >= $since
  AND day < $until
"""
_RECORDS = f"""
SELECT record.source, CASE later.event
    WHEN '{EventKind.RECORD_CORRECTED}' THEN 'corrected'
    WHEN '{EventKind.RECORD_WITHDRAWN}' THEN 'withdrawn'
    ELSE 'stands'
  END AS became, count(*)
FROM record
LEFT JOIN record AS later ON later.position = record.replaced_at
WHERE record.event = '{EventKind.RECORD_ISSUED}'
  AND record.stated >= %s
  AND record.stated < %s
GROUP BY 1, 2
"""
OUTCOME_CASES = {  # by table: for each count the cases behind it, as line, part and case_position
    "open-by-age": _BY_AGE,
    "open-by-source": _BY_DEADLINE,
    "missed-by-source": f"""
SELECT source AS line, outcome AS part, case_position
FROM {_DUE}
WHERE duty IN ({", ".join(f"'{duty}'" for duty in OWN)})
""",
    "missed-by-step": f"""
SELECT duty AS line, outcome AS part, case_position
FROM {_DUE}
WHERE outcome = 'missed'
""",
    "overturned-by-source": _OVERTURNED,
    "disputes-by-source": _DISPUTED,
}


DONE = ("done", "missed")
APPEALED = ("overturned", "stands")
DISPUTED = ("wrong", "silence", "refused")
RECORDS = ("stands", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class CaseOutcomes:
    """What became of cases: open ones by phase and age, and by source and days left; steps done and missed; and so on.

    `duties` are the missed steps by what they were, of sources; `bodies` those of appeal bodies. `appeals` are those
    decided, `disputes` those of a record or a link, `records` those first stated in the window, by what became of them.
    Rows are sources, in groups by their region, but for the first, which are phases, and the steps.
    """

    ages: CountTable
    deadlines: CountTable
    duties: CountTable
    bodies: CountTable
    missed: CountTable
    appeals: CountTable
    disputes: CountTable
    records: CountTable


def count_case_outcomes(case_tables: CaseTables) -> CaseOutcomes:
    """All of these for the days of a window."""
    missed = _count(case_tables, DONE[1:], "missed-by-step")
    where = list_source_regions()
    return CaseOutcomes(
        _count(case_tables, AGES, "open-by-age").ordered([phase.value for phase in OPEN_PHASES]),
        _count(case_tables, DAYS_LEFT, "open-by-source"),
        missed.ordered(OWN),
        missed.ordered(DUTIES[len(OWN) :]),
        group_by_region(_count(case_tables, DONE, "missed-by-source"), where),
        group_by_region(_count(case_tables, APPEALED, "overturned-by-source"), where),
        _count(case_tables, DISPUTED, "disputes-by-source"),
        group_by_region(count_record_outcomes(case_tables.window), where),
    )


def _count(case_tables: CaseTables, parts: Sequence[str], figure: str) -> CountTable:
    question = f"SELECT line, part, count(*) FROM ({OUTCOME_CASES[figure]}) GROUP BY ALL"
    return CountTable.of(parts, case_tables.ask(question))


def group_by_region(grid: CountTable, where: Mapping[str, str]) -> CountTable:
    """A grid of sources in groups by region; as it is where regions are too many to tell more than sources do."""
    by_region = grid.grouped(where)
    region_count = len(set(by_region.groups))
    return by_region if 1 < region_count <= len(by_region.rows) // 2 else grid


def count_record_outcomes(window: ReportingWindow) -> CountTable:
    """The records that sources first stated in a window, by what took their place since; findings of cases are none."""
    tree = load_authority_tree()
    outcome_rows = fetch_rows(_RECORDS, [window.since, window.until])
    return CountTable.of(RECORDS, [(tree.now(source), outcome, count) for source, outcome, count in outcome_rows])
