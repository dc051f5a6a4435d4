"""How long each step took, in days: quartiles of all, a histogram of the main one, and medians by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodstanding.oversight.cases.case_tables import CaseTables
from goodstanding.oversight.count_tables import CountTable, DisclosedTable
from goodstanding.oversight.disclosure_control import disclose_table
from goodstanding.oversight.reporting_period import EVERY
from goodstanding.oversight.significance import compute_quantile
from goodstanding.register.storage.event_kinds import EventKind

STEPS = ("notice", "decision", "service", "appeal", "dispute", "repair", "interim")
MAIN = "decision"  # from the notice served to the decision
WIDTHS = (5, 10, 20, 30, 60, 90, 180, 365)
MOST_BARS = 16
_BETWEEN = {
    "notice": (EventKind.CASE_PROPOSED, EventKind.NOTICE_SERVED),
    "decision": (EventKind.NOTICE_SERVED, EventKind.CASE_DECIDED),
    "service": (EventKind.CASE_DECIDED, EventKind.DECISION_SERVED),
    "appeal": (EventKind.APPEAL_FILED, EventKind.APPEAL_DECIDED),
    "dispute": (EventKind.RECORD_DISPUTED, EventKind.DISPUTE_DECIDED),
    "repair": (EventKind.REPAIR_REQUESTED, EventKind.REPAIR_DECIDED),
    "interim": (EventKind.INTERIM_IMPOSED, EventKind.INTERIM_HEARD),
}
_PAIRS = ", ".join(f"('{step}', '{start}', '{end}')" for step, (start, end) in _BETWEEN.items())
_TOOK = f"""
WITH step(name, start, finish) AS (VALUES {_PAIRS}),
begun AS (
  SELECT case_position, max(day) AS day, CASE act.act
      WHEN '{EventKind.LINK_DISPUTED}' THEN '{EventKind.RECORD_DISPUTED}'
      ELSE act.act
    END AS start
  FROM act
  GROUP BY ALL
)
SELECT step.name, cases.source, date_diff('day', begun.day, act.day) AS days
FROM act
JOIN step ON step.finish = act.act
JOIN begun ON begun.case_position = act.case_position
  AND begun.start = step.start
JOIN cases ON cases.case_position = act.case_position
WHERE act.day >= $since
  AND act.day < $until
  AND act.day <= $at
  AND begun.day <= act.day
ORDER BY days
"""


@dataclass(frozen=True, slots=True)
class DurationSpread:
    """How long a step took, in days: a tenth took less than `tenth`, a quarter less than `quarter`, and so on up."""

    tenth: float
    quarter: float
    median: float
    three_quarters: float
    nine_tenths: float

    @staticmethod
    def of(ordered: Sequence[int], least: int) -> DurationSpread | None:
        """The spread of ordered lengths; None where they are too few to be shown."""
        if len(ordered) < least:
            return None
        return DurationSpread(*(compute_quantile(ordered, part) for part in (0.1, 0.25, 0.5, 0.75, 0.9)))


@dataclass(frozen=True, slots=True)
class HistogramBar:
    """So many took from `low` to less than `high` days; without `high`, `low` and more; None is not shown."""

    low: int
    high: int | None
    count: int | None


@dataclass(frozen=True, slots=True)
class StepDurations:
    """Of every step about how many there were, and their spread; the bars of the main step; its spread by source.

    For the public, numbers of steps are rounded to tens: beside other tables an exact one could give away what they
    leave out.
    """

    about: dict[str, int]
    spreads: dict[str, DurationSpread | None]
    bars: tuple[HistogramBar, ...]
    sources: dict[str, DurationSpread]


def measure_step_durations(tables: CaseTables, decided: DisclosedTable) -> StepDurations:
    """How long the steps took that ended in the window; `decided` says of which sources this may be shown."""
    least = tables.window.least_shown
    took: dict[str, list[int]] = {step: [] for step in STEPS}
    by_source: dict[str, list[int]] = {}
    for step, source, days in tables.ask(_TOOK):
        took[step].append(int(days))
        if step == MAIN:
            by_source.setdefault(source, []).append(int(days))
    sources = {
        line.name: spread
        for line in decided.lines
        if line.total is not None and (spread := DurationSpread.of(by_source.get(line.name, []), least))
    }
    about = {step: round(len(days), -1) if least > EVERY else len(days) for step, days in took.items()}
    return StepDurations(
        about,
        {step: DurationSpread.of(days, least) for step, days in took.items()},
        build_histogram(took[MAIN], least),
        sources,
    )


def build_histogram(ordered: Sequence[int], least: int) -> tuple[HistogramBar, ...]:
    """A histogram in bars of one width, the last open; wide enough that few are too small to be shown."""
    if len(ordered) < least:
        return ()
    choices = [_build_bars(ordered, width, least) for width in WIDTHS if ordered[-least] // width < MOST_BARS]
    return min(
        choices or [_build_bars(ordered, WIDTHS[-1], least)],
        key=lambda histogram: sum(bar.count is None for bar in histogram),
    )


def _build_bars(ordered: Sequence[int], width: int, least: int) -> tuple[HistogramBar, ...]:
    """Bars from the first length on; the longest of all, as many as are shown at least, stand together in the last."""
    first, last = ordered[0] // width, ordered[-least] // width
    counts = {str(at): 0 for at in range(first, last + 1)}
    for days in ordered:
        counts[str(min(days // width, last))] += 1
    grid = CountTable(("",), tuple(counts), (tuple(counts.values()),))
    [line] = disclose_table(grid, least).lines
    return tuple(
        HistogramBar(at * width, None if at == last else (at + 1) * width, line.parts[str(at)])
        for at in range(first, last + 1)
    )
