"""How many cases are open on a day, by source and phase: stretches compared with a moment, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from goodstanding.procedure.hearing import Phase
from goodstanding.register.store import fetch_rows

UNENDED = tuple(phase.value for phase in Phase if phase not in (Phase.ENDED, Phase.GRANTED))
_OPEN = """
SELECT source, phase, count(*)
FROM hearing_span
WHERE phase IN ({phases})
  AND (valid_to > %s OR valid_to IS NULL)
  AND valid_from <= %s
GROUP BY source, phase
ORDER BY source, phase
"""


class Open(NamedTuple):
    """So many cases of a source stand in a phase."""

    source: str
    phase: str
    cases: int


def open_at(day: date) -> list[Open]:
    """The cases that have not ended on a day; those that end or bind later are in the phase of that day."""
    statement = _OPEN.format(phases=", ".join(f"'{phase}'" for phase in UNENDED))
    return [Open(source, phase, int(cases)) for source, phase, cases in fetch_rows(statement, [day, day])]
