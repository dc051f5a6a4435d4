"""Open cases, missed deadlines, decisions that were overturned, records that were disputed, corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodstanding.procedure.hearing import Phase
from goodstanding.register.authorities import offices
from goodstanding.register.oversight.facts import Facts, regions
from goodstanding.register.oversight.grids import Grid
from goodstanding.register.oversight.windows import Window
from goodstanding.register.store import rows

OPEN = (
    Phase.PROPOSED, Phase.TOLD, Phase.DECIDED, Phase.APPEALED, Phase.APPEALED_BINDING, Phase.INTERIM, Phase.ASKED,
    Phase.REFUSAL_APPEALED,
)  # fmt: skip
AGES = ("under-30", "30-to-89", "90-to-179", "180-and-more")
LEFT = ("week", "month", "later")
DUTIES = ("notice", "decision", "service", "dispute", "repair", "appeal", "interim")
OWN = DUTIES[:5]  # the others are an appeal body's
_PHASES = ", ".join(f"'{one}'" for one in OPEN)
_OPEN = f"""
FROM span
JOIN cases USING (case_position)
WHERE phase IN ({_PHASES})
  AND valid_from <= $at
  AND valid_to > $at
GROUP BY ALL
"""
_BY_AGE = f"""
SELECT phase, CASE WHEN opened > $at - 30 THEN '{AGES[0]}' WHEN opened > $at - 90 THEN '{AGES[1]}'
  WHEN opened > $at - 180 THEN '{AGES[2]}' ELSE '{AGES[3]}' END AS age, count(*)
{_OPEN}"""
_BY_DEADLINE = f"""
SELECT source, CASE WHEN valid_to <= $at + 7 THEN '{LEFT[0]}' WHEN valid_to <= $at + 30 THEN '{LEFT[1]}'
  ELSE '{LEFT[2]}' END AS days_left, count(*)
{_OPEN}"""
_ASKED = "CASE WHEN cases.opening = 'RepairRequested' THEN 'repair' ELSE 'dispute' END"
_DONE = f"""
SELECT source, CASE act.act WHEN 'NoticeServed' THEN 'notice' WHEN 'CaseDecided' THEN 'decision'
  WHEN 'DecisionServed' THEN 'service' WHEN 'AppealDecided' THEN 'appeal' WHEN 'InterimHeard' THEN 'interim'
  ELSE {_ASKED} END AS duty, 'done' AS outcome
FROM act
JOIN cases USING (case_position)
WHERE act.act IN ('NoticeServed', 'CaseDecided', 'DecisionServed', 'AppealDecided', 'InterimHeard', 'DisputeDecided',
    'RepairDecided')
  AND day >= $since
  AND day < $until
  AND day <= $at
"""
_MISSED = f"""
SELECT source, CASE WHEN phase = 'proposed' THEN 'notice' WHEN phase = 'told' THEN 'decision'
  WHEN phase = 'decided' THEN 'service' WHEN phase = 'interim' THEN 'interim' WHEN phase = 'asked' THEN {_ASKED}
  ELSE 'appeal' END AS duty, 'missed' AS outcome
FROM span
JOIN cases USING (case_position)
WHERE "then" IN ('nobody was told in time', 'silence of the authority', 'the decision was not served in time',
    'silence on the appeal', 'it was not heard in time')
  AND valid_to >= $since
  AND valid_to < $until
  AND valid_to <= $at
"""
_DUE = f"""
CREATE OR REPLACE TEMP TABLE due AS
({_DONE})
UNION ALL
({_MISSED})
"""
_APPEALS = """
FROM act
JOIN cases USING (case_position)
WHERE act.act = 'AppealDecided'
  AND day >= $since
  AND day < $until
  AND day <= $at
GROUP BY ALL
"""
_OUTCOME = "CASE WHEN upheld = 0 THEN 'overturned' ELSE 'stands' END AS outcome"
_DISPUTED = """
WITH granted AS (
  SELECT case_position, min(valid_from) AS day
  FROM span
  WHERE phase = 'granted'
    AND valid_from <= $at
  GROUP BY case_position
), said AS (
  SELECT case_position, max(day) FILTER (upheld = 0) AS found, max(day) FILTER (upheld = 1) AS refused
  FROM act
  WHERE act.act IN ('DisputeDecided', 'AppealDecided')
    AND day <= $at
  GROUP BY case_position
), outcome AS (
  SELECT source, coalesce(granted.day, said.refused) AS day,
    CASE WHEN granted.day IS NULL THEN 'refused' WHEN said.found = granted.day THEN 'wrong' ELSE 'silence' END AS became
  FROM cases
  LEFT JOIN granted USING (case_position)
  LEFT JOIN said USING (case_position)
  WHERE opening IN ('RecordDisputed', 'LinkDisputed')
)
SELECT source, became, count(*)
FROM outcome
WHERE day >= $since
  AND day < $until
GROUP BY ALL
"""
_RECORDS = """
SELECT record.source, CASE later.event WHEN 'RecordCorrected' THEN 'corrected' WHEN 'RecordWithdrawn' THEN 'withdrawn'
  ELSE 'stands' END AS became, count(*)
FROM record
LEFT JOIN record AS later ON later.position = record.replaced_at
WHERE record.event = 'RecordIssued'
  AND record.stated >= %s
  AND record.stated < %s
GROUP BY 1, 2
"""


DONE = ("done", "missed")
APPEALED = ("overturned", "stands")
DISPUTED = ("wrong", "silence", "refused")
RECORDS = ("stands", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Cases:
    """What became of cases: open ones by phase and age, and by source and days left; steps done and missed; and so on.

    `duties` are the missed steps by what they were, of sources; `bodies` those of appeal bodies. `appeals` are those
    decided, `disputes` those of a record or a link, `records` those first stated in the window, by what became of them.
    Rows are sources, in groups by their region, but for the first, which are phases, and the steps.
    """

    ages: Grid
    deadlines: Grid
    duties: Grid
    bodies: Grid
    missed: Grid
    appeals: Grid
    disputes: Grid
    records: Grid


def cases(held: Facts) -> Cases:
    """All of these for the days of a window."""
    held.ask(_DUE)
    own = ", ".join(f"'{one}'" for one in OWN)
    missed = Grid.of(
        DONE[1:], held.ask("SELECT duty, outcome, count(*) FROM due WHERE outcome = 'missed' GROUP BY ALL")
    )
    where = regions()
    by_source = f"SELECT source, outcome, count(*) FROM due WHERE duty IN ({own}) GROUP BY ALL"
    return Cases(
        Grid.of(AGES, held.ask(_BY_AGE)).ordered([one.value for one in OPEN]),
        Grid.of(LEFT, held.ask(_BY_DEADLINE)),
        missed.ordered(OWN),
        missed.ordered(DUTIES[len(OWN) :]),
        grouped(Grid.of(DONE, held.ask(by_source)), where),
        grouped(Grid.of(APPEALED, held.ask(f"SELECT source, {_OUTCOME}, count(*) {_APPEALS}")), where),
        Grid.of(DISPUTED, held.ask(_DISPUTED)),
        grouped(records(held.window), where),
    )


def grouped(grid: Grid, where: Mapping[str, str]) -> Grid:
    """A grid of sources in groups by region; as it is where regions are too many to tell more than sources do."""
    made = grid.grouped(where)
    told = len(set(made.groups))
    return made if 1 < told <= len(made.rows) // 2 else grid


def records(window: Window) -> Grid:
    """The records that sources first stated in a window, by what took their place since; findings of cases are none."""
    tree = offices()
    found = rows(_RECORDS, [window.since, window.until])
    return Grid.of(RECORDS, [(tree.now(source), became, count) for source, became, count in found])
